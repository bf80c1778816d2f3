"""What was found in a calendar goes in: each event by its UID in that calendar, some at a time.

What the calendar said last is kept. Where it says the same again, nothing here changes; where it says something new, that goes in, unless
a person has written something else meanwhile: then theirs stays, field by field, and both sides are told. What differs from what the
calendar said last is all that is still to do, so that a reading that was cut off goes on where it was."""

import datetime
import re
from typing import Any, Final

import msgspec
from msgspec import UNSET

from server.domain import address
from server.domain.ctx import Ctx
from server.domain.event.writing import closed_days, write_out
from server.formats.ical.found import Calendar, Read
from server.model.calendar import CalendarGone, CalendarKept, CalendarTold
from server.model.event import Change, EventState, Schedule
from server.model.ids import imported_id
from server.model.recurrence import Closed, times
from server.model.values import Text
from server.store import calendar, event, occurrence, organiser, site
from server.store.calendar import Brought, CalendarRow
from server.store.event import EventRow, Said
from sync.sql import Tx

AT_ONCE: Final = 40
"""Events that go in in one transaction: nobody else waits long for the writer."""
TOLD_MOST: Final = 100
GONE_SHARE: Final = 0.5
GONE_FEW: Final = 3
"""Where more than so many, and more than that share of all that is to come, are gone at once, it is the calendar that is broken."""
CANCELLED: Final = Text(da="Arrangøren har aflyst.", en="Cancelled by the organiser.", de="Vom Veranstalter abgesagt.")
MOVED: Final = Text(da="Arrangøren har flyttet den.", en="Moved by the organiser.", de="Vom Veranstalter verlegt.")
_OF_SAID: Final = ("name", "about", "where", "url", "themes")
_OF_ROW: Final = ("place_id", "organiser_id")


def bring(tx: Tx, ctx: Ctx, row: CalendarRow, found: Calendar, *, go_on: bool = False) -> tuple[CalendarRow, list[str]]:
    """Takes in as much of it as goes in at once, and saves the calendar. Returns it with what it is told, whose `waiting` is what is left
    to do, and the ids of the events that were touched. `go_on`: with the reading that was begun before."""
    told = row.told if go_on and row.told else _begun(row, found)
    run = _Run(tx, ctx, row, told)
    known = calendar.hashes(tx, row.id)
    waiting = []
    for read in found.reads:
        brought = run.brought(read)
        hash, gone = known.get(read.uid, ("", False))
        if hash == brought.hash and not gone:
            run.same += not go_on
        else:
            waiting.append((read.uid, brought))
    calendar.save(tx, row)  # what it says of events refers to it
    for uid, brought in waiting[:AT_ONCE]:
        run.one(uid, brought)
    left = len(waiting) - len(waiting[:AT_ONCE])
    if not left:
        there = {one.uid for one in found.reads} | {one.uid for one in found.left} | set(found.passed)
        run.take_leave([uid for uid, (_, gone) in known.items() if uid not in there and not gone], found.whole)
    row = msgspec.structs.replace(row, told=run.result(left))
    calendar.save(tx, row)
    return row, run.touched


def _begun(row: CalendarRow, found: Calendar) -> CalendarTold:
    return CalendarTold(
        at=row.checked_at or "",
        name=found.name,
        events=len(found.reads),
        past=len(found.passed),
        left=tuple(found.left[:TOLD_MOST]),
        notes=tuple(found.notes[:TOLD_MOST]),
        whole=found.whole,
    )


class _Run:
    """One transaction's share of it."""

    def __init__(self, tx: Tx, ctx: Ctx, row: CalendarRow, told: CalendarTold) -> None:
        self._tx, self._ctx, self._row, self._told = tx, ctx, row, told
        self._closed: Closed = closed_days(tx)
        self._places = [
            (id, re.compile(rf"(?<!\w){re.escape(name.casefold())}(?!\w)"))
            for id, name in sorted(calendar.places(tx), key=lambda one: -len(one[1]))
            if len(name) > 2
        ]
        self._named: dict[str, str | None] = {}
        self.counts = dict.fromkeys(("new", "changed", "unchanged", "past", "older", "lacking"), 0)
        self.kept: list[CalendarKept] = list(told.kept)
        self.gone: list[CalendarGone] = list(told.gone)
        self.touched: list[str] = []
        self.same = 0

    def result(self, waiting: int) -> CalendarTold:
        """What it has come to so far."""
        counts = {name: getattr(self._told, name) + count for name, count in self.counts.items()}
        counts["unchanged"] += self.same
        return msgspec.structs.replace(
            self._told, waiting=waiting, kept=tuple(self.kept[:TOLD_MOST]), gone=tuple(self.gone[:TOLD_MOST]), **counts
        )

    def brought(self, read: Read) -> Brought:
        """What was read, as it goes in: at a place that is known by its name, or the calendar's own where the event says none."""
        place_id = self._row.place_id if read.where is None else self._place(read.where.da)
        return Brought(
            sequence=read.sequence,
            name=read.name,
            about=read.about,
            where=None if place_id is not None else read.where,
            place_id=place_id,
            organiser_id=self._row.organiser_id,
            url=read.url,
            themes=read.themes,
            schedule=read.schedule,
            changes=read.changes,
            cancelled=read.cancelled,
        )

    def _place(self, where: str) -> str | None:
        told = where.casefold()
        if told not in self._named:  # a calendar of thousands has few rooms, and the writer is held meanwhile
            self._named[told] = next((id for id, name in self._places if name.search(told)), None)
        return self._named[told]

    def one(self, uid: str, brought: Brought) -> None:
        """One event that is new in the calendar, or of which it says something new."""
        before = calendar.said(self._tx, self._row.id, uid)
        here = event.of_calendar(self._tx, self._row.id, uid)
        said = brought
        if before is not None and brought.sequence < before.sequence:
            self.counts["older"] += 1
            said = before
        elif here is None:
            self._make(uid, brought)
        elif here.withdrawn_on is not None or self._is_others(here, before or brought):
            self.counts["unchanged"] += 1
        else:
            self._change(here, before, brought)
        calendar.put_said(self._tx, self._row.id, uid, said, brought.hash)

    def _is_others(self, here: EventRow, said: Brought) -> bool:
        """Whether staff have given the event to another organiser than the calendar's, whose word of it counts no more."""
        return not self._row.by_staff and here.organiser_id not in (self._row.organiser_id, said.organiser_id)

    def _make(self, uid: str, brought: Brought) -> None:
        if brought.cancelled or not self._to_come(brought):
            self.counts["past"] += 1
            return
        id = imported_id(self._row.id, "event", uid)
        if event.get(self._tx, id) is not None:  # somebody took it out of the calendar, and it is here as their own
            self.counts["unchanged"] += 1
            return
        row = EventRow(
            row=0,
            id=id,
            slug=address.free(self._tx, "event", id, brought.name.da, UNSET),
            state="draft",
            said=Said(**{name: getattr(brought, name) for name in _OF_SAID}),
            schedule=brought.schedule,
            changes=brought.changes,
            place_id=brought.place_id,
            route_id=None,
            organiser_id=brought.organiser_id,
            split_from=None,
            why=None,
            notes=None,
            decided=None,
            was_public=False,
            changed_at=self._ctx.moment,
            changed_by=self._row.saved_by,
            calendar_id=self._row.id,
            uid=uid,
            sequence=brought.sequence,
        )
        if event.lacks(self._tx, row):
            self.counts["lacking"] += 1
        else:
            state: EventState = "public" if self._at_once(brought.organiser_id) else "proposed"
            row = msgspec.structs.replace(row, state=state, was_public=state == "public")
        self.counts["new"] += 1
        self._write(row)

    def _at_once(self, organiser_id: str | None) -> bool:
        """By the rule of move_event: what staff bring is public, what an organiser brings where it may."""
        if self._row.by_staff or site.get(self._tx).events_at_once:
            return True
        mine = None if organiser_id is None else organiser.get(self._tx, organiser_id)
        return mine is not None and mine.at_once

    def _to_come(self, brought: Brought) -> bool:
        found = times("x", brought.schedule, brought.changes, self._closed, self._ctx.today)
        return any((one.end or one.start) > self._ctx.moment for one in found) or (
            not found and brought.schedule.date > self._ctx.today
        )

    def _change(self, here: EventRow, before: Brought | None, brought: Brought) -> None:
        old = before or brought
        said: dict[str, Any] = {}
        row: dict[str, Any] = {}
        kept: list[str] = []
        for name in (*_OF_SAID, *_OF_ROW):
            now = getattr(here.said, name) if name in _OF_SAID else getattr(here, name)
            new, then = getattr(brought, name), getattr(old, name)
            if new in (then, now):
                continue
            if now != then:
                kept.append(name)
            else:
                (said if name in _OF_SAID else row)[name] = new
        when, stays = _when(here, old, brought)
        kept += stays
        after: EventRow = msgspec.structs.replace(
            here,
            said=msgspec.structs.replace(here.said, **said),
            sequence=brought.sequence,
            **row,
            **when,
        )
        after = self._stepped(after, old, brought)
        if kept:
            self.kept.append(CalendarKept(event_id=here.id, name=here.said.name, fields=tuple(kept)))
        if after.seen and event.lacks(self._tx, after):  # readers would be told of nowhere
            self.counts["lacking"] += 1
            after = msgspec.structs.replace(after, place_id=here.place_id, said=here.said)
        if after == msgspec.structs.replace(here, sequence=after.sequence):
            self.counts["unchanged"] += 1
            return
        self.counts["changed"] += 1
        self._write(msgspec.structs.replace(after, changed_at=self._ctx.moment, changed_by=self._row.saved_by))

    def _stepped(self, row: EventRow, old: Brought, brought: Brought) -> EventRow:
        """Cancelled, or on again, where the calendar now says so and did not before."""
        if brought.cancelled and not old.cancelled and row.state == "public":
            return msgspec.structs.replace(row, state="cancelled", why=CANCELLED)
        if not brought.cancelled and old.cancelled and row.state == "cancelled" and row.why == CANCELLED:
            return msgspec.structs.replace(row, state="public", why=None)
        return row

    def take_leave(self, uids: list[str], whole: bool) -> None:
        """What is in the calendar no more is cancelled, where it is whole and so much is still there that it is believed."""
        ahead = [(uid, row) for uid in uids if (row := self._ahead(uid)) is not None]
        believed = whole and not (len(ahead) > GONE_FEW and len(ahead) > GONE_SHARE * self._told.events)
        for uid, row in ahead:
            if believed:
                state: EventState = "cancelled" if row.state == "public" else "draft"
                why = CANCELLED if state == "cancelled" else None
                self._write(
                    msgspec.structs.replace(
                        row, state=state, why=why, changed_at=self._ctx.moment, changed_by=self._row.saved_by
                    )
                )
                before = calendar.said(self._tx, self._row.id, uid)
                if before is not None:
                    calendar.put_said(self._tx, self._row.id, uid, msgspec.structs.replace(before, cancelled=True), "")
                calendar.put_gone(self._tx, self._row.id, uid)
            self.gone.append(CalendarGone(event_id=row.id, name=row.said.name, cancelled=believed))

    def _ahead(self, uid: str) -> EventRow | None:
        """The event, where readers or staff still await it."""
        row = event.of_calendar(self._tx, self._row.id, uid)
        if row is None or row.withdrawn_on is not None or row.state not in ("public", "proposed"):
            return None
        said = calendar.said(self._tx, self._row.id, uid)
        if said is not None and self._is_others(row, said):
            return None
        coming = [one for one in occurrence.of_event(self._tx, row.row) if one.start > self._ctx.now]
        return row if coming else None

    def _write(self, row: EventRow) -> None:
        write_out(self._tx, self._ctx, row, self._closed)
        self.touched.append(row.id)


def _when(here: EventRow, old: Brought, brought: Brought) -> tuple[dict[str, Any], list[str]]:
    """(the schedule and changes that are new, the names of those of which a person's stay)."""
    found: dict[str, Any] = {}
    kept: list[str] = []
    schedule = here.schedule
    stands = _as_moved(schedule, here.changes)
    if brought.schedule not in (old.schedule, stands):
        if old.schedule not in (stands, schedule):
            kept.append("schedule")
        elif (moved := _moved(here, brought.schedule)) is not None:
            found["changes"] = moved
        else:
            found["schedule"] = brought.schedule
            found["changes"] = tuple(one for one in here.changes if one.why != MOVED)
    base = found.get("changes", here.changes)
    theirs = {change.day: change for change in base}
    then, new = ({change.day: change for change in one.changes} for one in (old, brought))
    for day in then.keys() | new.keys():
        if then.get(day) == new.get(day) or theirs.get(day) == new.get(day):
            continue
        if theirs.get(day) != then.get(day):
            kept.append(f"changes/{day.isoformat()}")
        elif day in new:
            theirs[day] = new[day]
        else:
            del theirs[day]
    changes = tuple(theirs[day] for day in sorted(theirs))
    if changes != here.changes:
        found["changes"] = changes
    return found, sorted(kept)


def _is_single(schedule: Schedule | None) -> bool:
    return schedule is not None and schedule.rrule is None and not schedule.also


def _as_moved(schedule: Schedule | None, changes: tuple[Change, ...]) -> Schedule | None:
    """The schedule of a single time, with the move that the calendar made of it before."""
    if schedule is None or not _is_single(schedule):
        return schedule
    move = next(
        (one for one in changes if one.day == schedule.date and one.state == "moved" and one.why == MOVED), None
    )
    if move is None:
        return schedule
    return msgspec.structs.replace(
        schedule, date=move.date or schedule.date, starts=move.starts or schedule.starts, ends=move.ends
    )


def _moved(here: EventRow, to: Schedule) -> tuple[Change, ...] | None:
    """Of a single time that readers see, and that is now another day: a move of it, so that whoever follows it hears of it."""
    now = here.schedule
    if now is None or not here.seen or not _is_single(now) or not _is_single(to):
        return None
    if (now.starts is None) != (to.starts is None) or now.days != to.days:
        return None
    others = tuple(one for one in here.changes if one.day != now.date)
    if to.date == now.date and (to.starts, to.ends) == (now.starts, now.ends):
        return others
    if to.date == now.date:
        return None
    day: datetime.date = now.date
    move = Change(day=day, state="moved", date=to.date, starts=to.starts, ends=to.ends, why=MOVED)
    return tuple(sorted((*others, move), key=lambda one: one.day))

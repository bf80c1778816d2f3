"""The components of one UID to one event: its words, when it is, and what is said of its single times."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from server.formats.ical import series
from server.formats.ical.components import Component, Property
from server.formats.ical.found import Left, Note, Read, reason
from server.formats.ical.series import Laid
from server.formats.ical.when import UTC, Moment, duration, moment
from server.formats.ical.words import plain, themes
from server.formats.ical.zones import Zones, is_ours
from server.model.day_names import DAYS
from server.model.event import PAST_DAYS, Change, Schedule
from server.model.moment import COPENHAGEN
from server.model.place import NAME_LIMIT
from server.model.rrule import RuleRefused
from server.model.values import Text

ABOUT_MOST: Final = 4000
WHERE_MOST: Final = 200
DAYS_MOST: Final = 60
LIST_MOST: Final = 500
SEQUENCE_MOST: Final = 2**31 - 1
DAY: Final = datetime.timedelta(days=1)
_URL: Final = re.compile(r"https?://[^\s<>\"]{1,480}")


@dataclass(slots=True)
class Reading:
    """What a file has come to so far."""

    zones: Zones
    today: datetime.date
    notes: list[Note] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    def note(self, line: int, uid: str | None, code: str, **values: object) -> None:
        self.notes.append(Note(line=line, uid=uid, code=code, reason=reason(code, **values)))

    def leave(self, line: int, uid: str | None, code: str, **values: object) -> None:
        self.left.append(Left(line=line, uid=uid, code=code, reason=reason(code, **values)))


@dataclass(slots=True)
class _Event:
    """One that is being read: where it is told, and by which mark."""

    main: Component
    uid: str
    of: Reading

    def note(self, line: int, code: str, **values: object) -> None:
        self.of.note(line, self.uid, code, **values)

    def leave(self, line: int, code: str, **values: object) -> None:
        self.of.leave(line, self.uid, code, **values)


def event(main: Component, others: list[Component], uid: str, of: Reading) -> Read | None:
    """The event; None where it is left out, which `of` then knows. `others`: what is said of its single times."""
    here = _Event(main, uid, of)
    if (main.value("CLASS") or "").strip().upper() in ("PRIVATE", "CONFIDENTIAL"):
        here.leave(main.line, "private")
        return None
    told = main.one("DTSTART")
    if told is None:
        here.leave(main.line, "no_start")
        return None
    start = moment(told, told.value, of.zones)
    if start is None:
        here.leave(told.line, "bad_start", value=told.value)
        return None
    name = _words(here, main, "SUMMARY", NAME_LIMIT)
    if name is None:
        here.leave(main.line, "no_name")
        return None
    if start.unknown is not None:
        here.note(told.line, "unknown_zone", value=start.unknown)
    about = _words(here, main, "DESCRIPTION", ABOUT_MOST)
    base = _once(here, start)
    if base.starts is None and start.at is not None:
        begins = f"Begynder {_day(start.day)} kl. {(start.clock or '').replace(':', '.')}."
        about = f"{begins}\n{about or ''}".strip()[:ABOUT_MOST]
    try:
        laid = _laid(here, base, start)
        changes = _changes(here, laid, others)
        if series.is_past(laid.schedule, changes, of.today - PAST_DAYS * DAY, of.today):
            of.passed.append(uid)
            return None
    except RuleRefused as refused:
        rule = main.one("RRULE")
        said = "" if rule is None else rule.value
        here.leave(main.line if rule is None else rule.line, "bad_rule", value=said, why=refused.words)
        return None
    status = (main.value("STATUS") or "").strip().upper()
    if status == "TENTATIVE":
        here.note(main.line, "tentative")
    where = _words(here, main, "LOCATION", WHERE_MOST)
    return Read(
        uid=uid,
        line=main.line,
        sequence=sequence(main),
        name=Text(da=name),
        about=None if about is None else Text(da=about),
        where=None if where is None else Text(da=where),
        url=_url(main),
        themes=themes([one.value for one in main.every("CATEGORIES")]),
        schedule=laid.schedule,
        changes=tuple(sorted(changes, key=lambda change: change.day)),
        cancelled=status == "CANCELLED",
    )


def _words(here: _Event, of: Component, name: str, most: int) -> str | None:
    told = of.one(name)
    if told is None:
        return None
    words, cut = plain(told.value, most)
    if name in ("SUMMARY", "LOCATION") and words is not None:
        words = " ".join(words.split())
    if cut:
        here.note(told.line, "shortened", what=name)
    return words


def _url(of: Component) -> str | None:
    found = _URL.fullmatch((of.value("URL") or "").strip())
    return found[0] if found else None


def sequence(of: Component) -> int:
    """Its SEQUENCE; 0 where it tells none."""
    said = (of.value("SEQUENCE") or "").strip()
    return min(int(said), SEQUENCE_MOST) if said.isascii() and said.isdigit() and len(said) < 12 else 0


def _once(here: _Event, start: Moment) -> Schedule:
    """The first time, without a rule."""
    end = _end(here, here.main, start)
    sure = start.unknown is None
    if start.at is None:
        return Schedule(date=start.day, days=_days(here, start.day, None if end is None else end.day))
    if end is None or end.utc is None or start.utc is None or end.utc == start.utc:
        return Schedule(date=start.day, starts=start.clock, sure=sure)
    if end.utc - start.utc >= DAY:
        here.note(here.main.line, "many_days")
        last = end.day if end.clock == "00:00" else end.day + DAY
        return Schedule(date=start.day, days=_days(here, start.day, last), sure=sure)
    ends = None if end.clock == start.clock else end.clock
    return Schedule(date=start.day, starts=start.clock, ends=ends, sure=sure)


def _end(here: _Event, of: Component, start: Moment) -> Moment | None:
    """When it is over; of whole days the day after the last. None where nobody says, or not so that it can be."""
    told = of.one("DTEND")
    found: Moment | None
    if told is not None:
        found = moment(told, told.value, here.of.zones)
        if found is None or (found.at is None) != (start.at is None):
            here.note(told.line, "bad_end", value=told.value)
            return None
        if found.floats and not start.floats and found.at is not None and start.at is not None:
            at = found.at.replace(tzinfo=start.at.tzinfo)  # it leaves its zone to the start's
            found = _at_time(found, at)
    else:
        told = of.one("DURATION")
        if told is None:
            return None
        lasts = duration(told.value)
        if lasts is None:
            here.note(told.line, "bad_end", value=told.value)
            return None
        try:
            found = _later(start, lasts)
        except OverflowError:
            here.note(told.line, "bad_end", value=told.value)
            return None
    if found.day < start.day or (found.utc is not None and start.utc is not None and found.utc < start.utc):
        here.note(told.line, "end_before")
        return None
    return found


def _at_time(found: Moment, at: datetime.datetime) -> Moment:
    """The moment at another time."""
    return Moment(at.astimezone(COPENHAGEN).date(), at, found.unknown, found.floats)


def _later(start: Moment, lasts: datetime.timedelta) -> Moment:
    if start.at is None:
        return Moment(start.day + lasts, None)
    return _at_time(start, start.at.astimezone(UTC) + lasts)


def _days(here: _Event, first: datetime.date, after: datetime.date | None) -> int:
    days = 1 if after is None else max(1, (after - first).days)
    if days > DAYS_MOST:
        here.note(here.main.line, "too_many_days", limit=DAYS_MOST)
    return min(days, DAYS_MOST)


def _laid(here: _Event, base: Schedule, start: Moment) -> Laid:
    """The schedule with its rule, the days added and those left out."""
    rules = here.main.every("RRULE")
    if len(rules) > 1:
        here.note(rules[1].line, "second_rule")
    laid = Laid(base)
    if rules:
        text = rules[0].value
        if start.at is None or base.starts is None or is_ours(start.at.tzinfo or COPENHAGEN):
            laid = Laid(series.ruled(base, text))
        else:
            laid = series.elsewhere(base, text, start.at, here.of.today)
            here.note(rules[0].line, "other_zone", value=str(start.at.tzinfo))
    _added(here, laid)
    left_out = []
    excepted = list(_moments(here, "EXDATE"))
    if excepted:
        laid.reach(max(found.day for _, found in excepted))
    for told, found in excepted:
        day = laid.day_of(found)
        if day is None:
            here.note(told.line, "no_match", value=told.value[:60], what="EXDATE")
        else:
            left_out.append(day)
    if kept := _most(here, left_out, "EXDATE"):
        laid.schedule = replace(laid.schedule, left_out=kept)
    return laid


def _added(here: _Event, laid: Laid) -> None:
    also = []
    for told, found in _moments(here, "RDATE"):
        if laid.schedule.starts is not None and found.at is None:
            here.note(told.line, "bad_day", value=told.value[:60], what="RDATE")
            continue
        also.append(found.day)
        if found.clock is not None and laid.schedule.starts is not None and found.clock != laid.schedule.starts:
            laid.changes[found.day] = Change(day=found.day, starts=found.clock)
    if also:
        every = _most(here, [*laid.schedule.also, *also], "RDATE")
        laid.schedule = replace(laid.schedule, also=every)


def _moments(here: _Event, name: str) -> Iterator[tuple[Property, Moment]]:
    for told in here.main.every(name):
        for value in told.value.split(","):
            if not value.strip():
                continue
            found = moment(told, value.partition("/")[0], here.of.zones)
            if found is None:
                here.note(told.line, "bad_day", value=value, what=name)
            else:
                yield told, found


def _most(here: _Event, days: list[datetime.date], what: str) -> tuple[datetime.date, ...]:
    """Each once, in order; the latest where there are too many."""
    every = sorted(set(days))
    if len(every) > LIST_MOST:
        here.note(here.main.line, "too_many", limit=LIST_MOST, what=what)
    return tuple(every[-LIST_MOST:])


def _changes(here: _Event, laid: Laid, others: list[Component]) -> list[Change]:
    """What is said of single times; a later word on one counts."""
    found = dict(laid.changes)
    order = sorted(others, key=lambda one: (sequence(one), one.line))
    days = [which.day for one in order if (which := _which(here, one)) is not None]
    if days:
        laid.reach(max(days))
    for one in order:
        if (change := _change(here, laid, one)) is not None:
            found[change.day] = change
    if len(found) > LIST_MOST:
        here.note(here.main.line, "too_many", limit=LIST_MOST, what="RECURRENCE-ID")
    return [found[day] for day in sorted(found)[-LIST_MOST:]]


def _which(here: _Event, one: Component) -> Moment | None:
    of = one.one("RECURRENCE-ID")
    return None if of is None else moment(of, of.value, here.of.zones)


def _change(here: _Event, laid: Laid, one: Component) -> Change | None:
    of, which = one.one("RECURRENCE-ID"), _which(here, one)
    if of is None or which is None:
        here.note(one.line, "bad_day", value="" if of is None else of.value, what="RECURRENCE-ID")
        return None
    if of.params.get("RANGE", "").upper() == "THISANDFUTURE":
        here.note(of.line, "and_following")
    day = laid.day_of(which) or laid.day_of(which, exact=False)
    if day is None:
        day = which.day
        if len(laid.schedule.also) >= LIST_MOST:
            here.note(of.line, "no_match", value=of.value, what="RECURRENCE-ID")
            return None
        laid.schedule = replace(laid.schedule, also=tuple(sorted({*laid.schedule.also, day})))
    if day in laid.schedule.left_out:
        laid.schedule = replace(laid.schedule, left_out=tuple(x for x in laid.schedule.left_out if x != day))
    why = _why(here, one)
    if (one.value("STATUS") or "").strip().upper() == "CANCELLED":
        return Change(day=day, state="cancelled", why=why)
    return _moved(here, laid, one, day, why)


def _moved(here: _Event, laid: Laid, one: Component, day: datetime.date, why: Text | None) -> Change | None:
    told, rule = one.one("DTSTART"), laid.changes.get(day)
    start = None if told is None else moment(told, told.value, here.of.zones)
    if told is None or start is None:
        here.note(one.line, "bad_start", value="" if told is None else told.value)
        return None
    if start.unknown is not None:
        here.note(told.line, "unknown_zone", value=start.unknown)
    end = _end(here, one, start)
    starts = (rule and rule.starts) or laid.schedule.starts
    ends = (rule and rule.ends) or laid.schedule.ends
    clock = start.clock if laid.schedule.starts is not None else None
    till = None if end is None or clock is None or end.clock == clock else end.clock
    is_moved = start.day != day or (clock is not None and clock != starts)
    where = _words(here, one, "LOCATION", WHERE_MOST)
    meeting = None if where is None or where == _words(here, here.main, "LOCATION", WHERE_MOST) else Text(da=where)
    if not is_moved and (till is None or till == ends) and meeting is None and why is None:
        return rule
    return Change(
        day=day,
        state="moved" if is_moved else "on",
        date=start.day if start.day != day else None,
        starts=clock if is_moved and clock is not None else rule.starts if rule else None,
        ends=till if is_moved or till != ends else rule.ends if rule else None,
        why=why,
        meeting=meeting,
    )


def _why(here: _Event, one: Component) -> Text | None:
    """What is said of this one time: its comment, or a name that is another than the series'."""
    said = _words(here, one, "COMMENT", WHERE_MOST)
    if said is None:
        name = _words(here, one, "SUMMARY", NAME_LIMIT)
        said = name if name != _words(here, here.main, "SUMMARY", NAME_LIMIT) else None
    return None if said is None else Text(da=said)


def _day(day: datetime.date) -> str:
    return DAYS["da"][day.weekday()]

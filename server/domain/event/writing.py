"""An event's times written out again: compared with those that stood there, counted where readers must be told, and kept."""

import datetime

import msgspec

from server.domain import reminding
from server.domain.ctx import Ctx
from server.model.event import Time
from server.model.recurrence import Closed, last_day, times, window
from server.store import event, occurrence, site
from server.store.event import EventRow
from server.store.occurrence import Occurrence
from sync.sql import Tx


def closed_days(tx: Tx) -> Closed:
    """The days on which series may be left out, out of the settings."""
    settings = site.get(tx)
    return Closed(frozenset(settings.holidays), settings.school_holidays)


def write_out(tx: Tx, ctx: Ctx, row: EventRow, closed: Closed | None = None, anew: datetime.date | None = None) -> bool:
    """Keeps the event and its times as they are from now on, and sees to the reminders; whether any time changed. `closed`: as
    closed_days gives it, for who writes many. `anew`: the day of which something else is said now, also where that time has begun.

    A time that readers could see and that is now at another hour or place, cancelled, gone or on again has its `revision` raised: its
    number never falls, also where it was gone in between. What has begun stays as it was when the event is cancelled."""
    elsewhere = _is_elsewhere(event.get(tx, row.id), row)
    inner = event.save(tx, row)
    old = {one.id: one for one in occurrence.of_event(tx, inner)}
    new = _times(ctx, row, closed or closed_days(tx), old, anew)
    revisions = {day: n for day, n in row.revisions.items() if day >= _oldest(ctx.today)}
    changed = False
    for id, one in old.items():
        if id not in new:
            changed = True
            revision = one.revision + int(row.seen and one.start > ctx.now)
            if revision and one.day >= window(ctx.today)[0]:
                revisions[one.day.isoformat()] = revision
            occurrence.drop(tx, id)
    for id, time in new.items():
        day = day_of(id)
        before = old.get(id)
        gone = revisions.pop(day.isoformat(), 0) if before is None else 0
        revision = before.revision if before else gone
        to_come = elsewhere and before is not None and time.start > ctx.moment and time.state != "cancelled"
        if before is not None and before.time == time and not to_come:
            continue
        changed = True
        if to_come or (row.was_public and (gone if before is None else _to_be_told(before.time, time))):
            revision += 1
        occurrence.put(tx, inner, day, time, revision)
    event.save(tx, msgspec.structs.replace(row, row=inner, written_to=window(ctx.today)[1], revisions=revisions))
    reminding.arrange(tx, ctx.now, row.id)
    return changed


def day_of(id: str) -> datetime.date:
    """The day in an occurrence's id, on which the rule gives it."""
    return datetime.date.fromisoformat(id[-8:])


def ahead(tx: Tx, row: EventRow, now: datetime.datetime) -> list[Occurrence]:
    """Its times that readers see and that are still to come or under way, but for those that are cancelled."""
    if not row.seen:
        return []
    return [
        one for one in occurrence.of_event(tx, row.row) if one.state != "cancelled" and (one.end or one.start) > now
    ]


def _times(
    ctx: Ctx, row: EventRow, closed: Closed, old: dict[str, Occurrence], anew: datetime.date | None
) -> dict[str, Time]:
    if row.schedule is None:
        return {}
    found = times(row.id, row.schedule, row.changes, closed, ctx.today)
    new = {one.id: one for one in found}
    if row.was_public and old:
        new = _as_it_was(ctx, new, old, anew)
    if row.state != "cancelled":
        return new
    return {id: one if one.start <= ctx.moment else _cancelled(row, one) for id, one in new.items()}


def _as_it_was(
    ctx: Ctx, new: dict[str, Time], old: dict[str, Occurrence], anew: datetime.date | None
) -> dict[str, Time]:
    """A rule that is changed today changes nothing of what readers saw before: what has begun stays, but for what is said of it now."""
    first = window(ctx.today)[0]
    has_been = {
        id: one.time
        for id, one in old.items()
        if one.time.start <= ctx.moment and last_day(one.time) >= first and (one.day != anew or id not in new)
    }
    to_come = {id: one for id, one in new.items() if one.start > ctx.moment or id in old}
    return to_come | has_been


def _cancelled(row: EventRow, time: Time) -> Time:
    return time if time.state == "cancelled" else msgspec.structs.replace(time, state="cancelled", why=row.why)


def _to_be_told(before: Time, after: Time) -> bool:
    """Whether who meant to come must hear of it: it is elsewhere in time, cancelled, or on again."""
    return (before.state == "cancelled") != (after.state == "cancelled") or before.start != after.start


def _is_elsewhere(before: EventRow | None, after: EventRow) -> bool:
    """Whether what readers see is at another place than it was."""
    if before is None or not before.seen or not after.seen:
        return False
    return _where(before) != _where(after)


def _where(row: EventRow) -> tuple[object, ...]:
    """What says where people are to come: a place, a route or a point. Words, and an address on the net, are put better without that
    anybody is to go elsewhere: a change of those alone is told to nobody."""
    there = (row.place_id, row.route_id)
    return there if any(there) else (row.said.point,)


def _oldest(today: datetime.date) -> str:
    return window(today)[0].isoformat()

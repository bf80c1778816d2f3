"""When followers of an event are to be told something: rows that the clock acts on (server/jobs/remind.py).

Reminders are written out for the times of the next weeks, under the revision that each time has; a day's job goes on with them. A time that
was moved, cancelled, set on again or taken out has a row that says so, and what was to be told of it before is overtaken."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, get_args

from server.model.device import When
from server.model.moment import COPENHAGEN
from server.model.quiet import quiet_until
from server.model.remind import due
from server.model.site import Site
from server.store import delivery, event, met, occurrence, reminder, site
from server.store.occurrence import Occurrence
from server.store.reminder import Reminder
from sync.sql import Tx

AHEAD: Final = datetime.timedelta(days=40)
"""So far ahead: more than the two weeks before which transport may have to be ordered."""
HOUR: Final = datetime.timedelta(hours=1)
WHATS: Final[tuple[When, ...]] = get_args(When)

Key = tuple[str, str, int]


def arrange(tx: Tx, now: datetime.datetime, event_id: str) -> None:
    """Makes the reminders of an event's times anew, after they changed, or as time goes on. `now`: UTC. However often it is done, nothing
    is told twice by it: what has been told stays as it is."""
    row, settings = event.get(tx, event_id), site.get(tx)
    times = occurrence.of_event(tx, row.row) if row is not None and row.seen else []
    before = {_key(one): one for one in reminder.of_event(tx, event_id)}
    wanted = {_key(one): one for time in times for one in _of_time(time, now, settings)}
    for key, one in wanted.items():
        had = before.get(key)
        if had is None:
            reminder.put(tx, one if _may_be_told(one, now) else replace(one, done="skipped"))
        elif had.done is None and had.what != "changed" and had != one:
            reminder.put(tx, one)
    known = {time.id: time for time in times}
    for key, one in before.items():
        if one.done is None and key not in wanted:
            _is_not_so(tx, one, known.get(one.occurrence), now)
    for time in times:
        if time.revision:
            delivery.stop(tx, time.id, time.revision)
        if time.state == "cancelled":
            met.stop(tx, time.id)
    if row is not None and row.seen:
        _gone(tx, [one for one in before.values() if one.done is None and one.occurrence not in known], now, settings)


def arrange_coming(tx: Tx, now: datetime.datetime, events: Iterable[str]) -> None:
    """The same of several."""
    for id in events:
        arrange(tx, now, id)


def coming(tx: Tx, now: datetime.datetime) -> list[str]:
    """The events that have times in the weeks for which reminders are written out."""
    return list(dict.fromkeys(one.event_id for one in occurrence.between(tx, now, now + AHEAD)))


def _of_time(time: Occurrence, now: datetime.datetime, settings: Site) -> list[Reminder]:
    """What is to be told of one time."""
    found = []
    if time.revision and (told := _changed(time, now, settings)) is not None:
        found.append(told)
    if time.state == "cancelled" or not now < time.start <= now + AHEAD:
        return found
    dues = ((what, due(what, time.start, time.date, time.all_day, settings)) for what in WHATS)
    found.extend(Reminder(time.id, what, time.revision, at.at, at.useful_until) for what, at in dues if at is not None)
    return found


def _changed(time: Occurrence, now: datetime.datetime, settings: Site) -> Reminder | None:
    """That it was moved, cancelled or set on again: told while who heard nothing of it may still go there."""
    starts = [time.start] if (was := was_to_begin(time)) is None else [time.start, was]
    last = max(starts)
    if last <= now:
        return None
    return Reminder(time.id, "changed", time.revision, at_once(now, starts, settings), last)


def _gone(tx: Tx, lost: list[Reminder], now: datetime.datetime, settings: Site) -> None:
    """Of times that are not there any more, since the rule or the days of the event are others: told as a cancelled one is. Whether it is
    so is looked at when it is told: the time may go on in another event, that was split off."""
    starts: dict[str, tuple[int, datetime.datetime]] = {}
    for one in lost:
        if one.what != "changed":
            start = one.useful_until + HOUR if one.what == "evening" else one.useful_until
            revision, last = starts.get(one.occurrence, (0, start))
            starts[one.occurrence] = max(revision, one.revision), max(last, start)
    for id, (revision, start) in starts.items():
        delivery.stop(tx, id, revision + 1)
        if start > now:
            reminder.put(tx, Reminder(id, "changed", revision + 1, at_once(now, [start], settings), start))


def _is_not_so(tx: Tx, one: Reminder, time: Occurrence | None, now: datetime.datetime) -> None:
    """A reminder that is not wanted as things are now."""
    if time is not None and one.revision < time.revision:
        reminder.settle(tx, one, "overtaken")
    elif one.what == "changed" or (time is not None and time.state != "cancelled" and time.start <= now):
        return  # it is due, and whoever is at that sees whether it is still of use
    else:
        reminder.drop(tx, one)


def _may_be_told(one: Reminder, now: datetime.datetime) -> bool:
    """What is written out after it was due is not told: who follows hears of the change. But transport is, while it can be ordered."""
    return one.due_at > now or one.what == "changed" or (one.what == "transport" and one.useful_until > now)


def at_once(now: datetime.datetime, starts: list[datetime.datetime], settings: Site) -> datetime.datetime:
    """Now, or when the quiet hours are over, unless somebody would be on the way by then."""
    over = quiet_until(now, settings.quiet)
    soon = min((start for start in starts if start > now), default=now)
    return now if over is None or soon < over + HOUR else over


def was_to_begin(time: Occurrence) -> datetime.datetime | None:
    """When a moved time was to be, by its rule."""
    was = time.time.was
    if not was:
        return None
    clock = datetime.time() if was.start_local is None else datetime.time.fromisoformat(was.start_local)
    return datetime.datetime.combine(was.date, clock, COPENHAGEN).astimezone(datetime.UTC)


def _key(one: Reminder) -> Key:
    return one.occurrence, one.what, one.revision

"""Reminders that are due become messages and deliveries: what is said, and to whom. One event at a time, each in one transaction, so that a
server killed anywhere has told all of it or nothing; what is there is not made again.

Who follows is told of an event's changes once at a time, of the nearest, however many of its times changed together; and of one time once
in a minute, where transport comes before the hour, and the hour before the evening."""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from server.domain.followed import subjects, where_of
from server.domain.neutral import shown
from server.domain.reminding import at_once, was_to_begin
from server.jobs.work import Done, Work
from server.model import push_words as words
from server.model.moment import COPENHAGEN
from server.model.neutral import heavy_of
from server.model.push_words import At, Told
from server.model.quiet import quiet_until
from server.model.site import Site
from server.model.values import Text
from server.store import delivery, event, follow, occurrence, reminder, site
from server.store.delivery import Urgency
from server.store.event import EventRow
from server.store.occurrence import Occurrence
from server.store.reminder import Reminder, What
from sync.sql import Tx

log = logging.getLogger(__name__)

EVENTS_MOST: Final = 10
"""Events in one transaction: others want to write too."""
URGENCY: Final[dict[What, Urgency]] = {"transport": "high", "hour": "high", "evening": "normal", "changed": "high"}
"""normal: a phone that sleeps may show it a little later."""
IN_TURN: Final[tuple[What, ...]] = ("transport", "hour", "evening")
PLAIN: Final = Text(da="Noget, du følger", en="Something you follow", de="Etwas, dem du folgst")
"""Instead of a name that must not stand on a locked screen."""


async def remind(work: Work, now: datetime.datetime) -> Done:
    """Tells all that is due at `now`; returns when the next is."""
    while await work.database.write(lambda tx: tell_due(tx, now)):
        work.wake_sender()
    return await work.database.read(reminder.next_at)


def tell_due(tx: Tx, now: datetime.datetime) -> int:
    """Tells what is due of the events that have waited longest; returns of how many. `now`: UTC."""
    waiting = reminder.due(tx, now, EVENTS_MOST * 10)
    events = list(dict.fromkeys(one.event_id for one in waiting))[:EVENTS_MOST]
    settings = site.get(tx)
    for id in events:
        _tell(tx, now, id, settings)
    return len(events)


@dataclass(slots=True)
class _Telling:
    """One event's: what is known of it, and whom it has been told of which time just now."""

    tx: Tx
    now: datetime.datetime
    row: EventRow
    settings: Site
    name: Text
    times: dict[str, Occurrence]
    subjects: list[tuple[str, str]]
    told: dict[str, set[int]] = field(default_factory=dict)

    @property
    def events(self) -> list[str]:
        """Its id, and those of the series that it was split off."""
        return [id for kind, id in self.subjects if kind == "event"]

    def send(
        self, one: Reminder, text: Told, devices: Iterable[int], at: datetime.datetime, day: datetime.date
    ) -> None:
        """To phones that have not been told of that time just now; there is a message only where there is somebody."""
        told = self.told.setdefault(one.occurrence, set())
        new = [device for device in devices if device not in told]
        told.update(new)
        if new:
            message = delivery.message(
                self.tx, one.occurrence, one.what, one.revision, {"title": text["title"], "body": text["body"]},
                f"/det-sker/{self.row.slug}#{day:%Y%m%d}", URGENCY[one.what], one.useful_until,
            )  # fmt: skip
            delivery.deliver(self.tx, message, new, at)
        reminder.settle(self.tx, one, "fanned_out")

    def is_late(self, one: Reminder, at: datetime.datetime) -> bool:
        """Whether it would be of no use any more when it comes."""
        if at < one.useful_until:
            return False
        log.warning("%s of %s was due %s and is of no use any more", one.what, one.occurrence, one.due_at.isoformat())
        reminder.settle(self.tx, one, "late")
        return True


def _tell(tx: Tx, now: datetime.datetime, event_id: str, settings: Site) -> None:
    dues = reminder.due_of(tx, event_id, now)
    row = event.get(tx, event_id)
    if row is None or not row.seen:
        for one in dues:
            reminder.settle(tx, one, "skipped")
        return
    times = {time.id: time for time in occurrence.of_event(tx, row.row)}
    name = shown(row.said.name, PLAIN)
    telling = _Telling(tx, now, row, settings, name, times, subjects(tx, row, settings))
    _tell_changes(telling, sorted((one for one in dues if one.what == "changed"), key=lambda one: one.useful_until))
    for what in IN_TURN:
        for one in dues:
            if one.what == what:
                _remind(telling, one)


def _remind(telling: _Telling, one: Reminder) -> None:
    time = telling.times.get(one.occurrence)
    if time is None or time.state == "cancelled" or time.revision != one.revision:
        reminder.settle(telling.tx, one, "overtaken")
        return
    at = (
        quiet_until(telling.now, telling.settings.quiet) or telling.now
    )  # a server that comes back at night wakes nobody
    if telling.is_late(one, at):
        return
    when = _at(time)
    if one.what == "transport":
        ride = telling.settings.transport
        phone = "" if ride is None else ride.phone
        text = words.transport(telling.name, when, at, order_by=one.useful_until, phone=phone, full=time.full)
    else:
        text = (words.hour if one.what == "hour" else words.evening)(telling.name, when, at, full=time.full)
    what = None if one.what == "changed" else one.what
    telling.send(one, text, follow.followers(telling.tx, telling.subjects, day=time.day, what=what), at, time.day)


def _tell_changes(telling: _Telling, changes: list[Reminder]) -> None:
    """Each is told of the first of these that concerns them."""
    tx, told = telling.tx, set[int]()
    due: list[tuple[Reminder, Occurrence | None, Occurrence | None]] = []
    for one in changes:
        time = telling.times.get(one.occurrence)
        instead = None if time is not None else _instead(telling, one)
        if time is not None and time.revision != one.revision:
            reminder.settle(tx, one, "overtaken")
        elif instead is not None and instead.start == one.useful_until and instead.state != "cancelled":
            reminder.settle(tx, one, "skipped")  # it goes on as it was, in the series that was split off
        else:
            due.append((one, time, instead))
    for one, time, instead in due:
        starts = [one.useful_until] if time is None else [time.start, was_to_begin(time) or time.start]
        at = at_once(telling.now, starts, telling.settings)
        if telling.is_late(one, at):
            continue
        text = _changed(telling, one, time, instead, at, more=len(due) > 1)
        devices = {
            *follow.followers(tx, telling.subjects, day=one.day), *follow.to_be_met(tx, telling.events, one.day)
        } - told  # fmt: skip
        told |= devices
        telling.send(one, text, sorted(devices), at, one.day)


def _changed(
    telling: _Telling,
    one: Reminder,
    time: Occurrence | None,
    instead: Occurrence | None,
    at: datetime.datetime,
    *,
    more: bool,
) -> Told:
    if time is None and instead is not None and instead.state != "cancelled":
        return words.moved(telling.name, _at(instead), at, was=_began(one), why=None, more=more)
    if time is None:
        further = _next(telling, one.useful_until)
        next_at = None if further is None else _at(further)
        return words.cancelled(telling.name, _began(one), at, why=None, more=more, next_at=next_at)
    if time.state == "cancelled":
        return words.cancelled(telling.name, _at(time), at, why=_fit(time.time.why), more=more)
    was = was_to_begin(time)
    if time.state == "moved" and was is not None:
        before = At.moment(was) if not time.all_day else At(At.moment(was).date, None)
        return words.moved(telling.name, _at(time), at, was=before, why=_fit(time.time.why), more=more)
    return words.as_it_is(telling.name, _at(time), at, where=_fit(where_of(telling.tx, telling.row)), more=more)


def _instead(telling: _Telling, one: Reminder) -> Occurrence | None:
    """The time of the same day in a series that was split off."""
    for id in event.split_off(telling.tx, telling.row.id):
        if (found := occurrence.find(telling.tx, id, one.day)) is not None:
            return found
    return None


def _next(telling: _Telling, after: datetime.datetime) -> Occurrence | None:
    """The next one of its times that is not off."""
    coming = [time for time in telling.times.values() if time.start > telling.now and time.state != "cancelled"]
    return min(coming, key=lambda time: (abs(time.start - after), time.start), default=None)


def _began(gone: Reminder) -> At:
    """When a time was to be that is gone; of one at midnight it is not known any more whether it was a whole day, which it then was."""
    at = At.moment(gone.useful_until)
    midnight = gone.useful_until.astimezone(COPENHAGEN).time() == datetime.time()
    return At(at.date, None) if midnight else at


def _fit(why: Text | None) -> Text | None:
    """A reason, where it may stand on a locked screen."""
    return None if why is None or heavy_of(why) is not None else why


def _at(time: Occurrence) -> At:
    return At(time.date, None if time.all_day else time.start)

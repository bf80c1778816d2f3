"""An event as its readers know it, and one of its times: what a citizen asks, a host answers and what is counted are about these."""

import datetime

import msgspec

from server.domain.refusal import invalid, unknown
from server.model.event import Event, Time
from sync import feed
from sync.sql import Tx
from sync.wire import Subject


def known(tx: Tx, subject: Subject) -> Event:
    """The event's public body. Refused: `unknown_subject` where readers do not know it (any more)."""
    found = feed.current(tx, "public", "event", subject.id) if subject.kind == "event" else None
    if found is None:
        raise unknown("Begivenheden")
    return _EVENT.decode(found[1])


def time_of(event: Event, day: datetime.date) -> Time:
    """The time that its rule gives on a day. Refused: `invalid` where it gives none."""
    id = f"{event.id}.{day:%Y%m%d}"
    found = next((time for time in event.times if time.id == id), None)
    if found is None:
        raise invalid("/args/day", "Den dag er der ikke noget.")
    return found


def begins(time: Time) -> datetime.datetime:
    """When it begins, UTC; a whole day, when it is over: until then one can come."""
    return datetime.datetime.fromisoformat(time.end if time.all_day and time.end else time.start)


def has_begun(time: Time, now: datetime.datetime) -> bool:
    """Whether it has begun; a whole day, since its midnight."""
    return datetime.datetime.fromisoformat(time.start) <= now


def is_off(event: Event, time: Time) -> bool:
    """Whether it is cancelled, alone or with all the others."""
    return event.state == "cancelled" or time.state == "cancelled"


def address(event: Event, day: datetime.date) -> str:
    """Where one of its times is read."""
    return f"/det-sker/{event.slug}#{day:%Y%m%d}"


_EVENT = msgspec.json.Decoder(Event)

"""An event as readers have it, with the times that a test wants."""

import datetime
from typing import Any

import msgspec

from server.model.event import Event, Host, Time
from server.model.moment import COPENHAGEN
from server.model.values import Text
from sync import feed


def time(id: str, day: str, clock: str = "14:00", hours: float = 2, **more: Any) -> Time:
    """The time of an event on a day, at an hour of the municipality; `hours` long."""
    date = datetime.date.fromisoformat(day)
    local = datetime.datetime.combine(date, datetime.time.fromisoformat(clock), COPENHAGEN)
    start = local.astimezone(datetime.UTC)
    given: dict[str, Any] = {
        "id": f"{id}.{date:%Y%m%d}",
        "date": date,
        "start_local": clock,
        "start": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "end": f"{start + datetime.timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}",
        "all_day": False,
        "sure": True,
        "state": "on",
        "why": None,
        "full": False,
        "meeting": None,
    }
    return Time(**given | more)


def put(world: Any, id: str, times: tuple[Time, ...], **more: Any) -> str:
    """Puts it where readers read it."""
    given: dict[str, Any] = {
        "id": id,
        "slug": "kaffe-i-medborgerhuset",
        "name": Text(da="Kaffe i Medborgerhuset"),
        "host": Host(name="Kirsten", phone="54 73 10 00"),
        "state": "public",
        "times": times,
        "tz": "Europe/Copenhagen",
        "free": True,
        "themes": (),
    }
    event = Event(**{field: None for field in Event.__struct_fields__ if field != "staff"} | given | more)
    feed.put(world.tx, "public", "event", id, msgspec.json.encode(event))
    return id

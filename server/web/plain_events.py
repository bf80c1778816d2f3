"""What the plain pages say of events: days and hours in words, which times are to come, and schema.org's Event."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from server.domain.happening import is_off
from server.model.event import Event, Time
from server.model.moment import COPENHAGEN
from server.model.organiser import Organiser
from server.model.place import Place
from server.model.route import Route
from server.model.values import Text
from server.web import words

MOST = 100
"""So many times stand on the page of what is on: the phone has the others."""
MOST_OF_ONE = 20
UNSAID = datetime.timedelta(hours=2)
"""A time whose end nobody has said is held to be over so long after it began; the phone's times.ts says the same."""
ONLINE = "https://schema.org/OnlineEventAttendanceMode"
OFFLINE = "https://schema.org/OfflineEventAttendanceMode"


@dataclass(frozen=True, slots=True)
class Line:
    """One time on a page: its address, day and hour in words, and "aflyst", "flyttet", "fuldt" or ""."""

    event: Event
    time: Time
    href: str
    day: str
    clock: str
    mark: str
    where: str


def over(time: Time, now: datetime.datetime) -> bool:
    """Whether it has ended."""
    end = datetime.datetime.fromisoformat(time.end or time.start)
    return (end if time.end else end + UNSAID) <= now


def lines(
    events: Iterable[Event], places: dict[str, Place], routes: dict[str, Route], now: datetime.datetime, most: int
) -> list[Line]:
    """The times that are to come, the first first."""
    coming = [(time.start, time.id, event, time) for event in events for time in event.times if not over(time, now)]
    found = sorted(coming, key=lambda one: one[:2])[:most]
    return [_line(event, time, where(event, places, routes)) for _, _, event, time in found]


def _line(event: Event, time: Time, where: str) -> Line:
    full = words.say("event.full") if time.full else ""
    mark = {"cancelled": words.say("event.off"), "moved": words.say("event.moved"), "on": full}[time.state]
    if is_off(event, time):
        mark = words.say("event.off")
    return Line(event, time, f"/det-sker/{event.slug}#{time.id[-8:]}", day(time.date), clock(time), mark, where)


def day(date: datetime.date) -> str:
    """torsdag den 12. marts 2026"""
    name = words.say("days").split()[date.weekday()]
    month = words.say("months").split()[date.month - 1]
    long = words.say("date.long", day=name, n=date.day, month=month)
    return words.say("event.dateYear", date=long, year=date.year)


def clock(time: Time) -> str:
    """kl. 14 til 16 · kl. 14 · hele dagen · hele dagen, til og med lørdag den 7. marts 2026"""
    end = datetime.datetime.fromisoformat(time.end).astimezone(COPENHAGEN) if time.end else None
    if time.all_day or time.start_local is None:
        said = words.say("event.allDay")
        last = (end - datetime.timedelta(seconds=1)).date() if end else time.date
        return said if last <= time.date else f"{said}, {words.say('event.through', date=day(last))}"
    starts = words.clock(time.start_local)
    if end is None:
        return words.say("clock.at", clock=starts)
    return words.say("event.span", **{"from": starts, "to": words.clock(f"{end:%H:%M}")})


def was(time: Time) -> str:
    """When a moved time was to be, in a sentence; "" for the others."""
    if not time.was:
        return ""
    before = day(time.was.date)
    if time.was.start_local is not None:
        before += " " + words.say("clock.at", clock=words.clock(time.was.start_local))
    return words.say("event.movedWas", date=before)


def where(event: Event, places: dict[str, Place], routes: dict[str, Route]) -> str:
    """The name of the place or the route, its own words, or that it is joined from home; "" where nobody has said."""
    place = places.get(event.place_id or "")
    if place is not None:
        return place.name.da
    route = routes.get(event.route_id or "")
    if route is not None:
        return route.name.da
    if event.where is not None:
        return event.where.da
    return words.say("row.home") if event.url else ""


def newcomers(event: Event) -> list[tuple[str, Text]]:
    """(what is asked, the answer) of whoever comes for the first time; empty where nobody has answered."""
    told = event.newcomers
    if told is None:
        return []
    return [
        (words.say("event.whoMeets"), told.who_meets_you),
        (words.say("event.where"), told.where),
        (words.say("event.howMany"), told.how_many),
        (words.say("event.firstMinutes"), told.first_minutes),
        (words.say("event.leaving"), told.leaving),
    ]


def json_ld(
    event: Event, place: Place | None, organiser: Organiser | None, times: list[Time], said_where: str, page: str
) -> list[dict[str, Any]]:
    """schema.org's Event for each time that is to come. `page`: its address, without a time."""
    return [_one(event, place, organiser, time, said_where, f"{page}#{time.id[-8:]}") for time in times]


def _one(
    event: Event, place: Place | None, organiser: Organiser | None, time: Time, said_where: str, url: str
) -> dict[str, Any]:
    status = "EventCancelled" if is_off(event, time) else "EventRescheduled" if time.was else "EventScheduled"
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": time.id,
        "url": url,
        "name": event.name.da,
        "startDate": time.date.isoformat() if time.all_day else time.start,
        "eventStatus": f"https://schema.org/{status}",
        "isAccessibleForFree": event.free,
    }
    if time.end and not time.all_day:
        about["endDate"] = time.end
    if time.was:
        about["previousStartDate"] = time.was.date.isoformat()
    if event.about:
        about["description"] = event.about.da
    on_the_ground = place is not None and place.form != "online"
    if on_the_ground or event.where or event.route_id:
        about["eventAttendanceMode"] = OFFLINE
        about["location"] = {"@type": "Place", "name": said_where, "address": said_where, **_geo(event, place)}
    elif event.url:
        about["eventAttendanceMode"] = ONLINE
        about["location"] = {"@type": "VirtualLocation", "url": event.url}
    if organiser:
        about["organizer"] = {"@type": "Organization", "name": organiser.name} | (
            {"url": organiser.url} if organiser.url else {}
        )
    return about


def _geo(event: Event, place: Place | None) -> dict[str, Any]:
    point = (place.point if place else None) or event.point
    if point is None:
        return {}
    return {"geo": {"@type": "GeoCoordinates", "longitude": point[0], "latitude": point[1]}}

"""Events as calendars to subscribe to (iCalendar, RFC 5545): each time is an entry of its own, so that one which is moved or cancelled is
changed in the calendars of others, and no rule has to be read by them as it is here.

UID is the time's id at our host: it survives a move. SEQUENCE counts how often it was moved, cancelled or set on again. Who meets you, and
their number, are not in it: they said yes to the event's page, and each entry leads there."""

import math
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from msgspec import UNSET

from server.feeds.ical_lines import VTIMEZONE, day, document, local, text, utc
from server.feeds.taken import Taken
from server.model import line
from server.model.event import Event, Theme, Time
from server.model.organiser import Organiser
from server.model.place import Place
from server.model.route import Route
from server.model.slug import slug
from server.model.values import Point

REFRESH: Final = "PT4H"
THEMES: Final[dict[Theme, str]] = {
    "coffee": "Kaffe", "food": "Mad", "walk": "Gåtur", "movement": "Bevægelse", "music": "Musik", "craft": "Håndarbejde", "nature": "Natur",
    "games": "Spil", "talk": "Samtale", "culture": "Kultur",
}  # fmt: skip


def every(taken: Taken) -> bytes:
    """All that is public."""
    return _Written(taken).calendar(f"Det sker, {taken.site.name.da}", taken.events())


def event(taken: Taken, id: str) -> bytes:
    """One event, with all its times."""
    found = [one for one in taken.events() if one.id == id]
    return _Written(taken).calendar(found[0].name.da if found else "Det sker", found)


def place(taken: Taken, id: str) -> bytes:
    """What is on at a place."""
    written = _Written(taken)
    here = written.places.get(id)
    name = f"Det sker: {here.name.da}" if here else "Det sker"
    return written.calendar(name, (one for one in taken.events() if one.place_id == id))


def organiser(taken: Taken, id: str) -> bytes:
    """What an organiser holds."""
    written = _Written(taken)
    who = written.organisers.get(id)
    name = f"Det sker: {who.name}" if who else "Det sker"
    return written.calendar(name, (one for one in taken.events() if one.organiser_id == id))


def area(taken: Taken, town: str) -> bytes:
    """What is on nearer to a town than to any other; `town` is its slug."""
    written = _Written(taken)
    name = next((one.name.da for one in taken.site.towns if slug(one.name.da) == town), town)
    return written.calendar(f"Det sker ved {name}", (one for one in taken.events() if written.town(one) == town))


class _Written:
    """What entries need besides their event."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken
        self.places: dict[str, Place] = {one.id: one for one in taken.places()}
        self._routes: dict[str, Route] = {one.id: one for one in taken.routes()}
        self.organisers: dict[str, Organiser] = {one.id: one for one in taken.organisers()}
        origin = taken.terms.origin
        self._host = (urlsplit(origin).hostname if origin else None) or f"moedesteder-{taken.site.code}"

    def calendar(self, name: str, events: Iterable[Event]) -> bytes:
        """The whole file."""
        terms = self._taken.terms
        about = f"{self._taken.note} {self._taken.attribution}. {terms.licence}: {terms.licence_url}"
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//moedesteder//server//DA",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"NAME:{text(name)}",
            f"X-WR-CALNAME:{text(name)}",
            f"DESCRIPTION:{text(about)}",
            f"X-WR-CALDESC:{text(about)}",
            "X-WR-TIMEZONE:Europe/Copenhagen",
            f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
            f"X-PUBLISHED-TTL:{REFRESH}",
            *VTIMEZONE,
        ]
        for one in events:
            for time in one.times:
                lines += self._entry(one, time)
        return document([*lines, "END:VCALENDAR"])

    def _entry(self, one: Event, time: Time) -> Iterator[str]:
        off = one.state == "cancelled" or time.state == "cancelled"
        changed = utc(self._taken.changed.get(one.id, "1970-01-01T00:00:00Z"))
        yield "BEGIN:VEVENT"
        yield f"UID:{time.id}@{self._host}"
        yield f"DTSTAMP:{changed}"
        yield f"LAST-MODIFIED:{changed}"
        yield f"SEQUENCE:{self._taken.revisions.get(time.id, 0)}"
        if time.all_day:
            yield f"DTSTART;VALUE=DATE:{day(time.start)}"
            if time.end is not None:  # the midnight after the last day, as iCalendar's own
                yield f"DTEND;VALUE=DATE:{day(time.end)}"
        else:
            yield f"DTSTART;TZID=Europe/Copenhagen:{local(time.start)}"
            if time.end is not None:
                yield f"DTEND;TZID=Europe/Copenhagen:{local(time.end)}"
        # Not every calendar shows that an entry is cancelled: its name says it.
        yield f"SUMMARY:{text(f'Aflyst: {one.name.da}' if off else one.name.da)}"
        if where := self._where(one):
            yield f"LOCATION:{text(where)}"
        yield f"DESCRIPTION:{text(self._about(one, time, off=off))}"
        if (point := self._point(one)) is not None:
            yield f"GEO:{point[1]:.6f};{point[0]:.6f}"
        if one.themes:
            yield f"CATEGORIES:{','.join(text(THEMES[theme]) for theme in one.themes)}"
        if (page := self._page(one, time)) is not None:
            yield f"URL:{page}"
        yield f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}"
        yield "END:VEVENT"

    def _page(self, one: Event, time: Time) -> str | None:
        origin = self._taken.terms.origin
        return None if origin is None else f"{origin}/det-sker/{one.slug}#{time.id[-8:]}"

    def _where(self, one: Event) -> str:
        here = self.places.get(one.place_id or "")
        route = self._routes.get(one.route_id or "")
        told = [
            here.name.da if here else None,
            here.where.da if here and here.where else None,
            route.name.da if route else None,
            one.where.da if one.where else None,
            one.url if not here and not route and not one.where else None,
        ]
        return ", ".join(part.strip().rstrip(".") for part in told if part)

    def _about(self, one: Event, time: Time, *, off: bool) -> str:
        why = time.why or one.why
        told = [f"Aflyst. {why.da}" if why else "Aflyst."] if off else []
        if time.state == "moved" and not off:
            was = "" if time.was is UNSET else f" fra den {time.was.date.day}.{time.was.date.month}."
            told.append(f"Flyttet{was}{f' {why.da}' if why else ''}")
        if not time.sure:
            told.append("Tiden er usikker. Spørg arrangøren.")
        if time.full:
            told.append("Der er ikke flere pladser.")
        if time.meeting:
            told.append(time.meeting.da)
        if one.about:
            told.append(one.about.da)
        if one.rule and len(one.times) > 1:
            told.append(f"{one.rule.da}.".replace("..", "."))
        if one.free or one.price:
            told.append("Gratis." if one.free else f"Pris: {one.price.da}" if one.price else "")
        if one.bring:
            told.append(f"Tag med: {one.bring.da}")
        if one.access:
            told.append(f"Adgang: {one.access.da}")
        who = self.organisers.get(one.organiser_id or "")
        if who is not None:
            told.append(f"Arrangør: {who.name}")
        if (page := self._page(one, time)) is not None:
            told.append(page)
        return "\n".join(told)

    def _point(self, one: Event) -> Point | None:
        here = self.places.get(one.place_id or "")
        if here is not None and here.point is not None:
            return here.point
        if one.point is not None:
            return one.point
        route = self._routes.get(one.route_id or "")
        points = line.decode(route.stretches[0].line) if route is not None and route.stretches else []
        return points[0] if points else None

    def town(self, one: Event) -> str | None:
        """The slug of the town that it is nearest to."""
        point = self._point(one)
        if point is None:
            return None
        wide = math.cos(math.radians(point[1]))
        towns = self._taken.site.towns
        near = min(
            towns,
            key=lambda town: math.hypot((town.point[0] - point[0]) * wide, town.point[1] - point[1]),
            default=None,
        )
        return None if near is None else slug(near.name.da)

"""The columns of the files: for each noun a name, what it is, and how it is had of a body. CSV has them as its columns, GeoJSON as its
properties; a Fact is three of them, so that none travels without who said so and when."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from msgspec import UNSET

from server.feeds.hours import opening_hours
from server.feeds.words import clean, surfaces
from server.model.facility import Facility
from server.model.place import Place
from server.model.route import Route
from server.model.values import Closure, Fact, Season, Text

Cell = str | int | float | bool | None
ACCESS: Final = ("step_free", "width_cm", "kerb_cm", "gate_cm", "slope_pct", "door_cm")


class Column(NamedTuple):
    """`of` takes the body; None where nothing is known."""

    name: str
    what: str
    of: Callable[[Any], Cell]


def _text(name: str, what: str, field: str | None = None) -> list[Column]:
    """Danish under the name itself, the other languages beside it."""
    field = field or name

    def of(language: str) -> Callable[[Any], Cell]:
        def read(body: Any) -> Cell:
            text: Text | None = getattr(body, field)
            words = UNSET if text is None else getattr(text, language)
            return None if words is UNSET else clean(words)

        return read

    return [
        Column(name, what, of("da")),
        Column(f"{name}_en", f"{what}, in English", of("en")),
        Column(f"{name}_de", f"{what}, in German", of("de")),
    ]


def _plain(name: str, what: str) -> Column:
    def of(body: Any) -> Cell:
        value = getattr(body, name)
        if isinstance(value, str):
            return clean(value)
        return value.isoformat() if isinstance(value, datetime.date) else value

    return Column(name, what, of)


def _fact(name: str, what: str, get: Callable[[Any], Fact[Any] | None]) -> list[Column]:
    def value(body: Any) -> Cell:
        fact = get(body)
        return None if fact is None else fact.value

    def source(body: Any) -> Cell:
        fact = get(body)
        return None if fact is None else clean(fact.source)

    def seen_on(body: Any) -> Cell:
        fact = get(body)
        return None if fact is None else fact.seen_on.isoformat()

    return [
        Column(name, f"{what}; empty: not known", value),
        Column(f"{name}_source", "who said so", source),
        Column(f"{name}_seen_on", "when it was seen", seen_on),
    ]


def _access() -> list[Column]:
    def get(name: str) -> Callable[[Any], Fact[Any] | None]:
        return lambda body: getattr(body.access, name)

    said = {
        "step_free": "true: without steps", "width_cm": "narrowest width", "kerb_cm": "highest kerb", "gate_cm": "width of the gate",
        "slope_pct": "steepest slope, per cent", "door_cm": "width of the door",
    }  # fmt: skip
    return [column for name in ACCESS for column in _fact(name, said[name], get(name))]


def _season() -> list[Column]:
    def of(end: str) -> Callable[[Any], Cell]:
        def read(body: Any) -> Cell:
            season: Season | None = body.season
            return None if season is None else getattr(season, end)

        return read

    return [
        Column("season_from", "first day of its season, MM-DD; empty: all year, or not known", of("from_")),
        Column("season_through", "last day of its season, MM-DD", of("through")),
    ]


def _closures(body: Place | Route) -> Cell:
    return "; ".join(map(_closure, body.closures)) or None


def _closure(closure: Closure) -> str:
    """An interval of ISO 8601, both days inclusive, and why."""
    part = "" if closure.stretch_ids is None else " (en del)"
    return f"{closure.from_}/{closure.to or '..'}{part} {clean(closure.why.da)}"


CLOSURES: Final = Column("closures", "closed when (FROM/THROUGH, `..`: until further notice) and why", _closures)


def _surface_m(name: str) -> Column:
    return Column(f"surface_{name}_m", f"metres of it whose surface is {name}", lambda body: surfaces(body).get(name))


def _surface_sources(body: Route) -> Cell:
    facts = {f"{clean(s.surface.source)} {s.surface.seen_on}" for s in body.stretches if s.surface}
    return "; ".join(sorted(facts)) or None


def _seen_on(body: Place) -> Cell:
    return None if body.hours is None else body.hours.seen_on.isoformat()


FIVE: Final = {
    "where": "where it is", "amenities": "what there is", "ground": "what one walks on", "purpose": "what it is for",
    "activities": "what one can do",
}  # fmt: skip

PLACES: Final[Sequence[Column]] = (
    _plain("id", "for ever the same"),
    _plain("slug", "its address here: /steder/<slug>"),
    _plain("form", "building, spot, route, online, mental"),
    _plain("state", "active or resting"),
    *_text("name", "its name"),
    *(column for name, what in FIVE.items() for column in _text(name, what)),
    *_fact("surface", "firm, loose, unpaved, other", lambda body: body.surface),
    *_access(),
    *_text("way_in", "the last way in"),
    Column("opening_hours", "as OpenStreetMap writes them; empty: not known", lambda body: opening_hours(body.hours)),
    Column(
        "opening_hours_source", "who said so", lambda body: None if body.hours is None else clean(body.hours.source)
    ),
    Column("opening_hours_seen_on", "when it was seen", _seen_on),
    Column(
        "opening_hours_note",
        "a word beside the hours",
        lambda body: clean(body.hours.note.da) if body.hours and body.hours.note else None,
    ),
    CLOSURES,
    *_text("first_time", "what the first time is like"),
    _plain("guests_welcome", "whether guests from elsewhere are welcome"),
    _plain("url", "its own page elsewhere"),
    _plain("appointed_on", "since when it is appointed"),
    _plain("route_id", "the route that it is"),
    Column("facility_ids", "the facilities that belong to it", lambda body: ";".join(body.facility_ids) or None),
)
FACILITIES: Final[Sequence[Column]] = (
    _plain("id", "for ever the same"),
    _plain("code", "GeoFA's code (facil_ty_k); empty: a type that GeoFA has not"),
    _plain("type_text", "what its source calls it"),
    *_text("name", "its name"),
    *_access(),
    *_season(),
    *_fact("open_24h", "true: open day and night", lambda body: body.open_24h),
    _plain("source", "the register that it is from"),
)
ROUTES: Final[Sequence[Column]] = (
    _plain("id", "for ever the same"),
    _plain("slug", "its address here: /ruter/<slug>"),
    *_text("name", "its name"),
    Column("modes", "walk, cycle, drive, ride, paddle", lambda body: ";".join(body.modes) or None),
    _plain("length_m", "its length in metres, of the line before it was simplified"),
    _plain("loop", "true: it ends where it begins"),
    *(_surface_m(name) for name in ("firm", "loose", "unpaved", "other", "unknown")),
    Column("surface_sources", "who said so, and when", _surface_sources),
    *_season(),
    CLOSURES,
    _plain("source", "the register that it is from"),
    Column("place_ids", "the places on it", lambda body: ";".join(body.place_ids) or None),
)


def lon(body: Place | Facility) -> float | None:
    """Of the point, where there is one."""
    return None if body.point is None else body.point[0]


def lat(body: Place | Facility) -> float | None:
    """Of the point, where there is one."""
    return None if body.point is None else body.point[1]

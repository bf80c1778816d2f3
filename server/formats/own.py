"""Our own GeoJSON, which the demo is written in and what we hold goes out in: `moede` says what a feature is, the values have the shapes
of docs/wire.md. What `of_facility`, `of_route` and `of_place` write comes back the same, ids and all, whichever server reads it.

Coordinates that are to come back to the same 0.01 m need 8 decimals of a degree."""

from collections.abc import Iterable
from typing import Annotated, Final, Literal, TypeVar

import msgspec
from msgspec import Meta

from server.formats.register.geofa import Fields, nested
from server.formats.wrong import in_danish
from server.model import line
from server.model.facility import Code, Facility
from server.model.place import Place, PlaceSet
from server.model.route import Mode, Route
from server.model.values import Access, Approach, Closure, Fact, Id, Season, Slug, Surface, Text, Value, Words

T = TypeVar("T", bound=Value)


Key = Annotated[str, Meta(min_length=1, max_length=1000)]
"""A source's own name of a thing. Where the source has none it is made of what the thing is called, so it may be long."""


Register = Annotated[str, Meta(max_length=200)]
"""The import that a thing came by; empty where people made it here."""


Edited = Annotated[tuple[Annotated[str, Meta(max_length=200)], ...], Meta(max_length=2000)]
"""The fields that somebody changed here beside the register, by name alone: what the register said may have been corrected so that nobody
reads it."""


class OwnFacility(Value, frozen=True, kw_only=True):
    """A Point with `moede` "facility". `id` null: reckoned from register and key. `register` is the import that a thing came by (null: the
    file's layer, or what the caller says), `source` what readers are told (null: the same)."""

    key: Key
    id: Id | None = None
    register: Register | None = None
    source: Words | None = None
    public: bool = True
    type_text: Words
    code: Code | None = None
    name: Text | None = None
    access: Access = Access()
    season: Season | None = None
    open_24h: Fact[bool] | None = None
    edited: Edited | None = None


class OwnRoute(Value, frozen=True, kw_only=True):
    """What stretch no. 1 says of the whole route. `route_id`, `register`, `source` as a facility's; `slug` is a wish."""

    route_id: Id | None = None
    register: Register | None = None
    source: Words | None = None
    public: bool = True
    slug: Slug | None = None
    name: Text
    modes: tuple[Mode, ...] = ()
    loop: bool = False
    season: Season | None = None
    closures: tuple[Closure, ...] = ()
    approaches: tuple[Approach, ...] = ()
    edited: Edited | None = None


class OwnStretch(Value, frozen=True, kw_only=True):
    """A LineString with `moede` "stretch"; `key` is its own, else "<route>/<no>". `id` null: reckoned from register and key."""

    route: Key
    no: Annotated[int, Meta(ge=1, le=10_000)] = 1
    key: Key | None = None
    id: Id | None = None
    surface: Fact[Surface] | None = None
    access: Access = Access()


class OwnPlace(Value, frozen=True, kw_only=True):
    """A Point, or nothing where it is nowhere, with `moede` "place". `register` and `key` are the table's that it came by (empty, and its
    id, where people made it here), `place` all that is said of it but its point. Pictures do not travel: `place_photos` counts them."""

    key: Key
    id: Id
    register: Register = ""
    place_state: Literal["active", "resting"]
    place_photos: Annotated[int, Meta(ge=0, le=1000)] = 0
    place: PlaceSet
    edited: Edited | None = None


STAYS: Final = frozenset({"photos", "organiser_id", "notes", "last_seen_on", "point"})
"""Fields of PlaceSet that do not go out with a place: staff's own, what is a file of its own, and what the geometry says."""


class FieldRefused(Exception):
    """`at` is the field, `detail` what is wrong with it."""

    def __init__(self, at: str, detail: str) -> None:
        super().__init__(f"{at}: {detail}")
        self.at, self.detail = at, detail


def facility(fields: Fields) -> OwnFacility:
    """Raises `FieldRefused`."""
    return _as(OwnFacility, fields)


def stretch(fields: Fields) -> OwnStretch:
    """Raises `FieldRefused`."""
    return _as(OwnStretch, fields)


def route(fields: Fields) -> OwnRoute:
    """What stretch no. 1 says of its route. Raises `FieldRefused`."""
    said = _as(OwnRoute, fields)
    for n, approach in enumerate(said.approaches):
        try:
            line.decode(approach.line)
        except line.NotALine as reason:
            raise FieldRefused(f"approaches[{n}].line", str(reason)) from reason
    return said


def place(fields: Fields) -> OwnPlace:
    """Raises `FieldRefused`, also for what does not travel."""
    said = _as(OwnPlace, fields)
    for name in sorted(STAYS):
        if getattr(said.place, name) is not msgspec.UNSET:
            raise FieldRefused(f"place.{name}", "feltet kommer ikke med en fil. Fjern det")
    return said


def of_place(body: Place, *, key: str, register: str = "", edited: Iterable[str] = ()) -> Fields:
    """The properties of a feature that `place` reads back to the same body, but for faults and pictures."""
    names = [name for name in PlaceSet.__struct_fields__ if name not in STAYS]
    given = PlaceSet(**{name: value for name in names if (value := getattr(body, name)) not in (None, ())})
    said = OwnPlace(
        key=key, id=body.id, register=register, place_state="resting" if body.state == "resting" else "active",
        place_photos=len(body.photos), place=given, edited=tuple(edited) or None,
    )  # fmt: skip
    return {"moede": "place"} | _told(said)


def of_facility(
    body: Facility, *, key: str, register: str | None = None, public: bool = True, edited: Iterable[str] = ()
) -> Fields:
    """The properties of a feature that `facility` reads back to the same body. Faults are no part: they are told here."""
    said = OwnFacility(
        key=key, id=body.id, register=register, source=body.source, public=public, type_text=body.type_text, code=body.code,
        name=body.name, access=body.access, season=body.season, open_24h=body.open_24h,
        edited=tuple(edited) or None,
    )  # fmt: skip
    return {"moede": "facility"} | _told(said)


def of_route(
    body: Route, *, key: str, register: str | None = None, public: bool = True, edited: Iterable[str] = ()
) -> list[Fields]:
    """The properties of its stretches in order, a feature each. `near`, `place_ids` and lengths are reckoned again, faults told here."""
    whole = OwnRoute(
        route_id=body.id, register=register, source=body.source, public=public, slug=body.slug, name=body.name, modes=body.modes,
        loop=body.loop, season=body.season, closures=body.closures, approaches=body.approaches,
        edited=tuple(edited) or None,
    )  # fmt: skip
    every = []
    for no, one in enumerate(body.stretches, 1):
        said = OwnStretch(route=key, no=no, key=f"{key}/{no}", id=one.id, surface=one.surface, access=one.access)
        every.append({"moede": "stretch"} | _told(said) | (_told(whole) if no == 1 else {}))
    return every


def _told(said: Value) -> Fields:
    """As JSON has it, what is null left out."""
    told: Fields = msgspec.to_builtins(said)
    return {name: value for name, value in told.items() if value is not None}


def surface(fact: Fields | None) -> Fact[Surface] | None:
    """A register's surface as a Fact; None where its date is none."""
    try:
        return None if fact is None else msgspec.convert(fact, Fact[Surface])
    except msgspec.ValidationError:
        return None


def _as(kind: type[T], fields: Fields) -> T:
    """GDAL gives each feature of a file the fields of all: those of the other kind are empty and left aside."""
    names = kind.__struct_fields__
    try:
        return msgspec.convert({name: value for name, value in nested(fields).items() if name in names}, kind)
    except msgspec.ValidationError as reason:
        at, detail = in_danish(reason, kind)
        raise FieldRefused(at or "felterne", f"{detail}. Ret det i filen") from reason

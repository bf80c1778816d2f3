"""Our own GeoJSON, which the demo is written in: `moede` says what a feature is, the values have the shapes of docs/wire.md."""

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from server.formats.geofa import Fields, nested
from server.model import line
from server.model.facility import Code
from server.model.route import Mode
from server.model.values import Access, Approach, Closure, Fact, Season, Surface, Text, Value, Words

T = TypeVar("T", bound=Value)


class OwnFacility(Value, frozen=True, kw_only=True):
    """A Point with `moede` "facility"."""

    key: Words
    type_text: Words
    code: Code | None = None
    name: Text | None = None
    access: Access = Access()
    season: Season | None = None
    open_24h: Fact[bool] | None = None


class OwnRoute(Value, frozen=True, kw_only=True):
    """What stretch no. 1 says of the whole route."""

    name: Text
    modes: tuple[Mode, ...] = ()
    loop: bool = False
    season: Season | None = None
    closures: tuple[Closure, ...] = ()
    approaches: tuple[Approach, ...] = ()


class OwnStretch(Value, frozen=True, kw_only=True):
    """A LineString with `moede` "stretch"; `key` is its own, else "<route>/<no>"."""

    route: Words
    no: Annotated[int, Meta(ge=1, le=10_000)] = 1
    key: Words | None = None
    surface: Fact[Surface] | None = None
    access: Access = Access()


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
        detail, _, at = str(reason).partition(" - at ")
        raise FieldRefused(at.strip("`").removeprefix("$.") or "felterne", detail) from reason

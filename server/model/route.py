"""route: a line to walk, cycle, drive, ride or paddle, made of stretches, each with one surface. And what save_route takes."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from server.model.values import (
    Access,
    Approach,
    Closure,
    Fact,
    FaultNote,
    Id,
    Line,
    Metres,
    Season,
    Slug,
    Surface,
    Text,
    Value,
    Words,
)

Mode = Literal["walk", "cycle", "drive", "ride", "paddle"]


class Stretch(Value, frozen=True, kw_only=True):
    """A part of a route. `line` is simplified to 1.3 m; `length_m` is of the full line."""

    id: Id
    line: Line
    length_m: Metres
    surface: Fact[Surface] | None
    access: Access


class Near(Value, frozen=True, kw_only=True):
    """A public facility within 100 m: `at_m` along the whole route (of its full lines), `off_m` to the side of it."""

    facility_id: Id
    at_m: Metres
    off_m: Metres


class Route(Value, frozen=True, kw_only=True):
    """The body of kind "route". `near` and `place_ids` are reckoned by the server and hold only what is public."""

    id: Id
    slug: Slug
    name: Text
    modes: tuple[Mode, ...]
    length_m: Metres
    loop: bool
    source: Words
    season: Season | None
    approaches: tuple[Approach, ...]
    faults: tuple[FaultNote, ...]
    closures: tuple[Closure, ...]
    stretches: tuple[Stretch, ...]
    near: tuple[Near, ...]
    place_ids: tuple[Id, ...]


class StretchSet(Value, frozen=True, kw_only=True):
    """What is said anew of one stretch. `line`: of a route made here, never of a register's; a new stretch must have it."""

    id: Id
    surface: Fact[Surface] | UnsetType | None = UNSET
    access: Access | UnsetType | None = UNSET
    line: Line | UnsetType = UNSET


class RouteSet(Value, frozen=True, kw_only=True):
    """The fields that save_route may set: others stay, null empties. `order`: the stretches that the route has from now on, from its
    beginning to its end; those of `stretches` that are not there yet are new, and those left out are gone. `public` false: staff alone
    read it."""

    slug: Slug | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    modes: Annotated[tuple[Mode, ...], Meta(max_length=5)] | UnsetType | None = UNSET
    season: Season | UnsetType | None = UNSET
    approaches: Annotated[tuple[Approach, ...], Meta(max_length=10)] | UnsetType | None = UNSET
    closures: Annotated[tuple[Closure, ...], Meta(max_length=50)] | UnsetType | None = UNSET
    stretches: Annotated[tuple[StretchSet, ...], Meta(max_length=2000)] | UnsetType = UNSET
    order: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=2000)] | UnsetType = UNSET
    public: bool | UnsetType = UNSET


class SaveRoute(Value, frozen=True, kw_only=True):
    """args of save_route. A new UUIDv7 as subject makes the route; then `name` and `stretches` with their lines must be there."""

    set: RouteSet

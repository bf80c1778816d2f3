"""route: a line to walk, cycle, drive, ride or paddle, made of stretches, each with one surface."""

from typing import Literal

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

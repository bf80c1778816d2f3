"""`streets` and `ferries`: from veje (rows that say a Shortbread `kind`) and from the municipal register of who keeps the road.

The register (`vej_myndighed`) tells the owner, `vej_hastighedsgraense` the signed limits, as lines of their own along
the same roads; a road takes the limit that lies beside its middle. Kinds follow from both:

| owner            | signed limit        | kind         |
|------------------|---------------------|--------------|
| Off. statsvej    | 110 or more         | motorway     |
| Off. statsvej    | other or none       | primary      |
| Off. kommunevej  | 70 or more          | tertiary     |
| Off. kommunevej  | 50 or less          | residential  |
| Off. kommunevej  | 60 or none          | unclassified |
| Privat fællesvej | any                 | service      |
| Privat vej       | any                 | track        |
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from tiles.layers.kinds import RAIL, STREETS_FROM
from tiles.layers.layer import Layer, World
from tiles.sources.read import Source

OWNERS, LIMITS = "linestring_vej_myndighed", "linestring_vej_hastighedsgraense"
BESIDE = 26.0  # units of EPSG:3857, about 15 m here: the two registers draw the same road that far apart at most
PRIVATE = {"Privat fællesvej": "service", "Privat vej": "track"}


def kind_of(owner: str, limit: float | None) -> str | None:
    """The table above; None for an owner that it does not know."""
    if owner == "Off. statsvej":
        return "motorway" if limit and limit >= 110 else "primary"
    if owner == "Off. kommunevej":
        if limit is None or limit == 60:
            return "unclassified"
        return "tertiary" if limit > 60 else "residential"
    return PRIVATE.get(owner)


def limits_along(roads: Source, limits: Source) -> tuple[list[float | None], set[int]]:
    """The signed limit (km/h) beside the middle of each road, or None; and the positions of the limits that told one."""
    found: list[float | None] = [None] * len(roads.shapes)
    if not len(limits.shapes) or not len(roads.shapes):
        return found, set()
    middles = shapely.line_interpolate_point(shapely.get_geometry(roads.shapes, 0), 0.5, normalized=True)
    pairs: NDArray[np.int64] = shapely.STRtree(limits.shapes).query_nearest(middles, max_distance=BESIDE)
    speeds = limits.column("type")
    for road, line in pairs.T.tolist():
        speed = speeds[line]
        if isinstance(speed, int | float):
            found[road] = max(
                float(speed), found[road] or 0.0
            )  # two as near: the higher, so that order does not matter
    return found, set(pairs[1].tolist())


def streets(world: World) -> Layer:
    layer = Layer("streets", "line")
    for own in world.of("veje"):
        for shape, origin, kind, name, bridge in own.each("kind", "name", "bridge"):
            known = str(kind)
            if known in STREETS_FROM:
                values = {"name": name, "rail": known in RAIL or None, "bridge": bool(bridge) or None}
                layer.add(shape, origin, STREETS_FROM[known], kind=known, **values)
            elif known != "ferry":
                layer.leave(origin, f"unknown kind {known}")
    limits = world.sources.get(LIMITS, _nothing(LIMITS))
    roads = world.sources.get(OWNERS, _nothing(OWNERS))
    signed, used = limits_along(roads, limits)
    for (shape, origin, owner), limit in zip(roads.each("type"), signed, strict=True):
        road = kind_of(str(owner), limit)
        if road is None:
            layer.leave(origin, f"unknown owner {owner}")
        else:
            layer.add(shape, origin, STREETS_FROM[road], kind=road)
    for number, (_, origin) in enumerate(limits.each()):
        layer.leave(origin, "not drawn itself: tells a road's kind" if number in used else "beside no road's middle")
    return layer


def _nothing(stem: str) -> Source:
    return Source(stem, 0, np.array([], dtype=object), [], {}, [])


def ferries(world: World) -> Layer:
    layer = Layer("ferries", "line")
    for own in world.of("veje"):
        for shape, origin, kind, name in own.each("kind", "name"):
            if kind == "ferry":
                layer.add(shape, origin, kind="ferry", name=name)
    return layer

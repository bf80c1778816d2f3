"""Our own GeoJSON (formats/own.py): every public facility and route with its full line, the register that it is from and what that calls
it. An empty database that imports it holds the same things under the same ids, and one that has them already changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct, json

from server.feeds.geojson import about, box
from server.feeds.taken import Taken, Terms, take
from server.formats import own
from server.model import line
from server.model.facility import Facility
from server.model.route import Route, Stretch
from server.model.slug import slug
from server.model.values import Point
from server.store import edited, geometry, public
from sync.sql import Tx

MOST_BYTES: Final = 48 * 1024 * 1024
"""Of one file: the import reads GeoJSON of 128 MiB, in little memory. What is more goes into a second one."""
HERE: Final = "herfra"
"""What the file is called of things that people made here, of no register."""
DECIMALS: Final = 9
"""A tenth of a millimetre: read again, a point is on the same 0.01 m of EPSG:25832."""


class Own(Struct, frozen=True):
    """What is public, and what is not told elsewhere of where it came from; by id, as server/store/public.py has it."""

    taken: Taken
    facilities: dict[str, tuple[str, str, Point]]
    routes: dict[str, tuple[str, str]]
    edited: dict[str, list[str]]
    """By id the fields that somebody changed here beside the register, of those that have any."""
    lines: dict[str, bytes]


def take_own(tx: Tx, terms: Terms) -> Own:
    """Facilities and routes, in one transaction."""
    taken = take(tx, terms, ("facility", "route"))
    marks = edited.marked(tx, "facility") | edited.marked(tx, "route")
    names = {id: sorted(fields) for id, fields in marks.items()}
    return Own(taken, public.facilities(tx), public.routes(tx), names, public.lines(tx))


def registers(held: Own) -> set[tuple[str, str]]:
    """(noun, register) of what is there: about as many files."""
    facilities = {("facility", held.facilities[one.id][0]) for one in held.taken.facilities()}
    return facilities | {("route", held.routes[one.id][0]) for one in held.taken.routes()}


def files(held: Own, most: int = MOST_BYTES) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file: one for each register and noun, since two registers may call different things the same; more where
    one would be too large. A route is a feature for each stretch, all of them in one file."""
    taken = held.taken
    facilities = ((held.facilities[one.id][0], [_facility(held, one)]) for one in taken.facilities())
    routes = ((held.routes[one.id][0], _route(held, one)) for one in taken.routes())
    names: Counter[str] = Counter()
    for noun, things in (("facilities", facilities), ("routes", routes)):
        by_register: dict[str, list[list[bytes]]] = defaultdict(list)
        boxes: dict[str, list[list[float]]] = defaultdict(list)
        for register, features in things:
            by_register[register].append([json.encode(feature) for feature in features])
            boxes[register].append(_box(features))
        for register, encoded in by_register.items():
            for part, around in _parts(encoded, boxes[register], most):
                name = f"{noun}-{slug(register) if register else HERE}"
                names[name] += 1
                yield f"{name}{'' if names[name] == 1 else f'.{names[name]}'}.geojson", _document(taken, part, around)


def _facility(held: Own, body: Facility) -> dict[str, Any]:
    register, key, point = held.facilities[body.id]
    told = own.of_facility(body, key=key, register=register, edited=held.edited.get(body.id, ()))
    return _feature(told, "Point", _rounded(point))


def _route(held: Own, body: Route) -> list[dict[str, Any]]:
    register, key = held.routes[body.id]
    told = own.of_route(body, key=key, register=register, edited=held.edited.get(body.id, ()))
    return [
        _feature(properties, "LineString", _full(held, stretch))
        for properties, stretch in zip(told, body.stretches, strict=True)
    ]


def _full(held: Own, stretch: Stretch) -> list[Point]:
    blob = held.lines.get(stretch.id)
    points = line.decode(stretch.line) if blob is None else geometry.points_of(blob)
    return [_rounded(point) for point in points]


def _rounded(point: Point) -> Point:
    return round(point[0], DECIMALS), round(point[1], DECIMALS)


def _feature(properties: dict[str, Any], type: str, coordinates: Any) -> dict[str, Any]:
    # No id of the feature itself: GDAL makes a column of it, which would meet the property `id`.
    return {"type": "Feature", "properties": properties, "geometry": {"type": type, "coordinates": coordinates}}


def _box(features: list[dict[str, Any]]) -> list[float]:
    shapes = (feature["geometry"] for feature in features)
    found = box([[shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"] for shape in shapes])
    if found is None:
        raise ValueError("a thing without a point")
    return found


def _parts(
    things: list[list[bytes]], boxes: list[list[float]], most: int
) -> Iterator[tuple[list[bytes], list[list[float]]]]:
    """The features of as many things as a file takes, and the box of each thing."""
    kept: list[bytes] = []
    around: list[list[float]] = []
    size = 0
    for features, where in zip(things, boxes, strict=True):
        more = sum(map(len, features))
        if kept and size + more > most:
            yield kept, around
            kept, around, size = [], [], 0
        kept += features
        around.append(where)
        size += more
    yield kept, around


def _document(taken: Taken, features: list[bytes], around: list[list[float]]) -> bytes:
    corners: list[Point] = [point for w, s, e, n in around for point in ((w, s), (e, n))]
    head = {"type": "FeatureCollection", **about(taken), "bbox": box([corners])}
    return json.encode(head)[:-1] + b',"features":[\n' + b",\n".join(features) + b"\n]}\n"

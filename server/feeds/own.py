"""Our own GeoJSON (formats/own.py): every public facility and route with its full line, the register that it is from and what that calls
it. An empty database that imports it holds the same things under the same ids, and one that has them already changes nothing."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec import Struct, json

from server.feeds.geojson import about, box
from server.feeds.taken import Taken, Terms, take
from server.formats import own
from server.model import line
from server.model.facility import Facility
from server.model.route import Route, Stretch
from server.model.values import Point
from server.store import geometry, public
from sync.sql import Tx

MOST_BYTES: Final = 48 * 1024 * 1024
"""Of one file: the import reads GeoJSON of 128 MiB, in little memory. What is more goes into a second one."""
DECIMALS: Final = 9
"""A tenth of a millimetre: read again, a point is on the same 0.01 m of EPSG:25832."""


class Own(Struct, frozen=True):
    """What is public, and what is not told elsewhere of where it came from; by id, as server/store/public.py has it."""

    taken: Taken
    facilities: dict[str, tuple[str, str, Point]]
    routes: dict[str, tuple[str, str]]
    lines: dict[str, bytes]


def take_own(tx: Tx, terms: Terms) -> Own:
    """Facilities and routes, in one transaction."""
    taken = take(tx, terms, ("facility", "route"))
    return Own(taken, public.facilities(tx), public.routes(tx), public.lines(tx))


def facilities(held: Own, most: int = MOST_BYTES) -> Iterator[bytes]:
    """The facilities: a file, or as many as it takes."""
    return _documents(held.taken, ([_facility(held, one)] for one in held.taken.facilities()), most)


def routes(held: Own, most: int = MOST_BYTES) -> Iterator[bytes]:
    """The routes, a feature for each stretch. All stretches of a route stand in one file."""
    return _documents(held.taken, (_route(held, one) for one in held.taken.routes()), most)


def _facility(held: Own, body: Facility) -> dict[str, Any]:
    register, key, point = held.facilities[body.id]
    return _feature(own.of_facility(body, key=key, register=register), "Point", _rounded(point))


def _route(held: Own, body: Route) -> list[dict[str, Any]]:
    register, key = held.routes[body.id]
    told = own.of_route(body, key=key, register=register)
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


def _documents(taken: Taken, things: Iterable[list[dict[str, Any]]], most: int) -> Iterator[bytes]:
    kept: list[bytes] = []
    corners: list[Point] = []
    size = 0
    for features in things:
        encoded = [json.encode(feature) for feature in features]
        more = sum(map(len, encoded))
        if kept and size + more > most:
            yield _document(taken, kept, corners)
            kept, corners, size = [], [], 0
        kept += encoded
        size += more
        for feature in features:
            found = feature["geometry"]["coordinates"]
            if (here := box([[found] if feature["geometry"]["type"] == "Point" else found])) is not None:
                corners += [(here[0], here[1]), (here[2], here[3])]
    yield _document(taken, kept, corners)


def _document(taken: Taken, features: list[bytes], corners: list[Point]) -> bytes:
    head: dict[str, Any] = {"type": "FeatureCollection", **about(taken)}
    if (whole := box([corners])) is not None:
        head["bbox"] = whole
    return json.encode(head)[:-1] + b',"features":[\n' + b",\n".join(features) + b"\n]}\n"

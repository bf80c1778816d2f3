"""What goes out to come back: our own GeoJSON (formats/own.py) of every public facility, route and place, with full lines, the register
that each is from and what that calls it. An empty database that imports it holds the same things under the same ids, and one that has them
already changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct, json

from server.feeds.geojson import about, box
from server.feeds.taken import Taken, Terms, take
from server.formats import own
from server.model import line
from server.model.facility import Facility
from server.model.place import Place
from server.model.route import Route, Stretch
from server.model.slug import slug
from server.model.values import Point
from server.store import edited, geometry, place_import, public
from server.store.register import HERE
from sync.sql import Tx

MOST_BYTES: Final = 48 * 1024 * 1024
"""Of one file: the import reads GeoJSON of 128 MiB, in little memory. What is more goes into a second one."""
MADE_HERE: Final = "herfra"
"""What the file is called of things that people made here, of no register."""
NOTE: Final = (
    "Til import i en anden database. Kontaktpersoner er med, som de står på stedernes egne sider: giv ikke filen videre. "
    "Billeder og fejl er ikke med."
)
"""What files of places say first: they hold what is public on a page and not handed on in a feed."""
DECIMALS: Final = 9
"""A tenth of a millimetre: read again, a point is on the same 0.01 m of EPSG:25832."""


class Own(Struct, frozen=True):
    """What is public, and what is not told elsewhere of where it came from; by id, as server/store/public.py has it."""

    taken: Taken
    facilities: dict[str, tuple[str, str, Point]]
    routes: dict[str, tuple[str, str]]
    places: dict[str, tuple[str, str, dict[str, Any]]]
    """Those that a table brought, with what it last said of each."""
    edited: dict[str, list[str]]
    """By id the fields that somebody changed here beside the register, of those that have any."""
    lines: dict[str, bytes]


def take_own(tx: Tx, terms: Terms) -> Own:
    """All three nouns, in one transaction."""
    taken = take(tx, terms, ("facility", "route", "place"))
    marks = edited.marked(tx, "facility") | edited.marked(tx, "route")
    names = {id: sorted(fields) for id, fields in marks.items()}
    return Own(taken, public.facilities(tx), public.routes(tx), place_import.every(tx), names, public.lines(tx))


def registers(held: Own) -> set[tuple[str, str]]:
    """(noun, register) of what is there: about as many files."""
    facilities = {("facility", held.facilities[one.id][0]) for one in held.taken.facilities()}
    routes = {("route", held.routes[one.id][0]) for one in held.taken.routes()}
    return facilities | routes | {("place", _brought(held, one)[0]) for one in held.taken.places()}


def files(held: Own, most: int = MOST_BYTES) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file: one for each register and noun, since two registers may call different things the same; more where
    one would be too large. A route is a feature for each stretch, all of them in one file."""
    taken = held.taken
    facilities = ((held.facilities[one.id][0], [_facility(held, one)]) for one in taken.facilities())
    routes = ((held.routes[one.id][0], _route(held, one)) for one in taken.routes())
    places = ((_brought(held, one)[0], [_place(held, one)]) for one in taken.places())
    names: Counter[str] = Counter()
    for noun, things in (("facilities", facilities), ("routes", routes), ("places", places)):
        by_register: dict[str, list[list[bytes]]] = defaultdict(list)
        boxes: dict[str, list[list[float] | None]] = defaultdict(list)
        for register, features in things:
            by_register[register].append([json.encode(feature) for feature in features])
            boxes[register].append(_box(features))
        for register, encoded in by_register.items():
            for part, around in _parts(encoded, boxes[register], most):
                name = f"{noun}-{slug(register) if register else MADE_HERE}"
                names[name] += 1
                head = about(taken) | ({"note": _note(taken)} if noun == "places" else {})
                yield f"{name}{'' if names[name] == 1 else f'.{names[name]}'}.geojson", _document(head, part, around)


def _note(taken: Taken) -> str:
    return f"Demo: stederne er opdigtet. {NOTE}" if taken.site.demo else NOTE


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


def _place(held: Own, body: Place) -> dict[str, Any]:
    register, key, said = _brought(held, body)
    marks = () if said is None else place_import.edited(place_import.fields(body), said)
    told = own.of_place(
        body, key=key, register=register, edited=[name for name in marks if name not in own.STAYS - {"point"}]
    )
    return _feature(told, "Point", body.point)


def _brought(held: Own, body: Place) -> tuple[str, str, dict[str, Any] | None]:
    """The table that brought a place, its key there, and what it last said; none of what people made here."""
    return held.places.get(body.id, (HERE, body.id, None))


def _full(held: Own, stretch: Stretch) -> list[Point]:
    blob = held.lines.get(stretch.id)
    points = line.decode(stretch.line) if blob is None else geometry.points_of(blob)
    return [_rounded(point) for point in points]


def _rounded(point: Point) -> Point:
    return round(point[0], DECIMALS), round(point[1], DECIMALS)


def _feature(properties: dict[str, Any], type: str, coordinates: Any) -> dict[str, Any]:
    # No id of the feature itself: GDAL makes a column of it, which would meet the property `id`.
    shape = None if coordinates is None else {"type": type, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def _box(features: list[dict[str, Any]]) -> list[float] | None:
    """None of a place that is nowhere."""
    shapes = (feature["geometry"] for feature in features if feature["geometry"] is not None)
    return box([[shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"] for shape in shapes])


def _parts(
    things: list[list[bytes]], boxes: list[list[float] | None], most: int
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
        around += [] if where is None else [where]
        size += more
    yield kept, around


def _document(about: dict[str, Any], features: list[bytes], around: list[list[float]]) -> bytes:
    corners: list[Point] = [point for w, s, e, n in around for point in ((w, s), (e, n))]
    whole = box([corners])
    head = {"type": "FeatureCollection", **about, **({} if whole is None else {"bbox": whole})}
    return json.encode(head)[:-1] + b',"features":[\n' + b",\n".join(features) + b"\n]}\n"

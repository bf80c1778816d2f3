"""KML: a Placemark with a point is a meeting place to be developed, one with lines is a route; links and pictures over the map are
rows that are left out; folders and styles are left aside. Columns (ExtendedData) mean what they do in other files; a point with those of
GeoFA is a facility.
The XML is read here, inside the fence: nothing that it points to is fetched, and descriptions become plain words.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.formats.gdal.markup import Feature, Node, Reader, Said, place, route
from server.formats.refusal import FileRefused
from server.formats.register import geofa
from server.formats.words import plain

PICTURES: Final = frozenset({"GroundOverlay", "PhotoOverlay", "ScreenOverlay"})
OUTER: Final = frozenset({"Placemark", "NetworkLink"}) | PICTURES
POINTS: Final = frozenset({"Point"})
LINES: Final = frozenset({"LineString", "LinearRing", "Track"})
NESTS: Final = frozenset({"MultiGeometry", "MultiTrack"})
FLAT: Final = frozenset({"Polygon", "Model"})
DATA: Final = frozenset({"ExtendedData", "Data", "value", "SchemaData", "SimpleData"})
INNER: Final = POINTS | LINES | NESTS | FLAT | DATA | {"name", "description", "coordinates", "coord"}
NAMES: Final = ("navn", "name")
OURS: Final = frozenset({"moede", "name", "navn", "register", "public"})
"""What is read by other means, or means something in our own GeoJSON alone."""
TOLD: Final = ("description", "beskrivelse", "bemaerkning", "bemærkning")
"""Columns that say what a placemark's own `name` and `description` do, where it has none."""
_AFTER_COMMA: Final = re.compile(r"\s*,\s*")
Part = list[tuple[float, float]]


def features(path: Path, said: Said) -> Iterator[Feature]:
    """Each Placemark as it stands, and beside them what is left out. Raises `FileRefused`."""
    reader, count = Reader(path, OUTER, INNER), 0
    for node in reader.elements():
        _is_kml(reader)
        if node.name == "Placemark":
            count += 1
            yield _placemark(node, said)
        else:
            yield _no_row(node)
    _is_kml(reader)
    if not count and "NetworkLink" in reader.seen:
        raise FileRefused(
            "filen har intet selv, men henviser til en anden adresse (NetworkLink), som ikke hentes. Hent selve filen."
        )


def _is_kml(reader: Reader) -> None:
    if reader.root not in ("kml", "Document", "Folder", "Placemark"):
        raise FileRefused(
            f"filen hedder .kml, men er XML af en anden slags ({reader.root[:40]}). Gem den som KML, og prøv så."
        )


def _placemark(node: Node, said: Said) -> Feature:
    geometry = list(_geometries(node))
    sorts = {one.name for one in geometry}
    data = _data(node)
    name, description = node.child("name") or _one(data, NAMES), node.child("description") or _one(data, TOLD)
    known = {column: text for column, text in data.items() if column in geofa.COLUMNS and column not in OURS}
    if sorts and sorts <= POINTS and geofa.table_of("", known) is not None:
        said.unread |= dict.fromkeys(data.keys() - known.keys() - {*NAMES})
        fields = known | ({"navn": plain(name)} if plain(name) else {})
        parts = [_coordinates(one, said)[:1] for one in geometry]
        return Feature("facility", "Point" if len(parts) == 1 else "MultiPoint", parts, fields)
    used = known.keys() if sorts and sorts <= LINES else ()
    said.unread |= dict.fromkeys(data.keys() - used - {*NAMES, *TOLD})
    if sorts and sorts <= POINTS:
        parts = [_coordinates(one, said)[:1] for one in geometry]
        return place(name, description, "Point" if len(parts) == 1 else "MultiPoint", parts, said)
    if sorts and sorts <= LINES:
        line = route(name, [_coordinates(one, said) for one in geometry], said)
        return line._replace(fields=known | line.fields)
    shape = "" if not sorts else "Polygon" if sorts <= FLAT else "GeometryCollection"
    return Feature("place", shape, [], {"name": name})


def _data(node: Node) -> dict[str, str]:
    """What a placemark says in columns, by their names in small letters: `Data` with a `value`, or a `SimpleData` of a schema."""
    found: dict[str, str] = {}
    for held in (one for one in node.children if one.name == "ExtendedData"):
        every = [
            *held.children,
            *(inner for one in held.children if one.name == "SchemaData" for inner in one.children),
        ]
        for one in every:
            text = one.child("value") if one.name == "Data" else one.text if one.name == "SimpleData" else ""
            if (column := one.attributes.get("name", "").strip().lower()) and text.strip():
                found.setdefault(column, text.strip())
    return found


def _one(data: dict[str, str], columns: tuple[str, ...]) -> str:
    return next((data[column] for column in columns if column in data), "")


def _no_row(node: Node) -> Feature:
    name = plain(node.child("name"))[:40] or "(uden navn)"
    if node.name == "NetworkLink":
        return Feature("place", "", [], {}, ("network_link", {"name": name}))
    return Feature("place", "", [], {}, ("picture", {"name": name, "what": node.name}))


def _geometries(node: Node) -> Iterator[Node]:
    for one in node.children:
        if one.name in NESTS:
            yield from _geometries(one)
        elif one.name in POINTS | LINES | FLAT:
            yield one


def _coordinates(node: Node, said: Said) -> Part:
    """Of `coordinates` (lon,lat[,height] by white space), or of a Track's `coord` (lon lat height, each by itself)."""
    if node.name == "Track":
        every = [one.text.split() for one in node.children if one.name == "coord"]
    else:
        every = [one.split(",") for one in _AFTER_COMMA.sub(",", node.child("coordinates")).split()]
    return [(said.number(one[0]), said.number(one[1]) if len(one) > 1 else float("nan")) for one in every if one]

"""KML: a Placemark with a point is a meeting place to be developed, one with lines is a route; links and pictures over the map are
rows that are left out; folders and styles are left aside.
The XML is read here, inside the fence: nothing that it points to is fetched, and descriptions become plain words.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.formats.gdal.markup import Feature, Node, Reader, Said, place, route
from server.formats.refusal import FileRefused
from server.formats.words import plain

PICTURES: Final = frozenset({"GroundOverlay", "PhotoOverlay", "ScreenOverlay"})
OUTER: Final = frozenset({"Placemark", "NetworkLink"}) | PICTURES
POINTS: Final = frozenset({"Point"})
LINES: Final = frozenset({"LineString", "LinearRing", "Track"})
NESTS: Final = frozenset({"MultiGeometry", "MultiTrack"})
FLAT: Final = frozenset({"Polygon", "Model"})
INNER: Final = POINTS | LINES | NESTS | FLAT | {"name", "description", "coordinates", "coord"}
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
    name, description = node.child("name"), node.child("description")
    if sorts and sorts <= POINTS:
        parts = [_coordinates(one, said)[:1] for one in geometry]
        return place(name, description, "Point" if len(parts) == 1 else "MultiPoint", parts, said)
    if sorts and sorts <= LINES:
        return route(name, [_coordinates(one, said) for one in geometry], said)
    shape = "" if not sorts else "Polygon" if sorts <= FLAT else "GeometryCollection"
    return Feature("place", shape, [], {"name": name})


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

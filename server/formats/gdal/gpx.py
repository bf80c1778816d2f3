"""GPX 1.0 and 1.1: waypoints are meeting places to be developed, each route and each track is a route; a track's segments are its
stretches, and the gap between two of them is not walked. GDAL's own driver takes 54,769 for 54, so the XML is read here, inside the fence.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.formats.gdal.markup import Feature, Node, Reader, Said, place, route
from server.formats.refusal import FileRefused

OUTER: Final = frozenset({"wpt", "rte", "trk"})
INNER: Final = frozenset({"name", "desc", "cmt", "rtept", "trkseg", "trkpt"})


def features(path: Path, said: Said) -> Iterator[Feature]:
    """Each waypoint, route and track as it stands. Raises `FileRefused`."""
    reader = Reader(path, OUTER, INNER)
    for node in reader.elements():
        _is_gpx(reader)
        if node.name == "wpt":
            yield place(
                node.child("name"), node.child("desc") or node.child("cmt"), "Point", [[_point(node, said)]], said
            )
        elif node.name == "rte":
            yield route(node.child("name"), [_points(node, "rtept", said)], said)
        else:
            segments = [_points(one, "trkpt", said) for one in node.children if one.name == "trkseg"]
            yield route(node.child("name"), segments, said)
    _is_gpx(reader)


def _is_gpx(reader: Reader) -> None:
    if reader.root != "gpx":
        raise FileRefused(
            f"filen hedder .gpx, men er XML af en anden slags ({reader.root[:40]}). Gem den som GPX, og prøv så."
        )


def _points(node: Node, name: str, said: Said) -> list[tuple[float, float]]:
    return [_point(one, said) for one in node.children if one.name == name]


def _point(node: Node, said: Said) -> tuple[float, float]:
    return said.number(node.attributes.get("lon", "")), said.number(node.attributes.get("lat", ""))

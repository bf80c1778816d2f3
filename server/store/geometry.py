"""Our own geometry, there and back. The only lines that SpatiaLite ever reads are those that `line_blob` wrote."""

import math
import struct
from collections.abc import Sequence
from itertools import pairwise

from server.model import line, simplify
from server.model.values import Point
from sync.sql import Tx, load

SQL = load(__file__)
XY = tuple[float, float]
"""East and north in EPSG:25832, metres."""

_HEAD = struct.Struct("<BII")
_LINESTRING = 2


def line_blob(xy: Sequence[XY]) -> bytes:
    """WKB of a line: little-endian, two dimensions, no SRID. ValueError for fewer than two points or what is not finite."""
    if len(xy) < 2 or not all(math.isfinite(x) and math.isfinite(y) for x, y in xy):
        raise ValueError("a line has two points or more, all finite")
    return _HEAD.pack(1, _LINESTRING, len(xy)) + struct.pack(f"<{2 * len(xy)}d", *(n for pair in xy for n in pair))


def points_of(blob: bytes) -> list[XY]:
    """The points of a line as `line_blob` writes it and SpatiaLite gives it back."""
    flat = struct.unpack_from(f"<{2 * _HEAD.unpack_from(blob)[2]}d", blob, _HEAD.size)
    return list(zip(flat[::2], flat[1::2], strict=True))


def length_m(xy: Sequence[XY]) -> float:
    """The length of a line in metres."""
    return sum(math.dist(a, b) for a, b in pairwise(xy))


def rounded(point: Point) -> Point:
    """At most six decimals, as points travel."""
    return round(point[0], 6), round(point[1], 6)


def point_of(tx: Tx, x: float, y: float) -> Point:
    """EPSG:25832 to [lon, lat]."""
    row = SQL.rows(tx, "point_of", x=x, y=y)[0]
    return rounded((row[0], row[1]))


def encoded(tx: Tx, xy: Sequence[XY]) -> str:
    """The line as its body has it: simplified to 1.3 m, in WGS84, encoded."""
    kept = [xy[i] for i in simplify.kept(xy)]
    blob: bytes = SQL.rows(tx, "line_of", blob=line_blob(kept))[0][0]
    return line.encode(points_of(blob))


def metres(tx: Tx, points: Sequence[Point]) -> list[XY]:
    """[lon, lat] to EPSG:25832, to 0.01 m as registers bring them."""
    blob: bytes = SQL.rows(tx, "metres_of", blob=line_blob([*points, points[-1]]))[0][0]  # a line of one point is none
    return [(round(x, 2), round(y, 2)) for x, y in points_of(blob)[:-1]]

"""A line with fewer points, never further off than said: Douglas and Peucker's way, in metres (EPSG:25832), ends kept.

A dozen lines of our own, since shapely may not be loaded beside mod_spatialite in the server."""

from collections.abc import Sequence
from itertools import pairwise

TOLERANCE_M = 1.3
"""With the rounding of the encoded line (at most 0.65 m here) never 2 m off, which docs/wire.md promises."""
AT_ONCE = 500
"""Every 500th point stays: the way is quadratic at its worst (a zigzag), and a line of 10,000 points took 16 s."""


def kept(points: Sequence[tuple[float, float]], tolerance: float = TOLERANCE_M) -> list[int]:
    """Indexes, rising, of the points that stay, first and last among them. A stack: lines have 10,000 points."""
    last = len(points) - 1
    anchors = [*range(0, last, AT_ONCE), last] if last >= 0 else []
    keep = set(anchors)
    open_spans = list(pairwise(anchors))
    limit = tolerance * tolerance
    while open_spans:
        first, end = open_spans.pop()
        furthest, far = -1, limit
        for i in range(first + 1, end):
            off = _off2(points[i], points[first], points[end])
            if off > far:
                furthest, far = i, off
        if furthest >= 0:
            keep.add(furthest)
            open_spans += [(first, furthest), (furthest, end)]
    return sorted(keep)


def _off2(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """Squared distance of p from the piece a–b (not from the endless line: a ring's ends lie on each other)."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = dx * dx + dy * dy
    t = 0.0 if along == 0 else min(1.0, max(0.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / along))
    ox, oy = p[0] - a[0] - t * dx, p[1] - a[1] - t * dy
    return ox * ox + oy * oy

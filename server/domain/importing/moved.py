"""How far a line lies from where it lay."""

import itertools
import math
from collections.abc import Sequence
from typing import Final

from server.model.values import Point

SAMPLED: Final = 100
"""So many points of a line are measured at most: enough to say how far, and a register of thousands of lines is told in seconds."""
METRES: Final = 111_320
"""Of a degree of latitude."""


def moved_m(before: Sequence[Sequence[Point]], after: Sequence[Sequence[Point]]) -> int:
    """The greatest distance from a point of one to the nearest of the other, in whole metres rounded up, of those points that are not
    in both; 0 where both have the same ones, in another order perhaps."""
    was, now = _flat(before), _flat(after)
    return math.ceil(max(_farthest(was, now), _farthest(now, was)) - 0.05)


Flat = list[list[tuple[float, float]]]


def _flat(lines: Sequence[Sequence[Point]]) -> Flat:
    """In metres about Denmark, to half a per cent."""
    return [[(lon * METRES * math.cos(math.radians(56)), lat * METRES) for lon, lat in line] for line in lines]


def _farthest(points: Flat, lines: Flat) -> float:
    there = {point for line in lines for point in line}
    gone = [point for line in points for point in line if point not in there]
    sampled = gone[:: max(1, math.ceil(len(gone) / SAMPLED))]
    return max((min(_to(point, line) for line in lines) for point in sampled), default=0.0)


def _to(point: tuple[float, float], line: Sequence[tuple[float, float]]) -> float:
    (x, y), nearest = point, math.inf
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        dx, dy = bx - ax, by - ay
        long = dx * dx + dy * dy
        t = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / long)) if long else 0.0
        nearest = min(nearest, math.hypot(x - ax - t * dx, y - ay - t * dy))
    return nearest

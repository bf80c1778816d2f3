"""A file of the same things with fewer digits is the same file: GeoJSON rounds degrees to seven decimals, some programs to five. What lies
within a step of where this register had a point is at that point, so that a thing without an id is no other one by a centimetre."""

import hashlib
import itertools
import math
import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from server.domain.importing.row import XY, xy
from server.formats.rows import Found, Left
from server.model.values import Point
from server.store import ground
from server.store.geometry import line_blob
from sync.sql import Tx

REACH_M: Final = 0.75
"""Half of the fifth decimal of a degree in the north is 0.56 m, with that of the east 0.64 m."""
Cell = tuple[int, int]


class Ground:
    """The points that a register had, by cells of REACH_M."""

    def __init__(self, facilities: Iterable[tuple[XY, Point]], lines: Iterable[list[XY]]) -> None:
        self._degrees = dict(facilities)
        self._beside: dict[XY, set[XY]] = defaultdict(set)
        self._whole: dict[tuple[XY, XY, int], list[list[XY]]] = defaultdict(list)
        for line in lines:
            for way in (line, line[::-1]):
                self._whole[way[0], way[-1], len(way)].append(way)
            for a, b in itertools.pairwise(line):
                self._beside[a].add(b)
                self._beside[b].add(a)
        self._facilities = _cells(self._degrees)
        self._vertices = _cells(self._beside)

    def line(self, found: Found) -> Found:
        """The part of a row, its points where the register had them; itself where all of them are there already."""
        points = xy(found.wkb)
        line = self._line(points)
        if line == points or len(line) < 2:
            return found
        key = found.key if found.own or found.part else _hash(line)
        return msgspec.structs.replace(found, wkb=line_blob(line).hex(), key=key)

    def points(self, every: list[Found]) -> Iterator[Found]:
        """All the points of a file: each where the register had one, the nearest first, and two never at one."""
        spots = [xy(found.wkb)[0] for found in every]
        taken = {spot for spot in spots if spot in self._degrees}
        pairs = sorted(
            (far, n, there)
            for n, spot in enumerate(spots)
            if spot not in taken
            for far, there in _near(self._facilities, spot)
        )
        at: dict[int, XY] = {}
        for _, n, there in pairs:
            if n not in at and there not in taken:
                at[n] = there
                taken.add(there)
        for n, found in enumerate(every):
            yield found if n not in at else self._moved(found, at[n])

    def _moved(self, found: Found, to: XY) -> Found:
        raw = struct.pack("<BIdd", 1, 1, *to)
        key = found.key if found.own else hashlib.sha256(raw).hexdigest()
        return msgspec.structs.replace(found, wkb=raw.hex(), wgs84=self._degrees[to], key=key)

    @property
    def is_bare(self) -> bool:
        """Whether the register had nothing."""
        return not self._degrees and not self._beside

    def _line(self, points: list[XY]) -> list[XY]:
        """Where points stand closer than a step, the register's own order tells which is which."""
        line: list[XY] = []
        for n, point in enumerate(points):
            there = point if point in self._beside else self._one(point, line, is_end=n in (0, len(points) - 1))
            if not line or there != line[-1]:
                line.append(there)
        alike = ((_apart(points, one), one) for one in self._whole.get((line[0], line[-1], len(points)), ()))
        far, whole = min(alike, default=(math.inf, line))
        return whole if far <= REACH_M else line

    def _one(self, point: XY, before: list[XY], *, is_end: bool) -> XY:
        near = list(_near(self._vertices, point))
        if before:
            behind = before[-2] if len(before) > 1 else None
            following = [one for one in near if one[1] in self._beside.get(before[-1], ()) and one[1] != behind]
        else:
            following = []
        ends = [one for one in near if len(self._beside[one[1]]) != 2] if is_end else []
        return min(ends or following or near, default=(0.0, point))[1]


def laid(lines: Iterable[Found | Left], grounds: Mapping[str, Ground], source: str | None) -> list[Found | Left]:
    """The lines of a file on the ground of their registers. `source` None: each layer goes by its own name. Our own GeoJSON stays as it
    is: it was never rounded."""
    every = list(lines)
    points: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(every):
        if isinstance(line, Left) or line.kind == "place" or "moede" in line.fields:
            continue
        if (known := grounds.get(source or line.layer)) is None:
            continue
        if isinstance(line.wgs84, str):
            every[n] = known.line(line)
        else:
            points[source or line.layer].append(n)
    for name, numbers in points.items():
        found = [line for n in numbers if isinstance(line := every[n], Found)]
        for n, one in zip(numbers, grounds[name].points(found), strict=True):
            every[n] = one
    return every


def of(tx: Tx, sources: Collection[str]) -> Mapping[str, Ground]:
    """The ground of each of these registers that has brought something."""
    found = {source: Ground(ground.facilities(tx, source), ground.lines(tx, source)) for source in sources}
    return {source: one for source, one in found.items() if not one.is_bare}


def _cells(points: Iterable[XY]) -> dict[Cell, list[XY]]:
    cells: dict[Cell, list[XY]] = defaultdict(list)
    for point in points:
        cells[_cell(point)].append(point)
    return cells


def _cell(point: XY) -> Cell:
    return math.floor(point[0] / REACH_M), math.floor(point[1] / REACH_M)


def _near(cells: Mapping[Cell, list[XY]], point: XY) -> Iterator[tuple[float, XY]]:
    """(how far, where) of what lies within reach."""
    column, row = _cell(point)
    for east in (-1, 0, 1):
        for north in (-1, 0, 1):
            for other in cells.get((column + east, row + north), ()):
                if (far := math.dist(point, other)) <= REACH_M:
                    yield far, other


def _apart(line: list[XY], other: list[XY]) -> float:
    """How far the n-th point of one lies from that of the other, where it is farthest."""
    return max(math.dist(a, b) for a, b in zip(line, other, strict=True))


def _hash(line: list[XY]) -> str:
    return hashlib.sha256(line_blob(min(line, line[::-1]))).hexdigest()

"""Nameless lines to routes: equal lines once, split at junctions, joined where just two meet. By exact coordinates, to 0.01 m.

A register's nameless layer is a heap of pieces of one network. Joined by whatever ends touch it would be one "route" of a thousand
kilometres; left as it stands, hundreds of scraps of a few metres. A junction is an end that lies on a vertex of another line; a mere
crossing of two lines is none (a bridge, or a path over a road).
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

XY = tuple[float, float]
"""Metres in EPSG:25832, rounded to 0.01: equal points are equal numbers."""
Line = tuple[XY, ...]


class Piece(NamedTuple):
    """Part of a line, between two junctions. `like`: what it is like (surface, access) as text; only equal ones may be one stretch.
    `of`: the number of the line that it is of."""

    points: Line
    like: str
    of: int

    def turned(self) -> "Piece":
        return self._replace(points=self.points[::-1])


class Network(NamedTuple):
    """`chains`: each route as its pieces in walking order, every piece in just one. `over`: a line all of which lies on others → those
    that hold it."""

    chains: list[list[Piece]]
    over: dict[int, list[int]]


def network(lines: Sequence[tuple[Sequence[XY], str]]) -> Network:
    """(points, like) of each line → routes. The same whatever the order of the lines; of equal ones the least `like` stays."""
    pieces = _once(_split(lines))
    held: dict[Line, Piece] = {piece.points: piece for piece in pieces}
    kept = {piece.of for piece in pieces}
    over = {}
    for number, parts in enumerate(_parts_of(lines)):
        if number not in kept:
            over[number] = sorted({held[part.points].of for part in parts})
    return Network(_chains(pieces), over)


def _split(lines: Sequence[tuple[Sequence[XY], str]]) -> list[Piece]:
    return [piece for parts in _parts_of(lines) for piece in parts]


def _parts_of(lines: Sequence[tuple[Sequence[XY], str]]) -> list[list[Piece]]:
    """Each line cut at every vertex on which a line ends, turned so that its smaller end is first."""
    ends = {end for points, _ in lines for end in (points[0], points[-1])}
    every = []
    for number, (points, like) in enumerate(lines):
        cuts = [0, *(i for i in range(1, len(points) - 1) if points[i] in ends), len(points) - 1]
        every.append([Piece(_smaller_first(points[a : b + 1]), like, number) for a, b in pairwise(cuts)])
    return every


def _smaller_first(points: Sequence[XY]) -> Line:
    there = tuple(points)
    return min(there, there[::-1])


def _once(pieces: list[Piece]) -> list[Piece]:
    """Equal ones once, in an order that does not depend on the file's."""
    first: dict[Line, Piece] = {}
    for piece in sorted(pieces):
        first.setdefault(piece.points, piece)
    return list(first.values())


def _chains(pieces: list[Piece]) -> list[list[Piece]]:
    """Through every point at which just two pieces end. What is left then are rings without a junction: begun at their smallest end."""
    ends: dict[XY, list[Piece]] = defaultdict(list)
    for piece in pieces:
        ends[piece.points[0]].append(piece)
        ends[piece.points[-1]].append(piece)
    done: set[Line] = set()
    chains: list[list[Piece]] = []
    for rings in (False, True):
        for node in sorted(ends):
            if rings or len(ends[node]) != 2:
                chains += [_walk(node, piece, ends, done) for piece in ends[node] if piece.points not in done]
    return sorted(chains)


def _walk(start: XY, piece: Piece, ends: dict[XY, list[Piece]], done: set[Line]) -> list[Piece]:
    """From `start` along `piece` and on, to a junction, an end, or round to the start."""
    chain: list[Piece] = []
    at = start
    while piece.points not in done:
        done.add(piece.points)
        ahead = piece if piece.points[0] == at else piece.turned()
        chain.append(ahead)
        at = ahead.points[-1]
        if at == start or len(ends[at]) != 2:
            break
        piece = next(other for other in ends[at] if other.points != piece.points)
    return _one_way(chain)


def _one_way(chain: list[Piece]) -> list[Piece]:
    """The same way round from whichever end it was found."""
    back = [piece.turned() for piece in reversed(chain)]
    return min(chain, back)

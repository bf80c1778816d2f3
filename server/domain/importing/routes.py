"""Routes out of the lines of foreign files: GeoFA's by name and number, other named lines one by one, nameless ones joined (join.py)."""

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from server.domain.importing.join import Piece, network
from server.domain.importing.row import XY, At, Row, line_of, named, register_text, source_text, stretch
from server.formats.reasons import left
from server.formats.register import access, geofa
from server.formats.rows import Left
from server.model.ids import imported_id
from server.model.route import Mode
from server.model.slug import slug
from server.model.values import Access, Fact, Season, Surface, Text
from server.store.geometry import line_blob
from server.store.route import RouteRow, StretchRow

MOST_POINTS = 10_000
"""Of one stretch: what is joined to more is told as several."""
Keyed = tuple[Row, str]
Made = tuple[RouteRow, list[At]]
Taken = dict[str, set[tuple[str, str]]]
"""By kind, (source, key) of what has one already."""


def routes(rows: Sequence[Keyed], source: str | None, told: list[Left]) -> Iterator[Made]:
    """Every row is either among those of one route or in `told`."""
    grouped: dict[tuple[str, str, bool], list[Keyed]] = defaultdict(list)
    nameless: list[Keyed] = []
    taken: Taken = {"route": set(), "stretch": set()}
    for row, key in rows:
        fields = row.first.fields
        if of := geofa.route_of(fields):
            grouped[row.source, "/".join(of), geofa.public(fields)].append((row, key))
        elif name := geofa.name_of(fields):
            yield _route(row, key, Text(**name), [(row, key)], source, taken), [row.at]
        else:
            nameless.append((row, key))
    for (_, key, public), same in grouped.items():
        yield _register_route(key if public else f"{key}/ikke offentlig", same, source, taken)
    yield from _nameless(nameless, source, taken, told)


def _facts(row: Row, source: str | None) -> tuple[Fact[Surface] | None, Access]:
    words = register_text(row, source_text(row, source))
    return access.surface(row.first.fields, words), access.access(row.first.fields, words)


def _stretch_id(row: Row, key: str, n: int, taken: Taken) -> str:
    """Of the n-th stretch (from 0) of what has this key."""
    return imported_id(row.source, "stretch", _free(row, "stretch", key if n == 0 else f"{key}/{n + 1}", taken))


def _parts(row: Row, key: str, taken: Taken) -> list[tuple[str, list[XY]]]:
    """Each line of a row with the id of its stretch."""
    return [(_stretch_id(row, key, n, taken), line_of(part)) for n, part in enumerate(row.parts)]


def _register_route(key: str, rows: list[Keyed], source: str | None, taken: Taken) -> Made:
    """One route of GeoFA: its stretches by straekn_nr, what is equal there by key, so that the file's order is nothing."""
    ordered = sorted(rows, key=lambda one: (geofa.order_of(one[0].first.fields), one[1]))
    name: dict[str, str] = {}
    for row, _ in ordered:
        name = (geofa.name_of(row.first.fields) or {}) | name
    return _route(ordered[0][0], key, Text(**name), ordered, source, taken), [row.at for row, _ in rows]


def _route(first: Row, key: str, name: Text, rows: list[Keyed], source: str | None, taken: Taken) -> RouteRow:
    every = [(row, *part) for row, own in rows for part in _parts(row, own, taken)]
    lines = _following([line for _, _, line in every])
    stretches = [
        stretch(id, no, line, *_facts(row, source))
        for no, ((row, id, _), line) in enumerate(zip(every, lines, strict=True), 1)
    ]
    seasons = (geofa.season_of(row.first.fields) for row, _ in rows)
    return _made(first, _free(first, "route", key, taken), name, stretches, next(filter(None, seasons), None), source)


def _made(
    row: Row, key: str, name: Text, stretches: list[StretchRow], season: Season | None, source: str | None
) -> RouteRow:
    mode = geofa.mode_of(row.first.layer, row.first.fields)
    return RouteRow(
        id=imported_id(row.source, "route", key), source=row.source, key=key, slug=slug(name.da), name=name, modes=(mode,) if mode else (),
        loop=_is_loop([one.xy for one in stretches]), season=season, source_text=source_text(row, source),
        public=geofa.public(row.first.fields), stretches=stretches,
    )  # fmt: skip


def _free(row: Row, kind: str, key: str, taken: Taken) -> str:
    """The key, or where another route or stretch of this source has it, one with a number."""
    tries = itertools.chain([key], (f"{key}/{n}" for n in itertools.count(2)))
    free = next(one for one in tries if (row.source, one) not in taken[kind])
    taken[kind].add((row.source, free))
    return free


def _following(lines: list[list[XY]]) -> list[list[XY]]:
    """Each turned so that it goes on where the one before ends, where it does at either end: registers draw stretches as it comes."""
    turned: list[list[XY]] = []
    for line in lines:
        if turned:
            back = line[-1] == turned[-1][-1] and line[0] != turned[-1][-1]
        else:
            ahead = (lines[1][0], lines[1][-1]) if len(lines) > 1 else ()
            back = line[0] in ahead and line[-1] not in ahead
        turned.append(line[::-1] if back else line)
    return turned


def _is_loop(lines: list[list[XY]]) -> bool:
    return lines[0][0] == lines[-1][-1] and all(a[-1] == b[0] for a, b in itertools.pairwise(lines))


def _nameless(rows: list[Keyed], source: str | None, taken: Taken, told: list[Left]) -> Iterator[Made]:
    """Only what belongs together is joined: one source, one way to move, for the same readers, in the same season."""
    alike: dict[tuple[str, Mode | None, bool, str], list[Keyed]] = defaultdict(list)
    for row, key in rows:
        fields = row.first.fields
        season = geofa.season_of(fields)
        told_as = msgspec.json.encode(season).decode()
        alike[row.source, geofa.mode_of(row.first.layer, fields), geofa.public(fields), told_as].append((row, key))
    for _, same in sorted(alike.items(), key=lambda one: str(one[0])):
        yield from _network(same, source, taken, told)


def _network(rows: list[Keyed], source: str | None, taken: Taken, told: list[Left]) -> Iterator[Made]:
    # Of equal lines that have ids of their own the same one stays, whatever the order of the file.
    rows = sorted(rows, key=lambda one: (not one[0].first.own, one[1] if one[0].first.own else ""))
    facts = [_facts(row, source) for row, _ in rows]
    lines: list[tuple[list[XY], str]] = []
    of: list[int] = []
    for n, (row, _) in enumerate(rows):
        like = msgspec.json.encode(facts[n]).decode()
        for part in row.parts:
            lines.append((line_of(part), like))
            of.append(n)
    found = network(lines)
    first_in: dict[int, int] = {}
    for number, chain in enumerate(found.chains):
        for piece in chain:
            first_in.setdefault(of[piece.of], number)
    over: dict[int, set[int]] = defaultdict(set)
    for one, holders in found.over.items():
        over[of[one]].update(of[holder] for holder in holders)
    at: dict[int, list[At]] = defaultdict(list)
    for n, (row, _) in enumerate(rows):
        if n in first_in:
            at[first_in[n]].append(row.at)
        else:
            first, *more = sorted(over[n])
            others = named(rows[first][0], row) + (" og andre" if more else "")
            told.append(left(*row.at, "covered", other=others))
    for number, chain in enumerate(found.chains):
        row, own = rows[of[chain[0].of]]
        whole = len(chain) == 1 and len(row.parts) == 1 and len(chain[0].points) == len(lines[chain[0].of][0])
        key = _free(row, "route", own if whole and row.first.own else _hash(chain), taken)
        runs = [
            stretch(_stretch_id(row, key, n, taken), n + 1, points, *facts[of[like]])
            for n, (points, like) in enumerate(_runs(chain))
        ]
        fields = row.first.fields
        name = Text(**geofa.NAMELESS[geofa.mode_of(row.first.layer, fields)])
        yield _made(row, key, name, runs, geofa.season_of(fields), source), at[number]


def _runs(chain: list[Piece]) -> Iterator[tuple[list[XY], int]]:
    """Pieces that are alike as one line, and the number of a line that is like it."""
    points: list[XY] = []
    before: Piece | None = None
    for piece in chain:
        if before is not None and (piece.like != before.like or len(points) + len(piece.points) > MOST_POINTS):
            yield points, before.of
            points = []
        points += piece.points[1:] if points else piece.points
        before = piece
    if before is not None:
        yield points, before.of


def _hash(chain: list[Piece]) -> str:
    """SHA-256 of the whole line's WKB, begun at its smaller end: as the reader's of a line that nothing is joined to."""
    points = list(chain[0].points)
    for piece in chain[1:]:
        points += piece.points[1:]
    return hashlib.sha256(line_blob(min(points, points[::-1]))).hexdigest()

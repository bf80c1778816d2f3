"""From the lines of a read file to rows of the store: what is one thing, what is its name, what stands in the file twice.

Needs no database, so all of it is done before BEGIN. Nameless lines are not yet split at junctions or joined: one line is one route
with one stretch.
"""

import itertools
import math
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from server.formats import geofa, own
from server.formats.reasons import left
from server.formats.rows import Found, Left
from server.model.ids import imported_id
from server.model.slug import slug
from server.model.values import Access, Text
from server.store import facility, route
from server.store.facility import FacilityRow
from server.store.route import RouteRow, StretchRow

XY = tuple[float, float]


@dataclass(slots=True)
class Prepared:
    """What a file brings: each thing with the rows (layer, row) of the file that made it, and every other row's `Left`."""

    facilities: list[tuple[FacilityRow, list[tuple[str, int]]]] = field(default_factory=list)
    routes: list[tuple[RouteRow, list[tuple[str, int]]]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows the file held."""
        things = (*self.facilities, *self.routes)
        return sum(len(rows) for _, rows in things) + sum(one.rows for one in self.left)


@dataclass(frozen=True, slots=True)
class Ready:
    """What a file brings, encoded: all that the transaction is left with is to write it."""

    facilities: list[tuple[facility.Ready, list[tuple[str, int]]]]
    routes: list[tuple[route.Ready, list[tuple[str, int]]]]
    left: list[Left]

    @property
    def things(self) -> int:
        """How many facilities and routes."""
        return len(self.facilities) + len(self.routes)


@dataclass(slots=True)
class _Row:
    """One row of the file: its lines (a line of several parts gives several)."""

    source: str
    parts: list[Found]

    @property
    def at(self) -> tuple[str, int]:
        return self.parts[0].layer, self.parts[0].row

    @property
    def first(self) -> Found:
        return self.parts[0]


def prepare(lines: Iterable[Found | Left], source: str | None) -> Prepared:
    """`source` None: each layer goes by its own name."""
    done = Prepared()
    rows: list[_Row] = []
    for line in lines:
        if isinstance(line, Left):
            done.left.append(line)
        elif rows and rows[-1].at == (line.layer, line.row):
            rows[-1].parts.append(line)
        else:
            rows.append(_Row(source or line.layer, [line]))
    rows = [row for row in rows if not _too_long(row, done)]
    ours = [row for row in rows if "moede" in row.first.fields]
    theirs = [row for row in rows if "moede" not in row.first.fields]
    for row, key in _folded([r for r in theirs if r.first.kind == "facility"], done):
        done.facilities.append((_facility(row, key, source), [row.at]))
    for row, key in _folded([r for r in theirs if r.first.kind == "stretch"], done):
        done.routes.append((_route(row, key, source), [row.at]))
    for row, key in _folded([r for r in ours if r.first.kind == "facility"], done):
        _own_facility(row, key, done)
    _own_routes([row for row, _ in _folded([r for r in ours if r.first.kind == "stretch"], done)], done)
    return done


def ready(prepared: Prepared) -> Ready:
    """Needs no database: done before BEGIN."""
    return Ready(
        [(facility.ready(row), at) for row, at in prepared.facilities],
        [(route.ready(row), at) for row, at in prepared.routes],
        prepared.left,
    )


def _too_long(row: _Row, done: Prepared) -> bool:
    over = geofa.too_long(row.first.fields)
    if over is not None:
        done.left.append(left(*row.at, "too_long", at=over[0], limit=over[1]))
    return over is not None


def _folded(rows: list[_Row], done: Prepared) -> Iterator[tuple[_Row, str]]:
    """Each thing once, with its key. Equal rows fold into the first; a source's id that stands on two different things keeps the
    first and names the other; different things in one spot (a bench and a table) are told apart by what they are called."""
    by_key: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        by_key[row.source, row.first.key].append(row)
    for (_, key), same in by_key.items():
        if len(same) == 1:
            yield same[0], key
            continue
        firsts: dict[str, _Row] = {}
        for row in same:
            held = firsts.setdefault(_label(row), row)
            if held is not row:
                done.left.append(left(*row.at, "same", other=_named(held, row)))
        for n, label in enumerate(sorted(firsts)):
            row = firsts[label]
            if not row.first.own:
                yield row, key if n == 0 else f"{key}/{label[:100]}"
        if owned := [row for row in firsts.values() if row.first.own]:
            yield owned[0], key
            for row in owned[1:]:
                done.left.append(left(*row.at, "same_id", key=key, other=_named(owned[0], row)))


def _label(row: _Row) -> str:
    """What tells two rows with one key apart: for a source's own id everything, for a spot or a line what it is called."""
    fields = row.first.fields
    if row.first.own:
        return repr((sorted(fields.items(), key=str), [part.wkb for part in row.parts]))
    name = (geofa.name_of(fields) or {}).get("da", "")
    kind = geofa.type_of(fields)[1] if row.first.kind == "facility" else geofa.mode_of(row.first.layer, fields) or ""
    return f"{kind}/{name}"


def _named(other: _Row, beside: _Row) -> str:
    layer, number = other.at
    return str(number) if layer == beside.at[0] else f"{number} i laget {layer}"


def _source_text(row: _Row, source: str | None) -> str:
    known = geofa.LAYERS.get(row.first.layer)
    return known.source_text if known and source is None else row.source


def _facility(row: _Row, key: str, source: str | None) -> FacilityRow:
    found = row.first
    code, type_text = geofa.type_of(found.fields)
    name = geofa.name_of(found.fields)
    ((x, y),) = xy(found.wkb)
    return FacilityRow(
        id=imported_id(row.source, "facility", key), source=row.source, key=key, code=code, type_text=type_text,
        name=Text(**name) if name else None, x=x, y=y, point=_point(found), access=Access(), season=None, open_24h=None,
        source_text=_source_text(row, source), public=geofa.public(found.fields),
    )  # fmt: skip


def _own_facility(row: _Row, key: str, done: Prepared) -> None:
    try:
        said = own.facility(row.first.fields)
    except own.FieldRefused as refused:
        done.left.append(left(*row.at, "invalid", at=refused.at, detail=refused.detail))
        return
    ((x, y),) = xy(row.first.wkb)
    made = FacilityRow(
        id=imported_id(row.source, "facility", key), source=row.source, key=key, code=said.code, type_text=said.type_text,
        name=said.name, x=x, y=y, point=_point(row.first), access=said.access, season=said.season, open_24h=said.open_24h,
        source_text=row.source, public=True,
    )  # fmt: skip
    done.facilities.append((made, [row.at]))


def _route(row: _Row, key: str, source: str | None) -> RouteRow:
    found = row.first
    source_text = _source_text(row, source)
    mode = geofa.mode_of(found.layer, found.fields)
    name = Text(**(geofa.name_of(found.fields) or geofa.NAMELESS[mode]))
    lines = [xy(part.wkb) for part in row.parts]
    surface = own.surface(geofa.surface_of(found.fields, source_text))
    stretches = [
        StretchRow(
            id=imported_id(row.source, "stretch", key if n == 0 else f"{key}/{n + 1}"), no=n + 1, xy=line, length_m=_length(line),
            surface=surface, access=Access(), line=_line(part),
        )
        for n, (line, part) in enumerate(zip(lines, row.parts, strict=True))
    ]  # fmt: skip
    return RouteRow(
        id=imported_id(row.source, "route", key), source=row.source, key=key, slug=slug(name.da), name=name, modes=(mode,) if mode else (),
        loop=len(lines) == 1 and lines[0][0] == lines[0][-1], season=None, source_text=source_text,
        public=geofa.public(found.fields), stretches=stretches,
    )  # fmt: skip


def _own_routes(rows: list[_Row], done: Prepared) -> None:
    by_route: dict[tuple[str, str], list[tuple[_Row, own.OwnStretch]]] = defaultdict(list)
    for row in rows:
        try:
            said = own.stretch(row.first.fields)
        except own.FieldRefused as refused:
            done.left.append(left(*row.at, "invalid", at=refused.at, detail=refused.detail))
            continue
        by_route[row.source, said.route].append((row, said))
    for (source, key), stretches in by_route.items():
        _own_route(source, key, sorted(stretches, key=lambda pair: pair[1].no), done)


def _own_route(source: str, key: str, stretches: list[tuple[_Row, own.OwnStretch]], done: Prepared) -> None:
    """The whole route or nothing of it: with a stretch missing it would be told shorter than it is."""
    at = [row.at for row, _ in stretches]
    numbers = [said.no for _, said in stretches]
    if numbers != list(range(1, len(numbers) + 1)) or any(len(row.parts) > 1 for row, _ in stretches):
        done.left += [left(*one, "broken_route", route=key, numbers=", ".join(map(str, numbers))) for one in at]
        return
    try:
        said_of_all = own.route(stretches[0][0].first.fields)
    except own.FieldRefused as refused:
        done.left += [left(*one, "no_route", route=key, at=refused.at, detail=refused.detail) for one in at]
        return
    rows = []
    for row, said in stretches:
        line = xy(row.first.wkb)
        rows.append(
            StretchRow(
                id=imported_id(source, "stretch", row.first.key), no=said.no, xy=line, length_m=_length(line),
                surface=said.surface, access=said.access, line=_line(row.first),
            )
        )  # fmt: skip
    made = RouteRow(
        id=imported_id(source, "route", key), source=source, key=key, slug=slug(said_of_all.name.da), name=said_of_all.name,
        modes=said_of_all.modes, loop=said_of_all.loop, season=said_of_all.season, source_text=source, public=True,
        closures=said_of_all.closures, approaches=said_of_all.approaches, stretches=rows,
    )  # fmt: skip
    done.routes.append((made, at))


def xy(wkb: str) -> list[XY]:
    """The points of a WKB as the reader writes it. ValueError for every other dialect and for a count that lies."""
    raw = bytes.fromhex(wkb)
    order, kind = struct.unpack_from("<BI", raw)
    start, count = (5, 1) if kind == 1 else (9, struct.unpack_from("<I", raw, 5)[0])
    if order != 1 or kind not in (1, 2) or len(raw) != start + 16 * count:
        raise ValueError("not a point or line as the reader writes it")
    flat = struct.unpack_from(f"<{2 * count}d", raw, start)
    if not all(map(math.isfinite, flat)):
        raise ValueError("a coordinate is no number")
    return list(zip(flat[::2], flat[1::2], strict=True))


def _length(line: list[XY]) -> int:
    return round(sum(math.dist(a, b) for a, b in itertools.pairwise(line)))


def _point(found: Found) -> tuple[float, float]:
    if isinstance(found.wgs84, str):
        raise ValueError("a point was expected")
    return found.wgs84


def _line(found: Found) -> str:
    if not isinstance(found.wgs84, str):
        raise ValueError("a line was expected")
    return found.wgs84

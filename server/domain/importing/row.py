"""One row of a file on its way to the store: its lines, what it is called, and which rows are the same thing."""

import itertools
import math
import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.formats.reasons import left
from server.formats.register import geofa
from server.formats.rows import Found, Left
from server.model import simplify
from server.model.line import encode
from server.model.utm import degrees
from server.model.values import Access, Fact, Surface
from server.store.route import StretchRow

XY = tuple[float, float]
"""East and north in EPSG:25832, metres, rounded to 0.01."""
At = tuple[str, int]
"""Layer and row of the file."""


@dataclass(slots=True)
class Row:
    """One row of the file: its lines (a line of several parts gives several)."""

    source: str
    parts: list[Found]

    @property
    def at(self) -> At:
        return self.parts[0].layer, self.parts[0].row

    @property
    def first(self) -> Found:
        return self.parts[0]


def folded(rows: list[Row], told: list[Left]) -> Iterator[tuple[Row, str]]:
    """Each thing once, with its key. Equal rows fold into the first; a source's id that stands on two different things keeps the
    first and names the other; different things in one spot (a bench and a table) are told apart by what they are called."""
    by_key: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_key[row.source, row.first.key].append(row)
    for (_, key), same in by_key.items():
        if len(same) == 1:
            yield same[0], key
            continue
        firsts: dict[str, Row] = {}
        for row in same:
            held = firsts.setdefault(_label(row), row)
            if held is not row:
                told.append(left(*row.at, "same", other=named(held, row)))
        for n, label in enumerate(sorted(firsts)):
            row = firsts[label]
            if not row.first.own:
                yield row, key if n == 0 else f"{key}/{label[:100]}"
        if owned := [row for row in firsts.values() if row.first.own]:
            yield owned[0], key
            told += [left(*row.at, "same_id", key=key, other=named(owned[0], row)) for row in owned[1:]]


def _label(row: Row) -> str:
    """What tells two rows with one key apart: for a source's own id everything, for a spot or a line what it is called."""
    fields = row.first.fields
    if row.first.own:
        return repr((sorted(fields.items(), key=str), [part.wkb for part in row.parts]))
    name = geofa.called(fields)
    kind = geofa.type_of(fields)[1] if row.first.kind == "facility" else geofa.mode_of(row.first.layer, fields) or ""
    return f"{kind}/{name}"


def named(other: Row, beside: Row) -> str:
    """How a message names another row: by its number, and its layer where that is another."""
    layer, number = other.at
    return str(number) if layer == beside.at[0] else f"{number} i laget {layer}"


def source_text(row: Row, source: str | None) -> str:
    """What readers are told that it is from: what the caller said, else what the layer is known as."""
    if source is not None and source not in geofa.LAYERS:
        return source
    if known := geofa.LAYERS.get(source or row.first.layer):
        return known.source_text
    return register_text(row, row.source)


def register_text(row: Row, otherwise: str) -> str:
    """What the facts of a row are from: GeoFA and its table, since what its codes mean hangs on that, whatever the file is called."""
    table = geofa.table_of(row.first.layer, row.first.fields)
    return otherwise if table is None or otherwise.startswith("GeoFA") else f"GeoFA {table}"


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


def line_of(found: Found) -> list[XY]:
    """The full line of a row's part. ValueError where it is none."""
    line = xy(found.wkb)
    if len(line) < 2:
        raise ValueError("a line was expected")
    return line


def point_of(found: Found) -> tuple[float, float]:
    """[lon, lat]. ValueError where it is a line."""
    if isinstance(found.wgs84, str):
        raise ValueError("a point was expected")
    return found.wgs84


def stretch(id: str, no: int, line: Sequence[XY], surface: Fact[Surface] | None, access: Access) -> StretchRow:
    """A stretch with its line as phones get it. All come through here, so that a line that goes out and comes back is the same."""
    points = list(line)
    return StretchRow(
        id=id, no=no, xy=points, length_m=round(sum(math.dist(a, b) for a, b in itertools.pairwise(points))),
        surface=surface, access=access, line=encode([degrees(*points[i]) for i in simplify.kept(points)]),
    )  # fmt: skip

"""From the lines of a read file to rows of the store: what is one thing, what is its name, what stands in the file twice.

Needs no database, so all of it is done before BEGIN.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from server.domain.importing import own, routes
from server.domain.importing.ground import Ground, laid
from server.domain.importing.place_rows import Source
from server.domain.importing.row import At, Row, folded, point_of, register_text, source_text, xy
from server.formats.reasons import left
from server.formats.register import access, geofa
from server.formats.rows import Found, Left
from server.model.ids import imported_id
from server.model.values import Text
from server.store import facility, route
from server.store.facility import FacilityRow
from server.store.route import RouteRow


@dataclass(slots=True)
class Prepared:
    """What a file brings: each thing with the rows (layer, row) of the file that made it, and every other row's `Left`. A row that became
    several routes stands with the first of them, so a route may have none."""

    facilities: list[tuple[FacilityRow, list[At]]] = field(default_factory=list)
    routes: list[tuple[RouteRow, list[At]]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    places: list[Found] = field(default_factory=list)
    """Rows that are meeting places, as they were read."""
    own_places: list[own.OwnRow] = field(default_factory=list)
    edits: own.Edits = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    """Layers with things of our own GeoJSON that name no register: they go by the layer's name alone."""

    @property
    def rows(self) -> int:
        """How many rows the file held."""
        things = (*self.facilities, *self.routes)
        return (
            sum(len(rows) for _, rows in things)
            + sum(one.rows for one in self.left)
            + len(self.places)
            + len(self.own_places)
        )


@dataclass(frozen=True, slots=True)
class Ready:
    """What a file brings, encoded: all that the transaction is left with is to write it. `read_as`: {layer: source} of renamed files."""

    facilities: list[tuple[facility.EncodedFacility, list[At]]]
    routes: list[tuple[route.EncodedRoute, list[At]]]
    left: list[Left]
    places: list[Source] = field(default_factory=list)
    own_places: list[own.OwnRow] = field(default_factory=list)
    drawn: frozenset[str] = frozenset()
    """Layers of our own GeoJSON that name no register (Prepared.drawn)."""
    read_as: Mapping[str, str] = field(default_factory=dict)
    emptied: frozenset[str] = frozenset()
    """Sources of which a layer had no row at all: whatever they brought is gone from it."""
    grounded: bool = False
    """Whether it was laid on the ground of the registers that brought such things before."""

    @property
    def things(self) -> int:
        """How many facilities, routes and places."""
        places = sum(len(one.places) for one in self.places) + len(self.own_places)
        return len(self.facilities) + len(self.routes) + places


def prepare(
    lines: Iterable[Found | Left],
    source: str | None,
    today: own.Day = None,
    grounds: Mapping[str, Ground] | None = None,
) -> Prepared:
    """`source` None: each layer goes by its own name. `today`: the last day on which our own files may have seen something. `grounds`:
    where each source had its things before (ground.py)."""
    done = Prepared()
    rows: list[Row] = []
    places_of_ours: list[Found] = []
    for line in laid(lines, grounds, source) if grounds else lines:
        if isinstance(line, Left):
            done.left.append(line)
        elif line.kind == "place" and "moede" in line.fields:
            places_of_ours.append(line)
        elif line.kind == "place":
            done.places.append(line)
        elif rows and rows[-1].at == (line.layer, line.row):
            rows[-1].parts.append(line)
        else:
            rows.append(Row(source or line.layer, [line]))
    rows = [row for row in rows if not _too_long(row, done)]
    ours = [row for row in rows if "moede" in row.first.fields and (source or not _registers_name(row, done))]
    theirs = [row for row in rows if "moede" not in row.first.fields]
    for row, key in folded(_of(theirs, "facility"), done.left):
        done.facilities.append((_facility(row, key, source), [row.at]))
    done.routes += routes.routes(list(folded(_of(theirs, "stretch"), done.left)), source, done.left)
    points, lines_of_ours = (list(folded(_of(ours, kind), done.left)) for kind in ("facility", "stretch"))
    done.facilities += own.facilities(points, {row.id for row, _ in done.facilities}, done.left, done.edits, today)
    ids = {id for row, _ in done.routes for id in (row.id, *(one.id for one in row.stretches))}
    done.routes += own.routes(lines_of_ours, ids, done.left, done.edits, today)
    done.own_places += own.places(places_of_ours, done.left, today)
    return done


def ready(prepared: Prepared) -> Ready:
    """Needs no database: done before BEGIN."""
    return Ready(
        [(replace(facility.encoded(row), edited=prepared.edits.get(row.id)), at) for row, at in prepared.facilities],
        [(replace(route.encoded(row), edited=prepared.edits.get(row.id)), at) for row, at in prepared.routes],
        prepared.left,
        own_places=prepared.own_places,
        drawn=frozenset(prepared.drawn),
    )


def _of(rows: list[Row], kind: str) -> list[Row]:
    return [row for row in rows if row.first.kind == kind]


def _registers_name(row: Row, done: Prepared) -> bool:
    """Whether a row of our own GeoJSON says of no register that it is from, in a layer that is called as a register is: it is left out, and
    speaks for that register only where somebody names it."""
    if "register" in row.first.fields or (
        row.first.kind == "stretch" and (geofa.number(row.first.fields.get("no")) or 1) != 1
    ):
        return False
    done.drawn.add(row.source)
    if row.source not in geofa.LAYERS and geofa.table_of(row.source, ()) is None:
        return False
    done.left.append(left(*row.at, "no_register"))
    return True


def _too_long(row: Row, done: Prepared) -> bool:
    over = geofa.too_long(row.first.fields)
    if over is not None:
        done.left.append(left(*row.at, "too_long", at=over[0], limit=over[1]))
    return over is not None


def _facility(row: Row, key: str, source: str | None) -> FacilityRow:
    found = row.first
    code, type_text = geofa.type_of(found.fields)
    name = geofa.name_of(found.fields)
    words = source_text(row, source)
    facts = register_text(row, words)
    ((x, y),) = xy(found.wkb)
    return FacilityRow(
        id=imported_id(row.source, "facility", key), source=row.source, key=key, code=code, type_text=type_text,
        name=Text(**name) if name else None, x=x, y=y, point=point_of(found), access=access.access(found.fields, facts),
        season=geofa.season_of(found.fields), open_24h=access.open_24h(found.fields, facts), source_text=words,
        public=geofa.public(found.fields),
    )  # fmt: skip

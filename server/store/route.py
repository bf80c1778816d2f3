"""Routes and their stretches: rows as an import brings them, bodies as readers get them."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from msgspec import Struct, field

from server.model.route import Mode, Near, Route, Stretch
from server.model.values import Access, Approach, Closure, Fact, FaultNote, Season, Surface, Text
from server.store import geometry, slugs, thing
from server.store.facility import Upserted, fingerprint, text
from server.store.geometry import XY
from sync.sql import Row, Tx, Value, load

SQL = load(__file__)


class StretchRow(Struct, frozen=True, kw_only=True):
    """A stretch as imported: its full line in EPSG:25832, and the simplified encoded one where it is known already."""

    id: str
    no: int
    xy: list[XY]
    length_m: int
    surface: Fact[Surface] | None
    access: Access
    line: str | None = None


class RouteRow(Struct, frozen=True, kw_only=True):
    """A route as imported. `slug` is a wish: another thing may have it. `public` false: staff alone read it."""

    id: str
    source: str
    key: str
    slug: str
    name: Text
    modes: tuple[Mode, ...]
    loop: bool
    season: Season | None
    source_text: str
    public: bool
    closures: tuple[Closure, ...] = ()
    approaches: tuple[Approach, ...] = ()
    stretches: list[StretchRow] = field(default_factory=list)


class Ready(Struct, frozen=True):
    """A route encoded for its columns, its stretches with the WKB of their full lines (facility.Ready)."""

    row: RouteRow
    same: bytes
    columns: dict[str, Value]
    stretches: list[tuple[StretchRow, dict[str, Value], bytes]]


class Stored(Struct, frozen=True):
    """A route out of the store: inner id, body, and who may read it."""

    row: int
    body: Route
    public: bool
    withdrawn: bool


def ready(row: RouteRow) -> Ready:
    """The row encoded; needs no transaction. ValueError for a line of one point."""
    columns: dict[str, Value] = {
        "source": row.source,
        "key": row.key,
        "name": text(row.name),
        "modes": text(row.modes),
        "loop": row.loop,
        "season": text(row.season),
        "source_text": row.source_text,
        "public": row.public,
        "closures": text(row.closures),
        "approaches": text(row.approaches),
    }
    start = 0
    stretches: list[tuple[StretchRow, dict[str, Value], bytes]] = []
    for one in sorted(row.stretches, key=lambda s: s.no):
        own: dict[str, Value] = {
            "no": one.no,
            "uid": one.id,
            "length_m": one.length_m,
            "start_m": start,
            "surface": text(one.surface),
            "access": text(one.access),
        }
        stretches.append((one, own, geometry.line_blob(one.xy)))
        start += one.length_m
    return Ready(row, fingerprint(row), columns, stretches)


def upsert(tx: Tx, given: RouteRow | Ready) -> Upserted:
    """Makes or changes a route with all its stretches by its id. A withdrawn one is left alone ("unchanged")."""
    made = given if isinstance(given, Ready) else ready(given)
    row = made.row
    had = SQL.row(tx, "had", uid=row.id)
    if had is not None and (had[1] == made.same or had[2] is not None):
        return "unchanged"
    if had is None:
        inner = thing.make(tx, "route", row.id, slugs.free(tx, "route", row.slug, row.id))
    else:
        inner = int(had[0])
        slug = slugs.free(tx, "route", row.slug, row.id)
        if slug != had[3] and not str(had[3]).startswith(f"{row.slug}-"):
            slugs.move(tx, inner, "route", slug)
    SQL.run(tx, "put", thing=inner, same=made.same, **made.columns)
    if had is not None:
        SQL.run(tx, "drop_lines", route=inner)
        SQL.run(tx, "drop_stretches", route=inner)
    for one, columns, blob in made.stretches:
        line = one.line if one.line is not None else geometry.encoded(tx, one.xy)
        number = SQL.rows(tx, "make_stretch", route=inner, line=line, **columns)[0][0]
        SQL.run(tx, "make_line", stretch=number, blob=blob)
    return "new" if had is None else "changed"


def is_public(tx: Tx, id: str) -> bool:
    """Whether everybody reads this route; False also where there is none."""
    return SQL.row(tx, "is_public", uid=id) is not None


def name_of(tx: Tx, row: int) -> tuple[str, bool]:
    """Its Danish name, and whether it is public (withdrawn or not)."""
    name, public = SQL.rows(tx, "name_of", thing=row)[0]
    return _TEXT.decode(name).da, bool(public)


def bodies(tx: Tx, ids: Iterable[str], faults: dict[int, tuple[FaultNote, ...]]) -> list[Stored]:
    """Those of `ids` that are there, with stretches, what is near (as near.py last reckoned it) and their fault notes."""
    uids = thing.json(ids)
    stretches: dict[int, list[Stretch]] = defaultdict(list)
    for route, uid, line, length_m, surface, access in SQL.rows(tx, "stretches", uids=uids):
        stretches[route].append(
            Stretch(
                id=uid,
                line=line,
                length_m=length_m,
                surface=None if surface is None else _SURFACE.decode(surface),
                access=_ACCESS.decode(access),
            )
        )
    near: dict[int, list[Near]] = defaultdict(list)
    places: dict[int, list[str]] = defaultdict(list)
    for route, kind, uid, at_m, off_m in SQL.rows(tx, "near", uids=uids):
        if kind == "facility":
            near[route].append(Near(facility_id=uid, at_m=at_m, off_m=off_m))
        else:
            places[route].append(uid)
    return [_stored(row, stretches, near, places, faults) for row in SQL.rows(tx, "bodies", uids=uids)]


def _stored(
    row: Row,
    stretches: dict[int, list[Stretch]],
    near: dict[int, list[Near]],
    places: dict[int, list[str]],
    faults: dict[int, tuple[FaultNote, ...]],
) -> Stored:
    inner, uid, slug, name, modes, loop, season, source_text, public, closures, approaches, withdrawn_on = row
    body = Route(
        id=uid,
        slug=slug,
        name=_TEXT.decode(name),
        modes=_MODES.decode(modes),
        length_m=sum(stretch.length_m for stretch in stretches[inner]),
        loop=bool(loop),
        source=source_text,
        season=None if season is None else _SEASON.decode(season),
        approaches=_APPROACHES.decode(approaches),
        faults=faults.get(inner, ()),
        closures=_CLOSURES.decode(closures),
        stretches=tuple(stretches[inner]),
        near=tuple(near[inner]),
        place_ids=tuple(places[inner]),
    )
    return Stored(inner, body, bool(public), withdrawn_on is not None)


_TEXT = msgspec.json.Decoder(Text)
_SEASON = msgspec.json.Decoder(Season)
_ACCESS = msgspec.json.Decoder(Access)
_SURFACE = msgspec.json.Decoder(Fact[Surface])
_MODES = msgspec.json.Decoder(tuple[Mode, ...])
_CLOSURES = msgspec.json.Decoder(tuple[Closure, ...])
_APPROACHES = msgspec.json.Decoder(tuple[Approach, ...])

"""Routes and their stretches: rows as an import brings them, what people write of them, bodies as readers get them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct, field

from server.model.route import Mode, Near, Route, Stretch
from server.model.slug import slug as slug_of
from server.model.values import Access, Approach, Closure, Fact, FaultNote, Season, Surface, Text
from server.store import geometry, register, slugs, thing
from server.store.geometry import XY
from server.store.register import HERE, Encoded, Upserted, columns
from sync.sql import Row, Tx, Value, load

SQL = load(__file__)
FIELDS = ("name", "modes", "season", "public", "closures", "approaches")
"""Columns of the same name as the body's member (`public` is in none), which people may change."""
SAID = ("surface", "access")
"""The same of a stretch."""


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


class EncodedRoute(Encoded[RouteRow], frozen=True, kw_only=True):
    """A route encoded for its columns, its stretches with the WKB of their full lines."""

    stretches: list[tuple[StretchRow, dict[str, Value], bytes]]


class Stored(register.Stored[Route], frozen=True):
    """A route out of the store."""


def encoded(row: RouteRow) -> EncodedRoute:
    """The row encoded; needs no transaction. ValueError for a line of one point."""
    start = 0
    stretches: list[tuple[StretchRow, dict[str, Value], bytes]] = []
    for one in sorted(row.stretches, key=lambda s: s.no):
        own: dict[str, Value] = {
            "no": one.no,
            "uid": one.id,
            "length_m": one.length_m,
            "start_m": start,
            **columns(one, SAID),
        }
        stretches.append((one, own, geometry.line_blob(one.xy)))
        start += one.length_m
    # The number behind an address is given out here: with it or without, in a file of ours, the wish is the same.
    base = slug_of(row.name.da)
    wish = base if row.slug.startswith(f"{base}-") else row.slug
    same = register.fingerprint(msgspec.structs.replace(row, slug=wish))
    names = ("source", "key", "loop", "source_text", *FIELDS)
    return EncodedRoute(row, same, columns(row, names), stretches=stretches)


def upsert(
    tx: Tx, given: RouteRow | EncodedRoute, *, kept: Collection[str] = (), at: str | None = None, by: str | None = None
) -> Upserted:
    """Makes or changes a route with all its stretches by its id. A withdrawn one is left alone ("unchanged"). `kept`: what stays as it
    is here (members of the body, "public", stretches/<id>/surface and /access); with the slug or the name the address stays too.
    `at`, `by`: when and by whom."""
    made = given if isinstance(given, EncodedRoute) else encoded(given)
    row = made.row
    had = SQL.row(tx, "had", uid=row.id)
    if had is not None and (had[1] == made.same or had[2] is not None):
        return "unchanged"
    put, said = made.columns, dict[str, dict[str, Value]]()
    if had is None:
        inner = thing.make(tx, "route", row.id, slugs.free(tx, "route", row.slug, row.id))
    else:
        inner = int(had[0])
        put, said = _kept(tx, inner, made.columns, kept)
    if had is not None and not {"slug", "name"} & set(kept):
        slug = slugs.free(tx, "route", row.slug, row.id)
        if slug != had[3] and not str(had[3]).startswith(f"{row.slug}-"):
            slugs.move(tx, inner, "route", slug)
    SQL.run(tx, "put", thing=inner, same=made.same, changed_at=at, changed_by=by, **put)
    if had is not None:
        SQL.run(tx, "drop_lines", route=inner)
        SQL.run(tx, "drop_stretches", route=inner)
    for one, own, blob in made.stretches:
        line = one.line if one.line is not None else geometry.encoded(tx, one.xy)
        number = SQL.rows(tx, "make_stretch", route=inner, line=line, **own | said.get(one.id, {}))[0][0]
        SQL.run(tx, "make_line", stretch=number, blob=blob)
    return "new" if had is None else "changed"


def _kept(
    tx: Tx, row: int, columns: dict[str, Value], kept: Collection[str]
) -> tuple[dict[str, Value], dict[str, dict[str, Value]]]:
    """The register's columns with those in their place that stay as they are here; and what stays of each stretch, by its id."""
    if not kept:
        return columns, {}
    here = dict(zip(FIELDS, SQL.rows(tx, "columns", thing=row)[0], strict=True))
    said: dict[str, dict[str, Value]] = {}
    for uid, surface, access in SQL.rows(tx, "said", route=row):
        both = (("surface", surface), ("access", access))
        said[uid] = {name: value for name, value in both if f"stretches/{uid}/{name}" in kept}
    return columns | {name: here[name] for name in FIELDS if name in kept}, said


def brought(tx: Tx, row: int, same: bytes) -> None:
    """The register says of it what has this fingerprint, and nothing that stands here changes by it."""
    SQL.run(tx, "put_same", thing=row, same=same)


def save(tx: Tx, row: int, body: Route, *, lines: Mapping[str, Sequence[XY]], public: bool, at: str, by: str) -> int:
    """What a person wrote: makes the route where `row` is 0, else changes what people may change of it (for its slug see slugs.move).
    `lines`: the full lines, by stretch, of those that are new or drawn anew; what has none keeps the one it has. Returns its inner id."""
    said = columns(body, (name for name in FIELDS if name != "public"))
    said |= {"public": public, "loop": body.loop, "changed_at": at, "changed_by": by}
    if row:
        SQL.run(tx, "edit", thing=row, **said)
    else:
        made: dict[str, Value] = {"source": HERE, "key": body.id, "source_text": body.source, "same": b""}
        row = thing.make(tx, "route", body.id, body.slug)
        SQL.run(tx, "put", thing=row, **said, **made)
    _stretches(tx, row, body, lines)
    return row


def _stretches(tx: Tx, row: int, body: Route, lines: Mapping[str, Sequence[XY]]) -> None:
    there: dict[str, int] = {uid: number for number, uid in SQL.rows(tx, "numbers", route=row)}
    ids = [one.id for one in body.stretches]
    if not lines and list(there) == ids:
        for one in body.stretches:
            SQL.run(tx, "edit_stretch", stretch=there[one.id], **columns(one, SAID))
        return
    SQL.run(tx, "unnumber", route=row)
    for uid, number in there.items():
        if uid not in ids:
            SQL.run(tx, "drop_line", stretch=number)
            SQL.run(tx, "drop_stretch", stretch=number)
    start = 0
    for no, one in enumerate(body.stretches, 1):
        own: dict[str, Value] = {"no": no, "line": one.line, "length_m": one.length_m, "start_m": start}
        if one.id in there:
            number = there[one.id]
            SQL.run(tx, "edit_stretch", stretch=number, **columns(one, SAID))
            SQL.run(tx, "place_stretch", stretch=number, **own)
            if one.id in lines:
                SQL.run(tx, "drop_line", stretch=number)
        else:
            number = SQL.rows(tx, "make_stretch", route=row, uid=one.id, **own, **columns(one, SAID))[0][0]
        if one.id in lines:
            SQL.run(tx, "make_line", stretch=number, blob=geometry.line_blob(lines[one.id]))
        start += one.length_m


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
    inner, uid, slug, name, modes, loop, season, source_text, public, closures, approaches, withdrawn_on, *rest = row
    changed_at, changed_by, source = rest
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
    return Stored(inner, body, bool(public), withdrawn_on is not None, changed_at or "", changed_by or "", source)


_TEXT = msgspec.json.Decoder(Text)
_SEASON = msgspec.json.Decoder(Season)
_ACCESS = msgspec.json.Decoder(Access)
_SURFACE = msgspec.json.Decoder(Fact[Surface])
_MODES = msgspec.json.Decoder(tuple[Mode, ...])
_CLOSURES = msgspec.json.Decoder(tuple[Closure, ...])
_APPROACHES = msgspec.json.Decoder(tuple[Approach, ...])

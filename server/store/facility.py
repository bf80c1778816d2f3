"""Facilities: rows as an import brings them, what people write of them, bodies as readers get them."""

from collections.abc import Collection, Iterable

import msgspec
from msgspec import Struct

from server.model.facility import Facility
from server.model.values import Access, Fact, FaultNote, Point, Season, Text
from server.store import geometry, register, thing
from server.store.register import HERE, Encoded, Upserted, columns
from sync.sql import Row, Tx, Value, load

SQL = load(__file__)

FIELDS = ("code", "type_text", "name", "access", "season", "open_24h", "public")
"""Columns of the same name as the body's member (`public` is in none), which people may change beside the point."""


class FacilityRow(Struct, frozen=True, kw_only=True):
    """A facility as imported. `x`, `y` in EPSG:25832 to 0.01 m; `point` the same in WGS84 where it is known already.

    `public` false: the source says that it is not for the public, so staff alone read it."""

    id: str
    source: str
    key: str
    code: int | None
    type_text: str
    name: Text | None
    x: float
    y: float
    access: Access
    season: Season | None
    open_24h: Fact[bool] | None
    source_text: str
    public: bool
    point: Point | None = None


class EncodedFacility(Encoded[FacilityRow], frozen=True):
    """A facility encoded for its columns."""


class Stored(register.Stored[Facility], frozen=True):
    """A facility out of the store."""


def encoded(row: FacilityRow) -> EncodedFacility:
    """The row encoded; needs no transaction."""
    names = ("source", "key", "source_text", *FIELDS)
    return EncodedFacility(row, register.fingerprint(row), columns(row, names))


def upsert(
    tx: Tx,
    given: FacilityRow | EncodedFacility,
    *,
    kept: Collection[str] = (),
    at: str | None = None,
    by: str | None = None,
) -> Upserted:
    """Makes or changes a facility by its id. A withdrawn one is left alone ("unchanged"); nothing is published here. `kept`: members
    of the body that stay as they are here, whatever the register says of them. `at`, `by`: when and by whom."""
    made = given if isinstance(given, EncodedFacility) else encoded(given)
    row = made.row
    had = SQL.row(tx, "had", uid=row.id)
    if had is not None and (had[1] == made.same or had[2] is not None):
        return "unchanged"
    inner = thing.make(tx, "facility", row.id, None) if had is None else int(had[0])
    said, x, y = dict(made.columns), row.x, row.y
    said["lon"], said["lat"] = point_of(tx, row)
    if kept and had is not None:
        here = dict(zip((*FIELDS, "lon", "lat", "x", "y"), SQL.rows(tx, "columns", thing=inner)[0], strict=True))
        said |= {name: here[name] for name in FIELDS if name in kept}
        if "point" in kept:
            said |= {"lon": here["lon"], "lat": here["lat"]}
            x, y = here["x"], here["y"]
    SQL.run(tx, "put", thing=inner, same=made.same, changed_at=at, changed_by=by, **said)
    SQL.run(tx, "put_point", thing=inner, x=x, y=y)
    return "new" if had is None else "changed"


def brought(tx: Tx, row: int, same: bytes) -> None:
    """The register says of it what has this fingerprint, and nothing that stands here changes by it."""
    SQL.run(tx, "put_same", thing=row, same=same)


def save(tx: Tx, row: int, body: Facility, *, public: bool, at: str, by: str) -> int:
    """What a person wrote: makes the facility where `row` is 0, and else changes what people may change of it. Returns its inner id.
    What a register says of it is untouched (edited.py)."""
    said = columns(body, (name for name in FIELDS if name != "public"))
    said |= {"public": public, "lon": body.point[0], "lat": body.point[1], "changed_at": at, "changed_by": by}
    inner = row or thing.make(tx, "facility", body.id, None)
    if row:
        lon, lat = SQL.rows(tx, "columns", thing=row)[0][len(FIELDS) : len(FIELDS) + 2]
        SQL.run(tx, "edit", thing=row, **said)
        if (lon, lat) == body.point:
            return row  # the register's hundredths of a metre stay
    else:
        made: dict[str, Value] = {
            "source": HERE,
            "key": body.id,
            "source_text": body.source,
            "same": b"",
        }
        SQL.run(tx, "put", thing=inner, **said, **made)
    x, y = geometry.metres(tx, [body.point])[0]
    SQL.run(tx, "put_point", thing=inner, x=x, y=y)
    return inner


def point_of(tx: Tx, row: FacilityRow) -> Point:
    """Where an imported one lies, as its body has it."""
    return geometry.rounded(row.point) if row.point else geometry.point_of(tx, row.x, row.y)


def bodies(tx: Tx, ids: Iterable[str], faults: dict[int, tuple[FaultNote, ...]]) -> list[Stored]:
    """Those of `ids` that are there, with the fault notes of `faults` (by inner id)."""
    return [_stored(row, faults) for row in SQL.rows(tx, "bodies", uids=thing.json(ids))]


def name_of(tx: Tx, row: int) -> tuple[str, bool]:
    """What people call it, in Danish, and whether it is public (withdrawn or not)."""
    name, type_text, public = SQL.rows(tx, "name_of", thing=row)[0]
    return (msgspec.json.decode(name, type=Text).da if name else str(type_text)), bool(public)


def _stored(row: Row, faults: dict[int, tuple[FaultNote, ...]]) -> Stored:
    inner, uid, code, type_text, name, access, season, open_24h, source_text, public, lon, lat, withdrawn_on, *rest = (
        row
    )
    changed_at, changed_by, source = rest
    body = Facility(
        id=uid,
        code=code,
        type_text=type_text,
        name=None if name is None else _TEXT.decode(name),
        point=(lon, lat),
        access=_ACCESS.decode(access),
        season=None if season is None else _SEASON.decode(season),
        open_24h=None if open_24h is None else _OPEN.decode(open_24h),
        source=source_text,
        faults=faults.get(inner, ()),
    )
    return Stored(inner, body, bool(public), withdrawn_on is not None, changed_at or "", changed_by or "", source)


_TEXT = msgspec.json.Decoder(Text)
_ACCESS = msgspec.json.Decoder(Access)
_SEASON = msgspec.json.Decoder(Season)
_OPEN = msgspec.json.Decoder(Fact[bool])

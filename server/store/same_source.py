"""Which registers have things under the keys that a file brings, and what those are."""

from collections.abc import Iterable
from typing import NamedTuple

from server.store import thing
from sync.sql import Row, Tx, load

SQL = load(__file__)


class Look(NamedTuple):
    """What a person would know a thing by. `name` in Danish, or what sort of thing it is; `spot` in metres of EPSG:25832, of a line the
    middle of its box, of a place [lon, lat]; `sort`: of a facility that has a name its code or type, the modes of a route as JSON."""

    name: str
    spot: tuple[float, float] | None
    sort: int | str | None = None


def holders(tx: Tx, kind: thing.Kind, keys: Iterable[str]) -> list[tuple[str, str, str, Look]]:
    """(source, key, id, look) of the things of this kind that have one of the keys; withdrawn ones too."""
    return [_holder(row) for row in SQL.rows(tx, kind, keys=thing.json(keys))]


def named(tx: Tx, kind: thing.Kind, names: Iterable[str]) -> list[tuple[str, str, str, Look]]:
    """The same of those that are called so."""
    return [_holder(row) for row in SQL.rows(tx, f"named_{kind}", names=thing.json(names))]


def has(tx: Tx, kind: thing.Kind, source: str) -> bool:
    """Whether a source has brought anything of this kind."""
    return SQL.row(tx, f"has_{kind}", source=source) is not None


def _holder(row: Row) -> tuple[str, str, str, Look]:
    source, key, id, name, x, y, sort = row
    return source, key, id, Look(name or "", None if x is None else (x, y), sort)

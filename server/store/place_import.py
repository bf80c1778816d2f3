"""Places that a register brings: under which key, and what it last said of them."""

from dataclasses import dataclass
from typing import Any

import msgspec

from sync.sql import Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Held:
    """A place of a register. `row` is its inner id; `said` the fields of PlaceSet that the register last brought, as JSON values."""

    row: int
    id: str
    key: str
    name: str
    withdrawn: bool
    dissolved: bool
    said: dict[str, Any]


def held(tx: Tx, source: str) -> dict[str, Held]:
    """By key, every place of this source, withdrawn and dissolved ones too."""
    return {
        key: Held(row, uid, key, name, bool(withdrawn), bool(dissolved), msgspec.json.decode(said))
        for row, uid, key, name, withdrawn, dissolved, said in SQL.rows(tx, "held", source=source)
    }


def put(tx: Tx, row: int, source: str, key: str, said: dict[str, Any]) -> None:
    """Keeps what the register says of a place (inner id) now."""
    SQL.run(tx, "put", place=row, source=source, key=key, said=msgspec.json.encode(said).decode())


def columns(tx: Tx) -> dict[str, dict[str, str]]:
    """{source: {heading: what it is read as}}, of every table that was imported."""
    found: dict[str, dict[str, str]] = {}
    for source, heading, read_as in SQL.rows(tx, "columns"):
        found.setdefault(source, {})[heading] = read_as
    return found


def put_column(tx: Tx, source: str, heading: str, read_as: str) -> None:
    """Remembers how a column of this source is read."""
    SQL.run(tx, "put_column", source=source, heading=heading, read_as=read_as)

"""Fields of imported things that a person changed here: what the register says of each, beside what stands here."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)


def of(tx: Tx, rows: Iterable[int]) -> dict[int, dict[str, Any]]:
    """By inner id of these things, {field: what the register last said of it, as JSON values}; those without an edit are not in it."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row, field, register in SQL.rows(tx, "of", things=thing.json(rows)):
        found[row][field] = msgspec.json.decode(register)
    return dict(found)


def marked(tx: Tx, kind: thing.Kind) -> dict[str, dict[str, Any]]:
    """The same of everything of a kind, by the id that travels."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for uid, field, register in SQL.rows(tx, "marked", kind=kind):
        found[uid][field] = msgspec.json.decode(register)
    return dict(found)


def put(tx: Tx, row: int, field: str, register: Any) -> None:
    """Marks a field as changed here; `register` is what the register says of it."""
    SQL.run(tx, "put", thing=row, field=field, register=msgspec.json.encode(register).decode())


def drop(tx: Tx, row: int, field: str) -> None:
    """What stands here is the register's again, or the register has it no more."""
    SQL.run(tx, "drop", thing=row, field=field)

"""What things have in common, from places to events: a text id outside, a row id inside, and perhaps a day of withdrawal."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

import msgspec

from sync.sql import Tx, load

SQL = load(__file__)

Kind = Literal["place", "facility", "route", "organiser", "event"]
KINDS: tuple[Kind, ...] = ("place", "facility", "route", "organiser", "event")


@dataclass(frozen=True, slots=True)
class Thing:
    """`row` is the inner id, `id` the one that travels. `withdrawn_on` None: it is there."""

    row: int
    kind: Kind
    id: str
    slug: str | None
    withdrawn_on: datetime.date | None


def find(tx: Tx, kind: str, id: str) -> Thing | None:
    """The thing, withdrawn or not; None where there is none of this kind and id."""
    row = SQL.row(tx, "find", kind=kind, uid=id)
    if row is None:
        return None
    return Thing(row[0], row[1], row[2], row[3], None if row[4] is None else datetime.date.fromisoformat(row[4]))


def row_of(tx: Tx, kind: Kind, id: str | None) -> int | None:
    """The inner id of what another thing names; None names nothing. LookupError where it is not there."""
    if id is None:
        return None
    found = find(tx, kind, id)
    if found is None:
        raise LookupError(f"no {kind} {id}")
    return found.row


def make(tx: Tx, kind: Kind, id: str, slug: str | None) -> int:
    """A new row; returns its inner id. sqlite3.IntegrityError where the kind has this id or slug already."""
    return int(SQL.rows(tx, "make", kind=kind, uid=id, slug=slug)[0][0])


def withdraw(tx: Tx, row: int, on: datetime.date, why: str) -> None:
    """The row stays, with the day and the reason."""
    SQL.run(tx, "withdraw", id=row, on=on.isoformat(), why=why)


def withdrawn_why(tx: Tx, row: int) -> str | None:
    """The reason, of what is withdrawn."""
    found: str | None = SQL.rows(tx, "withdrawn_why", id=row)[0][0]
    return found


def restore(tx: Tx, row: int) -> None:
    """It is there again."""
    SQL.run(tx, "restore", id=row)


def rows_of(tx: Tx, kind: Kind, ids: Iterable[str]) -> dict[str, int]:
    """Inner id by outer id, of those that are there."""
    return dict(SQL.rows(tx, "rows_of", kind=kind, uids=json(ids)))


def ids_of(tx: Tx, rows: Iterable[int]) -> list[tuple[Kind, str]]:
    """(kind, id) of inner ids."""
    return cast(list[tuple[Kind, str]], SQL.rows(tx, "ids_of", rows=json(rows)))


def ids_by_row(tx: Tx, rows: Iterable[int]) -> dict[int, str]:
    """Outer id by inner id."""
    return dict(SQL.rows(tx, "ids_by_row", rows=json(rows)))


def all_ids(tx: Tx) -> list[tuple[Kind, str]]:
    """(kind, id) of everything, withdrawn things too."""
    return cast(list[tuple[Kind, str]], SQL.rows(tx, "all_ids"))


def json(values: Iterable[int] | Iterable[str]) -> str:
    """A list as one parameter, for `IN (SELECT value FROM json_each(:x))`: SQLite has no parameter for lists."""
    return msgspec.json.encode(list(values)).decode()

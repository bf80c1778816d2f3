"""What facilities and routes have in common: a register brings them, and people change them beside it."""

import hashlib
from collections.abc import Iterable
from typing import Any, Generic, Literal, TypeVar

import msgspec
from msgspec import Struct

from sync.sql import Value

Row = TypeVar("Row", bound=Struct)
Body = TypeVar("Body", bound=Struct)
Upserted = Literal["new", "changed", "unchanged"]
HERE = ""
"""The source of what was made here by hand: no register has it."""


class Encoded(Struct, Generic[Row], frozen=True):
    """A row encoded for its columns. What can be done before BEGIN is done then: the one writer waits for nothing else."""

    row: Row
    same: bytes
    columns: dict[str, Value]
    edited: tuple[str, ...] | None = None
    """None: it is a register's word. Else it comes out of a database like this one, where these fields had been edited."""


class Stored(Struct, Generic[Body], frozen=True):
    """A thing out of the store: inner id, body, who may read it, when (UTC) and by whom it was last changed ("": nobody knows), and which
    register it is from (HERE: none)."""

    row: int
    body: Body
    public: bool
    withdrawn: bool
    changed_at: str = ""
    changed_by: str = ""
    source: str = HERE


def columns(of: Struct, names: Iterable[str]) -> dict[str, Value]:
    """These members for the columns of the same names."""
    return {name: column(getattr(of, name)) for name in names}


def column(value: Any) -> Value:
    """A value for its column: as it is, or as JSON where it has parts; None stays NULL."""
    return msgspec.json.encode(value).decode() if isinstance(value, Struct | tuple) else value


def fingerprint(row: Struct) -> bytes:
    """Equal for equal rows: an import that brings nothing new finds this and writes nothing."""
    return hashlib.sha256(msgspec.json.encode(row)).digest()

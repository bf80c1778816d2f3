"""Each body that staff read, by its v: an edit whose `base` is stale is compared with the body it was made on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from sync.sql import Tx, load

SQL = load(__file__)
Change = tuple[Any, Any]
"""What a field was before and is after, as JSON values."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A body with when and by whom it became so, "" where nobody knows; `name`: theirs, where they are one of us. `beside`: what changed
    with it and stands in no body."""

    v: str
    body: bytes
    at: str
    by: str
    name: str | None
    beside: dict[str, Change]


def keep(tx: Tx, row: int, v: str, body: bytes, at: str, by: str, beside: Mapping[str, Change] | None = None) -> None:
    """Keeps the body that a thing (inner id) has now. `at`: UTC moment. `by`: who; names are looked up when shown. Both "" where
    nobody knows. `beside`: what changed with it and stands in no body."""
    told = msgspec.json.encode(beside or {}).decode()
    SQL.run(tx, "keep", thing=row, v=v, body=body, saved_at=at, saved_by=by, beside=told)


def body(tx: Tx, row: int, v: str) -> bytes | None:
    """The body that had this v, the latest where there were several; None where history does not know it."""
    found = SQL.row(tx, "body", thing=row, v=v)
    return None if found is None else bytes(found[0])


def back(tx: Tx, row: int) -> list[tuple[bytes, str, str]]:
    """(body, at, by) of each body that is kept, the latest first."""
    return [(bytes(kept), at, by) for kept, at, by in SQL.rows(tx, "back", thing=row)]


def newest(tx: Tx, row: int, most: int) -> list[Kept]:
    """At most so many of what is kept, the latest first."""
    return [
        Kept(v, bytes(kept), at, by, name, _BESIDE.decode(beside))
        for v, kept, at, by, name, beside in SQL.rows(tx, "newest", thing=row, most=most)
    ]


_BESIDE = msgspec.json.Decoder(dict[str, Change])

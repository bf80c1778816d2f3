"""Files that came in: when, by whom, what came of them; and things gone from their register of which somebody said that they stay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from server.store import thing
from sync import feed
from sync.sql import Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Imported:
    """One file that went in. `at`: UTC moment. `by`: who, with the name where it is somebody who works here; `name`: the file's.
    `told`: how many rows of it were new, changed, unchanged, left_out."""

    at: str
    by: str
    by_name: str | None
    name: str | None
    source: str | None
    blob: str
    told: dict[str, int]


def note(tx: Tx, *, at: str, by: str, name: str | None, source: str | None, blob: str, told: Mapping[str, int]) -> None:
    """Remembers that a file went in."""
    SQL.run(
        tx, "note", at=at, by=by, name=name, source=source, blob=blob, told=msgspec.json.encode(dict(told)).decode()
    )


def latest(tx: Tx, most: int) -> list[Imported]:
    """The last ones, the newest first."""
    return [
        Imported(at, by, by_name, name, source, blob, msgspec.json.decode(told))
        for at, by, by_name, name, source, blob, told in SQL.rows(tx, "latest", most=most)
    ]


def last(tx: Tx, blobs: Iterable[str]) -> dict[str, int]:
    """The number of the time that each of these lines went in last; those that never did are not in it."""
    return dict(SQL.rows(tx, "last", blobs=thing.json(blobs)))


def newest(tx: Tx) -> int:
    """The number of the last file that went in, 0 where none did."""
    return int(SQL.rows(tx, "newest")[0][0])


def kept(tx: Tx) -> frozenset[str]:
    """The ids of things of which somebody said that they stay though their register has them no more."""
    return frozenset(uid for (uid,) in SQL.rows(tx, "kept"))


def keep(tx: Tx, kind: thing.Kind, id: str) -> None:
    """It stays. Nothing happens where there is no such thing."""
    SQL.run(tx, "keep", kind=kind, uid=id)


def back(tx: Tx, ids: Iterable[str]) -> None:
    """Its register has it again, so that it is news when it leaves."""
    SQL.run(tx, "back", uids=thing.json(ids))


def stands(tx: Tx) -> str:
    """The epoch and heads of the database: what was tried on it holds while they do."""
    return f"{feed.epoch(tx)} " + " ".join(f"{scope} {head}" for scope, head in sorted(feed.heads(tx).items()))

"""What the database says of itself: whether it is a demo, when it was made, and what is still to be done to it."""

from typing import Literal

from sync.sql import Tx, load

SQL = load(__file__)

Key = Literal["code", "created", "demo", "ready", "republish", "stamp"]
"""`stamp` is set in a backup's copy: whoever opens one begins a new epoch and lifts it."""


def get(tx: Tx, key: Key) -> str | None:
    """The value, or None where it was never set."""
    row = SQL.row(tx, "get", key=key)
    return None if row is None else str(row[0])


def put(tx: Tx, key: Key, value: str) -> None:
    SQL.run(tx, "put", key=key, value=value)


def drop(tx: Tx, key: Key) -> None:
    SQL.run(tx, "drop", key=key)


def touch(tx: Tx) -> None:
    """Writes something, to see that it can be written; no feed hears of it."""
    put(tx, "ready", str(1 - int(get(tx, "ready") or 0)))


def is_demo(tx: Tx) -> bool:
    """Whether everything in here is made up: a bar on every screen, and no import."""
    return get(tx, "demo") == "1"

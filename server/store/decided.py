"""Whom an answer to a proposed event is told to: the phones that follow the event itself."""

from sync.sql import Tx, load

SQL = load(__file__)


def who(tx: Tx, event_id: str) -> list[int]:
    """Devices (rows) that follow this event; not those that follow where it is, or everything."""
    return [row for (row,) in SQL.rows(tx, "who", id=event_id)]


def times(tx: Tx, event_id: str) -> int:
    """How often an answer was told."""
    return int(SQL.rows(tx, "times", id=event_id)[0][0])

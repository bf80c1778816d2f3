"""How old what is here is, for whoever looks after it."""

from sync.sql import Tx, load

SQL = load(__file__)


def sources(tx: Tx) -> list[tuple[str, int]]:
    """(register, how many of its facilities and routes are here), by name."""
    return [(str(source), int(count)) for source, count in SQL.rows(tx, "sources")]


def imported_at(tx: Tx) -> str | None:
    """When a file or a register last went in, as a moment; None where none has, or before that was written down."""
    found = SQL.rows(tx, "imported_at")[0][0]
    return None if found is None else str(found)

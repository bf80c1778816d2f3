"""Each body that staff read, by its v: an edit whose `base` is stale is compared with the body it was made on."""

from sync.sql import Tx, load

SQL = load(__file__)


def keep(tx: Tx, row: int, v: str, body: bytes, at: str, by: str) -> None:
    """Keeps the body that a thing (inner id) has now. `at`: UTC moment. `by`: who; names are looked up when shown. Both "" where
    nobody knows."""
    SQL.run(tx, "keep", thing=row, v=v, body=body, saved_at=at, saved_by=by)


def body(tx: Tx, row: int, v: str) -> bytes | None:
    """The body that had this v, the latest where there were several; None where history does not know it."""
    found = SQL.row(tx, "body", thing=row, v=v)
    return None if found is None else bytes(found[0])


def back(tx: Tx, row: int) -> list[tuple[bytes, str, str]]:
    """(body, at, by) of each body that is kept, the latest first."""
    return [(bytes(kept), at, by) for kept, at, by in SQL.rows(tx, "back", thing=row)]

"""Each staff body that there was, by its v: an edit whose `base` is stale is compared with the body it was made on."""

from sync.sql import Tx, load

SQL = load(__file__)


def keep(tx: Tx, row: int, v: str, body: bytes, at: str, by: str) -> None:
    """Keeps the staff body that a thing (inner id) has now. `at`: UTC moment. `by`: who; names are looked up when shown."""
    SQL.run(tx, "keep", thing=row, v=v, body=body, saved_at=at, saved_by=by)


def body(tx: Tx, row: int, v: str) -> bytes | None:
    """The body that had this v, the latest where there were several; None where history does not know it."""
    found = SQL.row(tx, "body", thing=row, v=v)
    return None if found is None else bytes(found[0])

"""What devices have sent, once each: as sync/inbox.py keeps it, in a table of its own. In one table an op of a device would lie beside the
reports that its phone sent without a name, in the order in which they came (docs/privacy.md)."""

import datetime

from sync.inbox import IdReused
from sync.sql import Tx, load

SQL = load(__file__)


def seen(tx: Tx, op_id: str, sha256: bytes) -> bytes | None:
    """The first reply to this op, as it was but `again` true; None where it is new. Raises IdReused for other bytes."""
    row = SQL.row(tx, "seen", id=op_id)
    if row is None:
        return None
    if row[0] != sha256:
        raise IdReused(op_id)
    return str(row[1]).encode()


def keep(tx: Tx, op_id: str, sha256: bytes, reply: bytes, on: datetime.date) -> None:
    """Remembers the first reply for ever, and the day for thin: the id of a device's op tells none."""
    SQL.run(tx, "keep", id=op_id, sha256=sha256, reply=reply.decode(), on=on.isoformat())


def thin(tx: Tx, before: datetime.date) -> int:
    """Takes `result` and `detail` out of replies of days before that one; returns how many."""
    return SQL.run(tx, "thin", before=before.isoformat())


def thin_met(tx: Tx, before: datetime.date) -> int:
    """Takes `result` out of replies to who wanted to be met on a day before that one, with what the host answered; returns how many."""
    return SQL.run(tx, "thin_met", before=before.isoformat())


def count(tx: Tx) -> int:
    """How many ops are remembered (for DATA_DIR/heads). None of a database that was made before there were devices."""
    if not SQL.rows(tx, "is_there"):
        return 0
    return int(SQL.rows(tx, "count")[0][0])

"""The write-ahead log keeps the order in which transactions came, of a report and of what its phone sends under a name alike. So it is
emptied every minute in which something was written: a phone keeps such ops two minutes apart (sync/PROTOCOL.md, B11), and no copy of the
folder holds both in one log."""

import sqlite3

from server.store.driver import BUSY_S
from sync.sql import Tx, load

SQL = load(__file__)
EVERY_S = 60.0
AGAIN_S = 5.0
"""After one that could not be done: somebody reads or writes just then, or the disk is full."""


def empty(tx: Tx) -> bool:
    """Moves what the log holds into the database and cuts it to nothing; outside a transaction. False where a reader, another process, the
    disk or a damaged file is in the way: nobody is waited for, since who would wait here is the one writer."""
    tx.execute("PRAGMA busy_timeout = 0").fetchall()
    try:
        return bool(SQL.rows(tx, "empty")[0][0] == 0)
    except sqlite3.Error:
        return False
    finally:
        tx.execute(f"PRAGMA busy_timeout = {int(BUSY_S * 1000)}").fetchall()

"""A copy of the database, taken while others write, and whether a copy holds what it should.

By SQLite's backup API, in steps, all of them inside one read transaction. Without that transaction each commit of another
connection makes the next step begin anew, and a busy server's backup never ends; with it the copy is the picture of one moment
and as large as it was told to be, the steps are there to show how far it is, and in WAL nobody who writes waits for who reads.
VACUUM INTO would do too, but says nothing on its way, packs every page anew, and hides in its copy what is damaged in the source."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from server.store import meta, migrate
from server.store.database import reading, writing
from server.store.driver import connect
from server.store.refusal import refusing
from sync import sound
from sync.sql import Tx, load

SQL = load(__file__)
STEP = 256
"""Pages copied at a time (1 MiB)."""

Progress = Callable[[int], object]
"""Is told how many bytes of the database are copied."""


def bytes_of(source: Path) -> int:
    """How large a copy of `source` is now. Raises StoreRefused where it does not open, or another program made it."""
    with refusing(source):
        tx = connect(source, readonly=True)
        try:
            migrate.of_ours(tx, source)
            return reading(tx, _bytes)
        finally:
            tx.close()


def take(source: Path, to: Path, *, stamp: str, progress: Progress = lambda _: None) -> None:
    """Copies the database `source` to the new file `to`, one file without a log beside it, with `stamp` in it and on the disk when
    this returns. Raises StoreRefused (damaged, shut), Full, and whatever `progress` raises; `to` is then whoever called's to remove."""
    with refusing(source):
        tx = connect(source, readonly=True)
        copy = sqlite3.connect(to, isolation_level=None)
        try:
            copy.execute("PRAGMA synchronous = OFF").fetchall()  # below, once, when all of it is written
            reading(tx, lambda held: _copy(held, copy, progress))
        finally:
            copy.close()
            tx.close()
    with refusing(to):
        tx = connect(to)
        try:
            SQL.rows(tx, "one_file")
            writing(tx, lambda own: meta.put(own, "stamp", stamp))
        finally:
            tx.close()
    with to.open("rb") as file:
        os.fsync(file.fileno())


def unsound(file: Path) -> str | None:
    """The first thing wrong in a copy that nobody else has open, None where it is sound. Nothing is written. Raises StoreRefused
    where it does not open, where this version does not know its migrations, or another program made it."""
    with refusing(file):
        tx = connect(file, readonly=True)
        try:
            migrate.pending(tx, migrate.known())
            return reading(tx, _wrong)
        finally:
            tx.close()


def _bytes(tx: Tx) -> int:
    return int(SQL.rows(tx, "pages")[0][0]) * int(SQL.rows(tx, "page_bytes")[0][0])


def _copy(tx: Tx, copy: sqlite3.Connection, progress: Progress) -> None:
    SQL.rows(tx, "look")  # BEGIN alone holds no picture yet: the first read does
    size = int(SQL.rows(tx, "page_bytes")[0][0])
    tx.backup(copy, pages=STEP, progress=lambda _, left, pages: progress((pages - left) * size))


def _wrong(tx: Tx) -> str | None:
    if (said := SQL.rows(tx, "integrity")[0][0]) != "ok":
        return " ".join(str(said).split())
    if stray := SQL.rows(tx, "foreign_keys"):
        return f"{len(stray)} rows point at what is not there, the first in {stray[0][0]}"
    for table, rows, entries, joined, tree in SQL.rows(tx, "rtrees"):
        if not rows == entries == joined or tree != "ok":
            return f"the R-tree of {table} has {entries} entries for {rows} rows ({tree})"
    return sound.wrong(tx)

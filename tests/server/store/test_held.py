"""A file that others use too, or that the disk does not give: who waits, who is told, and that nobody is left inside a transaction."""

import asyncio
import errno
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.backup import backup
from server.prepare import prepare
from server.store import migrate, refusal
from server.store.database import Busy, Database, exists, file_of, local
from server.store.refusal import Full, StoreRefused
from sync.sql import Tx
from tests.server.store.test_database import note, noted


def test_a_write_waits_for_another_process_that_is_done_soon(data_dir: Path) -> None:
    other = sqlite3.connect(file_of(data_dir), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE").fetchall()

    async def go() -> None:
        database = await Database.open(data_dir)
        try:
            soon = threading.Timer(0.1, lambda: other.execute("COMMIT").fetchall())
            soon.start()
            await database.write(lambda tx: note(tx, "waited"))
            soon.join()
            assert await database.read(lambda tx: noted(tx, "waited"))
        finally:
            await database.close()

    asyncio.run(go())
    other.close()


def test_a_write_that_reads_first_is_not_overtaken(data_dir: Path) -> None:
    """What a transaction has read can not be written over by another process: it would then fail at once, and never wait."""
    other = sqlite3.connect(file_of(data_dir), isolation_level=None, timeout=0, check_same_thread=False)

    def work(tx: Tx) -> None:
        assert not noted(tx, "mine")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            note(other, "theirs")
        note(tx, "mine")

    async def go() -> None:
        database = await Database.open(data_dir)
        try:
            await database.write(work)
            assert await database.read(lambda tx: noted(tx, "mine"))
        finally:
            await database.close()

    asyncio.run(go())
    other.close()


def test_a_read_that_failed_leaves_no_old_picture_behind(data_dir: Path) -> None:
    """A connection left in a transaction sees nothing new, and can not write when another process has (cases/server-stale-snapshot.py)."""

    def fails(tx: Tx) -> None:
        assert not noted(tx, "theirs")
        raise ZeroDivisionError

    async def go() -> None:
        database = await Database.open(data_dir, readers=1)
        try:
            for attempt in (database.read, database.write):
                with pytest.raises(ZeroDivisionError):
                    await attempt(fails)
            with local(data_dir) as tx:
                note(tx, "theirs")
            assert await database.read(lambda tx: noted(tx, "theirs"))
            await database.write(lambda tx: note(tx, "mine"))
        finally:
            await database.close()

    asyncio.run(go())


def said_by_sqlite(code: int, words: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (sqlite3.SQLITE_BUSY, Busy),
        (sqlite3.SQLITE_LOCKED, Busy),
        (sqlite3.SQLITE_IOERR | (1 << 8), StoreRefused),
        (sqlite3.SQLITE_CORRUPT, StoreRefused),
        (sqlite3.SQLITE_FULL, Full),
    ],
)
def test_what_sqlite_says_of_the_file_is_told_to_readers_and_writers_alike(
    data_dir: Path, code: int, told: type[Exception]
) -> None:
    def fails(_: Tx) -> None:
        raise said_by_sqlite(code, "so it is")

    async def go() -> None:
        database = await Database.open(data_dir)
        try:
            for attempt in (database.read, database.write):
                with pytest.raises(told):
                    await attempt(fails)
        finally:
            await database.close()

    asyncio.run(go())


def test_an_io_error_where_no_room_is_left_is_a_full_disk(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says so of what it needs beside the database."""
    monkeypatch.setattr(refusal, "ROOM", 2**62)
    with pytest.raises(Full, match="is full"), refusal.refusing(file_of(data_dir)):
        raise said_by_sqlite(sqlite3.SQLITE_IOERR, "disk I/O error")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_whatever_the_system_calls_a_full_disk_is_one_for_the_store_and_for_backups(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, "what the system says")

    assert isinstance(refusal.shut(data_dir, OSError(number, "")), Full)
    monkeypatch.setattr("server.backup.disk.flush_tree", full)
    with pytest.raises(StoreRefused, match=r"MB left, too little for a backup"):
        backup(data_dir, None, datetime.now(UTC))


def test_a_new_database_asks_for_its_room_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "NEW_BYTES", 2**62)
    with pytest.raises(Full, match=r"too little for a new database .*Nothing was made; make room"):
        prepare(tmp_path, code="376", name="G")
    assert not exists(tmp_path)
    monkeypatch.undo()
    assert prepare(tmp_path, code="376", name="G").new

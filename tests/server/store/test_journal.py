"""The write-ahead log is emptied again and again: it would tell in which order ops came."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from server.prepare import prepare
from server.store import journal
from server.store.database import Database, file_of, reading, writing
from server.store.driver import connect
from sync.sql import Tx


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    prepare(tmp_path, code="376", name="Guldborgsund Kommune")
    return tmp_path


def note(tx: Tx) -> None:
    tx.execute("INSERT INTO meta (key, value) VALUES ('note', '')").fetchall()


def log_of(data_dir: Path) -> int:
    return Path(f"{file_of(data_dir)}-wal").stat().st_size


def test_the_log_is_cut_to_nothing_and_what_was_written_stays(data_dir: Path) -> None:
    tx = connect(file_of(data_dir))
    writing(tx, note)
    assert log_of(data_dir) > 0
    assert journal.empty(tx)
    assert log_of(data_dir) == 0
    assert tx.execute("SELECT count(*) FROM meta WHERE key = 'note'").fetchall() == [(1,)]
    tx.close()


def test_nobody_is_waited_for_and_the_writer_keeps_its_patience(data_dir: Path) -> None:
    tx, reader = connect(file_of(data_dir)), connect(file_of(data_dir), readonly=True)
    patience = tx.execute("PRAGMA busy_timeout").fetchall()
    writing(tx, note)

    def while_one_reads(reader: Tx) -> bool:
        reader.execute("SELECT count(*) FROM meta").fetchall()
        return journal.empty(tx)

    assert not reading(reader, while_one_reads)
    assert tx.execute("PRAGMA busy_timeout").fetchall() == patience
    assert journal.empty(tx)
    tx.close()
    reader.close()


@pytest.mark.parametrize("tries", [1, 2])
def test_a_server_that_has_written_empties_it_by_the_clock_until_it_is_done(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, tries: int
) -> None:
    monkeypatch.setattr(journal, "EVERY_S", 0.0)
    monkeypatch.setattr(journal, "AGAIN_S", 0.0)
    left = tries
    once: Callable[[Tx], bool] = journal.empty

    async def run() -> None:
        done = asyncio.Event()
        loop = asyncio.get_running_loop()

        def empty(tx: Tx) -> bool:
            nonlocal left
            left -= 1
            if left:
                return False
            emptied = once(tx)
            loop.call_soon_threadsafe(done.set)
            return emptied

        monkeypatch.setattr(journal, "empty", empty)
        database = await Database.open(data_dir)
        try:
            await database.write(note)
            await asyncio.wait_for(done.wait(), 10)
            assert log_of(data_dir) == 0
        finally:
            await database.close()

    asyncio.run(run())
    assert left == 0


@pytest.mark.parametrize("error", [sqlite3.DatabaseError("database disk image is malformed"), ZeroDivisionError()])
def test_whatever_becomes_of_it_the_server_ends_and_leaves_no_connection(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Of a damaged file it is tried again later; what nobody thought of ends the task, and is awaited at the close."""
    monkeypatch.setattr(journal, "EVERY_S", 0.0)
    tried = threading.Event()

    class Damaged:
        @staticmethod
        def rows(*_: object) -> None:
            tried.set()
            raise error

    async def run() -> list[bool]:
        database = await Database.open(data_dir)
        monkeypatch.setattr(journal, "SQL", Damaged)
        await database.write(note)
        assert await asyncio.to_thread(tried.wait, 10)
        await database.close()
        return [one._thread.is_alive() for one in (database._writer, *database._all_readers)]

    assert not any(asyncio.run(run()))


def test_a_damaged_file_is_tried_again_and_kills_nothing(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Damaged:
        @staticmethod
        def rows(*_: object) -> None:
            raise sqlite3.DatabaseError("database disk image is malformed")

    tx = connect(file_of(data_dir))
    monkeypatch.setattr(journal, "SQL", Damaged)
    assert not journal.empty(tx)
    tx.close()

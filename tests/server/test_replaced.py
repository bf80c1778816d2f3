"""A database that is taken away, exchanged or written over under a running server: it ends with a line, and its next start reads what
is there."""

import asyncio
import json
import shutil
import sqlite3
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from server.prepare import prepare
from server.store import meta
from server.store.database import Database, file_of, local
from server.store.heads import Heads
from server.store.lock import Lock
from server.store.replaced import note
from sync import feed
from tests.served import Server
from tests.server.commands import call, refused


@pytest.fixture
def data_dir(begun: Path, tmp_path: Path) -> Path:
    copied = shutil.copytree(begun, tmp_path / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    with local(copied):
        pass
    return copied


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another database's file, with an epoch of its own."""
    prepare(tmp_path / "other", code="376", name="En anden")
    return file_of(tmp_path / "other")


def moved_over(file: Path, other: Path) -> None:
    other.replace(file)


def removed(file: Path, other: Path) -> None:
    file.unlink()


def copied_over(file: Path, other: Path) -> None:
    shutil.copyfile(other, file)


def emptied(file: Path, other: Path) -> None:
    file.write_bytes(b"")


def epoch(server: Server) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/api/v1/sync/public", timeout=10) as answer:
        return str(json.loads(answer.read())["cursor"]).split(".")[0]


@pytest.mark.parametrize(
    ("happens", "says"),
    [(moved_over, "replaced"), (removed, "removed"), (copied_over, "written over"), (emptied, "written over")],
)
def test_a_running_server_ends_with_one_line_and_the_next_one_reads_what_is_there(
    data_dir: Path, other: Path, happens: Callable[[Path, Path], None], says: str
) -> None:
    with local(other.parent) as tx:
        others = feed.epoch(tx)
    file = file_of(data_dir)
    with Server(data_dir) as server:
        server.ready()
        had = epoch(server)
        happens(file, other)
        assert server.wait(20) != 0
        (line,) = [line for line in server.said().splitlines() if "under the running server" in line]
        assert line.startswith(f"{file} was {says} under the running server")
        assert "Start it again" in line
        assert "Traceback" not in server.said()
    with Server(data_dir) as again:
        if happens in (removed, emptied):
            assert again.wait(20) == 1
            assert "heads (public 1) tell" in again.said() or "heads (public 1) and" in again.said()
        if happens is emptied:
            return
        if happens is removed:
            (kept,) = (data_dir / "aside").glob("*/moedesteder.db")
            kept.rename(file)
            assert prepare(data_dir, code="376", name="G").new is False, "what it had open was put aside, whole"
        else:
            again.ready()
            assert epoch(again) not in (had, others), "phones read afresh"
            with local(data_dir) as tx:
                assert b"En anden" in (feed.current(tx, "public", "settings", "site") or (0, b""))[1]


@pytest.mark.parametrize(("happens", "says"), [(moved_over, "replaced"), (copied_over, "written over")])
def test_an_older_copy_of_the_same_history_begins_a_new_epoch(
    data_dir: Path, tmp_path: Path, happens: Callable[[Path, Path], None], says: str
) -> None:
    """Its epoch is the same, and `heads` on the disk do not tell yet of what was answered a moment before."""
    copy = Path(shutil.copy(file_of(data_dir), tmp_path / "copy.db"))
    heads = (data_dir / "heads").read_bytes()

    async def go() -> None:
        database = await Database.open(data_dir)
        try:
            await database.write(lambda tx: feed.put(tx, "public", "settings", "site", b"{}"))
            with sqlite3.connect(file_of(data_dir), isolation_level=None) as beside:
                beside.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            beside.close()
            assert database.replaced() is None
            (data_dir / "heads").write_bytes(heads)
            happens(file_of(data_dir), copy)
            assert f"was {says} under the running server" in str(database.replaced())
            told = Heads(data_dir).last()
            assert told is not None
            assert (told.epoch == "") if happens is copied_over else (told.heads["public"] == 2)
        finally:
            await database.close()

    asyncio.run(go())
    assert prepare(data_dir, code="376", name="G").new_epoch is True
    assert prepare(data_dir, code="376", name="G").new_epoch is False


def test_what_had_not_left_the_log_is_kept_and_not_played_over_what_is_there(data_dir: Path, other: Path) -> None:
    file = file_of(data_dir)
    with Server(data_dir) as server:
        server.ready()
        with local(data_dir) as tx:
            meta.put(tx, "created", "1999-01-01")
        other.replace(file)
        server.wait(20)
    (kept,) = (data_dir / "aside").glob("*/moedesteder.db")
    with sqlite3.connect(kept) as old:
        assert old.execute("SELECT value FROM meta WHERE key = 'created'").fetchall() == [("1999-01-01",)]
    old.close()
    prepare(data_dir, code="376", name="G")
    with local(data_dir) as tx:
        assert meta.get(tx, "created") != "1999-01-01"


@pytest.mark.parametrize("happens", [moved_over, removed, copied_over])
def test_doctor_and_backup_say_so_too_where_the_server_has_not_noticed(
    data_dir: Path, other: Path, happens: Callable[[Path, Path], None]
) -> None:
    file = file_of(data_dir)
    with local(data_dir) as tx:
        told = note(file, feed.epoch(tx))
    with Lock.take(data_dir) as lock:
        lock.note(told)
        assert "ok   database: there" in call(data_dir, "doctor").stdout
        happens(file, other)
        said = call(data_dir, "doctor")
        assert said.exit_code == 1
        assert f"WRONG database: replaced under a running server  →  {file} was replaced" in said.stdout
        assert "restart it" in said.stdout
        refused(call(data_dir, "backup"), "replaced under a running server: restart it")
    assert "replaced under" not in call(data_dir, "doctor").stdout, "where no server runs, a start reads what is there"

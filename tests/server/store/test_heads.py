"""DATA_DIR/heads: a database that was put back by hand is noticed, and phones read afresh."""

import asyncio
import json
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from server.prepare import prepare
from server.store.database import Database, file_of, local
from server.store.heads import Heads
from server.store.refusal import StoreRefused
from sync import feed
from sync.sql import Tx


def note(tx: Tx, text: str) -> None:
    tx.execute("INSERT INTO meta (key, value) VALUES (?, '')", (text,)).fetchall()


def noted(tx: Tx, text: str) -> bool:
    return tx.execute("SELECT 1 FROM meta WHERE key = ?", (text,)).fetchall() == [(1,)]


def test_a_plain_copy_put_back_begins_a_new_epoch(data_dir: Path) -> None:
    copy = data_dir / "copy.db"
    with sqlite3.connect(file_of(data_dir)) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    with local(data_dir) as tx:
        epoch = feed.epoch(tx)
        feed.put(tx, "public", "settings", "site", b"{}")
    for leftover in data_dir.glob("moedesteder.db*"):
        leftover.unlink()
    shutil.copy(copy, file_of(data_dir))
    assert prepare(data_dir, code="376", name="G").new_epoch is True
    with local(data_dir) as tx:
        assert feed.epoch(tx) != epoch
    assert prepare(data_dir, code="376", name="G").new_epoch is False, "once is enough"


def test_a_stamped_copy_begins_a_new_epoch_and_loses_its_stamp(data_dir: Path) -> None:
    with local(data_dir) as tx:
        note(tx, "stamp")
    assert prepare(data_dir, code="376", name="G").new_epoch is True
    assert prepare(data_dir, code="376", name="G").new_epoch is False


@pytest.mark.parametrize("heads", [None, b"", b'{"epoch":"k3', b'{"epoch":"k3f9"}', b"\xff\xfe"])
def test_where_heads_tell_nothing_a_new_epoch_begins_and_the_server_does_too(
    data_dir: Path, heads: bytes | None
) -> None:
    (data_dir / "heads").unlink()
    if heads is not None:
        (data_dir / "heads").write_bytes(heads)
    assert prepare(data_dir, code="376", name="G").new_epoch is True
    assert prepare(data_dir, code="376", name="G").new_epoch is False


def told(data_dir: Path, **changed: object) -> None:
    """What heads tell, with something changed."""
    found = json.loads((data_dir / "heads").read_bytes())
    (data_dir / "heads").write_text(json.dumps(found | changed), encoding="utf-8")


def test_heads_of_a_version_that_told_no_time_begin_no_new_epoch(data_dir: Path) -> None:
    told(data_dir, at=None)
    assert prepare(data_dir, code="376", name="G").new_epoch is False


def test_a_folder_that_was_put_back_whole_begins_a_new_epoch_though_its_heads_are_as_old(data_dir: Path) -> None:
    elsewhere = shutil.copytree(data_dir, data_dir.with_name("elsewhere"))
    told(elsewhere, at=time.time() - 3600)  # as it was copied an hour ago
    assert prepare(elsewhere, code="376", name="G").new_epoch is True
    moved = elsewhere.rename(elsewhere.with_name("moved"))
    assert prepare(moved, code="376", name="G").new_epoch is False, "a name is no copy"


def test_the_server_writes_heads_after_its_commits(data_dir: Path) -> None:
    async def go() -> None:
        database = await Database.open(data_dir)
        await database.write(lambda tx: feed.put(tx, "public", "settings", "site", b"{}"))
        await database.close()

    asyncio.run(go())
    last = Heads(data_dir).last()
    assert last is not None
    assert last.heads["public"] == 2


def test_heads_that_can_not_be_written_do_not_undo_a_commit(data_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    (data_dir / "heads").unlink()
    (data_dir / "heads").mkdir()  # a file can not be put in its place
    with local(data_dir) as tx:
        note(tx, "kept")

    async def go() -> None:
        database = await Database.open(data_dir)
        try:
            await database.write(lambda tx: note(tx, "kept too"))
        finally:
            await database.close()

    asyncio.run(go())
    with local(data_dir) as tx:
        assert [noted(tx, "kept"), noted(tx, "kept too")] == [True, True]
    assert "heads could not be written" in caplog.text
    assert [path.name for path in data_dir.glob("heads.*")] == []


def test_a_copy_that_is_moved_into_place_under_a_running_server_takes_no_write_with_it(data_dir: Path) -> None:
    """It would go on writing into the file that has no name any more, and answer that all is well."""
    copy = data_dir / "copy.db"
    shutil.copy(file_of(data_dir), copy)

    async def go() -> None:
        database = await Database.open(data_dir)
        try:
            await database.write(lambda tx: feed.put(tx, "public", "settings", "site", b"{}"))
            copy.replace(file_of(data_dir))
            with pytest.raises(StoreRefused, match="was replaced while the server runs"):
                await database.write(lambda tx: note(tx, "after"))
        finally:
            await database.close()

    asyncio.run(go())
    for log in data_dir.glob("moedesteder.db-*"):
        log.unlink()
    assert prepare(data_dir, code="376", name="G").new_epoch is True

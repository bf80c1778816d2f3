"""The file and its connections: one writer, nobody left inside a transaction, and clear words where it will not open."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from server.prepare import prepare
from server.store import driver, migrate
from server.store.database import Busy, Database, examine, exists, file_of, local
from server.store.driver import connect, find_spatialite
from server.store.lock import Lock
from server.store.migrate import known, statements
from server.store.refusal import StoreRefused
from server.store.selfcheck import self_check
from sync import feed
from sync.sql import Tx


def note(tx: Tx, text: str) -> None:
    tx.execute("INSERT INTO meta (key, value) VALUES (?, '')", (text,)).fetchall()


def noted(tx: Tx, text: str) -> bool:
    return tx.execute("SELECT 1 FROM meta WHERE key = ?", (text,)).fetchall() == [(1,)]


def test_a_new_database_begins_with_code_and_name_alone(begun: Path) -> None:
    with local(begun) as tx:
        page = feed.page(tx, "public", None)
    assert [(kind, id) for kind, id, _, _ in page.changes] == [("settings", "site")]
    body = page.changes[0][3]
    assert body is not None
    assert body.startswith(b'{"name":{"da":"Guldborgsund Kommune"},"code":"376","demo":false,"bounds":null,')


def test_preparing_again_changes_nothing(data_dir: Path) -> None:
    with local(data_dir) as tx:
        before = feed.epoch(tx), feed.heads(tx)
    done = prepare(data_dir, code="999", name="En anden")
    assert (done.new, done.migrations, done.new_epoch) == (False, (), False)
    with local(data_dir) as tx:
        assert (feed.epoch(tx), feed.heads(tx)) == before


def test_a_write_that_fails_leaves_nothing_and_no_transaction(data_dir: Path) -> None:
    async def go() -> None:
        database = await Database.open(data_dir)
        try:

            def fails(tx: Tx) -> None:
                note(tx, "half")
                raise ZeroDivisionError

            with pytest.raises(ZeroDivisionError):
                await database.write(fails)
            await database.write(lambda tx: note(tx, "whole"))
            assert await database.read(lambda tx: (noted(tx, "half"), noted(tx, "whole"))) == (False, True)
        finally:
            await database.close()

    asyncio.run(go())


def test_a_cancelled_request_does_not_lock_the_database(data_dir: Path) -> None:
    """Report 30: a write cancelled between BEGIN and COMMIT, and each later one failed at once until a restart."""

    async def go() -> None:
        database = await Database.open(data_dir)
        try:
            started, go_on = asyncio.Event(), threading.Event()
            loop = asyncio.get_running_loop()

            def slow(tx: Tx) -> None:
                note(tx, "slow")
                loop.call_soon_threadsafe(started.set)
                go_on.wait()

            task = asyncio.create_task(database.write(slow))
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            go_on.set()
            with sqlite3.connect(file_of(data_dir), isolation_level=None) as other:
                other.execute("INSERT INTO meta (key, value) VALUES ('other', '')").fetchall()
            other.close()
            await database.write(lambda tx: note(tx, "next"))
            found = await database.read(lambda tx: [noted(tx, key) for key in ("slow", "other", "next")])
            assert found == [True, True, True], "a cancelled wait does not cancel the write: its op has an id"
        finally:
            await database.close()

    asyncio.run(go())


def test_readers_are_never_left_inside_a_transaction_nor_may_they_write(data_dir: Path) -> None:
    async def go() -> None:
        database = await Database.open(data_dir, readers=1)
        try:
            with pytest.raises(StoreRefused, match="readonly"):
                await database.read(lambda tx: note(tx, "sly"))
            assert await database.read(lambda tx: noted(tx, "new")) is False
            await database.write(lambda tx: note(tx, "new"))
            assert await database.read(lambda tx: noted(tx, "new")) is True, "an old picture would still say False"
        finally:
            await database.close()

    asyncio.run(go())


def test_a_write_that_has_to_wait_too_long_is_busy_and_not_lost(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_S", 0.05)

    async def go() -> None:
        database = await Database.open(data_dir)
        other = sqlite3.connect(file_of(data_dir), isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE").fetchall()
            with pytest.raises(Busy, match="writing for over two seconds"):
                await database.write(lambda tx: note(tx, "waits"))
            other.execute("ROLLBACK").fetchall()
            await database.write(lambda tx: note(tx, "waits"))
        finally:
            other.close()
            await database.close()

    asyncio.run(go())
    with pytest.raises(Busy), local(data_dir) as tx, local(data_dir):
        note(tx, "never")
    monkeypatch.undo()
    assert driver.BUSY_S == 2.0


def test_the_command_line_may_write_while_the_server_runs(data_dir: Path) -> None:
    async def go() -> None:
        database = await Database.open(data_dir)
        try:
            with local(data_dir) as tx:
                note(tx, "by hand")
            assert await database.read(lambda tx: noted(tx, "by hand"))
            await database.write(lambda tx: note(tx, "by request"))
        finally:
            await database.close()

    asyncio.run(go())
    with local(data_dir) as tx:
        assert noted(tx, "by request")


def test_no_database_is_said_with_its_folder(tmp_path: Path) -> None:
    assert not exists(tmp_path)
    with pytest.raises(StoreRefused, match="no database in"), local(tmp_path):
        pass


def test_a_changed_migration_is_refused_by_name(data_dir: Path) -> None:
    with local(data_dir) as tx:
        tx.execute("UPDATE migration SET sha256 = 'x' WHERE number = 2").fetchall()
    with pytest.raises(StoreRefused, match="0002_nouns differs"):
        prepare(data_dir, code="376", name="G")
    with pytest.raises(StoreRefused, match="0002_nouns differs"), local(data_dir):
        pass


def test_a_newer_database_is_refused(data_dir: Path) -> None:
    number = len(known()) + 1
    with local(data_dir) as tx:
        tx.execute("INSERT INTO migration VALUES (?, ?, 'x')", (number, f"{number:04}_later")).fetchall()
    with pytest.raises(StoreRefused, match=f"newer version .*{number:04}_later"):
        prepare(data_dir, code="376", name="G")


def test_a_migration_asks_for_a_backup_first_and_is_all_or_nothing(data_dir: Path) -> None:
    number = len(known()) + 1
    good = migrate.Migration(number, f"{number:04}_good", "a" * 64, "CREATE TABLE good (x);\n-- republish\n")
    bad = migrate.Migration(
        number + 1,
        f"{number + 1:04}_bad",
        "b" * 64,
        "CREATE TABLE bad (x);\nSELECT AddGeometryColumn('nowhere', 'geom', 25832, 'POINT', 'XY', 1);\n",
    )
    asked: list[tuple[str, bool]] = []

    def before(name: str) -> None:
        tx = connect(file_of(data_dir))
        asked.append((name, tx.execute("SELECT 1 FROM sqlite_master WHERE name = 'good'").fetchall() == [(1,)]))
        tx.close()

    with pytest.raises(StoreRefused, match="SpatiaLite refused"):
        migrate.migrate(file_of(data_dir), before=before, migrations=[*known(), good, bad])
    assert asked == [(good.name, False)], "once, before the first"
    tx = connect(file_of(data_dir))
    tables = {row[0] for row in tx.execute("SELECT name FROM sqlite_master").fetchall()}
    tx.close()
    assert "good" in tables
    assert "bad" not in tables, "a migration is one transaction"


def test_a_database_that_died_between_two_migrations_and_never_began_goes_on(tmp_path: Path) -> None:
    migrate.migrate(file_of(tmp_path), before=lambda _: None, migrations=known()[: migrate.NOUNS])
    done = prepare(tmp_path, code="376", name="G")
    assert (done.new_epoch, list(done.migrations)) == (True, [m.name for m in known()[migrate.NOUNS :]])
    assert not (tmp_path / "backups").exists(), "there is nothing to keep"


def test_no_migration_runs_where_the_backup_before_it_can_not_be_made(data_dir: Path) -> None:
    number = len(known()) + 1
    later = migrate.Migration(number, f"{number:04}_later", "a" * 64, "CREATE TABLE later (x);\n")

    def full(_: str) -> None:
        raise StoreRefused("no room")

    with pytest.raises(StoreRefused, match="no room"):
        migrate.migrate(file_of(data_dir), before=full, migrations=[*known(), later])
    with local(data_dir) as tx:
        assert migrate.had(tx) == [m.name for m in known()]


def test_statements_are_cut_where_sqlite_ends_them() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT ';';\nEND;"
    assert statements(f"-- why; so\n\nCREATE TABLE a (x);\n{trigger}\n") == ["CREATE TABLE a (x);", trigger]
    with pytest.raises(ValueError, match="without an end"):
        statements("SELECT 1")


def test_the_self_check_tells_the_versions() -> None:
    versions = self_check()
    assert versions.library == find_spatialite()
    assert versions.spatialite.startswith("5.")


def test_a_driver_that_is_not_there_is_one_line_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPATIALITE_LIB", "/nowhere/mod_spatialite.so")
    with pytest.raises(StoreRefused, match="SPATIALITE_LIB=/nowhere"):
        self_check()


def test_the_server_side_loads_no_geometry_wheel() -> None:
    """Their own GEOS and PROJ crash beside mod_spatialite."""
    code = "import sys, server.ops, server.prepare; print([m for m in ('shapely', 'pyproj', 'pyogrio', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_full_disk_is_one_line_for_the_command_line_and_nothing_is_kept(data_dir: Path) -> None:
    def filled() -> None:
        with local(data_dir) as tx:
            pages = tx.execute("PRAGMA page_count").fetchall()[0][0]
            tx.execute(f"PRAGMA max_page_count = {pages}").fetchall()
            note(tx, "kept?")
            for n in range(200):
                note(tx, f"{n}" * 4000)

    with pytest.raises(StoreRefused, match="is full"):
        filled()
    with local(data_dir) as tx:
        assert not noted(tx, "kept?")


def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    with sqlite3.connect(file_of(tmp_path)) as other:
        other.execute("CREATE TABLE gpkg_contents (x)")
    other.close()
    before = file_of(tmp_path).read_bytes()
    with pytest.raises(StoreRefused, match=r"another program's database .*gpkg_contents"):
        prepare(tmp_path, code="376", name="G")
    with pytest.raises(StoreRefused, match="none of our databases"), local(tmp_path):
        pass
    assert file_of(tmp_path).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [file_of(tmp_path).name]


def test_a_database_that_was_killed_while_it_was_made_is_finished(tmp_path: Path) -> None:
    begun = connect(file_of(tmp_path))
    begun.execute("SELECT InitSpatialMetaData(1)").fetchall()
    begun.close()
    assert prepare(tmp_path, code="376", name="G").new_epoch is True


@pytest.mark.parametrize("bytes_left", [100_000, 3_000_000])
def test_a_database_that_is_cut_off_is_told_as_damaged(data_dir: Path, bytes_left: int) -> None:
    with file_of(data_dir).open("r+b") as file:
        file.truncate(bytes_left)
    with pytest.raises(StoreRefused, match="damaged"), local(data_dir):
        pass
    with pytest.raises(StoreRefused, match=r"damaged.*backup"):
        prepare(data_dir, code="376", name="G")


def test_a_database_with_a_spoiled_page_does_not_start(data_dir: Path) -> None:
    assert examine(data_dir) is None
    size = file_of(data_dir).stat().st_size
    with file_of(data_dir).open("r+b") as file:
        file.seek(size // 4096 // 2 * 4096)
        file.write(b"\xff" * 4096 * 20)
    with pytest.raises(StoreRefused, match=r"damaged.*backup"):
        prepare(data_dir, code="376", name="G")


def test_what_is_no_database_at_all_is_told_with_its_name(tmp_path: Path) -> None:
    file_of(tmp_path).write_bytes(b"kartoffel" * 10_000)
    with pytest.raises(StoreRefused, match=r"moedesteder.db is damaged, or is no database"):
        prepare(tmp_path, code="376", name="G")


@pytest.mark.parametrize("under", ["", "data"])
def test_a_data_dir_that_is_a_file_is_one_line(tmp_path: Path, under: str) -> None:
    (tmp_path / "file").touch()
    data_dir = tmp_path / "file" / under if under else tmp_path / "file"
    with pytest.raises(StoreRefused, match="can not be used"):
        prepare(data_dir, code="376", name="G")
    with pytest.raises(StoreRefused, match="can not be used"):
        Lock.take(data_dir)

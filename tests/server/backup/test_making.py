"""`python -m server backup`: whole or not at all, beside a running server, and only what can not be made again."""

import errno
import json
import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.backup import BackupRefused, backup, disk, manifest
from server.store import meta, migrate, snapshot
from server.store.database import file_of, local
from server.store.driver import connect
from tests.server.backup.conftest import AT, GOES_ALONG, bench, epoch, files_in, names, start


def test_it_holds_all_that_can_not_be_made_again_and_nothing_else(data_dir: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('code = "376"\n', encoding="utf-8")
    made = backup(data_dir, None, AT, settings=settings)
    assert made == data_dir / "backups" / "20261126T090000Z"
    assert files_in(made) == {*GOES_ALONG, "moedesteder.db", "outside/settings.toml", "manifest.json"}
    told = manifest.verify(made)
    assert (told.code, told.demo, told.made_at, told.why) == ("376", False, "2026-11-26T09:00:00Z", "asked")
    assert told.epoch == epoch(data_dir)
    assert told.migrations == tuple(m.name for m in migrate.known())


def test_what_only_the_server_may_read_stays_so(made: Path) -> None:
    assert stat.S_IMODE((made / "keys/secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(made.stat().st_mode) == 0o700, "the database has what citizens wrote"
    assert manifest.read(made).file("keys/secret") == manifest.FileEntry(
        "keys/secret", 6, disk.digest(made / "keys/secret"), 0o600
    )


def test_its_database_is_one_file_that_bears_a_stamp(made: Path) -> None:
    tx = connect(file_of(made), readonly=True)
    assert (meta.get(tx, "stamp"), tx.execute("PRAGMA journal_mode").fetchall()) == ("20261126T090000Z", [("delete",)])
    tx.close()
    assert [path.name for path in made.glob("moedesteder.db*")] == ["moedesteder.db"]


def test_a_backup_under_load_ends_and_is_the_picture_of_one_moment(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit between any two steps: a backup that does not hold its picture begins anew each time, for ever."""
    monkeypatch.setattr(snapshot, "STEP", 16)
    writer = connect(file_of(data_dir))
    steps: list[int] = []

    def someone_writes(done: int) -> None:
        steps.append(done)
        assert len(steps) < 2000, "it never ends"
        writer.execute("BEGIN IMMEDIATE").fetchall()
        writer.execute("INSERT INTO meta (key, value) VALUES (?, '')", (f"during {len(steps)}",)).fetchall()
        writer.execute("COMMIT").fetchall()

    snapshot.take(file_of(data_dir), tmp_path / "copy.db", stamp="x", progress=someone_writes)
    writer.close()
    assert steps == sorted(steps)
    assert steps[-1] == (tmp_path / "copy.db").stat().st_size
    assert snapshot.unsound(tmp_path / "copy.db") is None
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("SELECT count(*) FROM meta WHERE key LIKE 'during%'").fetchall() == [(0,)]
    copy.close()


def test_a_place_made_since_is_in_the_next_one_alone(data_dir: Path, made: Path) -> None:
    bench(data_dir, "Den nye bænk")
    later = backup(data_dir, None, AT + timedelta(days=1))
    assert (manifest.read(made).heads["public"], manifest.read(later).heads["public"]) == (2, 3)
    assert (names(made), names(later)) == (["Bænken ved åen"], ["Bænken ved åen", "Den nye bænk"])


def test_a_file_that_is_as_it_was_lies_once_for_all_backups(data_dir: Path, made: Path) -> None:
    picture, plan = "media/" + "a" * 64 + "-320.webp", "packs/packs.json"
    (data_dir / plan).write_bytes(b'{"packs":[1]}')
    later = backup(data_dir, None, AT + timedelta(days=1))
    assert (later / picture).stat().st_ino == (made / picture).stat().st_ino
    assert (later / picture).stat().st_ino != (data_dir / picture).stat().st_ino, "but never with the data itself"
    assert ((made / plan).read_bytes(), (later / plan).read_bytes()) == (b'{"packs":[]}', b'{"packs":[1]}')


def test_a_file_that_has_spoiled_in_the_backup_before_is_copied_anew(data_dir: Path, made: Path) -> None:
    picture = "media/" + "a" * 64 + "-320.webp"
    (made / picture).write_bytes(b"pictuRe")
    later = backup(data_dir, None, AT + timedelta(days=1))
    assert (later / picture).read_bytes() == b"picture"
    manifest.verify(later)


def test_two_in_one_second_are_two(data_dir: Path, made: Path) -> None:
    again = backup(data_dir, None, AT)
    assert again.name == "20261126T090000Z-2"
    assert [folder for folder, _ in manifest.complete(made.parent)] == [again, made], "the newest first"


def test_a_second_one_at_the_same_time_is_refused_with_its_process(data_dir: Path) -> None:
    with disk.alone(data_dir / "backups", data_dir), pytest.raises(BackupRefused, match=rf"process {os.getpid()}\)"):
        backup(data_dir, None, AT)
    backup(data_dir, None, AT)


def left(to: Path) -> list[str]:
    return sorted(path.name for path in to.iterdir() if path.name != ".lock")


def test_a_disk_with_too_little_room_is_refused_before_anything_is_written(
    data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "free", lambda _: 5_000_000)
    with pytest.raises(BackupRefused, match=r"It needs (\d+) MB \(the database \1\).* --to FOLDER") as refused:
        backup(data_dir, None, AT + timedelta(days=1))
    assert f"{made} is the oldest" in str(refused.value)
    assert left(made.parent) == [made.name]


@pytest.mark.parametrize("where", ["a file", "the database"])
def test_a_disk_that_fills_while_it_is_made_leaves_nothing_half(
    data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def small(tx: sqlite3.Connection, copy: sqlite3.Connection, progress: Callable[[int], object]) -> None:
        copy.execute("PRAGMA max_page_count = 100").fetchall()
        copy.executescript("CREATE TABLE x (y); INSERT INTO x VALUES (zeroblob(1000000));")

    if where == "a file":
        (data_dir / "later-room/new").write_bytes(b"x")
        monkeypatch.setattr(disk, "copy", full)
    else:
        monkeypatch.setattr(snapshot, "_copy", small)
    with pytest.raises(BackupRefused, match=r"too little for a backup.*Make room.*Nothing half stays"):
        backup(data_dir, None, AT + timedelta(days=1))
    assert left(made.parent) == [made.name]


def test_a_file_system_that_is_really_full_leaves_nothing_half(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", str(small)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted by root alone")
    try:
        monkeypatch.setattr(disk, "RESERVE", 0)
        first = backup(data_dir, small, AT)
        with pytest.raises(BackupRefused, match=r"It needs \d+ MB"):
            backup(data_dir, small, AT + timedelta(days=1))
        monkeypatch.setattr(disk, "free", lambda _: 10**12)  # it fills while the backup is made
        with pytest.raises(BackupRefused, match=r"has \d MB left, too little for a backup\. Make room"):
            backup(data_dir, small, AT + timedelta(days=1))
        assert left(small) == [first.name]
        manifest.verify(first)
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_backup_that_does_not_read_back_is_none(data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = disk.copy

    def lying(source: Path, to: Path, mode: int) -> tuple[int, str]:
        said = honest(source, to, mode)
        to.write_bytes(b"0" * said[0])
        return said

    (data_dir / "later-room/new").write_bytes(b"x")
    monkeypatch.setattr(disk, "copy", lying)
    with pytest.raises(BackupRefused, match=r"does not read back .later-room/new"):
        backup(data_dir, None, AT + timedelta(days=1))
    assert left(made.parent) == [made.name]


DAMAGE = {
    "an entry of the R-tree": ("DELETE FROM idx_place_point_geom", "R-tree of place_point has 0 entries for 1 rows"),
    "a byte of a body": (
        "UPDATE feed SET body = CAST(replace(CAST(body AS TEXT), 'åen', 'øen') AS BLOB) WHERE kind = 'place'",
        "the body of place .* is not the one that its v was made of",
    ),
    "a row of the feed": ("DELETE FROM feed WHERE kind = 'place' AND scope = 'public'", "feed public: its digest"),
    "a head that fell": ("UPDATE feed_scope SET head = 1", "stands above its head"),
    "a row that others point at": ("DELETE FROM thing", "rows point at what is not there"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_database_that_has_lost_something_is_not_taken_for_a_backup(data_dir: Path, made: Path, what: str) -> None:
    statement, says = DAMAGE[what]
    with local(data_dir) as tx:
        tx.execute("PRAGMA defer_foreign_keys = ON").fetchall()
    tx = connect(file_of(data_dir))
    tx.execute("PRAGMA foreign_keys = OFF").fetchall()
    tx.execute(statement).fetchall()
    tx.close()
    with pytest.raises(BackupRefused, match=says):
        backup(data_dir, None, AT + timedelta(days=1))
    assert left(made.parent) == [made.name]


def test_every_table_with_an_r_tree_is_looked_at(data_dir: Path) -> None:
    with local(data_dir) as tx:
        looked_at = [row[0] for row in snapshot.SQL.rows(tx, "rtrees")]
        assert [row[0] for row in snapshot.SQL.rows(tx, "indexed")] == looked_at


def test_where_there_is_no_database_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="no database in"):
        backup(tmp_path / "none", None, AT)
    assert not (tmp_path / "none").exists()


def test_a_folder_inside_data_dir_is_refused(data_dir: Path) -> None:
    with pytest.raises(BackupRefused, match="each backup would hold those before it"):
        backup(data_dir, data_dir / "media", AT)


def test_a_folder_that_can_not_be_written_is_one_line(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BackupRefused, match=r"Nothing half stays\.$"):
        backup(data_dir, tmp_path / "file", AT)


def test_the_newest_stay_and_only_its_own_go(data_dir: Path, tmp_path: Path) -> None:
    to = tmp_path / "disk"
    for name in ("holiday pictures", "20200101T000000Z", "20210101T000000Z"):
        (to / name).mkdir(parents=True)
    (to / "20210101T000000Z" / "manifest.json").write_text('{"kind":"something else"}', encoding="utf-8")
    other = tmp_path / "other"
    start(other)
    with local(other) as tx:
        meta.put(tx, "code", "360")
    theirs = backup(other, to, AT)
    days = [backup(data_dir, to, AT + timedelta(days=day), kept=2) for day in range(1, 3)]
    mine = days[0].rename(to / "before the big clearing-up")
    days += [backup(data_dir, to, AT + timedelta(days=day), kept=2) for day in range(3, 6)]
    strange = ["20200101T000000Z", "20210101T000000Z", "holiday pictures"]
    assert left(to) == sorted([*strange, theirs.name, mine.name, days[-2].name, days[-1].name])


def test_one_that_was_made_before_a_migration_stays_beside_the_newest(data_dir: Path) -> None:
    backup(data_dir, None, AT, why="before 0003_first")
    held = backup(data_dir, None, AT + timedelta(days=1), why="before 0004_next")
    days = [backup(data_dir, None, AT + timedelta(days=day), kept=2) for day in range(2, 6)]
    assert left(data_dir / "backups") == [held.name, days[-2].name, days[-1].name]


def test_what_a_start_made_goes_too_where_backups_are_made_elsewhere(data_dir: Path, tmp_path: Path) -> None:
    own, to = data_dir / "backups", tmp_path / "disk"
    backup(data_dir, None, AT, why="before 0003_first")
    backup(data_dir, None, AT + timedelta(days=1))
    held = backup(data_dir, None, AT + timedelta(days=2), why="before 0004_next")
    backup(data_dir, to, AT + timedelta(days=3), kept=2)
    assert len(left(own)) == 3, "until there are as many there as are to stay"
    backup(data_dir, to, AT + timedelta(days=4), kept=2)
    assert left(own) == [held.name]
    newer = backup(data_dir, None, AT + timedelta(days=5), why="before 0005_last")
    days = [backup(data_dir, to, AT + timedelta(days=day), kept=2) for day in range(6, 10)]
    assert (left(own), left(to)) == ([newer.name], [day.name for day in days[-2:]])


def test_a_few_on_another_disk_cost_none_of_the_nightly_ones(data_dir: Path, tmp_path: Path) -> None:
    nightly = [backup(data_dir, None, AT + timedelta(days=day), kept=2) for day in range(3)][-2:]
    backup(data_dir, tmp_path / "stick", AT - timedelta(days=30), kept=2)
    backup(data_dir, tmp_path / "stick", AT + timedelta(days=4), kept=2)
    assert left(data_dir / "backups") == [made.name for made in nightly]


def test_a_start_that_migrates_makes_a_backup_first(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = migrate.known()
    number = len(known) + 1
    later = migrate.Migration(number, f"{number:04}_later", "a" * 64, "CREATE TABLE later (x);\n")
    monkeypatch.setattr(migrate, "known", lambda: [*known, later])
    assert start(data_dir) is False, "a migration alone is no reason to read afresh"
    ((made, told),) = manifest.complete(data_dir / "backups")
    assert (told.why, told.migrations) == (f"before {later.name}", tuple(one.name for one in known))
    assert json.loads((made / "manifest.json").read_bytes())["files"]
    manifest.verify(made)

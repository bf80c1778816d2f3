"""`python -m server restore`: looked through before anything is touched, the present kept aside, and phones read afresh."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest

from server.backup import BackupRefused, backup, disk, manifest, restore
from server.prepare import prepare
from server.store import database, meta, migrate
from server.store.database import file_of, local
from server.store.driver import connect
from server.store.lock import Lock, Locked
from server.store.refusal import StoreRefused
from tests.server.backup.conftest import AT, GOES_ALONG, begin, bench, epoch, files_in, names, start

LATER = AT + timedelta(hours=1)
PICTURE = "media/" + "a" * 64 + "-320.webp"


def state(data_dir: Path) -> dict[str, bytes]:
    """All that a backup holds, but the database's own log."""
    return {
        name: (data_dir / name).read_bytes()
        for name in files_in(data_dir)
        if not name.startswith(("backups/", "aside/", "lock", "heads", "assets/", "app/"))
    }


def test_it_is_as_it_was_and_a_new_epoch_begins_at_the_start(data_dir: Path, made: Path) -> None:
    before = epoch(data_dir)
    bench(data_dir, "Den nye bænk")
    (data_dir / "packs/packs.json").write_bytes(b'{"packs":[1]}')
    (data_dir / PICTURE).unlink()
    done = restore(data_dir, made, LATER)
    assert start(data_dir) is True
    assert names(data_dir) == ["Bænken ved åen"]
    assert epoch(data_dir) != before
    assert {name: (data_dir / name).read_bytes() for name in GOES_ALONG} == GOES_ALONG
    assert (done.files, done.made_at, done.went_on) == (2, "2026-11-26T09:00:00Z", False)
    assert start(data_dir) is False, "once"


def test_what_was_there_is_kept_and_can_be_put_back_by_hand(data_dir: Path, made: Path) -> None:
    bench(data_dir, "Den nye bænk")
    (data_dir / "packs/packs.json").write_bytes(b'{"packs":[1]}')
    aside = restore(data_dir, made, LATER).aside
    assert aside == data_dir / "aside" / "20261126T100000Z"
    assert files_in(aside) == {"moedesteder.db", "packs/packs.json"}, "what is the same in both is no loss"
    start(data_dir)
    between = epoch(data_dir)
    for log in data_dir.glob("moedesteder.db-*"):
        log.unlink()
    shutil.copy(aside / "moedesteder.db", file_of(data_dir))
    assert start(data_dir) is True
    assert epoch(data_dir) != between
    assert names(data_dir) == ["Bænken ved åen", "Den nye bænk"]


def test_pictures_that_came_after_the_backup_stay(data_dir: Path, made: Path) -> None:
    (data_dir / "media/new-320.webp").write_bytes(b"of an op that phones will send again")
    restore(data_dir, made, LATER)
    assert (data_dir / "media/new-320.webp").exists()


def test_rights_come_back_too(data_dir: Path, made: Path) -> None:
    (data_dir / "keys/secret").chmod(0o644)
    restore(data_dir, made, LATER)
    assert (data_dir / "keys/secret").stat().st_mode & 0o777 == 0o600


def test_the_log_that_a_killed_server_left_is_not_played_over_the_one_that_comes(data_dir: Path, made: Path) -> None:
    """Its last commits lie in the log alone; they belong to the database that goes aside."""
    killed = data_dir.with_name("killed")
    writer = connect(file_of(data_dir))
    writer.execute("BEGIN IMMEDIATE").fetchall()
    writer.execute("INSERT INTO meta (key, value) VALUES ('in the log', '')").fetchall()
    writer.execute("COMMIT").fetchall()
    shutil.copytree(data_dir, killed)
    writer.close()
    assert (killed / "moedesteder.db-wal").stat().st_size > 0
    aside = restore(killed, made, LATER).aside
    assert aside is not None
    for file, has in ((file_of(aside), 1), (file_of(killed), 0)):
        tx = sqlite3.connect(file)
        assert tx.execute("SELECT count(*) FROM meta WHERE key = 'in the log'").fetchall() == [(has,)]
        tx.close()


def test_on_another_machine_it_brings_all_and_a_new_epoch(data_dir: Path, made: Path, tmp_path: Path) -> None:
    there = tmp_path / "elsewhere" / "data"
    done = restore(there, made, LATER, code="376", demo=False)
    assert (done.aside, done.files) == (None, len(GOES_ALONG))
    assert start(there) is True
    assert epoch(there) != epoch(data_dir)
    assert names(there) == ["Bænken ved åen"]


def test_two_in_a_row_are_two_epochs_and_two_that_were_kept(data_dir: Path, made: Path) -> None:
    epochs = [epoch(data_dir)]
    kept = []
    for hour in (1, 2):
        kept.append(restore(data_dir, made, AT + timedelta(hours=hour)).aside)
        start(data_dir)
        epochs.append(epoch(data_dir))
    assert len(set(epochs)) == 3
    assert len({path for path in kept if path and file_of(path).is_file()}) == 2
    assert names(data_dir) == ["Bænken ved åen"]


def test_a_database_that_is_too_damaged_to_open_goes_aside_as_it_is(data_dir: Path, made: Path) -> None:
    file_of(data_dir).write_bytes(b"kartoffel" * 1000)
    (data_dir / "moedesteder.db-wal").write_bytes(b"log")
    aside = restore(data_dir, made, LATER, code="376", demo=False).aside
    assert aside is not None
    assert (aside / "moedesteder.db").read_bytes() == b"kartoffel" * 1000
    assert (aside / "moedesteder.db-wal").read_bytes() == b"log"
    assert start(data_dir) is True
    assert names(data_dir) == ["Bænken ved åen"]


def test_while_the_server_runs_it_is_refused_with_its_process(data_dir: Path, made: Path) -> None:
    before = state(data_dir)
    with Lock.take(data_dir), pytest.raises(Locked, match=rf"process {os.getpid()}\)\. Stop that one"):
        restore(data_dir, made, LATER)
    assert state(data_dir) == before


def test_while_a_command_has_the_database_open_it_is_refused(
    data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.backup.restoring.PATIENCE_S", 0.05)
    with local(data_dir), pytest.raises(BackupRefused, match=r"A command has .* open"):
        restore(data_dir, made, LATER)
    assert not (data_dir / ".restore").exists()
    assert epoch(data_dir)


def test_while_a_backup_is_made_it_is_refused(data_dir: Path, made: Path) -> None:
    with disk.alone(data_dir / "backups", data_dir), pytest.raises(BackupRefused, match="Another backup or restore"):
        restore(data_dir, made, LATER)


def spoil(made: Path, name: str) -> None:
    body = bytearray((made / name).read_bytes())
    body[len(body) // 2] ^= 1
    (made / name).write_bytes(bytes(body))


def rewrite(made: Path, **changed: object) -> None:
    told = msgspec.structs.replace(manifest.read(made), **changed)
    (made / "manifest.json").write_bytes(manifest.encode(told))


def edit(made: Path, *, old: bool = False, **changed: object) -> None:
    """As somebody with an editor does; `old`: in one that bears no hash over itself."""
    told = json.loads((made / "manifest.json").read_bytes()) | changed
    if old:
        del told["sha256"]
    (made / "manifest.json").write_text(json.dumps(told), encoding="utf-8")


def edit_file(made: Path, **changed: object) -> None:
    file, *files = json.loads((made / "manifest.json").read_bytes())["files"]
    edit(made, old=True, files=[file | changed, *files])


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of a picture": (lambda made: spoil(made, PICTURE), f"spoiled: {PICTURE} is not what was written"),
    "a byte of the database": (lambda made: spoil(made, "moedesteder.db"), "spoiled: moedesteder.db is not what"),
    "a file that is gone": (lambda made: (made / "keys/secret").unlink(), "keys/secret can not be read"),
    "a file that was cut": (lambda made: (made / "keys/secret").write_bytes(b"sec"), "has 3 bytes where 6 belong"),
    "no manifest": (lambda made: (made / "manifest.json").unlink(), "no manifest.json: it is no backup, or was broken"),
    "half a manifest": (lambda made: (made / "manifest.json").write_bytes(b'{"kind":'), "none that this version reads"),
    "a later sort of manifest": (
        lambda made: (made / "manifest.json").write_text(
            (made / "manifest.json").read_text(encoding="utf-8").replace('"version": 1', '"version": 2'), "utf-8"
        ),
        "none that this version reads",
    ),
    "a path that leads out": (
        lambda made: rewrite(
            made, files=(*manifest.read(made).files, manifest.FileEntry("../keys", 6, "0" * 64, 0o600))
        ),
        "names a file outside of it",
    ),
    "no database": (lambda made: rewrite(made, files=()), "names no moedesteder.db"),
    "a file twice": (lambda made: rewrite(made, files=manifest.read(made).files * 2), "names a file twice"),
    "another moment": (
        lambda made: edit(made, made_at="2026-11-26T08:00:00Z"),
        "manifest.json is not what was written",
    ),
    "a member more": (lambda made: edit(made, later=1), "manifest.json is not what was written"),
    "a day that is none": (lambda made: edit(made, old=True, made_at="2026-13-01T08:00:00Z"), "none that this version"),
    "another epoch": (lambda made: edit(made, old=True, epoch="another"), "says another epoch than the database"),
    "other heads": (lambda made: edit(made, old=True, heads={"public": 99}), "says another heads than the database"),
    "another inbox": (lambda made: edit(made, old=True, inbox=99), "says another inbox than the database"),
    "other migrations": (lambda made: edit(made, old=True, migrations=["0001_sync"]), "says another migrations than"),
    "a migration that is a path": (lambda made: edit(made, old=True, migrations=["../x"]), "none that this version"),
    "heads below nothing": (lambda made: edit(made, old=True, heads={"public": -1}), "none that this version reads"),
    **{
        f"rights of {mode:o}": (partial(edit_file, mode=mode), "none that this version reads")
        for mode in (-1, 0, 0o077, 0o4755, 2**33)
    },
    "a length below nothing": (partial(edit_file, bytes=-1), "none that this version reads"),
    "a hash that is none": (partial(edit_file, sha256="x"), "none that this version reads"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_backup_with_something_wrong_is_refused_before_anything_is_touched(
    data_dir: Path, made: Path, what: str
) -> None:
    do, says = WRONG[what]
    do(made)
    bench(data_dir, "Den nye bænk")
    before = state(data_dir)
    with pytest.raises(BackupRefused, match=says):
        restore(data_dir, made, LATER)
    assert state(data_dir) == before
    assert not (data_dir / "aside").exists()


def test_a_backup_of_a_version_that_wrote_no_hash_over_the_manifest_is_still_put_back(
    data_dir: Path, made: Path
) -> None:
    edit(made, old=True)
    bench(data_dir, "Den nye bænk")
    restore(data_dir, made, LATER)
    assert names(data_dir) == ["Bænken ved åen"]


def test_what_is_no_folder_is_refused_with_where_to_read_on(data_dir: Path, made: Path) -> None:
    with pytest.raises(BackupRefused, match="is not there; a backup is a folder"):
        restore(data_dir, made / "none", LATER)
    with pytest.raises(BackupRefused, match=r"is a file; .*docs/run\.md"):
        restore(data_dir, made / "moedesteder.db", LATER)


def test_a_backup_of_a_newer_version_is_refused(data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(data_dir)
    known = migrate.known()
    monkeypatch.setattr(migrate, "known", lambda: known[:1])
    with pytest.raises(StoreRefused, match=rf"newer version .migration {known[-1].name}.*Start that version"):
        restore(data_dir, made, LATER)
    assert state(data_dir) == before


def test_a_backup_of_an_older_version_is_migrated_at_the_start(
    data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = migrate.known()
    number = len(known) + 1
    later = migrate.Migration(number, f"{number:04}_later", "a" * 64, "CREATE TABLE later (x);\n-- republish\n")
    monkeypatch.setattr(migrate, "known", lambda: [*known, later])
    start(data_dir)
    restore(data_dir, made, LATER)
    done = prepare(data_dir, code="376", name="G")
    assert (done.migrations, done.new_epoch) == ((later.name,), True)
    assert names(data_dir) == ["Bænken ved åen"]


def test_the_demo_does_not_come_among_real_data_nor_the_other_way_round(data_dir: Path, tmp_path: Path) -> None:
    demo = begin(tmp_path / "demo", demo=True)
    of_demo, of_real = backup(demo, None, AT), backup(data_dir, None, AT)
    with pytest.raises(BackupRefused, match="DEMO=1 DATA_DIR=var/demo python -m server restore"):
        restore(data_dir, of_demo, LATER)
    with pytest.raises(BackupRefused, match="DEMO=0 DATA_DIR=var/data python -m server restore"):
        restore(demo, of_real, LATER)
    with pytest.raises(BackupRefused, match="DEMO=1"):
        restore(tmp_path / "new", of_demo, LATER, code="376", demo=False)
    assert not (tmp_path / "new").exists()
    restore(demo, of_demo, LATER, code="376", demo=False)  # the database that is there goes before the setting


def test_another_municipalitys_is_refused_with_the_line_to_type(data_dir: Path, made: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="MOEDE_CODE=376 DATA_DIR=var/376 python -m server restore"):
        restore(tmp_path / "new", made, LATER, code="360", demo=False)
    assert not (tmp_path / "new").exists()
    with local(data_dir) as tx:
        meta.put(tx, "code", "360")
    with pytest.raises(BackupRefused, match="municipality 376, and this one is 360"):
        restore(data_dir, made, LATER, code="376", demo=False)


def test_too_little_room_is_said_and_nothing_is_laid_ready(
    data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(data_dir)
    monkeypatch.setattr(disk, "free", lambda _: 1_000_000)
    with pytest.raises(BackupRefused, match=r"\d MB are needed.*Nothing was put back"):
        restore(data_dir, made, LATER)
    assert state(data_dir) == before


def test_a_disk_without_links_keeps_what_was_there_all_the_same(
    data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    bench(data_dir, "Den nye bænk")
    aside = restore(data_dir, made, LATER).aside
    assert aside is not None
    kept = sqlite3.connect(aside / "moedesteder.db")
    assert kept.execute("SELECT count(*) FROM place").fetchall() == [(2,)]
    kept.close()
    assert database.exists(data_dir)

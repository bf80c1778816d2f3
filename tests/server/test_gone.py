"""A database that is gone: nothing makes an empty one in its place, and whoever asks is told how it comes back."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server import demo
from server.backup import backup
from server.prepare import prepare
from server.settings import Settings
from server.store.database import exists, file_of, local
from server.store.refusal import StoreRefused
from sync import feed
from tests.server.commands import call, refused

AT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


@pytest.fixture
def data_dir(begun: Path, tmp_path: Path) -> Path:
    """A DATA_DIR in whose backups one lies, as a server has left it."""
    copied = shutil.copytree(begun, tmp_path / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    with local(copied):
        pass
    backup(copied, None, AT)
    return copied


def takes_away(data_dir: Path, how: str) -> None:
    if how == "removed":
        file_of(data_dir).unlink()
    else:
        file_of(data_dir).write_bytes(b"")


@pytest.mark.parametrize("how", ["removed", "emptied"])
@pytest.mark.parametrize("command", [("prepare",), ("site",), ("backup",), ("import", "x.geojson"), ("op", "-")])
def test_nothing_is_made_in_its_place_and_the_command_that_brings_it_back_is_told(
    data_dir: Path, how: str, command: tuple[str, ...]
) -> None:
    takes_away(data_dir, how)
    before = (data_dir / "heads").read_bytes()
    newest = data_dir / "backups" / "20261126T020000Z"
    refused(
        call(data_dir, *command, stdin=b"{}"),
        "heads (public 1) and backups tell of one",
        f"DATA_DIR={data_dir} python -m server restore {newest}",
        "move heads and backups out of",
    )
    assert not exists(data_dir)
    assert (data_dir / "heads").read_bytes() == before
    said = call(data_dir, "doctor")
    assert said.exit_code == 1
    assert "WRONG database: gone  →  " in said.stdout
    assert f"server restore {newest}" in said.stdout


@pytest.mark.parametrize("tells", ["heads", "packs/packs.json", "moedesteder.db-wal"])
def test_each_thing_that_only_a_database_leaves_tells_of_it(tmp_path: Path, tells: str) -> None:
    (tmp_path / tells).parent.mkdir(exist_ok=True)
    (tmp_path / tells).write_bytes(b"x")
    with pytest.raises(StoreRefused, match=rf"{Path(tells).parts[0]} tells of one.*No backup lies in"):
        prepare(tmp_path, code="376", name="G")
    assert not exists(tmp_path)


def test_a_backup_elsewhere_is_named_where_it_is_the_newest(data_dir: Path, tmp_path: Path) -> None:
    newer = backup(data_dir, tmp_path / "disk", AT.replace(hour=3))
    takes_away(data_dir, "removed")
    for command in ("prepare", "site", "backup"):
        refused(call(data_dir, command, MOEDE_BACKUPS_TO=str(tmp_path / "disk")), f"server restore {newer}")


def test_it_comes_back_by_the_command_that_is_told(data_dir: Path) -> None:
    with local(data_dir) as tx:
        epoch = feed.epoch(tx)
    takes_away(data_dir, "removed")
    assert call(data_dir, "restore", data_dir / "backups" / "20261126T020000Z").exit_code == 0
    with local(data_dir) as tx:
        assert feed.epoch(tx) != epoch


def test_its_log_that_is_left_is_not_played_over_what_is_put_back(data_dir: Path) -> None:
    """As after a server that was killed: the file is gone, and what it had not yet taken in lies beside."""
    takes_away(data_dir, "removed")
    log = data_dir / "moedesteder.db-wal"
    log.write_bytes(b"of the one that is gone")
    assert call(data_dir, "restore", data_dir / "backups" / "20261126T020000Z").exit_code == 0
    (kept,) = (data_dir / "aside").glob("*/moedesteder.db-wal")
    assert kept.read_bytes() == b"of the one that is gone"


def test_who_begins_afresh_on_purpose_moves_away_what_tells_of_it(data_dir: Path, tmp_path: Path) -> None:
    takes_away(data_dir, "removed")
    for name in ("heads", "backups"):
        (data_dir / name).rename(tmp_path / name)
    assert prepare(data_dir, code="376", name="G").new


def test_a_demo_that_was_cut_off_while_it_was_moved_into_place_is_loaded_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        demo, "_fill", lambda settings, say: prepare(settings.data_dir, code="376", name="G", demo=True)
    )
    (tmp_path / ".half").mkdir()
    (tmp_path / "heads").write_bytes(b"{}")
    demo.load(Settings(data_dir=tmp_path, demo=True))
    assert exists(tmp_path)
    assert not (tmp_path / ".half").exists()


def test_a_demo_that_is_gone_is_not_made_anew_in_silence(tmp_path: Path) -> None:
    (tmp_path / "heads").write_bytes(b"{}")
    with pytest.raises(demo.DemoRefused, match="heads tells of one"):
        demo.load(Settings(data_dir=tmp_path, demo=True))
    assert [path.name for path in tmp_path.iterdir()] == ["heads"]

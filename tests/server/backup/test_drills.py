"""The drill, from the phones' side: whatever way the database comes back, a phone is told, reads afresh, and sends again what it kept;
nothing of it is missing then, and nothing is there twice."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from litestar.testing import TestClient

from server.app import create_app
from server.backup import backup, restore
from server.settings import Settings
from server.store.database import file_of, local
from server.store.heads import Heads, Seen
from tests.server.backup.conftest import AT, bench, epoch, start
from tests.server.backup.phone import Client, Phone, of_server
from tests.server.web.conftest import SHELL

LATER = AT + timedelta(hours=1)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stand-in for the built phone app."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "assets").mkdir()
    for page in ("index.html", "desk.html"):
        (folder / page).write_text(SHELL, encoding="utf-8")
    return folder


@contextmanager
def serving(data_dir: Path, built: Path) -> Iterator[Client]:
    """The server from a start to its stop."""
    start(data_dir)
    with TestClient(create_app(Settings(data_dir=data_dir), built)) as client:
        yield client


def faults(data_dir: Path) -> list[str]:
    with local(data_dir) as tx:
        return sorted(row[0] for row in tx.execute("SELECT text FROM fault").fetchall())


def place_of(client: Client) -> str:
    return next(id for kind, id in of_server(client) if kind == "place")


def aged(data_dir: Path) -> None:
    """As if what lies there had been copied an hour after it was written."""
    told = Heads(data_dir).last()
    assert told is not None
    assert told.at is not None
    (data_dir / "heads").write_bytes(msgspec.json.encode(msgspec.structs.replace(told, at=told.at - 3600)))


def plain(data_dir: Path, saved: Path) -> None:
    """docs/run.md: the logs away, then the copy back."""
    for log in data_dir.glob("moedesteder.db-*"):
        log.unlink()
    shutil.copy(saved / "moedesteder.db", file_of(data_dir))


def restored(data_dir: Path, saved: Path) -> Path:
    restore(data_dir, next((saved / "backups").glob("2*")), LATER)
    return data_dir


def restored_twice(data_dir: Path, saved: Path) -> Path:
    restored(data_dir, saved)
    start(data_dir)
    restore(data_dir, next((saved / "backups").glob("2*")), LATER)
    return data_dir


def restored_elsewhere(data_dir: Path, saved: Path) -> Path:
    there = data_dir.with_name("another-machine")
    restore(there, next((saved / "backups").glob("2*")), LATER, code="376", demo=False)
    return there


def copied_back(data_dir: Path, saved: Path) -> Path:
    plain(data_dir, saved)
    return data_dir


def copied_back_without_heads(data_dir: Path, saved: Path) -> Path:
    plain(data_dir, saved)
    (data_dir / "heads").unlink()
    return data_dir


def copied_back_with_spoiled_heads(data_dir: Path, saved: Path) -> Path:
    plain(data_dir, saved)
    (data_dir / "heads").write_bytes(b'{"epoch":')
    return data_dir


def copied_back_with_heads_of_then(data_dir: Path, saved: Path) -> Path:
    plain(data_dir, saved)
    shutil.copy(saved / "heads", data_dir / "heads")
    aged(data_dir)
    return data_dir


def copied_elsewhere(data_dir: Path, saved: Path) -> Path:
    there = data_dir.with_name("another-machine")
    there.mkdir()
    shutil.copy(saved / "moedesteder.db", file_of(there))
    return there


WAYS = {
    "a backup is restored": restored,
    "a backup is restored twice": restored_twice,
    "a backup is restored on another machine": restored_elsewhere,
    "a plain copy is put back": copied_back,
    "a plain copy is put back and heads are gone": copied_back_without_heads,
    "a plain copy is put back and heads are spoiled": copied_back_with_spoiled_heads,
    "a plain copy is put back and heads as old as it": copied_back_with_heads_of_then,
    "a plain copy is put on another machine": copied_elsewhere,
}


@pytest.mark.parametrize("running", [True, False], ids=["saved while it runs", "saved while it is stopped"])
@pytest.mark.parametrize("way", WAYS)
def test_a_phone_loses_nothing_that_it_kept_and_nothing_is_there_twice(
    data_dir: Path, built: Path, tmp_path: Path, way: str, running: bool
) -> None:
    phone, other, saved = Phone(), Phone(), tmp_path / "saved"

    def save() -> None:
        backup(data_dir, None, AT)
        shutil.copytree(data_dir, saved)

    with serving(data_dir, built) as client:
        place = place_of(client)
        phone.reports(place, "før")
        phone.comes_round(client)
        other.comes_round(client)
        if running:
            save()
    if not running:
        save()
    with serving(data_dir, built) as client:
        for words in ("efter, 1", "efter, 2"):
            phone.reports(place, words)
        other.reports(place, "en andens")
        phone.comes_round(client)
        other.comes_round(client)
        phone.reports(place, "uden net")
    assert 410 not in phone.told + other.told
    before = epoch(data_dir)
    there = WAYS[way](data_dir, saved)
    with serving(there, built) as client:
        for one in (phone, other):
            one.comes_round(client)
            assert 410 in one.told
            assert one.waiting == []
        for one in (phone, other):
            one.read(client)
            assert one.things == of_server(client)
    assert epoch(there) != before
    assert faults(there) == ["efter, 1", "efter, 2", "en andens", "før", "uden net"]
    if (
        way.startswith("a backup") or not running
    ):  # a copy of the file alone lacks what lay in the log, which phones send again too
        assert phone.again == 1, "what was in the copy already"


def test_a_copy_as_new_as_heads_is_no_reason_to_read_afresh(data_dir: Path, built: Path, tmp_path: Path) -> None:
    phone = Phone()
    with serving(data_dir, built) as client:
        phone.reports(place_of(client), "før")
        phone.comes_round(client)
    saved = shutil.copytree(data_dir, tmp_path / "saved")
    plain(data_dir, saved)
    with serving(data_dir, built) as client:
        phone.comes_round(client)
    assert set(phone.told) == {200}


def test_a_database_that_is_ahead_of_heads_is_no_reason_to_read_afresh(data_dir: Path, built: Path) -> None:
    """What a server leaves that was killed within a second of its last commit."""
    phone = Phone()
    with serving(data_dir, built) as client:
        phone.comes_round(client)
        behind = (data_dir / "heads").read_bytes()
        phone.reports(place_of(client), "lige før")
        phone.comes_round(client)
    told = msgspec.json.decode(behind, type=Seen)
    Heads(data_dir).write(told)
    with serving(data_dir, built) as client:
        phone.comes_round(client)
    assert set(phone.told) == {200}
    assert faults(data_dir) == ["lige før"]


def test_a_command_that_comes_before_the_start_does_not_hide_that_a_copy_was_put_back(
    data_dir: Path, built: Path, tmp_path: Path
) -> None:
    phone = Phone()
    saved = shutil.copytree(data_dir, tmp_path / "saved")
    with serving(data_dir, built) as client:
        phone.reports(place_of(client), "efter")
        phone.comes_round(client)
    plain(data_dir, saved)
    for number in range(3):  # the heads of the copy would pass those that were told
        bench(data_dir, f"Bænk {number}")
    with serving(data_dir, built) as client:
        phone.comes_round(client)
        assert phone.things == of_server(client)
    assert 410 in phone.told
    assert faults(data_dir) == ["efter"]

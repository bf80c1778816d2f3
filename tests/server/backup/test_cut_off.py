"""Killed at every step: a backup is whole or not there, and after a restore that was cut off either the old state is whole or the
new one, at the next start and for whoever restores again.

A step is a file of DATA_DIR that is opened to be written, moved, linked, made or taken away. The process dies as by kill -9, before
the step is done."""

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.backup import BackupRefused, backup, finish, manifest, restore
from server.store import spare
from server.store.database import local
from server.store.putback import READY
from server.store.refusal import StoreRefused
from tests.server.backup.conftest import AT, bench, epoch, names, remembered, start
from tests.server.commands import call, refused
from tests.server.kill.fork import forked

LATER = AT + timedelta(hours=1)
WRITES = os.O_WRONLY | os.O_RDWR
STEPS = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "open"}
MANY = 200


def killed_at(step: int, data_dir: Path, work: Callable[[], object]) -> bool:
    """Whether it was: False where it came to its end before."""

    def go(_: Callable[[Any], None]) -> None:
        seen, own = 0, os.getpid()

        def heard(event: str, args: tuple[Any, ...]) -> None:
            nonlocal seen
            if event not in STEPS or (event == "open" and not (isinstance(args[2], int) and args[2] & WRITES)):
                return
            if str(data_dir) in str(args[0]) or event in ("os.remove", "os.rmdir"):
                seen += 1
                if seen == step:
                    os.kill(own, signal.SIGKILL)

        sys.addaudithook(heard)
        work()

    return forked(go).killed


def every_step(template: Path, tmp_path: Path, work: Callable[[Path], object]) -> list[Path]:
    """What each kill left, in order; ends with the first run that was not killed."""
    found: list[Path] = []
    for step in range(1, MANY):
        data_dir = shutil.copytree(template, tmp_path / f"killed-{step}", copy_function=os.link)
        # The database is written in place, and of `heads` it counts when it was made: each link that is added later moves that.
        for name in ("moedesteder.db", "heads"):
            (data_dir / name).unlink()
            shutil.copy(template / name, data_dir / name)
        with local(data_dir):
            pass
        if not killed_at(step, data_dir, lambda here=data_dir: work(here)):  # type: ignore[misc]
            shutil.rmtree(data_dir)
            return found
        found.append(data_dir)
    raise AssertionError(f"more than {MANY} steps")


@pytest.fixture
def two(data_dir: Path) -> Path:
    """A DATA_DIR with a backup, and changed since: another bench, another map, a picture gone."""
    backup(data_dir, None, AT)
    bench(data_dir, "Den nye bænk")
    (data_dir / "packs/packs.json").unlink()
    (data_dir / "packs/packs.json").write_bytes(b"new")
    (data_dir / "media" / ("a" * 64 + "-320.webp")).unlink()
    return data_dir


OLD = (["Bænken ved åen", "Den nye bænk"], b"new")
NEW = (["Bænken ved åen"], b'{"packs":[]}')


def state(data_dir: Path) -> tuple[list[str], bytes]:
    return names(data_dir), (data_dir / "packs/packs.json").read_bytes()


def test_a_restore_that_is_killed_leaves_the_old_or_the_new_whole_and_a_second_one_goes_on(
    two: Path, tmp_path: Path
) -> None:
    before = epoch(two)
    left = every_step(two, tmp_path, lambda here: restore(here, here / "backups/20261126T090000Z", LATER))
    assert len(left) > 15, "the steps are seen"
    news = []
    for number, data_dir in enumerate(left):
        decided = (data_dir / READY).is_dir()
        if decided:  # until it is finished nobody writes into either
            with pytest.raises(StoreRefused, match="was cut off"):
                epoch(data_dir)
        if number % 2:
            done = restore(data_dir, data_dir / "backups/20261126T090000Z", LATER + timedelta(hours=1))
            assert done.went_on == decided
            assert start(data_dir) is True
            assert state(data_dir) == NEW
        else:
            assert finish(data_dir) == decided
            new = start(data_dir)
            assert state(data_dir) == (NEW if new else OLD)
            assert (epoch(data_dir) != before) == new
            assert not decided or new
            news.append(new)
        assert remembered(data_dir) == (3 if state(data_dir) == NEW else 6)
        if state(data_dir) == NEW:
            first = min((data_dir / "aside").iterdir())
            assert (first / "packs/packs.json").read_bytes() == b"new"
            assert names(first) == OLD[0], "what was there before the first of them is kept"
        assert [path.name for path in data_dir.glob(".*")] == [spare.NAME]
    assert news == sorted(news), "before one moment all old, after it all new"
    assert {*news} == {False, True}


def test_a_start_that_can_not_finish_it_says_why_and_the_next_one_goes_on(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.EFBIG, "File too large", "packs.json")

    with monkeypatch.context() as broken:
        broken.setattr("server.backup.restoring._keep", full)
        for restores in (True, False):
            with pytest.raises(
                BackupRefused, match=r"brought to its end: the disk is full\. It is half done; start the"
            ):
                restore(two, two / "backups/20261126T090000Z", LATER) if restores else finish(two)
        broken.setattr("server.web.built.app_dir", lambda: two)
        refused(call(two, "prepare"), "brought to its end: the disk is full")
    assert finish(two) is True
    assert start(two) is True
    assert state(two) == NEW


def test_a_backup_that_is_killed_is_none_and_the_next_one_clears_it_away(data_dir: Path, tmp_path: Path) -> None:
    backup(data_dir, None, AT)
    left = every_step(data_dir, tmp_path, lambda here: backup(here, None, LATER, kept=1))
    assert len(left) > 8, "the steps are seen"
    for killed in left:
        to = killed / "backups"
        for folder, _ in manifest.complete(to):
            manifest.verify(folder)
        assert manifest.complete(to), "there is always one"
        last = backup(killed, None, LATER + timedelta(days=1), kept=1)
        manifest.verify(last)
        assert sorted(path.name for path in to.iterdir()) == [".lock", last.name]

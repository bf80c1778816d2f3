"""Puts a backup back. All is looked at first, then laid ready beside the data, then decided by one rename: before it the old state
is whole, and after it whoever comes next (`finish`: each start, each restore) brings the new one to its end."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from server.backup import disk, manifest
from server.backup.making import ASIDE, BACKUPS
from server.backup.manifest import DATABASE, OUTSIDE, FileEntry, Manifest
from server.backup.refusal import BackupRefused
from server.store import meta
from server.store.database import exists, file_of, reading
from server.store.driver import connect
from server.store.lock import Lock
from server.store.owner import give
from server.store.putback import READY
from server.store.refusal import FULL, StoreRefused, shut

HALF = ".half-restore"
GONE = ".gone-restore"
"""What `disk.remove` calls it while it goes."""
PATIENCE_S = 2.0
LOGS = ("-wal", "-shm", "-journal")

Progress = Callable[[int, int], object]
"""Is told how many bytes of how many are done."""


class Plan(msgspec.Struct, frozen=True):
    """What was decided: where the old state goes (a folder in DATA_DIR/aside), and which backup it is."""

    aside: str
    backup: str


class Restored(msgspec.Struct, frozen=True):
    """What was done. `aside`: where the database (or what was left of it) lies that was there before, None where none was. `files`: how
    many of the other files were put back; those that were the same already are not counted. `went_on`: an earlier restore was brought
    to its end first."""

    made_at: str
    code: str
    demo: bool
    aside: Path | None
    files: int
    settings: Path | None
    went_on: bool


def restore(
    data_dir: Path,
    source: Path,
    at: datetime,
    *,
    code: str | None = None,
    demo: bool | None = None,
    progress: Progress = lambda done, total: None,
) -> Restored:
    """Puts the backup `source` back into `data_dir`. `code` and `demo`: what the server is set to, asked where there is no database
    yet that says so itself. The new epoch begins at the next `prepare`, since the copy bears a stamp.

    The server is stopped: raises Locked where it is not. Raises BackupRefused and StoreRefused (newer database) with nothing touched."""
    with ExitStack() as stack:
        try:
            there = data_dir.is_dir()
        except OSError as error:
            raise shut(data_dir, error) from error
        if there:
            stack.enter_context(Lock.take(data_dir))
        else:
            stack.callback(_leave_none, data_dir)
        found = manifest.read(source)
        _belongs(data_dir, source, found, code, demo)
        total = 2 * sum(file.bytes for file in found.files)
        manifest.verify(source, lambda done: progress(done, total))
        if not there:
            stack.enter_context(Lock.take(data_dir))
        with _refusing(f"{source} could not be put back", "Nothing was put back; do it again."):
            stack.enter_context(disk.alone(data_dir / BACKUPS, data_dir))
            cut = _plan(data_dir) if (data_dir / READY).is_dir() else None
        outside = source / OUTSIDE if found.file(OUTSIDE) else None
        went_on = finish(data_dir)
        if cut and cut.backup == manifest.hash_of(found):
            return Restored(found.made_at, found.code, found.demo, data_dir / ASIDE / cut.aside, 0, outside, went_on)
        with _refusing(f"{source} could not be put back", "Nothing was put back; make room, and do it again."):
            half = _stage(data_dir, source, found, at, lambda done: progress(total // 2 + done, total))
            _settle(data_dir, None)
            had = exists(data_dir) or bool(_logs(data_dir))
            files = sum(path.is_file() for path in (half / "files").rglob("*"))
            disk.move(half, data_dir / READY)
        aside = data_dir / ASIDE / _plan(data_dir).aside if had else None
        finish(data_dir)
        return Restored(found.made_at, found.code, found.demo, aside, files, outside, went_on)


def _leave_none(data_dir: Path) -> None:
    """Takes away a DATA_DIR that was made for a restore of which nothing came: refused, or interrupted."""
    if (data_dir / READY).is_dir() or exists(data_dir):
        return
    with suppress(OSError):  # what others have laid there stays, and the folder with it
        shutil.rmtree(data_dir / HALF, ignore_errors=True)
        (data_dir / BACKUPS / disk.LOCK).unlink(missing_ok=True)
        (data_dir / "lock").unlink(missing_ok=True)
        for folder in (data_dir / BACKUPS, data_dir):
            if folder.is_dir():
                folder.rmdir()


@contextmanager
def _refusing(what: str, what_now: str) -> Iterator[None]:
    """What the system says of a disk, as the line to print."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        why = "the disk is full" if error.errno in FULL else f"{error.strerror}{where}"
        raise BackupRefused(f"{what}: {why}. {what_now}") from error


def finish(data_dir: Path) -> bool:
    """Brings a restore to its end that was decided and then cut off; True where there was one. Each step may be done twice. Raises
    BackupRefused where the disk is in the way."""
    if not (data_dir / READY).is_dir():
        for left in (HALF, GONE):
            shutil.rmtree(data_dir / left, ignore_errors=True)
        return False
    what_now = "It is half done; start the server, or do it again: either goes on."
    with _refusing(f"The restore of {data_dir} could not be brought to its end", what_now):
        _finish(data_dir, data_dir / READY)
    return True


def _finish(data_dir: Path, ready: Path) -> None:
    aside = data_dir / ASIDE / _plan(data_dir).aside
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in sorted(path for path in (ready / "files").rglob("*") if path.is_file()):
        name = file.relative_to(ready / "files")
        _keep(data_dir / name, aside / name)
        _folders(data_dir, name)
        disk.move(file, data_dir / name)
    if (ready / DATABASE).is_file():
        _settle(data_dir, aside)
        _keep(file_of(data_dir), aside / DATABASE)
        disk.move(ready / DATABASE, file_of(data_dir))  # over the old one: there is no moment without any
    disk.own(aside.parent, data_dir)
    disk.remove(ready)


def _folders(data_dir: Path, name: Path) -> None:
    """The folders in which a file is put back. Given away each time: a cut may have come between making and giving."""
    for inside in reversed(name.parents[:-1]):
        (data_dir / inside).mkdir(exist_ok=True)
        give(data_dir / inside, data_dir)


def _belongs(data_dir: Path, source: Path, found: Manifest, code: str | None, demo: bool | None) -> None:
    """Refuses the demo among real data, and another municipality's. What the database that is there says goes before settings."""
    own_code, own_demo = _present(data_dir) or (code, demo)
    if own_demo is not None and own_demo != found.demo:
        what = (
            "of the demo's database, and this DATA_DIR is not the demo's"
            if found.demo
            else "of real data, and this is the demo"
        )
        type_this = "DEMO=1 DATA_DIR=var/demo" if found.demo else "DEMO=0 DATA_DIR=var/data"
        raise BackupRefused(f"{source} is a backup {what}. Type instead: {type_this} python -m server restore {source}")
    if own_code is not None and own_code != found.code:
        raise BackupRefused(
            f"{source} is a backup of municipality {found.code}, and this one is {own_code}. Type instead: "
            f"MOEDE_CODE={found.code} DATA_DIR=var/{found.code} python -m server restore {source}"
        )


def _present(data_dir: Path) -> tuple[str | None, bool] | None:
    """Code and demo of the database that is there; None where none is, or it can not be read (which is why one restores)."""
    if not exists(data_dir) or not _looks_like_one(file_of(data_dir)):
        return None
    try:
        tx = connect(file_of(data_dir), readonly=True)
        try:
            return reading(tx, lambda own: (meta.get(own, "code"), meta.is_demo(own)))
        finally:
            tx.close()
    except (sqlite3.Error, StoreRefused):
        return None


def _stage(data_dir: Path, source: Path, found: Manifest, at: datetime, progress: disk.Progress) -> Path:
    """Lays ready what differs, each file as the manifest has it, and how it goes on."""
    half = data_dir / HALF
    shutil.rmtree(half, ignore_errors=True)
    wanted = [file for file in found.files if file.path not in (DATABASE, OUTSIDE) and not _same(data_dir, file)]
    database = next(file for file in found.files if file.path == DATABASE)
    needed = database.bytes + sum(file.bytes for file in wanted)
    if disk.free(data_dir) < needed:
        raise BackupRefused(
            f"The disk of {data_dir} has too little room: {needed // 1_000_000 + 1} MB are needed, beside 100 MB that are left free. "
            "Nothing was put back; make room and do it again."
        )
    done = 0
    try:
        half.mkdir(mode=0o700)
        for file in [database, *wanted]:
            to = half / DATABASE if file is database else half / "files" / file.path
            if disk.copy(source / file.path, to, file.mode) != (file.bytes, file.sha256):
                raise BackupRefused(
                    f"{source} changed while it was read ({file.path}). Nothing was put back; do it again."
                )
            progress(done := done + file.bytes)
        plan = Plan(
            _free_name(data_dir / ASIDE, at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")), manifest.hash_of(found)
        )
        disk.write(half / "plan.json", msgspec.json.encode(plan))
        disk.flush_tree(half)
        disk.own(half, data_dir)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return half


def _settle(data_dir: Path, aside: Path | None) -> None:
    """Makes the database that is there one file: its log would else be played over the new one. SQLite does so only where nobody
    has it open. One that is too damaged for that goes aside with its log (where `aside` is given), as does the log
    of one that is gone."""
    file = file_of(data_dir)
    try:
        if exists(data_dir) and _looks_like_one(file):
            tx = sqlite3.connect(file, isolation_level=None, timeout=PATIENCE_S)
            try:
                if tx.execute("PRAGMA journal_mode = DELETE").fetchall() == [("delete",)]:
                    return
            finally:
                tx.close()
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BackupRefused(f"A command has {file} open. Wait until it has ended, then do it again.") from error
    except sqlite3.DatabaseError:
        pass
    if aside is not None:
        for beside in _logs(data_dir):
            disk.move(beside, aside / beside.name)


def _logs(data_dir: Path) -> list[Path]:
    """What lies beside a database that was not closed."""
    file = file_of(data_dir)
    return [beside for log in LOGS if (beside := file.with_name(file.name + log)).exists()]


def _looks_like_one(file: Path) -> bool:
    """Asked before SQLite is: it throws away the log of what is no database, and there may be something in it."""
    with file.open("rb") as start:
        return start.read(16) == b"SQLite format 3\0"


def _keep(present: Path, aside: Path) -> None:
    """A second name for what is about to be replaced. What lies there already was put there before a cut."""
    if not present.exists() or aside.exists():
        return
    aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(present, aside)
    except OSError:  # a disk without links
        half = aside.with_name(f".half-{aside.name}")
        half.unlink(missing_ok=True)
        disk.copy(present, half, present.stat().st_mode & 0o777)
        os.replace(half, aside)
    disk.flush_folder(aside.parent)


def _same(data_dir: Path, file: FileEntry) -> bool:
    path = data_dir / file.path
    with suppress(OSError):
        found = path.stat()
        return (found.st_size, found.st_mode & 0o777) == (file.bytes, file.mode) and disk.digest(path) == file.sha256
    return False


def _plan(data_dir: Path) -> Plan:
    return msgspec.json.decode((data_dir / READY / "plan.json").read_bytes(), type=Plan)


def _free_name(folder: Path, name: str) -> str:
    return next(n for n in (name, *(f"{name}-{number}" for number in range(2, 1000))) if not (folder / n).exists())

"""Makes a backup beside a running server: a folder that holds all of DATA_DIR that can not be made again, or nothing at all."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from server.backup import disk, manifest
from server.backup.manifest import DATABASE, NAME, OUTSIDE, FileEntry, Manifest
from server.backup.refusal import BackupRefused
from server.store import snapshot
from server.store.database import exists, file_of
from server.store.lost import lost
from server.store.owner import as_owner
from server.store.refusal import FULL, ROOM, Full, no_room
from server.store.replaced import under

HALF = ".half-"
BACKUPS, ASIDE = "backups", "aside"
MADE_AGAIN = {"assets", "app", BACKUPS, ASIDE, "lock", "heads"}
"""What a start makes again, and what is no part of the state. All else goes along, also what a later version puts there."""
MANIFEST_BYTES = 64 * 1024

Progress = Callable[[int, int], object]
"""Is told how many bytes of how many are done."""


def backup(
    data_dir: Path,
    to: Path | None,
    at: datetime,
    *,
    why: str = "asked",
    kept: int | None = None,
    settings: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> Path:
    """Makes the folder `to`/<stamp of `at`> (`to`: DATA_DIR/backups) and returns it: read back, hashed, its database opened. Of the
    backups there only the newest `kept` stay (None: all), and of those in DATA_DIR/backups, where a start makes its own, none that is
    older than they are. `settings`: the file the server is started with; it goes along.

    Beside a running server. Raises BackupRefused (no room, another at work, a database that is not sound) and leaves nothing."""
    own = data_dir / BACKUPS
    to = own if to is None else to
    if replaced := under(data_dir, file_of(data_dir)):
        raise BackupRefused(replaced)
    if not exists(data_dir):
        if gone := lost(data_dir, to):
            raise BackupRefused(gone)
        raise BackupRefused(f"There is no database in {data_dir}, so there is nothing to back up. Set DATA_DIR.")
    elsewhere = to.resolve() != own.resolve()
    if elsewhere and to.resolve().is_relative_to(data_dir.resolve()):
        raise BackupRefused(f"{to} lies in DATA_DIR: each backup would hold those before it. Choose another folder.")
    try:
        with ExitStack() as stack:
            stack.enter_context(disk.alone(own, data_dir))
            if elsewhere:
                stack.enter_context(disk.alone(to, data_dir))
            _sweep(to)
            made = _make(data_dir, to, at.astimezone(UTC), why, settings, progress)
            if kept is not None:
                _forget(made, kept, own if elsewhere else None)
            return made
    except OSError as error:
        if error.errno in FULL:
            raise BackupRefused(_full(data_dir, to)) from error
        where = f" ({error.filename})" if error.filename else ""
        what_now = as_owner(data_dir) or as_owner(to)
        raise BackupRefused(
            f"No backup could be made in {to}: {error.strerror}{where}. {what_now or 'Nothing half stays.'}"
        ) from error
    except Full as error:
        raise BackupRefused(_full(data_dir, to)) from error


def _make(data_dir: Path, to: Path, at: datetime, why: str, settings: Path | None, progress: Progress) -> Path:
    files = {OUTSIDE: settings} if settings is not None and settings.is_file() else {}
    files |= {path.relative_to(data_dir).as_posix(): path for path in sorted(_files(data_dir))}
    before = next((pair for pair in manifest.complete(to)), None)
    sizes = {name: _size(path) for name, path in files.items()}
    database = snapshot.bytes_of(file_of(data_dir))
    known = {} if before is None else {file.path: file.bytes for file in before[1].files}
    needed = database + sum(size for name, size in sizes.items() if known.get(name) != size) + MANIFEST_BYTES
    if disk.free(to) < needed:
        raise BackupRefused(
            _no_room(to, f" It needs {_mb(needed)} MB (the database {_mb(database)}), and leaves 100 MB free.")
        )
    total = database + sum(sizes.values())
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    half = to / f"{HALF}{stamp}"
    try:
        half.mkdir(mode=0o700)
        snapshot.take(file_of(data_dir), half / DATABASE, stamp=stamp, progress=lambda done: progress(done, total))
        (half / DATABASE).chmod(file_of(data_dir).stat().st_mode & 0o777)
        if wrong := snapshot.unsound(half / DATABASE):
            raise BackupRefused(
                f"The database in {data_dir} is damaged ({wrong}), so no backup was made. Put the last sound one back: "
                "stop the server, then python -m server restore PATH."
            )
        done, kept = database, [_of(half, DATABASE)]
        for name, path in files.items():  # after the database: what it names is there already
            with suppress(FileNotFoundError):  # a map that was replaced since
                kept.append(_take(path, half, name, before))
            progress(done := done + sizes[name], total)
        told = structs.replace(
            manifest.facts(half / DATABASE), made_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"), why=why, files=tuple(kept)
        )
        if wrong := manifest.differs(half, told):
            raise BackupRefused(f"What was written to {to} does not read back ({wrong}). Choose another disk.")
        disk.flush_tree(half)
        disk.write(half / NAME, manifest.encode(told))
        disk.flush_folder(half)
        disk.own(half, data_dir)
        made = next(folder for folder in _names(to / stamp) if not folder.exists())
        disk.move(half, made)
        return made
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _files(data_dir: Path) -> Iterator[Path]:
    """What goes along beside the database. What begins with a dot is half of something."""
    for top in sorted(data_dir.iterdir()):
        if top.name in MADE_AGAIN or top.name.startswith((".", "heads.", f"{DATABASE}")):
            continue
        if top.is_file():
            yield top
        for here, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (
                path for name in sorted(names) if not name.startswith(".") and (path := Path(here, name)).is_file()
            )


def _take(source: Path, half: Path, name: str, before: tuple[Path, Manifest] | None) -> FileEntry:
    """A file that the backup before has just so is there once for both; it is read first, for it is relied on twice."""
    found, to = source.stat(), half / name
    mode = found.st_mode & 0o777 | 0o400
    old = before[1].file(name) if before else None
    if before and old and (old.bytes, old.mode) == (found.st_size, mode) and disk.digest(source) == old.sha256:
        with suppress(OSError):  # a disk without links; one that was thinned by hand
            if disk.digest(before[0] / name) == old.sha256:
                to.parent.mkdir(parents=True, exist_ok=True)
                os.link(before[0] / name, to)
                return old
    size, sha256 = disk.copy(source, to, mode)
    return FileEntry(name, size, sha256, mode)


def _of(half: Path, name: str) -> FileEntry:
    found = (half / name).stat()
    return FileEntry(name, found.st_size, disk.digest(half / name), found.st_mode & 0o777 | 0o400)


def _names(folder: Path) -> Iterator[Path]:
    yield folder
    yield from (folder.with_name(f"{folder.name}-{number}") for number in range(2, 1000))


def _sweep(to: Path) -> None:
    """What a backup that was killed left. Only one can be at work here, and that is this one."""
    for left in [*to.glob(f"{HALF}*"), *to.glob(".gone-*")]:
        shutil.rmtree(left, ignore_errors=True)


def _forget(made: Path, kept: int, beside: Path | None) -> None:
    """Deletes all but the newest `kept` that bear the name they were made with and are of the same municipality as `made`; in `beside`
    what is older than all of these, once there are so many. Never the newest that was made before a migration."""
    here, there = manifest.complete(made.parent), manifest.complete(beside) if beside else []
    mine = next(found for folder, found in here if folder == made)
    same, other = (
        [(folder, found) for folder, found in pairs if (found.code, found.demo) == (mine.code, mine.demo)]
        for pairs in (here, there)
    )
    before = [(found.made_at, folder) for folder, found in (*same, *other) if found.why != "asked"]
    held = max(before)[1] if before else None
    kept = max(1, kept)
    going = [folder for folder, _ in same[kept:]]
    if len(same) >= kept:
        going += [folder for folder, found in other if found.made_at < same[kept - 1][1].made_at]
    for folder in going:
        if folder != held:
            with suppress(OSError):  # made by root perhaps: the new one is made all the same
                disk.remove(folder)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _full(data_dir: Path, to: Path) -> str:
    """Of two disks, the one that is."""
    if disk.free(to) > 0 and no_room(data_dir, ROOM):
        return (
            f"The disk of {data_dir} is full, and a backup needs a little room there too. "
            "Free 1 MB of it and do it again. Nothing half stays."
        )
    return _no_room(to, "")


def _no_room(to: Path, needed: str) -> str:
    all_here = manifest.complete(to)
    old = f"delete an old one ({all_here[-1][0]} is the oldest)" if all_here else "delete what is not needed"
    return (
        f"The disk of {to} has {_mb(max(0, shutil.disk_usage(to).free))} MB left, too little for a backup.{needed} "
        f"Make room, {old}, or choose another disk with --to FOLDER. Nothing half stays."
    )


def _mb(size: int) -> int:
    return -(-size // 1_000_000)

"""Files that are there after the power is cut: copied, hashed, flushed, moved. And one at a time."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from server.backup.refusal import BackupRefused
from server.store.owner import give

PIECE = 1 << 20
LOCK = ".lock"
RESERVE = 100 * 1000 * 1000
"""Bytes that are left free: a server on the same disk goes on writing."""

Progress = Callable[[int], object]


def digest(path: Path, progress: Progress = lambda _: None) -> str:
    """SHA-256 of a file, 64 hex."""
    sha, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            sha.update(piece)
            progress(done := done + len(piece))
    return sha.hexdigest()


def copy(source: Path, to: Path, mode: int) -> tuple[int, str]:
    """Copies a file to a new name, with these rights, flushed. Returns the bytes and the SHA-256 of what was read."""
    sha, done = hashlib.sha256(), 0
    to.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file, open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copied:
        while piece := file.read(PIECE):
            sha.update(piece)
            copied.write(piece)
            done += len(piece)
        os.fchmod(copied.fileno(), mode)
        copied.flush()
        os.fsync(copied.fileno())
    return done, sha.hexdigest()


def write(to: Path, data: bytes) -> None:
    """A new small file, flushed."""
    with open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Puts names on the disk: a file that was made or moved is found again after a cut."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system over the network may not know it
            os.fsync(fd)
    finally:
        os.close(fd)


def flush_tree(folder: Path) -> None:
    """As `flush_folder`, for all folders in it, the inner ones first."""
    for here, _, _ in os.walk(folder, topdown=False):
        flush_folder(Path(here))


def move(source: Path, to: Path) -> None:
    """Gives a file or a folder its name, at once and for good."""
    os.replace(source, to)
    flush_folder(to.parent)
    if source.parent != to.parent:
        flush_folder(source.parent)


def remove(folder: Path) -> None:
    """Deletes a folder of ours; under another name first, so that it is never taken for whole while it goes."""
    going = folder.with_name(f".gone-{folder.name.lstrip('.')}")
    shutil.rmtree(going, ignore_errors=True)
    os.replace(folder, going)
    shutil.rmtree(going)


def free(folder: Path) -> int:
    """Bytes that may still be written in a folder before the reserve is touched."""
    return shutil.disk_usage(folder).free - RESERVE


def own(path: Path, like: Path) -> None:
    """As `give`; a folder: with all that is in it."""
    for one in (path, *path.rglob("*")):
        give(one, like)


@contextmanager
def alone(folder: Path, like: Path) -> Iterator[None]:
    """Keeps a second backup or restore out, until the end of the `with` or of the process; `like`: whose the folder is to be.
    Raises BackupRefused at once, OSError where the folder can not be written."""
    new = not folder.is_dir()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        own(folder if new else folder / LOCK, like)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(fd, 32, 0).decode("ascii", "replace").strip()
            raise BackupRefused(
                f"Another backup or restore is at work in {folder} (process {holder or 'unknown'}). Wait until it has ended."
            ) from None
        with suppress(OSError):
            os.ftruncate(fd, 0)
            os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(fd)

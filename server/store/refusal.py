"""When the store will not open: one line for whoever runs the server, which says what is wrong and what to do."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.store.owner import as_owner


class StoreRefused(Exception):
    """No driver, a newer database, a changed migration, a database that is not there: str() is the line to print."""


class Full(StoreRefused):
    """The disk is full: nothing of the transaction was kept. A server answers `later` `full`."""


class Busy(Exception):
    """Somebody else has been writing for over two seconds: answer `later` `busy`, or 503. Nothing was done."""

    def __str__(self) -> str:
        return "somebody else has been writing for over two seconds"


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system calls a full disk: none left, the share used up, and a file at the limit of what it may be."""
ROOM = 64 * 1024
"""Bytes below which a disk is full: what SQLite needs beside a database, it calls an I/O error when it can not have it."""
READY = 1024 * 1024
"""Bytes that /ready asks for."""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SHUT = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR)


@contextmanager
def refusing(file: Path) -> Iterator[None]:
    """Turns what SQLite says of its file (damaged, shut, disk full) into StoreRefused, or Busy where somebody holds it; what is our own
    error passes."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            raise Busy from error
        if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and no_room(file.parent, ROOM)):
            raise full(file.parent) from error
        if code in _DAMAGED:
            raise StoreRefused(
                f"{file} is damaged, or is no database ({error}). Put a backup back, or move it away and begin anew."
            ) from error
        if code in _SHUT:
            raise StoreRefused(
                f"{file} can not be opened or written ({error}). Nothing was changed; "
                + (as_owner(file) or f"look at the rights of {file.parent}, at the disk, and at DATA_DIR.")
            ) from error
        raise


def of_the_file(error: BaseException) -> bool:
    """Whether SQLite says it of the whole file, so that no statement more makes sense: not of what it was asked."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF if isinstance(error, sqlite3.Error) else 0
    return code in (sqlite3.SQLITE_FULL, *_BUSY, *_DAMAGED, *_SHUT)


def of_the_disk(error: sqlite3.OperationalError) -> bool:
    """Whether SQLite may say so where there is no room."""
    return (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


def too_full(data_dir: Path) -> Full:
    """The line to print where there is no room even for reading."""
    return Full(
        f"The disk of {data_dir} is too full to open the database, even for reading. Free 1 MB of it and do it again; "
        "nothing was changed."
    )


def full(data_dir: Path) -> Full:
    """The line to print where there is no room."""
    return Full(f"The disk of {data_dir} is full. Nothing was kept; make room and do it again.")


def room(data_dir: Path) -> None:
    """Raises Full where a disk has less than a batch of ops may take: the write-ahead log may still have room for one small write."""
    if no_room(data_dir, READY):
        raise full(data_dir)


def no_room(data_dir: Path, wanted: int) -> bool:
    """Whether the disk has less than that many bytes left; False where nobody can say."""
    try:
        disk = os.statvfs(data_dir)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < wanted


def folder(data_dir: Path) -> None:
    """Makes DATA_DIR where it is not there. Raises StoreRefused where it can not be."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise shut(data_dir, error) from error


def shut(data_dir: Path, error: OSError) -> StoreRefused:
    """What the system says of DATA_DIR as the line to print."""
    if error.errno in FULL:
        return full(data_dir)
    return StoreRefused(
        f"DATA_DIR={data_dir} can not be used ({error.strerror}). "
        + (as_owner(data_dir) or "Set DATA_DIR to a folder that can be written.")
    )

"""When the store will not open: one line for whoever runs the server, which says what is wrong and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreRefused(Exception):
    """No driver, a newer database, a changed migration, a database that is not there: str() is the line to print."""


class Full(StoreRefused):
    """The disk is full: nothing of the transaction was kept. A server answers `later` `full`."""


_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SHUT = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR)


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Turns what SQLite says of its file (damaged, shut, disk full) into StoreRefused; what is our own error passes."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise Full(f"The disk of {file.parent} is full. Nothing was kept; make room and do it again.") from error
        if code in _DAMAGED:
            raise StoreRefused(
                f"{file} is damaged, or is no database ({error}). Put a backup back, or move it away and begin anew."
            ) from error
        if code in _SHUT:
            raise StoreRefused(
                f"{file} can not be opened or written ({error}). Look at the rights of {file.parent}, at the disk, and at DATA_DIR."
            ) from error
        raise


def folder(data_dir: Path) -> None:
    """Makes DATA_DIR where it is not there. Raises StoreRefused where it can not be."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise shut(data_dir, error) from error


def shut(data_dir: Path, error: OSError) -> StoreRefused:
    """What the system says of DATA_DIR as the line to print."""
    return StoreRefused(
        f"DATA_DIR={data_dir} can not be used ({error.strerror}). Set DATA_DIR to a folder that can be written."
    )

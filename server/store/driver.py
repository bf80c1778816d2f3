"""The one driver: Python's own sqlite3 with the system's mod_spatialite. Nothing else opens the database.

SpatiaLite's readers of geometry die of a lying count, so only geometry that we wrote reaches it: MakePoint, and lines from
line_blob.py. shapely, pyproj and pyogrio are never imported in a process that has loaded it: their own GEOS and PROJ crash."""

import functools
import os
import sqlite3
from pathlib import Path

from server.store import spare
from server.store.refusal import ROOM, StoreRefused, no_room, of_the_disk, too_full
from sync.sql import Tx

BUSY_S = 2.0
"""How long a connection waits for another process that writes (the command line) before it says it is busy."""

NAMES = (
    "mod_spatialite",
    "mod_spatialite.so.8",
    "mod_spatialite.so.7",
    "/opt/homebrew/lib/mod_spatialite.dylib",
    "/usr/local/lib/mod_spatialite.dylib",
)
INSTALL = (
    "Install it: apt-get install libsqlite3-mod-spatialite (Debian, Ubuntu) or brew install libspatialite (macOS)."
)


@functools.cache
def find_spatialite() -> str:
    """The name under which mod_spatialite loads here. $SPATIALITE_LIB, where set, is the only one tried.
    Raises StoreRefused where none does, or where this Python can load no extension at all."""
    told = os.environ.get("SPATIALITE_LIB")
    probe = sqlite3.connect(":memory:")
    try:
        if not hasattr(probe, "enable_load_extension"):
            raise StoreRefused(
                "This Python can not load SQLite extensions. Make .venv from one that can (Debian's /usr/bin/python3)."
            )
        probe.enable_load_extension(True)
        for name in (told,) if told else NAMES:
            try:
                probe.load_extension(name)
            except sqlite3.OperationalError:
                continue
            return name
    finally:
        probe.close()
    if told:
        raise StoreRefused(f"SPATIALITE_LIB={told} does not load. Unset it, or give the path of mod_spatialite.")
    raise StoreRefused(f"mod_spatialite is not here. {INSTALL}")


def connect(path: Path | str, *, readonly: bool = False) -> Tx:
    """A connection with SpatiaLite and our pragmas, in autocommit (isolation_level=None): transactions are begun by
    database.py alone. `readonly` refuses every write. Raises StoreRefused (Full where the disk is too full even to read),
    sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_S, check_same_thread=False)
    try:
        connection.enable_load_extension(True)
        connection.load_extension(find_spatialite())
        connection.enable_load_extension(False)
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_S * 1000)}").fetchall()  # SpatiaLite sets its own 5 s
        if isinstance(path, Path):
            _look(connection, path.parent)
        for pragma in (
            "PRAGMA foreign_keys = ON",
            "PRAGMA trusted_schema = ON",  # the R-tree's triggers call SpatiaLite's functions
            "PRAGMA synchronous = FULL",
            "PRAGMA cache_size = -8000",  # KiB; of the 2,000 that SQLite takes, a town fills more with one index
            f"PRAGMA query_only = {'ON' if readonly else 'OFF'}",
        ):
            connection.execute(pragma).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _look(connection: Tx, folder: Path) -> None:
    """The first look, for which SQLite makes what it needs beside the database: where the disk is too full for it, of what is held back."""
    try:
        connection.execute("PRAGMA schema_version").fetchall()
    except sqlite3.OperationalError as error:
        if not no_room(folder, ROOM) or not of_the_disk(error):
            raise
        if not spare.release(folder):
            raise too_full(folder) from error
        try:
            connection.execute("PRAGMA schema_version").fetchall()
        except sqlite3.OperationalError as again:
            raise too_full(folder) from again
        finally:
            spare.keep(folder)

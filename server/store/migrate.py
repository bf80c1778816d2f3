"""Numbered migrations, forward only. Number 1 is the protocol's own schema; each runs in a transaction of its own."""

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from server.store.driver import connect
from server.store.refusal import Full, StoreRefused, refusing
from sync.sql import Tx, load

SQL = load(__file__)
HERE = Path(__file__).parent
SYNC_SCHEMA = HERE.parent.parent / "sync" / "schema.sql"
FOLDER = HERE / "migrations"
NOUNS = 2
"""The migration that makes the tables of things: before it nothing can have been entered."""
NEW_BYTES = 20_000_000
"""A new database is 7 MB, most of it SpatiaLite's own tables, and as much again while it is made."""
REPUBLISH = "-- republish"
"""A line in a migration after which every body is to be made anew (publish.republish)."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file and the SHA-256 of its bytes."""

    number: int
    name: str
    sha256: str
    text: str


def known(folder: Path = FOLDER, first: Path = SYNC_SCHEMA) -> list[Migration]:
    """All migrations of this version, in order. ValueError for a gap or a name that is not NNNN_name.sql."""
    files = [first, *sorted(folder.glob("*.sql"))]
    found = []
    for number, path in enumerate(files, 1):
        if number > 1 and not re.fullmatch(rf"{number:04}_[a-z0-9_]+\.sql", path.name):
            raise ValueError(f"{path.name} does not stand as number {number:04}")
        data = path.read_bytes()
        name = "0001_sync" if number == 1 else path.stem
        found.append(Migration(number, name, hashlib.sha256(data).hexdigest(), data.decode()))
    return found


def pending(tx: Tx, migrations: list[Migration]) -> list[Migration]:
    """Those that this database has not had. Raises StoreRefused for a newer database or a migration changed since."""
    had = SQL.rows(tx, "had") if SQL.row(tx, "has_table") else []
    if len(had) > len(migrations):
        raise StoreRefused(
            f"The database was made by a newer version (migration {had[-1][1]}). Start that version, or restore a backup."
        )
    for (_, name, sha256), migration in zip(had, migrations, strict=False):
        if (name, sha256) != (migration.name, migration.sha256):
            raise StoreRefused(
                f"Migration {name} differs from the one this database was made with. Restore the file as it was."
            )
    return migrations[len(had) :]


def had(tx: Tx) -> list[str]:
    """The names of those that this database has had, in order."""
    return [name for _, name, _ in SQL.rows(tx, "had")]


def migrate(
    path: Path, *, before: Callable[[str], object], migrations: list[Migration] | None = None
) -> list[Migration]:
    """Brings the database at `path` (made where it is not there) up to date and returns what was run.

    Where it has begun, and so may hold something, `before` is called first, with the name of the first that will run: there is no way
    back but a backup, and what `before` raises ends it with nothing run. Raises StoreRefused."""
    migrations = known() if migrations is None else migrations
    with refusing(path):
        return _migrate(path, before, migrations)


def _migrate(path: Path, before: Callable[[str], object], migrations: list[Migration]) -> list[Migration]:
    tx = connect(path)
    try:
        if strange := _strange(tx):
            raise foreign(path, strange)
        new = not SQL.row(tx, "has_spatial")
        if new:
            _room(path.parent)
        tx.execute("PRAGMA journal_mode = WAL").fetchall()
        if new:
            _answers_one(tx, "SELECT InitSpatialMetaData(1)")  # 1: in a transaction of its own
        todo = pending(tx, migrations)
        if todo and todo[0].number > NOUNS and SQL.row(tx, "begun"):
            before(todo[0].name)
        for migration in todo:
            _run(tx, migration)
        return todo
    finally:
        tx.close()


def _room(data_dir: Path) -> None:
    """Looked at first: of a disk that gets full SpatiaLite says so in 20 lines on stderr, and to us that it was refused."""
    left = shutil.disk_usage(data_dir).free
    if left < NEW_BYTES:
        raise Full(
            f"The disk of {data_dir} has {left // 10**6} MB left, too little for a new database ({NEW_BYTES // 10**6} MB). "
            "Nothing was made; make room and do it again."
        )


def foreign(path: Path, table: str) -> StoreRefused:
    """A database that somebody else made: nothing is ever written into it."""
    return StoreRefused(
        f"{path} is another program's database (it has the table {table}). Set DATA_DIR to another folder, or move it away."
    )


def of_ours(tx: Tx, path: Path) -> None:
    """Raises StoreRefused for a database of which nothing is ours."""
    if SQL.row(tx, "has_table"):
        return
    if strange := _strange(tx):
        raise foreign(path, strange)
    raise StoreRefused(f"{path} is none of our databases, or was never finished: start the server once.")


def _strange(tx: Tx) -> str | None:
    """A table that is neither ours nor SpatiaLite's, in a database that had no migration of ours. One that was killed while it
    was made has SpatiaLite's alone."""
    if SQL.row(tx, "has_table"):
        return None
    tables = {row[0] for row in SQL.rows(tx, "tables")}
    if not tables:
        return None
    own = connect(":memory:")
    try:
        _answers_one(own, "SELECT InitSpatialMetaData(1)")
        return min(tables - {row[0] for row in SQL.rows(own, "tables")}, default=None)
    finally:
        own.close()


def _run(tx: Tx, migration: Migration) -> None:
    tx.execute("BEGIN IMMEDIATE").fetchall()
    try:
        for statement in statements(migration.text):
            if statement.startswith("SELECT"):
                _answers_one(tx, statement)
            else:
                tx.execute(statement).fetchall()
        if migration.number == 1:
            SQL.run(tx, "table")
        SQL.run(tx, "note", number=migration.number, name=migration.name, sha256=migration.sha256)
        if REPUBLISH in migration.text.splitlines():
            SQL.run(tx, "ask_republish")
        tx.execute("COMMIT").fetchall()
    finally:
        if tx.in_transaction:
            tx.execute("ROLLBACK").fetchall()


def _answers_one(tx: Tx, statement: str) -> None:
    """SpatiaLite's makers answer 0 where others would raise."""
    if tx.execute(statement).fetchall() != [(1,)]:
        raise StoreRefused(f"SpatiaLite refused: {statement.strip()}")


def statements(text: str) -> list[str]:
    """The statements of a file, each without the comments before it. ValueError where the last one has no end."""
    found, waiting = [], ""
    for line in text.splitlines():
        if not waiting and (not line.strip() or line.startswith("--")):
            continue
        waiting += line + "\n"
        if sqlite3.complete_statement(waiting):
            found.append(waiting.strip())
            waiting = ""
    if waiting.strip():
        raise ValueError(f"a statement without an end: {waiting[:80]!r}")
    return found

"""What a database holds, as something to compare, and whether it is whole."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Set
from pathlib import Path
from typing import Any

from server.store.database import file_of
from server.store.driver import connect
from tests.server.kill.town import EPOCH

State = dict[str, Any]

MOMENTS = {
    ("place", "changed_at"),
    ("facility", "changed_at"),
    ("route", "changed_at"),
    ("history", "saved_at"),
    ("audit", "at"),
    ("audit", "op"),
    ("import", "at"),
    ("meta", "ready"),
    ("event", "changed_at"),
    ("organiser", "changed_at"),
}
"""What differs from one run to the next by right."""
SHAPES = (("place_point", "place"), ("facility_point", "facility"), ("stretch_line", "stretch"))


def opened(data_dir: Path) -> sqlite3.Connection | None:
    """The database with our own driver, None where none is."""
    return connect(file_of(data_dir)) if file_of(data_dir).exists() else None


def state(tx: sqlite3.Connection, tables: list[str]) -> State:
    """Every row of these tables. Random ids of reports are told by their order, op ids left out, moments too."""
    reports = [uid for (uid,) in tx.execute("SELECT uid FROM fault ORDER BY id")] if "fault" in tables else []
    found: State = {}
    for table in tables:
        rows = tx.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in rows.description]
        found[table] = sorted(_plain(table, dict(zip(names, row, strict=True)), reports) for row in rows.fetchall())
    return found


def spatial() -> frozenset[str]:
    """The tables that SpatiaLite makes for itself. Takes 0.1 s: told to `ours` once, by whoever forks."""
    bare = connect(":memory:")
    bare.execute("SELECT InitSpatialMetaData(1)").fetchall()
    names = frozenset(name for (name,) in bare.execute("SELECT name FROM sqlite_master").fetchall())
    bare.close()
    return names


def ours(tx: sqlite3.Connection, spatial: Set[str]) -> list[str]:
    """Tables that a migration of ours made, but for the clock's own (job); none where the first has not run."""
    names = [name for (name,) in tx.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    if "migration" not in names:
        return []
    return [
        name for name in names if name not in spatial and name != "job" and not name.startswith(("idx_", "sqlite_"))
    ]


def _plain(table: str, row: dict[str, Any], reports: list[str]) -> str:
    """A row as text, without what differs from run to run."""
    kept = {name: value for name, value in row.items() if (table, name) not in MOMENTS}
    if table == "inbox":
        kept = {"reply": {**json.loads(row["reply"]), "id": None}}
    if table == "meta" and row["key"] == "ready":
        kept = {"key": "ready"}
    if table == "feed" and row["kind"] == "fault":
        kept["v"] = None  # of a body that has a random id
    if table == "feed_scope":
        kept.pop("digest")  # held against the rows by `wrongs`
    if table == "feed_epoch":
        kept["epoch"] = "as made" if row["epoch"] == EPOCH else "new"
    text = json.dumps(kept, default=lambda blob: blob.decode("utf-8", "replace"), sort_keys=True)
    for number, uid in enumerate(reports):
        text = text.replace(uid, f"report {number}")
    return text


def wrongs(tx: sqlite3.Connection, tables: list[str]) -> list[str]:
    """What does not fit: SQLite's own check, foreign keys, the R-trees, the feed's digests and numbers, one reply to an op."""
    found = [f"integrity: {said}" for (said,) in tx.execute("PRAGMA integrity_check") if said != "ok"]
    found += [f"foreign key: {row}" for row in tx.execute("PRAGMA foreign_key_check") if row[0] in tables]
    for table, key in SHAPES:
        if table in tables:
            found += _shapes(tx, table, key)
    if "feed" in tables:
        found += _feed(tx)
    return found


def _shapes(tx: sqlite3.Connection, table: str, key: str) -> list[str]:
    """The R-tree has exactly the rows of its table, each box round its geometry."""
    index = f"idx_{table}_geom"
    (told,) = tx.execute(f"SELECT rtreecheck('{index}')").fetchone()
    found = [] if told == "ok" else [f"{index}: {told}"]
    rows = {row for (row,) in tx.execute(f"SELECT {key} FROM {table}")}
    boxes = {row for (row,) in tx.execute(f"SELECT pkid FROM {index}")}
    if rows != boxes:
        found.append(f"{index}: rows {sorted(rows ^ boxes)} are in one alone")
    outside = tx.execute(
        f"SELECT count(*) FROM {table} JOIN {index} ON pkid = {key}"
        " WHERE ST_MinX(geom) < xmin OR ST_MaxX(geom) > xmax OR ST_MinY(geom) < ymin OR ST_MaxY(geom) > ymax"
    ).fetchone()[0]
    return [*found, f"{index}: {outside} boxes do not hold their geometry"] if outside else found


def _feed(tx: sqlite3.Connection) -> list[str]:
    """Each digest is the sum of what is live, and no number is above its head."""
    found = []
    sums: dict[str, int] = defaultdict(int)
    for scope, v in tx.execute("SELECT scope, v FROM feed WHERE v IS NOT NULL"):
        sums[scope] = (sums[scope] + int(v, 16)) % 2**32
    for scope, head, digest in tx.execute("SELECT scope, head, digest FROM feed_scope"):
        if digest != sums[scope]:
            found.append(f"feed {scope}: the digest is not the sum")
        (last,) = tx.execute("SELECT coalesce(max(seq), 0) FROM feed WHERE scope = ?", (scope,)).fetchone()
        if last > head:
            found.append(f"feed {scope}: number {last} is above the head {head}")
    return found

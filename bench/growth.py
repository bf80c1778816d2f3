"""`python -m bench.growth`: what one thing costs as a town grows from 100 to 100,000 things; WRITE=1 keeps table and drawing in docs/proof.

The same town grows; each row is measured when it has that size. Everything goes in by the doors that an office's data takes."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import town
from bench.figure import ROOT, node
from bench.growth_svg import Panel, draw
from bench.proof import keep
from bench.reading import Reader
from bench.serving import ours
from server.settings import Settings
from server.store import database

SIZES = (100, 1_000, 10_000, 100_000)
CHANGED = 50
ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """What a town of `things` costs. `_each` is per thing of those that came since the row before, or per thing of all."""

    things: int
    import_ms_each: float
    """Import or op, bodies, feed, one flush a file or 100 ops."""
    database_kb_each: float
    sync_kb_each: float
    """First read, brotli, bodies alone."""
    sync_ms_each: float
    """The same on the server, each page made and packed anew."""
    delta_ms: float
    """50 changes at once, made and packed anew."""
    near_ms: float
    """On the phone, Node's V8: all places (a quarter of the things) put in order."""
    memory_mb: float
    """The server's processes, after all of that."""


HEADS: tuple[tuple[str, Callable[[Row], float], str], ...] = (
    ("in, ms a thing", lambda row: row.import_ms_each, "import and publish, ms a thing"),
    ("database, kB a thing", lambda row: row.database_kb_each, "database, kB a thing"),
    ("first read, kB a thing", lambda row: row.sync_kb_each, "first read, kB a thing"),
    ("first read, ms a thing", lambda row: row.sync_ms_each, "first read, server's ms a thing"),
    (f"page of {CHANGED} changes, ms", lambda row: row.delta_ms, f"page of {CHANGED} changes, ms"),
    ("near me on the phone, ms", lambda row: row.near_ms, "near me on the phone, ms"),
    ("server's memory, MB", lambda row: row.memory_mb, "server's memory, MB"),
)


def main() -> int:
    """Exit status 0; raises what goes wrong."""
    with tempfile.TemporaryDirectory() as folder:
        settings = town.fresh(Path(folder) / "data", 0)
        rows: list[Row] = []
        for size in SIZES:
            rows.append(_row(settings, rows[-1].things if rows else 0, size))
            print(_line(rows[-1]), file=sys.stderr)
    table = "\n".join([f"| things |{'|'.join(f' {head} ' for head, _, _ in HEADS)}|", "|---" * (len(HEADS) + 1) + "|"])
    table += "".join(f"\n{_line(row)}" for row in rows)
    print(table)
    if os.environ.get("WRITE"):
        keep(ROOT / "docs/proof/bench.md", "growth", table)
        panels = [Panel(title, [(row.things, of(row)) for row in rows]) for _, of, title in HEADS]
        (ROOT / "docs/proof/growth.svg").write_text(draw(panels, "from 100 to 100,000 things"), encoding="utf-8")
    return 0


def _line(row: Row) -> str:
    return f"| {row.things:,} | " + " | ".join(f"{of(row):.3g}" for _, of, _ in HEADS) + " |"


def _row(settings: Settings, before: int, size: int) -> Row:
    began = time.monotonic()
    town.grow(settings, before, size)
    grown = time.monotonic() - began
    with ours(settings.data_dir) as server:
        reader = Reader(server.url)
        first = reader.sync()
        delta_s, cursor = [], first.cursor
        for round_ in range(ROUNDS):
            town.change(settings, range(1, size, max(1, size // CHANGED))[:CHANGED], size + round_)
            delta = reader.sync(cursor)
            delta_s.append(delta.seconds)
            cursor = delta.cursor
        reader.close()
        memory = server.rss_mb()
    return Row(
        things=size,
        import_ms_each=grown * 1000 / (size - before),
        database_kb_each=database.file_of(settings.data_dir).stat().st_size / 1000 / size,
        sync_kb_each=first.bytes / 1000 / size,
        sync_ms_each=first.seconds * 1000 / size,
        delta_ms=statistics.median(delta_s) * 1000,
        near_ms=statistics.median(node("near_me_3000.ts", str(size // 4))),
        memory_mb=memory,
    )


if __name__ == "__main__":
    sys.exit(main())

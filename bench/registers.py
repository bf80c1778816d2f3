"""`python -m bench.registers`: a register of 500 to 50,000 objects by every path into a new database; WRITE=1 keeps table and drawing.

Each import is the command that an office types, in a process of its own: seconds by the clock, and the memory of the largest process.
What came in is counted afterwards: nothing is measured that was not taken."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figure import ROOT, timed
from bench.growth_svg import Panel, draw
from bench.proof import keep
from server.store import database

SIZES = (500, 5_000, 50_000)
SERVICE = "GeoFA's service"


@dataclass(frozen=True)
class Row:
    """One path and one size. `things`: facilities, routes and places that stand in the database afterwards."""

    path: str
    objects: int
    things: int
    seconds: float
    memory_mb: float

    @property
    def ms_each(self) -> float:
        return self.seconds * 1000 / self.objects


def main() -> int:
    """Exit status 0; raises what goes wrong."""
    rows = [row for size in SIZES for row in _size(size)]
    heads = ["path", *(f"{size:,} objects: s" for size in SIZES), "ms an object", "MB"]
    table = "\n".join([f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *_lines(rows)])
    print(table)
    if os.environ.get("WRITE"):
        keep(ROOT / "docs/proof/bench.md", "registers", table)
        panels = [
            Panel(f"{path}, ms an object", [(one.objects, one.ms_each) for one in rows if one.path == path])
            for path in _paths(rows)
        ]
        (ROOT / "docs/proof/registers.svg").write_text(draw(panels, "from 500 to 50,000 objects"), encoding="utf-8")
    return 0


def _paths(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(row.path for row in rows))


def _lines(rows: list[Row]) -> Iterator[str]:
    for path in _paths(rows):
        own = [row for row in rows if row.path == path]
        cells = [path, *(f"{row.seconds:.1f}" for row in own), f"{own[-1].ms_each:.2f}", f"{own[-1].memory_mb:.0f}"]
        yield f"| {' | '.join(cells)} |"


def _size(size: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        subprocess.run([sys.executable, "-m", "bench.register_files", str(size), str(files)], cwd=ROOT, check=True)
        for sort in sorted(path for path in files.iterdir() if path.is_dir()):
            given = [path for path in sorted(sort.iterdir()) if path.suffix not in (".xsd", ".mid")]
            yield _row(sort.name, size, [str(path) for path in given])
        with _service(files / "rows.json") as address:
            yield _row(SERVICE, size, ["--geofa", "376", "--service", address])


def _row(path: str, size: int, words: list[str]) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        environment = {**os.environ, "DATA_DIR": str(data), "DEMO": "0"}
        seconds, memory = timed([sys.executable, "-m", "server", "import", *words], environment)
        kept = sqlite3.connect(database.file_of(data))
        things = int(kept.execute("SELECT count(*) FROM thing").fetchone()[0])
        kept.close()
        lines = size // 10
        least = size - lines + (lines // 5 if path not in ("csv", SERVICE) else 0)
        if things < least:
            raise RuntimeError(f"{path}: {things} things came of {size} objects; {least} were in them")
        row = Row(path, size, things, seconds, memory)
        print(f"{path}: {size:,} objects, {seconds:.1f} s, {memory:.0f} MB", file=sys.stderr)
        return row


@contextmanager
def _service(rows: Path) -> Iterator[str]:
    """The stand-in of the tests, in a process of its own: its work is not the import's."""
    code = (
        "import json, sys\n"
        "from tests.server.formats.register.standing import standing_in\n"
        "with standing_in() as register:\n"
        "    register.rows['5800'] = [{**row, 'kommunekode': 376} for row in json.load(open(sys.argv[1]))]\n"
        "    print(register.service, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(rows)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate()


if __name__ == "__main__":
    sys.exit(main())

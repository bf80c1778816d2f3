"""`python -m tests.server.kill` (`make kills`): kills at every step of every write path, under load, and by faults of disk and lock, as
tables. SEED=n repeats a run, KILLS=n is how many kills under load; WRITE=1 writes docs/proof/kills.md."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.server.kill import faults, small
from tests.server.kill.beside import Beside, benches, beside
from tests.server.kill.group import Load, under_load
from tests.server.kill.paths import PATHS
from tests.server.kill.row import Row
from tests.server.kill.run import ROOT, rows
from tests.server.kill.served import town

PAGE = ROOT / "docs/proof/kills.md"
BEGIN, END = "<!-- table -->\n", "<!-- /table -->\n"
IMPORTED = 10_000


def main() -> int:
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        folder = Path(name)
        parts = [_statements(seed), _load(folder, seed), _beside(folder, seed), *_faults(folder)]
    said = f"Seed {seed}.\n\n" + "\n".join(table for _, table in parts)
    print(said)
    if os.environ.get("WRITE") == "1":
        head = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
        PAGE.write_text(head + BEGIN + said + END, encoding="utf-8")
    return 0 if all(kept for kept, _ in parts) else 1


def _statements(seed: int) -> tuple[bool, str]:
    found = rows([path.name for path in PATHS], seed=seed, every=True)
    table = _table(
        ("write path", "statements", "file steps", "kills tried", "found nothing / all", "half done", "twice", "lost"),
        (_row(row) for row in found),
    )
    kills = sum(row.kills for row in found)
    return all(row.kept for row in found), f"{table}\n{kills} kills in all.\n"


def _row(row: Row) -> tuple[object, ...]:
    for wrong in (*row.torn, *row.lost, *row.twice):
        print(f"{row.name}: {wrong}", flush=True)
    statements = row.kinds.get("sql", 0)
    files = sum(number for kind, number in row.kinds.items() if kind not in ("sql", "reply"))
    whole = f"{row.before} / {row.after}" + (
        f", between {row.kills - row.before - row.after}" if row.before + row.after < row.kills else ""
    )
    return row.name, statements, files, row.kills, whole, len(row.torn), len(row.twice), len(row.lost)


def _load(folder: Path, seed: int) -> tuple[bool, str]:
    (folder / "load").mkdir()
    found: Load = under_load(folder / "load", kills=int(os.environ.get("KILLS") or 50), seed=seed)
    table = _table(
        ("`kill -9` of the group under load", "ops sent", "answered before the last kill", "missing", "twice", "rows"),
        [(f"{found.kills} kills, 4 senders", found.sent, found.answered, found.missing, found.twice, found.rows)],
    )
    return found.kept, table


def _beside(folder: Path, seed: int) -> tuple[bool, str]:
    (folder / "beside").mkdir()
    found: Beside = beside(folder / "beside", things=IMPORTED, seed=seed)
    data_dir = town(folder / "held")
    file = benches(folder / "baenke.geojson", IMPORTED)
    done = subprocess.run(
        [sys.executable, "-m", "tests.server.kill.beside", str(data_dir), str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    table = _table(
        ("import beside a server", "rows there", "ops meanwhile", "missing", "twice", "CPU from BEGIN to COMMIT"),
        [
            (f"{IMPORTED:,} things", found.facilities, found.during, found.missing, found.twice,
             f"{float(done.stdout):.1f} s"),
        ],
    )  # fmt: skip
    whole = found.status == 0 and found.facilities == IMPORTED and found.reports == found.sent
    return whole and found.missing == found.twice == 0, table


def _faults(folder: Path) -> list[tuple[bool, str]]:
    if not small.can():
        return [
            (
                True,
                "\nNo small disk can be had here (Linux: unshare, nsenter, mount): faults of the disk were not tried.\n",
            )
        ]
    with small.small_disk(folder / "disk", faults.MEGABYTES) as disk:
        ground = faults.Ground(disk)
        told = [*faults.served(ground), faults.started_full(ground)]
        said = faults.commanded(ground)
    phones = _table(
        ("while a server runs and …", "a new op", "one applied before", "`/`", "`/ready`", "`/live`", "that op, after"),
        ((one.fault, one.op, one.again, one.page, one.ready, one.live, one.after) for one in told),
    )
    commands = _table(
        ("at the command line, where …", "command", "ends with", "and says"),
        ((one.fault, one.command, one.status, one.line) for one in said),
    )
    over = all(one.after in (0, None) for one in said)
    return [(all(one.after.startswith("applied") for one in told), phones), (over, commands)]


def _table(head: Sequence[str], each: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *([str(cell) for cell in row] for row in each)]
    return "".join("| " + " | ".join(row).replace("\n", " ") + " |\n" for row in lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

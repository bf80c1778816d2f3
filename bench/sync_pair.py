"""Our phone's reading beside PouchDB's, of the same 10,000 things: what sync_first and sync_delta are taken from."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Literal

from bench import town
from bench.figure import ROOT, Figure, beside
from bench.installed import node_packages
from bench.reading import Reader
from bench.serving import ours

THINGS = 10_000
CHANGED, REMOVED = 50, 10
APART = 199
"""Of the changed ones from each other: places, routes and facilities in the town's own shares."""
PEER = "PouchDB, batch_size 1000"


def figures(which: Literal["first", "delta"], id: str) -> list[Figure]:
    """Bytes of bodies both ways (kB) and requests, for our phone and for PouchDB. Raises Missing."""
    traffic = _run()[which]
    kilobytes = {side: [traffic[side]["bytes"] / 1000] for side in ("ours", "peer")}
    requests = {side: [float(traffic[side]["requests"])] for side in ("ours", "peer")}
    return [
        beside(id, kilobytes["ours"], kilobytes["peer"], "kB", PEER, held_to="≤ ½ the bytes"),
        beside(f"{id}_requests", requests["ours"], requests["peer"], "requests", PEER, held_to="≤ 1/5 the requests"),
    ]


def _run() -> dict[str, Any]:
    node_packages()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = town.fresh(folder / "data", THINGS)
        things, changes = folder / "things.ndjson", folder / "changes.ndjson"
        with ours(settings.data_dir) as server:
            reader = Reader(server.url)
            before = reader.sync()
            _write(things, before.changes)
            command = [
                str(ROOT / ".venv/bin/node"),
                str(ROOT / "bench/sync_pair.ts"),
                server.url,
                str(things),
                str(changes),
            ]
            pair = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            assert pair.stdin
            assert pair.stdout
            assert pair.stderr
            if pair.stdout.readline().strip() == "ready":
                town.change(settings, range(7, THINGS, APART)[:CHANGED], 1)
                town.withdraw(settings, [n for n in range(9, THINGS, APART) if town.is_facility(n)][:REMOVED])
                _write(changes, reader.sync(before.cursor).changes)
                pair.stdin.write("go\n")
                pair.stdin.flush()
            said, wrong = pair.communicate(timeout=300)
            if pair.returncode:
                raise RuntimeError(f"sync_pair.ts: {wrong.strip()[-600:]}")
            traffic: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
            return traffic


def _write(file: Path, changes: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(change, ensure_ascii=False) + "\n" for change in changes), encoding="utf-8")

"""The command line imports while the server takes ops: both to the end, and the one writer is not held long.

`python -m tests.server.kill.beside DATA_DIR FILE` imports as the command does, and prints how much CPU it took between BEGIN and the end
of COMMIT."""

import json
import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server import local
from server.settings import Settings
from server.store.database import file_of
from tests.server.kill.group import Senders
from tests.server.kill.served import Served, command, town
from tests.server.kill.town import AT


def benches(file: Path, number: int) -> Path:
    """A register of so many benches, each a metre from the next, written to `file`."""
    each = [
        {
            "type": "Feature",
            "properties": {"type": "Bænk", "navn": f"Bænk {n}"},
            "geometry": {"type": "Point", "coordinates": [AT[0] + n % 100 / 50_000, AT[1] + n // 100 / 50_000]},
        }
        for n in range(number)
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": each}), encoding="utf-8")
    return file


@dataclass(frozen=True, slots=True)
class Beside:
    """`facilities` came of the file; of the ops `missing` were not applied in the end, `twice` were told to be new more than once."""

    status: int
    facilities: int
    sent: int
    during: int
    missing: int
    twice: int
    reports: int


def beside(folder: Path, *, things: int, seed: int) -> Beside:
    """Imports `things` benches while ops come in."""
    data_dir = town(folder / "data")
    file = benches(folder / "baenke.geojson", things)
    with Served(data_dir) as server:
        senders = Senders(server, seed)
        senders.begin()
        try:
            before = len(senders.ops)
            done = command(data_dir, "import", str(file))
            during = len(senders.ops) - before
        finally:
            senders.end()
        senders.send_all()
    with sqlite3.connect(file_of(data_dir)) as tx:
        (facilities,) = tx.execute("SELECT count(*) FROM facility WHERE source = 'baenke'").fetchone()
        (reports,) = tx.execute("SELECT count(*) FROM fault").fetchone()
    tx.close()
    missing, twice = senders.missing, senders.twice
    return Beside(done.returncode, facilities, len(senders.ops), during, missing, twice, reports)


def held_s(data_dir: Path, file: Path) -> float:
    """Seconds of CPU from BEGIN to the end of COMMIT, of an import by this process."""
    at: dict[str, float] = {}

    def heard(sql: str) -> None:
        now = time.process_time()
        if sql == "BEGIN IMMEDIATE":
            at["begun"] = now
        elif "begun" in at and "committed" not in at and at.get("last") == -1:
            at["committed"] = now
        at["last"] = -1 if sql == "COMMIT" else 0

    real = sqlite3.connect

    def connected(*args: Any, **more: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*args, **more)
        at.clear()
        connection.set_trace_callback(heard)
        return connection

    sqlite3.connect = connected  # type: ignore[assignment]
    if local.import_files(Settings(data_dir=data_dir), [file]):
        raise SystemExit("the file was refused")
    return at["committed"] - at["begun"]


if __name__ == "__main__":
    print(held_s(Path(sys.argv[1]), Path(sys.argv[2])))

"""ops_new: POST of one new op on 10,000 things, beside a bare Litestar that validates the same Struct and keeps nothing.

Each op is on the disk before it is answered (synchronous=FULL); sixteen requests at once share a transaction and its flush."""

import sqlite3
import tempfile
from pathlib import Path

from bench import town
from bench.figure import Figure, beside
from bench.load import ROUND_S, ROUNDS, Client
from bench.serving import bare, ours
from server.store import database

HELD_TO = "≥ ⅓ of the peer's"
THINGS = 10_000


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        town.fresh(data, THINGS)
        ids = Path(folder) / "ids"
        ids.write_text("".join(f"{town.facility_id(n)}\n" for n in range(THINGS) if town.is_facility(n)), "utf-8")
        with ours(data, MOEDE_OPS_AN_HOUR="100000") as server, bare() as peer:
            taking = Client(f"{server.url}/api/v1/ops", script="op.lua")
            validating = Client(f"{peer.url}/op", script="op.lua")
            mine, theirs, sent = [], [], 0
            for round_ in range(ROUNDS + 1):
                seconds = ROUND_S if round_ else 1
                rate, count = taking.run(str(ids), "application/x-ndjson", str(sent), seconds=seconds)
                peers, _ = validating.run(str(ids), "application/json", str(sent), seconds=seconds)
                sent += count + 1000  # those under way when the round ended were sent and not counted
                if round_:
                    mine.append(rate)
                    theirs.append(peers)
                _all_were_taken(data, count)
    return [
        beside("ops_new", mine, theirs, "requests/s", "bare Litestar, same Struct", better="higher", held_to=HELD_TO)
    ]


_before = 0


def _all_were_taken(data: Path, answered: int) -> None:
    """`later` is a 200 too, and quick: what was answered must be there, a row each."""
    global _before
    kept = sqlite3.connect(database.file_of(data))
    rows = int(kept.execute("SELECT count(*) FROM fault").fetchone()[0])
    kept.close()
    if rows - _before < answered:
        raise RuntimeError(f"{answered} ops were answered, {rows - _before} were taken")
    _before = rows

"""sync_limit: a first read of 10,000 things as it travels, beside the same bodies one after the other, packed by brotli at level 11."""

import json
import tempfile
from pathlib import Path

import brotli

from bench import town
from bench.figure import Figure, beside
from bench.reading import Reader
from bench.serving import ours

THINGS = 10_000
HELD_TO = "≤ 1.5 × the peer (a ratio ≥ 0.67)"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        settings = town.fresh(Path(folder) / "data", THINGS)
        with ours(settings.data_dir) as server:
            read = Reader(server.url).sync()
    bodies = b"".join(json.dumps(c["body"], ensure_ascii=False, separators=(",", ":")).encode() for c in read.changes)
    least = len(brotli.compress(bodies, quality=11, lgwin=24))
    return [beside("sync_limit", [read.bytes / 1000], [least / 1000], "kB", "bodies alone, brotli 11", held_to=HELD_TO)]

"""range_reads: pieces of a pack (256 KiB), 16 phones at once, from our server alone and from deploy's Caddy in front, MB/s."""

import hashlib
import os
import random
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import ROOT, Figure, beside, of
from bench.installed import Missing, program
from bench.load import ROUND_S, ROUNDS, Client
from bench.serving import ours
from server.prepare import prepare
from tests.served import Process, free_port, status

PIECE = 256 * 1024
PIECES = 40
"""As large as the map of a municipality may be: 10 MB."""
HELD_TO = "printed (the disk's proxy is the engine for many)"
FRONT = "Caddy in front"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        prepare(data, code="376", name="Guldborgsund Kommune")
        body = random.Random(1).randbytes(PIECES * PIECE)
        path = f"/packs/{hashlib.sha256(body).hexdigest()}.pmtiles"
        (data / "packs").mkdir()
        (data / path[1:]).write_bytes(body)
        with ours(data) as server:
            try:
                caddy = program("caddy", "caddy")
            except Missing as missing:
                alone = [_megabytes(server.url + path, round_) for round_ in range(ROUNDS + 1)]
                return [of("range_reads", alone[1:], "MB/s", better="higher", peer=str(missing), held_to=HELD_TO)]
            with _front(caddy, Path(folder), data, server.url.removeprefix("http://")) as front:
                for url in (server.url + path, front + path):
                    _is_a_piece(url, body)
                alone, behind = [], []
                for round_ in range(ROUNDS + 1):  # in turn: a machine whose speed drifts drifts for both
                    alone.append(_megabytes(server.url + path, round_))
                    behind.append(_megabytes(front + path, round_))
    return [beside("range_reads", alone[1:], behind[1:], "MB/s", FRONT, better="higher", held_to=HELD_TO)]


def _megabytes(url: str, round_: int) -> float:
    """MB/s of one round; the first is short, and not counted."""
    rate, _ = Client(url, script="pieces.lua").run(str(PIECES), str(PIECE), seconds=ROUND_S if round_ else 1)
    return rate * PIECE / 1e6


def _is_a_piece(url: str, body: bytes) -> None:
    """What is counted is what was asked for."""
    asked = urllib.request.Request(url, headers={"Range": f"bytes={PIECE}-{2 * PIECE - 1}"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        if answer.status != 206 or answer.read() != body[PIECE : 2 * PIECE]:
            raise RuntimeError(f"{url} answers another piece than was asked for")


@contextmanager
def _front(caddy: str, folder: Path, data: Path, upstream: str) -> Iterator[str]:
    """deploy/Caddyfile without TLS: on loopback nobody has a certificate."""
    port = free_port()
    env = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "MOEDE_SITE": f"http://127.0.0.1:{port}", "MOEDE_UPSTREAM": upstream,
        "MOEDE_DATA": str(data), "MOEDE_CADDY_ADMIN": "off",
    }  # fmt: skip
    command = (caddy, "run", "--config", ROOT / "deploy/Caddyfile", "--adapter", "caddyfile")
    with Process(*command, env=env) as process:
        process.until("Caddy", lambda: status(port, "/live") == 200)
        yield f"http://127.0.0.1:{port}"

"""page_cached: the demo's first sync page as it is kept (br), beside a bare Litestar that says hello, requests/s by one client."""

import tempfile
from pathlib import Path

from bench.figure import Figure, beside
from bench.load import Client, in_turn
from bench.serving import bare, ours

HELD_TO = "≥ ½ of the peer's"
PATH = "/api/v1/sync/public"
BR = {"Accept-Encoding": "br"}


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder), demo=True) as server, bare() as peer:
        mine, theirs = in_turn(Client(server.url + PATH, headers=BR), Client(f"{peer.url}/hello"))
    return [beside("page_cached", mine, theirs, "requests/s", "bare Litestar hello", better="higher", held_to=HELD_TO)]

"""page_304: the same page asked for again with its ETag, beside a bare Litestar that says hello, requests/s by one client."""

import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from bench.figure import Figure, beside
from bench.load import Client, in_turn
from bench.page_cached import BR, PATH
from bench.serving import bare, ours

HELD_TO = "≥ 0.8 of the peer's"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder), demo=True) as server, bare() as peer:
        with urllib.request.urlopen(urllib.request.Request(server.url + PATH, headers=BR)) as page:
            again = {**BR, "If-None-Match": page.headers["etag"]}
        try:
            urllib.request.urlopen(urllib.request.Request(server.url + PATH, headers=again)).close()
            raise RuntimeError("the page was sent again")
        except urllib.error.HTTPError as answer:
            if answer.code != 304:
                raise
        mine, theirs = in_turn(Client(server.url + PATH, headers=again), Client(f"{peer.url}/hello"))
    return [beside("page_304", mine, theirs, "requests/s", "bare Litestar hello", better="higher", held_to=HELD_TO)]

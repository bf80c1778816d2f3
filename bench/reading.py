"""A phone's reading without the phone: the pages after a cursor, as they travel, on one connection that stays open."""

import gzip
import http.client
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import brotli

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}


@dataclass(frozen=True)
class Read:
    """What a sync came to: the packed bytes of each page's body, what they said, and the cursor to go on from."""

    bodies: list[bytes]
    seconds: float
    """Of asking and answering; what a reader does with it afterwards is not counted."""
    changes: list[dict[str, Any]]
    cursor: str

    @property
    def bytes(self) -> int:
        """Of the bodies, as they travelled."""
        return sum(map(len, self.bodies))


class Reader:
    """One connection to a server."""

    def __init__(self, url: str) -> None:
        at = urlsplit(url)
        self._connection = http.client.HTTPConnection(str(at.hostname), at.port, timeout=60)

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> bytes:
        """The body of the answer. Raises RuntimeError where it is none of 200."""
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        got = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {got[:200].decode(errors='replace')}")
        return got

    def sync(self, since: str | None = None, coding: str = "br") -> Read:
        """All pages after `since` (None: a first read)."""
        bodies, changes, seconds, more = [], [], 0.0, True
        while more:
            path = "/api/v1/sync/public" + (f"?since={since}" if since else "")
            began = time.monotonic()
            bodies.append(self.ask("GET", path, {"Accept-Encoding": coding}))
            seconds += time.monotonic() - began
            page = json.loads(UNPACK[coding](bodies[-1]))
            changes += page["changes"]
            since, more = page["cursor"], page["more"]
        return Read(bodies, seconds, changes, str(since))

    def close(self) -> None:
        self._connection.close()

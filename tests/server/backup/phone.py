"""A phone as simple as one can be, at the HTTP door: it follows a cursor, keeps what it sent, and sends it again when the epoch is new."""

import json
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from sync.feed import v_of
from tests.server.web.conftest import lines, op

Client = TestClient[Litestar]
TYPE = {"content-type": "application/x-ndjson"}


class Phone:
    """`things` by (kind, id); `waiting` are lines that have no receipt yet, `kept` those that an epoch has taken. `told` are the
    statuses of its reads, `again` counts receipts of what was known already."""

    def __init__(self) -> None:
        self.things: dict[tuple[str, str], str] = {}
        self.cursor: str | None = None
        self.waiting: list[bytes] = []
        self.kept: dict[bytes, str] = {}
        self.told: list[int] = []
        self.again = 0

    def reports(self, place: str, words: str) -> None:
        """A tap: one line, its bytes for ever the same."""
        args = {"what": "broken", "text": words, "photos": []}
        self.waiting.append(lines(op("report_fault", "place", place, args)))

    def send(self, client: Client) -> None:
        for line in list(self.waiting):
            answer = client.post("/api/v1/ops", content=line, headers=TYPE).json()
            (result,) = answer["results"]
            assert result["status"] == "applied", result
            self.again += result["again"]
            self.kept[line] = answer["epoch"]
            self.waiting.remove(line)

    def read(self, client: Client) -> None:
        """To the end. Where the epoch is new or the digest is not its own it reads afresh; what it kept waits again under a new epoch."""
        things, cursor = dict(self.things), self.cursor
        while True:
            answer = client.get("/api/v1/sync/public", params={"since": cursor} if cursor else None)
            self.told.append(answer.status_code)
            if answer.status_code == 410:
                things, cursor = {}, None
                continue
            assert answer.status_code == 200
            page = answer.json()
            for change in page["changes"]:
                key = change["kind"], change["id"]
                things.pop(key, None)
                if change["v"] is not None:
                    things[key] = change["v"]
            cursor = page["cursor"]
            if page["more"]:
                continue
            if f"{sum(int(v, 16) for v in things.values()) % 2**32:08x}" == page["digest"]:
                break
            things, cursor = {}, None
        self.things, self.cursor = things, cursor
        epoch = str(cursor).partition(".")[0]
        for line, taken_by in list(self.kept.items()):
            if taken_by != epoch:
                self.waiting.append(line)
                del self.kept[line]

    def comes_round(self, client: Client) -> None:
        """What a phone does when it has the net again."""
        self.read(client)
        self.send(client)
        self.read(client)


def of_server(client: Client) -> dict[tuple[str, str], str]:
    """All that a new phone would hold."""
    page: dict[str, Any] = client.get("/api/v1/sync/public").json()
    assert not page["more"]
    for change in page["changes"]:
        body = json.dumps(change["body"], ensure_ascii=False, separators=(",", ":")).encode()
        assert change["v"] == v_of(change["kind"], change["id"], body)
    return {(change["kind"], change["id"]): change["v"] for change in page["changes"]}

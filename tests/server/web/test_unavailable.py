"""A page that can not be read just now is a 503 with a time to come again: never a 500, and nothing of the server's inside."""

import sqlite3

import pytest

from sync import feed
from tests.server.web.conftest import Client


@pytest.mark.parametrize(
    ("error", "code", "after"),
    [
        (sqlite3.SQLITE_BUSY, "busy", "5"),
        (sqlite3.SQLITE_FULL, "full", "60"),
        (sqlite3.SQLITE_IOERR, "unavailable", "60"),
        (sqlite3.SQLITE_CORRUPT, "unavailable", "60"),
    ],
)
def test_the_feed_says_when_to_come_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: int, code: str, after: str
) -> None:
    def fails(*_: object) -> None:
        raised = sqlite3.OperationalError("what SQLite says")
        raised.sqlite_errorcode = error
        raise raised

    monkeypatch.setattr(feed, "mark", fails)
    answer = client.get("/api/v1/sync/public")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == after
    assert answer.json()["code"] == code
    assert "SQLite" not in answer.text
    monkeypatch.undo()
    assert client.get("/api/v1/sync/public").status_code == 200

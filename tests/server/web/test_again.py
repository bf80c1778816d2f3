"""The public feed answered again from memory: never another answer than the long way would give."""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.web import again
from sync import feed

Client = TestClient[Litestar]


def test_the_second_answer_is_the_first_one_headers_and_all(client: Client) -> None:
    first, second = client.get(again.PATH), client.get(again.PATH)
    assert (first.status_code, first.content, first.headers) == (second.status_code, second.content, second.headers)
    assert len(client.app.state.again._kept) == 1


def test_a_change_by_another_process_is_seen_at_once(client: Client, active_bench: Callable[..., str]) -> None:
    etag = client.get(again.PATH).headers["etag"]
    tags = {"if-none-match": etag}
    assert [client.get(again.PATH, headers=tags).status_code for _ in range(2)] == [304, 304]
    id = active_bench()
    page = client.get(again.PATH, headers=tags)
    assert page.status_code == 200
    assert id in [change["id"] for change in page.json()["changes"]]


def test_each_coding_tag_and_cursor_has_an_answer_of_its_own(client: Client, active_bench: Callable[..., str]) -> None:
    cursor = client.get(again.PATH).json()["cursor"]
    active_bench()
    for _ in range(2):
        packed = client.get(again.PATH, headers={"accept-encoding": "br"})
        plain = client.get(again.PATH, headers={"accept-encoding": "identity"})
        assert (packed.headers["content-encoding"], "content-encoding" in plain.headers) == ("br", False)
        assert client.get(again.PATH, headers={"if-none-match": packed.headers["etag"]}).status_code == 304
        assert len(client.get(again.PATH, params={"since": cursor}).json()["changes"]) == 1


def test_head_after_get_has_the_headers_and_no_body(client: Client) -> None:
    page = client.get(again.PATH)
    head = client.head(again.PATH)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", page.headers["etag"])
    assert client.get(again.PATH).content == page.content


def test_a_refusal_is_not_kept(client: Client) -> None:
    assert client.get(again.PATH, params={"since": "nonsense"}).status_code == 422
    assert client.app.state.again._kept == {}


def test_a_database_that_can_not_be_glanced_at_is_asked_the_long_way(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(again.PATH)
    monkeypatch.setattr(client.app.state.database, "glance", lambda _: None)
    assert client.get(again.PATH).status_code == 200
    assert client.app.state.again._kept == {}


def test_a_database_that_is_damaged_is_answered_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> None:
        raised = sqlite3.DatabaseError("database disk image is malformed")
        raised.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise raised

    for look in ("stands", "mark"):
        monkeypatch.setattr(feed, look, damaged)
    answer = client.get(again.PATH)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["content-type"] == "application/problem+json"


class _Still:
    """A database whose head does not move."""

    def glance(self, _: object) -> tuple[str, int]:
        return "epoch", 1


def test_what_is_kept_has_an_end_in_number_and_in_bytes_and_long_requests_are_not_kept() -> None:
    kept = again.Again()

    async def ask(query: bytes, body: bytes) -> None:
        async def app(scope: object, receive: object, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": body})

        async def send(message: object) -> None:
            pass

        scope: Any = {"headers": [], "query_string": query}
        database: Any = _Still()
        await kept.answer(app, database, scope, None, send)

    async def many() -> None:
        await ask(b"x" * (again.LONGEST + 1), b"")
        assert kept._kept == {}
        for number in range(again.KEPT_ANSWERS + 5):
            await ask(b"since=%d" % number, b"")
        assert 0 < len(kept._kept) <= again.KEPT_ANSWERS
        for number in range(5):
            await ask(b"big=%d" % number, b"x" * (again.KEPT_BYTES // 3))
            assert kept._bytes <= again.KEPT_BYTES

    asyncio.run(many())

"""The public feed, answered again as it was a moment ago: while its head stands, the same request has the same answer, 304 or page.

Most of what phones ask is this one question, and the way through the framework and a thread costs ten times what the answer does."""

from typing import Any

from litestar.types import Message, Scope, Send

from server.store.database import Database
from sync import feed

PATH = "/api/v1/sync/public"
KEPT_BYTES = 16 * 1024 * 1024
KEPT_ANSWERS = 1024
LONGEST = 1024
"""Bytes of query and headers of a request whose answer is kept."""

Key = tuple[bytes, tuple[bytes, ...], tuple[bytes, ...]]
"""All of a request that the answer is made of: query, Accept-Encoding, If-None-Match."""


class Again:
    """Answers by key, of one head alone: after a change all of them are forgotten."""

    def __init__(self) -> None:
        self._head: tuple[str, int] | None = None
        self._kept: dict[Key, list[Message]] = {}
        self._bytes = 0

    async def answer(self, app: Any, database: Database, scope: Scope, receive: Any, send: Send) -> None:
        """A GET of PATH: from what is kept, else by `app`, whose answer is kept as it went out."""
        head = database.glance(lambda tx: feed.stands(tx, "public"))
        if head is None or head != self._head:
            self._forget(head)
        key = _key(scope)
        if (kept := self._kept.get(key)) is not None:
            for message in kept:
                await send(message)
            return
        messages: list[Message] = []

        async def noting(message: Message) -> None:
            messages.append(message)
            await send(message)

        await app(scope, receive, noting)
        # The head was looked at first: a page made after a change in between stands under a head that never comes back.
        if head is not None and head == self._head:
            self._keep(key, messages)

    def _forget(self, head: tuple[str, int] | None) -> None:
        self._head, self._kept, self._bytes = head, {}, 0

    def _keep(self, key: Key, messages: list[Message]) -> None:
        whole = (
            len(messages) == 2 and messages[0]["type"] == "http.response.start" and messages[0]["status"] in (200, 304)
        )
        if not whole or messages[1]["type"] != "http.response.body" or messages[1].get("more_body"):
            return
        size = sum(map(len, (key[0], *key[1], *key[2])))
        if size > LONGEST:
            return
        size += len(messages[1]["body"])
        if len(self._kept) >= KEPT_ANSWERS or self._bytes + size > KEPT_BYTES:
            self._forget(self._head)
        self._kept[key] = messages
        self._bytes += size


def _key(scope: Scope) -> Key:
    codings, tags = [], []
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            codings.append(value)
        elif name == b"if-none-match":
            tags.append(value)
    return scope["query_string"], tuple(codings), tuple(tags)

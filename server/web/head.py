"""HEAD wherever GET is (RFC 9110 §9.3.2): the headers of the answer without its body. Litestar routes by method and knows no HEAD."""

from typing import Any

from litestar import Litestar
from litestar.types import Message, Scope, Send

from server.web import again

ASKED = "moede.head"
"""Stands in the scope's extensions: files (files.py) answer HEAD by themselves, without opening the file."""


class App(Litestar):
    """Litestar, which takes HEAD for a GET whose body stays here, and is spared what again.py still knows."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == again.PATH:
            state = self.state
            await state.again.answer(super().__call__, state.database, scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await super().__call__(scope, receive, send)
            return
        scope["method"] = "GET"
        scope["extensions"] = {**(scope.get("extensions") or {}), ASKED: {}}
        await super().__call__(scope, receive, _headers_alone(send))


def was_asked(scope: Scope) -> bool:
    """Whether the request that now reads GET was a HEAD."""
    return ASKED in (scope.get("extensions") or {})


def as_sent(scope: Scope) -> None:
    """Gives the request its own method back: for who answers HEAD himself."""
    if was_asked(scope):
        scope["method"] = "HEAD"  # type: ignore[typeddict-unknown-key]


def _headers_alone(send: Send) -> Send:
    async def without_body(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return without_body

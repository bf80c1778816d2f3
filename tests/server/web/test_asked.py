"""A body that does not come to its end: cut off, or so slow that nobody waits."""

import asyncio
from typing import Any

import pytest
from litestar import Request, post

from server.web.asked import whole_body
from server.web.errors import Refused

Event = dict[str, Any]
BEGUN: Event = {"type": "http.request", "body": b"{", "more_body": True}


@post("/", request_max_body_size=None)
async def handler() -> None: ...


def body(*events: Event, seconds: float = 30) -> bytes:
    """What `whole_body` makes of these events; after the last one nothing comes any more."""
    waiting = list(events)

    async def receive() -> Event:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    scope: Any = {"type": "http", "method": "POST", "headers": [], "state": {}, "route_handler": handler}
    request: Any = Request(scope, receive=receive)  # type: ignore[arg-type]
    return asyncio.run(whole_body(request, 100, seconds))


def test_a_body_in_pieces_is_read_to_its_end() -> None:
    assert body(BEGUN, {"type": "http.request", "body": b"}", "more_body": False}) == b"{}"


def test_a_client_that_hangs_up_in_the_middle_is_no_fault_of_ours() -> None:
    with pytest.raises(Refused) as refused:
        body(BEGUN, {"type": "http.disconnect"})
    assert (refused.value.status, refused.value.code) == (400, "cut_off")


def test_a_body_that_never_ends_is_not_waited_for() -> None:
    with pytest.raises(Refused) as refused:
        body(BEGUN, seconds=0)
    assert (refused.value.status, refused.value.code) == (408, "too_slow")

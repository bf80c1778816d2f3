"""A worker that is told to stop more than once."""

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from server.stopping import hear_once

TURNS = 100
"""Of the loop, in each of which it hears what has come."""


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


def test_of_all_signals_to_stop_the_first_is_heard_and_no_other(loop: asyncio.AbstractEventLoop) -> None:
    heard: list[str] = []
    hear_once(loop)
    loop.add_signal_handler(signal.SIGINT, heard.append, "interrupt")
    loop.add_signal_handler(signal.SIGTERM, heard.append, "terminate")

    async def told() -> None:
        for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGINT):
            os.kill(os.getpid(), number)
        for _ in range(TURNS):
            await asyncio.sleep(0)

    loop.run_until_complete(told())
    assert len(heard) == 1

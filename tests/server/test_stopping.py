"""A command and a worker that are told to stop more than once."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from server.stopping import hear_once, wake_beside

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


def test_a_signal_that_comes_while_the_command_is_being_woken_does_not_hold_it_for_ever() -> None:
    lock = threading.Lock()
    event = threading.Event()
    event._cond = threading.Condition(lock)  # type: ignore[attr-defined]
    server = SimpleNamespace(interrupt_signal=False, main_loop_interrupt=event, signal_handler_interrupt=event.set)
    wake_beside(server)

    def woken() -> None:
        with lock:  # as a thread that has just waited for the event
            server.signal_handler_interrupt(signal.SIGTERM, None)
            server.signal_handler_interrupt(signal.SIGTERM, None)

    command = threading.Thread(target=woken, daemon=True)
    command.start()
    command.join(10)
    assert not command.is_alive()
    assert event.wait(10)
    assert server.interrupt_signal

"""The end of the server: a command and its worker, each told once, however often they are asked."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any


def hear_once(loop: asyncio.AbstractEventLoop) -> None:
    """Of all signals that handlers are set for on `loop` from now on, the first that comes is heard, and no later one of any kind.

    A stop reaches the worker twice where a whole group is told (Ctrl+C, `timeout`, systemd's KillMode=control-group): by the system, and
    by the command that has heard of it too. The second one makes granian wait for its own threads with Python's lock in its hand, for
    which they wait: requests under way are never answered, and the worker has to be killed."""
    add, heard = loop.add_signal_handler, False

    def listen(number: int, callback: Callable[..., object], *args: object) -> None:
        def first() -> None:
            nonlocal heard
            if not heard:
                heard = True
                callback(*args)

        add(number, first)

    loop.add_signal_handler = listen  # type: ignore[method-assign, assignment]


def wake_beside(server: Any) -> None:
    """`server` is granian's, before it serves: what it does on a signal is done by a thread, and once.

    It sets the event that its main thread waits for, from a handler that runs in that same thread: where this has just been woken (by
    a signal before, or by its worker, which was told too and is done already) it holds the event's lock, and waits for itself for ever."""

    def wake(*_: object) -> None:
        if not server.interrupt_signal:
            server.interrupt_signal = True
            threading.Thread(target=server.main_loop_interrupt.set, daemon=True).start()

    server.signal_handler_interrupt = wake

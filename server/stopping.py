"""The end of a worker: told once, however often it is asked."""

import asyncio
from collections.abc import Callable


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

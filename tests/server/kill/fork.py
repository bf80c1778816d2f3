"""A function in a process of its own, forked off one that has everything imported and no database open: SpatiaLite is loaded in the
child, where it may die without taking anybody along."""

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Say = Callable[[Any], None]
"""What is said arrives, even if the process dies right after."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: `killed` as by kill -9, else by itself. `said` is what came out of it, in order."""

    killed: bool
    said: list[Any] = field(default_factory=list)


def forked(work: Callable[[Say], None]) -> Ended:
    """Runs `work` in a child and waits for its end. Raises RuntimeError with its traceback where it failed, and where a signal
    other than SIGKILL ended it."""
    read, write = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        code = 1
        try:
            work(lambda what: _put(write, what))
            code = 0
        except BaseException:
            _put(write, RuntimeError(traceback.format_exc()))
        finally:
            os._exit(code)
    os.close(write)
    said = _all(read)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return Ended(True, said)
    if status:
        failed = [one for one in said if isinstance(one, RuntimeError)]
        raise failed[0] if failed else RuntimeError(f"ended with status {status}")
    return Ended(False, said)


def _put(to: int, what: Any) -> None:
    data = pickle.dumps(what)
    data = len(data).to_bytes(4) + data
    while data:
        data = data[os.write(to, data) :]


def _all(source: int) -> list[Any]:
    with os.fdopen(source, "rb") as pipe:
        data = pipe.read()
    said = []
    while len(data) >= 4 and len(data) >= 4 + (size := int.from_bytes(data[:4])):
        said.append(pickle.loads(data[4 : 4 + size]))
        data = data[4 + size :]
    return said

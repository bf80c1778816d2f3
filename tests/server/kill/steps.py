"""What a process does to its DATA_DIR, counted step by step; at a chosen step it dies as by `kill -9`.

A step is a statement of SQLite (BEGIN, COMMIT, SAVEPOINT, what triggers and SpatiaLite run besides), a file that is opened to be written,
moved, or taken away, or a reply that leaves. The process dies before the step is done: step n is done by whoever dies at n + 1."""

import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR
MOVES = {"os.rename": "moved", "os.remove": "removed", "os.mkdir": "made", "os.rmdir": "removed"}


class Steps:
    """Counts from `begin` on. `die_at` 0: never. `torn`: a file that would be moved into place is cut in half first, as it is where
    the process dies while it is written."""

    def __init__(self, data_dir: Path, die_at: int = 0, *, torn: bool = False) -> None:
        self._under, self._die_at, self._torn = f"{data_dir}{os.sep}", die_at, torn
        self._counting = False
        self.seen: list[str] = []
        self._connect = sqlite3.connect
        sqlite3.connect = self._connected  # type: ignore[assignment]
        sys.addaudithook(self._heard)

    def begin(self) -> None:
        """From here on each step counts."""
        self._counting = True

    def end(self) -> None:
        """From here on none does."""
        self._counting = False

    def reply(self, send: Callable[[], object]) -> None:
        """A reply leaves, unless the process dies on the way to it."""
        self._step("reply")
        send()

    @property
    def kinds(self) -> dict[str, int]:
        """How many of each sort."""
        return dict(Counter(step.split(" ")[0] for step in self.seen))

    def _connected(self, *args: Any, **more: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._connect(*args, **more)
        connection.set_trace_callback(lambda sql: self._step(f"sql {sql}"))
        return connection

    def _step(self, what: str, file: str | None = None) -> None:
        if not self._counting:
            return
        self.seen.append(what)
        if len(self.seen) == self._die_at:
            if self._torn and file is not None and os.path.isfile(file):
                os.truncate(file, os.path.getsize(file) // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & WRITES and self._ours(path):
                self._step("opened")
        elif event in MOVES and self._ours(args[0]):
            self._step(MOVES[event], os.fspath(args[0]))

    def _ours(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._under)

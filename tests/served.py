"""A program that listens, as long as a test or a measurement needs it: in a process group of its own, waited for no longer than is said,
and when it dies, with what it said. Here is how every server in Python's tests and in bench/ is started and ended."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 60
"""How long a step is waited for. Long, since it costs nothing where all is well."""
STOP_S = 15
"""How long it may take to end when it is asked to."""
TOLD = 2000
"""How much of what it said is told when it died, in characters from the end."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def status(port: int, path: str) -> int:
    """The status of a GET, 0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def until(what: str, ask: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Asks until it is so."""
    end = time.monotonic() + seconds
    while not ask():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s for: {what}")
        time.sleep(0.02)


class Process:
    """A running command, the first of its process group. Ends with a `with`, whatever happened in it."""

    def __init__(self, *command: str | Path, env: Mapping[str, str]) -> None:
        self._child = subprocess.Popen(
            command, cwd=ROOT, env=dict(env), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        # A pipe that is emptied, and no file: a test may forbid the server to write one.
        self._said = bytearray()
        self._ear = threading.Thread(target=self._hear, daemon=True)
        self._ear.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    @property
    def group(self) -> int:
        """The process group, which is the pid of the command itself."""
        return self._child.pid

    def said(self) -> str:
        """All that it has printed, to either stream."""
        return self._said.decode(errors="replace")

    def until(self, what: str, ask: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
        """Asks until it is so. AssertionError with what the command said, where it ended or that took too long."""
        try:
            until(what, lambda: self._child.poll() is not None or ask(), seconds)
        except AssertionError as late:
            raise AssertionError(f"{late}; it said: {self.said()[-TOLD:]}") from None
        if (code := self._child.poll()) is not None:
            self._heard()
            raise AssertionError(f"waited for {what}, and it ended with {code}; it said: {self.said()[-TOLD:]}")

    def tell(self, what: signal.Signals) -> None:
        """To the command alone, not to its group."""
        self._child.send_signal(what)

    def wait(self, seconds: float) -> int:
        """How it ended, by itself. AssertionError with what it said, where it has not by then."""
        try:
            code = self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"has not ended in {seconds} s; it said: {self.said()[-TOLD:]}") from None
        self._heard()
        return code

    def stop(self) -> int:
        """Asks the group to end (SIGTERM), then makes it (SIGKILL). Returns how the command ended."""
        self._tell_group(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(STOP_S)
        return self.kill()

    def kill(self) -> int:
        """SIGKILL to the group. Returns how the command ended, which may have been before."""
        self._tell_group(signal.SIGKILL)
        code = self._child.wait()
        self._heard()
        return code

    def _tell_group(self, what: signal.Signals) -> None:
        """A group that is gone hears nothing, and that is no error: it would hide why it is gone."""
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, what)

    def _hear(self) -> None:
        with cast(BinaryIO, self._child.stdout) as out:
            for chunk in iter(lambda: os.read(out.fileno(), 1 << 16), b""):
                self._said += chunk

    def _heard(self) -> None:
        """Its last words have come; what of its group goes on is not waited for."""
        self._ear.join(1)


class Server(Process):
    """`python -m server run`, as `make run` has it. `settings`: by their names in the environment; `before`: what runs
    it (a namespace, a limit)."""

    def __init__(
        self,
        data_dir: Path,
        settings: Mapping[str, str] | None = None,
        *,
        port: int | None = None,
        before: Sequence[str] = (),
    ) -> None:
        self.port = port or free_port()
        given = {"PORT": str(self.port), "DATA_DIR": str(data_dir), "DEMO": "0", **(settings or {})}
        super().__init__(*before, sys.executable, "-m", "server", "run", env={**os.environ, **given})

    def ready(self) -> Self:
        """Returns when it is; ends it and says why where it does not become so."""
        try:
            self.until("the server", lambda: status(self.port, "/ready") == 200)
        except AssertionError:
            self.kill()
            raise
        return self

"""The server as a process group of its own, as `make run` has it, and what a phone gets from it."""

import http.client
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.served import ROOT, Server, free_port, status, until


def town(data_dir: Path) -> Path:
    """A DATA_DIR with the town of town.py."""
    data_dir.mkdir()
    subprocess.run([sys.executable, "-m", "tests.server.kill.town", str(data_dir)], cwd=ROOT, check=True)
    return data_dir


def fault(kind: str, id: str, text: str = "Her er noget galt.") -> bytes:
    """A new report, as its line."""
    told = {"id": str(uuid.uuid4()), "verb": "report_fault", "at": "2026-04-01T00:00:00Z", "base": None}
    args = {"what": "broken", "text": text, "photos": []}
    return json.dumps({**told, "subject": {"kind": kind, "id": id}, "args": args}).encode()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: status, headers with small letters, and the JSON."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def results(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.body["results"]
        return found


def command(
    data_dir: Path, *words: str, before: Sequence[str] = (), given: bytes = b"", **env: str
) -> subprocess.CompletedProcess[str]:
    """`python -m server …` on a DATA_DIR, to its end. `before`: what runs it (a namespace, a limit)."""
    return subprocess.run(
        [*before, sys.executable, "-m", "server", *words],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(data_dir), "DEMO": "0", "COLUMNS": "300", **env},
        input=given.decode(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class Served:
    """A running server. `before`: what runs it (a namespace, a limit)."""

    def __init__(self, data_dir: Path, *, before: Sequence[str] = (), port: int | None = None) -> None:
        self.data_dir, self.port, self._before = data_dir, port or free_port(), before
        self._server: Server | None = None

    def start(self, *, ready: bool = True) -> Self:
        """Starts it, and waits until it is ready (or does not wait)."""
        server = Server(self.data_dir, {"MOEDE_OPS_AN_HOUR": "100000"}, port=self.port, before=self._before)
        self._server = server.ready() if ready else server
        return self

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.kill()

    def kill(self) -> None:
        """`kill -9` to the whole group; returns when it is gone and the port refuses."""
        if self._server is None:
            return
        self._server.kill()
        self._server = None
        until("the port to refuse", lambda: status(self.port, "/live") == 0)

    def stop(self) -> tuple[int, str]:
        """SIGTERM to the whole group, and again, as `timeout` does; how the command ended, and what it had said."""
        assert self._server is not None
        os.killpg(self._server.group, signal.SIGTERM)
        code, said = self._server.stop(), self._server.said()
        self._server = None
        return code, said

    def until(self, what: str, ask: Callable[[], bool]) -> None:
        """Until it is so, as long as it runs."""
        assert self._server is not None
        self._server.until(what, ask)

    def wait_for(self, path: str) -> None:
        """Until it answers 200 there."""
        self.until(f"an answer of {path}", lambda: status(self.port, path) == 200)

    def pids(self) -> list[int]:
        """The processes of its group."""
        assert self._server is not None
        said = subprocess.run(["pgrep", "-g", str(self._server.group)], capture_output=True, text=True, check=True)
        return [int(pid) for pid in said.stdout.split()]

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, lines: Iterable[bytes]) -> Answer:
        return self._ask("POST", "/api/v1/ops", b"\n".join(lines))

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {} if body is None else {"content-type": "application/x-ndjson"}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            data = answer.read()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, json.loads(data) if "json" in told.get("content-type", "") else None)
        finally:
            connection.close()

"""The command as a process: it starts, refuses a second one, stops in time, and leaves no worker behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from server.web.built import NotBuilt, app_dir

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., "subprocess.Popen[bytes]"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, path: str = "/ready") -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def until(what: str, ask: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not ask():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s for: {what}")
        time.sleep(0.05)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    try:
        app_dir()
    except NotBuilt as missing:
        pytest.fail(str(missing))
    running: list[subprocess.Popen[bytes]] = []

    def run(port: int, **env: str) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path / "data"), "DEMO": "0", **env}
        command = [sys.executable, "-m", "server", "run"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        running.append(process)
        return process

    yield run
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_sigterm_ends_it_within_five_seconds_and_the_port_is_free(start: Start) -> None:
    port = free_port()
    process = start(port)
    until("the server", lambda: answers(port))
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0
    assert not answers(port)


def test_a_second_server_on_the_same_folder_is_refused_with_a_clear_line(start: Start, tmp_path: Path) -> None:
    port = free_port()
    start(port)
    until("the server", lambda: answers(port))
    second = start(free_port())
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert str(tmp_path / "data") in said.decode()
    assert "in use by another server" in said.decode()
    assert answers(port)


def test_a_port_that_somebody_has_is_refused_and_not_shared(start: Start, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as granian does: the system would let both listen
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said, _ = start(port).communicate(timeout=30)
    assert f"Port {port} on 127.0.0.1 can not be had" in said.decode()
    assert "Traceback" not in said.decode()


def test_an_address_that_is_none_is_refused_in_words(start: Start) -> None:
    said, _ = start(free_port(), MOEDE_ADDRESS="localhost").communicate(timeout=30)
    assert "'localhost' is no IP address" in said.decode()
    assert "Traceback" not in said.decode()


def test_a_killed_command_takes_its_worker_with_it_and_leaves_port_and_lock_free(start: Start) -> None:
    port = free_port()
    process = start(port)
    until("the server", lambda: answers(port))
    os.kill(process.pid, signal.SIGKILL)
    process.wait(5)
    until("the worker to end by itself", lambda: not answers(port, "/live"), 10)
    again = free_port()
    start(again)
    until("another server on the same folder", lambda: answers(again))


def test_a_bad_setting_ends_the_start_with_the_key(start: Start) -> None:
    said, _ = start(free_port(), MOEDE_READERS="many").communicate(timeout=30)
    assert "MOEDE_READERS" in said.decode()
    assert "Traceback" not in said.decode()

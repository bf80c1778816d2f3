"""The command as a process: it starts, refuses a second one, stops in time, and leaves no worker behind."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.served import Process, Server, status, until

Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    with ExitStack() as running:
        yield lambda port=None, **env: running.enter_context(Server(tmp_path / "data", env, port=port))


def test_sigterm_ends_it_within_five_seconds_and_the_port_is_free(start: Start) -> None:
    server = start().ready()
    server.tell(signal.SIGTERM)
    assert server.wait(5) == 0
    assert status(server.port, "/live") == 0


def test_a_second_server_on_the_same_folder_is_refused_with_a_clear_line(start: Start, tmp_path: Path) -> None:
    server, second = start().ready(), start()
    assert second.wait(30) == 1
    assert str(tmp_path / "data") in second.said()
    assert "in use by another server" in second.said()
    assert status(server.port, "/ready") == 200


def test_a_port_that_somebody_has_is_refused_and_not_shared(start: Start) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as granian does: the system would let both listen
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused(start(port), f"Port {port} on 127.0.0.1 can not be had")


def test_an_address_that_is_none_is_refused_in_words(start: Start) -> None:
    refused(start(MOEDE_ADDRESS="localhost"), "'localhost' is no IP address")


def test_a_killed_command_takes_its_worker_with_it_and_leaves_port_and_lock_free(start: Start) -> None:
    server = start().ready()
    server.tell(signal.SIGKILL)
    server.wait(5)
    until("the worker to end by itself", lambda: status(server.port, "/live") == 0, 10)
    start().ready()


def test_a_bad_setting_ends_the_start_with_the_key(start: Start) -> None:
    refused(start(MOEDE_READERS="many"), "MOEDE_READERS")


def refused(server: Server, words: str) -> None:
    assert server.wait(30) != 0
    assert words in server.said()
    assert "Traceback" not in server.said()


def test_a_server_that_dies_under_a_test_tells_it_why() -> None:
    command = ("sh", "-c", "echo no room >&2; exit 3")
    with (
        Process(*command, env={}) as dying,
        pytest.raises(AssertionError, match=r"the server, and it ended with 3.*no room"),
    ):
        dying.until("the server", lambda: False)


def test_what_does_not_end_when_asked_is_made_to_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.served.STOP_S", 0.2)
    command = ("sh", "-c", "trap '' TERM; sleep 600 & echo $!; wait")
    with Process(*command, env={}) as deaf:
        deaf.until("its first words", lambda: deaf.said() != "")
        assert deaf.stop() == -signal.SIGKILL
        assert deaf.stop() == -signal.SIGKILL, "one that is gone is no error"
    until("what it started to be gone", lambda: gone(deaf.said().strip()))


def gone(pid: str) -> bool:
    """Or ended, and only waits to be taken note of."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() == b""
    except (FileNotFoundError, ProcessLookupError):
        return True

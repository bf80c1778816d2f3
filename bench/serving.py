"""A server of ours, and the bare one beside it, each as a process group on a free port of loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figure import ROOT

READY_S = 60
STOP_S = 15
BARE = """
import sys
from granian import Granian
from granian.constants import Interfaces
Granian("bench.bare:served", factory=True, address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.ASGI, workers=1,
        workers_kill_timeout=3, websockets=False, log_access=False).serve()
"""
"""As server/cli.py starts ours."""


@dataclass(frozen=True)
class Served:
    """`url` without a slash at its end; `group` is the process group."""

    url: str
    group: int

    def rss_mb(self) -> float:
        """What the group's processes hold in memory, added up (what they share counts in each)."""
        told = subprocess.run(["ps", "-eo", "pgid=,rss="], capture_output=True, text=True, check=True).stdout
        rows = (line.split() for line in told.splitlines())
        return sum(int(rss) for group, rss in rows if int(group) == self.group) / 1024


@contextmanager
def ours(data_dir: Path, *, demo: bool = False, **more: str) -> Iterator[Served]:
    """`python -m server run` on a DATA_DIR. `more`: settings by the names that the environment has for them."""
    with _started(["-m", "server", "run"], DATA_DIR=str(data_dir), DEMO="1" if demo else "0", **more) as served:
        yield served


@contextmanager
def bare() -> Iterator[Served]:
    """bench/bare.py under the settings of ours."""
    with _started(["-c", BARE, "{port}"]) as served:
        yield served


@contextmanager
def _started(args: list[str], **env: str) -> Iterator[Served]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, *(arg.replace("{port}", str(port)) for arg in args)],
        cwd=ROOT,
        env={**os.environ, **env, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _until_it_answers(process, port)
        yield Served(f"http://127.0.0.1:{port}", process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stderr:
            process.stderr.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _until_it_answers(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            raise RuntimeError(f"a server ended at once: {said[-400:]}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/live", timeout=5).close()
        except urllib.error.HTTPError:
            return  # the bare one has no such page, and says so
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"no server answered on {port} within {READY_S} s")

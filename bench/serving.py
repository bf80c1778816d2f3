"""A server of ours, and the bare one beside it, each as a process group on a free port of loopback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.served import Process, Server, free_port, status

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
    with Server(data_dir, {"DEMO": "1" if demo else "0", **more}) as server:
        yield Served(f"http://127.0.0.1:{server.ready().port}", server.group)


@contextmanager
def bare() -> Iterator[Served]:
    """bench/bare.py under the settings of ours."""
    port = free_port()
    with Process(sys.executable, "-c", BARE, str(port), env=os.environ) as peer:
        peer.until("the bare server", lambda: status(port, "/") != 0)
        yield Served(f"http://127.0.0.1:{port}", peer.group)

"""One client for both sides: wrk with sixteen connections, ours and the peer in turn (ABAB …), so that a machine whose speed
drifts drifts for both."""

import re
import subprocess
from pathlib import Path

from bench.installed import program

HERE = Path(__file__).resolve().parent
ROUNDS = 5
ROUND_S = 3
CONNECTIONS = 16


class Client:
    """Requests/s of one address. Raises RuntimeError where wrk is not here, or an answer was an error."""

    def __init__(self, url: str, *, headers: dict[str, str] | None = None, script: str | None = None) -> None:
        self._url, self._headers, self._script = url, headers or {}, script
        self._wrk = program("wrk", "wrk")

    def run(self, *args: str, seconds: int = ROUND_S) -> tuple[float, int]:
        """(requests/s, how many were answered). `args` go to the script."""
        command = [self._wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
        command += [part for name, value in self._headers.items() for part in ("-H", f"{name}: {value}")]
        command += ["-s", str(HERE / self._script)] if self._script else []
        done = subprocess.run([*command, self._url, "--", *args], capture_output=True, text=True, check=True)
        if wrong := re.search(r"Non-2xx.*|Socket errors.*", done.stdout):
            raise RuntimeError(f"{self._url}: {wrong[0]}")
        rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
        count = re.search(r"(\d+) requests in", done.stdout)
        if rate is None or count is None:
            raise RuntimeError(f"wrk said nothing of its rate: {done.stdout[-200:]}")
        return float(rate[1]), int(count[1])


def in_turn(ours: Client, peer: Client) -> tuple[list[float], list[float]]:
    """Requests/s of both, round by round, after one round that is not counted."""
    mine, theirs = [], []
    for round_ in range(ROUNDS + 1):
        a, b = ours.run(seconds=ROUND_S if round_ else 1)[0], peer.run(seconds=ROUND_S if round_ else 1)[0]
        if round_:
            mine.append(a)
            theirs.append(b)
    return mine, theirs

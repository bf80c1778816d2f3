"""One figure as `bench/results.json` holds it (a list of these)."""

import json
import os
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any, Literal

import msgspec

ROOT = Path(__file__).resolve().parent.parent


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """`ratio` above 1 is ahead of the peer, whichever way is better. `spread`: (largest - smallest) / median over `runs`."""

    id: str
    value: float | None
    """None: not measured, `peer` says why."""
    unit: str
    better: Literal["lower", "higher"] = "lower"
    peer: str | None = None
    peer_value: float | None = None
    ratio: float | None = None
    runs: int = 1
    spread: float = 0.0
    held_to: str = ""
    """What it is held to, in words, for the table; no test fails on it."""


def of(id: str, runs: list[float], unit: str, **more: Any) -> Figure:
    """The median of `runs` as a figure."""
    middle = statistics.median(runs)
    spread = (max(runs) - min(runs)) / middle if middle else 0.0
    return Figure(id=id, value=round(middle, 3), unit=unit, runs=len(runs), spread=round(spread, 3), **more)


def beside(
    id: str,
    ours: list[float],
    theirs: list[float],
    unit: str,
    peer: str,
    *,
    better: Literal["lower", "higher"] = "lower",
    held_to: str = "",
) -> Figure:
    """Ours and the peer's of the same run, their medians and the ratio of those. `spread` is the wider of the two."""
    mine, other = statistics.median(ours), statistics.median(theirs)
    ahead = (mine, other) if better == "higher" else (other, mine)
    ratio = round(ahead[0] / ahead[1], 3) if ahead[1] else None  # of nothing there is no ratio
    return msgspec.structs.replace(
        of(id, ours, unit, better=better, held_to=held_to, peer=peer, peer_value=round(other, 3), ratio=ratio),
        spread=max(of(id, ours, unit).spread, of(id, theirs, unit).spread),
    )


def not_measured(id: str, why: str) -> Figure:
    """A row that says what is missing."""
    return Figure(id=id, value=None, unit="", peer=why, runs=0)


def shown(figure: Figure) -> str:
    """The value as tables have it."""
    return "not measured" if figure.value is None else f"{figure.value:g} {figure.unit}"


def peer_of(figure: Figure) -> str:
    """The peer and what it did, as tables have it; why there is none where it was not there."""
    return (figure.peer or "") + ("" if figure.peer_value is None else f": {figure.peer_value:g} {figure.unit}")


def timed(command: list[str], env: dict[str, str] | None = None) -> tuple[float, float]:
    """Runs a command to its end: its seconds by the clock, and the MB of its largest process (its own children among them)."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[2:4]} ended with {process.returncode}: {said.decode()[-400:]}")
    return time.monotonic() - began, used.ru_maxrss / 1024


def node(script: str, *args: str, timeout_s: int = 600) -> Any:
    """Runs bench/<script> with Node and returns the JSON of its last line."""
    command = [str(ROOT / ".venv/bin/node"), str(ROOT / "bench" / script), *args]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout_s, check=False)
    if done.returncode:
        raise RuntimeError(f"{script}: {(done.stderr or done.stdout).strip()[-800:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])

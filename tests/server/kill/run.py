"""Runs the write paths in processes of their own, which open no database before they fork, and brings back their rows."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.server.kill.row import Row

ROOT = Path(__file__).resolve().parents[3]
TOGETHER = 2


def rows(names: Sequence[str], *, seed: int, every: bool = False) -> list[Row]:
    """A row for each path named, in their order. Raises RuntimeError with what a process said that failed."""
    how = ["every" if every else "some"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.server.kill.statements", str(seed), *how, *part],
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for part in (list(names[n::TOGETHER]) for n in range(TOGETHER))
        if part
    ]
    found: dict[str, Row] = {}
    for process in running:
        said, errors = process.communicate()
        if process.returncode:
            raise RuntimeError(errors.decode(errors="replace")[-4000:])
        for line in said.splitlines():
            row = Row(**json.loads(line))
            found[row.name] = row
    return [found[name] for name in names]

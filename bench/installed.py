"""The peers, installed by `make bench` alone: Python's and Node's into bench/peers, Debian's by its own hand.
A peer that can not be had is a row that says so; nothing else waits for it."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "bench/peers"
VENV = HERE / ".venv"
MODULES = HERE / "node_modules"


class Missing(RuntimeError):
    """A peer that is not here: what it is, and the command that installs it."""


@functools.cache
def program(name: str, package: str) -> str:
    """The path of a program of Debian's `package`, which root installs at once. Raises Missing."""
    if (found := shutil.which(name)) is None and shutil.which("apt-get") and os.geteuid() == 0:
        print(f"bench: installing {package} (apt-get)", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *command], env=environment, capture_output=True, check=False)
        found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not here: apt-get install {package}")
    return found


@functools.cache
def python_packages() -> Path:
    """The folder of programs of bench/peers/.venv, with what its requirements.txt holds. Raises Missing."""
    stamp, wanted = VENV / ".stamp", HERE / "requirements.txt"
    if not _newer(stamp, wanted):
        print("bench: the peers' Python packages …", file=sys.stderr)
        _do([sys.executable, "-m", "venv", "--clear", str(VENV)], "the peers' Python packages")
        pip = [str(VENV / "bin/pip"), "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        _do([*pip, "--require-hashes", "-r", str(wanted)], "the peers' Python packages")
        stamp.touch()
    return VENV / "bin"


@functools.cache
def node_packages() -> Path:
    """bench/peers/node_modules, with what its package-lock.json holds. Raises Missing."""
    stamp, wanted = MODULES / ".stamp", HERE / "package-lock.json"
    if not _newer(stamp, wanted):
        print("bench: the peers' Node packages …", file=sys.stderr)
        npm = [str(ROOT / ".venv/bin/npm"), "ci", "--silent", "--no-fund", "--no-audit", "--ignore-scripts"]
        _do(npm, "the peers' Node packages")
        stamp.touch()
    return MODULES


def _newer(stamp: Path, wanted: Path) -> bool:
    return stamp.exists() and stamp.stat().st_mtime >= wanted.stat().st_mtime


def _do(command: list[str], what: str) -> None:
    path = f"{ROOT / '.venv/bin'}:{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=HERE, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Missing(f"{what} could not be installed: {(done.stderr or done.stdout).strip()[-300:]}")

"""The units of systemd: it reads them, they name commands that are there, and they leave a process little to do harm with."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import ROOT

UNITS = sorted((ROOT / "deploy").glob("moedesteder*.*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


@pytest.fixture
def here(tmp_path: Path) -> list[Path]:
    """The units as they would be installed, with a Python that is on this machine."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here")
    copies = []
    for unit in UNITS:
        copy = tmp_path / unit.name
        text = unit.read_text(encoding="utf-8").replace("/opt/moedesteder/.venv/bin/python", sys.executable)
        copy.write_text(text, encoding="utf-8")
        copies.append(copy)
    return copies


def test_systemd_finds_nothing_wrong_with_them(here: list[Path]) -> None:
    told = subprocess.run(["systemd-analyze", "verify", "--man=no", *here], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


def test_they_leave_little_to_do_harm_with(here: list[Path]) -> None:
    services = [unit for unit in here if unit.suffix == ".service"]
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", *services],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-300:]


def test_every_command_that_they_start_is_there() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "server", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for unit in SERVICES:
        (command,) = re.findall(r"^ExecStart=\S+ -m server (\w+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        assert re.search(rf"\b{command}\b", said), unit.name


def test_the_timer_makes_up_for_a_night_that_was_missed() -> None:
    timer = (ROOT / "deploy" / "moedesteder-backup.timer").read_text(encoding="utf-8")
    assert {"Persistent=true", "RandomizedDelaySec=1h"} <= set(timer.splitlines())


def test_a_stop_is_told_to_the_command_alone_which_tells_its_worker() -> None:
    service = (ROOT / "deploy" / "moedesteder.service").read_text(encoding="utf-8")
    assert "KillMode=mixed" in service.splitlines()

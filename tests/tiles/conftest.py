"""What the tests of the tile maker share: the small municipality built once, and the command."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tiles.small_town import NOON, Municipality, silent, small_town
from tiles.build import build

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Municipality:
    asked = small_town(tmp_path_factory.mktemp("town"))
    built = build(asked, NOON, silent)
    return Municipality(asked, built, json.loads((asked.out / "packs.json").read_bytes()))


@pytest.fixture
def tiles_command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """`python -m tiles …` as a person runs it."""

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tiles", *map(str, words)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    return run

"""The reader of spreadsheets runs behind the fence, and does not believe whoever says that it is up."""

import os
import subprocess
import sys
from pathlib import Path

from server.formats.table.choices import MOST_BYTES, arguments
from tests.server.conftest import NOW

ROOT = Path(__file__).resolve().parents[4]
CASE = ROOT / "tests" / "cases" / "import-danish.csv"


def test_a_reader_told_that_its_fence_is_up_does_not_believe_it() -> None:
    said = subprocess.run(
        [sys.executable, "-P", "-m", "server.formats.table", str(CASE)], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "MOEDESTEDER_READER": "1"},
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (1, "")
    assert "FenceDown" in said.stderr


def test_what_is_remembered_of_very_many_tables_fits_into_one_argument() -> None:
    many = {f"ark {n}": {f"Kolonne {i}": "notes" for i in range(100)} for n in range(200)}
    found = arguments(Path("ark 150.csv"), ("A=lat",), many, source=None, today=NOW.date())
    assert max(len(one.encode()) for one in found) < MOST_BYTES + 1_000
    assert '"ark 150"' in found[1]
    assert arguments(Path("lag.gpkg"), (), many, source=None, today=NOW.date()) == []

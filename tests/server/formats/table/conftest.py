"""A spreadsheet of a few lines, read."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.formats.table.test_table import Reads, Sheet


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    """Writes a CSV of these lines (or bytes) and reads it."""

    def read(*lines: str | bytes, name: str = "steder.csv", **choices: Any) -> Sheet:
        path = tmp_path / name
        whole = lines[0] if isinstance(lines[0], bytes) else "\r\n".join(map(str, lines)).encode()
        path.write_bytes(whole)
        return Sheet(path, tmp_path / "data", **choices)

    return read

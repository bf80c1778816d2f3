"""A database that a test may commit to, in which no hour is quiet."""

import sqlite3
from pathlib import Path

import pytest

from server.store.database import file_of, local
from server.store.driver import connect
from tests.server.push.reached import never_quiet


@pytest.fixture
def data_dir(begun: Path, tmp_path: Path) -> Path:
    """A DATA_DIR of one's own."""
    data = tmp_path / "data"
    data.mkdir()
    source, target = connect(file_of(begun)), sqlite3.connect(file_of(data))
    source.backup(target)
    source.close()
    target.close()
    with local(data) as tx:
        never_quiet(tx)
    return data

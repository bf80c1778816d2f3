"""A database that a test may commit to."""

import sqlite3
from pathlib import Path

import pytest

from server.store.database import file_of, local
from server.store.driver import connect


@pytest.fixture
def data_dir(begun: Path, tmp_path: Path) -> Path:
    """A DATA_DIR of one's own."""
    source, target = connect(file_of(begun)), sqlite3.connect(file_of(tmp_path))
    source.backup(target)
    source.close()
    target.close()
    with local(tmp_path):
        pass  # heads
    return tmp_path

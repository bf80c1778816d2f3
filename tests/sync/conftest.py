"""A database that holds the protocol's own tables and nothing else, and the vectors that both languages read."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sync import feed

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def tx() -> Iterator[sqlite3.Connection]:
    """Inside a transaction, the feed begun with epoch k3f9."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript((ROOT / "sync" / "schema.sql").read_text(encoding="utf-8"))
    connection.execute("BEGIN")
    feed.begin(connection, "k3f9")
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def vectors() -> Callable[[str], Any]:
    def read(name: str) -> Any:
        return json.loads((ROOT / "tests" / "vectors" / f"{name}.json").read_text(encoding="utf-8"))

    return read

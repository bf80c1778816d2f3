"""The rows of the write paths that were chosen, in two processes at once: each forks, and must have no database open when it does."""

import os
import random

import pytest

from tests.server.kill.row import Row
from tests.server.kill.run import rows


@pytest.fixture(scope="session")
def seed() -> int:
    """KILL_SEED, or another each time; a failure tells it."""
    return int(os.environ.get("KILL_SEED") or random.randrange(10**6))


@pytest.fixture(scope="session")
def kills(request: pytest.FixtureRequest, seed: int) -> dict[str, Row]:
    """What came of each path that a chosen test names."""
    chosen = [getattr(item, "callspec", None) for item in request.session.items]
    names = [call.params["write_path"] for call in chosen if call is not None and "write_path" in call.params]
    return {row.name: row for row in rows(list(dict.fromkeys(names)), seed=seed)}

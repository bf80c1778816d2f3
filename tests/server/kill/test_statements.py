"""The server, or a command, dies at each step of each way in which something is written (paths.py), and is started again.

What is found is all of it or nothing (or a stage between two transactions, which the next start finishes); the database is whole, its
R-trees and its feed fit their rows; what had been answered is there; and sending the same bytes again gives each thing exactly once."""

import pytest

from tests.server.kill.paths import PATHS
from tests.server.kill.row import Row

every_path = pytest.mark.parametrize("write_path", [path.name for path in PATHS])


@every_path
def test_whatever_it_dies_at_all_of_it_is_there_or_nothing(write_path: str, kills: dict[str, Row], seed: int) -> None:
    assert kills[write_path].torn == [], f"seed {seed}"


@every_path
def test_what_was_answered_is_there_afterwards(write_path: str, kills: dict[str, Row], seed: int) -> None:
    assert kills[write_path].lost == [], f"seed {seed}"


@every_path
def test_sent_again_it_is_done_exactly_once_and_answered_as_the_first_time(
    write_path: str, kills: dict[str, Row], seed: int
) -> None:
    assert kills[write_path].twice == [], f"seed {seed}"


@every_path
def test_it_died_at_steps_before_and_after_the_commit(write_path: str, kills: dict[str, Row]) -> None:
    """Else the three above would say nothing."""
    row = kills[write_path]
    assert row.kills > 20
    assert row.before > 0
    assert row.after > 1, "after COMMIT, and before the reply has left"

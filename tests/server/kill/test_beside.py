"""An import beside a running server, ops coming in: both come to their end."""

from pathlib import Path

from tests.server.kill.beside import beside


def test_an_import_beside_a_server_under_load_loses_no_op_and_no_row(tmp_path: Path, seed: int) -> None:
    found = beside(tmp_path, things=2000, seed=seed)
    assert (found.status, found.facilities) == (0, 2000)
    assert found.during > 0, "nothing came in while it ran"
    assert (found.missing, found.twice) == (0, 0), f"seed {seed}"
    assert found.reports == found.sent, f"seed {seed}"

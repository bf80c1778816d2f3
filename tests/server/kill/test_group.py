"""The whole process group is killed under load: nothing answered is missing, nothing is there twice."""

from pathlib import Path

from tests.server.kill.group import under_load


def test_each_report_is_there_once_after_kills_under_load(tmp_path: Path, seed: int) -> None:
    found = under_load(tmp_path, kills=6, seed=seed)
    assert found.answered > 0
    assert found.sent > found.answered, "nothing was cut off: the kills came to nothing"
    assert (found.missing, found.twice) == (0, 0), f"seed {seed}"
    assert found.rows == found.sent, f"seed {seed}"
    assert found.whole == "ok"

"""`kill -9` while a reminder goes out: each phone that is there shows it once. `python -m tests.server.push.kill` does so at length."""

from pathlib import Path

from tests.server.push.kill import fan_out, table


def test_a_fan_out_that_is_killed_again_and_again_reaches_each_phone_and_is_shown_once(tmp_path: Path) -> None:
    found = fan_out(tmp_path, devices=300, kills=6, seed=20260312)
    assert found.within >= 3, "the kills came when all was over"
    assert found.kept, f"{table(found)}\n{found}"

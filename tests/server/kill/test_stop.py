"""The whole process group is asked to stop under load: it ends by itself, and every report is there once."""

from functools import partial
from pathlib import Path

from tests.server.kill.group import sending

STOPS, MORE = 3, 100


def test_a_stop_under_load_is_never_made_by_force_and_each_report_is_there_once(tmp_path: Path, seed: int) -> None:
    with sending(tmp_path / "data", seed) as (server, senders):
        for _ in range(STOPS):
            server.until("reports to be taken", partial(senders.taken, len(senders.applied) + MORE))
            code, said = server.stop()
            assert (code, "Killing" in said) == (0, False), said
            server.start()
    assert (senders.missing, senders.twice) == (0, 0), f"seed {seed}"

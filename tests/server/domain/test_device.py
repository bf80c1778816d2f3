"""What a phone may say of itself."""

import datetime
from typing import Any

from server.model.device import SKIPS_MOST
from server.store import device
from tests.server.domain.test_met import SECRET, phone


def test_a_phone_skips_so_many_times_and_may_say_each_of_them_again(world: Any) -> None:
    id = world.event()
    row = device.make(world.tx, SECRET, world.ctx.today)
    days = [str(datetime.date(2026, 4, 7) + datetime.timedelta(days=n)) for n in range(SKIPS_MOST + 1)]
    world.tx.executemany("INSERT INTO skipped VALUES (?, ?, ?)", [(row, id, day) for day in days[:-1]])
    assert phone(world, "skip", id, {"day": days[0]})["status"] == "applied"
    more = phone(world, "skip", id, {"day": days[-1]})
    assert (more["code"], more["limit"]) == ("too_many", SKIPS_MOST)
    assert phone(world, "skip", id, {"day": days[0], "skip": False})["status"] == "applied"
    assert phone(world, "skip", id, {"day": days[-1]})["status"] == "applied"

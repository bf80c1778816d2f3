"""Series go on as time does; what is over leaves what all read."""

import datetime
from typing import Any

import pytest

from server.jobs import expand as job
from server.jobs.expand import expand
from server.store import event
from sync import feed

WEEKLY = {"date": "2026-04-07", "starts": "14:00", "ends": "16:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}


def times(world: Any, id: str) -> list[str]:
    return [time["date"] for time in world.body("public", "event", id)["times"]]


def v(world: Any, id: str) -> str:
    found = feed.current(world.tx, "public", "event", id)
    assert found is not None
    return str(found[0])


def test_a_series_is_thirteen_months_long_and_grows_month_by_month(world: Any) -> None:
    id = world.event(schedule=WEEKLY)
    assert (times(world, id)[0], times(world, id)[-1]) == ("2026-04-07", "2027-04-27")
    before = v(world, id)
    world.on("2026-04-20")
    assert expand(world.tx, world.ctx) is None
    assert v(world, id) == before, "nothing is fetched anew in the first weeks"
    world.on("2026-05-02")
    assert expand(world.tx, world.ctx) is None
    assert times(world, id)[-1] == "2027-06-01"
    assert times(world, id)[0] == "2026-04-07"
    world.on("2026-06-15")
    expand(world.tx, world.ctx)
    assert times(world, id)[0] == "2026-05-19"


def test_it_changes_nothing_when_it_is_done_twice(world: Any) -> None:
    id = world.event(schedule=WEEKLY)
    world.on("2026-05-20")
    expand(world.tx, world.ctx)
    before = v(world, id)
    expand(world.tx, world.ctx)
    assert v(world, id) == before


@pytest.mark.parametrize("state", ["public", "cancelled"])
def test_what_is_over_for_thirty_days_is_a_tombstone_for_all_and_stays_with_staff(world: Any, state: str) -> None:
    id = world.event(state, schedule={"date": "2026-04-07", "starts": "14:00"})
    world.on("2026-05-07")
    expand(world.tx, world.ctx)
    assert world.body("public", "event", id) is not None
    world.on("2026-05-09")
    expand(world.tx, world.ctx)
    assert world.body("public", "event", id) is None
    assert world.body("staff", "event", id)["state"] == state


def test_whole_days_count_to_their_last(world: Any) -> None:
    id = world.event(schedule={"date": "2026-04-07", "days": 10})
    world.on("2026-05-15")
    expand(world.tx, world.ctx)
    assert world.body("public", "event", id) is not None
    world.on("2026-05-18")
    expand(world.tx, world.ctx)
    assert world.body("public", "event", id) is None


def test_a_yearly_day_comes_back_when_it_is_thirteen_months_away(world: Any) -> None:
    id = world.event(schedule={"date": "2026-06-24", "starts": "10:00", "rrule": "FREQ=YEARLY;INTERVAL=3"})
    world.on("2026-08-10")
    expand(world.tx, world.ctx)
    assert world.body("public", "event", id) is None
    world.on("2028-06-01")
    expand(world.tx, world.ctx)
    assert times(world, id) == ["2029-06-24"]


def test_many_are_taken_a_few_at_a_time(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [world.event(schedule=WEEKLY, name={"da": f"Kaffe {n}"}) for n in range(5)]
    monkeypatch.setattr(job, "AT_ONCE", 2)
    world.on("2026-05-20")
    rounds = 1
    while (again := expand(world.tx, world.ctx)) is not None:
        assert again > world.ctx.now
        rounds += 1
    assert rounds == 3
    assert {row.written_to for row in event.many(world.tx, ids)} == {datetime.date(2027, 6, 20)}


def test_other_holidays_write_the_series_that_leave_them_out_again(world: Any) -> None:
    skipping = world.event(schedule={**WEEKLY, "skips": ["school", "holidays"]})
    plain = world.event(schedule=WEEKLY, name={"da": "Krolf"})
    before = v(world, plain)
    settings = {"holidays": ["2026-04-14"], "school_holidays": [{"from": "2026-06-27", "to": "2026-08-09"}]}
    world.done("save_settings", "settings", "site", {"set": settings})
    found = times(world, skipping)
    assert "2026-04-14" not in found
    assert not [day for day in found if "2026-06-27" <= day <= "2026-08-09"]
    assert ("2026-04-14" in times(world, plain), v(world, plain)) == (True, before)
    world.done("save_settings", "settings", "site", {"set": {"holidays": None, "school_holidays": None}})
    assert times(world, skipping) == times(world, plain)

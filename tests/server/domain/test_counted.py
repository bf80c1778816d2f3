"""How many came, in two numbers, and how it was, as nobody in particular says."""

import datetime
from typing import Any

import pytest

from server.model.organise import TOLD_LEAST
from server.store import counted
from tests.server.domain import happening

OVER, COMING = "2026-03-31", "2026-04-02"
YEAR = datetime.date(2026, 1, 1)


@pytest.fixture
def event(world: Any) -> str:
    """One time of it was yesterday, one is tomorrow."""
    id = world.id()
    return happening.put(world, id, tuple(happening.time(id, day) for day in (OVER, COMING)))


def test_what_is_counted_again_takes_the_place_of_the_first(world: Any, event: str) -> None:
    for came, new in ((7, 2), (8, 2)):
        world.done("count_event", "event", event, {"day": OVER, "came": came, "new": new})
    (found,) = counted.counts(world.tx, [event], YEAR)
    assert (str(found.day), found.came, found.new) == (OVER, 8, 2)


@pytest.mark.parametrize(("came", "new"), [(2, 3), (-1, 0), (10_001, 0), (1.5, 0)])
def test_numbers_that_can_not_be_are_refused(world: Any, event: str, came: float, new: int) -> None:
    assert world.do("count_event", "event", event, {"day": OVER, "came": came, "new": new})["code"] == "invalid"
    assert world.count("counted") == 0


def test_nobody_and_ten_thousand_can_come(world: Any, event: str) -> None:
    for came in (0, 10_000):
        world.done("count_event", "event", event, {"day": OVER, "came": came, "new": came})


def test_what_is_to_come_or_cancelled_or_never_was_is_not_counted(world: Any, event: str) -> None:
    args = {"came": 7, "new": 2}
    for day in (COMING, "2026-03-30"):
        assert world.do("count_event", "event", event, {"day": day} | args)["code"] == "invalid"
    id = world.id()
    off = happening.put(world, id, (happening.time(id, OVER, state="cancelled"),))
    assert world.do("count_event", "event", off, {"day": OVER} | args)["code"] == "invalid"
    assert world.do("tell_after", "event", off, {"day": OVER, "how": "good"})["code"] == "invalid"


def tell(world: Any, event: str, how: str, times: int = 1) -> None:
    for _ in range(times):
        world.done("tell_after", "event", event, {"day": OVER, "how": how})


def test_how_it_was_is_a_number_and_nothing_else(world: Any, event: str) -> None:
    tell(world, event, "not_there", 2)
    assert world.tx.execute("SELECT * FROM told").fetchall() == [(event, OVER, "not_there", 2)]
    assert world.tx.execute("SELECT 1 FROM audit WHERE verb = 'tell_after'").fetchall() == []


def test_how_it_was_is_shown_once_it_is_not_somebody(world: Any, event: str) -> None:
    tell(world, event, "not_for_me")
    tell(world, event, "good", TOLD_LEAST - 2)
    assert counted.told(world.tx, None) == ()
    tell(world, event, "not_there")
    (found,) = counted.told(world.tx, [event])
    assert (found.good, found.so_so, found.not_for_me, found.not_there) == (TOLD_LEAST - 2, 0, 1, 1)


def test_after_two_weeks_nobody_is_asked_how_it_was(world: Any, event: str) -> None:
    world.on("2026-04-14")
    tell(world, event, "so_so")
    world.on("2026-04-15")
    reply = world.do("tell_after", "event", event, {"day": OVER, "how": "so_so"})
    assert (reply["code"], "for længe siden" in reply["detail"]) == ("invalid", True)

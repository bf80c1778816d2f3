"""Addresses are remembered for an hour and no longer, also where nobody sends anything more."""

import asyncio

from server.web import limits
from server.web.limits import HOUR_S, Limits


def test_an_address_is_forgotten_an_hour_after_its_last_op_whoever_asks_then() -> None:
    now = [0.0]
    kept = Limits(5, clock=lambda: now[0])
    kept.count("a", 1)
    now[0] = 1800.0
    kept.count("b", 1)
    now[0] = 3599.0
    assert (kept.left("a"), kept.known()) == (4, 2)
    now[0] = 3600.0
    assert (kept.left("c"), kept.known()) == (5, 1)
    assert kept.left("b") == 4


def test_one_that_goes_on_sending_is_counted_for_the_last_hour_alone() -> None:
    now = [0.0]
    kept = Limits(2, clock=lambda: now[0])
    kept.count("a", 1)
    now[0] = 3000.0
    kept.count("a", 1)
    assert kept.left("a") == 0
    now[0] = 3601.0
    assert (kept.left("a"), kept.known()) == (1, 1)


def test_the_hour_that_ends_between_two_looks_at_the_clock_stops_nobody() -> None:
    ticks = iter([0.0, HOUR_S - 0.001, HOUR_S, HOUR_S + 1, HOUR_S + 2, HOUR_S + 3])
    kept = Limits(5, clock=lambda: next(ticks))
    kept.count("a", 1)
    assert kept.left("a") in (4, 5)
    assert kept.left("b") == 5


def test_it_is_forgotten_by_itself_too() -> None:
    now = [0.0]
    kept = Limits(5, clock=lambda: now[0])

    async def an_hour() -> list[float]:
        loop = asyncio.get_running_loop()
        kept.count("a", 1)
        assert kept._timer is not None
        due = [kept._timer.when() - loop.time()]
        now[0] = limits.HOUR_S
        kept._woken()
        return due

    (due,) = asyncio.run(an_hour())
    assert 3590 < due <= 3600
    assert (kept.known(), kept._timer) == (0, None)

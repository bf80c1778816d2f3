"""Addresses are remembered for an hour and no longer, also where nobody sends anything more."""

import asyncio

from server.ops import AFTER_BUSY_S
from server.web import limits
from server.web.limits import HOUR_S, Limits


def sent(kept: Limits, address: str, new: int = 1) -> None:
    kept.settle(address, kept.take(address, new), new)


def left(kept: Limits, address: str) -> int:
    share = kept.take(address, 1000)
    assert share is not None
    kept.settle(address, share, 0)
    return share.left


def test_an_address_is_forgotten_an_hour_after_its_last_op_whoever_asks_then() -> None:
    now = [0.0]
    kept = Limits(5, clock=lambda: now[0])
    sent(kept, "a")
    now[0] = 1800.0
    sent(kept, "b")
    now[0] = 3599.0
    assert (left(kept, "a"), kept.known()) == (4, 2)
    now[0] = 3600.0
    assert (left(kept, "c"), kept.known()) == (5, 1)
    assert left(kept, "b") == 4


def test_one_that_goes_on_sending_is_counted_for_the_last_hour_alone() -> None:
    now = [0.0]
    kept = Limits(2, clock=lambda: now[0])
    sent(kept, "a")
    now[0] = 3000.0
    sent(kept, "a")
    assert left(kept, "a") == 0
    now[0] = 3601.0
    assert (left(kept, "a"), kept.known()) == (1, 1)


def test_the_hour_that_ends_between_two_looks_at_the_clock_stops_nobody() -> None:
    ticks = iter([0.0, 0.0, HOUR_S - 0.001, HOUR_S, HOUR_S + 1, HOUR_S + 2, HOUR_S + 3])
    kept = Limits(5, clock=lambda: next(ticks))
    sent(kept, "a")
    assert left(kept, "a") in (4, 5)
    assert left(kept, "b") == 5


def test_it_is_forgotten_by_itself_too() -> None:
    now = [0.0]
    kept = Limits(5, clock=lambda: now[0])

    async def an_hour() -> list[float]:
        loop = asyncio.get_running_loop()
        sent(kept, "a")
        assert kept._timer is not None
        due = [kept._timer.when() - loop.time()]
        now[0] = limits.HOUR_S
        kept._woken()
        return due

    (due,) = asyncio.run(an_hour())
    assert 3590 < due <= 3600
    assert (kept.known(), kept._timer) == (0, None)


def test_what_runs_at_once_has_one_share_and_what_is_not_used_comes_back() -> None:
    kept = Limits(5, clock=lambda: 0.0)
    first, second, third = (kept.take("a", 3) for _ in range(3))
    assert [share.left for share in (first, second, third) if share] == [3, 2, 0]
    assert third is not None
    assert third.wait_s == AFTER_BUSY_S, "what they leave is known in a moment"
    for share, new in ((first, 1), (second, 2), (third, 0)):
        kept.settle("a", share, new)
    assert left(kept, "a") == 2
    kept.settle("b", kept.take("b", 3), 0)
    assert kept.known() == 1, "who has sent nothing new is not remembered"


def test_it_is_told_when_the_oldest_falls_out() -> None:
    now = [0.0]
    kept = Limits(2, clock=lambda: now[0])
    waits = []
    for moment in (0.0, 600.0, 1800.5, 3599.9, 3600.0):
        now[0] = moment
        share = kept.take("a", 1)
        assert share is not None
        waits.append((share.left, share.wait_s))
        kept.settle("a", share, share.left)
    assert waits == [(1, 3600), (1, 3000), (0, 1800), (0, 1), (1, 600)]


def test_where_there_is_no_limit_nothing_is_counted() -> None:
    kept = Limits(None)
    sent(kept, "a", 1000)
    assert (kept.take("a", 1000), kept.known()) == (None, 0)

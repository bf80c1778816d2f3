"""A push service that is busy or broken is left alone as long as it says, or longer each time, and the others are not."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.push.answer import meaning
from server.push.origins import AT_ONCE, FIRST_S, IN_A_ROW, KNOWN, LONGEST_S, MOST_S, Origins, retry_after
from server.store.push import Closed

REPLIES: dict[str, Any] = json.loads((Path(__file__).parents[2] / "cases/push-replies.json").read_bytes())
AT = datetime(2026, 4, 1, 17, 0, tzinfo=UTC)
FCM, MOZ = "https://fcm.googleapis.com", "https://updates.push.services.mozilla.com"


class Clock:
    def __init__(self) -> None:
        self.s = 1000.0

    def origins(self) -> Origins:
        return Origins(lambda: self.s, lambda: AT + timedelta(seconds=self.s - 1000), lambda: 0.0)


def entered(origins: Origins, origin: str) -> bool:
    return asyncio.run(origins.enter(origin))


EXPECTED: dict[str, tuple[str, float]] = {
    "sent": ("sent", 0),
    "delete_subscription": ("gone", 0),
    "shrink_and_send_again_once": ("too_large", 0),
    "back_off_and_send_again": ("broken", 0),
    "alarm_keep_subscription": ("not_us", 0),
    "subscription_made_with_another_key_renew_on_next_visit_not_sent_again": ("wrong_key", 0),
    "not_followed_alarm": ("redirect", 0),
    "wait_at_least_120_s_for_this_origin": ("busy", 120),
    "wait_at_least_300_s_for_this_origin": ("broken", 300),
}


@pytest.mark.parametrize("case", REPLIES["replies"], ids=lambda case: f"{case['from']}-{case['status']}")
def test_each_answer_of_the_cases_means_what_it_must(case: dict[str, Any]) -> None:
    expected, seconds = EXPECTED[case["expect"]]
    what, _ = meaning(case["status"], case["body"].encode())
    assert what == expected
    if not seconds:
        return
    clock = Clock()
    origins, origin = clock.origins(), REPLIES["origins"][case["from"]]
    now = datetime.fromisoformat(case.get("now", AT.isoformat()))
    assert entered(origins, origin)
    origins.failed(origin, "", retry_after(case["headers"]["Retry-After"], now), busy=what == "busy")
    clock.s += seconds - 0.1
    assert origins.closed() == [origin]
    assert not entered(origins, origin)
    clock.s += 0.2
    assert entered(origins, origin)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("Wed, 01 Apr 2026 17:05:00 GMT", 300.0),
        ("Wed, 01 Apr 2026 16:00:00 GMT", 0.0),
        ("Wednesday, 01-Apr-26 17:05:00 GMT", 300.0),
        ("Wed Apr  1 17:05:00 2026", 300.0),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
        ("9" * 40, 999999999.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(told: str | None, seconds: float | None) -> None:
    assert retry_after(told, AT) == seconds


def test_what_is_told_of_a_push_service_is_its_own_short_name_and_nothing_else() -> None:
    assert meaning(403, b'{"reason":"BadJwtToken"}') == ("not_us", "BadJwtToken")
    assert meaning(401, b'{"errno":109,"more_info":"https://fcm/secret"}') == ("not_us", "errno_109")
    assert meaning(400, b'{"reason":"https://web.push.apple.com/secret"}') == ("refused", "")
    assert meaning(400, b'{"reason":7}') == ("refused", "")
    assert meaning(400, b"\xff\xfe") == ("refused", "")
    assert (
        meaning(403, b"the VAPID credentials do not correspond to the credentials used to create it")[0] == "wrong_key"
    )


def test_one_phone_that_always_fails_does_not_close_its_push_service() -> None:
    clock = Clock()
    origins = clock.origins()
    for _ in range(3 * IN_A_ROW):
        assert entered(origins, FCM)
        assert origins.failed(FCM, "500") == 0
        assert entered(origins, FCM)
        origins.well(FCM)
    assert origins.closed() == []


def test_failures_in_a_row_close_it_and_each_time_for_longer_up_to_a_quarter_of_an_hour() -> None:
    clock = Clock()
    origins = clock.origins()
    for _ in range(IN_A_ROW):
        assert entered(origins, FCM)
        origins.failed(FCM, "500")
    waits = []
    for _ in range(10):
        assert not entered(origins, FCM)
        waits.append(origins.opens_in())
        clock.s += waits[-1] or 0
        assert entered(origins, FCM)
        origins.failed(FCM, "500")
    assert waits == [min(FIRST_S * 2**n, MOST_S) for n in range(10)]
    assert entered(origins, MOZ)


def test_many_that_were_on_their_way_when_it_broke_count_as_one_failure() -> None:
    clock = Clock()
    origins = clock.origins()
    for _ in range(AT_ONCE):
        assert entered(origins, FCM)
    for _ in range(AT_ONCE):
        origins.failed(FCM, "503", busy=True)
    assert origins.opens_in() == FIRST_S


def test_when_it_may_be_asked_again_one_goes_first_and_the_others_when_that_came_through() -> None:
    async def run() -> None:
        clock = Clock()
        origins = clock.origins()
        assert await origins.enter(FCM)
        origins.failed(FCM, "429", 30.0, busy=True)
        clock.s += 31
        assert await origins.enter(FCM)
        others = [asyncio.create_task(origins.enter(FCM)) for _ in range(5)]
        await asyncio.sleep(0)
        assert [task.done() for task in others] == [False] * 5
        assert origins.full() == [FCM]
        origins.well(FCM)
        assert await asyncio.gather(*others) == [True] * 5
        assert origins.changed() == {FCM: None}

    asyncio.run(run())


def test_those_that_wait_are_told_at_once_that_it_is_closed() -> None:
    async def run() -> None:
        origins = Clock().origins()
        assert all([await origins.enter(FCM) for _ in range(AT_ONCE)])
        others = [asyncio.create_task(origins.enter(FCM)) for _ in range(200)]
        await asyncio.sleep(0)
        origins.failed(FCM, "429", 30.0, busy=True)
        assert await asyncio.gather(*others) == [False] * 200

    asyncio.run(run())


def test_a_turn_of_one_that_gave_up_goes_to_the_next() -> None:
    async def run() -> None:
        origins = Clock().origins()
        assert all([await origins.enter(FCM) for _ in range(AT_ONCE)])
        first, second = (asyncio.create_task(origins.enter(FCM)) for _ in range(2))
        await asyncio.sleep(0)
        origins.well(FCM)
        first.cancel()
        assert await second is True
        assert origins.waiting() == 0

    asyncio.run(run())


def test_no_more_are_asked_at_once_than_may_be() -> None:
    async def run() -> None:
        origins = Clock().origins()
        turns = [asyncio.create_task(origins.enter(FCM)) for _ in range(3 * AT_ONCE)]
        await asyncio.sleep(0)
        assert sum(task.done() for task in turns) == AT_ONCE
        for number in range(2 * AT_ONCE):
            origins.well(FCM)
            await asyncio.sleep(0)
            assert sum(task.done() for task in turns) == AT_ONCE + number + 1

    asyncio.run(run())


def test_a_push_service_that_was_closed_before_the_server_ended_is_so_afterwards() -> None:
    clock = Clock()
    origins = clock.origins()
    assert entered(origins, FCM)
    origins.failed(FCM, "429", 600.0, busy=True)
    (told,) = origins.changed().values()
    assert told == Closed(FCM, AT, AT + timedelta(seconds=600), 1, "429")
    later = Clock()
    later.s += 60
    again = later.origins()
    again.remember([told])
    assert again.closed() == [FCM]
    later.s += 541
    assert again.closed() == []


def test_a_clock_that_was_set_back_closes_nothing_for_longer_than_a_day() -> None:
    origins = Clock().origins()
    origins.remember([Closed(FCM, AT, AT + timedelta(days=400), 1, "429")])
    assert origins.opens_in() == LONGEST_S


def test_names_that_are_asked_once_are_not_remembered_for_ever() -> None:
    origins = Clock().origins()
    for number in range(3 * KNOWN):
        name = f"https://x{number}.push.apple.com"
        assert entered(origins, name)
        origins.well(name)
        origins.closed()
    assert len(origins._known) <= KNOWN + 1

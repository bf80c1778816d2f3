"""Quiet hours as clocks show them, over both changes of the clock."""

import datetime

import pytest

from server.model.quiet import quiet_until
from server.model.site import Quiet


def utc(moment: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-02T12:00:00Z", None),
        ("2026-03-02T19:59:59Z", None),  # 20.59.59 in winter
        ("2026-03-02T20:00:00Z", "2026-03-03T07:00:00Z"),
        ("2026-03-03T06:59:59Z", "2026-03-03T07:00:00Z"),
        ("2026-03-03T07:00:00Z", None),
        ("2026-07-01T18:59:59Z", None),  # 20.59.59 in summer
        ("2026-07-01T19:00:00Z", "2026-07-02T06:00:00Z"),
        # The night in which the clock goes forward: 11 hours by the clock are 10.
        ("2026-03-28T20:00:00Z", "2026-03-29T06:00:00Z"),
        ("2026-03-29T05:59:59Z", "2026-03-29T06:00:00Z"),
        ("2026-03-29T06:00:00Z", None),
        # And back: they are 12.
        ("2026-10-24T19:00:00Z", "2026-10-25T07:00:00Z"),
        ("2026-10-25T06:30:00Z", "2026-10-25T07:00:00Z"),
        ("2026-10-25T07:00:00Z", None),
    ],
)
def test_the_usual_hours_are_from_nine_in_the_evening_to_eight(at: str, until: str | None) -> None:
    assert quiet_until(utc(at), None) == (until and utc(until))


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        (("13:00", "14:00"), "2026-03-02T12:30:00Z", "2026-03-02T13:00:00Z"),
        (("13:00", "14:00"), "2026-03-02T13:00:00Z", None),
        (("12:00", "12:00"), "2026-03-02T11:00:00Z", None),
        # 02.30 is left out on 29 March: they end at 03.30 by the new clock.
        (("22:00", "02:30"), "2026-03-29T00:59:00Z", "2026-03-29T01:30:00Z"),
        # 02.30 comes twice on 25 October: the second time counts.
        (("22:00", "02:30"), "2026-10-25T00:45:00Z", "2026-10-25T01:30:00Z"),
        (("22:00", "02:30"), "2026-10-25T01:30:00Z", None),
    ],
)
def test_a_municipality_may_have_hours_of_its_own(hours: tuple[str, str], at: str, until: str | None) -> None:
    assert quiet_until(utc(at), Quiet(from_=hours[0], to=hours[1])) == (until and utc(until))


def test_no_moment_of_the_year_is_told_to_wait_for_one_that_is_quiet_itself() -> None:
    at, step = utc("2026-01-01T00:00:00Z"), datetime.timedelta(minutes=17)
    while at.year == 2026:
        until = quiet_until(at, None)
        assert until is None or (until > at and quiet_until(until, None) is None), at
        at += step

"""Months that are counted back end on a day that there is."""

import datetime

import pytest

from server.model.moment import months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-04-01", 12, "2025-04-01"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2026-01-15", 2, "2025-11-15"),
        ("2026-12-31", 24, "2024-12-31"),
    ],
)
def test_it_is_the_same_day_of_an_earlier_month_or_its_last(day: str, months: int, before: str) -> None:
    assert months_before(datetime.date.fromisoformat(day), months) == datetime.date.fromisoformat(before)


def test_of_a_moment_the_hour_stays() -> None:
    at = datetime.datetime(2026, 3, 31, 14, 30, tzinfo=datetime.UTC)
    assert months_before(at, 1) == datetime.datetime(2026, 2, 28, 14, 30, tzinfo=datetime.UTC)

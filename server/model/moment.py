"""Moments as they are kept and travel, and the clock that people here read them by."""

import datetime
from calendar import monthrange
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")
Day = TypeVar("Day", bound=datetime.date)


def moment(at: datetime.datetime) -> str:
    """UTC, whole seconds, Z. `at` is in UTC."""
    return f"{at.isoformat(timespec='seconds')[:19]}Z"  # three times as fast as strftime: series have many


def months_before(day: Day, months: int) -> Day:
    """The same day of an earlier month, or its last day where it has none such; of a moment, at the same hour."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))

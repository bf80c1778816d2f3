"""Moments as they are kept and travel, and the clock that people here read them by."""

import datetime
from typing import Final
from zoneinfo import ZoneInfo

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")


def moment(at: datetime.datetime) -> str:
    """UTC, whole seconds, Z. `at` is in UTC."""
    return f"{at.isoformat(timespec='seconds')[:19]}Z"  # three times as fast as strftime: series have many

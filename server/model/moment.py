"""Moments as they are kept and travel."""

import datetime


def moment(at: datetime.datetime) -> str:
    """UTC, whole seconds, Z. `at` is in UTC."""
    return f"{at.isoformat(timespec='seconds')[:19]}Z"  # three times as fast as strftime: series have many

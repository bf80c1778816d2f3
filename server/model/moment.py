"""Moments as they are kept and travel."""

import datetime


def moment(at: datetime.datetime) -> str:
    """UTC, whole seconds, Z. `at` is in UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")

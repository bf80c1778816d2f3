"""A series in words."""

import datetime

from server.model.event import Schedule
from server.model.values import Text


def in_words(schedule: Schedule, today: datetime.date) -> Text | None:
    """When it is, as people say it; None for what is once."""
    if schedule.rrule is None:
        return None
    return Text(da="På de dage, der står her", en="On the days listed here", de="An den Tagen, die hier stehen")

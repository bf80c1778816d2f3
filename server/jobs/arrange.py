"""Reminders of the times that come nearer, a day's worth each day; and of all anew where the settings that they go by have changed."""

import datetime
import functools
from typing import Final

from server.domain import reminding
from server.jobs.work import Done, Work

EVENTS_MOST: Final = 20
"""Events in one transaction: others want to write too."""


async def arrange(work: Work, now: datetime.datetime) -> Done:
    """Writes them out, as of `now`. Those that are there stay as they are."""
    events = await work.database.read(lambda tx: reminding.coming(tx, now))
    for first in range(0, len(events), EVENTS_MOST):
        some = events[first : first + EVENTS_MOST]
        await work.database.write(functools.partial(reminding.arrange_coming, now=now, events=some))
    return None

"""The hours in which no phone is sent anything: local times of the municipality, which follow the clock when it is changed."""

import datetime
from typing import Final

from server.model.moment import COPENHAGEN
from server.model.site import Quiet

USUAL: Final = Quiet(from_="21:00", to="08:00")
"""Where the municipality has said no others."""


def quiet_until(at: datetime.datetime, quiet: Quiet | None) -> datetime.datetime | None:
    """When the quiet hours end that a moment lies in, UTC; None where it lies in none. `quiet` null: the usual ones.

    They begin at `from` and are over at `to`, as clocks show it. Where `to` falls into the hour that a clock leaves out, they end as
    long after it; in the hour that comes twice, the second time: nobody is woken for a clock. `from` equal to `to`: there are none."""
    hours = quiet or USUAL
    start, end = datetime.time.fromisoformat(hours.from_), datetime.time.fromisoformat(hours.to)
    if start == end:
        return None
    at = at.astimezone(datetime.UTC)
    today = at.astimezone(COPENHAGEN).date()
    for begun in (today - datetime.timedelta(days=1), today):
        over = begun if start < end else begun + datetime.timedelta(days=1)
        first, last = min(_both(begun, start)), max(_both(over, end))
        if first <= at < last:
            return last
    return None


def _both(day: datetime.date, time: datetime.time) -> tuple[datetime.datetime, ...]:
    """A local time of a day that comes twice, or that is left out, is one of two moments; every other one is twice the same."""
    both = (datetime.datetime.combine(day, time.replace(fold=fold), COPENHAGEN) for fold in (0, 1))
    return tuple(one.astimezone(datetime.UTC) for one in both)

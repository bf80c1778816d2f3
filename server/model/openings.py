"""What opening hours say of a date, by docs/wire.md (Hours): pwa/src/geo/openings.ts for the phone, held by tests/vectors/hours.json."""

import datetime
from collections.abc import Collection

from msgspec import UNSET

from server.model.hours import Hours, Weekly

Period = tuple[int, int]
"""Minutes from the midnight that begins the date; the second over 1440 runs into the next day."""
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


def periods_on(hours: Hours, date: datetime.date, holidays: Collection[datetime.date]) -> list[Period] | None:
    """The periods that begin on a date, in order; none: closed all day. None is "ved ikke"."""
    others = [one for one in hours.except_ if one.date == date]
    if others:
        return sorted(_period(one.opens, one.closes) for one in others if one.opens and one.closes)
    if hours.weekly is None:
        return None
    if date in holidays:
        if hours.holidays == "closed":
            return []
        if hours.holidays is None:
            return None
    return sorted(
        _period(one.opens, one.closes)
        for one in hours.weekly
        if DAYS[date.weekday()] in one.days and _in_season(date, one)
    )


def _in_season(date: datetime.date, period: Weekly) -> bool:
    """`from` after `through` wraps the year. 29 February counts as itself."""
    if period.from_ is UNSET or period.through is UNSET:
        return True
    day, first, last = date.strftime("%m-%d"), period.from_, period.through
    return first <= day <= last if first <= last else day >= first or day <= last


def _period(opens: str, closes: str) -> Period:
    start, end = _minutes(opens), _minutes(closes)
    return start, end if end > start else end + 1440


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)

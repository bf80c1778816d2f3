"""When somebody is reminded of a time of an event: the rule, of nothing but the time and the settings. pwa/src/geo/remind.ts says the same
to the phone; tests/vectors/remind.json holds both.

Moments are reckoned as moments, so that two hours before is two hours before also over a change of the clock; "at 19" and hours of opening
are by the clock on the wall. Nothing is ever due inside the quiet hours: what would be is due half an hour before they begin."""

import datetime
from dataclasses import dataclass
from typing import Final

from server.model.device import When
from server.model.moment import COPENHAGEN
from server.model.openings import periods_on
from server.model.quiet import USUAL
from server.model.site import Quiet, Site, Transport

EVENING: Final = datetime.time(19)
"""The evening before: at this time."""
AHEAD: Final = datetime.timedelta(minutes=30)
"""How long before it is too late to order, or before the quiet hours begin."""
HOUR: Final = datetime.timedelta(hours=1)
DAY: Final = datetime.timedelta(days=1)
LOOK_BACK_DAYS: Final = 14
"""How far back the last opening of the phone is looked for."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a reminder goes out, and until when it is of use (UTC). `order_by`, of transport alone: the last moment to order it."""

    at: datetime.datetime
    useful_until: datetime.datetime
    order_by: datetime.datetime | None = None


def due(what: When, start: datetime.datetime, date: datetime.date, all_day: bool, site: Site) -> Due | None:
    """Of a time that begins at `start` (UTC) on `date` (here). None where there is no such reminder: a whole day has the evening before
    alone, and transport is ordered where the settings say how."""
    if what == "evening":
        return Due(_before_quiet(_moment(date - DAY, EVENING), site.quiet), start - HOUR)
    if all_day:
        return None
    if what == "hour":
        return Due(_before_quiet(start - HOUR, site.quiet), start)
    return None if site.transport is None else _transport(start, date, site.transport, site)


def _transport(start: datetime.datetime, date: datetime.date, rule: Transport, site: Site) -> Due | None:
    latest = []
    if rule.hours_ahead is not None:
        latest.append(start - rule.hours_ahead * HOUR)
    if rule.deadline_local is not None:
        latest.append(_moment(date - DAY, datetime.time.fromisoformat(rule.deadline_local)))
    if not latest:
        return None
    order_by = min(latest)
    opening = _opening(order_by, rule, site)
    at = order_by - AHEAD
    if opening is not None:
        order_by = min(order_by, opening[1])
        at = max(order_by - AHEAD, opening[0])
    return Due(_before_quiet(at, site.quiet), order_by, order_by)


def _opening(at: datetime.datetime, rule: Transport, site: Site) -> tuple[datetime.datetime, datetime.datetime] | None:
    """The last time before a moment that the phone is answered, from when to when; None where nobody has said."""
    if rule.hours is None:
        return None
    today = at.astimezone(COPENHAGEN).date()
    for back in range(LOOK_BACK_DAYS + 1):
        day = today - back * DAY
        periods = periods_on(rule.hours, day, site.holidays)
        if periods is None:
            return None
        begun = [
            (opens, closes) for opens, closes in ((_minute(day, a), _minute(day, b)) for a, b in periods) if opens < at
        ]
        if begun:
            return begun[-1]
    return None


def _before_quiet(at: datetime.datetime, quiet: Quiet | None) -> datetime.datetime:
    begins = _quiet_since(at, quiet or USUAL)
    return at if begins is None else begins - AHEAD


def _quiet_since(at: datetime.datetime, quiet: Quiet) -> datetime.datetime | None:
    """When the quiet hours began that a moment lies in; None where it lies in none. `from` equal to `to`: there are none."""
    begins, ends = datetime.time.fromisoformat(quiet.from_), datetime.time.fromisoformat(quiet.to)
    if begins == ends:
        return None
    today = at.astimezone(COPENHAGEN).date()
    for day in (today - DAY, today):
        since = _moment(day, begins)
        if since <= at < _moment(day if begins < ends else day + DAY, ends):
            return since
    return None


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """A time here as UTC. One that comes twice is the first of the two, one that is left out as long after midnight as it says."""
    return datetime.datetime.combine(day, time, COPENHAGEN).astimezone(datetime.UTC)


def _minute(day: datetime.date, minute: int) -> datetime.datetime:
    """The same of minutes since midnight, which run on into the next day."""
    return _moment(day + (minute // 1440) * DAY, datetime.time(minute % 1440 // 60, minute % 60))

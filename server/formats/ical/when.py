"""Moments of a calendar to the municipality's own day and hour."""

import datetime
import re
from typing import Final, NamedTuple

from icalendar import vDuration

from server.formats.ical.components import Property
from server.formats.ical.zones import Zones
from server.model.moment import COPENHAGEN
from server.model.recurrence import FIRST_YEAR, LAST_YEAR

_MOMENT: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2}):?(\d{2})?(Z?))?", re.IGNORECASE)
UTC: Final = datetime.UTC


class Moment(NamedTuple):
    """`at`: its own time, with its zone (the municipality's where none was told or known); None of a whole day. `day`: the municipality's
    own. `unknown`: the name of a zone that nobody knows. `floats`: it told none."""

    day: datetime.date
    at: datetime.datetime | None
    unknown: str | None = None
    floats: bool = False

    @property
    def clock(self) -> str | None:
        """HH:MM in the municipality; None of a whole day."""
        return None if self.at is None else self.at.astimezone(COPENHAGEN).strftime("%H:%M")

    @property
    def utc(self) -> datetime.datetime | None:
        return None if self.at is None else self.at.astimezone(UTC)


def moment(told: Property, value: str, zones: Zones) -> Moment | None:
    """One value of a property; None where it is none, or lies in no year that counts."""
    found = _MOMENT.fullmatch(value.strip())
    if found is None:
        return None
    year, month, date = int(found[1]), int(found[2]), int(found[3])
    try:
        day = datetime.date(year, month, date)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        if found[4] is None:
            return Moment(day, None)
        if told.params.get("VALUE", "").upper() == "DATE":
            return Moment(day, None)
        later = int(found[4]) == 24 and int(found[5]) == 0
        hour = datetime.time(0 if later else int(found[4]), int(found[5]), min(int(found[6] or 0), 59))
    except ValueError:
        return None
    local = datetime.datetime.combine(day + datetime.timedelta(days=int(later)), hour)
    name = told.params.get("TZID", "").strip()
    if found[7]:
        return _in(local, UTC)
    if not name:
        return _in(local, COPENHAGEN)._replace(floats=True)
    zone = zones.find(name)
    if zone is None:
        return _in(local, COPENHAGEN)._replace(unknown=name)
    return _in(local, zone)


def _in(local: datetime.datetime, zone: datetime.tzinfo) -> Moment:
    at = local.replace(tzinfo=zone)
    return Moment(at.astimezone(COPENHAGEN).date(), at)


def duration(value: str) -> datetime.timedelta | None:
    """How long it lasts; None where it is no length of time."""
    try:
        found: datetime.timedelta = vDuration.from_ical(value.strip())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError, TypeError):
        return None
    return found if isinstance(found, datetime.timedelta) else None

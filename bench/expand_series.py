"""expand_series: 500 series written out over thirteen months and thirty days, beside recurring-ical-events over the same as a calendar."""

import datetime
import time
from typing import Final
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from bench.figure import Figure, beside
from server.model.event import Schedule
from server.model.recurrence import Closed, times, window

SERIES: Final = 500
RUNS: Final = 5
TODAY: Final = datetime.date(2026, 11, 27)
ZONE: Final = ZoneInfo("Europe/Copenhagen")
BEGUN: Final = datetime.date(2024, 9, 2)
"""A Monday, two years before: most series have run for some time."""
RULES: Final = (
    ("FREQ=WEEKLY", 0),
    ("FREQ=WEEKLY;BYDAY=TU,TH", 1),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", 2),
    ("FREQ=MONTHLY;BYDAY=2TU", 8),
    ("FREQ=MONTHLY;BYDAY=-1FR", 25),
    ("FREQ=WEEKLY;BYDAY=SA;COUNT=150", 5),
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", 0),
    ("FREQ=YEARLY;BYMONTH=9;BYDAY=1SU", 6),
)
"""What associations have; and how many days after BEGUN each begins, so that its first day is one of its own."""


def measure() -> list[Figure]:
    """Both begin with what they have read already, a Schedule and a Calendar. RuntimeError where they do not give the same."""
    schedules = [_schedule(n) for n in range(SERIES)]
    calendar = icalendar.Calendar()
    for n, schedule in enumerate(schedules):
        calendar.add_component(_event(n, schedule))
    first, last = window(TODAY)
    ours, theirs = [], []
    for _ in range(RUNS):
        began = time.perf_counter()
        mine = sum(len(times(str(n), one, (), Closed(), TODAY)) for n, one in enumerate(schedules))
        ours.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        other = len(recurring_ical_events.of(calendar).between(first, last + datetime.timedelta(days=1)))
        theirs.append((time.perf_counter() - began) * 1000)
        if mine != other:
            raise RuntimeError(f"{mine} times here, {other} there")
    return [beside("expand_series", ours, theirs, "ms", "recurring-ical-events", held_to="500 series in a second")]


def _schedule(n: int) -> Schedule:
    rule, after = RULES[n % len(RULES)]
    first = BEGUN + datetime.timedelta(days=after)
    starts = f"{9 + n % 11:02}:{(n % 4) * 15:02}"
    return Schedule(date=first, starts=starts, ends=f"{int(starts[:2]) + 2:02}:00", rrule=rule)


def _event(n: int, schedule: Schedule) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", str(n))
    for name, clock in (("dtstart", schedule.starts), ("dtend", schedule.ends)):
        event.add(name, datetime.datetime.combine(schedule.date, datetime.time.fromisoformat(clock or "00:00"), ZONE))
    event.add("rrule", icalendar.vRecur.from_ical(schedule.rrule or ""))
    return event

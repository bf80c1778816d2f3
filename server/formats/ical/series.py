"""The rule of a series, and which of its times a moment of the file means.

Moments are compared as instants: an EXDATE may stand in any zone. A rule in a zone whose clocks are not ours is written out there and laid
on our days: where each time falls at the same hour here the rule itself is moved, else each time stands for itself, as far ahead as times
are written out."""

import datetime
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from server.formats.ical.when import UTC, Moment
from server.model import recurrence, rrule
from server.model.event import Change, Schedule
from server.model.moment import COPENHAGEN
from server.model.rrule import Rule

MOST_DAYS: Final = 500
_SHIFTS: Final = frozenset({"DAILY", "WEEKLY"})


@dataclass(slots=True)
class Laid:
    """A schedule in the municipality's time. `by_instant`: of one that was written out, its days by their UTC. `changes`: hours of single
    days that differ from the schedule's."""

    schedule: Schedule
    by_instant: dict[datetime.datetime, datetime.date] | None = None
    changes: dict[datetime.date, Change] = field(default_factory=dict)
    _days: frozenset[datetime.date] = frozenset()
    _to: datetime.date = datetime.date.min

    def reach(self, last: datetime.date) -> None:
        """Reckons the rule's days to `last` at once, for who asks for many."""
        if last > self._to:
            self._days, self._to = frozenset(recurrence.days(self.schedule, last)), last

    def is_given(self, day: datetime.date) -> bool:
        """Whether there is a time on that day, by the rule or because it was added."""
        self.reach(day)
        return day in self._days or day in self.schedule.also

    def day_of(self, moment: Moment, *, exact: bool = True) -> datetime.date | None:
        """The day of the time that begins at this moment, None where none does. A whole day means the time on it, and so does an hour where
        not `exact`."""
        if self.by_instant is not None and moment.utc is not None and moment.utc in self.by_instant:
            return self.by_instant[moment.utc]
        if not self.is_given(moment.day):
            return None
        starts = self.schedule.starts
        if exact and starts is not None and moment.clock is not None and moment.clock != starts:
            changed = self.changes.get(moment.day)
            return moment.day if changed is not None and changed.starts == moment.clock else None
        return moment.day


def ruled(base: Schedule, text: str) -> Schedule:
    """The schedule with its rule, as the server's own has it. Raises RuleRefused."""
    rule = rrule.parse(text)
    if base.starts is None and isinstance(rule.until, datetime.datetime):
        rule = _with(rule, until=rule.until.date())  # of whole days UNTIL is the day that is written
    found = replace(base, rrule=rrule.text_of(rule))
    recurrence.check(found)
    return found


def elsewhere(base: Schedule, text: str, start: datetime.datetime, today: datetime.date) -> Laid:
    """The same of a rule in the zone of `start`, whose clocks are not ours. Raises RuleRefused."""
    rule = rrule.parse(text)
    zone = start.tzinfo or COPENHAGEN
    there = Schedule(date=start.date(), starts=start.strftime("%H:%M"))
    endless = replace(there, rrule=rrule.text_of(_with(rule, count=None, until=None)))
    recurrence.check(endless)
    first, last = recurrence.window(today)
    horizon = max(last, start.date() + datetime.timedelta(days=1))
    instants: dict[datetime.datetime, datetime.date] = {}
    ends = None if rule.until is None else _instant(rule.until, zone)
    clocks: dict[datetime.date, str] = {}
    shifts = set()
    for n, day in enumerate(recurrence.days(endless, horizon)):
        moment = datetime.datetime.combine(day, start.time(), zone).astimezone(UTC)
        if (rule.count is not None and n >= rule.count) or (ends is not None and moment > ends):
            break
        local = moment.astimezone(COPENHAGEN)
        instants[moment] = local.date()
        clocks[local.date()] = local.strftime("%H:%M")
        shifts.add((local.date() - day).days)
    same = set(clocks.values()) <= {base.starts} and len(shifts) == 1
    if same and (shifts == {0} or rule.freq in _SHIFTS) and not (rule.numbers and shifts != {0}):
        (shift,) = shifts
        moved = tuple((n, (day + shift) % 7) for n, day in rule.days)
        until = None if ends is None else ends
        found = replace(base, rrule=rrule.text_of(_with(rule, days=moved, until=until)))
        recurrence.check(found)
        return Laid(found, instants)
    return _each(base, instants, clocks, first)


def _each(
    base: Schedule,
    instants: dict[datetime.datetime, datetime.date],
    clocks: dict[datetime.date, str],
    first: datetime.date,
) -> Laid:
    coming = [day for day in clocks if day >= first][: MOST_DAYS + 1] or list(clocks)[-1:]
    begins, *others = coming
    length = None if base.starts is None or base.ends is None else _minutes(base.ends) - _minutes(base.starts)
    starts = clocks[begins]
    schedule = replace(base, date=begins, starts=starts, ends=_after(starts, length), also=tuple(others))
    changes = {
        day: Change(day=day, starts=clocks[day], ends=_after(clocks[day], length))
        for day in others
        if clocks[day] != starts
    }
    recurrence.check(schedule)
    return Laid(schedule, instants, changes)


def is_past(schedule: Schedule, changes: list[Change], before: datetime.date, today: datetime.date) -> bool:
    """Whether its last time was before a day. Raises RuleRefused where the rule gives too many to tell."""
    singles = [*schedule.also, *(change.date or change.day for change in changes)]
    if any(day >= before for day in singles):
        return False
    length = datetime.timedelta(days=schedule.days)
    if schedule.rrule is None:
        return schedule.date + length <= before
    rule = rrule.parse(schedule.rrule)
    if rule.count is None and rule.until is None:
        return False
    until = rule.until.date() if isinstance(rule.until, datetime.datetime) else rule.until
    if until is not None:
        return until + length < before
    found = recurrence.days(schedule, today)
    return len(found) >= (rule.count or 0) and max(found, default=schedule.date) + length <= before


def _instant(until: datetime.date | datetime.datetime, zone: datetime.tzinfo) -> datetime.datetime:
    if not isinstance(until, datetime.datetime):
        until = datetime.datetime.combine(until, datetime.time(23, 59, 59))
    return (until if until.tzinfo is not None else until.replace(tzinfo=zone)).astimezone(UTC)


def _with(rule: Rule, **over: object) -> Rule:
    return Rule(**{name: getattr(rule, name) for name in Rule.__slots__} | over)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _after(starts: str, minutes: int | None) -> str | None:
    if minutes is None:
        return None
    end = (_minutes(starts) + minutes) % (24 * 60)
    return f"{end // 60:02}:{end % 60:02}"

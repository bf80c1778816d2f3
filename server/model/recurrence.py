"""A schedule written out: the rule, what is left out and added, and what is said of single times, to times in UTC.

Days are counted in the municipality's own time, and only then turned into UTC (RFC 5545, 3.3.10). A local time that the clock leaps over
in spring is read with the offset before the leap, and so is an hour later; one that comes twice in autumn is the first of the two
(RFC 5545, 3.3.5, form 3). The first day is always a time, and the first that COUNT counts (3.3.10); COUNT counts before anything is left
out; UNTIL is in it, compared in UTC. Of a whole day UNTIL is the day.

A rule without an end is allowed: it is written out to `last`, again each month. Refused is what would have to be written out without one:
a rule finer than a day, one that gives no day at all, numbers without measure (rrule.py)."""

import datetime
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from dateutil import rrule as engine
from dateutil.relativedelta import relativedelta
from msgspec import UNSET

from server.model.event import MONTHS_AHEAD, PAST_DAYS, Change, Schedule, Time, Was
from server.model.moment import COPENHAGEN, moment
from server.model.rrule import Rule, RuleRefused, parse, text_of
from server.model.site import Period
from server.model.values import Clock

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2150
LOOKED_AT: Final = 12_000
"""Days that a rule may give before the last one that is asked for: thirty years of each day."""
AHEAD_DAYS: Final = 400
"""How far after the window a day may lie of which something is said: it may be moved into it."""
_CYCLE: Final = 400
"""The calendar is the same after 400 years, weekdays too. A rule is reckoned as late as it can be, close to the last year that Python
knows: one that never gives a day then ends within a moment."""
_BY: Final = {
    "BYMONTH": "bymonth",
    "BYWEEKNO": "byweekno",
    "BYYEARDAY": "byyearday",
    "BYMONTHDAY": "bymonthday",
    "BYSETPOS": "bysetpos",
}
_FREQ: Final = {
    "DAILY": engine.DAILY,
    "WEEKLY": engine.WEEKLY,
    "MONTHLY": engine.MONTHLY,
    "YEARLY": engine.YEARLY,
}


@dataclass(frozen=True, slots=True)
class Closed:
    """The days on which a series may be left out: the settings' holidays and school holidays."""

    holidays: frozenset[datetime.date] = frozenset()
    school: tuple[Period, ...] = ()

    def leaves_out(self, day: datetime.date, skips: Collection[str]) -> bool:
        """Whether one who skips these is not on that day."""
        if "holidays" in skips and day in self.holidays:
            return True
        return "school" in skips and any(period.from_ <= day <= period.to for period in self.school)


def window(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and last day for which times are written out."""
    return today - datetime.timedelta(days=PAST_DAYS), today + relativedelta(months=MONTHS_AHEAD)


def check(schedule: Schedule) -> None:
    """Raises RuleRefused for a schedule that can not be written out, or that gives no time at all."""
    if not FIRST_YEAR <= schedule.date.year <= LAST_YEAR:
        raise RuleRefused(f"Den første dag ligger mellem {FIRST_YEAR} og {LAST_YEAR}.", "date")
    if schedule.starts is None and schedule.ends is not None:
        raise RuleRefused("Skriv også, hvornår det begynder.", "starts")
    if schedule.starts is not None and schedule.days != 1:
        raise RuleRefused("Flere dage hører til en begivenhed uden klokkeslæt.", "days")
    if schedule.starts is not None and schedule.starts == schedule.ends:
        raise RuleRefused("Den slutter i det øjeblik, den begynder.", "ends")
    if schedule.rrule is None:
        if schedule.skips:
            raise RuleRefused("Kun noget, der gentages, kan springe ferier og helligdage over.", "skips")
        return
    rule = parse(schedule.rrule)
    _hours_fit(rule, schedule.starts)
    if _before(rule, schedule):
        raise RuleRefused("Rækken slutter, før den begynder.")
    if _never(rule, schedule.date):
        raise RuleRefused("Reglen giver ingen dage.")


def days(schedule: Schedule, last: datetime.date, since: datetime.date | None = None) -> list[datetime.date]:
    """The days on which the schedule's own rule gives a time, to `last`, before anything is left out or added; ascending. `since`: those
    before that day are not asked for, and may be left out. RuleRefused where it is no rule, or gives more than LOOKED_AT."""
    if schedule.rrule is None:
        return [schedule.date] if schedule.date <= last else []
    found = list(itertools.islice(_counted(parse(schedule.rrule), schedule, last, since), LOOKED_AT + 1))
    if len(found) > LOOKED_AT:
        raise RuleRefused("Reglen giver alt for mange dage. Begynd rækken senere.", "date")
    return found


def given(
    schedule: Schedule, closed: Closed, last: datetime.date, since: datetime.date | None = None
) -> list[datetime.date]:
    """The days of its times to `last`, ascending: the rule's without those left out, and those added. `since` as in `days`."""
    ruled = days(schedule, last, since)
    if schedule.rrule is not None and schedule.skips:
        ruled = [day for day in ruled if not closed.leaves_out(day, schedule.skips)]
    left_out = frozenset(schedule.left_out)
    return sorted({*ruled, *(day for day in schedule.also if day <= last)} - left_out)


def times(
    event_id: str,
    schedule: Schedule,
    changes: Iterable[Change],
    closed: Closed,
    today: datetime.date,
) -> list[Time]:
    """Each time from PAST_DAYS before to MONTHS_AHEAD after `today`, by their start. A change of a day that has no time is passed over.
    One that is moved into the window, or out of it, is there."""
    first, last = window(today)
    said = {change.day: change for change in changes}
    furthest = min(max([last, *said]), last + datetime.timedelta(days=AHEAD_DAYS))
    begins = first - datetime.timedelta(days=schedule.days - 1)  # one of several days may be under way
    found = []
    for day in given(schedule, closed, furthest, min([begins, *said])):
        change = said.get(day)
        if change is None and not begins <= day <= last:
            continue
        time = _time(event_id, day, schedule, change)
        if not begins <= time.date <= last and not first <= day <= last:
            continue
        found.append(time)
    return sorted(found, key=lambda one: (one.start, one.id))


def last_day(time: Time) -> datetime.date:
    """The last day, here, on which a time is."""
    if time.end is None:
        return time.date
    end = datetime.datetime.fromisoformat(time.end) - datetime.timedelta(seconds=1)
    return max(time.date, end.astimezone(COPENHAGEN).date())


def still_shown(found: Iterable[Time], today: datetime.date) -> tuple[Time, ...]:
    """Those of its times that readers still get: to come, or not longer past than PAST_DAYS."""
    first = window(today)[0]
    return tuple(one for one in found if last_day(one) >= first)


def until(schedule: Schedule, day: datetime.date) -> str:
    """The rule of a series that ends before `day`: with UNTIL, in UTC where it has a time of day (3.3.10)."""
    rule = parse(_ruled(schedule))
    ends: datetime.date = day - datetime.timedelta(days=1)
    if schedule.starts is not None:
        ends = utc(day, "00:00") - datetime.timedelta(seconds=1)
    return text_of(Rule(rule.freq, rule.interval, None, ends, rule.days, rule.numbers, rule.week_starts))


def onwards(schedule: Schedule, day: datetime.date) -> str:
    """The rule of what is left of a series from `day` on, one of its own: COUNT is what remains of it."""
    rule = parse(_ruled(schedule))
    if rule.count is None:
        return _ruled(schedule)
    left = rule.count - sum(one < day for one in days(schedule, day))
    return text_of(Rule(rule.freq, rule.interval, left, None, rule.days, rule.numbers, rule.week_starts))


def utc(day: datetime.date, clock: Clock) -> datetime.datetime:
    """The moment at which it is so late here (RFC 5545, 3.3.5: the offset before a leap, the first of two)."""
    local = datetime.datetime.combine(day, datetime.time.fromisoformat(clock), COPENHAGEN)
    return local.astimezone(datetime.UTC)


def _ruled(schedule: Schedule) -> str:
    if schedule.rrule is None:
        raise RuleRefused("Begivenheden er kun én gang.")
    return schedule.rrule


def _counted(
    rule: Rule, schedule: Schedule, last: datetime.date, since: datetime.date | None
) -> Iterator[datetime.date]:
    """The rule's days to `last`, its first day among them."""
    end = _end(rule, schedule.starts)
    begun = _later(rule, schedule.date, since) if since and rule.count is None else schedule.date
    found = itertools.islice(_with_first(_reckoned(rule, begun, last), schedule.date), rule.count)
    yield from itertools.takewhile(lambda day: day <= last and not (end and end(day)), found)


def _later(rule: Rule, first: datetime.date, since: datetime.date) -> datetime.date:
    """A day at or before `since` from which the rule gives the same as from its first: whole rounds of weeks or days later."""
    a_round = rule.interval * {"WEEKLY": 7, "DAILY": 1}.get(rule.freq, 0)
    rounds = (since - first).days // a_round if a_round else 0
    return first + datetime.timedelta(days=max(0, rounds) * a_round)


def _with_first(found: Iterator[datetime.date], first: datetime.date) -> Iterator[datetime.date]:
    """The first day, and then those after it."""
    yield first
    yield from (day for day in found if day != first)


def _end(rule: Rule, starts: Clock | None) -> Callable[[datetime.date], bool] | None:
    """Whether a day is after UNTIL; None where there is none."""
    end = rule.until
    if end is None:
        return None
    if not isinstance(end, datetime.datetime):
        return lambda day: day > end
    if starts is None:
        final = (end if end.tzinfo is None else end.astimezone(COPENHAGEN)).date()
        return lambda day: day > final
    final_moment = end if end.tzinfo is not None else end.replace(tzinfo=COPENHAGEN).astimezone(datetime.UTC)
    return lambda day: utc(day, starts) > final_moment


def _before(rule: Rule, schedule: Schedule) -> bool:
    end = _end(rule, schedule.starts)
    return bool(end and end(schedule.date))


def _reckoned(rule: Rule, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The days of the rule without its end, `_CYCLE`s of years later and back again."""
    shift = (datetime.MAXYEAR - 1 - max(first, last).year) // _CYCLE * _CYCLE
    by: dict[str, Any] = {_BY[name]: list(values) for name, values in rule.numbers.items() if name in _BY}
    if rule.days:
        by["byweekday"] = [engine.weekday(day, n) for n, day in rule.days]
    begun = datetime.datetime.combine(first.replace(year=first.year + shift), datetime.time())
    found = engine.rrule(_FREQ[rule.freq], dtstart=begun, interval=rule.interval, wkst=rule.week_starts, **by)
    return (one.date().replace(year=one.year - shift) for one in found)


@lru_cache(maxsize=512)
def _gives(text: str, first: datetime.date) -> bool:
    return next(_reckoned(parse(text), first, first), None) is not None


def _never(rule: Rule, first: datetime.date) -> bool:
    """Whether the rule itself gives no day in centuries: the 30th of February, a Tuesday each seven days from a Monday on."""
    endless = Rule(rule.freq, rule.interval, None, None, rule.days, rule.numbers, rule.week_starts)
    return not _gives(text_of(endless), first)


def _hours_fit(rule: Rule, starts: Clock | None) -> None:
    """BYHOUR and its like may say again what `starts` says, and nothing else."""
    said = {name: rule.numbers[name][0] for name in ("BYHOUR", "BYMINUTE", "BYSECOND") if name in rule.numbers}
    if not said:
        return
    hour, minute = (None, None) if starts is None else map(int, starts.split(":"))
    if any(value != {"BYHOUR": hour, "BYMINUTE": minute, "BYSECOND": 0}[name] for name, value in said.items()):
        raise RuleRefused("Reglen siger et andet klokkeslæt end begivenheden.")


def _time(event_id: str, day: datetime.date, schedule: Schedule, change: Change | None) -> Time:
    date, starts, ends = day, schedule.starts, schedule.ends
    if change is not None:
        date = change.date or day
        if change.starts is not None and change.starts != starts:
            starts, ends = change.starts, change.ends or _as_long(schedule, change.starts)
        elif change.ends is not None:
            ends = change.ends
    start, end, clock = _moments(date, starts, ends, schedule.days)
    moved = change is not None and change.state == "moved"
    was = Was(date=day, start_local=_moments(day, schedule.starts, None, 1)[2]) if moved else UNSET
    return Time(
        id=f"{event_id}.{day.isoformat().replace('-', '')}",
        date=date,
        start_local=clock,
        start=start,
        end=end,
        all_day=starts is None,
        sure=schedule.sure,
        state="on" if change is None else change.state,
        why=None if change is None else change.why,
        full=change is not None and change.full,
        meeting=None if change is None else change.meeting,
        was=was,
    )


def _moments(
    date: datetime.date, starts: Clock | None, ends: Clock | None, days: int
) -> tuple[str, str | None, Clock | None]:
    """Start and end in UTC, and the local time of day at which it really begins."""
    if starts is None:
        return moment(utc(date, "00:00")), moment(utc(date + datetime.timedelta(days=days), "00:00")), None
    start = utc(date, starts)
    clock = start.astimezone(COPENHAGEN).strftime("%H:%M")
    if ends is None:
        return moment(start), None, clock
    end = utc(date + datetime.timedelta(days=int(ends <= starts)), ends)
    if end <= start:  # the clock leaps over its first hour: it lasts as long as it was to
        end = start + datetime.timedelta(minutes=_minutes(ends) - _minutes(starts))
    return moment(start), moment(end), clock


def _as_long(schedule: Schedule, starts: Clock) -> Clock | None:
    """When a time that begins at another hour ends: as long after as the others."""
    if schedule.starts is None or schedule.ends is None:
        return None
    end = (_minutes(starts) + _minutes(schedule.ends) - _minutes(schedule.starts)) % (24 * 60)
    return f"{end // 60:02}:{end % 60:02}"


def _minutes(clock: Clock) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])

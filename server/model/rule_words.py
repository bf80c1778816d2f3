"""A series in words, in the three languages: "Hver anden tirsdag kl. 14, ikke i skoleferier. Ikke tirsdag den 7. april."

What people do not say in a sentence (the 20th Monday of a year, a third day counted from behind) is not put into one: then readers are
sent to the days themselves, which stand beside it."""

import datetime
from collections.abc import Sequence
from typing import Final

from server.model.event import Schedule
from server.model.recurrence import days, utc
from server.model.rrule import Rule, RuleRefused, parse
from server.model.rule_speech import DANISH, ENGLISH, GERMAN, Speech
from server.model.values import Text

NAMED_MOST: Final = 3
"""Single days that are named; of more their number is told."""
WORKDAYS: Final = (0, 1, 2, 3, 4)


def in_words(schedule: Schedule, today: datetime.date) -> Text | None:
    """When it is, as people say it; None for what is once. Of days that are left out or added those from `today` on."""
    if schedule.rrule is None:
        return None
    try:
        rule = parse(schedule.rrule)
    except RuleRefused:
        return None
    missing = _missing(schedule, today)
    also = sorted(day for day in schedule.also if day >= today)
    return Text(**{lang: _sentence(speech, rule, schedule, missing, also) for lang, speech in SPEECH.items()})


SPEECH: Final[dict[str, Speech]] = {"da": DANISH, "en": ENGLISH, "de": GERMAN}


def _missing(schedule: Schedule, today: datetime.date) -> list[datetime.date]:
    """The days from today on that the rule gives and that are left out."""
    ahead = sorted(day for day in schedule.left_out if day >= today)
    if not ahead:
        return []
    given = set(days(schedule, ahead[-1]))
    return [day for day in ahead if day in given]


def _sentence(
    say: Speech, rule: Rule, schedule: Schedule, missing: Sequence[datetime.date], also: Sequence[datetime.date]
) -> str:
    words = _how_often(say, rule, schedule.date) or say.as_listed
    if schedule.starts is not None:
        words += say.at(schedule.starts)
    if months := rule.numbers.get("BYMONTH", ()) if rule.freq != "YEARLY" else ():
        words += say.only_in(tuple(sorted(months)))
    words += say.skips(schedule.skips)
    if rule.count is not None:
        words += say.count(rule.count)
    elif rule.until is not None:
        words += say.until(_last_day(rule, schedule))
    for of, told in ((missing, say.not_on), (also, say.also_on)):
        if of:
            words += ". " + told(of[:NAMED_MOST], len(of) - NAMED_MOST)
    return words if not (missing or also) else f"{words}."


def _last_day(rule: Rule, schedule: Schedule) -> datetime.date:
    """The day of UNTIL here: the one before, where the moment lies before the time of day at which it begins."""
    end = rule.until
    if not isinstance(end, datetime.datetime):
        return end or schedule.date
    if schedule.starts is None:
        return end.date()
    day = end.date() + datetime.timedelta(days=1)
    while utc(day, schedule.starts) > (end if end.tzinfo else utc(end.date(), f"{end:%H:%M}")):
        day -= datetime.timedelta(days=1)
    return day


def _how_often(say: Speech, rule: Rule, first: datetime.date) -> str | None:
    """None where it can not be said in a sentence."""
    others = rule.numbers.keys() - {"BYHOUR", "BYMINUTE", "BYSECOND"}
    if rule.freq == "DAILY" and not others - {"BYMONTH"}:
        return _daily(say, rule)
    if rule.freq == "WEEKLY" and not others - {"BYMONTH"}:
        return say.weekly(rule.interval, _weekdays(rule, first))
    if rule.freq == "MONTHLY":
        return _monthly(say, rule, first, others - {"BYMONTH"})
    if rule.freq == "YEARLY":
        return _yearly(say, rule, first, others)
    return None


def _daily(say: Speech, rule: Rule) -> str | None:
    if not rule.days:
        return say.daily(rule.interval)
    return say.weekly(1, _weekdays(rule, None)) if rule.interval == 1 else None


def _monthly(say: Speech, rule: Rule, first: datetime.date, others: set[str]) -> str | None:
    if not rule.days and others <= {"BYMONTHDAY"}:
        on = rule.numbers.get("BYMONTHDAY", (first.day,))
        return say.monthly_on(rule.interval, tuple(sorted(on))) if on == (-1,) or min(on) > 0 else None
    which = _which(rule, others)
    return None if which is None else say.monthly(rule.interval, *which)


def _yearly(say: Speech, rule: Rule, first: datetime.date, others: set[str]) -> str | None:
    months = rule.numbers.get("BYMONTH", (first.month,))
    if not rule.days and others <= {"BYMONTH", "BYMONTHDAY"}:
        on = rule.numbers.get("BYMONTHDAY", (first.day,))
        if len(months) == 1 and len(on) == 1 and on[0] > 0:
            return say.yearly_on(rule.interval, on[0], months[0])
        return None
    which = _which(rule, others - {"BYMONTH"}) if "BYMONTH" in others else None
    if which is None or len(months) != 1:
        return None
    return say.yearly(rule.interval, *which, months[0])


def _which(rule: Rule, others: set[str]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """(which of them, weekdays) for "the first and third Tuesday": several of one weekday, or one of several; or of all days of work."""
    positions = rule.numbers.get("BYSETPOS")
    if others - {"BYSETPOS"} or not rule.days:
        return None
    weekdays = tuple(sorted({day for _, day in rule.days}))
    if positions is not None:
        alone = len(weekdays) == 1 or weekdays == WORKDAYS
        fits = alone and all(n is None for n, _ in rule.days) and set(positions) <= {1, 2, 3, 4, -1}
        return (_in_order(positions), weekdays) if fits else None
    counts = tuple(dict.fromkeys(n for n, _ in rule.days if n is not None))
    if len(weekdays) != 1 or len(counts) != len(rule.days) or not set(counts) <= {1, 2, 3, 4, 5, -1}:
        return None
    return _in_order(counts), weekdays


def _in_order(counts: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(counts, key=lambda n: n if n > 0 else 99))


def _weekdays(rule: Rule, first: datetime.date | None) -> tuple[int, ...]:
    if rule.days or first is None:
        return tuple(sorted({day for _, day in rule.days}))
    return (first.weekday(),)

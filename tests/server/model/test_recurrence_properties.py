"""What holds of every rule, by chance: what a library gives, an order, a split that loses no day."""

import datetime
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from server.model import recurrence
from server.model.event import Schedule
from server.model.recurrence import check, days, onwards, until, utc
from server.model.rrule import RuleRefused, parse, text_of
from tests.server.model.test_recurrence import judged, ours

ZONE = ZoneInfo("Europe/Copenhagen")
FREQS = st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
BY = st.sampled_from(
    [
        "",
        ";BYDAY=TU",
        ";BYDAY=MO,TH,SU",
        ";BYMONTH=2,7",
        ";BYMONTHDAY=29,31",
        ";BYMONTHDAY=-1",
        ";BYDAY=2TU,-1FR",
        ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1",
    ]
)
END = st.one_of(st.just(""), st.integers(1, 40).map(lambda n: f";COUNT={n}"), st.just(";UNTIL=20270301T120000Z"))
RULES = st.builds(
    lambda freq, interval, by, end, starts: f"FREQ={freq};INTERVAL={interval}{by}{end}{starts}",
    FREQS, st.integers(1, 5), BY, END, st.sampled_from(["", ";WKST=SU"]),
)  # fmt: skip
DATES = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
CLOCKS = st.times().map(lambda t: f"{t:%H:%M}")


@given(RULES, DATES, CLOCKS)
def test_any_rule_gives_what_the_library_gives(rule: str, date: datetime.date, clock: str) -> None:
    told = Schedule(date=_first(rule, date), starts=clock, rrule=rule)
    assume(_holds(told))
    today = date + datetime.timedelta(days=20)
    assert [start for start, _ in ours(told, today)] == [start for start, _ in judged(told, today)]


def _holds(told: Schedule) -> bool:
    try:
        check(told)
    except RuleRefused:
        return False
    return True


def _first(rule: str, date: datetime.date) -> datetime.date:
    """A first day that the rule gives: of another one RFC 5545 leaves open what is given (3.8.5.3)."""
    try:
        bare = parse(rule)
    except RuleRefused:
        reject()
    found = next(recurrence._reckoned(bare, date, date), None)
    return date if found is None else found


@given(RULES, DATES)
def test_days_ascend_begin_with_the_first_and_never_come_twice(rule: str, date: datetime.date) -> None:
    told = Schedule(date=date, starts="14:00", rrule=rule)
    assume(_holds(told))
    found = days(told, date + datetime.timedelta(days=500))
    assert found[0] == date
    assert found == sorted(set(found))


@given(RULES, DATES, st.integers(1, 30))
def test_a_series_that_is_split_gives_the_same_days_as_before(rule: str, date: datetime.date, nth: int) -> None:
    told = Schedule(date=_first(rule, date), starts="14:00", rrule=rule)
    assume(_holds(told))
    last = told.date + datetime.timedelta(days=900)
    whole = days(told, last)
    assume(len(whole) > 1)
    day = whole[min(nth, len(whole) - 1)]
    before = msgspec.structs.replace(told, rrule=until(told, day))
    after = msgspec.structs.replace(told, date=day, rrule=onwards(told, day))
    assert [*days(before, last), *days(after, last)] == whole


@given(RULES)
def test_a_rule_as_text_reads_the_same_again(rule: str) -> None:
    assume("2TU" not in rule or "MONTHLY" in rule or "YEARLY" in rule)
    assume("BYMONTHDAY" not in rule or "WEEKLY" not in rule)
    once = parse(rule)
    assert parse(text_of(once)) == once


@given(DATES, CLOCKS)
def test_a_moment_here_is_never_earlier_than_its_clock(day: datetime.date, clock: str) -> None:
    local = utc(day, clock).astimezone(ZONE)
    assert (local.date(), f"{local:%H:%M}") >= (day, clock)
    assert local.date() == day


@given(RULES, DATES, st.integers(0, 600))
def test_days_from_a_day_on_are_those_of_the_whole(rule: str, date: datetime.date, later: int) -> None:
    told = Schedule(date=date, starts="14:00", rrule=rule)
    assume(_holds(told))
    since, last = date + datetime.timedelta(days=later), date + datetime.timedelta(days=800)
    assert [day for day in days(told, last, since) if day >= since] == [day for day in days(told, last) if day >= since]

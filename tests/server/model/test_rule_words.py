"""A series in words: what people read of when it is, and that it is never said wrongly."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.model.event import Schedule
from server.model.recurrence import Closed, check
from server.model.recurrence import given as days_given
from server.model.rrule import RuleRefused
from server.model.rule_words import in_words

TODAY = datetime.date(2026, 3, 1)
CASES = json.loads((Path(__file__).parents[2] / "cases" / "rule_words.json").read_text(encoding="utf-8"))
"""In tests/cases: a rule of 2026-03-03 at 14, with what else its schedule says, and the words."""
LISTED = "På de dage, der står her"


def schedule(rule: str, date: str = "2026-03-03", **more: object) -> Schedule:
    return msgspec.convert({"date": date, "starts": "14:00", "rrule": rule, **more}, Schedule)


@pytest.mark.parametrize("told", CASES, ids=[f"{told['rule']} {told['more'] or ''}" for told in CASES])
def test_a_series_in_three_languages(told: dict[str, Any]) -> None:
    said = in_words(schedule(told["rule"], **told["more"]), TODAY)
    assert said is not None
    assert (said.da, said.en, said.de) == (told["da"], told["en"], told["de"])


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU", "FREQ=YEARLY;BYYEARDAY=100,200", "FREQ=MONTHLY;BYMONTHDAY=-3",
        "FREQ=MONTHLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "FREQ=DAILY;INTERVAL=2;BYDAY=TU,TH",
        "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "FREQ=MONTHLY;BYDAY=1TU,2TH", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
        "FREQ=YEARLY;BYDAY=1SU", "FREQ=DAILY;BYMONTHDAY=1",
    ],
)  # fmt: skip
def test_what_is_no_sentence_sends_to_the_days(rule: str) -> None:
    said = in_words(schedule(rule), TODAY)
    assert said is not None
    assert said.da == f"{LISTED} kl. 14"


def test_days_that_are_left_out_and_added_are_named_from_today_on() -> None:
    told = schedule(
        "FREQ=WEEKLY;BYDAY=TH", "2026-01-01", left_out=["2026-02-12", "2026-04-02", "2026-04-03"], also=["2026-04-01"]
    )
    said = in_words(told, TODAY)
    assert said is not None
    assert said.da == "Hver torsdag kl. 14. Ikke torsdag den 2. april. Også onsdag den 1. april."
    assert said.en == "Every Thursday at 14:00. Not on Thursday 2 April. Also on Wednesday 1 April."
    assert said.de == "Jeden Donnerstag um 14 Uhr. Nicht am Donnerstag, 2. April. Auch am Mittwoch, 1. April."


def test_many_days_are_counted() -> None:
    every = [(datetime.date(2026, 3, 5) + datetime.timedelta(weeks=n)).isoformat() for n in range(5)]
    for most, ends in ((3, "19. marts."), (4, "19. marts og en anden dag."), (5, "19. marts og 2 andre dage.")):
        said = in_words(schedule("FREQ=WEEKLY;BYDAY=TH", "2026-01-01", left_out=every[:most]), TODAY)
        assert said is not None
        assert said.da.endswith(ends)


def test_what_is_once_needs_no_words() -> None:
    assert in_words(msgspec.convert({"date": "2026-03-03"}, Schedule), TODAY) is None


WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 4),
    st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])),
    st.sampled_from(["", "1", "2", "-1"]),
    st.sampled_from(["", ";BYMONTH=5", ";BYMONTHDAY=13", ";BYSETPOS=-1"]),
    st.dates(datetime.date(2026, 3, 1), datetime.date(2026, 12, 31)),
)
def test_every_day_of_a_series_is_one_of_the_weekdays_that_are_named(
    freq: str, interval: int, by: set[str], n: str, more: str, first: datetime.date
) -> None:
    rule = (
        f"FREQ={freq};INTERVAL={interval}" + (f";BYDAY={','.join(n + day for day in sorted(by))}" if by else "") + more
    )
    told = schedule(rule, first.isoformat())
    try:
        check(told)
    except RuleRefused:
        return
    said = in_words(told, TODAY)
    assert said is not None
    named = {WEEKDAYS.index(day) for day in re.findall("|".join(WEEKDAYS), said.da.lower())}
    if not named or "mandag til" in said.da.lower():
        return
    found = {day.weekday() for day in days_given(told, Closed(), first + datetime.timedelta(days=900)) if day != first}
    assert found <= named, (rule, said.da)

"""The demo's events: there is always something, and it may be published."""

import datetime
from typing import Any

import msgspec
import pytest

from server import demo
from server.model import recurrence
from server.model.event import Change, EventSet, Schedule
from server.model.organiser import OrganiserSet
from tests.test_demo import EVENTS, LIX_UNDER, ORGANISERS, PLACE_KEYS, ROUTE_KEYS, SITE, Json, lix, texts

every_event = pytest.mark.parametrize("event", EVENTS, ids=[event["key"] for event in EVENTS])
A_LOADING = [
    datetime.date(2026, 11, 27),
    datetime.date(2026, 12, 24),
    datetime.date(2027, 3, 26),
    datetime.date(2028, 2, 29),
]
"""Days on which somebody loads the demo: an ordinary one, in holidays, beside a clock change, and a leap day."""


def times(event: Json, today: datetime.date) -> list[Any]:
    schedule = msgspec.convert(demo.schedule_of(event["when"], today), Schedule)
    changes = [
        msgspec.convert(demo.change_of(c, demo.schedule_of(event["when"], today), today), Change)
        for c in event.get("changes", [])
    ]
    assert isinstance(SITE.holidays, tuple)
    assert isinstance(SITE.school_holidays, tuple)
    return recurrence.times(
        event["key"], schedule, changes, recurrence.Closed(frozenset(SITE.holidays), SITE.school_holidays), today
    )


@every_event
def test_save_event_takes_the_event_and_what_it_points_at_is_there(event: Json) -> None:
    msgspec.convert(event["event"], EventSet)
    assert event["place"] is None or event["place"] in PLACE_KEYS
    assert event["route"] is None or event["route"] in ROUTE_KEYS
    assert event["organiser"] in [one["key"] for one in ORGANISERS]
    for today in A_LOADING:
        recurrence.check(msgspec.convert(demo.schedule_of(event["when"], today), Schedule))


def test_organisers_are_marked_as_demo() -> None:
    assert 3 <= len(ORGANISERS) <= 4
    for one in ORGANISERS:
        msgspec.convert(one["organiser"], OrganiserSet)
        assert one["organiser"]["name"].endswith("(demo)")


@pytest.mark.parametrize("today", A_LOADING)
def test_there_is_something_on_each_day_of_the_week(today: datetime.date) -> None:
    closed = 0
    for later in range(7):
        day = today + datetime.timedelta(days=later)
        happens = [event["key"] for event in EVENTS if any(time.date == day for time in times(event, today))]
        closed += not happens
    assert closed <= 2, "what is closed on holidays leaves a day empty"
    assert closed == 0 or today.month in (3, 12)


@pytest.mark.parametrize("today", A_LOADING)
def test_one_is_moved_one_is_full_and_one_is_cancelled(today: datetime.date) -> None:
    said = [time for event in EVENTS for time in times(event, today) if time.date >= today]
    assert [time.state for time in said].count("moved") == 1
    assert [time.full for time in said].count(True) == 1
    assert [event["key"] for event in EVENTS if any(isinstance(step, dict) for step in event["steps"])] == ["sangaften"]


def test_newcomers_are_met_where_it_is_made_for_trying() -> None:
    for event in EVENTS:
        assert bool(event["event"].get("newcomers")) == (event["event"]["level"] == "try"), event["key"]


@every_event
def test_the_words_of_an_event_are_plain(event: Json) -> None:
    told = [words for at, words in texts(event["event"]) if at.endswith("/da")]
    told += [words for change in event.get("changes", []) for at, words in texts(change) if at.endswith("/da")]
    assert lix("\n".join(told)) < LIX_UNDER


@every_event
def test_the_host_of_an_event_is_marked_as_demo(event: Json) -> None:
    host = event["event"]["host"]
    assert host["name"].endswith("(demo)")
    assert host["phone"].startswith("00 00 00")

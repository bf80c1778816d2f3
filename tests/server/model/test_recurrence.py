"""Schedules written out, beside recurring-ical-events over a file that icalendar builds, and beside what RFC 5545 says itself."""

import datetime
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import msgspec
import pytest
import recurring_ical_events

from server.model.event import Change, Schedule, Time
from server.model.recurrence import Closed, check, days, times, window
from server.model.rrule import RuleRefused
from server.model.site import Period

CASES = Path(__file__).parents[2] / "cases"
FORTY = json.loads((CASES / "recurrence.json").read_text(encoding="utf-8"))
RFC = json.loads((CASES / "recurrence_rfc5545.json").read_text(encoding="utf-8"))
ZONE = ZoneInfo("Europe/Copenhagen")
EVENT = "019d4000-0000-7000-8000-000000000001"


def schedule(told: dict[str, Any]) -> Schedule:
    return msgspec.convert({name: value for name, value in told.items() if name not in ("name", "today")}, Schedule)


def judged(told: Schedule, today: datetime.date) -> list[tuple[str, str | None]]:
    """Starts and ends in UTC as recurring-ical-events has them, of a file with the same rule; in the window."""
    event = icalendar.Event()
    event.add("uid", EVENT)
    if told.starts is None:
        event.add("dtstart", told.date)
        event.add("dtend", told.date + datetime.timedelta(days=told.days))
    else:
        start = datetime.datetime.combine(told.date, datetime.time.fromisoformat(told.starts), ZONE)
        event.add("dtstart", start)
        if told.ends is not None:
            later = datetime.timedelta(days=int(told.ends <= told.starts))
            event.add(
                "dtend", datetime.datetime.combine(told.date + later, datetime.time.fromisoformat(told.ends), ZONE)
            )
    if told.rrule is not None:
        event.add("rrule", icalendar.vRecur.from_ical(told.rrule))
    for name, listed in (("exdate", told.left_out), ("rdate", told.also)):
        for day in listed:
            if told.starts is None:
                event.add(name, day, parameters={"VALUE": "DATE"})
            else:
                event.add(name, datetime.datetime.combine(day, datetime.time.fromisoformat(told.starts), ZONE))
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//test//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    read = icalendar.Calendar.from_ical(calendar.to_ical())
    first, last = window(today)
    found = recurring_ical_events.of(read).between(first, last + datetime.timedelta(days=1))
    return sorted(
        (_z(one["DTSTART"].dt), _z(one["DTEND"].dt) if "DTEND" in one and told.ends else None) for one in found
    )


def _z(moment: datetime.date) -> str:
    if not isinstance(moment, datetime.datetime):
        moment = datetime.datetime.combine(moment, datetime.time(), ZONE)
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ours(told: Schedule, today: datetime.date) -> list[tuple[str, str | None]]:
    found = times(EVENT, told, (), Closed(), today)
    return [(one.start, None if told.ends is None else one.end) for one in found]


def test_there_are_forty_rules_and_no_two_are_alike() -> None:
    assert len(FORTY) >= 40
    assert len({json.dumps(one["schedule"]) for one in FORTY}) == len(FORTY)


@pytest.mark.parametrize("told", FORTY, ids=[one["name"] for one in FORTY])
def test_a_rule_gives_what_an_independent_library_gives(told: dict[str, Any]) -> None:
    one = schedule(told["schedule"])
    check(one)
    counted = 0
    for today in map(datetime.date.fromisoformat, told["today"]):
        found = ours(one, today)
        counted += len(found)
        assert found == judged(one, today)
    assert counted, "a rule that gives nothing shows nothing"


@pytest.mark.parametrize("told", RFC, ids=[one["rule"] for one in RFC])
def test_the_examples_of_rfc_5545_give_the_days_that_stand_there(told: dict[str, Any]) -> None:
    one = msgspec.convert({"date": told["from"], "starts": "09:00", "rrule": told["rule"]}, Schedule)
    check(one)
    found = days(one, datetime.date.fromisoformat(told["to"]))
    assert [day.isoformat() for day in found] == told["days"]


def one_day(date: str, starts: str, ends: str | None, rrule: str = "FREQ=DAILY") -> list[Time]:
    told = msgspec.convert({"date": date, "starts": starts, "ends": ends, "rrule": rrule}, Schedule)
    return times(EVENT, told, (), Closed(), datetime.date.fromisoformat(date))


@pytest.mark.parametrize(
    ("date", "starts", "ends", "start", "end", "clock"),
    [
        ("2026-03-28", "02:30", "03:30", "2026-03-28T01:30:00Z", "2026-03-28T02:30:00Z", "02:30"),
        ("2026-03-29", "02:30", "03:30", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z", "03:30"),
        ("2026-03-29", "02:30", "03:00", "2026-03-29T01:30:00Z", "2026-03-29T02:00:00Z", "03:30"),
        ("2026-03-29", "01:30", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "01:30"),
        ("2026-03-29", "14:00", "16:00", "2026-03-29T12:00:00Z", "2026-03-29T14:00:00Z", "14:00"),
        ("2026-10-25", "02:30", "03:30", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z", "02:30"),
        ("2026-10-25", "14:00", None, "2026-10-25T13:00:00Z", None, "14:00"),
        ("2026-10-24", "22:00", "03:00", "2026-10-24T20:00:00Z", "2026-10-25T02:00:00Z", "22:00"),
        ("2026-12-31", "23:00", "01:00", "2026-12-31T22:00:00Z", "2027-01-01T00:00:00Z", "23:00"),
    ],
)
def test_a_time_of_day_holds_over_both_clock_changes(
    date: str, starts: str, ends: str | None, start: str, end: str | None, clock: str
) -> None:
    found = one_day(date, starts, ends)[0]
    assert (found.start, found.end, found.start_local) == (start, end, clock)


def test_a_whole_day_is_its_midnights_also_where_it_has_23_hours() -> None:
    told = msgspec.convert({"date": "2026-03-29", "days": 1, "rrule": "FREQ=YEARLY"}, Schedule)
    found = times(EVENT, told, (), Closed(), datetime.date(2026, 3, 29))[0]
    assert (found.start, found.end) == ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")
    assert (found.all_day, found.start_local) == (True, None)


@pytest.mark.parametrize(
    ("end", "days_given"),
    [
        ("20260329", 3),  # a day is in it
        ("20260329T013000Z", 3),  # 03:30 on the day of the change in spring, which is what 02:30 becomes
        ("20260329T012959Z", 2),
        ("20260329T023000", 3),  # a local time is read as the event's own
        ("20260329T003000Z", 2),
    ],
)
def test_until_is_in_it_and_compared_in_utc_in_spring(end: str, days_given: int) -> None:
    found = one_day("2026-03-27", "02:30", None, f"FREQ=DAILY;UNTIL={end}")
    assert len(found) == days_given


@pytest.mark.parametrize(
    ("end", "days_given"),
    [("20261025T003000Z", 2), ("20261025T002959Z", 1), ("20261025T011500Z", 2), ("20261025", 2)],
)
def test_until_is_in_it_and_compared_in_utc_in_autumn(end: str, days_given: int) -> None:
    found = one_day("2026-10-24", "02:30", None, f"FREQ=DAILY;UNTIL={end}")
    assert len(found) == days_given


def test_count_counts_what_is_left_out() -> None:
    told = schedule(
        {"date": "2026-04-07", "rrule": "FREQ=WEEKLY;COUNT=4", "left_out": ["2026-04-14"], "skips": ["holidays"]}
    )
    closed = Closed(holidays=frozenset({datetime.date(2026, 4, 21)}))
    found = times(EVENT, told, (), closed, datetime.date(2026, 4, 1))
    assert [str(one.date) for one in found] == ["2026-04-07", "2026-04-28"]


def test_the_first_day_is_a_time_and_counted_also_where_the_rule_does_not_give_it() -> None:
    told = schedule({"date": "2026-04-06", "rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3"})
    assert [str(day) for day in days(told, datetime.date(2026, 6, 1))] == ["2026-04-06", "2026-04-07", "2026-04-14"]


def test_school_holidays_and_holidays_are_left_out_where_that_is_said() -> None:
    closed = Closed(
        frozenset({datetime.date(2026, 4, 3)}),
        (Period(from_=datetime.date(2026, 4, 10), to=datetime.date(2026, 4, 17)),),
    )
    for skips, wanted in (
        ([], [3, 10, 17, 24]), (["holidays"], [10, 17, 24]), (["school"], [3, 24]), (["school", "holidays"], [24]),
    ):  # fmt: skip
        told = schedule({"date": "2026-04-03", "rrule": "FREQ=WEEKLY;COUNT=4", "skips": skips})
        found = times(EVENT, told, (), closed, datetime.date(2026, 4, 1))
        assert [one.date.day for one in found] == wanted


def test_a_day_that_is_added_is_there_also_in_the_holidays_and_once() -> None:
    told = schedule(
        {
            "date": "2026-04-07",
            "rrule": "FREQ=WEEKLY;COUNT=2",
            "also": ["2026-04-09", "2026-04-14"],
            "skips": ["school"],
        }
    )
    closed = Closed(school=(Period(from_=datetime.date(2026, 4, 9), to=datetime.date(2026, 4, 10)),))
    found = times(EVENT, told, (), closed, datetime.date(2026, 4, 1))
    assert [str(one.date) for one in found] == ["2026-04-07", "2026-04-09", "2026-04-14"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=SECONDLY", "én gang om dagen"),
        ("FREQ=MINUTELY;COUNT=3", "én gang om dagen"),
        ("FREQ=HOURLY;INTERVAL=24", "én gang om dagen"),
        ("FREQ=DAILY;BYHOUR=9,10", "én gang om dagen"),
        ("FREQ=DAILY;BYHOUR=9", "et andet klokkeslæt"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
        ("FREQ=DAILY;COUNT=1000000000", "COUNT"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=" + "9" * 200, "COUNT"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "både et antal og en sidste dag"),
        ("FREQ=DAILY;UNTIL=20260101", "slutter, før den begynder"),
        ("FREQ=DAILY;UNTIL=20261301", "UNTIL"),
        ("FREQ=DAILY;UNTIL=i morgen", "UNTIL"),
        ("FREQ=FORTNIGHTLY", "FREQ"),
        ("BYDAY=TU;COUNT=4", "FREQ"),
        ("FREQ=WEEKLY;BYDAY=TI", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=2TU", "måned eller et år"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "måned eller et år"),
        ("FREQ=MONTHLY;BYDAY=0TU", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=54TU", "BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYYEARDAY=3", "BYYEARDAY"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO"),
        ("FREQ=YEARLY;BYWEEKNO=0", "0 findes ikke"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"),
        ("FREQ=MONTHLY;BYSETPOS=2", "BYSETPOS"),
        ("FREQ=DAILY;FREQ=WEEKLY", "to gange"),
        ("FREQ=DAILY;X-OWN=1", "ikke kendes"),
        ("FREQ=DAILY;BYEASTER=1", "ikke kendes"),
        ("FREQ=DAILY;;COUNT=1", "kan ikke læses"),
        ("WEEKLY", "kan ikke læses"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "ingen dage"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "ingen dage"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=WE", "ingen dage"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "ingen dage"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO", "ingen dage"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "ingen dage"),
    ],
)
def test_a_rule_that_can_not_be_written_out_is_refused_in_words(rule: str, words: str) -> None:
    told = msgspec.convert({"date": "2026-11-03", "starts": "14:00", "rrule": rule}, Schedule)
    with pytest.raises(RuleRefused) as refused:
        check(told)
    assert words in refused.value.words


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ({"date": "1889-01-01"}, "date"),
        ({"date": "9999-12-31"}, "date"),
        ({"date": "2026-01-01", "ends": "12:00"}, "starts"),
        ({"date": "2026-01-01", "starts": "12:00", "ends": "12:00"}, "ends"),
        ({"date": "2026-01-01", "starts": "12:00", "days": 2}, "days"),
        ({"date": "2026-01-01", "skips": ["school"]}, "skips"),
    ],
)
def test_a_schedule_without_sense_is_refused_where_it_stands(told: dict[str, Any], at: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        check(schedule(told))
    assert refused.value.at == at


def test_a_rule_without_an_end_is_written_out_thirteen_months() -> None:
    told = schedule({"date": "2026-01-01", "rrule": "FREQ=DAILY"})
    check(told)
    found = times(EVENT, told, (), Closed(), datetime.date(2026, 11, 27))
    assert (str(found[0].date), str(found[-1].date), len(found)) == ("2026-10-28", "2027-12-27", 426)


def test_what_is_said_of_one_time_holds_for_it_alone_and_its_id_stays() -> None:
    told = schedule({"date": "2026-04-07", "starts": "14:00", "ends": "16:00", "rrule": "FREQ=WEEKLY;COUNT=4"})
    changes = msgspec.convert(
        [
            {
                "day": "2026-04-14",
                "state": "moved",
                "date": "2026-04-16",
                "starts": "15:30",
                "why": {"da": "Huset er lejet ud."},
            },
            {"day": "2026-04-21", "state": "cancelled", "why": {"da": "Sygdom."}},
            {"day": "2026-04-28", "full": True, "meeting": {"da": "Ved porten."}},
            {"day": "2026-04-30", "state": "cancelled"},
        ],
        tuple[Change, ...],
    )
    a, b, c, d = times(EVENT, told, changes, Closed(), datetime.date(2026, 4, 1))
    assert (a.state, a.id[-8:]) == ("on", "20260407")
    assert (b.state, b.id[-8:], str(b.date), b.start, b.end) == (
        *("moved", "20260414", "2026-04-16"), *("2026-04-16T13:30:00Z", "2026-04-16T15:30:00Z"),
    )  # fmt: skip
    assert b.was is not msgspec.UNSET
    assert (str(b.was.date), b.was.start_local) == ("2026-04-14", "14:00")
    assert (c.state, c.why and c.why.da, c.was) == ("cancelled", "Sygdom.", msgspec.UNSET)
    assert (d.full, d.meeting and d.meeting.da, d.state) == (True, "Ved porten.", "on")


def test_what_is_moved_into_the_window_and_out_of_it_is_there() -> None:
    told = schedule({"date": "2026-01-06", "starts": "14:00", "rrule": "FREQ=WEEKLY"})
    today = datetime.date(2026, 4, 1)
    changes = msgspec.convert(
        [
            {"day": "2026-02-24", "state": "moved", "date": "2026-04-09"},
            {"day": "2026-03-31", "state": "moved", "date": "2026-02-20"},
            {"day": "2027-05-11", "state": "moved", "date": "2027-04-30"},
        ],
        tuple[Change, ...],
    )
    found = {one.id[-8:]: str(one.date) for one in times(EVENT, told, changes, Closed(), today)}
    assert (found["20260224"], found["20260331"], found["20270511"]) == ("2026-04-09", "2026-02-20", "2027-04-30")
    assert "20270504" not in found


def test_numbers_of_a_rule_are_written_in_plain_digits() -> None:
    with pytest.raises(RuleRefused, match="INTERVAL er et tal"):
        check(Schedule(date=datetime.date(2026, 3, 3), rrule="FREQ=DAILY;INTERVAL=٣"))

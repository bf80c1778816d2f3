"""Calendars as they came from Outlook, Google and by hand: each expectation, through our own writing out of times."""

import datetime
from pathlib import Path

import pytest

from server.formats.ical.calendar import read
from server.formats.ical.found import Calendar, Read
from server.model.recurrence import Closed, times

CASES = Path(__file__).resolve().parents[3] / "cases"
BEFORE = datetime.date(2026, 1, 1)


def of(name: str) -> Calendar:
    return read((CASES / f"ics-{name}.ics").read_bytes(), BEFORE)


def when(one: Read, seen_from: datetime.date) -> list[tuple[str, str | None, str]]:
    """Start, end and state of each time."""
    return [(time.start, time.end, time.state) for time in times("x", one.schedule, one.changes, Closed(), seen_from)]


def starts(one: Read, seen_from: datetime.date = datetime.date(2026, 3, 1)) -> list[str]:
    return [start for start, _, _ in when(one, seen_from)]


def test_exdate_in_another_zone_is_compared_as_an_instant() -> None:
    (one,) = of("exdate-other-zone").reads
    assert starts(one) == [
        "2026-03-18T18:00:00Z", "2026-04-08T17:00:00Z", "2026-04-15T17:00:00Z", "2026-04-22T17:00:00Z",
    ]  # fmt: skip


def test_until_is_in_it_over_a_change_of_the_clock() -> None:
    (one,) = of("until-inclusive").reads
    assert when(one, datetime.date(2026, 10, 1)) == [
        ("2026-10-12T12:00:00Z", "2026-10-12T14:00:00Z", "on"),
        ("2026-10-19T12:00:00Z", "2026-10-19T14:00:00Z", "on"),
        ("2026-10-26T13:00:00Z", "2026-10-26T15:00:00Z", "on"),
        ("2026-11-02T13:00:00Z", "2026-11-02T15:00:00Z", "on"),
    ]


def test_windows_names_of_zones_are_known_with_and_without_their_rules() -> None:
    summer, winter = of("windows-zone").reads
    assert (starts(summer), starts(winter)) == (["2026-06-10T17:00:00Z"], ["2026-12-02T17:00:00Z"])
    bare, unknown = (found := of("windows-zone-bare")).reads
    assert (starts(bare), bare.schedule.sure) == (["2026-06-10T17:00:00Z"], True)
    assert (starts(unknown), unknown.schedule.sure) == (["2026-06-11T17:00:00Z"], False)
    (note,) = found.notes
    assert (note.uid, note.code) == ("ukendt@forening.example", "unknown_zone")
    assert "Et Sted Syd for Nord" in note.reason


def test_a_time_without_a_zone_is_the_municipalitys() -> None:
    summer, winter = of("floating").reads
    assert (starts(summer), starts(winter)) == (["2026-07-03T12:00:00Z"], ["2026-12-04T13:00:00Z"])


def test_whole_days_end_before_the_day_that_is_told() -> None:
    days = {one.uid.partition("@")[0]: (one.schedule.date, one.schedule.days) for one in of("all-day").reads}
    assert days == {
        "en": (datetime.date(2026, 6, 5), 1),
        "nul": (datetime.date(2026, 6, 23), 1),
        "intet": (datetime.date(2026, 9, 12), 1),
        "tre": (datetime.date(2026, 8, 28), 3),
    }


def test_a_moved_time_is_where_it_went_and_a_cancelled_one_stays_to_be_seen() -> None:
    (one,) = of("moved-and-cancelled").reads
    assert when(one, datetime.date(2026, 5, 1)) == [
        ("2026-05-05T08:00:00Z", "2026-05-05T09:30:00Z", "on"),
        ("2026-05-13T12:00:00Z", "2026-05-13T13:30:00Z", "moved"),
        ("2026-05-19T08:00:00Z", "2026-05-19T09:30:00Z", "cancelled"),
        ("2026-05-26T08:00:00Z", "2026-05-26T09:30:00Z", "on"),
    ]
    assert one.sequence == 2


def test_one_bad_line_loses_no_calendar() -> None:
    """The event with the line that is none is taken, whole but for that line."""
    found = of("broken-feed")
    whole, bad, fire = found.reads
    assert whole.name.da == "Fællesspisning på havnen i Stubbekøbing, tag selv service med og en ven"
    assert (starts(whole), starts(fire)) == (["2026-08-14T15:30:00Z"], ["2026-08-16T17:00:00Z"])
    assert fire.name.da == "Bålaften"
    assert when(bad, BEFORE)[0][:2] == ("2026-08-15T08:00:00Z", "2026-08-15T09:00:00Z")
    assert [(left.uid, left.line, left.code) for left in found.left] == [("udenstart@forening.example", 20, "no_start")]
    assert [(note.line, note.uid, note.code) for note in found.notes] == [(17, "daarlig@forening.example", "no_colon")]
    assert found.whole


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.glob("ics-*.ics")))
def test_no_text_of_a_case_has_a_sign_for_what_could_not_be_read(name: str) -> None:
    assert "\ufffd" not in str(read((CASES / name).read_bytes(), BEFORE))

"""What calendars say in other ways: folds, letters, zones, lists of days, words, and what is not taken."""

import datetime

import pytest

from server.formats.ical.calendar import MOST_EVENTS, MOST_TIMES, read
from server.formats.ical.found import REASONS, Calendar, Read
from server.formats.ical.lines import lines
from server.formats.refusal import FileRefused
from server.model.event import Change
from server.model.recurrence import Closed, times

TODAY = datetime.date(2026, 3, 1)


def ics(*events: str, head: str = "") -> bytes:
    """A calendar of events, each given without BEGIN and END."""
    body = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".encode()


def one(event: str, head: str = "", today: datetime.date = TODAY) -> tuple[Read, Calendar]:
    found = read(
        ics(f"UID:a\nSUMMARY:Kaffe\n{event}" if "SUMMARY" not in event else f"UID:a\n{event}", head=head), today
    )
    (only,) = found.reads
    return only, found


def starts(read_: Read, today: datetime.date = TODAY) -> list[str]:
    return [time.start for time in times("x", read_.schedule, read_.changes, Closed(), today)]


def codes(found: Calendar) -> list[str]:
    return [note.code for note in found.notes]


def left(event: str) -> tuple[str, int]:
    found = read(ics(event), TODAY)
    assert found.reads == []
    return found.left[0].code, found.left[0].line


WEEKLY = "DTSTART;TZID=Europe/Copenhagen:20260303T100000\nDTEND;TZID=Europe/Copenhagen:20260303T120000\nRRULE:FREQ=WEEKLY;COUNT=4\n"


def test_lines_end_in_any_way_and_folds_may_cut_a_letter() -> None:
    data = b"\xef\xbb\xbfBEGIN:VCALENDAR\rSUMMARY:F\xc3\r\n \xa6lles\n\tspisning\r\n\r\nX:y"
    assert [(line.number, line.text) for line in lines(data)] == [
        (1, "BEGIN:VCALENDAR"), (2, "SUMMARY:Fællesspisning"), (6, "X:y"),
    ]  # fmt: skip


def test_letters_of_windows_and_of_utf16_are_read() -> None:
    found = read(ics("UID:a\nSUMMARY:Smørrebrød\nDTSTART:20260303T100000").decode().encode("cp1252"), TODAY)
    assert found.reads[0].name.da == "Smørrebrød"
    assert codes(found) == ["not_utf8"]
    wide = b"\xff\xfe" + ics("UID:a\nSUMMARY:Smørrebrød\nDTSTART:20260303T100000").decode().encode("utf-16-le")
    assert read(wide, TODAY).reads[0].name.da == "Smørrebrød"


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Copenhagen",
        "europe/copenhagen",
        '"Europe/Copenhagen"',
        "/freeassociation.sourceforge.net/Europe/Copenhagen",
        "Romance Standard Time",
        "W. Europe Standard Time",
        '"(UTC+01:00) Bruxelles, København, Madrid, Paris"',
        "CET",
    ],
)
def test_a_zone_is_known_by_many_names(zone: str) -> None:
    found, whole = one(f"DTSTART;TZID={zone}:20260610T190000")
    assert (starts(found), found.schedule.sure, codes(whole)) == (["2026-06-10T17:00:00Z"], True, [])


def test_a_zone_of_the_files_own_is_read_by_its_rules() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Vores egen\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\n"
        "END:STANDARD\nEND:VTIMEZONE\n"
    )
    found, whole = one("DTSTART;TZID=Vores egen:20260610T190000", head=zone)
    assert (starts(found), codes(whole)) == (["2026-06-10T16:00:00Z"], [])


def test_a_zone_whose_rules_are_broken_is_unknown() -> None:
    found, whole = one(
        "DTSTART;TZID=Vores egen:20260610T190000", head="BEGIN:VTIMEZONE\nTZID:Vores egen\nEND:VTIMEZONE\n"
    )
    assert (found.schedule.sure, codes(whole)) == (False, ["unknown_zone"])


def test_a_weekly_rule_in_london_is_weekly_here_over_both_changes() -> None:
    found, whole = one(
        "DTSTART;TZID=Europe/London:20260323T180000\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3\nEXDATE:20260330T170000Z"
    )
    assert starts(found) == ["2026-03-23T18:00:00Z", "2026-04-06T17:00:00Z"]
    assert found.schedule.rrule == "FREQ=WEEKLY;COUNT=3;BYDAY=MO"
    assert codes(whole) == ["other_zone"]


def test_late_in_london_is_the_next_weekday_here() -> None:
    found, _ = one("DTSTART;TZID=Europe/London:20260302T233000\nRRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260316T233000Z")
    assert found.schedule.rrule == "FREQ=WEEKLY;UNTIL=20260316T233000Z;BYDAY=TU"
    assert starts(found) == ["2026-03-02T23:30:00Z", "2026-03-09T23:30:00Z", "2026-03-16T23:30:00Z"]


def test_a_rule_in_utc_stays_at_its_instants() -> None:
    found, whole = one(
        "DTSTART:20260324T170000Z\nDTEND:20260324T190000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260331T170000Z"
    )
    assert starts(found) == ["2026-03-24T17:00:00Z", "2026-04-07T17:00:00Z"]
    assert [time.end for time in times("x", found.schedule, found.changes, Closed(), TODAY)][
        1
    ] == "2026-04-07T19:00:00Z"
    assert codes(whole) == ["other_zone"]


def test_days_are_left_out_by_day_too_and_what_matches_nothing_is_told() -> None:
    found, whole = one(
        f"{WEEKLY}EXDATE;VALUE=DATE:20260310\nEXDATE:20260317T110000Z,20260324T090000Z\nEXDATE:ikke en dag"
    )
    assert [start[:10] for start in starts(found)] == ["2026-03-03", "2026-03-17"]
    assert codes(whole) == ["no_match", "bad_day"]
    assert whole.notes[0].line == 10


def test_days_are_added_also_at_another_hour() -> None:
    found, _ = one(
        f"{WEEKLY}RDATE;TZID=Europe/Copenhagen:20260305T100000,20260306T150000\nRDATE;VALUE=PERIOD:20260307T090000Z/PT1H"
    )
    assert starts(found)[1:4] == ["2026-03-05T09:00:00Z", "2026-03-06T14:00:00Z", "2026-03-07T09:00:00Z"]


def test_a_single_time_may_be_named_in_utc_moved_with_its_place_and_be_only_longer() -> None:
    moved = "UID:a\nRECURRENCE-ID:20260310T090000Z\nDTSTART:20260311T130000Z\nSUMMARY:Kaffe\nLOCATION:Ved kajen\nCOMMENT:Salen er optaget"
    longer = "UID:a\nRECURRENCE-ID;TZID=Europe/Copenhagen:20260317T100000\nDTSTART:20260317T090000Z\nDURATION:PT3H\nSUMMARY:Kaffe"
    found = read(ics(f"UID:a\nSUMMARY:Kaffe\n{WEEKLY}", moved, longer), TODAY)
    first, second = found.reads[0].changes
    assert (first.day.day, first.date and first.date.day, first.starts, first.state) == (10, 11, "14:00", "moved")
    assert first.meeting
    assert first.meeting.da == "Ved kajen"
    assert first.why
    assert first.why.da == "Salen er optaget"
    assert second == Change(day=datetime.date(2026, 3, 17), state="on", ends="13:00")


def test_a_single_time_that_the_rule_does_not_give_is_a_time_of_its_own() -> None:
    extra = "UID:a\nRECURRENCE-ID;TZID=Europe/Copenhagen:20260312T100000\nDTSTART;TZID=Europe/Copenhagen:20260312T100000\nSUMMARY:Kaffe"
    (found,) = read(ics(f"UID:a\nSUMMARY:Kaffe\n{WEEKLY}", extra), TODAY).reads
    assert "2026-03-12T09:00:00Z" in starts(found)


def test_single_times_without_their_series_are_taken() -> None:
    alone = "UID:a\nSUMMARY:Kaffe\nRECURRENCE-ID:20260312T100000\nDTSTART:20260312T100000"
    found = read(ics(alone, alone.replace("0312", "0319")), TODAY)
    assert [start[:10] for start in starts(found.reads[0])] == ["2026-03-12", "2026-03-19"]
    assert codes(found) == ["no_series"]


def test_of_one_mark_twice_the_higher_sequence_counts() -> None:
    found = read(
        ics(
            "UID:a\nSUMMARY:Nyt\nSEQUENCE:3\nDTSTART:20260312T100000", "UID:a\nSUMMARY:Gammelt\nDTSTART:20260312T100000"
        ),
        TODAY,
    )
    assert [(one_.name.da, one_.sequence) for one_ in found.reads] == [("Nyt", 3)]
    assert codes(found) == ["same_uid"]


def test_a_whole_cancelled_event_says_so() -> None:
    assert one("DTSTART:20260312T100000\nSTATUS:CANCELLED")[0].cancelled


def test_words_are_plain() -> None:
    found, _ = one(
        "SUMMARY;LANGUAGE=da:Kaffe\\, kage & <b>sang</b>\n"
        'DESCRIPTION:<p>Kom <a href="javascript:alert(1)">ind</a></p><script>x()</script>1 &lt; 2\\nFarvel\u202e\n'
        "LOCATION:Torvet\\; ved bænken\nURL:https://forening.example/kaffe\nCATEGORIES:Fællesspisning,Musik\nDTSTART:20260312T100000"
    )
    assert found.name.da == "Kaffe, kage & sang"
    assert found.about
    assert found.about.da == "Kom ind\n1  2\nFarvel"
    assert found.where
    assert found.where.da == "Torvet; ved bænken"
    assert (found.url, found.themes) == ("https://forening.example/kaffe", ("food", "music"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x y", "https://<b>", "ftp://x"])
def test_no_other_address_than_one_of_the_web(url: str) -> None:
    assert one(f"DTSTART:20260312T100000\nURL:{url}")[0].url is None


def test_an_end_before_the_start_is_no_end_and_over_a_day_is_whole_days() -> None:
    before, told = one("DTSTART:20260312T100000\nDTEND:20260312T090000")
    assert (before.schedule.ends, codes(told)) == (None, ["end_before"])
    long, told = one("DTSTART:20260312T180000\nDTEND:20260314T120000")
    assert (long.schedule.starts, long.schedule.days, codes(told)) == (None, 3, ["many_days"])
    assert long.about
    assert long.about.da == "Begynder torsdag kl. 18.00."
    endless, told = one("DTSTART;VALUE=DATE:20260312\nDTEND;VALUE=DATE:20290312")
    assert (endless.schedule.days, codes(told)) == (60, ["too_many_days"])
    night, _ = one("DTSTART:20260312T200000\nDURATION:PT6H")
    assert (night.schedule.starts, night.schedule.ends) == ("20:00", "02:00")


@pytest.mark.parametrize(
    ("event", "code", "line"),
    [
        ("UID:a\nSUMMARY:x", "no_start", 3),
        ("UID:a\nDTSTART:20260312T100000", "no_name", 3),
        ("UID:a\nSUMMARY:x\nDTSTART:i morgen", "bad_start", 6),
        ("UID:a\nSUMMARY:x\nDTSTART:20260230", "bad_start", 6),
        ("UID:a\nSUMMARY:x\nCLASS:PRIVATE\nDTSTART:20260312T100000", "private", 3),
        ("UID:a\nSUMMARY:x\nDTSTART:20260312T100000\nRRULE:FREQ=SECONDLY", "bad_rule", 7),
        ("UID:a\nSUMMARY:x\nDTSTART:20260312T100000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "bad_rule", 7),
        ("UID:a\nSUMMARY:x\nDTSTART:20260312T100000\nRRULE:FREQ=WEEKLY;UNTIL=20200101", "bad_rule", 7),
    ],
)  # fmt: skip
def test_what_is_left_out_is_named_by_its_line(event: str, code: str, line: int) -> None:
    assert left(event) == (code, line)


def test_what_was_over_long_ago_is_counted_and_left_aside() -> None:
    today = datetime.date(2026, 11, 27)
    old = "UID:{}\nSUMMARY:x\nDTSTART:2024{}T100000\nRRULE:FREQ=WEEKLY"
    found = read(
        ics(old.format("a", "0304") + ";COUNT=3", old.format("b", "0304") + ";UNTIL=20240601T000000Z", old.format("c", "0304"),
            "UID:d\nSUMMARY:x\nDTSTART:20261101T100000"),
        today,
    )  # fmt: skip
    assert ([one_.uid for one_ in found.reads], found.passed) == (["c", "d"], ["a", "b"])


def test_what_is_no_calendar_is_refused_in_words() -> None:
    for data in (b"", b"<html><body>Log ind</body></html>", b"\x00\x01", "hej".encode("utf-16")):
        with pytest.raises(FileRefused, match="BEGIN:VCALENDAR"):
            read(data, TODAY)


def test_too_many_events_are_refused() -> None:
    many = [f"UID:{i}\nSUMMARY:x\nDTSTART:20260312T100000" for i in range(MOST_EVENTS + 1)]
    with pytest.raises(FileRefused, match=str(MOST_EVENTS)):
        read(ics(*many), TODAY)


def test_a_file_that_was_cut_off_is_not_whole() -> None:
    data = ics("UID:a\nSUMMARY:x\nDTSTART:20260312T100000", "UID:b\nSUMMARY:y\nDTSTART:20260312T100000")
    assert read(data, TODAY).whole
    found = read(data[: data.index(b"UID:b") + 10], TODAY)
    assert ([one_.uid for one_ in found.reads], found.whole) == (["a"], False)


def hostile() -> dict[str, bytes]:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:q\n"
        + "BEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\n" * 9_000
        + "END:VTIMEZONE\n"
    )
    return {
        "begun again and again": b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 200_000,
        "ended again and again": b"BEGIN:VCALENDAR\n" + b"END:X\n" * 200_000,
        "no lines": b"BEGIN:VCALENDAR\n" + b"x\n" * 500_000,
        "one line": b"BEGIN:VCALENDAR\nSUMMARY:" + b"a" * 4_000_000,
        "one letter a fold": b"BEGIN:VCALENDAR\nSUMMARY:" + b"\n a" * 500_000,
        "days without end": ics(f"UID:a\nSUMMARY:x\n{WEEKLY}" + "EXDATE:20260310T090000Z\n" * 20_000),
        "tags without end": ics("UID:a\nSUMMARY:x\nDTSTART:20260312T100000\nDESCRIPTION:" + "<a " * 30_000),
        "a zone of a thousand rules": ics("UID:a\nSUMMARY:x\nDTSTART;TZID=q:20260312T100000", head=zone),
    }


@pytest.mark.parametrize("name", hostile())
def test_what_is_made_to_be_heavy_comes_to_little(name: str) -> None:
    found = read(hostile()[name], TODAY)
    assert len(found.reads) + len(found.left) <= 1
    assert len(found.notes) <= 500


def test_every_reason_has_words_without_gaps() -> None:
    assert all(words[-1] in ".:}" and "  " not in words for words in REASONS.values())


@pytest.mark.parametrize("until", ["99991231T235959Z", "99991231T235959", "99991231"])
@pytest.mark.parametrize("start", ["20260303T100000", "20260303T090000Z", ";VALUE=DATE:20260303"])
def test_a_series_until_the_end_of_time_has_no_end(until: str, start: str) -> None:
    start = start if start.startswith(";") else f":{start}"
    read_, found = one(f"DTSTART{start}\nRRULE:FREQ=WEEKLY;UNTIL={until}")
    assert found.left == []
    assert len(starts(read_)) > 50


def test_a_series_until_the_beginning_of_time_is_left_and_told_of() -> None:
    assert left("SUMMARY:Kaffe\nUID:a\nDTSTART:20260303T100000\nRRULE:FREQ=WEEKLY;UNTIL=00010101T000000") == (
        "bad_rule",
        7,
    )


def test_a_few_hundred_events_each_day_are_more_than_a_calendar_may_bring() -> None:
    many = ics(
        *(f"UID:{n}\nSUMMARY:Kaffe\nDTSTART:20260303T100000\nRRULE:FREQ=DAILY" for n in range(MOST_TIMES // 380))
    )
    with pytest.raises(FileRefused, match=f"over {MOST_TIMES} gange"):
        read(many, TODAY)

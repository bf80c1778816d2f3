"""Calendars mutated by chance: none ends the reader, none hangs it, and of each event it is known what became of it."""

import datetime
import random
from pathlib import Path

import msgspec
import pytest

from server.formats.ical.calendar import read
from server.formats.ical.components import components
from server.formats.ical.found import Calendar
from server.formats.ical.lines import lines
from server.formats.refusal import FileRefused
from server.model import recurrence
from server.model.recurrence import Closed, times

CASES = sorted((Path(__file__).resolve().parents[3] / "cases").glob("ics-*.ics"))
RUNS = 400
PIECES = [
    *(b":", b";", b"=", b"\r\n", b"\n ", b"\\", b'"', b"\x00", b"\xc3", b"\xff", b",", b"/", b"Z", b"T", b"-", b"9"),
    *(b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VCALENDAR\n", b"END:VCALENDAR\n", b"BEGIN:VTIMEZONE\n"),
    *(b"RRULE:FREQ=DAILY\n", b"RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2\n", b"DTEND:99991231T235959Z\n", b"DURATION:P99999999W\n"),
    *(b"EXDATE:20260301,20260302T100000Z,\n", b"RECURRENCE-ID:20260401T170000Z\n", b"SEQUENCE:99999999999999999999\n"),
    *(b"DTSTART;TZID=Asia/Kathmandu:20260303T100000\n", b"RDATE;VALUE=PERIOD:20260303T100000Z/PT1H\n", "æøå\u202e".encode()),
]  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data = data[:at] + chance.choice(PIECES) + data[at:]
            case 1:
                data = data[:at] + data[at + chance.randint(1, 30) :]
            case 2:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 3:
                every = data.splitlines(keepends=True)
                if chance.random() < 0.1:
                    chance.shuffle(every)
                elif every:
                    every.insert(chance.randrange(len(every)), chance.choice(every))
                data = b"".join(every)
            case _:
                data = data[:at] + data[chance.randrange(len(data) + 1) :][:200] + data[at:]
        data = data or b"x"
    return data


@pytest.mark.parametrize("seed", range(RUNS // 20))
def test_whatever_comes_each_event_is_read_left_or_past(seed: int) -> None:
    chance = random.Random(seed)
    today = datetime.date(2026, 3, 1)
    for _ in range(20):
        data = mutated(chance.choice(CASES).read_bytes(), chance)
        try:
            found = read(data, today)
        except FileRefused:
            continue
        whole, _ = components(lines(data))
        told = [part for one in whole.parts if one.kind == "VCALENDAR" for part in one.parts if part.kind == "VEVENT"]
        without = sum(part.uid is None for part in told)
        uids = {part.uid for part in told if part.uid is not None}
        assert len(uids) <= len(found.reads) + len(found.left) + len(found.passed) <= len(uids) + without
        named = {one.uid for one in found.reads} | {one.uid for one in found.left}
        assert {uid for uid in named if not (uid or "").startswith("uden-uid-")} <= uids
        count = data.count(b"\n") + data.count(b"\r") + 1
        assert all(
            1 <= line <= count
            for line in [one.line for one in found.reads] + [one.line for one in found.left + found.notes]
        )
        assert msgspec.json.decode(msgspec.json.encode(found), type=Calendar) == found
        for one in found.reads:
            recurrence.check(one.schedule)
            times("x", one.schedule, one.changes, Closed(), today)
            assert "<" not in f"{one.name.da}{one.about and one.about.da}{one.where and one.where.da}"

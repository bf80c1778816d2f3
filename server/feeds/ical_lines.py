"""How iCalendar is written (RFC 5545, 3.1 and 3.3.11): escapes, and lines of at most 75 octets, folded between letters."""

import datetime
from typing import Final

from server.feeds.words import clean
from server.model.moment import COPENHAGEN

LONGEST: Final = 75
VTIMEZONE: Final = (
    "BEGIN:VTIMEZONE", "TZID:Europe/Copenhagen", "X-LIC-LOCATION:Europe/Copenhagen",
    "BEGIN:DAYLIGHT", "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip


def text(value: str) -> str:
    """A text as a value: what would end it is written otherwise."""
    plain = clean(value).replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def utc(moment: str) -> str:
    """20260312T130000Z of 2026-03-12T13:00:00Z."""
    return moment.replace("-", "").replace(":", "")


def local(moment: str) -> str:
    """The same moment by the municipality's clock, to stand behind its TZID."""
    return datetime.datetime.fromisoformat(moment).astimezone(COPENHAGEN).strftime("%Y%m%dT%H%M%S")


def day(moment: str) -> str:
    """The municipality's own day of a moment."""
    return local(moment)[:8]


def fold(line: str) -> str:
    """A line; what is longer goes on in the next after a space, never inside a letter."""
    made: list[str] = []
    now: list[str] = []
    size = 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST:
            made.append("".join(now))
            now, size = [" "], 1
        now.append(letter)
        size += octets
    return "\r\n".join([*made, "".join(now)])


def document(lines: list[str]) -> bytes:
    """Lines as a file."""
    return "".join(f"{fold(line)}\r\n" for line in lines).encode()

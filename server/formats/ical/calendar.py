"""A whole file of a calendar to its events: components of one UID are one event, and what is broken is told by its line."""

import datetime
import hashlib
from collections import defaultdict
from typing import Final

from server.formats.ical.components import Component, components
from server.formats.ical.event import Reading, event, sequence
from server.formats.ical.found import Calendar, Note, Read
from server.formats.ical.lines import lines
from server.formats.ical.words import plain
from server.formats.ical.zones import Zones, is_ours, named
from server.formats.refusal import FileRefused
from server.model import recurrence
from server.model.calendar import BYTES_MOST

MOST_EVENTS: Final = 5_000
MOST_TIMES: Final = 50_000
"""Times that are to come, of all its events: each is a row here, and an event each day alone is 400 of them."""
MOST_TOLD: Final = 500
"""Notes and what was left, of each: more than that nobody reads."""
NAME_MOST: Final = 120
_NOT_WHOLE: Final = frozenset({"no_uid", "not_closed", "stray_end", "outside"})
_OTHERS: Final = ("VTODO", "VJOURNAL", "VFREEBUSY")


def read(data: bytes, today: datetime.date) -> Calendar:
    """What a file holds. Raises FileRefused where it is no calendar, or too much of one."""
    if len(data) > BYTES_MOST:
        raise FileRefused(
            f"kalenderen fylder over {BYTES_MOST // 1024**2} MB. Hent en kalender med kun de kommende begivenheder."
        )
    whole, notes = components(lines(data))
    calendars = [one for one in whole.parts if one.kind == "VCALENDAR"]
    parts = [part for one in calendars for part in one.parts]
    of = Reading(Zones(parts), today, notes)
    _told_of_all(calendars, parts, of)
    reads: list[Read] = []
    times = 0
    for uid, every in _by_uid(parts, of).items():
        found = _one(uid, every, of)
        if found is not None:
            reads.append(found)
            times += len(recurrence.times("x", found.schedule, found.changes, recurrence.Closed(), today))
        if len(reads) > MOST_EVENTS:
            raise FileRefused(f"kalenderen har over {MOST_EVENTS} kommende begivenheder. Del den i flere kalendere.")
        if times > MOST_TIMES:
            raise FileRefused(
                f"kalenderens begivenheder er over {MOST_TIMES} gange det næste år. Hent en kalender med færre begivenheder."
            )
    whole_file = not any(one.kind == "VCALENDAR" and not one.closed for one in calendars)
    return Calendar(
        name=_name(calendars),
        reads=reads,
        left=sorted(of.left, key=lambda one: one.line)[:MOST_TOLD],
        notes=sorted(_each_once(of.notes), key=lambda one: one.line)[:MOST_TOLD],
        passed=of.passed,
        whole=whole_file and not any(one.code in _NOT_WHOLE for one in of.notes),
    )


def _name(calendars: list[Component]) -> str | None:
    for one in calendars:
        for key in ("X-WR-CALNAME", "NAME"):
            words, _ = plain(one.value(key) or "", NAME_MOST)
            if words is not None:
                return " ".join(words.split())
    return None


def _told_of_all(calendars: list[Component], parts: list[Component], of: Reading) -> None:
    for one in calendars:
        told = one.one("X-WR-TIMEZONE")
        if told is not None and told.value.strip():
            zone = named(told.value)
            if zone is None or not is_ours(zone):
                of.note(told.line, None, "floating", value=told.value.strip())
    others = [one for one in parts if one.kind in _OTHERS]
    if others:
        of.note(others[0].line, None, "other_kind", count=len(others))


def _by_uid(parts: list[Component], of: Reading) -> dict[str, list[Component]]:
    """Events by their UID, in the order of the file. One without gets a mark from what it says, the same each time."""
    found: dict[str, list[Component]] = defaultdict(list)
    for one in parts:
        if one.kind != "VEVENT":
            continue
        uid = one.uid
        if uid is None:
            said = f"{one.value('DTSTART')}\n{one.value('SUMMARY')}"
            uid = f"uden-uid-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
            of.note(one.line, None, "no_uid")
        found[uid].append(one)
    return found


def _one(uid: str, every: list[Component], of: Reading) -> Read | None:
    """One event, of which the file may say several things."""
    singles = [one for one in every if one.one("RECURRENCE-ID") is not None]
    mains = [one for one in every if one.one("RECURRENCE-ID") is None]
    if not mains:  # single times of a series that the file does not have
        first, *rest = singles
        of.note(first.line, uid, "no_series")
        return event(first, [], uid, of) if not rest else _lone(uid, singles, of)
    mains.sort(key=lambda one: (sequence(one), one.line))
    main = mains[-1]
    for other in mains[:-1]:
        of.note(other.line, uid, "same_uid", other=main.line)
    return event(main, singles, uid, of)


def _lone(uid: str, singles: list[Component], of: Reading) -> Read | None:
    """Several single times without their series: the first, and the others as days of their own."""
    singles = sorted(singles, key=lambda one: (one.value("DTSTART") or "", one.line))
    return event(singles[0], singles[1:], uid, of)


def _each_once(notes: list[Note]) -> list[Note]:
    """The same word of the same line stands once."""
    return list({(note.line, note.uid, note.code): note for note in notes}.values())

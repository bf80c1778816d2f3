"""Calendars that others keep and this server reads: the args of their verbs, and what whoever holds events reads of them."""

import datetime
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from server.model.values import Id, Sha256, Text, Value, Words

CalendarUrl = Annotated[str, Meta(pattern=r"^(https?|webcal)://[!-~]+$(?!\n)", max_length=1000)]
"""Where a calendar is fetched. webcal:// is https://. http:// is for one on this machine, in tests."""
BYTES_MOST: Final = 5 * 1024 * 1024
"""The largest calendar."""


class CalendarRemark(Struct, frozen=True, kw_only=True):
    """What was not understood, or is left out. `line`: where in the file. `uid` null: it is of the file itself. `reason`: in Danish."""

    line: int
    uid: str | None
    code: str
    reason: str


class CalendarKept(Struct, frozen=True, kw_only=True):
    """An event of which the calendar says something new where a person has written something else: theirs stays."""

    event_id: str
    name: Text
    fields: tuple[str, ...]


class CalendarGone(Struct, frozen=True, kw_only=True):
    """An event that was to come and is in the calendar no more. `cancelled` false: it stands here as it did, for a person to see to."""

    event_id: str
    name: Text
    cancelled: bool


class CalendarTold(Struct, frozen=True, kw_only=True):
    """What the last reading came to. `past`: over, and left aside. `lacking`: drafts, which lack where it is. `waiting`: how many are still
    to go in. `older`: how many the calendar has in an older version than is here. `whole`: nothing was cut off."""

    at: str
    name: str | None = None
    events: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    past: int = 0
    older: int = 0
    lacking: int = 0
    waiting: int = 0
    left: tuple[CalendarRemark, ...] = ()
    notes: tuple[CalendarRemark, ...] = ()
    kept: tuple[CalendarKept, ...] = ()
    gone: tuple[CalendarGone, ...] = ()
    whole: bool = True


class CalendarNow(Struct, frozen=True, kw_only=True):
    """A calendar. `url` null: it comes as files. `checked_at`: when it last answered; `failed_since`: since when it has not, and `failed`
    why, in Danish. `due_at`: when it is asked for next. `told` null: nothing was read of it yet."""

    id: str
    name: str
    url: str | None
    organiser_id: str | None
    place_id: str | None
    checked_at: str | None
    failed_since: str | None
    failed: str | None
    due_at: str | None
    told: CalendarTold | None


class CalendarList(Struct, frozen=True, kw_only=True):
    """Those that staff, or this person's organiser, have."""

    calendars: tuple[CalendarNow, ...]


class LookedEvent(Struct, frozen=True, kw_only=True):
    """One event of a file that was looked at: when its next time is, and what is said of its series."""

    line: int
    name: Text
    date: datetime.date
    starts: str | None
    rule: Text | None
    where: Text | None
    cancelled: bool


class LookedAt(Struct, frozen=True, kw_only=True):
    """What a file would bring; nothing has gone in. `blob` names it to import_calendar. `shown`: the first of `events`."""

    blob: Sha256
    name: str | None
    events: int
    shown: tuple[LookedEvent, ...]
    left: tuple[CalendarRemark, ...]
    notes: tuple[CalendarRemark, ...]
    past: int
    whole: bool


class CalendarSet(Value, frozen=True, kw_only=True):
    """The fields that save_calendar may set: others stay, null empties. `place_id`: where its events are that do not say so themselves."""

    name: Words | UnsetType = UNSET
    url: CalendarUrl | UnsetType | None = UNSET
    organiser_id: Id | UnsetType | None = UNSET
    place_id: Id | UnsetType | None = UNSET


class SaveCalendar(Value, frozen=True, kw_only=True):
    """args of save_calendar. A new UUIDv7 as subject makes it; then `name` and `url` must be there."""

    set: CalendarSet


class ImportCalendar(Value, frozen=True, kw_only=True):
    """args of import_calendar. `blob`: SHA-256 of a file that was looked at before. A new UUIDv7 as subject makes a calendar that comes as
    files, called `name`; of one that is there the other args must not be sent."""

    blob: Sha256
    name: Words | None = None
    organiser_id: Id | None = None
    place_id: Id | None = None

"""event: a happening, once or in a series, with its times. The body, what staff alone read of it, and the args of its verbs."""

import datetime
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType, field

from server.model.values import Clock, Id, Phone, Point, Slug, Text, Url, Value, Words

EventState = Literal["draft", "proposed", "public", "cancelled"]
"""proposed: its organiser is done, staff are to look at it. cancelled: all of it, and it says so."""
TimeState = Literal["on", "moved", "cancelled"]
Theme = Literal["coffee", "food", "walk", "movement", "music", "craft", "nature", "games", "talk", "culture"]
Level = Literal["try", "open", "used"]
"""try: made for who has never done it ("prøv noget nyt"). open: for all. used: for who has done it before."""
MONTHS_AHEAD: Final = 13
"""How far ahead a series is written out."""
PAST_DAYS: Final = 30
"""How long after its last time an event stays with readers."""

Themes = Annotated[tuple[Theme, ...], Meta(max_length=5)]
Rrule = Annotated[str, Meta(min_length=6, max_length=300)]
"""The value of an RRULE (RFC 5545, 3.3.10), without DTSTART: FREQ=WEEKLY;INTERVAL=2;BYDAY=TU."""
Notes = Annotated[str, Meta(max_length=4000)]


class Host(Value, frozen=True, kw_only=True):
    """Who meets you."""

    name: Words
    phone: Phone | None = None


class Newcomers(Value, frozen=True, kw_only=True):
    """Ny her? Five short answers; all five are needed for the mark "nye er velkomne"."""

    who_meets_you: Text
    where: Text
    how_many: Text
    first_minutes: Text
    leaving: Text


class Was(Value, frozen=True, kw_only=True):
    """When a moved time was to be."""

    date: datetime.date
    start_local: Clock | None


class Time(Value, frozen=True, kw_only=True):
    """One time of an event. `id`: the event's, a full stop, and YYYYMMDD of the day on which the rule first gave it; it survives a move.
    `date`, `start_local`: the municipality's own; `start`, `end`: UTC, of a whole day its midnights. `end` of whole days is the midnight
    after the last. `sure` false: the file that it came from did not say its zone. `was`: of a moved time alone."""

    id: str
    date: datetime.date
    start_local: Clock | None
    start: str
    end: str | None
    all_day: bool
    sure: bool
    state: TimeState
    why: Text | None
    full: bool
    meeting: Text | None
    was: Was | UnsetType = UNSET


class Schedule(Value, frozen=True, kw_only=True):
    """When it is: its first day and the rule that gives the others, in the municipality's own time.

    `starts` null: whole days, `days` of them. `ends` at or before `starts` is on the next day; null: nobody says. `rrule` null: once.
    `skips`: days that are left out besides: "holidays" those of settings/site, "school" its school holidays.
    `left_out` (EXDATE) and `also` (RDATE) are single days."""

    date: datetime.date
    starts: Clock | None = None
    ends: Clock | None = None
    days: Annotated[int, Meta(ge=1, le=60)] = 1
    rrule: Rrule | None = None
    skips: Annotated[tuple[Literal["holidays", "school"], ...], Meta(max_length=2)] = ()
    left_out: Annotated[tuple[datetime.date, ...], Meta(max_length=500)] = ()
    also: Annotated[tuple[datetime.date, ...], Meta(max_length=500)] = ()
    sure: bool = True


class Change(Value, frozen=True, kw_only=True):
    """What is said of a single time (RECURRENCE-ID). `day`: the day on which the rule gives it. `date`, `starts`, `ends`: where it is moved
    to, null as the rule has it."""

    day: datetime.date
    state: TimeState = "on"
    date: datetime.date | None = None
    starts: Clock | None = None
    ends: Clock | None = None
    why: Text | None = None
    full: bool = False
    meeting: Text | None = None


class EventStaff(Value, frozen=True, kw_only=True):
    """What staff, and its own organiser, alone read of an event. `missing`: the fields it lacks to be published. `decided`: what staff said
    when they answered a proposal. `calendar_id`: the calendar that brings it, whose word counts until somebody changes it here."""

    schedule: Schedule | None
    changes: tuple[Change, ...]
    missing: tuple[str, ...]
    notes: str | None
    decided: Text | None
    calendar_id: Id | None


class Event(Value, frozen=True, kw_only=True):
    """The body of kind "event". `rule`: its series in words, null for a single one. `times`: from PAST_DAYS ago to MONTHS_AHEAD.
    `where`, `point`: for one that is at no place and on no route. `staff` stands in the staff scope alone."""

    id: Id
    slug: Slug
    name: Text
    about: Text | None
    place_id: Id | None
    route_id: Id | None
    url: Url | None
    where: Text | None
    point: Point | None
    organiser_id: Id | None
    host: Host | None
    price: Text | None
    free: bool
    bring: Text | None
    access: Text | None
    themes: Themes
    level: Level | None
    newcomers: Newcomers | None
    state: EventState
    why: Text | None
    tz: str
    rule: Text | None
    split_from: Id | None
    times: tuple[Time, ...]
    staff: EventStaff | UnsetType = UNSET


def missing(
    event: Event, schedule: Schedule | None, *, place_is_public: bool, route_is_public: bool
) -> tuple[str, ...]:
    """The fields that an event lacks to be published, in the order of the body: where it is (a place or a route that all can see, an
    address on the net, or words), and when."""
    lacks = []
    if not place_is_public and not route_is_public and event.url is None and event.where is None:
        lacks.append("place_id")
    if schedule is None:
        lacks.append("schedule")
    return tuple(lacks)


STEPS: Final[dict[EventState, frozenset[EventState]]] = {
    "draft": frozenset({"proposed", "public"}),
    "proposed": frozenset({"draft", "public"}),
    "public": frozenset({"cancelled"}),
    "cancelled": frozenset({"public"}),
}
"""For each state those that may follow it. What readers have seen is cancelled and says so, and never a draft again."""


class EventSet(Value, frozen=True, kw_only=True):
    """The fields that save_event may set: others stay, null empties."""

    slug: Slug | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    about: Text | UnsetType | None = UNSET
    place_id: Id | UnsetType | None = UNSET
    route_id: Id | UnsetType | None = UNSET
    url: Url | UnsetType | None = UNSET
    where: Text | UnsetType | None = UNSET
    point: Point | UnsetType | None = UNSET
    organiser_id: Id | UnsetType | None = UNSET
    host: Host | UnsetType | None = UNSET
    price: Text | UnsetType | None = UNSET
    free: bool | UnsetType = UNSET
    bring: Text | UnsetType | None = UNSET
    access: Text | UnsetType | None = UNSET
    themes: Themes | UnsetType | None = UNSET
    level: Level | UnsetType | None = UNSET
    newcomers: Newcomers | UnsetType | None = UNSET
    schedule: Schedule | UnsetType | None = UNSET
    notes: Notes | UnsetType | None = UNSET


class SaveEvent(Value, frozen=True, kw_only=True):
    """args of save_event. A new UUIDv7 as subject makes a draft; then `name` must be there."""

    set: EventSet


class MoveEvent(Value, frozen=True, kw_only=True):
    """args of move_event. An organiser whose events are looked at first proposes where it asks for `public`. `why`: of a cancellation, and
    the answer to a proposal that goes back to `draft`."""

    to: EventState
    why: Text | None = None


class ChangeTime(Value, frozen=True, kw_only=True):
    """args of change_time: what is said of the time that the rule gives on `change.day`."""

    change: Change


class SplitEvent(Value, frozen=True, kw_only=True):
    """args of split_event: from `from` on the series is another event, `id`, which begins as this one with `set` laid over it."""

    from_: datetime.date = field(name="from")
    id: Id
    set: EventSet

"""GET /api/v1/organise: what whoever holds events reads of their own. Numbers of people alone, never who."""

import datetime

from server.model.event import Event
from server.model.organiser import Organiser
from server.model.values import Id, Text, Value


class Asked(Value, frozen=True, kw_only=True):
    """How many want to be met at the door at the time of `day` (on which the rule gives it), even 1, and what the host has answered to all
    of them. `number` 0: nobody does (any more), and it is answered."""

    event_id: Id
    day: datetime.date
    number: int
    answer: Text | None
    answered_at: str | None


class Counted(Value, frozen=True, kw_only=True):
    """How many came to the time of `day`, and how many of them for the first time."""

    event_id: Id
    day: datetime.date
    came: int
    new: int


class Told(Value, frozen=True, kw_only=True):
    """How it was at the times of an event, as nobody in particular says. Shown once TOLD_LEAST have said something: fewer are somebody."""

    event_id: Id
    good: int
    so_so: int
    not_for_me: int
    not_there: int


class Organise(Value, frozen=True, kw_only=True):
    """The body of GET /api/v1/organise. An organiser reads its own; `organiser` null: an administrator has not yet said for whom this
    person makes events. `versions`: the v of each event by its id, which an edit of it is based on. Staff read the numbers of all, and no
    `events`: those stand in their scope."""

    organiser: Organiser | None
    events: tuple[Event, ...]
    versions: dict[Id, str]
    asked: tuple[Asked, ...]
    counts: tuple[Counted, ...]
    told: tuple[Told, ...]


TOLD_LEAST = 5

"""When followers of a time of an event are told something: a row for each time, what, and revision of the time. Moments are UTC.

A time is named by its id, `<event>.<YYYYMMDD>`, not by its row: what was said of it outlives it."""

import datetime
from dataclasses import dataclass
from typing import Literal

from server.model.device import When
from server.model.moment import moment
from sync.sql import Row, Tx, load

SQL = load(__file__)

What = When | Literal["changed"]
Outcome = Literal["fanned_out", "late", "skipped", "overtaken"]
"""fanned_out: it went to who was to get it. late: it was of no use any more. skipped: it was due before it could be (a restore, a time made
too late). overtaken: the time was moved or cancelled since."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`occurrence`: the time's id. `done` None: it is still to be told."""

    occurrence: str
    what: What
    revision: int
    due_at: datetime.datetime
    useful_until: datetime.datetime
    done: Outcome | None = None

    @property
    def event_id(self) -> str:
        return self.occurrence.partition(".")[0]

    @property
    def day(self) -> datetime.date:
        """The day on which its rule gives the time."""
        day = self.occurrence.partition(".")[2]
        return datetime.date(int(day[:4]), int(day[4:6]), int(day[6:]))


def of_event(tx: Tx, event_id: str) -> list[Reminder]:
    """All of an event's times, those that are no more too."""
    return [_read(row) for row in SQL.rows(tx, "of_event", first=f"{event_id}.", last=f"{event_id}/")]


def put(tx: Tx, one: Reminder) -> None:
    """Makes it, or says anew when it is due."""
    SQL.run(
        tx, "put", occurrence=one.occurrence, what=one.what, revision=one.revision, due_at=moment(one.due_at),
        useful_until=moment(one.useful_until), done=one.done,
    )  # fmt: skip


def drop(tx: Tx, one: Reminder) -> None:
    """It was never to be."""
    SQL.run(tx, "drop", occurrence=one.occurrence, what=one.what, revision=one.revision)


def settle(tx: Tx, one: Reminder, done: Outcome) -> None:
    """Says what became of it."""
    SQL.run(tx, "settle", occurrence=one.occurrence, what=one.what, revision=one.revision, done=done)


def due(tx: Tx, now: datetime.datetime, most: int) -> list[Reminder]:
    """What is to be told by now, the earliest first."""
    return [_read(row) for row in SQL.rows(tx, "due", now=moment(now), most=most)]


def due_of(tx: Tx, event_id: str, now: datetime.datetime) -> list[Reminder]:
    """The same, of one event."""
    rows = SQL.rows(tx, "due_of", first=f"{event_id}.", last=f"{event_id}/", now=moment(now))
    return [_read(row) for row in rows]


def next_at(tx: Tx) -> datetime.datetime | None:
    """When the next one is due."""
    found = SQL.rows(tx, "next_at")[0][0]
    return None if found is None else datetime.datetime.fromisoformat(found)


def skip_due(tx: Tx, now: datetime.datetime) -> int:
    """Those that were due before now are told to nobody; returns how many."""
    return SQL.run(tx, "skip_due", now=moment(now))


def forget(tx: Tx, before: datetime.datetime) -> int:
    """Forgets those that were of use until before then; returns how many."""
    return SQL.run(tx, "forget", before=moment(before))


def _read(row: Row) -> Reminder:
    occurrence, what, revision, due_at, useful_until, done = row
    at = datetime.datetime.fromisoformat
    return Reminder(occurrence, what, revision, at(due_at), at(useful_until), done)

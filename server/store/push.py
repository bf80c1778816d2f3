"""How it stands with pushes, for whoever looks after the server: alarms, push services that are left alone, what waits."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from server.model.moment import moment
from sync.sql import Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Closed:
    """A push service that is left alone. `since`: nothing came through. `failures`: in a row. `phones`: how many are reached by it."""

    origin: str
    since: datetime.datetime
    until: datetime.datetime
    failures: int
    why: str
    phones: int = 0


class Alarm(NamedTuple):
    """So many phones can not be sent to, by a fault of ours. `status`: what the push service answers; `reason`: what it calls it."""

    origin: str
    status: int
    reason: str
    phones: int
    since: str


class Queue(NamedTuple):
    """Deliveries that wait, those of them that are due, and since when the oldest is."""

    waiting: int
    due: int
    oldest: datetime.datetime | None


class JobRow(NamedTuple):
    """A job: when it is due, until when somebody is at it, how often it has failed since it last went well."""

    name: str
    due_at: datetime.datetime
    lease_until: datetime.datetime | None
    tries: int


def close(tx: Tx, one: Closed) -> None:
    """Writes down that a push service is left alone, for a sender that begins after a kill too."""
    SQL.run(
        tx, "close", origin=one.origin, since=moment(one.since), until=moment(one.until), failures=one.failures, why=one.why
    )  # fmt: skip


def open_again(tx: Tx, origin: str) -> None:
    """Something came through."""
    SQL.run(tx, "open", origin=origin)


def closed(tx: Tx) -> list[Closed]:
    """Those that are left alone, or were when something was last sent to them."""
    return [
        Closed(origin, _at(since), _at(until), failures, why, phones)
        for origin, since, until, failures, why, phones in SQL.rows(tx, "closed")
    ]


def has_empty(tx: Tx) -> bool:
    """Whether `forget_empty` has something to do."""
    return bool(SQL.rows(tx, "has_empty")[0][0])


def forget_empty(tx: Tx) -> int:
    """Forgets of push services that no phone is reached by that they were left alone."""
    return SQL.run(tx, "forget_empty")


def alarms(tx: Tx) -> list[Alarm]:
    """By push service and answer. One that does not believe who we are (401, 403), and is left alone for it: all that it reaches, since
    the others are not even tried."""
    return [Alarm(*row) for row in SQL.rows(tx, "alarms")]


def reached(tx: Tx) -> int:
    """How many phones are reached."""
    return int(SQL.rows(tx, "reached")[0][0])


def keys(tx: Tx) -> dict[str, int]:
    """How many phones are reached by each VAPID key (public)."""
    return {str(key): int(count) for key, count in SQL.rows(tx, "keys")}


def queue(tx: Tx, now: datetime.datetime) -> Queue:
    """What waits at a moment."""
    waiting, due, oldest = SQL.rows(tx, "queue", now=moment(now))[0]
    return Queue(waiting, due, None if oldest is None else _at(oldest))


def results(tx: Tx, since: datetime.datetime) -> dict[str, int]:
    """Deliveries of messages that were of use at or after a moment, by state."""
    return {str(state): int(count) for state, count in SQL.rows(tx, "results", since=moment(since))}


def jobs(tx: Tx) -> list[JobRow]:
    """What is done by the clock, by name."""
    return [
        JobRow(name, _at(due_at), None if lease is None else _at(lease), tries)
        for name, due_at, lease, tries in SQL.rows(tx, "jobs")
    ]


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)

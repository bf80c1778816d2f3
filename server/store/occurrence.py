"""The single times of events, as they were last written out: from PAST_DAYS ago to MONTHS_AHEAD (server/model/event.py)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from server.model.event import Time, TimeState
from server.model.moment import moment
from server.store import thing
from sync.sql import Row, Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of an event. `event` is the event's inner id, `event_id` the one that travels. `day`: as the rule gives it; `date`: on
    which it is, here. `start`, `end`: UTC. `revision`: how often readers have seen it moved, cancelled or
    on again. `time`: as they get it."""

    id: str
    event: int
    event_id: str
    day: datetime.date
    date: datetime.date
    start: datetime.datetime
    end: datetime.datetime | None
    revision: int
    time: Time

    @property
    def all_day(self) -> bool:
        return self.time.all_day

    @property
    def sure(self) -> bool:
        return self.time.sure

    @property
    def state(self) -> TimeState:
        return self.time.state

    @property
    def full(self) -> bool:
        return self.time.full


def find(tx: Tx, event_id: str, day: datetime.date) -> Occurrence | None:
    """The time that the event's rule gives on that day, wherever it is moved to."""
    row = SQL.row(tx, "find", uid=event_id, day=day.isoformat())
    return None if row is None else _read(row)


def between(tx: Tx, start: datetime.datetime, end: datetime.datetime) -> list[Occurrence]:
    """Those of every event, in any state, that begin at `start` or later and before `end` (UTC), by their start."""
    return [_read(row) for row in SQL.rows(tx, "between", start=moment(start), end=moment(end))]


def of_event(tx: Tx, event: int) -> list[Occurrence]:
    """Those of one event (inner id), by their start."""
    return [_read(row) for row in SQL.rows(tx, "of_events", events=thing.json([event]))]


def of_events(tx: Tx, events: Iterable[int]) -> dict[int, list[Occurrence]]:
    """Those of several events by inner id, each by their start."""
    found: dict[int, list[Occurrence]] = defaultdict(list)
    for row in SQL.rows(tx, "of_events", events=thing.json(events)):
        one = _read(row)
        found[one.event].append(one)
    return found


def put(tx: Tx, event: int, day: datetime.date, time: Time, revision: int) -> None:
    """Writes the time that the event (inner id) has on that day of its rule."""
    SQL.run(
        tx, "put", id=time.id, event=event, day=day.isoformat(), date=time.date.isoformat(), start_at=time.start,
        end_at=time.end, state=time.state, revision=revision, body=msgspec.json.encode(time).decode(),
    )  # fmt: skip


def drop(tx: Tx, id: str) -> None:
    """It is no more."""
    SQL.run(tx, "drop", id=id)


def _read(row: Row) -> Occurrence:
    id, event, event_id, day, date, start_at, end_at, revision, body = row
    return Occurrence(
        id=id,
        event=event,
        event_id=event_id,
        day=datetime.date.fromisoformat(day),
        date=datetime.date.fromisoformat(date),
        start=datetime.datetime.fromisoformat(start_at),
        end=None if end_at is None else datetime.datetime.fromisoformat(end_at),
        revision=revision,
        time=_TIME.decode(body),
    )


_TIME = msgspec.json.Decoder(Time)

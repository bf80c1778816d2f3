"""What a phone follows, and the single times of which it is not reminded."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

import msgspec

from server.model.device import Followed, MyFollow, MySkip, When, Whens
from server.store import thing
from sync.sql import Row, Tx, load

SQL = load(__file__)
KINDS: Final[tuple[str, ...]] = get_args(Followed)


@dataclass(frozen=True, slots=True)
class Subject:
    """An event or an organiser, as somebody who wants to follow it needs it. `public`: readers know, or knew, of it."""

    name: str
    public: bool
    gone_on: datetime.date | None


def subject(tx: Tx, kind: str, id: str) -> Subject | None:
    """None where there is none of this kind (event or organiser) and id."""
    row = SQL.row(tx, kind, id=id) if kind in ("event", "organiser") else None
    return None if row is None else Subject(row[0], bool(row[1]), _date(row[2]))


def keep(tx: Tx, device: int, mine: MyFollow) -> None:
    """Follows it, or as it is said now."""
    SQL.run(
        tx, "keep", device=device, kind=mine.kind, id=mine.id, since=mine.since.isoformat(),
        only="" if mine.only is None else mine.only.isoformat(), whens=msgspec.json.encode(mine.when).decode(),
    )  # fmt: skip


def drop(tx: Tx, device: int, kind: str, id: str) -> None:
    """Follows it no more."""
    SQL.run(tx, "drop", device=device, kind=kind, id=id)


def one(tx: Tx, device: int, kind: str, id: str) -> MyFollow | None:
    """What is followed of one thing."""
    row = SQL.row(tx, "one", device=device, kind=kind, id=id)
    return None if row is None else _follow(row)


def count(tx: Tx, device: int) -> int:
    """How many things it follows."""
    return int(SQL.rows(tx, "count", device=device)[0][0])


def of_device(tx: Tx, device: int) -> tuple[MyFollow, ...]:
    """All that it follows."""
    return tuple(_follow(row) for row in SQL.rows(tx, "of_device", device=device))


def skip(tx: Tx, device: int, event_id: str, day: datetime.date) -> None:
    """Is not reminded of that time."""
    SQL.run(tx, "skip", device=device, event=event_id, day=day.isoformat())


def take_back(tx: Tx, device: int, event_id: str, day: datetime.date) -> None:
    """Is reminded of it all the same."""
    SQL.run(tx, "take_back", device=device, event=event_id, day=day.isoformat())


def skips_count(tx: Tx, device: int) -> int:
    return int(SQL.rows(tx, "skips_count", device=device)[0][0])


def skips(tx: Tx, device: int) -> tuple[MySkip, ...]:
    """The times that it skips."""
    return tuple(
        MySkip(event_id=event, day=datetime.date.fromisoformat(day))
        for event, day in SQL.rows(tx, "skips", device=device)
    )


def forget_skips(tx: Tx, before: datetime.date) -> int:
    """Forgets the skipped times of days before that; returns how many."""
    return SQL.run(tx, "forget_skips", before=before.isoformat())


def _follow(row: Row) -> MyFollow:
    kind, id, only, whens, since = row
    return MyFollow(
        kind=kind, id=id, when=msgspec.json.decode(whens, type=Whens), only=_date(only),
        since=datetime.date.fromisoformat(since),
    )  # fmt: skip


def _date(told: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(told) if told else None


def followers(
    tx: Tx, subjects: Iterable[tuple[str, str]], *, day: datetime.date | None = None, what: When | None = None
) -> list[int]:
    """The devices (rows), each once, that follow any of these (kind and id): of who follows a single time, those whose day this is. `what`:
    who wants to be told so; None: who is told of changes, which all are. Not who skips the day of any event among them."""
    pairs = list(subjects)
    events = [id for kind, id in pairs if kind == "event"]
    told = SQL.rows(
        tx, "followers", subjects=msgspec.json.encode(pairs).decode(), events=thing.json(events),
        day="" if day is None else day.isoformat(), what=what,
    )  # fmt: skip
    return [row for (row,) in told]


def to_be_met(tx: Tx, events: Iterable[str], day: datetime.date) -> list[int]:
    """The devices (rows) that asked to be met at the door on that day of any of these events."""
    return [row for (row,) in SQL.rows(tx, "to_be_met", events=thing.json(events), day=day.isoformat())]

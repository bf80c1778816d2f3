"""Who wants to be met at the door, a row for each phone and time and nothing more, and the host's answer to all of them."""

import datetime
from collections.abc import Collection
from typing import NamedTuple

import msgspec

from server.model.device import MyMet
from server.model.moment import moment
from server.model.organise import Asked
from server.model.values import Text
from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)
LAST = 2**63 - 1


class Answer(NamedTuple):
    """What the host said last. `revision` rises with each other answer."""

    text: Text
    at: str
    revision: int


def ask(tx: Tx, device: int, event: str, day: datetime.date) -> None:
    """A phone (row) wants to be met at a time. Asked twice is asked once."""
    SQL.run(tx, "ask", device=device, event=event, day=day.isoformat())


def take_back(tx: Tx, device: int, event: str, day: datetime.date) -> None:
    """It does not any more, or never did. What waits to be told to it is not."""
    SQL.run(tx, "take_back", device=device, event=event, day=day.isoformat())
    SQL.run(tx, "stop_for", device=device, about=f"{event}.{day:%Y%m%d}")


def mine(tx: Tx, device: int, event: str, day: datetime.date) -> MyMet | None:
    """What a phone reads of its own wish; None where it has none."""
    if SQL.row(tx, "asks", device=device, event=event, day=day.isoformat()) is None:
        return None
    said = answer_of(tx, event, day)
    return MyMet(event_id=event, day=day, answer=said and said.text, answered_at=said and said.at)


def of_device(tx: Tx, device: int) -> tuple[MyMet, ...]:
    """The times at which a phone wants to be met, the earliest first, with what the host answered."""
    return tuple(
        MyMet(
            event_id=event,
            day=datetime.date.fromisoformat(day),
            answer=None if said is None else _TEXT.decode(said),
            answered_at=at,
        )
        for event, day, said, at in SQL.rows(tx, "of_device", device=device)
    )


def who_asked(tx: Tx, event: str, day: datetime.date) -> list[int]:
    """The phones (rows) that want to be met at a time."""
    return [row for (row,) in SQL.rows(tx, "who_asked", event=event, day=day.isoformat())]


def answer_of(tx: Tx, event: str, day: datetime.date) -> Answer | None:
    """What the host has said of a time."""
    row = SQL.row(tx, "answer_of", event=event, day=day.isoformat())
    return None if row is None else Answer(_TEXT.decode(row[0]), row[1], row[2])


def answer(tx: Tx, event: str, day: datetime.date, text: Text, now: datetime.datetime) -> int:
    """Says it, in the place of what was said before. Returns the revision."""
    told = msgspec.json.encode(text).decode()
    return int(SQL.rows(tx, "answer", event=event, day=day.isoformat(), answer=told, at=moment(now))[0][0])


def stop(tx: Tx, about: str, before: int | None = None) -> None:
    """What waits to be told of a time (its id) is not: all of it, or what was said in a revision before that one."""
    SQL.run(tx, "stop_earlier", about=about, revision=LAST if before is None else before)


def numbers(tx: Tx, events: Collection[str] | None) -> tuple[Asked, ...]:
    """How many ask, and what was answered, for these events (None: for all), the earliest time first."""
    return tuple(
        Asked(
            event_id=event,
            day=datetime.date.fromisoformat(day),
            number=number,
            answer=None if said is None else _TEXT.decode(said),
            answered_at=at,
        )
        for event, day, number, said, at in SQL.rows(
            tx, "numbers", every=int(events is None), events=thing.json(events or ())
        )
    )


def forget(tx: Tx, before: datetime.datetime) -> int:
    """Nobody wants any more to be met at times that were over before then, nor what was answered them; of a time that is there no more, its
    day counts. Returns how many rows of phones are gone."""
    over = {"before": moment(before), "day": before.date().isoformat()}
    SQL.run(tx, "forget_answers", **over)
    return SQL.run(tx, "forget", **over)


_TEXT = msgspec.json.Decoder(Text)

"""What is sent, once for all who get it, and to which phones: rows that the sender of pushes works off (store/parcel.py)."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from server.model.moment import moment
from server.model.values import Text
from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)

What = Literal["evening", "transport", "hour", "changed", "met", "decided", "notice"]
Urgency = Literal["low", "normal", "high"]


def message(
    tx: Tx,
    about: str,
    what: What,
    revision: int,
    text: Mapping[Literal["title", "body"], Text],
    open: str,
    urgency: Urgency,
    useful_until: datetime.datetime,
) -> int:
    """A message about an occurrence or a notice (its id); returns its row. One of the same about, what and revision is there once: told
    again, its row is returned and nothing is changed. `open`: the path that a tap opens. After `useful_until` (UTC) it is not sent."""
    SQL.run(
        tx, "message", about=about, what=what, revision=revision, text=msgspec.json.encode(text).decode(), open=open, urgency=urgency,
        useful_until=moment(useful_until),
    )  # fmt: skip
    return int(SQL.rows(tx, "message_of", about=about, what=what, revision=revision)[0][0])


def deliver(tx: Tx, message: int, devices: Iterable[int], not_before: datetime.datetime) -> int:
    """Has a message sent to phones (rows), those that are reached; once each, however often this is asked. Returns how many are new."""
    return SQL.run(tx, "deliver", message=message, devices=thing.json(devices), not_before=moment(not_before))


def stop(tx: Tx, about: str, before: int) -> int:
    """What waits to be sent about a time in a revision before that one is not sent: it is not so any more. Returns how many."""
    return SQL.run(tx, "stop", about=about, before=before)


def stop_for(tx: Tx, device: int, about: str) -> int:
    """What waits to be sent to one phone about a time, or about any time of an event (the id of either), is not wanted any more. Returns
    how many."""
    return SQL.run(tx, "stop_for", device=device, first=about, last=f"{about}/")


def late(tx: Tx) -> int:
    """Nothing that waits is sent any more; returns how many. After a restore nobody knows what of it was."""
    return SQL.run(tx, "late")


def forget(tx: Tx, before: datetime.datetime) -> int:
    """Forgets messages that were of use until before then, with what became of them; returns how many messages."""
    return SQL.run(tx, "forget", before=moment(before))

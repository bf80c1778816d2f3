"""Phones that asked to be reminded: a row for a secret's hash, the day on which it was last heard of, and where it is reached."""

import datetime
from dataclasses import dataclass

from server.model.values import Language
from sync.sql import Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a phone is reached. `endpoint` is a capability: it goes to the push service and nowhere else, in no log and no answer.
    `vapid`: the public key that the subscription was made with, base64url."""

    endpoint: str
    p256dh: str
    auth: str
    vapid: str
    lang: Language

    def __repr__(self) -> str:
        return "Reached(…)"  # a trace of an error must not tell it


def find(tx: Tx, sha256: bytes) -> int | None:
    """The row of the device whose secret has this hash. A guess and a secret that was forgotten look alike."""
    row = SQL.row(tx, "find", sha256=sha256)
    return None if row is None else int(row[0])


def make(tx: Tx, sha256: bytes, on: datetime.date) -> int:
    """A new one; returns its row. sqlite3.IntegrityError where there is one of that hash."""
    return int(SQL.rows(tx, "make", sha256=sha256, on=on.isoformat())[0][0])


def is_due(tx: Tx, row: int, on: datetime.date) -> bool:
    """Whether it was not yet heard of on this day."""
    return SQL.row(tx, "seen_on", row=row, on=on.isoformat()) is None


def see(tx: Tx, row: int, on: datetime.date) -> None:
    """It was heard of on this day."""
    SQL.run(tx, "see", row=row, on=on.isoformat())


def forget(tx: Tx, row: int) -> None:
    """The device and all that is held of it, what waits to be sent to it too."""
    SQL.run(tx, "forget", row=row)


def forget_silent(tx: Tx, since: datetime.date) -> int:
    """Forgets those that were last heard of before a day; returns how many."""
    return SQL.run(tx, "forget_silent", since=since.isoformat())


def reach(tx: Tx, row: int, at: Reached) -> bool:
    """Keeps where it is reached, instead of what was. Another device that was reached there is so no more, if `auth` is the one that it
    had: then it is the same browser under a new secret. False, and nothing kept, where it is not."""
    other = SQL.row(tx, "reached_there", row=row, endpoint=at.endpoint)
    if other is not None:
        if other[1] != at.auth:
            return False
        unreach(tx, int(other[0]))
    SQL.run(
        tx, "reach", row=row, endpoint=at.endpoint, p256dh=at.p256dh, auth=at.auth, vapid=at.vapid, lang=at.lang
    )  # fmt: skip
    return True


def unreach(tx: Tx, row: int) -> None:
    """It is reached no more."""
    SQL.run(tx, "unreach", row=row)


def key_of(tx: Tx, row: int) -> str | None:
    """The VAPID key that it is reached with; None where it is not reached."""
    found = SQL.row(tx, "key_of", row=row)
    return None if found is None else str(found[0])

"""What is done by the clock: when each is due again, and whether somebody is at it. Moments are UTC."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from server.model.moment import moment
from sync.sql import Tx, load

SQL = load(__file__)

LEASE: Final = datetime.timedelta(minutes=10)
"""How long somebody is believed to be at a job; then it is taken by another."""

LATE: Final = datetime.timedelta(hours=1)
TRIES_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One job. `tries`: how often it has failed since it last went well."""

    name: str
    due_at: datetime.datetime
    lease_until: datetime.datetime | None
    tries: int

    def is_free(self, now: datetime.datetime) -> bool:
        """Whether nobody is at it. A lease that ends later than one that is taken now would is of a clock that was set back."""
        return self.lease_until is None or not now < self.lease_until <= now + LEASE


def begin(tx: Tx, names: Iterable[str], now: datetime.datetime) -> None:
    """A row for each, due at once where it is new; others go. Nobody is at any of them: there is one server, and it has just begun."""
    known = {row.name for row in every(tx)}
    wanted = set(names)
    SQL.many(tx, "drop", ({"name": name} for name in sorted(known - wanted)))
    SQL.many(tx, "add", ({"name": name, "now": moment(now)} for name in sorted(wanted - known)))
    SQL.run(tx, "release")


def every(tx: Tx) -> list[Row]:
    """All of them, by name."""
    return [
        Row(name, _at(due), None if lease is None else _at(lease), tries)
        for name, due, lease, tries in SQL.rows(tx, "every")
    ]


def stuck(tx: Tx, now: datetime.datetime) -> tuple[str, ...]:
    """Those that somebody is to look at, by name: they failed TRIES_MOST times in a row, or have been due for LATE and nobody did them."""
    return tuple(row.name for row in every(tx) if row.tries >= TRIES_MOST or row.due_at + LATE < now)


def ask(tx: Tx, name: str, now: datetime.datetime) -> None:
    """It is due now; a server that has never done it does so anyway."""
    SQL.run(tx, "ask", name=name, now=moment(now))


def take(tx: Tx, name: str, now: datetime.datetime) -> bool:
    """Whether it is now ours, for LEASE."""
    until = moment(now + LEASE)
    return bool(SQL.rows(tx, "take", name=name, now=moment(now), until=until))


def done(tx: Tx, name: str, due_at: datetime.datetime) -> None:
    """It went well, and is due again then."""
    SQL.run(tx, "done", name=name, due_at=moment(due_at))


def failed(tx: Tx, name: str, due_at: datetime.datetime) -> None:
    """It did not, and is tried again then."""
    SQL.run(tx, "failed", name=name, due_at=moment(due_at))


def _at(told: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(told)

"""What is sent next, and what became of it: deliveries as the sender of pushes takes them and puts them down again.

A parcel is leased while somebody is at it. A sender that is killed leaves its leases behind; the next one of the same DATA_DIR, of which
there is one at a time, frees them as it begins (`free`). So each is sent at least once, and by its tag shown once."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import msgspec

from server.model.moment import moment
from server.model.values import Text
from server.store import thing
from sync.sql import Row, Tx, load

SQL = load(__file__)
LEASE_S: Final = 120
"""Seconds for which a parcel is believed to be on its way."""
WRONG_KEY: Final = ""
"""As the VAPID key of a subscription that is refused under every key of ours: none is its own, so that the phone makes it anew."""
_SPARED: Final = datetime.timedelta(hours=1)
"""After the quiet hours: what is of no use later than that is worth waking somebody for."""

Outcome = Literal["sent", "gone", "refused", "wrong_key", "alarm", "again", "back"]
"""gone: there is no such subscription any more. refused: a fault of ours, which is an alarm. wrong_key: the same, of the key that it was
made with. alarm: a fault of ours that may be mended in time, so that it is tried again. again: not now. back: not tried."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one phone. `endpoint` is a capability: it goes to the push service and nowhere else. `origin`: what stands before its
    path. `vapid`: the public key that it was made with. `tag`: by which it is shown once. `title`, `body` are in `lang`."""

    delivery: int
    device: int
    tries: int
    endpoint: str
    origin: str
    p256dh: str
    auth: str
    vapid: str
    lang: str
    message: int
    about: str
    what: str
    revision: int
    title: str
    body: str
    open: str
    urgency: str
    useful_until: datetime.datetime

    def __repr__(self) -> str:
        return f"Parcel({self.delivery})"  # a trace of an error must not tell where somebody is reached

    @property
    def tag(self) -> str:
        return f"{self.about}/{self.what}/{self.revision}"


class Settled(NamedTuple):
    """What became of a parcel. `status`: the push service's answer, None where none came. `again_at`: not before then (UTC). `reason`: what
    the push service called it."""

    parcel: Parcel
    outcome: Outcome
    status: int | None = None
    again_at: datetime.datetime | None = None
    reason: str = ""


class Over(NamedTuple):
    """Deliveries of one message that are not sent any more, and why."""

    about: str
    what: str
    revision: int
    parcels: int
    why: Literal["late", "overtaken"]


class _Said(msgspec.Struct, frozen=True):
    title: Text
    body: Text


def free(tx: Tx) -> int:
    """Takes back all leases; returns how many there were. For a sender that begins: nobody else is at anything."""
    return SQL.run(tx, "free")


def is_over(tx: Tx, now: datetime.datetime) -> bool:
    """Whether `drop_over` has something to do."""
    return bool(SQL.rows(tx, "is_over", now=moment(now))[0][0])


def drop_over(tx: Tx, now: datetime.datetime) -> list[Over]:
    """Ends what is of no use any more: what is late, and what was said of an occurrence that has been moved or cancelled since."""
    found = []
    whys: tuple[tuple[Literal["late", "overtaken"], list[tuple[int]]], ...] = (
        ("overtaken", [(row[0],) for row in SQL.rows(tx, "overtaken")]),
        ("late", [(row[0],) for row in SQL.rows(tx, "late", now=moment(now))]),
    )
    for why, rows in whys:
        counts: dict[int, int] = {}
        for (message,) in rows:
            counts[message] = counts.get(message, 0) + 1
        for message, count in sorted(counts.items()):
            about, what, revision = SQL.rows(tx, "message", message=message)[0]
            found.append(Over(about, what, revision, count, why))
    return found


def is_held(tx: Tx, until: datetime.datetime) -> bool:
    """Whether `hold` has something to do."""
    return bool(SQL.rows(tx, "is_held", until=moment(until), kept=moment(until + _SPARED))[0][0])


def hold(tx: Tx, until: datetime.datetime) -> int:
    """In quiet hours that end `until`: what a push service put off into them goes afterwards. What changed at the last hour goes all the
    same, so that nobody stands before a locked door."""
    return SQL.run(tx, "held", until=moment(until), kept=moment(until + _SPARED))


def take(tx: Tx, now: datetime.datetime, most: int, closed: Collection[str] = ()) -> list[Parcel]:
    """Leases at most so many that may be sent now, for LEASE_S; urgent ones and those of use for the shortest time first. `closed`: the
    push services (origins) that are left alone."""
    until, at, left_alone = moment(now + datetime.timedelta(seconds=LEASE_S)), moment(now), thing.json(closed)
    taken: list[int] = []
    for (message,) in SQL.rows(tx, "due_messages", now=at):
        left = most - len(taken)
        if left <= 0:
            break
        rows = SQL.rows(tx, "take", message=message, now=at, lease_until=until, most=left, closed=left_alone)
        taken += [row[0] for row in rows]
    said: dict[int, _Said] = {}
    return [_parcel(row, said) for row in SQL.rows(tx, "parcels", ids=thing.json(taken))]


def is_due(tx: Tx, now: datetime.datetime, closed: Collection[str] = ()) -> bool:
    """Whether `take` would find something."""
    farthest = moment(now + datetime.timedelta(seconds=LEASE_S))
    return bool(SQL.rows(tx, "is_due", now=moment(now), farthest=farthest, closed=thing.json(closed))[0][0])


def next_at(tx: Tx, now: datetime.datetime, closed: Collection[str] = ()) -> datetime.datetime | None:
    """When there is something to send again at the earliest; None where nothing waits."""
    found = SQL.rows(tx, "next_at", now=moment(now), closed=thing.json(closed))[0][0]
    return None if found is None else datetime.datetime.fromisoformat(found)


def stopped(tx: Tx, going: Collection[int]) -> set[int]:
    """Those of these deliveries that are not to be sent any more: stopped, or their phone forgotten."""
    return set(going) - {row[0] for row in SQL.rows(tx, "wanted", ids=thing.json(going))} if going else set()


def settle(tx: Tx, done: Iterable[Settled], now: datetime.datetime) -> None:
    """Writes down what became of parcels. A subscription that is gone leaves, unless the phone has made a new one meanwhile: then the
    parcel waits for that."""
    for one in done:
        parcel = one.parcel
        delivery, device, endpoint = parcel.delivery, parcel.device, parcel.endpoint
        match one.outcome:
            case "sent":
                SQL.run(tx, "sent", delivery=delivery, status=one.status)
                SQL.run(tx, "well", device=device)
            case "gone":
                SQL.run(tx, "unreach", device=device, endpoint=endpoint)
                if SQL.row(tx, "reached_elsewhere", device=device, endpoint=endpoint):
                    SQL.run(tx, "back", delivery=delivery)
                else:
                    SQL.run(tx, "ended", delivery=delivery, state="gone", status=one.status)
            case "refused" | "wrong_key":
                if SQL.row(tx, "reached_elsewhere", device=device, endpoint=endpoint):
                    SQL.run(tx, "back", delivery=delivery)
                    continue
                SQL.run(tx, "ended", delivery=delivery, state="refused", status=one.status)
                _alarm(tx, one, now)
                if one.outcome == "wrong_key":
                    SQL.run(tx, "wrong_key", device=device, endpoint=endpoint)
            case "alarm" | "again":
                if one.outcome == "alarm":
                    _alarm(tx, one, now)
                again_at = moment(one.again_at or now)
                SQL.run(tx, "again", delivery=delivery, status=one.status, again_at=again_at)
            case "back":
                SQL.run(tx, "back", delivery=delivery)


def _alarm(tx: Tx, one: Settled, now: datetime.datetime) -> None:
    SQL.run(
        tx, "alarm", device=one.parcel.device, endpoint=one.parcel.endpoint, status=one.status or 0, reason=one.reason, now=moment(now)
    )  # fmt: skip


def _parcel(row: Row, said: dict[int, _Said]) -> Parcel:
    delivery, device, tries, endpoint, origin, p256dh, auth, vapid, lang = row[:9]
    message, about, what, revision, text, open, urgency, useful_until = row[9:]
    if message not in said:
        said[message] = msgspec.json.decode(text, type=_Said)
    words = said[message]
    both = isinstance(getattr(words.title, lang), str) and isinstance(getattr(words.body, lang), str)
    shown = lang if both else "da"  # in one language, never half in another
    return Parcel(
        delivery, device, tries, endpoint, origin, p256dh, auth, vapid, shown, message, about, what, revision,
        getattr(words.title, shown), getattr(words.body, shown), open, urgency, datetime.datetime.fromisoformat(useful_until),
    )  # fmt: skip

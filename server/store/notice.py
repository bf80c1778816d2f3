"""Notices that staff send: a row each, who follows what they are about, and what became of their deliveries."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from server.model.moment import moment
from server.model.notice import Notice, NoticeStaff, NoticeState, NoticeTo, Progress
from server.model.values import Text
from server.store import thing
from sync.sql import Row, Tx, load

SQL = load(__file__)
NO_PUSH: Final = "no_push"
"""Why a device that follows was not reached: it takes no pushes. It reads the notice in the app."""
FORGOTTEN: Final = "forgotten"
RESTORED: Final = "restored"
NOT_REACHED: Final = ("gone", "refused", "late", "stopped")
"""States of deliveries in which nothing more comes of them."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """`row` is the inner id, `message` that of what is sent, once it is. `at`: UTC. `devices`: how many followed when it was sent.
    `result`: why not the others, by reason; None while it is not over."""

    row: int
    id: str
    to: NoticeTo
    title: Text
    body: Text
    state: NoticeState
    at: datetime.datetime
    by: str
    message: int | None
    devices: int
    reached: int
    result: dict[str, int] | None


def add(tx: Tx, id: str, to: NoticeTo, title: Text, body: Text, at: datetime.datetime, by: str) -> None:
    """A new one, scheduled. sqlite3.IntegrityError where there is one of that id."""
    SQL.run(
        tx, "add", uid=id, kind=to.kind, id=to.id or "", title=_json(title), body=_json(body), at=moment(at), by=by
    )  # fmt: skip


def find(tx: Tx, id: str) -> NoticeRow | None:
    row = SQL.row(tx, "find", uid=id)
    return None if row is None else _read(row)


def due(tx: Tx, now: datetime.datetime) -> list[NoticeRow]:
    """Those that are to go out by now, the earliest first."""
    return [_read(row) for row in SQL.rows(tx, "due", now=moment(now))]


def next_at(tx: Tx) -> datetime.datetime | None:
    """When the next one is to go out."""
    found = SQL.rows(tx, "next_at")[0][0]
    return None if found is None else datetime.datetime.fromisoformat(found)


def unfinished(tx: Tx) -> list[NoticeRow]:
    """Those that went out, and of which it is not yet told what became of them."""
    return [_read(row) for row in SQL.rows(tx, "unfinished")]


def followers(tx: Tx, to: NoticeTo, today: datetime.date) -> list[int]:
    """The devices (rows) that follow it, or all there is; who follows a single time of an event, until that is over."""
    return [row for (row,) in SQL.rows(tx, "followers", kind=to.kind, id=to.id or "", today=today.isoformat())]


def reached(tx: Tx, devices: Sequence[int]) -> int:
    """How many of these take pushes."""
    return int(SQL.rows(tx, "reached", devices=thing.json(devices))[0][0])


def near(tx: Tx, to: NoticeTo, at: datetime.datetime, within: datetime.timedelta) -> datetime.datetime | None:
    """When the same followers get, or got, another one less than `within` from a moment: to the same, or either of the two to all."""
    row = SQL.row(
        tx, "around", kind=to.kind, id=to.id or "", after=moment(at - within), before=moment(at + within)
    )  # fmt: skip
    return None if row is None else datetime.datetime.fromisoformat(row[0])


def last(tx: Tx, to: NoticeTo, now: datetime.datetime) -> str | None:
    """When the same followers last got one, as a moment."""
    row = SQL.row(tx, "last", kind=to.kind, id=to.id or "", now=moment(now))
    return None if row is None else str(row[0])


def coming(tx: Tx, to: NoticeTo) -> str | None:
    """When the same followers get the next that is scheduled, as a moment."""
    found: str | None = SQL.rows(tx, "coming", kind=to.kind, id=to.id or "")[0][0]
    return found


def move(tx: Tx, row: int, at: datetime.datetime) -> None:
    """It goes out at another time."""
    SQL.run(tx, "move", row=row, at=moment(at))


def begin(tx: Tx, row: int, message: int, devices: int, reachable: int) -> None:
    """It has gone to the deliveries."""
    SQL.run(tx, "begin", row=row, message=message, devices=devices, reached=reachable)


def stop(tx: Tx, one: NoticeRow) -> None:
    """Nothing more of it goes out, but for what is on its way to a push service at this moment."""
    SQL.run(tx, "set_state", row=one.row, state="stopped")
    if one.message is None:
        SQL.run(tx, "finish", row=one.row, state="stopped", reached=0, result="{}")
    else:
        stop_waiting(tx, one.message)


def skip_due(tx: Tx, now: datetime.datetime) -> list[str]:
    """Those that were to go out by now do not: after a restore nobody knows whether they did. Returns their ids."""
    over = due(tx, now)
    for one in over:
        finish(tx, one, "stopped", 0, {RESTORED: reached(tx, followers(tx, one.to, now.date()))})
    return [one.id for one in over]


def stop_waiting(tx: Tx, message: int) -> None:
    """What waits of it is not sent. What is with a push service at this moment may be: then its sender says so afterwards."""
    SQL.run(tx, "stop_waiting", message=message)


def is_on_its_way(tx: Tx, message: int, now: datetime.datetime) -> bool:
    """Whether a sender may still say what became of some of it."""
    return bool(SQL.rows(tx, "on_its_way", message=message, now=moment(now))[0][0])


def progress(tx: Tx, one: NoticeRow) -> Progress:
    """How far one is: what waits, what was taken by a push service, and why not the others."""
    if one.result is not None or one.message is None:
        reached = one.reached if one.result is not None else 0
        return Progress(
            state=one.state, devices=one.devices, waiting=0, reached=reached, not_reached=one.result or {}
        )  # fmt: skip
    states: dict[str, int] = dict(SQL.rows(tx, "progress", message=one.message))
    why = {state: states[state] for state in NOT_REACHED if states.get(state)}
    # Who asked to be forgotten meanwhile has no delivery any more.
    others = {NO_PUSH: one.devices - one.reached, FORGOTTEN: one.reached - sum(states.values())}
    why |= {reason: number for reason, number in others.items() if number > 0}
    return Progress(
        state=one.state,
        devices=one.devices,
        waiting=states.get("waiting", 0),
        reached=states.get("sent", 0),
        not_reached=why,
    )


def finish(tx: Tx, one: NoticeRow, state: NoticeState, reached: int, result: Mapping[str, int]) -> None:
    """What became of it is kept as numbers; to which phones it went is forgotten."""
    SQL.run(tx, "finish", row=one.row, state=state, reached=reached, result=msgspec.json.encode(result).decode())
    if one.message is not None:
        SQL.run(tx, "forget_deliveries", message=one.message)


def forget_old(tx: Tx, before: datetime.datetime) -> list[str]:
    """Notices of before that leave; returns their ids."""
    old = SQL.rows(tx, "old", before=moment(before))
    for id, message in old:
        SQL.run(tx, "forget", uid=id)
        if message is not None:
            SQL.run(tx, "forget_message", message=message)
    return [id for id, _ in old]


def bodies(tx: Tx, ids: Iterable[str]) -> list[tuple[Notice, bool]]:
    """The notices with these ids as staff read them, and whether everybody does: once the first has gone out."""
    return [
        (_body(one), one.message is not None)
        for one in (_read(row) for row in SQL.rows(tx, "bodies", uids=thing.json(ids)))
    ]


def all_ids(tx: Tx) -> list[str]:
    return [id for (id,) in SQL.rows(tx, "all_ids")]


def _body(one: NoticeRow) -> Notice:
    return Notice(
        id=one.id,
        to=one.to,
        title=one.title,
        body=one.body,
        state=one.state,
        at=moment(one.at),
        staff=NoticeStaff(
            by=one.by,
            devices=one.devices,
            reached=one.reached if one.result is not None else 0,
            not_reached=one.result or {},
        ),
    )


def _read(row: Row) -> NoticeRow:
    inner, id, kind, to, title, body, state, at, by, message, devices, reachable, result = row
    return NoticeRow(
        row=inner,
        id=id,
        to=NoticeTo(kind=kind, id=to or None),
        title=_TEXT.decode(title),
        body=_TEXT.decode(body),
        state=state,
        at=datetime.datetime.fromisoformat(at),
        by=by,
        message=message,
        devices=devices,
        reached=reachable,
        result=None if result is None else _RESULT.decode(result),
    )


def _json(text: Text) -> str:
    return msgspec.json.encode(text).decode()


_TEXT = msgspec.json.Decoder(Text)
_RESULT = msgspec.json.Decoder(dict[str, int])

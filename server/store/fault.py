"""Reports of what is broken, one row each, and the notes that a thing's body tells of them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

import msgspec

from server.model.fault import KEPT_WHEN_FIXED_DAYS, Fault, FaultSubject
from server.model.values import FaultNote, FaultState, Sha256, What
from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)


def add(
    tx: Tx, subject: int, *, id: str, what: What, text: str, on: datetime.date, by: Literal["citizen", "guide"]
) -> None:
    """Keeps a report on a thing (inner id). `id` must not tell the moment: it is random."""
    SQL.run(tx, "add", uid=id, subject=subject, what=what, since=on.isoformat(), text=text, reported_by=by)


def note(tx: Tx, subject: int, what: What, on: datetime.date) -> bool:
    """Sees to it that the thing's body tells of `what`; returns whether that changed it. A fixed one that still stands is
    reported again and keeps the day of its first report; one that has left begins anew."""
    row = SQL.row(tx, "note_of", subject=subject, what=what)
    if row is None or (row[0] == "fixed" and not _stands(row[0], row[1], on)):
        SQL.run(tx, "begin_note", subject=subject, what=what, since=on.isoformat())
        return True
    if row[0] == "fixed":
        SQL.run(tx, "reopen_note", subject=subject, what=what)
        return True
    return False


def set_state(tx: Tx, subject: int, what: What, state: FaultState, on: datetime.date) -> None:
    """Staff's answer to all reports of `what` on a thing: taken, or fixed on a day. The note and the reports say so."""
    fixed_on = on.isoformat() if state == "fixed" else None
    SQL.run(tx, "set_note", subject=subject, what=what, state=state, fixed_on=fixed_on)
    SQL.run(tx, "set_reports", subject=subject, what=what, state=state)


def notes(tx: Tx, rows: Iterable[int], today: datetime.date) -> dict[int, tuple[FaultNote, ...]]:
    """The notes of these things (inner ids) as their bodies have them today: fixed ones leave after 14 days."""
    found: dict[int, list[FaultNote]] = defaultdict(list)
    for subject, what, since, state, fixed_on in SQL.rows(tx, "notes", rows=thing.json(rows)):
        if _stands(state, fixed_on, today):
            found[subject].append(FaultNote(what=what, since=datetime.date.fromisoformat(since), state=state))
    return {subject: tuple(notes) for subject, notes in found.items()}


def bodies(tx: Tx, ids: Iterable[str]) -> list[Fault]:
    """The reports with these ids, as staff read them."""
    return [
        Fault(
            id=uid,
            subject=FaultSubject(kind=kind, id=subject),
            what=what,
            since=datetime.date.fromisoformat(since),
            state=state,
            text=text,
            photos=_PHOTOS.decode(photos),
            reported_by=reported_by,
            taken_by=taken_by,
            answer=answer,
        )
        for uid, kind, subject, what, since, state, text, photos, reported_by, taken_by, answer in SQL.rows(
            tx, "bodies", uids=thing.json(ids)
        )
    ]


def all_ids(tx: Tx) -> list[str]:
    """Ids of all reports."""
    return [row[0] for row in SQL.rows(tx, "all_ids")]


def _stands(state: str, fixed_on: str | None, today: datetime.date) -> bool:
    if state != "fixed" or fixed_on is None:
        return True
    return (today - datetime.date.fromisoformat(fixed_on)).days < KEPT_WHEN_FIXED_DAYS


_PHOTOS = msgspec.json.Decoder(tuple[Sha256, ...])

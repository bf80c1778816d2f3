"""Reports of what is broken, one row each, and the notes that a thing's body tells of them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from server.model.fault import KEPT_WHEN_FIXED_DAYS, Fault, FaultSubject, ReportState, Shown
from server.model.values import FaultNote, FaultPhoto, FaultState, Sha256, Text, What
from server.store import blobs, thing
from sync.sql import Tx, load

SQL = load(__file__)
SHOWN_MOST = 6
"""Photos that a note shows: those of the first reports."""


class Report(NamedTuple):
    """A report as an answer needs it: `row` and `subject` are inner ids."""

    row: int
    subject: int
    what: What
    since: str
    photos: tuple[str, ...]


def add(
    tx: Tx,
    subject: int,
    *,
    id: str,
    what: What,
    text: str,
    on: datetime.date,
    by: Literal["citizen", "guide"],
    photos: Sequence[str] = (),
) -> None:
    """Keeps a report on a thing (inner id). `id` must not tell the moment: it is random."""
    SQL.run(
        tx, "add", uid=id, subject=subject, what=what, since=on.isoformat(), text=text, reported_by=by,
        photos=thing.json(photos),
    )  # fmt: skip


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


def find(tx: Tx, id: str) -> Report | None:
    """The report of this id."""
    row = SQL.row(tx, "report", uid=id)
    return None if row is None else Report(row[0], row[1], row[2], row[3], _PHOTOS.decode(row[4]))


def answer(
    tx: Tx,
    report: Report,
    state: FaultState,
    on: datetime.date,
    taken_by: str | None = None,
    words: Text | None = None,
) -> list[str]:
    """Staff's answer to a report and to every other open one of the same on the same thing: taken, or fixed on a day. The note and the
    reports say so; None leaves what was said. Returns the reports' ids."""
    _set_report(tx, report, state, taken_by, words)
    _set_note(tx, report, state, on, words)
    told = {"subject": report.subject, "what": report.what, "taken_by": taken_by, "answer": _json(words)}
    return [uid for (uid,) in SQL.rows(tx, "set_reports", state=state, **told)]


def close(tx: Tx, report: Report, on: datetime.date, taken_by: str | None, words: Text | None) -> None:
    """Closes one report alone. Its note leaves where no other open one stands behind it: with a word back after 14 days, else at once."""
    _set_report(tx, report, "closed", taken_by, words)
    ((others,),) = SQL.rows(tx, "open_reports", subject=report.subject, what=report.what)
    if others:
        return
    if words is None:
        SQL.run(tx, "drop_note", subject=report.subject, what=report.what)
    else:
        _set_note(tx, report, "fixed", on, words, closed=True)


def show(tx: Tx, report: Report, shown: Shown) -> None:
    """What everybody reads of a report from now on."""
    SQL.run(tx, "show", id=report.row, words=int(shown.words), photos=thing.json(shown.photos))


def notes(tx: Tx, rows: Iterable[int], today: datetime.date) -> dict[int, tuple[FaultNote, ...]]:
    """The notes of these things (inner ids) as their bodies have them today: fixed ones leave after 14 days."""
    asked = thing.json(rows)
    standing = [row for row in SQL.rows(tx, "notes", rows=asked) if _stands(row[3], row[4], today)]
    if not standing:
        return {}
    found: dict[int, list[FaultNote]] = defaultdict(list)
    accepted = _accepted(tx, asked)
    for subject, what, since, state, _, answer, closed in standing:
        words, photos = accepted.get((subject, what), (UNSET, UNSET))
        found[subject].append(
            FaultNote(
                what=what,
                since=datetime.date.fromisoformat(since),
                state=state,
                words=words,
                photos=photos,
                answer=UNSET if answer is None else _TEXT.decode(answer),
                closed=True if closed else UNSET,
            )
        )
    return {subject: tuple(notes) for subject, notes in found.items()}


def over(tx: Tx, today: datetime.date) -> list[tuple[str, str]]:
    """Takes away the notes that were fixed 14 days ago; returns whose they were, as (kind, id)."""
    before = (today - datetime.timedelta(days=KEPT_WHEN_FIXED_DAYS)).isoformat()
    rows = SQL.rows(tx, "over", before=before)
    for _, _, subject, what in rows:
        SQL.run(tx, "drop_note", subject=subject, what=what)
    return sorted({(kind, uid) for kind, uid, _, _ in rows})


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
            answer=None if answer is None else _TEXT.decode(answer),
            shown=Shown(words=bool(words), photos=_PHOTOS.decode(shown)),
        )
        for uid, kind, subject, what, since, state, text, photos, reported_by, taken_by, answer, words, shown in SQL.rows(
            tx, "bodies", uids=thing.json(ids)
        )
    ]


def all_ids(tx: Tx) -> list[str]:
    """Ids of all reports."""
    return [row[0] for row in SQL.rows(tx, "all_ids")]


def _set_report(tx: Tx, report: Report, state: ReportState, taken_by: str | None, words: Text | None) -> None:
    SQL.run(tx, "set_report", id=report.row, state=state, taken_by=taken_by, answer=_json(words))


def _set_note(
    tx: Tx, report: Report, state: FaultState, on: datetime.date, words: Text | None, *, closed: bool = False
) -> None:
    told: dict[str, Any] = {"subject": report.subject, "what": report.what, "since": report.since, "state": state}
    fixed_on = on.isoformat() if state == "fixed" else None
    SQL.run(tx, "set_note", **told, fixed_on=fixed_on, answer=_json(words), closed=int(closed))


def _accepted(tx: Tx, rows: str) -> dict[tuple[int, str], tuple[str | UnsetType, tuple[FaultPhoto, ...] | UnsetType]]:
    """By (subject, what): the words and photos that staff have accepted, the first report's words."""
    found = SQL.rows(tx, "shown", rows=rows)
    here = blobs.pictures(tx, {name for _, _, _, photos in found for name in _PHOTOS.decode(photos)})
    words: dict[tuple[int, str], str] = {}
    pictures: dict[tuple[int, str], dict[str, FaultPhoto]] = defaultdict(dict)
    for subject, what, text, photos in found:
        if text:
            words.setdefault((subject, what), text)
        for name in _PHOTOS.decode(photos):
            if name in here:
                pictures[subject, what][name] = FaultPhoto(sha256=name, w=here[name].w, h=here[name].h)
    return {
        key: (words.get(key, UNSET), tuple(pictures[key].values())[:SHOWN_MOST] if pictures.get(key) else UNSET)
        for key in words.keys() | pictures.keys()
    }


def _stands(state: str, fixed_on: str | None, today: datetime.date) -> bool:
    if state != "fixed" or fixed_on is None:
        return True
    return (today - datetime.date.fromisoformat(fixed_on)).days < KEPT_WHEN_FIXED_DAYS


def _json(words: Text | None) -> str | None:
    return None if words is None else msgspec.json.encode(words).decode()


_PHOTOS = msgspec.json.Decoder(tuple[Sha256, ...])
_TEXT = msgspec.json.Decoder(Text)

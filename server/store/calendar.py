"""Calendars that others keep, and what each last said of its events."""

import datetime
import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from server.model.calendar import CalendarNow, CalendarTold
from server.model.event import Change, Schedule, Theme
from server.model.moment import moment
from server.model.values import Text
from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)


class Brought(Struct, frozen=True, kw_only=True):
    """What a calendar says of one event, as it goes in here."""

    sequence: int
    name: Text
    about: Text | None
    where: Text | None
    place_id: str | None
    organiser_id: str | None
    url: str | None
    themes: tuple[Theme, ...]
    schedule: Schedule
    changes: tuple[Change, ...]
    cancelled: bool

    @property
    def hash(self) -> str:
        """The same for the same."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:32]


class CalendarRow(Struct, frozen=True, kw_only=True):
    """A calendar out of the store, and into it."""

    id: str
    name: str
    url: str | None
    organiser_id: str | None
    place_id: str | None
    by_staff: bool
    saved_by: str
    saved_at: str
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    checked_at: str | None = None
    due_at: str | None = None
    tries: int = 0
    failed_since: str | None = None
    failed: str | None = None
    told: CalendarTold | None = None
    ended_on: datetime.date | None = None

    def now(self) -> CalendarNow:
        """What is read of it."""
        return CalendarNow(**{name: getattr(self, name) for name in CalendarNow.__struct_fields__})


def get(tx: Tx, id: str) -> CalendarRow | None:
    """The calendar with this id, ended or not."""
    row = SQL.row(tx, "columns", id=id)
    if row is None:
        return None
    *plain, told, ended_on = row
    names = CalendarRow.__struct_fields__
    given = dict(zip(names, plain, strict=False))
    given["by_staff"] = bool(given["by_staff"])
    given["told"] = None if told is None else _TOLD.decode(told)
    given["ended_on"] = None if ended_on is None else datetime.date.fromisoformat(ended_on)
    return CalendarRow(**given)


def save(tx: Tx, row: CalendarRow) -> None:
    """Makes or changes it. LookupError where what it names is not there."""
    SQL.run(
        tx,
        "put",
        **{name: getattr(row, name) for name in CalendarRow.__struct_fields__ if name not in _OTHERWISE},
        organiser=thing.row_of(tx, "organiser", row.organiser_id),
        place=thing.row_of(tx, "place", row.place_id),
        told=None if row.told is None else msgspec.json.encode(row.told).decode(),
        ended_on=None if row.ended_on is None else row.ended_on.isoformat(),
    )


def every(tx: Tx, organiser_id: str | None = None) -> list[CalendarRow]:
    """Those that are not ended, by name; of one organiser, or all."""
    found = SQL.rows(tx, "every") if organiser_id is None else SQL.rows(tx, "of_organiser", organiser=organiser_id)
    return [row for (id,) in found if (row := get(tx, id)) is not None]


def count(tx: Tx) -> int:
    """How many are not ended."""
    return int(SQL.rows(tx, "count")[0][0])


def due(tx: Tx, now: datetime.datetime) -> list[str]:
    """Ids of those that are to be looked at by now, the longest due first."""
    return [id for (id,) in SQL.rows(tx, "due", now=moment(now))]


def next_due(tx: Tx) -> datetime.datetime | None:
    """When the next one is."""
    ((at,),) = SQL.rows(tx, "next_due")
    return None if at is None else datetime.datetime.fromisoformat(at)


def hashes(tx: Tx, id: str) -> dict[str, tuple[str, bool]]:
    """(hash of what was said, whether it is gone) by UID."""
    return {uid: (hash, bool(gone)) for uid, hash, gone in SQL.rows(tx, "hashes", calendar=id)}


def said(tx: Tx, id: str, uid: str) -> Brought | None:
    """What the calendar last said of one event; None where it never did."""
    row = SQL.row(tx, "said", calendar=id, uid=uid)
    return None if row is None else _BROUGHT.decode(row[0])


def put_said(tx: Tx, id: str, uid: str, brought: Brought, hash: str) -> None:
    """It says this now. `hash`: of what was read, so that it is known again."""
    SQL.run(tx, "put_said", calendar=id, uid=uid, hash=hash, said=msgspec.json.encode(brought).decode())


def put_gone(tx: Tx, id: str, uid: str) -> None:
    """It is in the calendar no more."""
    SQL.run(tx, "put_gone", calendar=id, uid=uid)


def places(tx: Tx) -> list[tuple[str, str]]:
    """(id, name in Danish) of the places that readers see."""
    return [(id, name) for id, name in SQL.rows(tx, "places")]


def revisions(tx: Tx) -> dict[str, int]:
    """How often a time was moved, cancelled or set on again, by its id; of those that were."""
    return dict(SQL.rows(tx, "revisions"))


def changed(tx: Tx) -> dict[str, str]:
    """When each event was last written, by its id: UTC."""
    return dict(SQL.rows(tx, "changed"))


def file_of(data_dir: Path, sha256: str) -> Path:
    """Where what was found in a calendar lies until it is in."""
    return data_dir / "calendars" / f"{sha256}.json"


_OTHERWISE = frozenset({"organiser_id", "place_id", "told", "ended_on"})
_TOLD = msgspec.json.Decoder(CalendarTold)
_BROUGHT = msgspec.json.Decoder(Brought)

"""Organisers: associations, and the municipality itself; and for which of them a person makes events."""

import datetime
from collections.abc import Iterable

from msgspec import Struct

from server.model.organiser import Organiser
from server.store import thing
from sync.sql import Row, Tx, load

SQL = load(__file__)


class OrganiserRow(Struct, frozen=True, kw_only=True):
    """An organiser out of the store, and into it. `row` 0: not there yet."""

    row: int
    id: str
    slug: str
    name: str
    url: str | None
    at_once: bool
    notes: str | None
    changed_at: str
    changed_by: str
    withdrawn_on: datetime.date | None = None

    def body(self) -> Organiser:
        """What readers get, without what is staff's own."""
        return Organiser(id=self.id, slug=self.slug, name=self.name, url=self.url)


def get(tx: Tx, id: str) -> OrganiserRow | None:
    """The organiser with this id, withdrawn or not."""
    found = many(tx, [id])
    return found[0] if found else None


def many(tx: Tx, ids: Iterable[str]) -> list[OrganiserRow]:
    """Those of `ids` that are there."""
    return [_read(row) for row in SQL.rows(tx, "many", uids=thing.json(ids))]


def save(tx: Tx, one: OrganiserRow) -> int:
    """Makes or changes it; returns its inner id. The slug is only taken for a new one (see slugs.move)."""
    row = one.row or thing.make(tx, "organiser", one.id, one.slug)
    SQL.run(
        tx, "put", thing=row, name=one.name, url=one.url, at_once=one.at_once, notes=one.notes, changed_at=one.changed_at,
        changed_by=one.changed_by,
    )  # fmt: skip
    return row


def of_person(tx: Tx, person: str) -> str | None:
    """The id of the organiser for whom a person makes events; None: for nobody, or one that was withdrawn."""
    row = SQL.row(tx, "of_person", person=person)
    return None if row is None else row[0]


def give_person(tx: Tx, person: str, organiser: str | None) -> None:
    """From now on this person makes events for that organiser; None: for nobody."""
    SQL.run(tx, "give_person", person=person, organiser=organiser)


def people(tx: Tx, organiser: str) -> list[str]:
    """Ids of those who work here and make events for it."""
    return [row[0] for row in SQL.rows(tx, "people", organiser=organiser)]


def _read(row: Row) -> OrganiserRow:
    inner, uid, slug, withdrawn_on, name, url, at_once, notes, changed_at, changed_by = row
    return OrganiserRow(
        row=inner,
        id=uid,
        slug=slug,
        name=name,
        url=url,
        at_once=bool(at_once),
        notes=notes,
        changed_at=changed_at,
        changed_by=changed_by,
        withdrawn_on=None if withdrawn_on is None else datetime.date.fromisoformat(withdrawn_on),
    )

"""What whoever holds events reads of their own (GET /api/v1/organise). Bodies as the staff scope has them: there they are made."""

import datetime
from typing import Final

import msgspec
from msgspec import UNSET

from server.model.event import Event
from server.model.organise import Organise
from server.model.organiser import Organiser, OrganiserStaff
from server.model.person import RIGHTS, Role
from server.store import counted, met
from sync import feed
from sync.sql import Tx, load

SQL = load(__file__)
SINCE_DAYS: Final = 400
"""How far back counts are told: this year, and the year before to copy from."""


def read(tx: Tx, person: str, role: Role, today: datetime.date) -> Organise:
    """What a person of this role reads. Staff: the numbers of all events; an organiser: its own, or nothing while it is nobody's."""
    since = today - datetime.timedelta(days=SINCE_DAYS)
    if "staff" in RIGHTS[role]:
        return Organise(
            organiser=None,
            events=(),
            versions={},
            asked=met.numbers(tx, None),
            counts=counted.counts(tx, None, since),
            told=counted.told(tx, None),
        )
    row = SQL.row(tx, "organiser_of", person=person)
    if row is None:
        return Organise(organiser=None, events=(), versions={}, asked=(), counts=(), told=())
    ids = [id for (id,) in SQL.rows(tx, "events_of", organiser=row[0])]
    found = {id: now for id in ids if (now := feed.current(tx, "staff", "event", id)) is not None}
    holder = feed.current(tx, "staff", "organiser", row[1])
    return Organise(
        organiser=None if holder is None else _without_notes(_ORGANISER.decode(holder[1])),
        events=tuple(_EVENT.decode(body) for _, body in found.values()),
        versions={id: v for id, (v, _) in found.items()},
        asked=met.numbers(tx, ids),
        counts=counted.counts(tx, ids, since),
        told=counted.told(tx, ids),
    )


def _without_notes(body: Organiser) -> Organiser:
    """As the organiser itself reads it: whether what it makes is public at once, and not what staff note."""
    if body.staff is UNSET:
        return body
    return msgspec.structs.replace(body, staff=OrganiserStaff(at_once=body.staff.at_once, notes=None))


_EVENT = msgspec.json.Decoder(Event)
_ORGANISER = msgspec.json.Decoder(Organiser)

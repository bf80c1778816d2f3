"""The event that an op is about: there, and one that who acts may touch."""

from server.domain.ctx import Ctx
from server.domain.own import must_be_own
from server.domain.refusal import gone, invalid, not_ready, unknown
from server.store import event
from server.store.event import EventRow
from sync.sql import Tx
from sync.wire import Subject


def find(tx: Tx, subject: Subject) -> EventRow | None:
    """The event, None where there is none of this id. Refused `gone` where it was withdrawn."""
    if subject.kind != "event":
        raise invalid("/subject/kind", "Det er ikke en begivenhed.")
    found = event.get(tx, subject.id)
    if found is not None and found.withdrawn_on is not None:
        raise gone(found.said.name.da, found.withdrawn_on)
    return found


def own(tx: Tx, ctx: Ctx, subject: Subject) -> EventRow:
    """The event, which who acts may touch. Refused `unknown_subject`, `gone`, `forbidden`."""
    found = find(tx, subject)
    if found is None:
        raise unknown("Begivenheden")
    must_be_own(tx, ctx, found.organiser_id)
    return found


def ready(tx: Tx, row: EventRow) -> None:
    """Refused `not_ready` where it lacks something that readers must have."""
    if fields := event.lacks(tx, row):
        raise not_ready(fields, "Begivenheden")

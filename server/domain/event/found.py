"""The event that an op is about: there, and one that who acts may touch."""

from msgspec import UNSET

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.own import must_be_own
from server.domain.refusal import Refused, gone, invalid, not_ready, unknown
from server.model.values import Text
from server.store import event
from server.store.event import EventRow
from sync.sql import Tx
from sync.wire import Subject

WORD_MOST = 500
"""Letters of a word why."""


def find(tx: Tx, ctx: Ctx, subject: Subject) -> EventRow | None:
    """The event, which who acts may touch; None where there is none of this id. Refused `forbidden`; `gone`, with its name, where it was
    withdrawn."""
    if subject.kind != "event":
        raise invalid("/subject/kind", "Det er ikke en begivenhed.")
    found = event.get(tx, subject.id)
    if found is not None:
        must_be_own(tx, ctx, found.organiser_id)
    if found is not None and found.withdrawn_on is not None:
        raise gone(found.said.name.da, found.withdrawn_on)
    return found


def own(tx: Tx, ctx: Ctx, subject: Subject) -> EventRow:
    """The event, which who acts may touch. Refused `unknown_subject`, `gone`, `forbidden`."""
    found = find(tx, ctx, subject)
    if found is None:
        raise unknown("Begivenheden")
    return found


def word_fits(words: Text | None, at: str) -> None:
    """Refused where a word why, or where to meet, can not be seen or is no word any more: a series says it at each of its times."""
    edit.seen_fits(words, at)
    for language in ("da", "en", "de"):
        said = UNSET if words is None else getattr(words, language)
        if said is not UNSET and len(said) > WORD_MOST:
            detail = f"Skriv det kortere. Højst {WORD_MOST} tegn."
            raise Refused("too_long", detail, at=f"{at}/{language}", limit=WORD_MOST)


def ready(tx: Tx, row: EventRow) -> None:
    """Refused `not_ready` where it lacks something that readers must have."""
    if fields := event.lacks(tx, row):
        raise not_ready(fields, "Begivenheden")

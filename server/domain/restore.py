"""restore: what was withdrawn is back, as it was."""

from server.domain import steps
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import Refused, unknown
from server.domain.subject import WORDS
from server.domain.withdraw import may_touch
from server.model.person import Nothing
from server.store import blobs, thing
from sync.sql import Tx
from sync.wire import Subject


def restore(tx: Tx, ctx: Ctx, subject: Subject, args: Nothing) -> Done:
    """The undo of withdraw. Refused: `unknown_subject`; `bad_step` for what is not withdrawn, a dissolved place too: that is final."""
    may_touch(tx, ctx, subject)
    found = thing.find(tx, subject.kind, subject.id) if subject.kind in WORDS else None
    if found is None:
        raise unknown(WORDS.get(subject.kind, "Det"))
    if found.withdrawn_on is None:
        raise Refused("bad_step", f"{WORDS[found.kind]} er ikke trukket tilbage.", at="/subject")
    why = thing.withdrawn_why(tx, found.row)
    steps.beside(tx, ctx, found, withdrawn_on=(found.withdrawn_on.isoformat(), None), withdrawn_why=(why, None))
    thing.restore(tx, found.row)
    blobs.arrange(tx, ctx.data_dir, blobs.of_reports(tx, found.row))
    return Done([(found.kind, found.id)])

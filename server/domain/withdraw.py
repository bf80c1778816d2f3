"""withdraw: a thing leaves every list; its row stays with the day and the reason."""

from server.domain import steps
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import Refused
from server.domain.subject import there
from server.model.lifecycle import WITHDRAWABLE
from server.model.place import Withdraw
from server.store import blobs, place, thing
from sync.sql import Tx
from sync.wire import Subject


def withdraw(tx: Tx, ctx: Ctx, subject: Subject, args: Withdraw) -> Done:
    """Refused: `bad_step` for a place that has been public (it rests or is dissolved), `in_use` for a route that a place
    names, `gone`, `unknown_subject`."""
    found = there(tx, subject)
    if found.kind == "place":
        here = place.get(tx, found.id)
        if here is not None and here.state not in WITHDRAWABLE:
            detail = "Stedet har været i brug. Lad det hvile, eller nedlæg det, så siger dets side hvorfor."
            raise Refused("bad_step", detail, at="/subject")
    if found.kind == "route":
        names = place.naming_route(tx, [found.row])
        if names:
            raise Refused("in_use", "Et mødested bruger ruten. Giv stedet en anden rute først.", place_ids=tuple(names))
    steps.beside(tx, ctx, found, withdrawn_on=(None, ctx.today.isoformat()), withdrawn_why=(None, args.why))
    thing.withdraw(tx, found.row, ctx.today, args.why)
    blobs.arrange(tx, ctx.data_dir, blobs.of_reports(tx, found.row))
    return Done([(found.kind, found.id)])

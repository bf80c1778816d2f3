"""report_fault: a citizen says that something is broken. Readers see what and since when; the words are for staff.

Signs that steer what is shown and are not seen come from keyboards and by pasting: they are taken out, since a citizen who is refused for
what nobody sees reports nothing."""

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import TryLater
from server.domain.subject import public
from server.model.fault import ReportFault
from server.model.values import hidden, seen
from server.store import fault
from sync.sql import Tx
from sync.wire import Subject


def report_fault(tx: Tx, ctx: Ctx, subject: Subject, args: ReportFault) -> Done:
    """One row in table `fault`. The thing's body changes with the first report of a kind, or one on a fixed fault."""
    found = public(tx, subject)
    if args.photos:
        raise TryLater("blob_missing")
    id = ctx.uuid()
    fault.add(tx, found.row, id=id, what=args.what, text=_shown(args.text), on=ctx.today, by="citizen")
    touched = [("fault", id)]
    if fault.note(tx, found.row, args.what, ctx.today):
        touched.append((found.kind, found.id))
    return Done(touched, moved=False)


def _shown(words: str) -> str:
    """The words without what only steers them; "" where nothing is left to be seen."""
    kept = "".join(sign for sign in words if hidden(sign) is None)
    return kept if seen(kept) else ""

"""report_fault: a citizen says that something is broken. Readers see what and since when; the words are for staff."""

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import TryLater
from server.domain.subject import public
from server.model.fault import ReportFault
from server.store import fault
from sync.sql import Tx
from sync.wire import Subject


def report_fault(tx: Tx, ctx: Ctx, subject: Subject, args: ReportFault) -> Done:
    """One row in table `fault`. The thing's body changes with the first report of a kind, or one on a fixed fault."""
    found = public(tx, subject)
    if args.photos:
        raise TryLater("blob_missing")
    id = ctx.uuid()
    fault.add(tx, found.row, id=id, what=args.what, text=args.text, on=ctx.today, by="citizen")
    touched = [("fault", id)]
    if fault.note(tx, found.row, args.what, ctx.today):
        touched.append((found.kind, found.id))
    return Done(touched, moved=False)

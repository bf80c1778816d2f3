"""report_fault: a citizen says that something is broken. answer_fault: staff take it, say that it is fixed, or close it with a word back.
Readers see what and since when; a citizen's words and photos are for staff, until staff show them.

Signs that steer what is shown and are not seen come from keyboards and by pasting: they are taken out, since a citizen who is refused for
what nobody sees reports nothing."""

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import TryLater, invalid, unknown
from server.domain.subject import public
from server.model.fault import AnswerFault, ReportFault
from server.model.values import hidden, seen
from server.store import blobs, fault, thing
from sync.sql import Tx
from sync.wire import Subject


def report_fault(tx: Tx, ctx: Ctx, subject: Subject, args: ReportFault) -> Done:
    """One row in table `fault`. The thing's body changes with the first report of a kind, or one on a fixed fault."""
    found = public(tx, subject)
    photos = tuple(dict.fromkeys(args.photos))
    if blobs.pictures(tx, photos).keys() != set(photos):
        raise TryLater("blob_missing")
    blobs.keep(tx, photos)
    id = ctx.uuid()
    text = _shown(args.text)
    fault.add(tx, found.row, id=id, what=args.what, text=text, on=ctx.today, by="citizen", photos=photos)
    touched = [("fault", id)]
    if fault.note(tx, found.row, args.what, ctx.today):
        touched.append((found.kind, found.id))
    return Done(touched, moved=False)


def answer_fault(tx: Tx, ctx: Ctx, subject: Subject, args: AnswerFault) -> Done:
    """Says what becomes of a report. `taken` and `fixed` hold for every open one of the same on the same thing, which is one note to
    readers; `closed` for this one alone. What is shown of it is public at once, and no longer than staff let it."""
    report = fault.find(tx, subject.id) if subject.kind == "fault" else None
    if report is None:
        raise unknown("Meldingen")
    edit.seen_fits(args.answer, "/args/answer")
    edit.seen_fits(args.taken_by, "/args/taken_by")
    for i, sha256 in enumerate(args.show.photos if args.show else ()):
        if sha256 not in report.photos:
            raise invalid(f"/args/show/photos/{i}", "Billedet hører ikke til den her melding.")
    if args.show is not None:
        fault.show(tx, report, args.show)
    ids = {subject.id}
    if args.state == "closed":
        fault.close(tx, report, ctx.today, args.taken_by, args.answer)
    else:
        ids.update(fault.answer(tx, report, args.state, ctx.today, args.taken_by, args.answer))
    blobs.arrange(tx, ctx.data_dir, report.photos)
    return Done([*(("fault", id) for id in sorted(ids)), *thing.ids_of(tx, [report.subject])], moved=False)


def _shown(words: str) -> str:
    """The words without what only steers them; "" where nothing is left to be seen."""
    kept = "".join(sign for sign in words if hidden(sign) is None)
    return kept if seen(kept) else ""

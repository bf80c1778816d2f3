"""withdraw: a thing leaves every list; its row stays with the day and the reason."""

from server.domain import steps
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.own import is_staff, must_be_own
from server.domain.refusal import Refused
from server.domain.subject import there
from server.model.lifecycle import WITHDRAWABLE
from server.model.place import Withdraw
from server.store import blobs, event, place, thing
from sync.sql import Tx
from sync.wire import Subject


def withdraw(tx: Tx, ctx: Ctx, subject: Subject, args: Withdraw) -> Done:
    """Refused: `bad_step` for a place that has been public (it rests or is dissolved) and for an event that has (it is cancelled);
    `in_use` for a route that a place or an event names and for an organiser that has events; `gone`, `unknown_subject`; `forbidden` for an
    organiser's person, but for their own drafts."""
    may_touch(tx, ctx, subject)
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
        _no_events(event.on_route(tx, found.id), "En begivenhed er på ruten. Giv den et andet sted først.")
    if found.kind == "organiser":
        _no_events(event.of_organiser(tx, found.id), "Arrangøren har begivenheder. Giv dem en anden arrangør først.")
    if found.kind == "event" and (what := event.get(tx, found.id)) is not None and what.was_public:
        raise Refused("bad_step", "Den har været offentlig. Aflys den, så siger dens side hvorfor.", at="/subject")
    steps.beside(tx, ctx, found, withdrawn_on=(None, ctx.today.isoformat()), withdrawn_why=(None, args.why))
    thing.withdraw(tx, found.row, ctx.today, args.why)
    blobs.arrange(tx, ctx.data_dir, blobs.of_reports(tx, found.row))
    return Done([(found.kind, found.id)])


def may_touch(tx: Tx, ctx: Ctx, subject: Subject) -> None:
    """Refused `forbidden` where an organiser's person would withdraw or restore anything but an event of their own."""
    if is_staff(tx, ctx):
        return
    found = event.get(tx, subject.id) if subject.kind == "event" else None
    if found is None:
        raise Refused("forbidden", "Det må du ikke herfra.")
    must_be_own(tx, ctx, found.organiser_id)


def _no_events(ids: list[str], words: str) -> None:
    if ids:
        raise Refused("in_use", words)

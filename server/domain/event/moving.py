"""move_event: a draft is proposed or published, a public event is cancelled, and on again."""

import msgspec

from server.domain import deciding
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.event.found import own, ready, word_fits
from server.domain.event.writing import ahead, write_out
from server.domain.own import is_staff
from server.domain.refusal import Refused, invalid
from server.model.event import STEPS, EventState, MoveEvent
from server.store import event, organiser, site
from server.store.event import EventRow
from sync.sql import Tx
from sync.wire import Subject

STATES = {
    "draft": "en kladde",
    "proposed": "sendt til kommunen",
    "public": "offentlig",
    "cancelled": "aflyst",
}


def move_event(tx: Tx, ctx: Ctx, subject: Subject, args: MoveEvent) -> Done:
    """Takes one step; answers with the state that it came to: an organiser's person whose events are looked at first proposes where they
    ask for `public`. Refused: `bad_step`, `not_ready`, `invalid` where a word why is missing, `forbidden`."""
    before = own(tx, ctx, subject)
    staff = is_staff(tx, ctx)
    to = args.to
    if to == "public" and before.state in ("draft", "proposed") and not staff and not _at_once(tx, before):
        to = "proposed"
    if to not in STEPS[before.state]:
        raise Refused("bad_step", _bad_step(before.state, to), at="/args/to")
    _why_fits(before, args, to, staff)
    after = msgspec.structs.replace(
        before,
        state=to,
        why=args.why if to == "cancelled" else None,
        decided=_decided(before, args, to, staff),
        was_public=before.was_public or to == "public",
        changed_at=ctx.moment,
        changed_by=ctx.who,
    )
    if to in ("proposed", "public"):
        ready(tx, after)
    write_out(tx, ctx, after)
    if to in ("proposed", "public"):
        _to_come(tx, ctx, after.id)
    if staff and before.state == "proposed" and to in ("public", "draft"):
        deciding.tell(tx, ctx, after.id, to, args.why)
    return Done([("event", after.id)], {"state": to}, moved=False, fields=("state",))


def _at_once(tx: Tx, row: EventRow) -> bool:
    """Whether what its organiser makes is public without staff having looked at it."""
    if site.get(tx).events_at_once:
        return True
    mine = None if row.organiser_id is None else organiser.get(tx, row.organiser_id)
    return mine is not None and mine.at_once


def _bad_step(here: EventState, to: EventState) -> str:
    if here == "proposed" and to == "proposed":
        return "Kommunen ser på den nu. Du får svar her."
    if here in ("public", "cancelled") and to == "draft":
        return "Den har været offentlig. Aflys den, så siger dens side hvorfor."
    return f"Begivenheden er {STATES[here]} og kan ikke blive {STATES[to]} i ét skridt."


def _why_fits(before: EventRow, args: MoveEvent, to: EventState, staff: bool) -> None:
    word_fits(args.why, "/args/why")
    answers = staff and before.state == "proposed"
    if args.why is None and to == "cancelled":
        raise invalid("/args/why", "Skriv med få ord, hvorfor den er aflyst. Det læser de, der ville komme.")
    if args.why is None and answers and to == "draft":
        raise invalid("/args/why", "Skriv, hvad der skal rettes. Det læser den, der har lavet den.")
    if args.why is not None and to != "cancelled" and not answers:
        raise invalid("/args/why", "Ordene hører til en aflysning, eller til et svar på et forslag.")


def _decided(before: EventRow, args: MoveEvent, to: EventState, staff: bool):  # type: ignore[no-untyped-def]
    """What staff said when they answered; it is gone when it is proposed again."""
    if staff and before.state == "proposed":
        return args.why
    return None if to == "proposed" else before.decided


def _to_come(tx: Tx, ctx: Ctx, id: str) -> None:
    """Refused where every day of it is over: nobody would ever see it."""
    row = event.get(tx, id)
    if row is not None and not ahead(tx, msgspec.structs.replace(row, state="public"), ctx.now):
        raise Refused("not_ready", "Alle dage er gået. Skriv en dag, der kommer.", at="/args/to", missing=("schedule",))

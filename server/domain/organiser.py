"""save_organiser and set_organiser: who holds events, and for whom a person makes them."""

import msgspec
from msgspec import UNSET

from server.domain import address, edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import gone, invalid, unknown
from server.model.organiser import OrganiserSet, SaveOrganiser, SetOrganiser
from server.store import organiser, person, slugs
from server.store.organiser import OrganiserRow
from sync.sql import Tx
from sync.wire import Conflict, Subject

EMPTY = {"at_once": False}


def save_organiser(tx: Tx, ctx: Ctx, subject: Subject, args: SaveOrganiser, base: str | None) -> Done:
    """Makes an organiser or changes the fields that are sent, those that nobody else has changed since `base`."""
    before = find(tx, subject)
    conflicts: list[Conflict] = []
    given = args.set
    if before is None:
        before = _new(tx, ctx, subject, given, base)
    elif base is not None:
        after = _with(ctx, before, given)
        now, wanted = fields(before), fields(after)
        if given.slug is not UNSET:
            wanted["slug"] = given.slug
        conflicts = edit.settle(tx, subject, before.row, base, edit.sent(given), now=now, wanted=wanted)
        given = edit.without(given, edit.lost(conflicts))
    row = organiser.save(tx, _with(ctx, before, given))
    if before.row and given.slug is not UNSET and given.slug != before.slug:
        slugs.move(tx, row, "organiser", address.free(tx, "organiser", before.id, before.name, given.slug))
    return Done([("organiser", before.id)], {"conflicts": conflicts}, moved=False)


def set_organiser(tx: Tx, ctx: Ctx, subject: Subject, args: SetOrganiser) -> Done:
    """From now on a person makes events for this organiser; null: for nobody. Refused: `unknown_subject`, `invalid`."""
    found = person.find(tx, subject.id) if subject.kind == "person" else None
    if found is None or found.ended_on is not None:
        raise unknown("Den person")
    if args.organiser_id is not None:
        must_be_there(tx, args.organiser_id, "/args/organiser_id")
    organiser.give_person(tx, found.id, args.organiser_id)
    return Done([], moved=False, fields=("organiser_id",))


def find(tx: Tx, subject: Subject) -> OrganiserRow | None:
    """The organiser, None where there is none of this id. Refused `gone` where it was withdrawn."""
    if subject.kind != "organiser":
        raise invalid("/subject/kind", "Det er ikke en arrangør.")
    found = organiser.get(tx, subject.id)
    if found is not None and found.withdrawn_on is not None:
        raise gone(found.name, found.withdrawn_on)
    return found


def must_be_there(tx: Tx, id: str, at: str) -> None:
    """Refused `invalid` where there is no such organiser, or it was withdrawn."""
    found = organiser.get(tx, id)
    if found is None or found.withdrawn_on is not None:
        raise invalid(at, "Arrangøren findes ikke.")


def fields(row: OrganiserRow) -> edit.Fields:
    """What stands in the body that staff read."""
    return edit.fields(row.body(), at_once=row.at_once, notes=row.notes)


def _new(tx: Tx, ctx: Ctx, subject: Subject, given: OrganiserSet, base: str | None) -> OrganiserRow:
    edit.is_new(subject, base, "Arrangøren", "En ny arrangør")
    if given.name is UNSET:
        raise invalid("/args/set/name", "En ny arrangør skal have et navn.")
    return OrganiserRow(
        row=0,
        id=subject.id,
        slug=address.free(tx, "organiser", subject.id, given.name, given.slug),
        name=given.name,
        url=None,
        at_once=False,
        notes=None,
        changed_at=ctx.moment,
        changed_by=ctx.who,
    )


def _with(ctx: Ctx, before: OrganiserRow, given: OrganiserSet) -> OrganiserRow:
    edit.words_fit(given)
    sent = edit.laid(given, ("name", "url", "at_once", "notes"), EMPTY)
    return msgspec.structs.replace(before, changed_at=ctx.moment, changed_by=ctx.who, **sent)

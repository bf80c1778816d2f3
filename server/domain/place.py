"""save_place and move_state: making a place, changing what is written of it, and the steps of its life."""

import msgspec
from msgspec import UNSET

from server.domain import address, closing, edit, photos
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.event.writing import ahead
from server.domain.organiser import must_be_there
from server.domain.refusal import Refused, gone, invalid, not_ready
from server.model.lifecycle import PUBLIC, may_step
from server.model.place import MoveState, Place, PlaceSet, SavePlace, missing
from server.model.values import Access
from server.store import blobs, event, geometry, place, route, thing
from server.store.place import PlaceRow, Said
from sync.sql import Tx
from sync.wire import Conflict, Subject

EMPTY = {"access": Access(), "approaches": (), "photos": (), "closures": ()}
"""What null makes of a field that can not be null in the body."""
STATES = {
    "idea": "en idé",
    "developing": "under opbygning",
    "active": "i brug",
    "resting": "hvilende",
    "dissolved": "nedlagt",
}


def save_place(tx: Tx, ctx: Ctx, subject: Subject, args: SavePlace, base: str | None) -> Done:
    """Makes a place (an idea, at first) or changes the fields that are sent, those that nobody else has changed since `base`. A public
    one may not lose what it needs."""
    before = find(tx, subject)
    conflicts: list[Conflict] = []
    given = args.set
    if before is None:
        before = _new(tx, ctx, subject, given, base)
    elif base is not None:
        after = _with(tx, ctx, before, given)
        conflicts = edit.settle(
            tx, subject, before.row, base, edit.sent(given), now=_fields(before), wanted=_fields(after, given)
        )
        given = edit.without(given, edit.lost(conflicts))
    after = _with(tx, ctx, before, given)
    if after.state in PUBLIC:
        _ready(tx, after)
    row = place.save(tx, after)
    blobs.arrange(tx, ctx.data_dir, {photo.sha256 for photo in (*before.said.photos, *after.said.photos)})
    if before.row:
        address.move(tx, "place", row, before, given)
    closing.tell(
        tx, ctx, id=after.id, name=after.said.name, path=f"/steder/{after.slug}", places=[after.id],
        before=before.said.closures, after=after.said.closures,
    )  # fmt: skip
    return Done([("place", after.id)], {"conflicts": conflicts}, moved=_moved(before, after))


def move_state(tx: Tx, ctx: Ctx, subject: Subject, args: MoveState) -> Done:
    """Takes one step. Into the open only with all that readers need; a dissolved place stays dissolved."""
    before = find(tx, subject)
    if before is None:
        raise Refused("unknown_subject", "Stedet findes ikke her.", at="/subject")
    if not may_step(before.state, args.to):
        raise Refused(
            "bad_step",
            f"Stedet er {STATES[before.state]} og kan ikke blive {STATES[args.to]} i ét skridt.",
            at="/args/to",
        )
    dissolves = args.to == "dissolved"
    if dissolves:
        _no_times(tx, ctx, before)
    if not dissolves and (args.why is not None or args.successor_id is not None):
        at = "/args/why" if args.why is not None else "/args/successor_id"
        raise invalid(at, "En grund og et nyt sted hører kun til, når stedet nedlægges.")
    edit.seen_fits(args.why, "/args/why")
    if args.successor_id is not None:
        _successor(tx, before, args.successor_id)
    after = msgspec.structs.replace(
        before,
        state=args.to,
        was_public=before.was_public or args.to in PUBLIC,
        dissolved_on=ctx.today if dissolves else None,
        why=args.why,
        successor_id=args.successor_id,
        changed_at=ctx.moment,
        changed_by=ctx.who,
    )
    if after.state in PUBLIC:
        _ready(tx, after)
    place.save(tx, after)
    blobs.arrange(tx, ctx.data_dir, {photo.sha256 for photo in after.said.photos} | blobs.of_reports(tx, after.row))
    return Done([("place", after.id)], fields=("state",))


def _no_times(tx: Tx, ctx: Ctx, here: PlaceRow) -> None:
    """Refused `not_ready` while somebody may still come to a time there."""
    found = [one for one in event.many(tx, event.on_place(tx, here.id)) if ahead(tx, one, ctx.now)]
    if found:
        names = "” og ”".join(one.said.name.da for one in found[:3])
        raise Refused(
            "not_ready",
            f"Der er begivenheder på stedet: ”{names}”. Aflys dem, eller flyt dem til et andet sted først.",
            at="/args/to",
        )


def find(tx: Tx, subject: Subject) -> PlaceRow | None:
    """The place, None where there is none of this id. Refused `gone` where it was withdrawn or dissolved."""
    if subject.kind != "place":
        raise invalid("/subject/kind", "Det er ikke et sted.")
    found = place.get(tx, subject.id)
    if found is not None:
        day = found.withdrawn_on or found.dissolved_on
        if day is not None:
            raise gone(found.said.name.da, day)
    return found


def _fields(row: PlaceRow, given: PlaceSet | None = None) -> edit.Fields:
    """What stands in the body that staff read, but for `missing`; with the address that is wished for."""
    found = edit.fields(row.body(), **msgspec.to_builtins({"notes": row.notes, "last_seen_on": row.last_seen_on}))
    return found if given is None or given.slug is UNSET else found | {"slug": given.slug}


def _new(tx: Tx, ctx: Ctx, subject: Subject, given: PlaceSet, base: str | None) -> PlaceRow:
    edit.is_new(subject, base, "Stedet", "Et nyt sted")
    if given.name is UNSET:
        raise invalid("/args/set/name", "Et nyt sted skal have et navn.")
    if given.form is UNSET:
        raise invalid("/args/set/form", "Et nyt sted skal have en form.")
    return PlaceRow(
        row=0,
        id=subject.id,
        slug=address.free(tx, "place", subject.id, given.name.da, given.slug),
        form=given.form,
        state="idea",
        said=Said(name=given.name),
        route_id=None,
        facility_ids=(),
        was_public=False,
        dissolved_on=None,
        why=None,
        successor_id=None,
        notes=None,
        last_seen_on=None,
        changed_at=ctx.moment,
        changed_by=ctx.who,
    )


def _with(tx: Tx, ctx: Ctx, before: PlaceRow, given: PlaceSet) -> PlaceRow:
    """The place with what was sent laid over it; every thing that it names is there."""
    _values(given)
    edit.days_fit(given, ctx)
    said = edit.laid(given, Said.__struct_fields__, EMPTY)
    if said.get("point") is not None:
        said["point"] = geometry.rounded(said["point"])
    if said.get("photos"):
        said["photos"] = photos.measured(tx, said["photos"], before.said.photos)
    row = edit.laid(given, ("form", "route_id", "notes", "last_seen_on"), {})
    if given.facility_ids is not UNSET:
        row["facility_ids"] = given.facility_ids or ()
    if row.get("route_id") is not None:
        found = thing.find(tx, "route", row["route_id"])
        if found is None or found.withdrawn_on is not None:
            raise invalid("/args/set/route_id", "Ruten findes ikke.")
    if said.get("organiser_id") is not None and said["organiser_id"] != before.said.organiser_id:
        must_be_there(tx, said["organiser_id"], "/args/set/organiser_id")
    known = thing.rows_of(tx, "facility", row.get("facility_ids", ()))
    for i, id in enumerate(row.get("facility_ids", ())):
        if id not in known:
            raise invalid(f"/args/set/facility_ids/{i}", "Faciliteten findes ikke.")
    return msgspec.structs.replace(
        before,
        said=msgspec.structs.replace(before.said, **said),
        changed_at=ctx.moment,
        changed_by=ctx.who,
        **row,
    )


def _values(given: PlaceSet) -> None:
    """What a type alone can not say: the length of a name, where a point lies, and that an approach's line is one."""
    edit.words_fit(given)
    edit.name_fits(given.name)
    edit.point_fits(given.point)
    edit.approaches_fit(given.approaches)
    for i, closure in enumerate(given.closures or ()):
        if closure.stretch_ids is not None:  # readers would be told that nothing is closed
            raise invalid(f"/args/set/closures/{i}/stretch_ids", "Et sted har ingen stræk: det er lukket helt.")


def _ready(tx: Tx, row: PlaceRow) -> None:
    body = row.body()
    if isinstance(body, Place):
        lacks = missing(body, route_is_public=body.route_id is not None and route.is_public(tx, body.route_id))
        if lacks:
            raise not_ready(lacks)


def _successor(tx: Tx, before: PlaceRow, id: str) -> None:
    found = place.get(tx, id)
    if found is None or found.id == before.id or found.withdrawn_on is not None:
        raise invalid("/args/successor_id", "Det nye sted findes ikke.")


def _moved(before: PlaceRow, after: PlaceRow) -> bool:
    return before.said.point != after.said.point or before.route_id != after.route_id

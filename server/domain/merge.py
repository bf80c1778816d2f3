"""merge: one thing that stands here twice. The double goes, and what points at it points at the one that stays."""

from collections.abc import Iterable

import msgspec

from server.domain import steps
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.event.writing import write_out
from server.domain.place import move_state
from server.domain.refusal import Refused, day, invalid, unknown
from server.domain.subject import name_of, there
from server.model.double import Merge
from server.model.lifecycle import PUBLIC
from server.model.place import MoveState
from server.model.values import Text
from server.store import blobs, double, event, facility, place, thing
from server.store.place import PlaceRow
from server.store.thing import Thing
from sync.sql import Tx
from sync.wire import Subject

KINDS = {"place": "et sted", "facility": "en facilitet"}


def merge(tx: Tx, ctx: Ctx, subject: Subject, args: Merge) -> Done:
    """Withdraws the double; a place that readers know is dissolved instead, and its address leads to the one that stays. Faults go over.
    Refused: `unknown_subject`, `gone`; `invalid` for itself, another kind, what is not there (any more); `bad_step` where readers would
    lose what they can see now."""
    if subject.kind not in KINDS:
        raise unknown("Det")
    goes = there(tx, subject)
    stays = _into(tx, goes, args.into)
    if _public(tx, goes) and not _public(tx, stays):
        what = f"«{name_of(tx, stays)[0]}», som skal blive,"
        raise Refused("bad_step", f"{what} er ikke for alle endnu. Gør det offentligt først, eller byt om på de to.")
    touched: list[tuple[str, str]] = [(goes.kind, goes.id), (stays.kind, stays.id)]
    touched += [("fault", id) for id in double.give_faults(tx, goes.row, stays.row)]
    if goes.kind == "facility":
        touched += _at_places(tx, ctx, goes, stays)
    else:
        touched += _after(tx, ctx, goes, stays) + _events(tx, ctx, goes, stays)
    here = place.get(tx, goes.id) if goes.kind == "place" else None
    if here is not None and here.was_public:
        move_state(tx, ctx, subject, MoveState(to="dissolved", why=_why(tx, stays), successor_id=stays.id))
    else:
        why = f"Stod her to gange. Se «{name_of(tx, stays)[0]}»."
        steps.beside(tx, ctx, goes, withdrawn_on=(None, ctx.today.isoformat()), withdrawn_why=(None, why))
        thing.withdraw(tx, goes.row, ctx.today, why)
    blobs.arrange(tx, ctx.data_dir, blobs.of_reports(tx, stays.row))
    return Done(touched)


def _into(tx: Tx, goes: Thing, id: str) -> Thing:
    """The one that stays."""
    if id == goes.id:
        raise invalid("/args/into", "Det er den samme. Vælg den anden af de to.")
    found = thing.find(tx, goes.kind, id)
    if found is None:
        raise invalid("/args/into", f"Der er ikke {KINDS[goes.kind]} med det id.")
    here = place.get(tx, id) if found.kind == "place" else None
    on = found.withdrawn_on or (here.dissolved_on if here is not None else None)
    if on is not None:
        raise invalid("/args/into", f"«{name_of(tx, found)[0]}» blev taget af listen den {day(on)}. Vælg en anden.")
    return found


def _public(tx: Tx, found: Thing) -> bool:
    """Whether everybody reads it now."""
    if found.kind == "facility":
        return facility.name_of(tx, found.row)[1]
    here = place.get(tx, found.id)
    return here is not None and here.state in PUBLIC


def _at_places(tx: Tx, ctx: Ctx, goes: Thing, stays: Thing) -> list[tuple[str, str]]:
    """Places that have the double have the one that stays in its stead, once."""
    return _saved(
        tx,
        ctx,
        (
            msgspec.structs.replace(
                one, facility_ids=tuple(dict.fromkeys(stays.id if id == goes.id else id for id in one.facility_ids))
            )
            for one in place.many(tx, double.places_with(tx, goes.row))
        ),
    )


def _after(tx: Tx, ctx: Ctx, goes: Thing, stays: Thing) -> list[tuple[str, str]]:
    """Dissolved places that the double came after lead to the one that stays."""
    before = place.many(tx, double.followed_by(tx, goes.row))
    return _saved(tx, ctx, (msgspec.structs.replace(one, successor_id=stays.id) for one in before))


def _events(tx: Tx, ctx: Ctx, goes: Thing, stays: Thing) -> list[tuple[str, str]]:
    """What was to be at the double is at the one that stays."""
    rows = event.many(tx, event.on_place(tx, goes.id))
    for one in rows:
        moved = msgspec.structs.replace(one, place_id=stays.id, changed_at=ctx.moment, changed_by=ctx.who)
        write_out(tx, ctx, moved)
    return [("event", one.id) for one in rows]


def _saved(tx: Tx, ctx: Ctx, rows: Iterable[PlaceRow]) -> list[tuple[str, str]]:
    touched = []
    for one in rows:
        place.save(tx, msgspec.structs.replace(one, changed_at=ctx.moment, changed_by=ctx.who))
        touched.append(("place", one.id))
    return touched


def _why(tx: Tx, stays: Thing) -> Text:
    """What readers are told at the double's old address."""
    here = place.get(tx, stays.id)
    name = here.said.name if here is not None else Text(da="")
    return Text(
        da=f"Stedet stod her to gange. Se «{name.da}».",
        en=f"This place was listed twice. See “{name.en or name.da}”.",
        de=f"Dieser Ort stand hier zweimal. Siehe „{name.de or name.da}“.",
    )

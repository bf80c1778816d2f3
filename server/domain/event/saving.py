"""save_event: an event is made, or what is written of it is changed."""

from typing import Any

import msgspec
from msgspec import UNSET

from server.domain import address, edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.event.found import find, ready
from server.domain.event.writing import write_out
from server.domain.organiser import must_be_there
from server.domain.own import is_staff, must_be_own, own_organiser
from server.domain.refusal import Refused, invalid
from server.model import recurrence
from server.model.event import EventSet, SaveEvent, Schedule
from server.model.rrule import RuleRefused
from server.store import geometry, place, thing
from server.store.event import EventRow, Said
from sync.sql import Tx
from sync.wire import Conflict, Subject

EMPTY = {"themes": ()}
"""What null makes of a field that can not be null in the body."""
OF_ROW = ("place_id", "route_id", "organiser_id", "notes", "schedule")


def save_event(tx: Tx, ctx: Ctx, subject: Subject, args: SaveEvent, base: str | None) -> Done:
    """Makes an event (a draft, at first) or changes the fields that are sent, those that nobody else has changed since `base`. What an
    organiser's person makes is their organiser's. A public one may not lose what it needs."""
    before = find(tx, ctx, subject)
    conflicts: list[Conflict] = []
    given = args.set
    if before is None:
        before = new(tx, ctx, subject, given, base)
    elif base is not None:
        after = laid_over(tx, ctx, before, given)
        now, wanted = fields(before), fields(after, given)
        conflicts = edit.settle(tx, subject, before.row, base, edit.sent(given), now=now, wanted=wanted)
        given = edit.without(given, edit.lost(conflicts))
    after = laid_over(tx, ctx, before, given)
    if after.seen:
        ready(tx, after)
        _same_day(before, after)
    write_out(tx, ctx, after)
    if before.row:
        address.move(tx, "event", before.row, before, given)
    return Done([("event", after.id)], {"conflicts": conflicts}, moved=False)


def fields(row: EventRow, given: EventSet | None = None) -> edit.Fields:
    """What stands in the body that staff read; with the address that is wished for."""
    more = msgspec.to_builtins({"notes": row.notes, "schedule": row.schedule, "changes": row.changes})
    found = edit.fields(row.body(), **more)
    return found if given is None or given.slug is UNSET else found | {"slug": given.slug}


def new(tx: Tx, ctx: Ctx, subject: Subject, given: EventSet, base: str | None) -> EventRow:
    """A draft that is not kept yet, with a name and an address; whose person makes it, their organiser's."""
    edit.is_new(subject, base, "Begivenheden", "En ny begivenhed")
    if given.name is UNSET:
        raise invalid("/args/set/name", "Skriv, hvad der sker. En begivenhed skal have et navn.")
    mine = None if is_staff(tx, ctx) else own_organiser(tx, ctx)
    must_be_own(tx, ctx, mine)
    return EventRow(
        row=0,
        id=subject.id,
        slug=address.free(tx, "event", subject.id, given.name.da, given.slug),
        state="draft",
        said=Said(name=given.name),
        schedule=None,
        changes=(),
        place_id=None,
        route_id=None,
        organiser_id=mine,
        split_from=None,
        why=None,
        notes=None,
        decided=None,
        was_public=False,
        changed_at=ctx.moment,
        changed_by=ctx.who,
    )


def laid_over(tx: Tx, ctx: Ctx, before: EventRow, given: EventSet) -> EventRow:
    """The event with what was sent laid over it; every thing that it names is there, and its rule can be written out."""
    edit.words_fit(given)
    edit.name_fits(given.name)
    edit.point_fits(given.point)
    said = edit.laid(given, Said.__struct_fields__, EMPTY)
    if said.get("point") is not None:
        said["point"] = geometry.rounded(said["point"])
    row = edit.laid(given, OF_ROW, {})
    _there(tx, before, row)
    if "organiser_id" in row:
        _whose(tx, ctx, before, row["organiser_id"])
    if isinstance(given.schedule, Schedule):
        schedule_fits(given.schedule)
    said_of_it = msgspec.structs.replace(before.said, **said)
    return msgspec.structs.replace(before, said=said_of_it, changed_at=ctx.moment, changed_by=ctx.who, **row)


def schedule_fits(schedule: Schedule, at: str = "/args/set/schedule") -> None:
    """Refused `invalid` for one that can not be written out, or gives more days than a series has."""
    try:
        recurrence.check(schedule)
        recurrence.days(schedule, schedule.date)
    except RuleRefused as wrong:
        raise invalid(f"{at}/{wrong.at}", wrong.words) from None
    for name in ("left_out", "also"):
        for i, day in enumerate(getattr(schedule, name)):
            if not recurrence.FIRST_YEAR <= day.year <= recurrence.LAST_YEAR:
                raise invalid(f"{at}/{name}/{i}", "Den dag ligger for langt væk.")


def _there(tx: Tx, before: EventRow, row: dict[str, Any]) -> None:
    """Refused `invalid` for a place or a route that is not there. One that it has already may have gone since."""
    if (id := row.get("place_id")) is not None and id != before.place_id:
        here = place.get(tx, id)
        if here is None or here.withdrawn_on is not None or here.state == "dissolved":
            raise invalid("/args/set/place_id", "Stedet findes ikke.")
    if (id := row.get("route_id")) is not None and id != before.route_id:
        found = thing.find(tx, "route", id)
        if found is None or found.withdrawn_on is not None:
            raise invalid("/args/set/route_id", "Ruten findes ikke.")


def _whose(tx: Tx, ctx: Ctx, before: EventRow, id: str | None) -> None:
    if id == before.organiser_id:
        return
    if not is_staff(tx, ctx):
        raise Refused("forbidden", "Du kan kun lave jeres egne begivenheder.", at="/args/set/organiser_id")
    if id is not None:
        must_be_there(tx, id, "/args/set/organiser_id")


def _same_day(before: EventRow, after: EventRow) -> None:
    """Who meant to come on a day that readers have seen is told that it is another one: by change_time, which asks why."""
    old, new = before.schedule, after.schedule
    if not before.seen or old is None or new is None or old.rrule is not None or old.also or old.date == new.date:
        return
    if new.rrule is None or old.date not in recurrence.days(new, old.date):
        raise invalid(
            "/args/set/schedule/date",
            "Begivenheden kan ses af alle. Flyt dagen under gangen selv, og skriv hvorfor. Så får de besked, der følger den.",
        )

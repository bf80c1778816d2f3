"""split_event: this time and those after it become an event of their own."""

import datetime

import msgspec
from msgspec import UNSET

from server.domain import address, edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.event.found import own, ready
from server.domain.event.saving import laid_over, schedule_fits
from server.domain.event.writing import write_out
from server.domain.refusal import invalid
from server.model import recurrence
from server.model.event import Schedule, SplitEvent
from server.store import event
from sync.sql import Tx
from sync.wire import Subject


def split_event(tx: Tx, ctx: Ctx, subject: Subject, args: SplitEvent) -> Done:
    """The series ends the day before `from`; from then on it is the event `id`, with `set` laid over it and what was said of later times.
    Who follows the one before follows this one too (store/event.ancestors). Refused: `invalid` where it is no series, or `from` no day of
    it, or its first."""
    before = own(tx, ctx, subject)
    schedule = before.schedule
    day = args.from_
    if schedule is None or schedule.rrule is None:
        raise invalid("/subject", "Begivenheden er kun én gang. Den kan ikke deles.")
    if event.get(tx, args.id) is not None:
        raise invalid("/args/id", "Det id er brugt. Lav et nyt.")
    edit.is_new(Subject(kind="event", id=args.id), None, "Begivenheden", "En ny begivenhed")
    _splits(ctx, schedule, day)
    rest = msgspec.structs.replace(
        schedule, date=day, rrule=recurrence.onwards(schedule, day),
        left_out=_from(schedule.left_out, day), also=_from(schedule.also, day),
    )  # fmt: skip
    ended = msgspec.structs.replace(
        schedule, rrule=recurrence.until(schedule, day), left_out=_before(schedule.left_out, day),
        also=_before(schedule.also, day),
    )  # fmt: skip
    schedule_fits(ended, "/args/from")
    name = before.said.name if args.set.name is UNSET else args.set.name
    begun = msgspec.structs.replace(
        before,
        row=0,
        id=args.id,
        slug=address.free(tx, "event", args.id, name.da, args.set.slug),
        schedule=rest,
        changes=tuple(one for one in before.changes if one.day >= day),
        split_from=before.id,
        calendar_id=None,
        uid=None,
        sequence=None,
        written_to=None,
        revisions={},
    )
    after = laid_over(tx, ctx, begun, args.set)
    if after.seen:
        ready(tx, after)
    mine = msgspec.structs.replace(
        before,
        schedule=ended,
        changes=tuple(one for one in before.changes if one.day < day),
        changed_at=ctx.moment,
        changed_by=ctx.who,
    )
    write_out(tx, ctx, mine)
    write_out(tx, ctx, after)
    return Done([("event", before.id), ("event", after.id)], moved=False, fields=("schedule",))


def _splits(ctx: Ctx, schedule: Schedule, day: datetime.date) -> None:
    if day.year > recurrence.LAST_YEAR or day not in recurrence.days(schedule, day):
        raise invalid("/args/from", "Den dag er ikke en af rækkens. Vælg en dag, som rækken selv giver.")
    if day <= schedule.date:
        raise invalid("/args/from", "Det er rækkens første dag. Ret hele rækken i stedet.")
    if day < ctx.today:  # what has been stays where it was
        raise invalid("/args/from", "Den dag har været. Vælg en dag, der kommer.")


def _from(days: tuple[datetime.date, ...], day: datetime.date) -> tuple[datetime.date, ...]:
    return tuple(one for one in days if one >= day)


def _before(days: tuple[datetime.date, ...], day: datetime.date) -> tuple[datetime.date, ...]:
    return tuple(one for one in days if one < day)

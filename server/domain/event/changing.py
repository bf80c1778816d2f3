"""change_time: what is said of a single time of an event: moved, cancelled, on again; full; where to meet."""

import datetime

import msgspec

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.event.found import own, word_fits
from server.domain.event.writing import closed_days, write_out
from server.domain.refusal import Refused, invalid
from server.model import recurrence
from server.model.event import Change, ChangeTime
from server.store.event import EventRow
from sync.sql import Tx
from sync.wire import Subject

CHANGES_MOST = 500
AT = "/args/change"


def change_time(tx: Tx, ctx: Ctx, subject: Subject, args: ChangeTime) -> Done:
    """Says it of the time that the rule gives on `change.day`, in place of what was said of it. Who follows a public event is told of what
    is moved, cancelled or on again. Refused: `invalid` for a day that the rule does not give, a word why that is missing; `bad_step` for
    an event that is cancelled altogether."""
    before = own(tx, ctx, subject)
    change = args.change
    if before.state == "cancelled":
        raise Refused("bad_step", "Hele begivenheden er aflyst. Sæt den i gang igen først.", at="/subject")
    word_fits(change.why, f"{AT}/why")
    word_fits(change.meeting, f"{AT}/meeting")
    fits(tx, ctx, before, change)
    others = tuple(one for one in before.changes if one.day != change.day)
    changes = others if says_nothing(change) else (*others, change)
    if len(changes) > CHANGES_MOST:
        raise Refused("too_long", f"Højst {CHANGES_MOST} gange kan være noget for sig.", at=AT, limit=CHANGES_MOST)
    changes = tuple(sorted(changes, key=lambda one: one.day))
    after = msgspec.structs.replace(before, changes=changes, changed_at=ctx.moment, changed_by=ctx.who)
    write_out(tx, ctx, after, anew=change.day)
    return Done([("event", after.id)], moved=False, fields=("changes",))


def says_nothing(change: Change) -> bool:
    """Whether the time is as the rule gives it."""
    return change == Change(day=change.day)


def fits(tx: Tx, ctx: Ctx, row: EventRow, change: Change) -> None:
    """Refused `invalid` for what can not be said of that time."""
    if row.schedule is None or not _given(tx, ctx, row, change.day):
        raise invalid(f"{AT}/day", "Den dag er der ingen gang. Skriv den dag, som rækken selv giver.")
    elsewhere = change.date is not None or change.starts is not None or change.ends is not None
    if change.state == "moved" and not elsewhere:
        raise invalid(f"{AT}/date", "Skriv den nye dag eller det nye klokkeslæt.")
    if change.state == "on" and elsewhere:
        raise invalid(f"{AT}/state", "En anden dag eller et andet klokkeslæt er en flytning.")
    if row.schedule.starts is None and (change.starts is not None or change.ends is not None):
        raise invalid(f"{AT}/starts", "Begivenheden er hele dage. Den kan få en anden dag, ikke et klokkeslæt.")
    if change.state != "on" and change.why is None:
        what = "flyttet" if change.state == "moved" else "aflyst"
        raise invalid(f"{AT}/why", f"Skriv med få ord, hvorfor den er {what}. Det læser de, der ville komme.")
    if change.date is not None and not _near(change.date, ctx.today):
        raise invalid(f"{AT}/date", "Den dag ligger for langt væk. Skriv en dag inden for et år.")


def _given(tx: Tx, ctx: Ctx, row: EventRow, day: datetime.date) -> bool:
    first, last = recurrence.window(ctx.today)
    if row.schedule is None or not first <= day <= last + datetime.timedelta(days=recurrence.AHEAD_DAYS):
        return False
    return day in recurrence.given(row.schedule, closed_days(tx), day)


def _near(day: datetime.date, today: datetime.date) -> bool:
    first, last = recurrence.window(today)
    return first <= day <= last

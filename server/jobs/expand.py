"""Series are written out further as time goes: each month by a month, so that readers always have MONTHS_AHEAD; and what is over for
longer than PAST_DAYS leaves what all read."""

import datetime
from typing import Final

from server.domain.ctx import Ctx
from server.domain.event.writing import closed_days, write_out
from server.model.recurrence import window
from server.publish import publish
from server.store import event
from sync.sql import Tx

EACH_DAYS: Final = 28
"""How far behind a series is before it is written out again: daily would make every phone fetch all of them each day."""
AT_ONCE: Final = 100
"""Events in one transaction: people who write wait no longer than for these."""
AGAIN: Final = datetime.timedelta(seconds=1)


def expand(tx: Tx, ctx: Ctx) -> datetime.datetime | None:
    """Writes out at most AT_ONCE series that are behind, and publishes those of which something changed, with what is over. When it is to
    go on (UTC) where some are left; None: they are all as they should be."""
    first, last = window(ctx.today)
    late = event.behind(tx, last - datetime.timedelta(days=EACH_DAYS), AT_ONCE)
    closed = closed_days(tx)
    changed = [row.id for row in event.many(tx, late) if write_out(tx, ctx, row, closed)]
    over = event.over(tx, first, AT_ONCE)
    publish(tx, [("event", id) for id in dict.fromkeys([*changed, *over])], ctx.today, moved=False)
    return ctx.now + AGAIN if AT_ONCE in (len(late), len(over)) else None

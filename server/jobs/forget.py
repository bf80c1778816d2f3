"""What is held of people leaves by itself (docs/privacy.md): phones that are silent, who wanted to be met, what was sent."""

import datetime
from typing import Final

from server.domain.ctx import Ctx
from server.jobs.work import Done, in_one
from server.model.device import MET_KEPT_H, SILENT_MONTHS
from server.store import delivery, device, device_inbox, follow, met, reminder
from sync.sql import Tx

SENT_KEPT: Final = datetime.timedelta(days=30)
"""How long it is known that something was told, after it was of use."""


def forget_due(tx: Tx, ctx: Ctx) -> Done:
    """All of it whose time is over, at once."""
    device.forget_silent(tx, months_before(ctx.today, SILENT_MONTHS))
    over = ctx.now - datetime.timedelta(hours=MET_KEPT_H)
    met.forget(tx, over)
    device_inbox.thin_met(tx, over.date())
    reminder.forget(tx, ctx.now - SENT_KEPT)
    delivery.forget(tx, ctx.now - SENT_KEPT)
    follow.forget_skips(tx, ctx.today - SENT_KEPT)
    return None


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day of an earlier month; its last day where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return datetime.date(year, month + 1, last)
        except ValueError:
            continue
    return datetime.date(year, month + 1, min(day.day, 28))


forget = in_one(forget_due)

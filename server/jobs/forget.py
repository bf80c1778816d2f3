"""What is held of people leaves by itself (docs/privacy.md): phones that are silent, who wanted to be met, what was sent."""

import datetime
from typing import Final

from server.domain.ctx import Ctx
from server.jobs.work import Done, in_one
from server.model.device import MET_KEPT_H, SILENT_MONTHS
from server.model.moment import months_before
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


forget = in_one(forget_due)

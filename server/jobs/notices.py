"""Notices by the clock: those that are due go to the deliveries of who follows, in one transaction with what is public of them; those that
went out are told of when nothing of them waits any more; old ones leave the archive.

Killed before COMMIT nothing has happened, after it all has: a notice is scheduled or at its deliveries, never half of it, and a delivery
is there once (UNIQUE). What runs twice finds nothing to do."""

import datetime
import logging
from typing import Final

from server.jobs.work import Done, Work
from server.model.moment import COPENHAGEN, moment, months_before
from server.model.quiet import quiet_until
from server.publish import publish
from server.store import delivery, notice, site
from server.store.notice import NoticeRow
from sync.sql import Tx

log = logging.getLogger(__name__)
USEFUL: Final = datetime.timedelta(hours=24)
"""How long after its time a notice is still sent."""
WHILE_SENDING: Final = datetime.timedelta(seconds=5)
ARCHIVE_MONTHS: Final = 12
"""How long it can be read afterwards."""


async def notices(work: Work, now: datetime.datetime) -> Done:
    """Does what is due at `now`, and wakes the sender of what was made. Due again when the next notice is; soon, while one goes out."""
    made, next_at = await work.database.write(lambda tx: run(tx, now))
    if made:
        work.wake_sender()
    return next_at


def run(tx: Tx, now: datetime.datetime) -> tuple[bool, Done]:
    """Does what is due at `now` (UTC), in the caller's transaction. Returns whether deliveries were made, and when there is more to do."""
    quiet = quiet_until(now, site.get(tx).quiet)
    touched: list[str] = []
    made = 0
    for one in notice.due(tx, now):
        if one.at + USEFUL <= now:
            log.warning("notice %s was to go out %s and did not: too late", one.id, moment(one.at))
            notice.finish(tx, one, "stopped", 0, {"late": notice.reached(tx, notice.followers(tx, one.to, _day(now)))})
        elif quiet is not None:  # the quiet hours were set anew, or the server stood still
            notice.move(tx, one.row, quiet)
        else:
            made += _fan_out(tx, one, now)
        touched.append(one.id)
    touched += [one.id for one in notice.unfinished(tx) if _settle(tx, one, now)]
    touched += notice.forget_old(tx, months_before(now, ARCHIVE_MONTHS))
    if touched:
        publish(tx, [("notice", id) for id in touched], _day(now), moved=False)
    soon = now + WHILE_SENDING if notice.unfinished(tx) else None
    return made > 0, soon or notice.next_at(tx)


def _fan_out(tx: Tx, one: NoticeRow, now: datetime.datetime) -> int:
    devices = notice.followers(tx, one.to, _day(now))
    message = delivery.message(
        tx,
        about=one.id,
        what="notice",
        revision=1,
        text={"title": one.title, "body": one.body},
        open=f"/beskeder#{one.id}",
        urgency="normal",
        useful_until=one.at + USEFUL,
    )
    reachable = delivery.deliver(tx, message, devices, now)
    notice.begin(tx, one.row, message, len(devices), reachable)
    return reachable


def _settle(tx: Tx, one: NoticeRow, now: datetime.datetime) -> bool:
    """Tells what became of one, where nothing of it waits or is on its way. Returns whether its body is another now."""
    if one.message is None:
        return False
    far = notice.progress(tx, one)
    if far.waiting or notice.is_on_its_way(tx, one.message, now):
        return False
    notice.finish(tx, one, "stopped" if one.state == "stopped" else "sent", far.reached, far.not_reached)
    return True


def _day(now: datetime.datetime) -> datetime.date:
    return now.astimezone(COPENHAGEN).date()

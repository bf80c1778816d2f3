"""Calendars by the clock: each that has an address is asked for each hour, whether it is another now; what it brings goes in some events at
a time, so that nobody waits long for the writer. Killed anywhere it goes on: what is in is in, and what is not still differs."""

import asyncio
import datetime
import functools
import logging
import random
import time
from typing import Final

import msgspec

from server.domain.bringing import bring
from server.domain.calendar import found_in, keep_found
from server.domain.ctx import Ctx
from server.formats.ical import reader
from server.formats.ical.found import Calendar
from server.formats.refusal import FileRefused
from server.jobs.fetching import Fetcher, NotFetched
from server.jobs.work import Done, Work
from server.model.moment import moment
from server.publish import publish
from server.store import calendar
from server.store.calendar import CalendarRow
from sync.sql import Tx

log = logging.getLogger(__name__)
EVERY: Final = datetime.timedelta(hours=1)
FIRST_AGAIN: Final = datetime.timedelta(minutes=10)
LONGEST_AGAIN: Final = datetime.timedelta(hours=12)
"""After a failure it is asked for again so soon, twice as late each time, and at the latest."""
RUN_S: Final = 300.0
"""How long one run may take: then others of the table have their turn, and it goes on."""
SPREAD_S: Final = 300
"""Of calendars of one server not all are asked for at once."""
KEPT_DAYS: Final = 2


async def calendars(work: Work, now: datetime.datetime) -> Done:
    """Does what is due. Due again when the next calendar is."""
    until = time.monotonic() + RUN_S
    await go_on(work, now, until)
    due = await work.database.read(lambda tx: calendar.due(tx, now))
    if due:  # it is run after each op of somebody who is logged in: mostly there is nothing to fetch
        async with Fetcher(work.settings.calendar_hosts, work.settings.proxy) as fetcher:
            for id in due:
                if time.monotonic() < until:
                    await _one(work, now, fetcher, id, until)
    await asyncio.to_thread(_clear, work, now)
    rows: list[CalendarRow] = await work.database.read(calendar.every)
    if any(_waits(row) for row in rows):
        return now
    return await work.database.read(calendar.next_due)


async def go_on(work: Work, now: datetime.datetime, until: float) -> None:
    """Brings in what still waits of readings that were begun before."""
    rows: list[CalendarRow] = await work.database.read(calendar.every)
    for row in rows:
        if _waits(row):
            found = await asyncio.to_thread(found_in, work.ctx(now), str(row.sha256))
            if found is not None:
                await _all(work, row, found, until)
            elif row.told is not None:  # what was found is not here any more: it is asked for anew
                told = msgspec.structs.replace(row.told, waiting=0)
                due_at = None if row.url is None else moment(now)
                await _keep(work, row, {"told": told, "etag": None, "last_modified": None, "due_at": due_at})


def _waits(row: CalendarRow) -> bool:
    return row.told is not None and row.told.waiting > 0 and row.sha256 is not None


async def _one(work: Work, now: datetime.datetime, fetcher: Fetcher, id: str, until: float) -> None:
    row: CalendarRow | None = await work.database.read(lambda tx: calendar.get(tx, id))
    if row is None or row.url is None:
        return
    ctx = work.ctx(now)
    try:
        got = await fetcher.fetch(row.url, row.etag, row.last_modified)
        if got.data is None:
            await _keep(work, row, _checked(row, now, etag=got.etag or row.etag))
            return
        found = await asyncio.to_thread(reader.read, got.data, ctx.today)
        await asyncio.to_thread(keep_found, work.settings.data_dir, found)
    except (NotFetched, FileRefused) as why:
        log.info("the calendar %s was not read: %s", id, why)
        await _keep(work, row, _failed(row, now, str(why), why.retry_after_s if isinstance(why, NotFetched) else None))
        return
    after = _checked(row, now, etag=got.etag, last_modified=got.last_modified, sha256=found.sha256)
    if got.moved_to is not None and len(got.moved_to) <= 1000:
        after["url"] = got.moved_to
    await _all(work, row, found, until, after)


async def _all(
    work: Work, row: CalendarRow, found: Calendar, until: float, begin: dict[str, object] | None = None
) -> None:
    """Brings it in, a transaction after the other. `begin`: what the first one keeps of the calendar: what was read and what is in of it
    are known together, or neither."""
    waiting = True
    while waiting and time.monotonic() < until:
        ctx = work.ctx(datetime.datetime.now(datetime.UTC))
        waiting = await work.database.write(functools.partial(_round, ctx=ctx, before=row, found=found, begin=begin))
        begin = None
        await asyncio.sleep(0)  # whoever waits for the writer has it between two


def _round(tx: Tx, ctx: Ctx, before: CalendarRow, found: Calendar, begin: dict[str, object] | None) -> bool:
    """Whether there is more."""
    row = calendar.get(tx, before.id) if begin is None else _kept(tx, before, begin)
    if row is None or row.ended_on is not None or row.sha256 != found.sha256:
        return False
    row, touched = bring(tx, ctx, row, found, go_on=begin is None)
    publish(tx, [("event", one) for one in touched], ctx.today, moved=False)
    return row.told is not None and row.told.waiting > 0


def _checked(row: CalendarRow, now: datetime.datetime, **more: object) -> dict[str, object]:
    at = now + EVERY + datetime.timedelta(seconds=random.Random(row.id).randrange(SPREAD_S))
    done = {"checked_at": moment(now), "due_at": moment(at), "tries": 0, "failed": None, "failed_since": None}
    return done | more


def _failed(row: CalendarRow, now: datetime.datetime, why: str, retry_after_s: int | None) -> dict[str, object]:
    wait = min(FIRST_AGAIN * 2 ** min(row.tries, 10), LONGEST_AGAIN)
    if retry_after_s is not None:
        wait = max(wait, datetime.timedelta(seconds=retry_after_s))
    return {
        "due_at": moment(now + wait),
        "tries": row.tries + 1,
        "failed": why[:500],
        "failed_since": row.failed_since or moment(now),
    }


async def _keep(work: Work, before: CalendarRow, after: dict[str, object]) -> None:
    await work.database.write(lambda tx: _kept(tx, before, after))


def _kept(tx: Tx, before: CalendarRow, after: dict[str, object]) -> CalendarRow | None:
    """The calendar with what became of it, kept; None where somebody has given it another address meanwhile, or ended it."""
    row = calendar.get(tx, before.id)
    if row is None or row.ended_on is not None or row.url != before.url or row.saved_at != before.saved_at:
        return None
    row = msgspec.structs.replace(row, **after)
    calendar.save(tx, row)
    return row


def _clear(work: Work, now: datetime.datetime) -> None:
    """Takes away what was found in files that nobody has asked for since."""
    before = (now - datetime.timedelta(days=KEPT_DAYS)).timestamp()
    for path in (work.settings.data_dir / "calendars").glob("*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)

"""The sender of pushes: takes what may be sent now, has it sent, writes down what became of it, and waits for more.

Killed anywhere it has lost nothing: what was taken is leased and taken again, and what was sent and not yet written down is sent a second
time under the same Topic and tag, and shown once."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from server.model.quiet import quiet_until
from server.push import vapid
from server.push.counts import Counts
from server.push.sender import NO_CONTACT, Sender
from server.settings import Settings
from server.store import parcel, push, site
from server.store.database import Busy, Database
from server.store.parcel import Parcel, Settled
from server.store.push import Closed
from server.store.refusal import StoreRefused
from sync.sql import Tx

log = logging.getLogger(__name__)
TICK_S: Final = 20.0
"""The longest wait: another process may have written, or a clock been set."""
BUSY_S: Final = 5.0
"""After a time when the database could not be had."""
TAKEN: Final = 256
"""Parcels that are taken in one transaction."""
LOW: Final = 128
"""Where fewer are on their way, more are taken."""
MOST: Final = 2048
"""On their way in all, those among them that wait for a push service that does not answer."""
SETTLED_S: Final = 0.1
"""What was answered is written down together, this often."""
FAULT: Final = timedelta(minutes=1)
"""After a fault of ours."""


class Pushing:
    """`run` until it is cancelled, once. `wall`: the time of day, UTC."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        counts: Counts,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database, self._sender, self._counts, self._wall = database, sender, counts, wall
        self._going: dict[asyncio.Task[None], Parcel] = {}
        self._done: list[Settled] = []
        self._closed: dict[str, Closed | None] = {}
        self._unwanted: set[int] = set()
        self._woken = asyncio.Event()
        self._told: set[tuple[str, int | None, str]] = set()
        self._settled_at = 0.0

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Sends, and waits. What goes wrong is told in the log, without any phone's address, and tried again."""
        try:
            begun = False
            while True:
                try:
                    if not begun:
                        await self._begin()
                        begun = True
                    wait = await self._round()
                except (Busy, StoreRefused) as error:
                    log.warning("pushes have to wait: %s", error)
                    wait = BUSY_S
                except Exception as error:  # a fault of ours stops no sender
                    log.error("the sender of pushes failed: %s", type(error).__name__, exc_info=error)
                    wait = BUSY_S
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._woken.wait()
                self._woken.clear()
        finally:
            for task in self._going:
                task.cancel()
            await asyncio.gather(*self._going, return_exceptions=True)
            await self._sender.close()

    async def _begin(self) -> None:
        """What the one before left: its leases, and the push services that are left alone."""
        freed, closed = await self._database.write(lambda tx: (parcel.free(tx), push.closed(tx)))
        # What waited for a contact need not: perhaps there is one now.
        self._sender.origins.remember([one for one in closed if one.why != NO_CONTACT])
        if freed:
            log.warning("%d pushes were on their way when the server ended; they are sent again", freed)

    async def _round(self) -> float:
        """Writes down what was answered, ends what is of no use any more, sends what is due; returns how long to wait at most."""
        since = time.monotonic() - self._settled_at
        if self._done and (since >= SETTLED_S or len(self._done) >= TAKEN or not self._going):
            await self._settle()
        if len(self._going) >= LOW and len(self._going) - self._sender.origins.waiting() >= LOW:
            return SETTLED_S
        now, closed = self._wall(), [*self._sender.origins.closed(), *self._sender.origins.full()]
        going = [one.delivery for one in self._going.values()]
        seen = await self._database.read(partial(_look, now=now, closed=closed, going=going))
        self._unwanted = seen.ended
        if seen.over:
            for one in await self._database.write(lambda tx: parcel.drop_over(tx, now)):
                self._counts.dropped(one.why, one.parcels)
                log.warning(
                    "%d pushes of %s/%s/%d are not sent: %s", one.parcels, one.about, one.what, one.revision, one.why
                )
        if seen.hold is not None:
            until = seen.hold
            held = await self._database.write(lambda tx: parcel.hold(tx, until))
            log.info("%d pushes wait until the quiet hours end", held)
            return 0.0
        if seen.due and len(self._going) < MOST:
            taken = await self._database.write(lambda tx: parcel.take(tx, now, TAKEN, closed))
            # Under a clock that was set the lease of what is on its way may seem to be over; it has just been given a new one.
            mine = {one.delivery for one in (*self._going.values(), *(done.parcel for done in self._done))}
            new = [one for one in taken if one.delivery not in mine]
            for fresh in new:
                task = asyncio.create_task(self._send(fresh))
                self._going[task] = fresh
                task.add_done_callback(self._ended)
            return 0.0 if new else SETTLED_S
        if self._going or self._done:
            return SETTLED_S
        later = None if seen.next_at is None else (seen.next_at - now).total_seconds()
        opens = self._sender.origins.opens_in()
        return min(TICK_S, *(max(one, 0.05) for one in (opens, later) if one is not None), TICK_S)

    async def _send(self, one: Parcel) -> None:
        settled = await self._sender.send(one, lambda: one.delivery not in self._unwanted)
        self._counts.count(settled)
        self._tell(settled)
        self._done.append(settled)
        if len(self._done) >= TAKEN:
            self._woken.set()

    def _ended(self, task: asyncio.Task[None]) -> None:
        one = self._going.pop(task)
        if not task.cancelled() and (error := task.exception()) is not None:  # a fault of ours: the others go on
            self._tell_fault(error)
            self._done.append(Settled(one, "again", reason="fault", again_at=self._wall() + FAULT))
        if len(self._going) < LOW:
            self._woken.set()

    def _tell_fault(self, error: BaseException) -> None:
        """Once for each kind until the server ends: ten thousand phones may have the same."""
        told = ("", None, type(error).__name__)
        if told not in self._told:
            self._told.add(told)
            log.error("a push failed by a fault of ours: %s", type(error).__name__, exc_info=error)

    async def _settle(self) -> None:
        self._closed |= self._sender.origins.changed()
        done, closed = self._done, self._closed
        self._done, self._closed = [], {}
        try:
            await self._database.write(partial(_write_down, done=done, closed=closed, now=self._wall()))
        except BaseException:  # not on the disk: it is written the next time, or sent again after a kill
            self._done, self._closed = done + self._done, closed | self._closed
            raise
        self._settled_at = time.monotonic()

    def _tell(self, one: Settled) -> None:
        """An alarm in the log, once for each push service and answer until something comes through there."""
        origin = one.parcel.origin
        if one.outcome == "sent":
            self._told = {told for told in self._told if told[0] != origin}
        elif one.outcome in ("refused", "wrong_key", "alarm"):
            told = (origin, one.status, one.reason)
            if told not in self._told:
                self._told.add(told)
                log.error("%s refuses what we send: %s %s. `python -m server doctor` says more", *told)


def pushing_of(database: Database, settings: Settings, counts: Counts) -> Pushing:
    """The sender of a server with these settings. For a running loop."""
    sender = Sender(
        partial(vapid.by_public, settings.data_dir),
        contact=settings.contact,
        hosts=settings.push_hosts,
        proxy=settings.proxy,
        origin=settings.origin or "",
    )
    return Pushing(database, sender, counts)


class _Seen(NamedTuple):
    """What a round begins with. `over`: something is of no use any more; `hold`: till when what waits is held, where it is to be; `due`:
    something can be sent; `next_at`: when something can, where nothing is due or on its way; `ended`: of those on their way, what was
    stopped meanwhile."""

    over: bool
    hold: datetime | None
    due: bool
    next_at: datetime | None
    ended: set[int]


def _look(tx: Tx, now: datetime, closed: list[str], going: list[int]) -> _Seen:
    quiet = quiet_until(now, site.get(tx).quiet)
    hold = quiet if quiet is not None and parcel.is_held(tx, quiet) else None
    due = parcel.is_due(tx, now, closed)
    next_at = None if due or going else parcel.next_at(tx, now, closed)
    return _Seen(parcel.is_over(tx, now), hold, due, next_at, parcel.stopped(tx, going))


def _write_down(tx: Tx, done: list[Settled], closed: dict[str, Closed | None], now: datetime) -> None:
    parcel.settle(tx, done, now)
    for origin, one in closed.items():
        if one is None:
            push.open_again(tx, origin)
        else:
            push.close(tx, one)

"""Sees to it that each job of a table is done when it is due: one at a time of each, several beside one another.

When a job is due is told by the clock on the wall, which may be wrong and be set; how long to wait is told by one that only goes on. So no
wait is longer than TICK_S, and a job that is due later than it can be (the clock was set back) is due now. Whatever a job does it does
once all the same: that is for its rows to see to, not for the clock."""

import asyncio
import functools
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

from server.jobs.work import Job, Work
from server.store import job as rows
from server.store.database import Busy
from server.store.refusal import StoreRefused

log = logging.getLogger(__name__)

TICK_S: Final = 30.0
"""The longest wait."""
AGAIN_S: Final = 10
"""The first wait after a job has failed; it doubles, up to an hour or its own `every_s`."""
AGAIN_MOST_S: Final = 3600
SLACK: Final = timedelta(seconds=60)
BREATH: Final = timedelta(seconds=1)
"""Between two times of one job, whatever it says."""


class Runner:
    """`run` until it is cancelled. `clock`: the time of day, UTC."""

    def __init__(
        self, work: Work, jobs: Mapping[str, Job], clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._work, self._jobs, self._clock = work, jobs, clock
        self._running: dict[str, asyncio.Task[None]] = {}
        self._asked: set[str] = set()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something has changed: what is done `after_ops` is due."""
        self._asked.update(name for name, job in self._jobs.items() if job.after_ops)
        self._woken.set()

    async def run(self) -> None:
        """Does what is due, and waits. What goes wrong is told in the log and tried again; nothing stops it but being cancelled, and then
        it is over when no job of it runs any more."""
        try:
            begun = False
            while True:
                wait = TICK_S
                try:
                    if not begun:
                        await self._work.database.write(lambda tx: rows.begin(tx, self._jobs, self._clock()))
                        begun = True
                    wait = await self._round()
                except (Busy, StoreRefused) as error:
                    log.warning("what is done by the clock has to wait: %s", error)
                    wait = AGAIN_S
                except Exception as error:  # a fault of ours stops no clock
                    log.error("the clock of jobs failed: %s", type(error).__name__, exc_info=error)
                    wait = AGAIN_S
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._woken.wait()
                self._woken.clear()
        finally:
            running = list(self._running.values())
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _round(self) -> float:
        """Starts what is due; returns how long to wait for the next."""
        now = self._clock()
        wait = TICK_S
        for row in await self._work.database.read(rows.every):
            name = row.name
            if name not in self._jobs or name in self._running:
                continue
            every = timedelta(seconds=self._jobs[name].every_s)
            # Later than a job can be due: it is the clock that was set back.
            if (
                name in self._asked
                or row.due_at <= now
                or row.due_at > now + max(every, timedelta(seconds=AGAIN_MOST_S)) + SLACK
            ):
                if row.is_free(now) and await self._work.database.write(
                    functools.partial(rows.take, name=name, now=now)
                ):
                    self._asked.discard(name)
                    self._running[name] = asyncio.create_task(self._do(name, row.tries))
            else:
                wait = min(wait, (row.due_at - now).total_seconds())
        return max(0.0, wait)

    async def _do(self, name: str, tries: int) -> None:
        job, now = self._jobs[name], self._clock()
        try:
            next_at = await job.run(self._work, now)
            over = self._clock()
            latest = over + timedelta(seconds=job.every_s)
            due_at = latest if next_at is None else max(over + BREATH, min(latest, next_at))
            await self._work.database.write(functools.partial(rows.done, name=name, due_at=due_at))
        except Exception as error:  # it is told, and tried again
            if isinstance(error, Busy | StoreRefused):
                log.warning("the job %s has to wait: %s", name, error)
            else:
                log.error("the job %s failed: %s", name, type(error).__name__, exc_info=error)
            again = timedelta(seconds=min(AGAIN_S * 2 ** min(tries, 20), AGAIN_MOST_S, max(job.every_s, AGAIN_S)))
            with suppress(Busy, StoreRefused):  # then its lease ends, or the next start frees it
                await self._work.database.write(functools.partial(rows.failed, name=name, due_at=now + again))
        finally:
            self._running.pop(name, None)
            self._woken.set()

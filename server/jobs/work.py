"""What a job is given, and what one is."""

import datetime
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from server.domain.ctx import Ctx
from server.settings import Settings
from server.store.database import Database
from sync.sql import Tx


@dataclass(frozen=True, slots=True)
class Work:
    """The world of a job. `ctx`: what the domain is told of a moment (UTC). `wake_sender`: says that there may be something to send."""

    database: Database
    settings: Settings
    ctx: Callable[[datetime.datetime], Ctx]
    wake_sender: Callable[[], None] = lambda: None


Done: TypeAlias = datetime.datetime | None
"""When it is due again at the latest (UTC), where that is sooner than `every_s`; None: it is not."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done each `every_s` seconds; `run` is told the moment (UTC) and may be killed anywhere: it comes again, and what it
    has done before must then do no harm. `after_ops`: also as soon as somebody who is logged in has changed something."""

    every_s: int
    run: Callable[[Work, datetime.datetime], Awaitable[Done]]
    after_ops: bool = False


def in_one(do: Callable[[Tx, Ctx], Done]) -> Callable[[Work, datetime.datetime], Awaitable[Done]]:
    """A job that is one transaction: whole, or not at all."""

    async def run(work: Work, now: datetime.datetime) -> Done:
        ctx = work.ctx(now)
        return await work.database.write(lambda tx: do(tx, ctx))

    return run

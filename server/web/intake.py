"""Where ops wait for the one writer: those of requests that wait together share one transaction, and its one flush to disk."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from server.domain.importing.prepare import Ready
from server.ops import AFTER_BUSY_S, AFTER_FULL_S, BatchRefused, Credential, Ctx, Share, later, run
from server.store.database import Busy, Database, Tx
from server.store.refusal import Full, StoreRefused
from sync import feed

log = logging.getLogger(__name__)

Imports = Mapping[tuple[str, str | None], Ready]
NO_IMPORTS: Final[Imports] = MappingProxyType({})
WAITING = 64
"""Requests that may wait; the next one is answered `later` `busy` at once (a queue without a bound only hides a stop)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch came to: the epoch that took it, each line's reply, encoded, in order, and how much of its share it has used: ops that
    were new, and devices."""

    epoch: str
    replies: list[bytes]
    new: int = 0
    devices: int = 0


@dataclass(slots=True)
class _Batch:
    lines: Sequence[bytes]
    credential: Credential
    epoch: str | None
    share: Share | None
    reply: asyncio.Future[Taken]
    imports: Imports


class Intake:
    """Replies leave after COMMIT only. `epoch` is the database's at start: it goes with what could not be written."""

    def __init__(self, database: Database, ctx: Callable[[datetime], Ctx], epoch: str) -> None:
        self._database, self._ctx, self.epoch = database, ctx, epoch
        self._waiting: list[_Batch] = []
        self._writer: asyncio.Task[None] | None = None

    async def take(
        self,
        lines: Sequence[bytes],
        credential: Credential,
        epoch: str | None = None,
        share: Share | None = None,
        imports: Imports = NO_IMPORTS,
    ) -> Taken:
        """`imports`: files of these ops that were made ready before the writer is theirs. Raises BatchRefused where credentials are mixed,
        or where `epoch` is told and another than the database's; then nothing of the batch ran."""
        if len(self._waiting) >= WAITING:
            return Taken(self.epoch, [later(line, "busy") for line in lines])
        batch = _Batch(lines, credential, epoch, share, asyncio.get_running_loop().create_future(), imports)
        self._waiting.append(batch)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        # A phone that hangs up does not undo the write: its op has an id, and asking again gives the same reply.
        return await asyncio.shield(batch.reply)

    async def _write(self) -> None:
        try:
            while self._waiting:
                batches, self._waiting = self._waiting, []
                await self._together(batches)
        finally:
            self._writer = None

    async def _together(self, batches: list[_Batch]) -> None:
        now = datetime.now(UTC)
        try:
            answers = await self._database.write(lambda tx: self._all(tx, batches, now))
        except Exception as error:  # nothing was kept, so all may come again
            code, wait_s = ("full", AFTER_FULL_S) if isinstance(error, Full) else ("busy", AFTER_BUSY_S)
            if isinstance(error, StoreRefused):
                log.error("ops could not be written. %s", error)
            elif not isinstance(error, Busy):
                log.error("ops could not be written: %s", type(error).__name__, exc_info=error)
            answers = [Taken(self.epoch, [later(line, code, wait_s) for line in b.lines]) for b in batches]
        for batch, answer in zip(batches, answers, strict=True):
            if batch.reply.done():
                continue
            if isinstance(answer, BatchRefused):
                batch.reply.set_exception(answer)
            else:
                batch.reply.set_result(answer)

    def _all(self, tx: Tx, batches: list[_Batch], now: datetime) -> list[Taken | BatchRefused]:
        epoch = feed.epoch(tx)
        return [self._one(tx, epoch, batch, now) for batch in batches]

    def _one(self, tx: Tx, epoch: str, batch: _Batch, now: datetime) -> Taken | BatchRefused:
        if batch.epoch not in (None, epoch):
            return BatchRefused("resync")
        try:
            ctx = replace(self._ctx(now), imports=batch.imports)
            replies = run(tx, batch.lines, batch.credential, ctx, batch.share)
            return Taken(epoch, replies, *_used(batch.share))
        except BatchRefused as refused:  # its own batch alone; the others in this transaction go on
            return refused


def _used(share: Share | None) -> tuple[int, int]:
    if share is None:
        return 0, 0
    return share.taken - share.left, share.devices.taken - share.devices.left if share.devices else 0

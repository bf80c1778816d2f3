"""What the server does by itself, each hour: notes of what was mended leave after 14 days, pictures and files that nothing names after 24
hours, and what everybody reads of them is what public bodies name; who did what is forgotten after 24 months."""

import asyncio
import functools
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from server.model.moment import COPENHAGEN
from server.publish import publish
from server.store import audit, blobs, fault
from server.store.database import Busy, Database
from server.store.refusal import StoreRefused
from sync.sql import Tx

log = logging.getLogger(__name__)
EVERY_S: Final = 3600.0
AGAIN_S: Final = 60.0
"""After a time when the database could not be had."""


async def run(database: Database, data_dir: Path) -> None:
    """Tends at once, then each hour, until it is cancelled. What goes wrong is told in the log, and tried again."""
    while True:
        wait = EVERY_S
        try:
            await tend(database, data_dir, datetime.now(UTC))
        except (Busy, StoreRefused, OSError) as error:
            log.warning("what is done each hour has to wait: %s", error)
            wait = AGAIN_S
        except Exception as error:  # a fault of ours stops no server
            log.error("what is done each hour failed: %s", type(error).__name__, exc_info=error)
        await asyncio.sleep(wait)


async def tend(database: Database, data_dir: Path, now: datetime) -> None:
    """Does it once, as at the moment `now`. Raises what the database does."""
    stays = await database.write(functools.partial(_in_one, data_dir=data_dir, now=now))
    await asyncio.to_thread(blobs.clear, data_dir, stays, now)


def _in_one(tx: Tx, data_dir: Path, now: datetime) -> set[str]:
    today = now.astimezone(COPENHAGEN).date()
    if over := fault.over(tx, today):
        publish(tx, over, today, moved=False)
    audit.thin(tx, now)
    return blobs.settle(tx, data_dir, now)

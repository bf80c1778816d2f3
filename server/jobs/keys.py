"""What nobody is reached by leaves: keys that were rotated away, and push services that were left alone."""

import asyncio
import datetime
import logging

from server.jobs.work import Done, Work
from server.push import vapid
from server.store import push

log = logging.getLogger(__name__)


async def keys(work: Work, now: datetime.datetime) -> Done:
    """Once a day. A phone that subscribes meanwhile does so under the present key, which stays."""
    used = await work.database.read(push.keys)
    for key in await asyncio.to_thread(vapid.retire, work.settings.data_dir, used, now.timestamp()):
        log.warning("push key number %d is deleted: no phone is reached by it", key.number)
    if await work.database.read(push.has_empty):
        await work.database.write(push.forget_empty)
    return None

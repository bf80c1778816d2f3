"""What our own pages post as JSON, and writes that run to their end."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
from litestar.datastructures import State

from server.settings import Settings
from server.store.database import Database
from server.web.asked import whole_body
from server.web.errors import Asked, Refused
from server.web.guard import of_type, same_origin
from sync.sql import Tx

MOST_BYTES: Final = 16 * 1024
NO_STORE: Final = {"cache-control": "no-store"}
T = TypeVar("T", bound=msgspec.Struct)
R = TypeVar("R")


async def posted(request: Asked, state: State, shape: type[T]) -> T:
    """The body, from our own origin. Refused 403, 415, 422, and as whole_body says."""
    settings: Settings = state.settings
    of_type(request, "application/json")
    same_origin(request, settings.origin)
    raw = await whole_body(request, MOST_BYTES)
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise Refused(422, "invalid", "Der er en fejl i det, der blev sendt.") from wrong


async def written(state: State, work: Callable[[Tx], R]) -> R:
    """Runs to its end, also where the one who asked hangs up: what was begun is done or not, and the answer is known next time."""
    database: Database = state.database
    return await asyncio.shield(asyncio.create_task(database.write(work)))

"""Files that ops take in, made ready before the one writer is theirs: it is then held for writing alone, and phones wait half as long."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import msgspec
from litestar.datastructures import State

from server.domain.importing.apply import grounds, made_ready, renamed
from server.domain.importing.prepare import Ready
from server.domain.refusal import Refused
from server.model.imports import ApplyImport
from server.ops import Credential, Ctx
from server.store.database import Database
from server.web.intake import Imports
from sync import inbox
from sync.inbox import LineRefused

VERB = b'"apply_import"'


async def made_before(state: State, lines: Sequence[bytes], sender: Credential) -> Imports:
    """By (blob, source). What can not be made ready, the verb refuses itself, in words."""
    found: dict[tuple[str, str | None], Ready] = {}
    if "staff" not in sender.rights:
        return found
    for line in lines:
        if VERB not in line:
            continue
        with suppress(LineRefused, msgspec.MsgspecError, Refused):
            op = inbox.read(line)
            args = msgspec.json.decode(op.args, type=ApplyImport)
            found[args.blob, args.source] = await _ready(state, args.blob, args.source)
    return found


async def _ready(state: State, blob: str, source: str | None) -> Ready:
    database: Database = state.database
    ctx = Ctx.at(datetime.now(UTC), data_dir=state.settings.data_dir)
    make = partial(made_ready, ctx.data_dir, blob, source, today=ctx.today)
    made = await asyncio.to_thread(make)
    read_as = await database.read(partial(renamed, made=made)) if source is None else {}
    if read_as:
        made = await asyncio.to_thread(make, read_as)
    if known := await database.read(partial(grounds, made=made)):
        made = await asyncio.to_thread(make, made.read_as, grounds=known)
    return made

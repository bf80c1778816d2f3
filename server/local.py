"""What the command line does with the store: ops and imports by whoever stands at this machine, through the same door as all."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from server.domain import imports
from server.formats import geodata, report
from server.model.imports import ApplyImport
from server.model.site import SITE_ID
from server.ops import BatchRefused, Credential, Ctx, run
from server.settings import Settings
from server.store import database
from server.store.database import Busy
from server.store.refusal import StoreRefused
from sync import feed, inbox
from sync.wire import MAX_OPS


class Refused(Exception):
    """Why a command did nothing, and what to do; the line that its person reads."""


def send(settings: Settings, body: bytes) -> list[bytes]:
    """Runs the ops of `body`, one a line, in transactions of at most 100, and returns each reply. Raises Refused."""
    lines = inbox.cut(body)
    replies: list[bytes] = []
    for start in range(0, len(lines), MAX_OPS):
        replies += _write(settings, lines[start : start + MAX_OPS])
    return replies


def _write(settings: Settings, lines: Sequence[bytes]) -> list[bytes]:
    ctx = Ctx.at(datetime.now(UTC), data_dir=settings.data_dir)
    try:
        with database.local(settings.data_dir) as tx:
            return run(tx, lines, Credential("local"), ctx)
    except (StoreRefused, BatchRefused, Busy) as error:
        raise Refused(str(error)) from error


def site(settings: Settings) -> bytes:
    """The body of settings/site as it is stored. Raises Refused where there is no database."""
    try:
        with database.local(settings.data_dir) as tx:
            found = feed.current(tx, "public", "settings", SITE_ID)
    except (StoreRefused, sqlite3.Error) as error:
        raise Refused(str(error)) from error
    if found is None:
        raise Refused(f"{settings.data_dir}: no settings yet")
    return found[1]

"""POST /api/v1/backup: a backup now, as `python -m server backup` makes it, beside the running server."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from litestar import Response, post
from litestar.datastructures import State
from msgspec import Struct

from server import settings as settings_file
from server.backup import BACKUPS, BackupRefused, backup, manifest
from server.login import session
from server.model.health import BackupMade
from server.settings import Settings
from server.store import audit
from server.store.refusal import StoreRefused
from server.web.errors import Asked, Refused
from server.web.guard import ADMIN
from server.web.openapi_answers import problems
from server.web.posted import MOST_BYTES, NO_STORE, posted, written
from server.web.signed_in import must_be_signed_in

AT_WORK: Final = "En sikkerhedskopi er i gang. Vent, til den er færdig."
NOT_MADE: Final = "Der blev ikke lavet nogen sikkerhedskopi, og intet halvt ligger tilbage. Serveren siger: {why}"


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing is told."""


class One:
    """One at a time; the folder's own lock keeps out those that a command or the clock makes."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()


def folder_of(settings: Settings) -> Path:
    """Where backups are made."""
    return settings.backups_to or settings.data_dir / BACKUPS


def told(folder: Path, made: manifest.Manifest) -> BackupMade:
    """What is said of a backup. Its place on the machine is nobody's business here."""
    size = sum(file.bytes for file in made.files)
    return BackupMade(name=folder.name, bytes=size, made_at=made.made_at, why=made.why)


@post(
    "/api/v1/backup",
    opt=ADMIN,
    status_code=201,
    summary="Make a backup now",
    request_max_body_size=MOST_BYTES,
    responses=problems(401, 403, 415, 422, 503),
)
async def make_backup(request: Asked, state: State) -> Response[BackupMade]:
    """For an administrator who logged in a moment ago. Answers when it is made, read back, and whole; the oldest ones go, as settings
    say. 503 where one is being made, or none could be: the words say why."""
    await posted(request, state, Nothing)
    found, _ = await must_be_signed_in(request, state, "admin")
    now = datetime.now(UTC)
    if not session.credential(found, now).fresh:
        raise Refused(403, "login_again", "Log ind igen, før du gør det.")
    one: One = state.backing_up
    if one.lock.locked():
        raise Refused(503, "busy", AT_WORK)
    # To its end, also where the one who asked hangs up.
    return Response(
        await asyncio.shield(asyncio.create_task(_made(state, one, found.person, now))),
        status_code=201,
        headers=NO_STORE,
    )


async def _made(state: State, one: One, who: str, now: datetime) -> BackupMade:
    settings: Settings = state.settings
    async with one.lock:
        try:
            made = await asyncio.to_thread(_make, settings, now)
        except (BackupRefused, StoreRefused) as refused:
            raise Refused(503, "unavailable", NOT_MADE.format(why=refused)) from refused
    await written(state, lambda tx: audit.add(tx, now, who=who, verb="backup", kind="settings", id="site"))
    return made


def _make(settings: Settings, now: datetime) -> BackupMade:
    folder = backup(
        settings.data_dir, settings.backups_to, now, kept=settings.backups_kept, settings=settings_file.where()
    )
    return told(folder, manifest.read(folder))

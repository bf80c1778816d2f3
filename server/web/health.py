"""/live and /ready, for whoever keeps the server running; how the machine is, for whoever looks after the map."""

import asyncio
import shutil
from datetime import UTC, datetime

from litestar import Response, get
from litestar.datastructures import State

from server.backup import manifest
from server.model.health import BackupMade, Health, PushAlarm, Pushes, SourceAge
from server.model.moment import moment
from server.push.findings import Standing, standing
from server.settings import Settings
from server.store import health as stored
from server.store import job, meta
from server.store.database import Database, file_of
from server.store.migrate import known
from server.store.refusal import room
from server.web.backup import folder_of, told
from server.web.errors import Asked
from server.web.guard import PUBLIC, STAFF
from server.web.openapi_answers import problems
from server.web.signed_in import must_be_signed_in

NOT_KEPT = {"cache-control": "no-store"}


@get("/live", opt=PUBLIC, summary="The process answers")
async def live() -> Response[dict[str, str]]:
    """200 as long as the process answers at all."""
    return Response({"status": "live"}, headers=NOT_KEPT)


@get("/ready", opt=PUBLIC, summary="A write can be made", responses=problems(503))
async def ready(state: State) -> Response[dict[str, str]]:
    """200 when the writer can take the database and commit; 503 where it can not: busy for two seconds, or a full disk."""
    database: Database = state.database
    room(state.settings.data_dir)
    await database.write(meta.touch)  # BEGIN and COMMIT alone would also do on a disk that is full
    return Response({"status": "ready"}, headers=NOT_KEPT)


@get("/api/v1/health", opt=STAFF, summary="How the machine is", responses=problems(401, 403))
async def health(request: Asked, state: State) -> Response[Health]:
    """For whoever looks after the map: how old its data and its last backup are, and how much room is left."""
    await must_be_signed_in(request, state, "staff")
    database: Database = state.database
    settings: Settings = state.settings
    now = datetime.now(UTC)
    imported, sources, stands, stuck = await database.read(
        lambda tx: (stored.imported_at(tx), stored.sources(tx), standing(tx, now), job.stuck(tx, now))
    )
    size, free, newest = await asyncio.to_thread(_disk, settings)
    return Response(
        Health(
            schema=known()[-1].name,
            database_bytes=size,
            free_bytes=free,
            backup=newest,
            backup_elsewhere=settings.backups_to is not None,
            imported_at=imported,
            sources=tuple(SourceAge(source=source, things=count) for source, count in sources),
            pushes=_pushes(stands, settings.contact is not None),
            stuck=stuck,
        ),
        headers=NOT_KEPT,
    )


def _pushes(stands: Standing, contact: bool) -> Pushes:
    return Pushes(
        phones=stands.phones,
        due=stands.queue.due,
        oldest=None if stands.queue.oldest is None else moment(stands.queue.oldest),
        contact=contact,
        alarms=tuple(
            PushAlarm(
                service=_host(one.origin), status=one.status, reason=one.reason, phones=one.phones, since=one.since
            )
            for one in stands.alarms
        ),
        closed=tuple(_host(one.origin) for one in stands.closed),
    )


def _host(origin: str) -> str:
    return origin.partition("://")[2]


def _disk(settings: Settings) -> tuple[int, int, BackupMade | None]:
    """Bytes of the database with its log, bytes that are free, and the newest backup."""
    file = file_of(settings.data_dir)
    logs = (file.with_name(f"{file.name}{end}") for end in ("", "-wal"))
    size = sum(one.stat().st_size for one in logs if one.exists())
    made = manifest.complete(folder_of(settings))
    return size, shutil.disk_usage(settings.data_dir).free, told(*made[0]) if made else None

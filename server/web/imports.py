"""/api/v1/imports: a file that was sent is read and tried, and nothing is changed by it; `apply_import` is what takes it in."""

from typing import Final

from litestar import Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath
from msgspec import structs

from server.model import unseen
from server.model.imports import NOTHING_FOUND, Importer, ImportJob, ImportList, ImportSum, ReadImport
from server.ops import AFTER_BUSY_S
from server.store import blobs, imported, person
from server.store.database import Database
from server.store.imported import Imported
from server.web.dry_runs import DryRuns, NotKept, TooMany, tried
from server.web.errors import WORDS, Asked, Refused
from server.web.guard import STAFF
from server.web.openapi_answers import problems
from server.web.posted import NO_STORE, posted
from server.web.signed_in import must_be_signed_in

LATEST: Final = 50
NOT_SENT: Final = "Filen er ikke hos os. Vælg den igen, så bliver den sendt."
MANY: Final = "Der er allerede mange filer, der venter på at blive læst. Prøv igen om lidt."


@post(
    "/api/v1/imports",
    status_code=202,
    opt=STAFF,
    summary="Read a file that was sent, and see what it would change",
    responses=problems(401, 403, 404, 408, 413, 415, 422, 503, 507),
)
async def read_import(request: Asked, state: State) -> Response[ImportJob]:
    """Begins, or tells how far the same one is. Asking again is safe."""
    found, _ = await must_be_signed_in(request, state, "staff")
    asked = await posted(request, state, ReadImport)
    if asked.source is not None and (wrong := unseen.first(asked.source)) is not None:
        raise Refused(422, "invalid", wrong[1])
    if not blobs.path(state.settings.data_dir, asked.blob).is_file():
        raise Refused(404, "not_found", NOT_SENT)
    database: Database = state.database
    runs: DryRuns = state.dry_runs
    stands, who = await database.read(lambda tx: (imported.stands(tx), person.find(tx, found.person)))
    try:
        by = Importer(id=found.person, name=None if who is None else who.name)
        (job,) = await _told(database, [await runs.start(asked, by, stands)])
        if job.imported:
            job = await runs.start(asked, by, stands, anew=True)
    except TooMany:
        raise Refused(503, "busy", MANY, wait_s=AFTER_BUSY_S) from None
    except NotKept:
        raise Refused(507, "full", "Der er ikke plads hos os lige nu. Prøv igen senere.") from None
    return Response(job, status_code=202, headers=NO_STORE)


@get(
    "/api/v1/imports/{id:str}", opt=STAFF, summary="How far it is, and what it found", responses=problems(401, 403, 404)
)
async def look_at_import(request: Asked, state: State, id: FromPath[str]) -> Response[ImportJob]:
    """Also of one that somebody else asked for, for a week."""
    await must_be_signed_in(request, state, "staff")
    database: Database = state.database
    runs: DryRuns = state.dry_runs
    job = await runs.find(id, await database.read(imported.stands)) if len(id) == 64 and id.isalnum() else None
    if job is None:
        raise Refused(404, "not_found", WORDS[404][2])
    (told,) = await _told(database, [job])
    return Response(told, headers=NO_STORE)


@get(
    "/api/v1/imports",
    opt=STAFF,
    summary="Files that came in, and those that are looked at",
    responses=problems(401, 403),
)
async def list_imports(request: Asked, state: State) -> Response[ImportList]:
    """The newest first."""
    await must_be_signed_in(request, state, "staff")
    database: Database = state.database
    runs: DryRuns = state.dry_runs
    came = await database.read(lambda tx: imported.latest(tx, LATEST))
    jobs = [structs.replace(job, found=NOTHING_FOUND) for job in await _told(database, await runs.every())]
    return Response(ImportList(under_way=jobs, imported=[_sum(one) for one in came]), headers=NO_STORE)


async def _told(database: Database, jobs: list[ImportJob]) -> list[ImportJob]:
    """With whether they went in after they were looked at."""
    found = [tried(job) for job in jobs]
    last = await database.read(lambda tx: imported.last(tx, [one[0] for one in found if one is not None]))
    return [
        structs.replace(job, imported=one is not None and last.get(one[0], 0) > one[1])
        for job, one in zip(jobs, found, strict=True)
    ]


def _sum(one: Imported) -> ImportSum:
    return ImportSum(at=one.at, by=Importer(id=one.by, name=one.by_name), name=one.name, source=one.source, **one.told)

"""/live and /ready, for whoever keeps the server running."""

from litestar import Response, get
from litestar.datastructures import State

from server.store import meta
from server.store.database import Database
from server.store.refusal import room
from server.web.guard import PUBLIC
from server.web.openapi_answers import problems

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

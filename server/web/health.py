"""/live and /ready, for whoever keeps the server running."""

from litestar import Response, get
from litestar.datastructures import State

from server.store.database import Database
from server.web.guard import PUBLIC

NOT_KEPT = {"cache-control": "no-store"}


@get("/live", opt=PUBLIC, summary="The process answers")
async def live() -> Response[dict[str, str]]:
    """200 as long as the process answers at all."""
    return Response({"status": "live"}, headers=NOT_KEPT)


@get("/ready", opt=PUBLIC, summary="A write can be made")
async def ready(state: State) -> Response[dict[str, str]]:
    """200 when the writer can take the database and commit; 503 (busy) where it can not within its two seconds."""
    database: Database = state.database
    await database.write(lambda tx: None)
    return Response({"status": "ready"}, headers=NOT_KEPT)

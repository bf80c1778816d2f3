"""GET /api/v1/organise: what whoever holds events reads of their own."""

import datetime

from litestar import Response, get
from litestar.datastructures import State

from server.model.organise import Organise
from server.store import organise as stored
from server.store.database import Database
from server.web.errors import Asked
from server.web.guard import ORGANISE
from server.web.openapi_answers import problems
from server.web.signed_in import must_be_signed_in


@get("/api/v1/organise", opt=ORGANISE, summary="An organiser's own events and numbers", responses=problems(401, 403))
async def organise(request: Asked, state: State) -> Response[Organise]:
    """An organiser's events with what it alone reads of them, how many want to be met at the door, and how many came; for staff the
    numbers of all."""
    found, _ = await must_be_signed_in(request, state, "organise")
    database: Database = state.database
    today = datetime.datetime.now(datetime.UTC).date()
    read = await database.read(lambda tx: stored.read(tx, found.person, found.role, today))
    return Response(read, headers={"cache-control": "no-store"})

"""Who did what, for administrators; and the names of those who work here, for staff."""

from typing import Annotated

from litestar import Response, get
from litestar.datastructures import State
from litestar.params import QueryParameter

from server.model.audit import AuditPage, Names
from server.store import audit
from server.store.database import Database
from server.web.errors import Asked
from server.web.guard import ADMIN, STAFF
from server.web.openapi_answers import problems
from server.web.signed_in import must_be_signed_in

NO_STORE = {"cache-control": "no-store"}


@get("/api/v1/audit", opt=ADMIN, summary="Who did what", responses=problems(401, 403, 422))
async def list_audit(
    request: Asked,
    state: State,
    before: Annotated[
        int | None, QueryParameter(description="The last seq of the page before.", ge=0, lt=2**53)
    ] = None,
    who: Annotated[str | None, QueryParameter(description="By this person's id, or local.", max_length=36)] = None,
    kind: Annotated[str | None, QueryParameter(description="About things of this kind.", max_length=40)] = None,
    id: Annotated[str | None, QueryParameter(description="About this thing.", max_length=100)] = None,
) -> Response[AuditPage]:
    """The newest 100 rows."""
    await must_be_signed_in(request, state, "admin")
    database: Database = state.database
    found = await database.read(lambda tx: audit.page(tx, before=before, who=who, kind=kind, id=id))
    return Response(found, headers=NO_STORE)


@get("/api/v1/names", opt=STAFF, summary="The names of those who work here or did", responses=problems(401, 403))
async def list_names(request: Asked, state: State) -> Response[Names]:
    """By id."""
    await must_be_signed_in(request, state, "staff")
    database: Database = state.database
    return Response(Names(names=await database.read(audit.names)), headers=NO_STORE)

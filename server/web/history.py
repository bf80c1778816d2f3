"""What became of a thing, for staff."""

from litestar import Response, get
from litestar.datastructures import State
from litestar.params import FromPath

from server.domain import steps
from server.model.history import Steps
from server.store import thing
from server.store.database import Database
from server.web.errors import Asked, Refused
from server.web.guard import STAFF
from server.web.openapi_answers import problems
from server.web.signed_in import must_be_signed_in
from sync.sql import Tx


@get(
    "/api/v1/history/{kind:str}/{id:str}",
    opt=STAFF,
    summary="The steps of a place, facility or route",
    responses=problems(401, 403, 404),
)
async def list_steps(request: Asked, state: State, kind: FromPath[str], id: FromPath[str]) -> Response[Steps]:
    """The latest 100, the latest first; of what is withdrawn or dissolved too."""
    await must_be_signed_in(request, state, "staff")

    def read(tx: Tx) -> Steps:
        found = thing.find(tx, kind, id)
        if found is None:
            raise Refused(404, "not_found", "Det findes ikke her.")
        return Steps(steps=tuple(steps.of(tx, found.row)))

    database: Database = state.database
    return Response(await database.read(read), headers={"cache-control": "no-store"})

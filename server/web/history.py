"""What became of a thing, for staff; and of an event, for its own organiser."""

from litestar import Response, get
from litestar.datastructures import State
from litestar.params import FromPath

from server.domain import steps
from server.model.history import Steps
from server.model.person import RIGHTS
from server.store import event, organiser, thing
from server.store.database import Database
from server.web.errors import Asked, Refused
from server.web.guard import ORGANISE
from server.web.openapi_answers import problems
from server.web.signed_in import must_be_signed_in
from sync.sql import Tx


@get(
    "/api/v1/history/{kind:str}/{id:str}",
    opt=ORGANISE,
    summary="The steps of a thing",
    responses=problems(401, 403, 404),
)
async def list_steps(request: Asked, state: State, kind: FromPath[str], id: FromPath[str]) -> Response[Steps]:
    """The latest 100, the latest first; of what is withdrawn or dissolved too. An organiser reads of its own events alone."""
    who, _ = await must_be_signed_in(request, state, "organise")

    def read(tx: Tx) -> Steps:
        may = "staff" in RIGHTS[who.role] or _is_own(tx, who.person, kind, id)
        found = thing.find(tx, kind, id) if may else None
        if found is None:
            raise Refused(404, "not_found", "Det findes ikke her.")
        return Steps(steps=tuple(steps.of(tx, found.row)))

    database: Database = state.database
    return Response(await database.read(read), headers={"cache-control": "no-store"})


def _is_own(tx: Tx, person: str, kind: str, id: str) -> bool:
    """Whether it is an event of the organiser for whom this person makes events."""
    mine = organiser.of_person(tx, person)
    found = event.get(tx, id) if kind == "event" else None
    return mine is not None and found is not None and found.organiser_id == mine

"""GET /api/v1/reach: whom a notice would go to, before it is written. GET /api/v1/notices/{id}: how far one is, without the feed."""

import datetime
from typing import Annotated

from litestar import Response, get
from litestar.datastructures import State
from litestar.params import FromPath, QueryParameter

from server.domain import notice as domain
from server.model.moment import COPENHAGEN, moment
from server.model.notice import NoticeKind, NoticeTo, Progress, Reach
from server.store import notice
from server.store.database import Database
from server.web.errors import Asked, Refused
from server.web.guard import STAFF
from server.web.openapi_answers import problems
from server.web.signed_in import must_be_signed_in
from sync.sql import Tx

NOT_KEPT = {"cache-control": "no-store"}
MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"


@get("/api/v1/reach", opt=STAFF, summary="How many a notice would go to", responses=problems(401, 403, 422))
async def reach(
    request: Asked,
    state: State,
    kind: Annotated[NoticeKind, QueryParameter(description="What is followed.")] = "all",
    id: Annotated[str | None, QueryParameter(description="Its id; none for all.", max_length=80)] = None,
    at: Annotated[str | None, QueryParameter(description="When it is to go out, UTC.", pattern=MOMENT)] = None,
) -> Response[Reach]:
    """Numbers alone: who follows what is told to nobody."""
    await must_be_signed_in(request, state, "staff")
    now = datetime.datetime.now(datetime.UTC)
    to = NoticeTo(kind=kind, id=None if kind == "all" else id)

    def read(tx: Tx) -> Reach:
        devices = notice.followers(tx, to, now.astimezone(COPENHAGEN).date())
        return Reach(
            devices=len(devices),
            reached_by_push=notice.reached(tx, devices),
            last_at=notice.last(tx, to, now),
            next_at=notice.coming(tx, to),
            goes_at=moment(domain.goes_at(tx, _wanted(at, now))),
        )

    database: Database = state.database
    return Response(await database.read(read), headers=NOT_KEPT)


@get("/api/v1/notices/{id:str}", opt=STAFF, summary="How far a notice is", responses=problems(401, 403, 404))
async def progress(request: Asked, state: State, id: FromPath[str]) -> Response[Progress]:
    """While it goes out, and what became of it afterwards."""
    await must_be_signed_in(request, state, "staff")

    def read(tx: Tx) -> Progress:
        found = notice.find(tx, id)
        if found is None:
            raise Refused(404, "not_found", "Den besked er her ikke.")
        return notice.progress(tx, found)

    database: Database = state.database
    return Response(await database.read(read), headers=NOT_KEPT)


def _wanted(at: str | None, now: datetime.datetime) -> datetime.datetime:
    """From now on, and no later than one may be set to; now for a day that there is not, as 31 February."""
    try:
        wanted = now if at is None else datetime.datetime.fromisoformat(at)
    except ValueError:
        return now
    return min(max(now, wanted), now + datetime.timedelta(days=domain.AHEAD_DAYS))

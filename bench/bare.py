"""The peer of the page and the ops: the same framework on the same server with nothing behind it. Imported in granian's worker."""

from litestar import Litestar, get, post
from litestar.params import JSONBody
from msgspec import Struct

from server.model.fault import ReportFault
from sync.wire import Moment, Subject, Uuid


class Op(Struct, frozen=True, forbid_unknown_fields=True):
    """An op as sync.wire has it, with the args of its verb, so that the framework validates all of the line itself."""

    id: Uuid
    verb: str
    at: Moment
    subject: Subject
    base: str | None
    args: ReportFault


@get("/hello")
async def hello() -> dict[str, str]:
    return {"hello": "world"}


@post("/op", status_code=200)
async def take(data: JSONBody[Op]) -> dict[str, str]:
    return {"id": data.id}


def served() -> Litestar:
    """What granian starts."""
    return Litestar([hello, take], openapi_config=None, logging_config=None)

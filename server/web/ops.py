"""POST /api/v1/ops: lines in, one reply a line out (docs/wire.md, Ops)."""

import asyncio
from typing import Annotated

from litestar import Response, post
from litestar.datastructures import State
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter

from server.ops import BatchRefused, Credential, is_anonymous
from server.settings import Settings
from server.web.asked import whole_body
from server.web.errors import Asked, Refused
from server.web.guard import address, of_type, same_origin
from server.web.intake import Intake, Taken
from server.web.made_before import made_before
from server.web.openapi_answers import LinesOperation, problems
from server.web.shares import sender_of
from server.web.signed_in import credential_of
from sync import inbox
from sync.wire import MAX_BYTES, MAX_OPS, Results, join_results

TYPE = "application/x-ndjson"
NOTHING_RAN = {
    "mixed_credentials": (422, "mixed_credentials", "Send det, der kræver hver sin adgang, hver for sig."),
    "bad_credential": (401, "bad_credential", "Telefonen skal sige, hvem den er."),
    "login_needed": (401, "login_needed", "Du skal logge ind for at gøre det."),
    "resync": (410, "resync", "Serveren er begyndt forfra fra en kopi. Send det, den kan have mistet, først."),
}


@post(
    "/api/v1/ops",
    status_code=200,
    opt={"right": "each verb's own", "credential": "each verb's own"},
    summary="Ops, one a line",
    request_max_body_size=MAX_BYTES,
    responses={
        200: ResponseSpec(Results, generate_examples=False, description="One result a line, in the same order."),
        **problems(401, 403, 408, 410, 413, 415, 422),
    },
    operation_class=LinesOperation,
)
async def take_ops(
    request: Asked,
    state: State,
    epoch: Annotated[
        str | None,
        QueryParameter(description="The epoch that took what the phone has sent before; of another one: 410."),
    ] = None,
) -> Response[bytes]:
    """Each line runs by itself; a 4xx only where nothing of the whole ran."""
    settings: Settings = state.settings
    intake: Intake = state.intake
    of_type(request, TYPE)
    same_origin(request, settings.origin)
    lines = inbox.cut(await whole_body(request, MAX_BYTES))
    if len(lines) > MAX_OPS:
        raise Refused(422, "too_many", f"Højst {MAX_OPS} ad gangen.", limit=MAX_OPS)
    who = address(request, settings.trusted_proxies)
    sender = await credential_of(request, state)
    if sender.kind == "device" and any(map(is_anonymous, lines)):  # it is asked who sends where that is asked alone
        sender = Credential("none")
    imports = await made_before(state, lines, sender)

    sent_by = await sender_of(state, sender, who)

    async def within_the_share() -> Taken:
        share, taken = sent_by.take(len(lines)), Taken("", [])
        try:
            taken = await intake.take(lines, sender, epoch, share, imports)
        finally:
            sent_by.settle(share, taken)
        return taken

    try:
        taken = await asyncio.shield(asyncio.create_task(within_the_share()))  # who hangs up has used its share too
    except BatchRefused as refused:
        raise Refused(*NOTHING_RAN[refused.code]) from refused
    if sender.kind == "session":
        for wake in state.wakes:  # somebody may have to be told, or something to be sent
            wake()
    body = join_results(taken.epoch, taken.replies)
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})

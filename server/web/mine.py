"""GET /api/v1/mine: what the server holds of one phone, for that phone alone."""

import asyncio
from datetime import UTC, date, datetime

from litestar import Response, get
from litestar.datastructures import State

from server.model.device import Mine
from server.model.moment import COPENHAGEN
from server.store import device, follow, met
from server.store.database import Database
from server.web.device import sha256_of
from server.web.errors import Asked, Refused
from server.web.openapi_answers import problems
from sync.sql import Tx

DEVICE = {"right": "public", "credential": "device"}


@get("/api/v1/mine", opt=DEVICE, summary="What is held of this phone", responses=problems(401))
async def mine(request: Asked, state: State) -> Response[Mine]:
    """By the phone's own secret, in its header. 401 `unknown_device` where nothing is held of it: never was, or no more."""
    database: Database = state.database
    sha256 = sha256_of(request)
    if sha256 is None:
        raise Refused(401, "bad_credential", "Telefonen skal sige, hvem den er.")
    today = datetime.now(UTC).astimezone(COPENHAGEN).date()
    key: str = await asyncio.to_thread(state.vapid_key)
    row, found, due = await database.read(lambda tx: _mine(tx, sha256, key, today))
    if found is None:
        raise Refused(401, "unknown_device", "Vi har ikke noget om den her telefon.")
    if due:
        await database.write(lambda tx: device.see(tx, row, today))
    return Response(found, headers={"cache-control": "no-store"})


def _mine(tx: Tx, sha256: bytes, key: str, today: date) -> tuple[int, Mine | None, bool]:
    row = device.find(tx, sha256)
    if row is None:
        return 0, None, False
    push_key = device.key_of(tx, row)
    found = Mine(
        follows=follow.of_device(tx, row),
        skips=follow.skips(tx, row),
        met=met.of_device(tx, row),
        answers=(),
        vapid_key=key,
        push=push_key is not None,
        push_key=push_key,
    )
    return row, found, device.is_due(tx, row, today)

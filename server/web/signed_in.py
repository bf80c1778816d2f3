"""Who a request is from: the session in its cookie. Handlers ask here; what it may do is decided by its role."""

from datetime import UTC, datetime
from typing import Final

from litestar.datastructures import Cookie, State

from server.login import session
from server.model.person import RIGHTS, SESSION_S, Right
from server.ops import Credential
from server.store import login
from server.store.database import Database
from server.store.login import Login
from server.web.device import sha256_of
from server.web.errors import Asked, Refused

COOKIE: Final = "__Host-moedesteder"


async def signed_in(request: Asked, state: State) -> tuple[Login, str] | None:
    """The session of a request and its secret; None where there is none that holds."""
    database: Database = state.database
    secret, now = request.cookies.get(COOKIE, ""), datetime.now(UTC)
    found = await database.read(lambda tx: session.find(tx, secret, now)) if secret else None
    if found is None:
        return None
    if session.is_due(found, now):
        await database.write(lambda tx: login.see(tx, session.hash_of(secret), now))
    return found, secret


async def must_be_signed_in(request: Asked, state: State, right: Right = "signed_in") -> tuple[Login, str]:
    """The same. Refused 401 without one, 403 without the right."""
    both = await signed_in(request, state)
    if both is None:
        raise Refused(401, "login_needed", "Du skal logge ind for at gøre det.")
    if right not in RIGHTS[both[0].role]:
        raise Refused(403, "forbidden", "Det må du ikke herfra.")
    return both


async def credential_of(request: Asked, state: State) -> Credential:
    """Who sends ops: a phone by its own header, else somebody by their session."""
    if (device := sha256_of(request)) is not None:
        return Credential("device", device=device)
    both = await signed_in(request, state)
    return Credential("none") if both is None else session.credential(both[0], datetime.now(UTC))


def cookie(secret: str) -> Cookie:
    """A session's. The page that another site sends somebody to is not given it (Strict); what that page asks for is."""
    return Cookie(COOKIE, value=secret, path="/", max_age=SESSION_S, secure=True, httponly=True, samesite="strict")


def no_cookie() -> Cookie:
    """Takes it away."""
    return Cookie(COOKIE, value="", path="/", max_age=0, secure=True, httponly=True, samesite="strict")

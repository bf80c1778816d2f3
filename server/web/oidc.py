"""The municipality's own login: away by a POST of ours, back by the browser from there. What is out lies here, found by a cookie."""

import logging
import secrets
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from pathlib import Path
from typing import Annotated, Final, Literal

from litestar import Response, get, post
from litestar.datastructures import Cookie, State
from litestar.response import Redirect
from msgspec import Meta, Struct

from server.login import municipal
from server.login.municipal import NotLetIn
from server.login.out import Out
from server.login.provider import Asked as Question
from server.login.provider import Client, NotBelieved, NotReached, Provider
from server.model.person import DeviceName
from server.settings import Oidc, Settings
from server.store.refusal import StoreRefused
from server.web.errors import Asked, Refused
from server.web.guard import PUBLIC, address
from server.web.head import was_asked
from server.web.openapi_answers import problems
from server.web.posted import MOST_BYTES, NO_STORE, posted, written
from server.web.signed_in import COOKIE, cookie
from server.web.tries import WRONG_LOGINS, Tries

BEGUN: Final = "__Host-moedesteder-login"
"""The one cookie that comes along from another site (Lax): it says which login this browser has begun, and opens nothing else."""
HOLDS_S: Final = 600
BACK: Final = "/login/oidc"
LONGEST: Final = 4096
"""Characters of what the issuer sends back."""
SECRET: Final = Path("keys") / "oidc_secret"
Why = Literal["no_role", "ended", "cancelled", "too_old", "unreached", "wrong_login", "too_many_tries"]
log = logging.getLogger(__name__)


class Own(Struct, frozen=True):
    """The municipality's own login: what its button says, and whom to ask where it gives no role."""

    button: str
    ask: str


class Ways(Struct, frozen=True):
    """How one can log in, besides by a passkey."""

    oidc: Own | None


class Away(Struct, frozen=True, forbid_unknown_fields=True):
    """`device`: what the person calls what they hold. `again`: they are to prove anew who they are. `to`: where they were."""

    device: DeviceName
    again: bool = False
    to: Annotated[str, Meta(pattern=r"^/desk(/[A-Za-z0-9_-]+)*$(?!\n)", max_length=200)] = "/desk"


class There(Struct, frozen=True):
    """Where the browser goes."""

    url: str


@dataclass(frozen=True, slots=True)
class Login:
    """A login that is out. `before`: the secret of the session that the browser had."""

    question: Question
    device: str
    to: str
    before: str | None


def provider_of(settings: Settings) -> Provider | None:
    """The login that is set. Raises StoreRefused, with the line to print, where its secret is not to be had."""
    if settings.oidc is None:
        return None
    own, file = settings.oidc, settings.data_dir / SECRET
    try:
        mode, secret = file.stat().st_mode, file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        raise StoreRefused(
            f"{file}: the client's secret of the login at {own.issuer} can not be read ({wrong})."
        ) from wrong
    if stat.S_IMODE(mode) & 0o077 or not secret:
        raise StoreRefused(f"{file}: must hold the secret, and nobody else may read it: chmod 600 {file}")
    return Provider(Client(own.issuer, own.client_id, secret, f"{settings.origin}{BACK}", own.scope, own.groups))


@get("/api/v1/login", opt=PUBLIC, summary="How one can log in")
async def ways_in(state: State) -> Response[Ways]:
    """The municipality's own login, where it is set; a passkey everybody may use."""
    settings: Settings = state.settings
    own = settings.oidc
    return Response(Ways(None if own is None else Own(own.button, own.ask)), headers=NO_STORE)


@post(
    "/api/v1/login/oidc",
    opt=PUBLIC,
    status_code=200,
    summary="Begin to log in by the municipality's own login",
    request_max_body_size=MOST_BYTES,
    responses=problems(403, 404, 415, 422, 503),
)
async def go_there(request: Asked, state: State) -> Response[There]:
    """Where to go, and a cookie to come back with."""
    given = await posted(request, state, Away)
    provider, _ = _set(state)
    proof, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    question = Question(proof, nonce, verifier, given.again)
    try:
        url = await provider.address(question)
    except (NotReached, NotBelieved) as wrong:
        log.warning("login by the municipality: %s", wrong)
        raise Refused(503, "unreached", "Kommunens login svarer ikke lige nu. Prøv igen om lidt.") from wrong
    out: Out[Login] = state.logins
    name = out.put(Login(question, given.device, given.to, request.cookies.get(COOKIE)), _where(request, state))
    return Response(There(url), headers=NO_STORE, cookies=[_begun(name, HOLDS_S)])


@get(BACK, opt=PUBLIC, include_in_schema=False)
async def come_back(request: Asked, state: State) -> Redirect:
    """The browser comes back from there: a session, or the login page with a word on why there is none. A look (HEAD) uses nothing up."""
    provider, own = _set(state)
    out: Out[Login] = state.logins
    begun = None if was_asked(request.scope) else out.take(request.cookies.get(BEGUN, ""))
    if begun is None or not compare_digest(_one(request, "state").encode(), begun.question.state.encode()):
        return _not_in("too_old")
    tries: Tries = state.tries
    who = f"login {_where(request, state)}"
    try:
        tries.allow(who, WRONG_LOGINS)
    except Refused:
        return _not_in("too_many_tries")
    if error := _one(request, "error"):
        return _not_in("cancelled" if error in ("access_denied", "login_required") else "wrong_login")
    try:
        told = await provider.told(begun.question, _one(request, "code"), _one(request, "iss") or None)
    except NotReached as wrong:
        log.warning("login by the municipality: %s", wrong)
        return _not_in("unreached")
    except NotBelieved as wrong:
        log.warning("login by the municipality: %s", wrong)
        tries.wrong(who, WRONG_LOGINS)
        return _not_in("wrong_login")
    now = datetime.now(UTC)
    done = await written(
        state, lambda tx: municipal.let_in(tx, own.issuer, told, own.roles, begun.device, now, begun.before)
    )
    if isinstance(done, NotLetIn):
        return _not_in(done.code)
    return Redirect(begun.to, status_code=303, headers=NO_STORE, cookies=[cookie(done), _begun("", 0)])


def _set(state: State) -> tuple[Provider, Oidc]:
    settings: Settings = state.settings
    provider: Provider | None = state.provider
    if provider is None or settings.oidc is None:
        raise Refused(404, "not_found", "Kommunens eget login er ikke sat op her. Brug en adgangsnøgle.")
    return provider, settings.oidc


def _not_in(why: Why) -> Redirect:
    """The login page, which has words for each; behind # no log has it."""
    return Redirect(f"/login#{why}", status_code=303, headers=NO_STORE, cookies=[_begun("", 0)])


def _one(request: Asked, name: str) -> str:
    """A parameter that is there once and is no book; else ""."""
    told: list[str] = request.query_params.getall(name, [])
    return told[0] if len(told) == 1 and len(told[0]) <= LONGEST else ""


def _where(request: Asked, state: State) -> str:
    settings: Settings = state.settings
    return address(request, settings.trusted_proxies)


def _begun(name: str, max_age: int) -> Cookie:
    return Cookie(BEGUN, value=name, path="/", max_age=max_age, secure=True, httponly=True, samesite="lax")

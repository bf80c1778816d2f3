"""Logging in and out: passkeys in two steps, each a POST; an invitation is used by a tap, never by a GET."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, TypeVar

from litestar import Response, get, post
from litestar.datastructures import State
from msgspec import Meta, Struct

from server.login import flow, passkeys, session
from server.login.challenges import Challenges
from server.login.flow import LoginRefused
from server.login.passkeys import Party
from server.model.moment import moment
from server.model.person import DeviceName, Me, Person, Role
from server.settings import Settings
from server.store import login, person
from server.store.database import Database
from server.web.errors import Asked, Refused
from server.web.guard import ADMIN, PUBLIC, SIGNED_IN, address, origin_of
from server.web.openapi_answers import problems
from server.web.posted import MOST_BYTES, NO_STORE, posted, written
from server.web.signed_in import COOKIE, cookie, must_be_signed_in, no_cookie
from server.web.tries import WRONG_LOGINS, WRONG_MOST, Tries
from sync.sql import Tx

WORDS: Final[dict[flow.Code, tuple[int, str]]] = {
    "too_old": (401, "Det tog for lang tid. Prøv igen."),
    "wrong_passkey": (401, "Den adgangsnøgle passer ikke her. Prøv igen, eller bed om en ny invitation."),
    "invitation_unknown": (404, "Den invitation kender vi ikke. Se efter, om hele adressen er med."),
    "invitation_used": (410, "Invitationen er brugt. Log ind med din adgangsnøgle, eller bed om en ny."),
    "invitation_old": (410, "Invitationen er for gammel. Du har ikke gjort noget forkert. Bed om en ny."),
    "too_many": (422, "Du har ti adgangsnøgler. Fjern en, du ikke bruger."),
    "login_again": (403, "Log ind igen, før du gør det."),
}
"""What each refusal is over HTTP."""
R = TypeVar("R")


class Empty(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing is told."""


class WithCode(Struct, frozen=True, forbid_unknown_fields=True):
    """An invitation's code: 32 random bytes, base64url."""

    code: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$(?!\n)")]


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """`credential`: what the browser's WebAuthn gave (toJSON). `device`: what the person calls what they hold."""

    asking: Annotated[str, Meta(max_length=64)]
    credential: dict[str, Any]
    device: DeviceName


class AnswerWithCode(Struct, frozen=True, forbid_unknown_fields=True):
    """The same for an invitation."""

    asking: Annotated[str, Meta(max_length=64)]
    credential: dict[str, Any]
    device: DeviceName
    code: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$(?!\n)")]


class Options(Struct, frozen=True):
    """What the browser's WebAuthn is given, and what to answer by."""

    asking: str
    options: dict[str, Any]


class Invited(Struct, frozen=True):
    """The same, with whom the invitation is for."""

    asking: str
    options: dict[str, Any]
    name: str
    role: Role


@post(
    "/api/v1/login/begin",
    opt=PUBLIC,
    status_code=200,
    summary="Begin to log in",
    request_max_body_size=MOST_BYTES,
    responses=problems(403, 415, 422),
)
async def begin_login(request: Asked, state: State) -> Response[Options]:
    """The challenge. Says nothing of who is known here."""
    await posted(request, state, Empty)
    challenges: Challenges = state.challenges
    asking, value = challenges.make("login", by=_address(request, state))
    return Response(Options(asking, passkeys.to_use(_party(request, state), value)), headers=NO_STORE)


@post(
    "/api/v1/login",
    opt=PUBLIC,
    status_code=200,
    summary="Log in",
    request_max_body_size=MOST_BYTES,
    responses=problems(401, 403, 415, 422, 429),
)
async def log_in(request: Asked, state: State) -> Response[Me]:
    """The answer to the challenge: a session, in a cookie. One answer for every wrong one."""
    given = await posted(request, state, Answer)
    party, value = _party(request, state), _challenge(state, "login", given.asking)
    done = await _trying(
        request,
        state,
        lambda tx: flow.log_in(tx, party, value, given.credential, given.device, _now(), request.cookies.get(COOKIE)),
        _write,
        key=flow.credential_of(given.credential).hex(),
    )
    return _in(*done)


@post(
    "/api/v1/invitation/begin",
    opt=PUBLIC,
    status_code=200,
    summary="Look at an invitation",
    request_max_body_size=MOST_BYTES,
    responses=problems(403, 404, 410, 415, 422, 429),
)
async def begin_invitation(request: Asked, state: State) -> Response[Invited]:
    """Whom it is for, and the challenge. Uses nothing up."""
    given = await posted(request, state, WithCode)
    challenges: Challenges = state.challenges
    worker = await _trying(request, state, lambda tx: flow.invited(tx, given.code, _now()), _read)
    asking, value = challenges.make("invitation", session.hash_of(given.code).hex(), by=_address(request, state))
    options = passkeys.to_make(_party(request, state), value, worker.id, worker.name, [])
    return Response(Invited(asking, options, worker.name, worker.role), headers=NO_STORE)


@post(
    "/api/v1/invitation",
    opt=PUBLIC,
    status_code=201,
    summary="Use an invitation",
    request_max_body_size=MOST_BYTES,
    responses=problems(401, 403, 404, 410, 415, 422, 429),
)
async def use_invitation(request: Asked, state: State) -> Response[Me]:
    """The passkey that was made: the invitation is used up, and a session begins."""
    given = await posted(request, state, AnswerWithCode)
    party = _party(request, state)
    value = _challenge(state, "invitation", given.asking, session.hash_of(given.code).hex())
    done = await _trying(
        request,
        state,
        lambda tx: flow.use_invitation(
            tx, party, value, given.credential, given.code, given.device, _now(), request.cookies.get(COOKIE)
        ),
        _write,
    )
    return _in(*done, status=201)


@post(
    "/api/v1/invitation/again",
    opt=PUBLIC,
    status_code=204,
    summary="Ask for another invitation",
    request_max_body_size=MOST_BYTES,
    responses=problems(403, 404, 415, 422, 429),
)
async def ask_again(request: Asked, state: State) -> None:
    """One that was held too long: administrators see that somebody asks."""
    given = await posted(request, state, WithCode)
    await _trying(request, state, lambda tx: flow.ask_again(tx, given.code, _now()), _write)


@post(
    "/api/v1/passkey/begin",
    opt=SIGNED_IN,
    status_code=200,
    summary="Begin another passkey",
    request_max_body_size=MOST_BYTES,
    responses=problems(401, 403, 415, 422),
)
async def begin_passkey(request: Asked, state: State) -> Response[Options]:
    """For whoever logged in a moment ago."""
    await posted(request, state, Empty)
    found, _ = await must_be_signed_in(request, state)
    challenges: Challenges = state.challenges
    worker, known = await _read(
        state, lambda tx: (flow.may_add(tx, found, _now()), login.credentials(tx, found.person))
    )
    asking, value = challenges.make("passkey", found.id, by=_address(request, state))
    options = passkeys.to_make(_party(request, state), value, worker.id, worker.name, known)
    return Response(Options(asking, options), headers=NO_STORE)


@post(
    "/api/v1/passkey",
    opt=SIGNED_IN,
    status_code=204,
    summary="Keep another passkey",
    request_max_body_size=MOST_BYTES,
    responses=problems(401, 403, 415, 422),
)
async def add_passkey(request: Asked, state: State) -> None:
    """The passkey that was made."""
    given = await posted(request, state, Answer)
    found, _ = await must_be_signed_in(request, state)
    party, value = _party(request, state), _challenge(state, "passkey", given.asking, found.id)
    await _write(
        state, lambda tx: flow.add_passkey(tx, found.person, party, value, given.credential, given.device, _now())
    )


@post(
    "/api/v1/logout",
    opt=PUBLIC,
    status_code=204,
    summary="Log out",
    request_max_body_size=MOST_BYTES,
    responses=problems(403, 415, 422),
)
async def log_out(request: Asked, state: State) -> Response[None]:
    """Ends the session, if there is one."""
    await posted(request, state, Empty)
    if secret := request.cookies.get(COOKIE):
        await _write(state, lambda tx: flow.log_out(tx, secret, _now()))
    return Response(None, status_code=204, headers=NO_STORE, cookies=[no_cookie()])


@get("/api/v1/me", opt=SIGNED_IN, summary="Who is logged in here", responses=problems(401))
async def who_am_i(request: Asked, state: State) -> Response[Me]:
    """With passkeys and sessions."""
    found, secret = await must_be_signed_in(request, state)
    database: Database = state.database
    return Response(await database.read(lambda tx: session.me(tx, found, secret, _now())), headers=NO_STORE)


@get("/api/v1/people", opt=ADMIN, summary="Who works here", responses=problems(401, 403))
async def list_people(request: Asked, state: State) -> Response[list[Person]]:
    """All, those who work here first."""
    await must_be_signed_in(request, state, "admin")
    database: Database = state.database
    settings: Settings = state.settings
    return Response(await database.read(lambda tx: person.every(tx, moment(_now()), settings.issuer)), headers=NO_STORE)


def _now() -> datetime:
    return datetime.now(UTC)


def _party(request: Asked, state: State) -> Party:
    settings: Settings = state.settings
    return Party(origin_of(request, settings.origin), settings.name)


def _address(request: Asked, state: State) -> str:
    settings: Settings = state.settings
    return address(request, settings.trusted_proxies)


def _challenge(
    state: State, purpose: Literal["login", "invitation", "passkey"], asking: str, about: str = ""
) -> bytes | None:
    challenges: Challenges = state.challenges
    return challenges.take(asking, purpose, about)


async def _write(state: State, work: Callable[[Tx], R]) -> R:
    return await _answered(written(state, work))


async def _read(state: State, work: Callable[[Tx], R]) -> R:
    database: Database = state.database
    return await _answered(database.read(work))


async def _answered(asked: Awaitable[R]) -> R:
    """What comes of it; a LoginRefused as it is over HTTP."""
    try:
        return await asked
    except LoginRefused as refused:
        status, words = WORDS[refused.code]
        raise Refused(status, refused.code, words) from refused


async def _trying(
    request: Asked,
    state: State,
    work: Callable[[Tx], R],
    run: Callable[[State, Callable[[Tx], R]], Awaitable[R]],
    key: str | None = None,
) -> R:
    """Runs, by `_read` or `_write`, what can be guessed: an address that was wrong too often waits, about a login by `key` (what the
    passkey is called) longer than about a code; so does a passkey, from wherever it is tried."""
    tries: Tries = state.tries
    where = _address(request, state)
    counted = (
        {f"code {where}": WRONG_MOST} if key is None else {f"login {where}": WRONG_LOGINS, f"passkey {key}": WRONG_MOST}
    )
    for who, most in counted.items():
        tries.allow(who, most)
    try:
        return await run(state, work)
    except Refused as refused:
        if refused.code in ("wrong_passkey", "invitation_unknown"):
            for who, most in counted.items():
                tries.wrong(who, most)
        raise


def _in(secret: str, me: Me, status: int = 200) -> Response[Me]:
    return Response(me, status_code=status, headers=NO_STORE, cookies=[cookie(secret)])

"""Before a map is opened: the app's addresses say that it comes, but to who has the trial's link or is logged in.

The list itself is no secret (docs/decisions/0010-a-closed-map-is-no-secret.md), so only what people go to stands behind this; what
the app, its service worker and programs fetch does not."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import MediaType, Response, get, post
from litestar.datastructures import Cookie, State
from litestar.response import Redirect
from msgspec import Meta, Struct

from server.login import session
from server.model.site import SITE_ID, Site
from server.model.values import Text
from server.store import launch
from server.store.database import Database, Tx
from server.web import signed_in, words
from server.web.errors import Asked, Refused
from server.web.guard import PUBLIC
from server.web.openapi_answers import problems
from server.web.plainpages import PlainPages
from server.web.posted import MOST_BYTES, posted
from sync import feed

COOKIE: Final = "__Host-moedesteder-proeve"
COOKIE_S: Final = 90 * 24 * 3600
"""How long a browser keeps the link; it opens nothing more once the trial has ended."""
UNSEEN: Final = {"x-robots-tag": "noindex"}
HEADERS: Final = {"cache-control": "no-store", "vary": "accept-language, cookie", **UNSEEN}


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands behind the # of a trial's link: 32 random bytes, base64url."""

    code: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$(?!\n)")]


def site_of(tx: Tx) -> Site:
    """settings/site as phones read it."""
    found = feed.current(tx, "public", "settings", SITE_ID)
    return msgspec.json.decode(found[1], type=Site) if found else Site(name=Text(da="Mødesteder"), code="000")


def is_open(tx: Tx) -> bool:
    """Whether everybody may open the map."""
    found = feed.current(tx, "public", "settings", SITE_ID)
    told = None if found is None else msgspec.json.decode(found[1], type=_Launched).launch
    return told is None or told.state == "open"


class _State(Struct):
    state: str


class _Launched(Struct):
    launch: _State | None = None


async def gate(request: Asked) -> Response[str] | None:
    """Litestar's before_request of the app's pages: the page that says "soon" in their place, until the map is open. 200: nothing is
    wrong, and whoever watches the server is not to be woken."""
    if request.headers.get("sec-fetch-mode", "navigate") != "navigate":
        return None  # the service worker, which keeps the app for who may see it, and asks without cookies
    state = request.app.state
    database: Database = state.database
    trial = request.cookies.get(COOKIE, "")
    secret = request.cookies.get(signed_in.COOKIE, "")

    def shut(tx: Tx) -> Site | None:
        if is_open(tx) or (trial and launch.is_trial(tx, session.hash_of(trial))):
            return None
        if secret and session.find(tx, secret, datetime.now(UTC)) is not None:
            return None
        return site_of(tx)

    site = await database.read(shut)
    if site is None:
        return None
    pages: PlainPages = state.plain
    return Response(pages.soon(site, _language(request)), media_type=MediaType.HTML, headers=HEADERS)


def unseen(database: Database) -> dict[str, str]:
    """What an answer says to search engines while the map is not open; nothing where that can not be told at once."""
    return {} if database.glance(is_open) in (True, None) else UNSEEN


def _language(request: Asked) -> str:
    return words.language(request.query_params.get("sprog", ""), request.headers.get("accept-language", ""))


@get("/proeve", opt=PUBLIC, include_in_schema=False)
async def trial_page(request: Asked, state: State) -> Response[str] | Redirect:
    """Where a trial's link leads; where the map is open, the app itself. Uses nothing up."""
    database: Database = state.database
    pages: PlainPages = state.plain
    site = await database.read(site_of)
    if site.is_open:
        return Redirect("/", status_code=303)
    return Response(pages.trial(site, _language(request)), media_type=MediaType.HTML, headers=HEADERS)


@post(
    "/api/v1/trial",
    opt=PUBLIC,
    status_code=204,
    summary="Open a trial in this browser",
    request_max_body_size=MOST_BYTES,
    responses=problems(403, 404, 415, 422),
)
async def open_here(request: Asked, state: State) -> Response[None]:
    """The code of the link, by a tap: a cookie that opens the app's pages, as often as it is wanted, until the trial ends. 404 where
    the trial has ended, or never was. A map that is open asks for none."""
    database: Database = state.database
    given = await posted(request, state, Code)
    sha256 = session.hash_of(given.code)
    opened, fits = await database.read(lambda tx: (is_open(tx), launch.is_trial(tx, sha256)))
    if not opened and not fits:
        raise Refused(404, "not_found", "Linket virker ikke. Prøven kan være slut. Bed om et nyt link.")
    # Lax: who follows a link to a place out of a mail has it with them.
    kept: list[Any] = [
        Cookie(key=COOKIE, value=given.code, path="/", max_age=COOKIE_S, secure=True, httponly=True, samesite="lax")
    ]
    return Response(None, status_code=204, headers={"cache-control": "no-store"}, cookies=[] if opened else kept)


@get("/robots.txt", opt=PUBLIC, include_in_schema=False)
async def robots(state: State) -> Response[str]:
    """Search engines are to wait until the map is open."""
    database: Database = state.database
    opened = await database.read(is_open)
    body = f"User-agent: *\nDisallow:{'' if opened else ' /'}\n"
    return Response(body, media_type=MediaType.TEXT, headers={"cache-control": "no-cache"})

"""Addresses that people read: the app's own, and the plain page of each place and route."""

import datetime

import msgspec
from litestar import MediaType, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from server.feeds.files import FILES
from server.model.moment import COPENHAGEN
from server.model.place import Dissolved, Place
from server.model.route import Route
from server.store import place, slugs
from server.store.database import Database, Tx
from server.web import colours, words
from server.web.errors import Asked
from server.web.guard import PUBLIC
from server.web.launch import gate, site_of, unseen
from server.web.plainpages import HEAD, PlainPages
from sync import feed

# Always asked for anew: an old page must not hold on to an old app.
HEADERS = {"cache-control": "no-cache"}


def html(body: str, status: int = 200) -> Response[str]:
    """A page, always asked for anew."""
    return Response(body, status_code=status, media_type=MediaType.HTML, headers=HEADERS)


def place_of(tx: Tx, id: str) -> Place | Dissolved | None:
    """A place as readers know it, one that is no more too."""
    found = feed.current(tx, "public", "place", id)
    if found is None:
        return None
    if msgspec.json.decode(found[1], type=_State).state == "dissolved":
        return msgspec.json.decode(found[1], type=Dissolved)
    return msgspec.json.decode(found[1], type=Place)


class _State(msgspec.Struct):
    state: str


def _today() -> datetime.date:
    return datetime.datetime.now(COPENHAGEN).date()


@get(
    [
        "/kort",
        "/gemt",
        "/meldt",
        "/hjaelp",
        "/om",
        "/ting/{rest:path}",
        "/steder/{slug:str}/fejl",
        "/ruter/{slug:str}/fejl",
    ],
    opt=PUBLIC,
    before_request=gate,
    include_in_schema=False,
)
async def app_page(state: State) -> Response[str]:
    """The app: what stands on these addresses is drawn by the phone from its own data."""
    database: Database = state.database
    pages: PlainPages = state.plain
    return html(pages.shell(await database.read(site_of)))


@get(["/desk", "/desk/{rest:path}", "/login", "/invite"], opt=PUBLIC, include_in_schema=False)
async def desk_page(state: State) -> Response[str]:
    """The desk's page, in the municipality's colours: it holds nothing; what stands on it is asked for with the session. An
    invitation's code stays in the browser."""
    database: Database = state.database
    site = await database.read(site_of)
    return html(state.desk.replace(HEAD, colours.link(site.colours), 1))


@get("/", opt=PUBLIC, before_request=gate, include_in_schema=False)
async def list_page(state: State) -> Response[str]:
    """The list of places, those that rest last; the app takes over where there is script."""
    database: Database = state.database
    pages: PlainPages = state.plain

    def read(tx: Tx) -> str:
        def page() -> str:
            bodies = (msgspec.json.decode(body, type=Place) for body in place.public_bodies(tx))
            return pages.list(sorted(bodies, key=lambda body: (body.state == "resting", body.name.da)), site_of(tx))

        return pages.once(feed.mark(tx, "public", None).etag, page)

    return html(await database.read(read))


@get("/steder/{slug:str}", opt=PUBLIC, before_request=gate, include_in_schema=False)
async def place_page(state: State, slug: FromPath[str]) -> Response[str] | Redirect:
    """A place by its slug; an old slug redirects; a dissolved one answers 410 with its words."""
    database: Database = state.database
    pages: PlainPages = state.plain

    def read(tx: Tx) -> Response[str] | Redirect:
        site = site_of(tx)
        found = slugs.find(tx, "place", slug)
        body = place_of(tx, found.id) if found else None
        if body is None:
            return html(pages.gone(site), 404)
        if body.slug != slug:
            return Redirect(f"/steder/{body.slug}", status_code=301)
        if isinstance(body, Dissolved):
            successor = place_of(tx, body.successor_id) if body.successor_id else None
            return html(pages.dissolved(body, successor if isinstance(successor, Place) else None, site), 410)
        return html(pages.place(body, site, _today()))

    return await database.read(read)


@get("/ruter/{slug:str}", opt=PUBLIC, before_request=gate, include_in_schema=False)
async def route_page(state: State, slug: FromPath[str]) -> Response[str] | Redirect:
    """A route by its slug; an old slug redirects."""
    database: Database = state.database
    pages: PlainPages = state.plain

    def read(tx: Tx) -> Response[str] | Redirect:
        site = site_of(tx)
        found = slugs.find(tx, "route", slug)
        body = feed.current(tx, "public", "route", found.id) if found else None
        if body is None:
            return html(pages.gone(site), 404)
        route = msgspec.json.decode(body[1], type=Route)
        if route.slug != slug:
            return Redirect(f"/ruter/{route.slug}", status_code=301)
        return html(pages.route(route, site, _today()))

    return await database.read(read)


@get("/feeds", opt=PUBLIC, include_in_schema=False)
async def feeds_page(request: Asked, state: State) -> Response[str]:
    """The files for other programs (feeds.py), in the language that ?sprog= or the browser asks for."""
    database: Database = state.database
    pages: PlainPages = state.plain
    groups = {"place": "list.title", "facility": "data.facilities", "route": "data.routes", "event": "data.events"}
    files = [(title, [name for name, file in FILES.items() if file.kind == kind]) for kind, title in groups.items()]
    language = words.language(request.query_params.get("sprog", ""), request.headers.get("accept-language", ""))
    answer = html(pages.feeds(files, state.feeds.terms, await database.read(site_of), language))
    answer.headers["vary"] = "accept-language"
    answer.headers.update(unseen(database))
    return answer


@get("/{rest:path}", opt=PUBLIC, include_in_schema=False)
async def unknown_page(request: Asked, state: State) -> Response[str]:
    """An address that is nobody's: words for a person, a problem document for a program."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        raise NotFoundException
    database: Database = state.database
    pages: PlainPages = state.plain
    return html(pages.gone(await database.read(site_of)), 404)

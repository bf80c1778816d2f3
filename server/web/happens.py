"""What is on, in words: the page of all that is to come, and one of each event."""

import datetime

import msgspec
from litestar import Response, get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Redirect

from server.model.event import Event
from server.model.organiser import Organiser
from server.model.place import Dissolved, Place
from server.model.route import Route
from server.store import public, slugs
from server.store.database import Database, Tx
from server.web import plain_events
from server.web.errors import Asked
from server.web.guard import PUBLIC
from server.web.launch import gate, site_of
from server.web.pages import html, place_of
from server.web.plainpages import PlainPages
from sync import feed


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@get("/det-sker", opt=PUBLIC, before_request=gate, include_in_schema=False)
async def happens_page(state: State) -> Response[str]:
    """What is to come, the first first; the app takes over where there is script."""
    database: Database = state.database
    pages: PlainPages = state.plain
    now = _now()

    def read(tx: Tx) -> str:
        def page() -> str:
            events = [msgspec.json.decode(body, type=Event) for body in public.bodies(tx, "event")]
            places = [msgspec.json.decode(body, type=Place) for body in public.bodies(tx, "place")]
            routes = [msgspec.json.decode(body, type=Route) for body in public.bodies(tx, "route")]
            lines = plain_events.lines(
                events, {one.id: one for one in places}, {one.id: one for one in routes}, now, plain_events.MOST
            )
            return pages.happens(lines, site_of(tx))

        # What is over leaves the page within the hour.
        return pages.once(f"{feed.mark(tx, 'public', None).etag} {now:%F %H}", page, "happens")

    return html(await database.read(read))


@get("/det-sker/{slug:str}", opt=PUBLIC, before_request=gate, include_in_schema=False)
async def event_page(request: Asked, state: State, slug: FromPath[str]) -> Response[str] | Redirect:
    """An event by its slug; an old slug redirects. Its times stand behind the #, which no server is told."""
    database: Database = state.database
    pages: PlainPages = state.plain
    now = _now()
    origin: str = state.feeds.terms.origin or f"{request.base_url}".rstrip("/")

    def read(tx: Tx) -> Response[str] | Redirect:
        site = site_of(tx)
        found = slugs.find(tx, "event", slug)
        body = feed.current(tx, "public", "event", found.id) if found else None
        if body is None:
            return html(pages.shell(site)) if slug in slugs.OF_SCREENS["event"] else html(pages.gone(site), 404)
        event = msgspec.json.decode(body[1], type=Event)
        if event.slug != slug:
            return Redirect(f"/det-sker/{event.slug}", status_code=301)
        place = place_of(tx, event.place_id) if event.place_id else None
        route = feed.current(tx, "public", "route", event.route_id) if event.route_id else None
        organiser = feed.current(tx, "public", "organiser", event.organiser_id) if event.organiser_id else None
        return html(
            pages.event(
                event,
                None if isinstance(place, Dissolved) else place,
                msgspec.json.decode(route[1], type=Route) if route else None,
                msgspec.json.decode(organiser[1], type=Organiser) if organiser else None,
                site,
                now,
                f"{origin}/det-sker/{event.slug}",
            )
        )

    return await database.read(read)

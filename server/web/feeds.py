"""GET /feeds/…: all that is public as files for other programs (docs/feeds.md), made once for each head of the public feed."""

import asyncio
import hashlib
from collections.abc import Callable
from typing import Any, Final

import msgspec
from litestar import Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath
from litestar.response import Redirect

from server.feeds import gpx, ical, taken
from server.feeds.files import FILES, SHAPE, TYPES
from server.feeds.taken import Taken, Terms
from server.model.slug import slug as slug_of
from server.settings import Settings
from server.store import site, slugs
from server.store.database import Database, Tx
from server.store.thing import Kind
from server.web.asked import still_has
from server.web.errors import Asked
from server.web.guard import PUBLIC
from server.web.launch import unseen
from server.web.openapi_answers import problems
from server.web.sync import Coding, Pages, coding_of, packed
from sync import feed

KEPT_BYTES = 16 * 1024 * 1024
BROTLI_LEVEL = 5
"""A town's files are ten times a page: 9 takes four times as long, for a tenth of the bytes."""
LONGEST_SLUG = 80


class Feeds:
    """Compressed files by name, epoch, head and coding; the least lately used go when they are over `most` bytes. One is made at a
    time: however many ask at once after a change, the others find it made, and it takes no more than one thread and one reader."""

    def __init__(self, settings: Settings, most: int = KEPT_BYTES) -> None:
        self.terms = terms_of(settings)
        self.making = asyncio.Lock()
        self.kept = Pages(most)
        self._terms = hashlib.sha256(msgspec.json.encode(self.terms)).hexdigest()[:8]

    def etag(self, epoch: str, head: int) -> str:
        """What a file is made of: the head, the terms that stand in it, and how files are written."""
        return f'W/"{epoch}.{head}.{self._terms}.{SHAPE}"'


def terms_of(settings: Settings) -> Terms:
    """What settings say of who may use the files, and where things have their pages."""
    return Terms(settings.licence, settings.licence_url, settings.origin)


def _told(format: str, example: Any, schema: Any = str) -> dict[int, ResponseSpec]:
    media = TYPES[format]
    examples = [Example(summary="the beginning of one", value=example)]
    said = "The file. `Link: …; rel=license` names its terms, and so does the file itself."
    return {
        200: ResponseSpec(schema, media_type=media, generate_examples=False, description=said, examples=examples),
        304: ResponseSpec(None, generate_examples=False, description="The ETag still stands."),
        **problems(503),
    }


GEOJSON = {
    "type": "FeatureCollection",
    "name": "faciliteter",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "license_title": "CC BY 4.0",
    "attribution": "Guldborgsund Kommune, Mødesteder",
    "bbox": [11.86945, 54.75905, 11.86945, 54.75905],
    "features": [
        {
            "type": "Feature",
            "id": "4f8ad4b6-7a44-5a44-9d5e-3a2a4b7c1d01",
            "properties": {"id": "4f8ad4b6-7a44-5a44-9d5e-3a2a4b7c1d01", "code": 1371, "type_text": "Bænk", "source": "Kommunen"},
            "geometry": {"type": "Point", "coordinates": [11.86945, 54.75905]},
        }
    ],
}  # fmt: skip
CSV = 'id,code,type_text,name\r\n4f8ad4b6-7a44-5a44-9d5e-3a2a4b7c1d01,1371,Bænk,"Bænk på kajen, øst"\r\n'
GPX = (
    '<gpx version="1.1" creator="Mødesteder" xmlns="http://www.topografix.com/GPX/1/1">'
    '<wpt lat="54.759050" lon="11.869450"><name>Bænk på kajen</name></wpt></gpx>'
)

ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Krolf i parken\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Copenhagen:20260408T140000\r\n"


def _addresses(format: str) -> list[str]:
    return [f"/feeds/{name}" for name, file in FILES.items() if file.format == format]


@get(
    _addresses("geojson"),
    opt=PUBLIC,
    summary="All places, facilities or routes as GeoJSON (RFC 7946)",
    responses=_told("geojson", GEOJSON, dict[str, Any]),
)
async def geojson_file(request: Asked, state: State) -> Response[bytes]:
    """WGS84; columns stand in docs/feeds.md."""
    return await _file(request, state)


@get(_addresses("csv"), opt=PUBLIC, summary="All of them as CSV (RFC 4180)", responses=_told("csv", CSV))
async def csv_file(request: Asked, state: State) -> Response[bytes]:
    """UTF-8 with a mark, comma, decimal point; columns stand in docs/feeds.md."""
    return await _file(request, state)


@get(
    _addresses("gpx"),
    opt=PUBLIC,
    summary="All of them as GPX 1.1: waypoints, and a track for each route",
    responses=_told("gpx", GPX),
)
async def gpx_file(request: Asked, state: State) -> Response[bytes]:
    """For a navigator, or a map on a phone."""
    return await _file(request, state)


@get(
    "/feeds/routes/{file:str}",
    opt=PUBLIC,
    summary="One route as GPX 1.1, with what is near it: <slug>.gpx",
    responses=_told("gpx", GPX) | problems(404),
)
async def route_file(request: Asked, state: State, file: FromPath[str]) -> Response[bytes] | Redirect:
    """301 from a slug that the route had before."""
    slug = file.removesuffix(".gpx")
    if slug == file or len(slug) > LONGEST_SLUG:
        raise NotFoundException
    database: Database = state.database
    feeds: Feeds = state.feeds

    def look(tx: Tx) -> tuple[str, bytes, str, int] | None:
        found = slugs.find(tx, "route", slug)
        body = feed.current(tx, "public", "route", found.id) if found else None
        mark = feed.mark(tx, "public", None)
        return None if body is None else (msgspec.json.decode(body[1], type=_Slug).slug, body[1], mark.epoch, mark.head)

    found = await database.read(look)
    if found is None:
        raise NotFoundException
    own, body, epoch, head = found
    if own != slug:
        return Redirect(f"/feeds/routes/{own}.gpx", status_code=301)
    name = f"routes/{slug}.gpx"
    return await _sent(
        request, state, name, (epoch, head), lambda tx: taken.take_route(tx, feeds.terms, body), gpx.route
    )


@get(
    "/feeds/events.ics",
    opt=PUBLIC,
    summary="All events as a calendar to subscribe to (RFC 5545)",
    responses=_told("ics", ICS),
)
async def ics_file(request: Asked, state: State) -> Response[bytes]:
    """An entry for each time, by the clock of Europe/Copenhagen; cancelled ones stay and say so."""
    return await _file(request, state)


@get(
    ["/feeds/events/{file:str}", "/feeds/places/{file:str}", "/feeds/organisers/{file:str}"],
    opt=PUBLIC,
    summary="The calendar of one event, place or organiser: <slug>.ics",
    responses=_told("ics", ICS) | problems(404),
)
async def ics_of_one(request: Asked, state: State, file: FromPath[str]) -> Response[bytes] | Redirect:
    """301 from a slug that it had before."""
    folder = request.url.path.split("/")[2]
    kind, make = CALENDARS[folder]
    slug = file.removesuffix(".ics")
    if slug == file or len(slug) > LONGEST_SLUG:
        raise NotFoundException
    database: Database = state.database
    feeds: Feeds = state.feeds

    def look(tx: Tx) -> tuple[str, str, str, int] | None:
        found = slugs.find(tx, kind, slug)
        if found is None or feed.current(tx, "public", kind, found.id) is None:
            return None
        mark = feed.mark(tx, "public", None)
        return found.id, found.slug, mark.epoch, mark.head

    found = await database.read(look)
    if found is None:
        raise NotFoundException
    id, own, epoch, head = found
    if own != slug:
        return Redirect(f"/feeds/{folder}/{own}.ics", status_code=301)
    name = f"{folder}/{own}.ics"
    return await _sent(
        request,
        state,
        name,
        (epoch, head),
        lambda tx: taken.take(tx, feeds.terms, ["event"]),
        lambda found: make(found, id),
    )


@get(
    "/feeds/areas/{file:str}",
    opt=PUBLIC,
    summary="The calendar of what is nearest to one town: <slug>.ics",
    responses=_told("ics", ICS) | problems(404),
)
async def ics_of_area(request: Asked, state: State, file: FromPath[str]) -> Response[bytes]:
    """The towns are those of settings/site; a slug is made of its Danish name."""
    town = file.removesuffix(".ics")
    database: Database = state.database
    feeds: Feeds = state.feeds
    towns = (await database.read(site.get)).towns
    if town == file or all(slug_of(one.name.da) != town for one in towns):
        raise NotFoundException
    stands = database.glance(lambda tx: feed.stands(tx, "public"))
    return await _sent(
        request,
        state,
        f"areas/{town}.ics",
        stands,
        lambda tx: taken.take(tx, feeds.terms, ["event"]),
        lambda found: ical.area(found, town),
    )


CALENDARS: Final[dict[str, tuple[Kind, Callable[[Taken, str], bytes]]]] = {
    "events": ("event", ical.event),
    "places": ("place", ical.place),
    "organisers": ("organiser", ical.organiser),
}
"""By folder, what one calendar in it is of."""


class _Slug(msgspec.Struct):
    slug: str


async def _file(request: Asked, state: State) -> Response[bytes]:
    database: Database = state.database
    feeds: Feeds = state.feeds
    name = request.url.path.removeprefix("/feeds/")
    file = FILES[name]
    stands = database.glance(lambda tx: feed.stands(tx, "public"))
    return await _sent(request, state, name, stands, lambda tx: taken.take(tx, feeds.terms, [file.kind]), file.make)


async def _sent(
    request: Asked,
    state: State,
    name: str,
    stands: tuple[str, int] | None,
    take: Callable[[Tx], Taken],
    make: Callable[[Taken], bytes],
) -> Response[bytes]:
    """The file as it stands: 304, as it was made before, or made now. What is taken and the head that it is named by are of one
    transaction; written out and compressed it is when that is over, so that no reader waits for it."""
    database: Database = state.database
    feeds: Feeds = state.feeds
    coding = coding_of(request.headers.getall("accept-encoding", []))
    tags = request.headers.getall("if-none-match", [])
    hidden = unseen(database)
    if stands is not None and still_has(tags, etag := feeds.etag(*stands)):
        return _answer(feeds, name, coding, etag, None, hidden)
    sent = stands and feeds.kept.kept(_key(name, stands, coding))
    if not sent:
        async with feeds.making:
            sent = stands and feeds.kept.kept(_key(name, stands, coding))
            if not sent:
                found = await database.read(take)
                head = found.epoch, found.head
                body = await asyncio.to_thread(_made, found, make, coding)
                sent = feeds.kept.keep(_key(name, head, coding), feeds.etag(*head), body)
    return _answer(feeds, name, coding, sent.etag, None if still_has(tags, sent.etag) else sent.body, hidden)


def _made(found: Taken, make: Callable[[Taken], bytes], coding: Coding) -> bytes:
    return packed(make(found), coding, BROTLI_LEVEL)


def _key(name: str, stands: tuple[str, int], coding: Coding) -> tuple[str, ...]:
    return name, stands[0], str(stands[1]), coding


def _answer(
    feeds: Feeds, name: str, coding: Coding, etag: str, body: bytes | None, hidden: dict[str, str]
) -> Response[bytes]:
    format = name.rpartition(".")[2]
    headers = {
        "etag": etag,
        "cache-control": "public, no-cache",
        "vary": "accept-encoding",
        "link": f'<{feeds.terms.licence_url}>; rel="license"',
        "access-control-allow-origin": "*",  # public and without cookies: a map on the municipality's own page may read it
        **hidden,
    }
    if body is None:
        return Response(b"", status_code=304, headers=headers, media_type=TYPES[format])
    if coding != "identity":
        headers["content-encoding"] = coding
    if format not in ("geojson", "ics"):  # a calendar is subscribed to, not kept
        headers["content-disposition"] = f'attachment; filename="{name.rpartition("/")[2]}"'
    return Response(body, headers=headers, media_type=TYPES[format])

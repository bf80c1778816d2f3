"""GET /api/v1/calendars: calendars that others keep, and what became of each. POST /api/v1/calendars/look: a file is looked at; nothing of
it goes in until import_calendar names it."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import State
from litestar.openapi.datastructures import ResponseSpec

from server.domain import own
from server.domain.calendar import keep_found
from server.domain.ctx import Ctx
from server.formats.fenced import NoRoom
from server.formats.ical import reader
from server.formats.ical.found import Calendar, Read
from server.formats.refusal import FileRefused
from server.model.calendar import BYTES_MOST, CalendarList, LookedAt, LookedEvent
from server.model.recurrence import Closed, times
from server.model.rule_words import in_words
from server.settings import Settings
from server.store import calendar
from server.store.database import Database
from server.web.asked import whole_body
from server.web.blobs import Blobs
from server.web.errors import Asked, Refused
from server.web.guard import ORGANISE, of_type, same_origin
from server.web.openapi_answers import CalendarOperation, problems
from server.web.signed_in import must_be_signed_in
from sync.sql import Tx

NOT_KEPT = {"cache-control": "no-store"}
TYPE = "text/calendar"
SHOWN = 50
SEARCHED = 500


@get("/api/v1/calendars", opt=ORGANISE, summary="Calendars that others keep", responses=problems(401, 403))
async def calendars(request: Asked, state: State) -> Response[CalendarList]:
    """Staff read all, an organiser's person those of their organiser."""
    found, _ = await must_be_signed_in(request, state, "organise")
    database: Database = state.database

    def read(tx: Tx) -> CalendarList:
        ctx = Ctx.at(datetime.now(UTC), data_dir=state.settings.data_dir, who=found.person)
        if own.is_staff(tx, ctx):
            return CalendarList(calendars=tuple(row.now() for row in calendar.every(tx)))
        mine = own.own_organiser(tx, ctx)
        return CalendarList(calendars=() if mine is None else tuple(row.now() for row in calendar.every(tx, mine)))

    return Response(await database.read(read), headers=NOT_KEPT)


@post(
    "/api/v1/calendars/look",
    status_code=200,
    opt=ORGANISE,
    summary="What a calendar file would bring",
    request_max_body_size=BYTES_MOST,
    responses={200: ResponseSpec(LookedAt, generate_examples=False), **problems(401, 403, 408, 413, 415, 422, 507)},
    operation_class=CalendarOperation,
)
async def look(request: Asked, state: State) -> Response[LookedAt]:
    """Takes iCalendar (RFC 5545), at most 5 MiB. What is found is kept for a day, by the hash of the file."""
    settings: Settings = state.settings
    shared: Blobs = state.blobs
    same_origin(request, settings.origin)
    await must_be_signed_in(request, state, "organise")
    of_type(request, TYPE)
    data = await whole_body(request, BYTES_MOST)
    ctx = Ctx.at(datetime.now(UTC), data_dir=settings.data_dir)
    async with shared.decoding:
        try:
            found = await asyncio.to_thread(reader.read, data, ctx.today)
            await asyncio.to_thread(keep_found, settings.data_dir, found)
        except (NoRoom, OSError) as error:
            raise Refused(507, "full", "Der er ikke plads hos os lige nu. Prøv igen senere.") from error
        except FileRefused as refused:
            words = str(refused)
            raise Refused(422, "invalid", words[:1].upper() + words[1:]) from refused
    # Hundreds of series are written out here: others are answered meanwhile.
    return Response(await asyncio.to_thread(_told, found, ctx), headers=NOT_KEPT)


def _told(found: Calendar, ctx: Ctx) -> LookedAt:
    shown = sorted((_event(one, ctx) for one in found.reads[:SEARCHED]), key=lambda one: (one.date, one.starts or ""))
    most = SHOWN
    told: dict[str, Any] = {"left": tuple(found.left), "notes": tuple(found.notes)}
    return LookedAt(
        blob=str(found.sha256),
        name=found.name,
        events=len(found.reads),
        shown=tuple(shown[:most]),
        past=len(found.passed),
        whole=found.whole,
        **told,
    )


def _event(one: Read, ctx: Ctx) -> LookedEvent:
    coming = times("x", one.schedule, one.changes, Closed(), ctx.today)
    first = next((time for time in coming if (time.end or time.start) > ctx.moment), None)
    return LookedEvent(
        line=one.line,
        name=one.name,
        date=first.date if first else one.schedule.date,
        starts=first.start_local if first else one.schedule.starts,
        rule=in_words(one.schedule, ctx.today),
        where=one.where,
        cancelled=one.cancelled,
    )

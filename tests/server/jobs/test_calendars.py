"""Calendars by the clock, against a server on loopback: asked whether they are another now, moved, broken, hostile, and gone on with."""

import asyncio
import datetime
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver

from server.domain.bringing import AT_ONCE
from server.domain.ctx import Ctx
from server.jobs import calendars as job
from server.jobs.fetching import Fetcher, NotFetched
from server.jobs.work import Work
from server.push.open_net import OpenNet
from server.settings import Settings
from server.store import calendar, event
from server.store.calendar import CalendarRow
from server.store.database import Database, file_of
from server.store.driver import connect
from sync.sql import Tx

NOW = datetime.datetime(2026, 4, 1, 7, 0, tzinfo=datetime.UTC)
ID = "019d4000-0000-7000-8000-000000000001"
HOUR = datetime.timedelta(hours=1)


def ics(count: int = 1, name: str = "Krolf") -> bytes:
    body = "".join(
        f"BEGIN:VEVENT\nUID:{i}@x\nSUMMARY:{name}\nDTSTART:20300408T140000\nLOCATION:Klubhuset\nEND:VEVENT\n"
        for i in range(count)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n".encode()


class There:
    """Somebody's server: what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.answer: Callable[[web.Request], Awaitable[web.StreamResponse] | web.StreamResponse] = lambda _: (
            web.Response(body=ics(), headers={"ETag": '"1"', "Last-Modified": "Wed, 01 Apr 2026 06:00:00 GMT"})
        )
        self.asked: list[web.Request] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/krolf.ics"

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        found = self.answer(request)
        return found if isinstance(found, web.StreamResponse) else await found

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/{any:.*}", self._take)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        return runner


class Here:
    """Our database and the job, at a moment that moves."""

    def __init__(self, database: Database, data_dir: Path, there: There) -> None:
        hosts = (f"127.0.0.1:{there.port}",)
        settings = msgspec.structs.replace(Settings(), data_dir=data_dir, calendar_hosts=hosts)
        self.database, self.there, self.now = database, there, NOW
        self.work = Work(database, settings, lambda _: Ctx.at(self.now, data_dir=data_dir))

    async def tick(self, later: datetime.timedelta = datetime.timedelta()) -> CalendarRow:
        self.now += later
        await job.calendars(self.work, self.now)
        return await self.row()

    async def row(self) -> CalendarRow:
        found = await self.database.read(lambda tx: calendar.get(tx, ID))
        assert found is not None
        return found

    async def names(self) -> list[str]:
        return [row.said.name.da for row in await self.database.read(_events)]


def _events(tx: Tx) -> list[event.EventRow]:
    """Those that are not withdrawn."""
    ids = tx.execute("SELECT uid FROM thing WHERE kind = 'event' AND withdrawn_on IS NULL").fetchall()
    return event.many(tx, [id for (id,) in ids])


Play = Callable[[Here], Awaitable[None]]


@pytest.fixture
def play(begun: Path, tmp_path: Path) -> Callable[[Play], None]:
    """Runs a scene on a database of its own with one calendar, due now."""
    data = tmp_path / "data"
    data.mkdir()
    source, target = connect(file_of(begun)), sqlite3.connect(file_of(data))
    source.backup(target)
    source.close()
    target.close()

    async def run(scene: Play) -> None:
        there = There()
        runner = await there.start()
        database = await Database.open(data)
        try:
            row = CalendarRow(
                id=ID, name="Krolf", url=there.url, organiser_id=None, place_id=None, by_staff=True, saved_by="local",
                saved_at="", due_at="2026-04-01T07:00:00Z",
            )  # fmt: skip
            await database.write(lambda tx: calendar.save(tx, row))
            await scene(Here(database, data, there))
        finally:
            await database.close()
            await runner.cleanup()

    return lambda scene: asyncio.run(run(scene))


def test_it_is_asked_each_hour_whether_it_is_another_now(play: Callable[[Play], None]) -> None:
    async def scene(here: Here) -> None:
        row = await here.tick()
        assert (row.etag, row.checked_at, row.failed) == ('"1"', "2026-04-01T07:00:00Z", None)
        assert await here.names() == ["Krolf"]
        await here.tick(HOUR / 2)
        assert len(here.there.asked) == 1, "not yet"
        here.there.answer = lambda _: web.Response(status=304)
        row = await here.tick(HOUR)
        asked = here.there.asked[1].headers
        assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "Wed, 01 Apr 2026 06:00:00 GMT")
        assert (row.etag, row.checked_at, row.told and row.told.new) == ('"1"', "2026-04-01T08:30:00Z", 1)
        here.there.answer = lambda _: web.Response(body=ics(2, "Krolf for alle"))
        row = await here.tick(2 * HOUR)
        assert await here.names() == ["Krolf for alle"] * 2
        assert (row.etag, row.told and (row.told.new, row.told.changed)) == (None, (1, 1))

    play(scene)


def test_many_events_go_in_by_several_transactions(play: Callable[[Play], None]) -> None:
    async def scene(here: Here) -> None:
        here.there.answer = lambda _: web.Response(body=ics(AT_ONCE + 5))
        row = await here.tick()
        assert row.told is not None
        assert (row.told.new, row.told.waiting, len(await here.names())) == (AT_ONCE + 5, 0, AT_ONCE + 5)

    play(scene)


def test_what_waits_of_a_reading_that_was_cut_off_goes_on(play: Callable[[Play], None], monkeypatch: Any) -> None:
    async def scene(here: Here) -> None:
        here.there.answer = lambda _: web.Response(body=ics(AT_ONCE + 5), headers={"ETag": '"1"'})
        rounds = job._round

        def only_once(*args: Any, **more: Any) -> bool:
            rounds(*args, **more)
            raise asyncio.CancelledError

        with monkeypatch.context() as cut:
            cut.setattr(job, "_round", only_once)
            with pytest.raises(asyncio.CancelledError):
                await here.tick()
        row = await here.row()
        assert (row.told, row.etag) == (None, None), "of a transaction that did not come to its end nothing stays"

        def twice(*args: Any, **more: Any) -> bool:
            assert rounds(*args, **more)
            return False

        with monkeypatch.context() as cut:
            cut.setattr(job, "_round", twice)
            row = await here.tick(HOUR / 60)
        assert row.told is not None
        assert (row.etag, row.told.waiting) == ('"1"', 5)
        await here.tick(HOUR / 60)
        assert len(await here.names()) == AT_ONCE + 5

    play(scene)


def test_a_failure_is_told_since_when_and_tried_later_and_later(play: Callable[[Play], None]) -> None:
    async def scene(here: Here) -> None:
        await here.tick()
        here.there.answer = lambda _: web.Response(status=500)
        row = await here.tick(2 * HOUR)
        since = row.failed_since
        assert (since, row.failed) == ("2026-04-01T09:00:00Z", "dens server svarede 500")
        first = datetime.datetime.fromisoformat(str(row.due_at)) - here.now
        row = await here.tick(first)
        second = datetime.datetime.fromisoformat(str(row.due_at)) - here.now
        assert (second, row.failed_since, row.checked_at) == (2 * first, since, "2026-04-01T07:00:00Z")
        assert await here.names() == ["Krolf"], "nothing is lost by it"
        here.there.answer = lambda _: web.Response(status=429, headers={"Retry-After": "50000"})
        row = await here.tick(second)
        assert datetime.datetime.fromisoformat(str(row.due_at)) - here.now == datetime.timedelta(seconds=50_000)
        here.there.answer = lambda _: web.Response(body=ics(), headers={"ETag": '"1"'})
        row = await here.tick(24 * HOUR)
        assert (row.failed, row.failed_since, row.tries) == (None, None, 0)

    play(scene)


async def _endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Encoding": "identity"})
    await response.prepare(request)
    piece = b"BEGIN:VCALENDAR\r\n" * 4096
    try:
        while True:
            await response.write(piece)
    except (ConnectionError, asyncio.CancelledError):
        return response


async def _silent(request: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


def _to(location: str, status: int = 302) -> Callable[[web.Request], web.StreamResponse]:
    return lambda _: web.Response(status=status, headers={"Location": location})


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda _: web.Response(status=404), "ingen kalender"),
        (lambda _: web.Response(status=401), "login"),
        (lambda _: web.Response(status=302), "hvorhen"),
        (lambda _: web.Response(text="<html>Log ind</html>", content_type="text/html"), "BEGIN:VCALENDAR"),
        (_to("/igen"), "videre"),
        (_to("http://127.0.0.1:1/x.ics"), "https://"),
        (_to("https://10.0.0.7/x.ics"), "ud på nettet"),
        (_to("https://[::ffff:127.0.0.1]/x.ics"), "ud på nettet"),
        (_to("file:///etc/passwd"), "https://"),
        (_to("https://user:pass@forening.dk/x.ics"), "brugernavn"),
        (_endless, "5 MB"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_or_hostile_is_told_in_words(play: Callable[[Play], None], answer: Any, words: str) -> None:
    async def scene(here: Here) -> None:
        here.there.answer = answer
        row = await here.tick()
        assert words in str(row.failed)
        assert await here.names() == []

    play(scene)


def test_it_follows_to_where_the_calendar_has_moved_for_good(play: Callable[[Play], None]) -> None:
    async def scene(here: Here) -> None:
        new = here.there.url.replace("krolf", "nyt")
        here.there.answer = lambda request: (
            web.Response(status=301, headers={"Location": "/nyt.ics"})
            if "krolf" in request.path
            else web.Response(body=ics())
        )
        row = await here.tick()
        assert (row.url, row.failed, await here.names()) == (new, None, ["Krolf"])

    play(scene)


def test_who_never_answers_is_left(play: Callable[[Play], None]) -> None:
    async def scene(here: Here) -> None:
        here.there.answer = _silent
        async with Fetcher((f"127.0.0.1:{here.there.port}",), seconds=0.2) as fetcher:
            with pytest.raises(NotFetched, match="sekunder"):
                await fetcher.fetch(here.there.url)

    play(scene)


def test_a_name_that_stands_for_an_address_behind_the_door_is_not_connected_to(play: Callable[[Play], None]) -> None:
    async def scene(here: Here) -> None:
        async def both(host: str, port: int, family: Any) -> list[tuple[Any, str]]:
            return [(family, "93.184.216.34"), (family, "127.0.0.1")]

        resolver: AbstractResolver = OpenNet(both)
        async with Fetcher(resolver=resolver) as fetcher:
            with pytest.raises(NotFetched, match="lukket net"):
                await fetcher.fetch("https://forening.dk/x.ics")
        assert here.there.asked == []

    play(scene)


def test_a_calendar_that_was_given_another_address_meanwhile_keeps_nothing_of_the_old(
    play: Callable[[Play], None],
) -> None:
    async def scene(here: Here) -> None:
        async def meanwhile(_: web.Request) -> web.StreamResponse:
            row = await here.row()
            other = msgspec.structs.replace(row, url="https://andre.dk/x.ics")
            await here.database.write(lambda tx: calendar.save(tx, other))
            return web.Response(body=ics())

        here.there.answer = meanwhile
        row = await here.tick()
        assert (row.url, row.sha256, await here.names()) == ("https://andre.dk/x.ics", None, [])

    play(scene)

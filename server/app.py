"""The wiring: settings, store and web become one ASGI app. `served` is what granian starts in its worker."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

from litestar import Litestar
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler

from server import settings as settings_file
from server import tending
from server.jobs import push as pushes
from server.jobs.runner import Runner
from server.jobs.table import JOBS
from server.jobs.work import Work
from server.login.challenges import Challenges
from server.login.out import Out
from server.ops import Ctx
from server.push import vapid
from server.push.counts import Counts
from server.settings import Settings
from server.stopping import hear_once
from server.store.database import Busy, Database
from server.store.lock import Lock
from server.store.refusal import StoreRefused
from server.store.replaced import EVERY_S
from server.web import (
    again,
    audit,
    backup,
    blobs,
    built,
    calendars,
    colours,
    description,
    errors,
    feeds,
    files,
    guard,
    happens,
    health,
    history,
    imports,
    launch,
    login,
    metrics,
    mine,
    notices,
    oidc,
    ops,
    organise,
    packs,
    pages,
    shares,
    sync,
)  # fmt: skip
from server.web.dry_runs import DryRuns
from server.web.head import App
from server.web.intake import Intake
from server.web.limits import Limits
from server.web.plainpages import PlainPages
from server.web.tries import Tries
from sync import feed

SHA = "[0-9a-f]{64}"
API: tuple[ControllerRouterHandler, ...] = (
    audit.list_audit, audit.list_names, history.list_steps,
    sync.sync_page, ops.take_ops, packs.list_packs, feeds.geojson_file, feeds.csv_file, feeds.gpx_file, feeds.route_file, health.live,
    feeds.ics_file, feeds.ics_of_one, feeds.ics_of_area,
    health.ready, blobs.take_blob, blobs.give_blob,
    imports.read_import, imports.look_at_import, imports.list_imports,
    oidc.ways_in, oidc.go_there, oidc.come_back, login.begin_login, login.log_in, login.begin_invitation, login.use_invitation,
    login.ask_again, login.begin_passkey, login.add_passkey, login.log_out, login.who_am_i, login.list_people,
    launch.open_here, mine.mine, health.health, backup.make_backup, organise.organise, notices.reach, notices.progress,
    calendars.calendars, calendars.look,
)  # fmt: skip
"""What programs speak to; openapi.json describes these."""
BUSY = "Another program holds the database for itself alone. End that one, and start the server anew."


def create_app(settings: Settings, app_dir: Path, lock: Lock | None = None) -> Litestar:
    """The app on `settings.data_dir`, whose database is there and migrated (`python -m server run` sees to it), serving the phone
    app that was built in `app_dir`. With `lock`, of a server's own process: it ends where its database is replaced."""
    data = settings.data_dir
    kept, front = built.keep(app_dir, data)

    @asynccontextmanager
    async def store(app: Litestar) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            try:
                database = await Database.open(data, readers=settings.readers)
            except (StoreRefused, Busy) as refused:
                if lock is None:
                    raise
                print(str(refused) or BUSY, file=sys.stderr, flush=True)
                os._exit(1)  # raised, it would be a page of traces with this line somewhere in it
            stack.push_async_callback(database.close)
            epoch = await database.read(feed.epoch)
            app.state.update(database=database, intake=Intake(database, lambda now: context(settings, now), epoch))
            stack.callback(asyncio.create_task(tending.run(database, data)).cancel)
            stack.push_async_callback(app.state.dry_runs.close)
            pushing = pushes.pushing_of(database, settings, app.state.counts)
            stack.push_async_callback(_end, asyncio.create_task(pushing.run()))
            runner = Runner(Work(database, settings, lambda now: context(settings, now), pushing.wake), JOBS)
            stack.push_async_callback(_end, asyncio.create_task(runner.run()))
            app.state.update(wakes=(runner.wake, pushing.wake))
            if lock is not None:
                lock.note(database.note())
                watch = asyncio.create_task(_end_where_replaced(database))
                stack.callback(watch.cancel)
            yield

    unlimited = settings.demo and settings.address in ("127.0.0.1", "::1", "localhost")
    return App(
        route_handlers=[
            *API,
            description.openapi_document,
            pages.desk_page,
            pages.list_page,
            pages.app_page,
            pages.place_page,
            pages.route_page,
            happens.happens_page,
            happens.event_page,
            pages.feeds_page,
            colours.colours_css,
            launch.trial_page,
            launch.robots,
            metrics.metrics,
            pages.unknown_page,
            files.mount("/packs", files.HashedFiles(data / "packs", rf"{SHA}\.pmtiles")),
            files.mount("/media", files.HashedFiles(data / "media", rf"{SHA}-(320|1280)\.webp")),
            files.mount("/assets", files.HashedFiles(kept, r"[A-Za-z0-9_.-]+", packed=True)),
            *(files.one(f"/{name}", front) for name in files.fresh_names(front)),
        ],
        state=State(
            {
                "settings": settings,
                "pages": sync.Pages(),
                "feeds": feeds.Feeds(settings),
                "again": again.Again(),
                "challenges": Challenges(),
                "provider": oidc.provider_of(settings),
                "logins": Out[oidc.Login](oidc.HOLDS_S),
                "tries": Tries(),
                "backing_up": backup.One(),
                "limits": Limits(None if unlimited else settings.ops_an_hour),
                "device_limits": Limits(None if unlimited else shares.DEVICE_OPS_AN_HOUR),
                "new_devices": Limits(None if unlimited else shares.DEVICES_AN_HOUR),
                "counts": Counts(settings.push_hosts),
                "vapid_key": lambda: vapid.public_key(data),
                "dry_runs": DryRuns(data),
                "blobs": blobs.Blobs(Limits(None if unlimited else blobs.PICTURES_AN_HOUR)),
                "desk": (front / "desk.html").read_text(encoding="utf-8"),
                "plain": PlainPages((front / "index.html").read_text(encoding="utf-8")),
            }
        ),
        lifespan=[store],
        exception_handlers=errors.HANDLERS,
        before_send=[guard.carry],
        openapi_config=None,  # the document is made once, by `make types`, and is a file
        logging_config=None,  # granian's own; nothing logs an address or a path
    )


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def context(settings: Settings, now: datetime) -> Ctx:
    """What ops are told of the world: time, folder, and who acts."""
    return Ctx.at(
        now,
        data_dir=settings.data_dir,
        issuer=settings.issuer,
        push_hosts=settings.push_hosts,
        calendar_hosts=settings.calendar_hosts,
    )


def served() -> Litestar:
    """The app in granian's worker: it holds the lock of its DATA_DIR, and ends when the command that started it does. Ends at once,
    with a line, where DATA_DIR has no room for the app."""
    hear_once(asyncio.get_event_loop())  # granian's own of this worker, which sets its handlers after this
    settings = settings_file.load()
    lock = Lock.take(settings.data_dir)
    try:
        app = create_app(settings, built.app_dir(), lock)
    except StoreRefused as refused:
        sys.exit(str(refused))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True, name="parent").start()
    return app


def _end_with(parent: int) -> None:
    # A killed command can not tell its worker, which would go on serving with port and lock.
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


async def _end_where_replaced(database: Database) -> None:
    while True:
        if (why := database.replaced()) is not None:
            print(why, file=sys.stderr, flush=True)
            os._exit(1)
        await asyncio.sleep(EVERY_S)

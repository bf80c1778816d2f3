"""Phones of a stand-in as rows of a database, and what they are told."""

import asyncio
import datetime
import hashlib
import os
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Literal

from server.jobs.push import Pushing
from server.model.site import Quiet, Site
from server.model.values import Text
from server.push import vapid
from server.push.counts import Counts
from server.push.sender import Sender
from server.store import delivery, device, site
from server.store.database import Database, local
from server.store.delivery import Urgency, What
from server.store.device import Reached
from sync.sql import Tx
from tests.server.push.standin import Phone, StandIn, base64url

EVENT = "019d4000-0000-7000-8000-000000000001"
ABOUT = f"{EVENT}.20260312"
TAG = f"{ABOUT}/evening/0"
CONTACT = "mailto:moedesteder@kommune.example"


def now() -> datetime.datetime:
    """The moment, in whole seconds: as the database keeps it."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def never_quiet(tx: Tx) -> None:
    """At any hour that a test runs pushes are sent."""
    was = site.get(tx)
    site.put(tx, Site(name=was.name, code=was.code, quiet=Quiet(from_="00:00", to="00:00")))


def reach(tx: Tx, data_dir: Path, service: StandIn, phones: Iterable[Phone], key: str | None = None) -> list[int]:
    """A device for each, reached where the stand-in listens, under the present key. Returns their rows."""
    key = key or vapid.public_key(data_dir)
    rows = []
    for phone in phones:
        row = device.make(tx, hashlib.sha256(os.urandom(8)).digest(), datetime.date(2026, 3, 1))
        phone.made_with = phone.made_with or key
        at = Reached(service.endpoint(phone), phone.p256dh, base64url(phone.auth), key, "da")
        assert device.reach(tx, row, at)
        rows.append(row)
    return rows


def tell(
    tx: Tx,
    rows: Iterable[int],
    *,
    about: str = ABOUT,
    what: What = "evening",
    revision: int = 0,
    title: str = "Kaffe i Medborgerhuset",
    body: str = "I morgen, torsdag den 12. marts kl. 14.",
    urgency: Urgency = "normal",
    useful: float = 3600,
    at: datetime.datetime | None = None,
) -> int:
    """A message to these phones, of use for so many seconds more. Returns its row."""
    at = at or now()
    text: dict[Literal["title", "body"], Text] = {"title": Text(da=title), "body": Text(da=body)}
    until = at + datetime.timedelta(seconds=useful)
    row = delivery.message(tx, about, what, revision, text, "/det-sker/kaffe#20260312", urgency, until)
    delivery.deliver(tx, row, rows, at)
    return row


def states(data_dir: Path) -> dict[str, int]:
    """How many deliveries are in which state."""
    with local(data_dir) as tx:
        return dict(tx.execute("SELECT state, COUNT(*) FROM delivery GROUP BY state").fetchall())


def sender(data_dir: Path, *services: StandIn, wall: Callable[[], datetime.datetime] = now) -> Sender:
    """One that may speak to these. For a running loop."""
    hosts = tuple(one.host for one in services)
    return Sender(
        partial(vapid.by_public, data_dir), contact=CONTACT, hosts=hosts, origin="https://moede.example", wall=wall
    )


async def while_pushing(
    data_dir: Path,
    *services: StandIn,
    until: Callable[[Database], Awaitable[bool]],
    use: Callable[[Pushing, Database], Awaitable[None]] | None = None,
    wall: Callable[[], datetime.datetime] = now,
    seconds: float = 60,
) -> Counts:
    """The sender of a server runs until it is so."""
    database = await Database.open(data_dir)
    counts = Counts()
    pushing = Pushing(database, sender(data_dir, *services, wall=wall), counts, wall)
    task = asyncio.create_task(pushing.run())
    try:
        async with asyncio.timeout(seconds):
            if use is not None:
                await use(pushing, database)
            while not await until(database):
                assert not task.done()
                await asyncio.sleep(0.02)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await database.close()
    return counts


async def when(ask: Callable[[], bool]) -> None:
    """Returns when it is so. The stand-in runs in a thread of its own."""
    while not ask():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def nothing_waits(database: Database) -> bool:
    """Every delivery has an end."""
    return not (
        await database.read(lambda tx: tx.execute("SELECT 1 FROM delivery WHERE state = 'waiting' LIMIT 1").fetchall())
    )

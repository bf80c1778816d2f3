"""Notices as tests send them: phones that follow, the clock, the job, and what became of the deliveries."""

import datetime
from typing import Any

from server.jobs import notices
from server.store import device
from server.store.device import Reached
from tests.server.conftest import World

TITLE, BODY = {"da": "Sommerfest i parken"}, {"da": "Lørdag den 11. april kl. 14. Kom, som du er."}
SITE = {"kind": "settings", "id": "site"}


def at(world: World, moment: str) -> datetime.datetime:
    """It is another moment, UTC."""
    now = datetime.datetime.fromisoformat(moment)
    world.ctx = type(world.ctx).at(now, data_dir=world.data_dir)
    return now


def phone(world: World, number: int, *follows: tuple[str, str], push: bool = True, only: str = "") -> int:
    """A phone that follows; returns its row."""
    secret = number.to_bytes(32, "big")
    row = device.make(world.tx, secret, world.ctx.today)
    if push:
        where = Reached(f"https://fcm.googleapis.com/fcm/send/{number}", "BA", f"auth-{number}", "BB", "da")
        assert device.reach(world.tx, row, where)
    for kind, id in follows:
        world.tx.execute(
            "INSERT INTO follow (device, kind, id, only, whens, since) VALUES (?, ?, ?, ?, '[]', '2026-04-01')",
            (row, kind, id, only),
        ).fetchall()
    return row


def send(world: World, to: dict[str, Any], **more: Any) -> dict[str, Any]:
    return world.do(
        "send_notice", "notice", more.pop("id", None) or world.id(), {"to": to, "title": TITLE, "body": BODY} | more
    )


def tick(world: World, moment: str | None = None) -> tuple[bool, datetime.datetime | None]:
    """The job runs once."""
    return notices.run(world.tx, at(world, moment) if moment else world.ctx.now)


def deliveries(world: World) -> list[tuple[int, str]]:
    """(phone, state) of each."""
    return [tuple(row) for row in world.tx.execute("SELECT device, state FROM delivery ORDER BY device").fetchall()]


def settle(world: World, state: str, most: int = 1000) -> None:
    """What a sender of pushes does with the first of those that wait."""
    world.tx.execute(
        "UPDATE delivery SET state = ? WHERE id IN (SELECT id FROM delivery WHERE state = 'waiting' ORDER BY id LIMIT ?)",
        (state, most),
    ).fetchall()


def staff(world: World, id: str) -> Any:
    return world.body("staff", "notice", id)

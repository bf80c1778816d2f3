"""Phones without a name that follow things in a world, the clock that goes on there, and what they are sent."""

import base64
import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from server.domain.ctx import Ctx
from server.jobs.remind import tell_due
from server.store import device
from server.store.device import Reached
from tests.server.conftest import World

P256DH = base64.urlsafe_b64encode(b"\x04" + bytes(64)).rstrip(b"=").decode()


class Following:
    """A world and its phones, named by letters; each is reached by pushes unless it is said otherwise."""

    def __init__(self, world: World) -> None:
        self.world, self.tx = world, world.tx
        self._rows: dict[str, int] = {}

    def at(self, moment: str) -> None:
        """Makes it that moment, by the clock on the wall with its offset."""
        self.world.ctx = Ctx.at(datetime.datetime.fromisoformat(moment), data_dir=self.world.data_dir)

    def row(self, phone: str, *, reached: bool = True) -> int:
        """The row of a phone."""
        if phone not in self._rows:
            row = device.make(self.tx, hashlib.sha256(phone.encode()).digest(), self.world.ctx.today)
            if reached:
                at = Reached(f"https://updates.push.services.mozilla.com/{phone}", P256DH, "a" * 22, "k", "da")
                assert device.reach(self.tx, row, at)
            self._rows[phone] = row
        return self._rows[phone]

    def by(self, phone: str, verb: str, kind: str, id: str, args: Any) -> dict[str, Any]:
        """An op of a phone, and its reply."""
        before = self.world.ctx
        self.world.ctx = replace(before, device=self.row(phone))
        try:
            return self.world.do(verb, kind, id, args)
        finally:
            self.world.ctx = before

    def follow(self, phone: str, kind: str, id: str, *when: str, only: str | None = None) -> None:
        reply = self.by(phone, "follow", kind, id, {"when": list(when), "only": only})
        assert reply["status"] == "applied", reply

    def skip(self, phone: str, event: str, day: str, skip: bool = True) -> None:
        reply = self.by(phone, "skip", "event", event, {"day": day, "skip": skip})
        assert reply["status"] == "applied", reply

    def change(self, event: str, day: str, **change: Any) -> None:
        """Says something of one time."""
        self.world.done("change_time", "event", event, {"change": {"day": day, **change}})

    def settings(self, **given: Any) -> None:
        self.world.done("save_settings", "settings", "site", {"set": given})

    def tell(self, moment: str | None = None, between: Callable[[], None] = lambda: None) -> list[str]:
        """Tells what is due at a moment; returns what is new of it, as told()."""
        if moment is not None:
            self.at(moment)
        before = set(self.told())
        while tell_due(self.tx, self.world.ctx.now):
            between()
        return [one for one in self.told() if one not in before]

    def told(self) -> list[str]:
        """All that is to be sent, as "phone · what · revision · title · body", by phone."""
        names = {row: name for name, row in self._rows.items()}
        rows = self.tx.execute(
            "SELECT d.device, m.what, m.revision, m.text FROM delivery d JOIN message m ON m.id = d.message "
            "WHERE d.state = 'waiting' ORDER BY d.device, d.id"
        ).fetchall()
        found = []
        for row, what, revision, text in rows:
            said = json.loads(text)
            found.append(f"{names[row]} · {what} · {revision} · {said['title']['da']} · {said['body']['da']}")
        return sorted(found)

    def waits(self) -> list[tuple[str, str, int, str, str | None]]:
        """(day, what, revision, due, done) of each reminder that is written out."""
        rows = self.tx.execute(
            "SELECT occurrence, what, revision, due_at, done FROM reminder ORDER BY 1, 2, 3"
        ).fetchall()
        return [(occurrence.partition(".")[2], *rest) for occurrence, *rest in rows]

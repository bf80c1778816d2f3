"""The real server killed at random moments of one fan-out, before push services that answer everything there is.

`python -m tests.server.push.kill` (SEED=n repeats a run, DEVICES=n, KILLS=n) prints the table; WRITE=1 writes docs/proof/push.md."""

import datetime
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import uuid_utils

from server import local
from server.model.device import MyFollow
from server.prepare import prepare
from server.settings import Settings
from server.store import database, follow
from server.store.database import file_of
from tests.served import ROOT, Server, until
from tests.server.push.reached import CONTACT, never_quiet, reach
from tests.server.push.standin import Phone, Say, StandIn

PAGE = ROOT / "docs/proof/push.md"
BEGIN, END = "<!-- table -->\n", "<!-- /table -->\n"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PATIENCE_S = 300
ANSWER_S = 0.5
"""How long a push service takes to answer: that of one fan-out is killed often."""
# So many of a hundred phones have a push service that says this, before it takes anything; "gone" for ever.
TROUBLES: dict[str, tuple[int, tuple[Say, ...]]] = {
    "201 at once": (55, ()),
    "410": (10, (410,)),
    "404": (2, (404,)),
    "429 with Retry-After": (6, ((429, {"Retry-After": "1"}, ""),)),
    "500, then 503": (8, (500, 503)),
    "reset": (8, ("reset",)),
    "shown, and then reset": (6, ("lost",)),
    "hangs": (2, ("hang",)),
    "413 once": (3, (413,)),
}
GONE = ("410", "404")


@dataclass(slots=True)
class Fanned:
    """What came of one fan-out. `within`: kills while parcels were on their way; `of_times`: how many phones were sent it so often;
    `shown`: by how many it is shown, of those that are there; `left`: subscriptions in the database; `states`: of deliveries."""

    seed: int
    devices: int
    kills: int
    within: int = 0
    asked: int = 0
    seconds: float = 0.0
    alive: int = 0
    shown: int = 0
    more_than_once: int = 0
    shown_of_gone: int = 0
    of_times: Counter[int] = field(default_factory=Counter)
    left: int = 0
    states: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    whole: str = ""
    by: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Phones, shown, sent more than once, by trouble."""

    @property
    def kept(self) -> bool:
        """Each that is there shows it, and shows it once; those that are gone have left; nothing waits."""
        gone = self.devices - self.alive
        return (
            self.shown == self.alive == self.left
            and not self.more_than_once and not self.shown_of_gone and not self.wrong
            and self.states == {state: count for state, count in (("sent", self.alive), ("gone", gone)) if count}
            and self.whole == "ok"
        )  # fmt: skip


def town(data_dir: Path) -> str:
    """A DATA_DIR with an event that is on tomorrow at 14, in no quiet hours; returns its id."""
    prepare(data_dir, code="376", name="Guldborgsund Kommune")
    with database.local(data_dir) as tx:
        never_quiet(tx)
    event = str(uuid_utils.uuid7())
    given = {
        "name": {"da": "Kaffe i Medborgerhuset"}, "where": {"da": "I Medborgerhuset."},
        "schedule": {"date": _tomorrow().isoformat(), "starts": "14:00", "ends": "16:00"},
    }  # fmt: skip
    _done(data_dir, local.op("save_event", "event", event, {"set": given}))
    _done(data_dir, local.op("move_event", "event", event, {"to": "public"}))
    return event


def followed(
    data_dir: Path, event: str, services: list[StandIn], devices: int, draw: random.Random
) -> dict[str, list[Phone]]:
    """So many phones that follow the event, each with a trouble of its own; by trouble."""
    names = [name for name, (share, _) in TROUBLES.items() for _ in range(share)]
    found: dict[str, list[Phone]] = {name: [] for name in TROUBLES}
    with database.local(data_dir) as tx:
        for _ in range(devices):
            name, service = draw.choice(names), draw.choice(services)
            says = TROUBLES[name][1]
            phone = service.phone(ever=says[0]) if name in GONE else service.phone(says=says)
            found[name].append(phone)
            (row,) = reach(tx, data_dir, service, [phone])
            mine = MyFollow(kind="event", id=event, when=("evening",), only=None, since=datetime.date(2026, 3, 1))
            follow.keep(tx, row, mine)
    return found


def called_off(data_dir: Path, event: str) -> None:
    """Tomorrow's time is cancelled: all who follow are to be told at once."""
    change = {"day": _tomorrow().isoformat(), "state": "cancelled", "why": {"da": "Huset er lukket."}}
    _done(data_dir, local.op("change_time", "event", event, {"change": change}))


def _tomorrow() -> datetime.date:
    return datetime.datetime.now(COPENHAGEN).date() + datetime.timedelta(days=1)


def _done(data_dir: Path, op: bytes) -> None:
    (raw,) = local.send(Settings(data_dir=data_dir), op)
    assert msgspec.json.decode(raw)["status"] == "applied", raw


@contextmanager
def serving(data_dir: Path, services: list[StandIn]) -> Iterator[dict[str, str]]:
    """Push services that listen, and what the server is told of them."""
    with ExitStack() as stack:
        for service in services:
            stack.enter_context(service)
        yield {
            "MOEDE_PUSH_HOSTS": ",".join(service.host for service in services),
            "MOEDE_PUSH_CONTACT": CONTACT,
            "MOEDE_ORIGIN": "https://moede.example",
        }


def waiting(data_dir: Path) -> int:
    """Deliveries that wait; -1 where there are none of any kind yet."""
    with sqlite3.connect(f"file:{file_of(data_dir)}?mode=ro", uri=True) as tx:
        count, waits = tx.execute("SELECT COUNT(*), COALESCE(SUM(state = 'waiting'), 0) FROM delivery").fetchone()
    tx.close()
    return int(waits) if count else -1


def fan_out(folder: Path, *, devices: int, kills: int, seed: int) -> Fanned:
    """One reminder to so many phones, the server killed so often while it goes out."""
    draw, data_dir, began = random.Random(seed), folder / "data", time.monotonic()
    services = [StandIn(wait_s=ANSWER_S) for _ in range(3)]
    found = Fanned(seed, devices, kills)
    event = town(data_dir)
    with serving(data_dir, services) as env:
        phones = followed(data_dir, event, services, devices, draw)
        called_off(data_dir, event)
        for number in range(kills):
            server = Server(data_dir, env)
            try:
                before = sum(service.asked for service in services)
                if number % 4 != 3:  # every fourth time it may still be starting
                    server.ready()
                    until("something on its way", partial(_moves, data_dir, services, before), 30)
                time.sleep(draw.uniform(0.0, 0.9))
            finally:
                found.within += waiting(data_dir) > 0
                server.kill()
        with Server(data_dir, env) as server:
            server.ready()
            server.until("nothing more on its way", lambda: waiting(data_dir) == 0, PATIENCE_S)
    found.seconds = time.monotonic() - began
    _count(found, data_dir, services, phones)
    return found


def _moves(data_dir: Path, services: list[StandIn], before: int) -> bool:
    return sum(service.asked for service in services) > before or waiting(data_dir) == 0


def _count(found: Fanned, data_dir: Path, services: list[StandIn], phones: dict[str, list[Phone]]) -> None:
    found.asked = sum(service.asked for service in services)
    found.wrong = [wrong for service in services for wrong in service.wrong]
    for name, those in phones.items():
        shown = sum(len(phone.shown) == 1 for phone in those)
        often = sum(sum(phone.times.values()) > 1 for phone in those)
        found.by[name] = (len(those), shown, often)
        if name in GONE:
            found.shown_of_gone += sum(bool(phone.shown) for phone in those)
            continue
        found.alive += len(those)
        found.shown += shown
        found.more_than_once += sum(len(phone.shown) > 1 for phone in those)
        found.of_times.update(sum(phone.times.values()) for phone in those)
    with sqlite3.connect(file_of(data_dir)) as tx:
        found.states = dict(tx.execute("SELECT state, COUNT(*) FROM delivery GROUP BY state").fetchall())
        (found.left,) = tx.execute("SELECT COUNT(*) FROM push").fetchone()
        (found.whole,) = tx.execute("PRAGMA integrity_check").fetchone()
    tx.close()


def table(found: Fanned) -> str:
    """As Markdown."""
    lines = [
        f"Seed {found.seed}: {found.devices} phones, three push services, {found.kills} kills, {found.within} of them with parcels on "
        f"their way; {found.asked} requests in {found.seconds:.0f} s.",
        "",
        "| their push service | phones | show it | sent it more than once |",
        "|---|---|---|---|",
        *(f"| {name} | {count} | {shown} | {often} |" for name, (count, shown, often) in found.by.items()),
        "",
        f"Of {found.alive} phones that are there {found.shown} show it, {found.more_than_once} show it twice, "
        f"{found.alive - found.shown} do not. Sent once: {found.of_times[1]}; more often, under the same tag: "
        f"{sum(count for times, count in found.of_times.items() if times > 1)}. Of {found.devices - found.alive} that are gone "
        f"{found.devices - found.left} subscriptions left. Deliveries: "
        + ", ".join(f"{count} {state}" for state, count in sorted(found.states.items()))
        + f". What a push service would have refused: {len(found.wrong)}.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> int:
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    devices, kills = int(os.environ.get("DEVICES", "1000")), int(os.environ.get("KILLS", "20"))
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="pushes-") as name:
        found = fan_out(Path(name), devices=devices, kills=kills, seed=seed)
    said = table(found)
    print(said)
    for wrong in sorted(set(found.wrong)):
        print(f"wrong: {wrong}")
    if os.environ.get("WRITE") == "1":
        head = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
        PAGE.write_text(head + BEGIN + said + END, encoding="utf-8")
    return 0 if found.kept else 1


if __name__ == "__main__":
    sys.exit(main())

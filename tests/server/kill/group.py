"""`kill -9` of the whole process group under load, at moments that nobody chose: several senders, several ops at a time. Everything is
sent again at the end, and counted."""

import http.client
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.store.database import file_of
from tests.server.kill.served import Served, fault, town
from tests.server.kill.town import BENCH, PATH, PLACE, TABLE

SUBJECTS = (("facility", BENCH), ("facility", TABLE), ("place", PLACE), ("route", PATH))
SENDERS = 4
AGAIN = 2
"""How often everything is sent again."""


@dataclass(slots=True)
class Load:
    """`answered`: ops whose reply had come before the last kill. `missing`: not applied in the end; `twice`: told "for the first time"
    more than once, which is also what an answered op that was lost comes to; `rows`: reports in the database."""

    seed: int
    kills: int
    sent: int = 0
    answered: int = 0
    missing: int = 0
    twice: int = 0
    rows: int = 0
    whole: str = ""

    @property
    def kept(self) -> bool:
        return self.missing == self.twice == 0 and self.rows == self.sent and self.whole == "ok"


class Senders:
    """Threads that send new reports until they are told to stop, and what they were answered."""

    def __init__(self, server: Served, seed: int) -> None:
        self._server, self._lock, self._stop = server, threading.Lock(), threading.Event()
        self.ops: list[bytes] = []
        self.first: dict[str, int] = {}
        self.applied: set[str] = set()
        self._threads = [
            threading.Thread(target=self._go, args=(random.Random(seed + number),), daemon=True)
            for number in range(SENDERS)
        ]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def send(self, ops: list[bytes]) -> None:
        """One request; what is answered is noted, no answer is no news."""
        try:
            answer = self._server.post(ops)
        except (OSError, http.client.HTTPException):
            return
        with self._lock:
            for reply in answer.results if answer.status == 200 else ():
                if reply["status"] == "applied":
                    self.applied.add(reply["id"])
                    self.first[reply["id"]] = self.first.get(reply["id"], 0) + (not reply["again"])

    def send_all(self) -> None:
        """Everything once more, and again."""
        for _ in range(AGAIN):
            for start in range(0, len(self.ops), 50):
                self.send(self.ops[start : start + 50])

    def taken(self, so_many: int) -> bool:
        """Whether as many reports have been applied."""
        return len(self.applied) >= so_many

    @property
    def missing(self) -> int:
        return len(self.ops) - len(self.applied)

    @property
    def twice(self) -> int:
        return sum(times > 1 for times in self.first.values())

    def _go(self, draw: random.Random) -> None:
        while not self._stop.is_set():
            ops = [fault(*draw.choice(SUBJECTS), f"nr. {draw.random()}") for _ in range(draw.randint(1, 8))]
            with self._lock:
                self.ops += ops
            self.send(ops)
            self._stop.wait(draw.random() * 0.05)


@contextmanager
def sending(data_dir: Path, seed: int) -> Iterator[tuple[Served, Senders]]:
    """A server with a town and phones that send to it. At the end of the `with` every phone sends what it has no answer to, and the
    server is gone."""
    server = Served(town(data_dir)).start()
    senders = Senders(server, seed)
    try:
        senders.begin()
        yield server, senders
        senders.end()
        senders.send_all()
    finally:
        senders.end()
        server.kill()


def under_load(folder: Path, *, kills: int, seed: int) -> Load:
    """Kills the group `kills` times, every third time while it is still starting."""
    draw = random.Random(seed)
    found = Load(seed, kills)
    with sending(folder / "data", seed) as (server, senders):
        for number in range(kills):
            time.sleep(draw.uniform(0.05, 0.8))
            server.kill()
            server.start(ready=number % 3 != 2)
        server.kill()
        found.answered = len(senders.applied)
        server.start()
    found.sent = len(senders.ops)
    found.missing, found.twice = senders.missing, senders.twice
    with sqlite3.connect(file_of(server.data_dir)) as tx:
        (found.rows,) = tx.execute("SELECT count(*) FROM fault").fetchone()
        (found.whole,) = tx.execute("PRAGMA integrity_check").fetchone()
    tx.close()
    return found

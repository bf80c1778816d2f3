"""Random lives of a feed and its phones: things put, withdrawn and put back, a restore under a new epoch, a plain copy put back
under the same one, pages lost, reads cut in the middle. At rest every phone holds exactly what is live. The phone here is the
shortest one that follows the rules; sync/phone is held to the same in pull.test.ts."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import feed
from sync.cursor import Resync

SCHEMA = (Path(feed.__file__).parent / "schema.sql").read_text(encoding="utf-8")


class Server:
    """The real feed in a database that can be copied and put back, as an operator does with a file."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.executescript(SCHEMA)
        feed.begin(self.db, "e0")
        self.epochs = 0
        self.copy: sqlite3.Connection | None = None

    def put(self, thing: str, body: bytes | None) -> None:
        feed.put(self.db, "public", "place", thing, body)

    def back_up(self) -> None:
        self.copy = sqlite3.connect(":memory:", isolation_level=None)
        self.db.backup(self.copy)

    def put_back(self, *, new_epoch: bool) -> None:
        if self.copy is None:
            return
        self.copy.backup(self.db)
        if new_epoch:
            self.epochs += 1
            feed.new_epoch(self.db, f"e{self.epochs}")

    def live(self) -> dict[str, str]:
        rows = self.db.execute("SELECT id, v FROM feed WHERE body IS NOT NULL").fetchall()
        return dict(rows)


class Phone:
    def __init__(self, *, reads_digest: bool) -> None:
        self.reads_digest = reads_digest
        self.shown: dict[str, str] = {}
        self.cursor: str | None = None
        self.fresh: dict[str, str] | None = {}
        self.fresh_cursor: str | None = None

    def pull(self, server: Server, size: int, *, lost: bool) -> bool:
        """One request. True when nothing more is to be read."""
        reading = self.fresh is not None
        try:
            answer = feed.page(server.db, "public", self.fresh_cursor if reading else self.cursor, max_changes=size)
        except Resync:
            if not lost:
                self.fresh, self.fresh_cursor = {}, None
            return False
        if lost:
            return False
        target = self.shown if self.fresh is None else self.fresh
        page: Any = json.loads(answer.encode())
        for change in page["changes"]:
            if change["body"] is None:
                target.pop(change["id"], None)
            else:
                target[change["id"]] = change["v"]
        if reading:
            self.fresh_cursor = page["cursor"]
        else:
            self.cursor = page["cursor"]
        if page["more"]:
            return False
        self.shown, self.cursor, self.fresh, self.fresh_cursor = target, page["cursor"], None, None
        if self.reads_digest and f"{sum(int(v, 16) for v in target.values()) % 2**32:08x}" != page["digest"]:
            self.fresh = {}
            return False
        return True


THING = st.integers(0, 7).map(lambda n: f"t{n}")
EVENTS = st.one_of(
    st.tuples(st.just("put"), THING, st.integers(0, 3)),
    st.tuples(st.just("put"), THING, st.integers(4, 40)),
    st.tuples(st.just("gone"), THING, st.just(0)),
    st.tuples(st.just("back up"), st.just(""), st.just(0)),
    st.tuples(st.just("restore"), st.just(""), st.just(0)),
    st.tuples(st.just("plain copy"), st.just(""), st.just(0)),
    *[st.tuples(st.just("pull"), st.sampled_from("012"), st.sampled_from([1, 2, 5])) for _ in range(4)],
    st.tuples(st.just("lost"), st.sampled_from("012"), st.sampled_from([1, 2, 5])),
)


@pytest.mark.parametrize("reads_digest", [True, False])
@given(events=st.lists(EVENTS, min_size=20, max_size=90))
@settings(max_examples=200, deadline=None)
def test_every_phone_ends_with_exactly_what_is_live(
    reads_digest: bool, events: list[tuple[str, str, int]]
) -> None:  # F11
    server, phones = Server(), [Phone(reads_digest=reads_digest) for _ in range(3)]
    for what, which, n in events:
        match what:
            case "put":
                server.put(which, b'{"n":%d}' % n)
            case "gone":
                server.put(which, None)
            case "back up":
                server.back_up()
            case "restore":
                server.put_back(new_epoch=True)
            case "plain copy" if reads_digest:  # without a digest nobody can know
                server.put_back(new_epoch=False)
            case "pull" | "lost":
                phones[int(which)].pull(server, n, lost=what == "lost")
    live = server.live()
    last = feed.page(server.db, "public", None)
    assert last.digest == f"{sum(int(v, 16) for v in live.values()) % 2**32:08x}"
    for phone in phones:
        assert any(phone.pull(server, 3, lost=False) for _ in range(500)), "a phone that never ends"
        assert phone.shown == live


@given(events=st.lists(st.tuples(THING, st.none() | st.integers(0, 2)), max_size=60))
@settings(max_examples=60, deadline=None)
def test_the_running_sum_is_the_sum(events: list[tuple[str, int | None]]) -> None:  # F7
    server = Server()
    for thing, n in events:
        before = feed.head(server.db, "public")
        body = None if n is None else b'{"n":%d}' % n
        now = feed.current(server.db, "public", "place", thing)
        seq = feed.put(server.db, "public", "place", thing, body)
        same = body == (None if now is None else now[1])
        assert seq == (None if same else before + 1)
        total = sum(int(v, 16) for v in server.live().values()) % 2**32
        assert feed.mark(server.db, "public", None).digest == total

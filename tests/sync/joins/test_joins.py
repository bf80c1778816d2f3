"""Nothing stored joins a phone's anonymous ops with what it sends under its secret: somebody with the whole folder tries.

The phones are the real ones (phones.ts runs sync/phone), the server's end is ops.run on a real database, each request a transaction. A
phone is found as often as by drawing lots: that is the claim."""

import datetime
import hashlib
import json
import math
import random
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from server.domain import verbs
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.model.site import Site
from server.model.values import Access, Text
from server.ops import Credential, run
from server.prepare import prepare
from server.store import device, facility, journal, site
from server.store.database import file_of, writing
from server.store.driver import connect
from server.store.facility import FacilityRow
from sync.sql import Tx
from tests.sync.joins.attacker import Loot

ROOT = Path(__file__).resolve().parents[3]
PHONES, THINGS = 200, 300
CHANCE = 1 / PHONES
"""Each phone has two of all anonymous ops, which are two a phone."""


def loud(tx: Tx, ctx: Ctx, subject: Any, args: object) -> Done:
    """What staff do: a body changes, and takes a number in the feed beside those of the reports."""
    site.put(tx, Site(name=Text(da=f"Kommune {ctx.uuid()}"), code="376", demo=False))
    return Done([("settings", "site")], moved=False)


@dataclass
class Found:
    """Of how many phones an axis says something, and how many of those were guessed right."""

    of: int
    right: int

    @property
    def share(self) -> float:
        return self.right / max(1, self.of)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR with things that can be broken."""
    data_dir = tmp_path_factory.mktemp("joins") / "data"
    prepare(data_dir, code="376", name="Guldborgsund Kommune")
    tx = connect(file_of(data_dir))

    def things(tx: Tx) -> None:
        for number in range(THINGS):
            id = f"019d2fff-0000-7000-8000-{number:012}"
            here = {"x": 684_000.0 + number, "y": 6_073_000.0, "access": Access(), "public": True, "type_text": "Bænk"}
            words = {"name": None, "code": 1371, "season": None, "open_24h": None, "source_text": "Prøve"}
            facility.upsert(tx, FacilityRow(id=id, source="prøve", key=id, **here, **words))  # type: ignore[arg-type]

    writing(tx, things)
    tx.close()
    return data_dir


def attacked(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, *, verb: Any = None, emptied: bool = True
) -> dict[str, Found]:
    """A day of phones against a server, and then the copy that somebody takes while it still runs. `verb`: what they do in place of
    following."""
    if verb is not None:
        monkeypatch.setitem(verbs.VERBS, "follow", replace(verbs.VERBS["follow"], run=verb))
    data_dir = shutil.copytree(begun, tmp_path / "data")
    command = ["node", str(ROOT / "tests/sync/joins/phones.ts"), "1", str(PHONES), str(THINGS), how]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60).stdout
    tx = connect(file_of(data_dir))
    tx.execute("PRAGMA synchronous = OFF").fetchall()  # nobody cuts the power here, and there are 600 commits
    own: dict[int, set[str]] = defaultdict(set)
    known: dict[int, str] = {}
    device_of: dict[str, bytes] = {}
    emptied_at = 0
    for request in map(json.loads, told.splitlines()):
        if emptied and request["at"] - emptied_at > journal.EVERY_S * 1000:
            assert journal.empty(tx)
            emptied_at = request["at"]
        lines = [line.encode() for line in request["lines"]]
        secret = hashlib.sha256(str(request["phone"]).encode()).digest()
        by = Credential("none") if request["credential"] == "none" else Credential("device", device=secret)
        ctx = Ctx.at(datetime.datetime.fromtimestamp(request["at"] / 1000, datetime.UTC), data_dir=data_dir)
        replies = writing(tx, lambda tx, lines=lines, by=by, ctx=ctx: run(tx, lines, by, ctx))  # type: ignore[misc]
        for reply in map(json.loads, replies):
            assert reply["status"] == "applied"
            if by.kind == "none":
                own[request["phone"]].add(reply["id"])
            else:
                known[request["phone"]] = reply["id"]
                device_of[reply["id"]] = secret
    loot = Loot(shutil.copytree(data_dir, tmp_path / "loot"), device_of)
    tx.close()
    assert len(loot.anonymous) == 2 * PHONES
    assert len(loot.fault_of()) == 2 * PHONES, "an op and the row that it made do find one another, by the hash"
    chance = random.Random(1)
    found = {}
    for name, axis in loot.axes().items():
        guesses = {phone: loot.guess(op, axis, chance) for phone, op in known.items()}
        told_of = [phone for phone, guess in guesses.items() if guess is not None]
        found[name] = Found(len(told_of), sum(guesses[phone] in own[phone] for phone in told_of))
    return found


def by_lots(found: Found) -> bool:
    """Whether so many could well be right by drawing lots (one day in a million has more)."""
    more = sum(
        math.comb(found.of, k) * CHANCE**k * (1 - CHANCE) ** (found.of - k) for k in range(found.right, found.of + 1)
    )
    return more > 1e-6


def test_what_a_device_sends_and_its_anonymous_ops_are_joined_by_nothing(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = attacked(begun, tmp_path, monkeypatch, "apart")
    assert all(by_lots(one) for one in found.values()), found
    assert found["bytes in the journal"].of == 0, "no log holds two ops of one phone: it holds a minute"


def test_devices_that_were_counted_up_would_tell_in_which_order_phones_came(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So their numbers are drawn (store/device.sql): beside reports, which are counted, they say nothing."""
    numbers = iter(range(1, 1 + PHONES))

    def counted(tx: Tx, sha256: bytes, on: datetime.date) -> int:
        row = next(numbers)
        tx.execute("INSERT INTO device VALUES (?, ?, ?)", (row, sha256, on.isoformat())).fetchall()
        return row

    apart = attacked(begun, tmp_path / "drawn", monkeypatch, "together")["rows of devices beside those of reports"]
    assert apart.of == PHONES
    assert by_lots(apart)
    monkeypatch.setattr(device, "make", counted)
    together = attacked(begun, tmp_path / "counted", monkeypatch, "together")["rows of devices beside those of reports"]
    assert not by_lots(together)


def test_the_attack_is_no_toy_it_finds_what_is_sent_together_and_lies_in_the_log(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = attacked(begun, tmp_path, monkeypatch, "together", emptied=False)
    assert found["bytes in the journal"].share > 0.3, found
    assert not by_lots(found["bytes in the journal"])


def test_numbers_in_the_feed_are_neighbours_and_say_so_much(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The remainder (docs/privacy.md, decision 0004): a change that all read beside a report. Staff's phones have it, devices have not."""
    together = attacked(begun, tmp_path / "together", monkeypatch, "together", verb=loud)["numbers in the public feed"]
    apart = attacked(begun, tmp_path / "apart", monkeypatch, "apart", verb=loud)["numbers in the public feed"]
    assert together.of == apart.of == PHONES
    assert together.share > 0.5
    assert apart.share < 0.1


def test_an_anonymous_op_leaves_no_moment_in_any_table(begun: Path, tmp_path: Path) -> None:
    data_dir = shutil.copytree(begun, tmp_path / "data")
    tx = connect(file_of(data_dir))
    at = datetime.datetime(2026, 4, 1, 13, 37, 42, tzinfo=datetime.UTC)
    op = {"id": "5f3c4f0e-5d2f-4d7a-8b1c-0d5a3c0e9f10", "verb": "report_fault", "at": "2026-04-01T00:00:00Z"}
    thing = {"kind": "facility", "id": "019d2fff-0000-7000-8000-000000000001"}
    line = json.dumps(
        {**op, "subject": thing, "base": None, "args": {"what": "broken", "text": "", "photos": []}}
    ).encode()
    before = every_value(tx)
    (reply,) = writing(tx, lambda tx: run(tx, [line], Credential("none"), Ctx.at(at, data_dir=data_dir)))
    assert json.loads(reply)["status"] == "applied"
    new = every_value(tx) - before
    tx.close()
    assert new
    seconds = int(at.timestamp())
    for value in new:
        assert not any(f"{hour}:37" in str(value) for hour in (13, 15)), value
        if isinstance(value, int | float):
            assert not any(
                abs(value - moment) < 7200 * scale for moment, scale in ((seconds, 1), (seconds * 1000, 1000))
            )


def every_value(tx: Tx) -> set[Any]:
    """Whatever stands in a table that is one (SpatiaLite's virtual ones show what stands in others)."""
    tables = tx.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'").fetchall()
    rows = (row for (name,) in tables for row in tx.execute(f'SELECT * FROM "{name}"').fetchall())
    return {value for row in rows for value in row}

"""What devices have sent is remembered once, beside what nobody in particular sends, and its words for 60 days."""

import datetime
import json
from typing import Any

import pytest

from server.ops import Credential, run
from server.store import device_inbox
from server.store.heads import Heads
from sync.inbox import IdReused


def test_an_op_of_a_device_is_remembered_in_a_table_of_its_own_and_counted(world: Any) -> None:
    line = world.line("follow", "settings", "site", {"when": ["hour"]})
    before, counted = world.count("inbox"), Heads.read_from(world.tx).inbox
    replies = [run(world.tx, [line], Credential("device", device=bytes(32)), world.ctx)[0] for _ in range(2)]
    first, again = map(json.loads, replies)
    assert (first["status"], again) == ("applied", {**first, "again": True})
    assert (world.count("inbox"), world.count("inbox_device")) == (before, 1)
    assert Heads.read_from(world.tx).inbox == counted + 1
    with pytest.raises(IdReused):
        device_inbox.seen(world.tx, first["id"], bytes(32))


def test_after_sixty_days_what_was_followed_does_not_stand_in_the_reply_any_more(world: Any) -> None:
    line = world.line("follow", "settings", "site", {"when": ["hour"]})
    by = Credential("device", device=bytes(32))
    run(world.tx, [line], by, world.ctx)
    assert device_inbox.thin(world.tx, world.ctx.today) == 0
    assert device_inbox.thin(world.tx, world.ctx.today + datetime.timedelta(days=1)) == 1
    (again,) = map(json.loads, run(world.tx, [line], by, world.ctx))
    assert (again["status"], again["again"], "result" in again) == ("applied", True, False)


def test_a_database_that_was_made_before_there_were_devices_remembers_none(world: Any) -> None:
    world.tx.execute("SAVEPOINT older").fetchall()
    world.tx.execute("DROP TABLE inbox_device").fetchall()
    assert device_inbox.count(world.tx) == 0
    world.tx.execute("ROLLBACK TO older").fetchall()

"""What is held of people leaves by itself, and not before its time."""

import datetime
import json
from typing import Any

from server.domain.ctx import Ctx
from server.jobs.forget import forget_due
from server.ops import Credential, run
from server.store import device
from tests.server.jobs.following import Following


def forget(world: Any, moment: str) -> None:
    forget_due(world.tx, Ctx.at(datetime.datetime.fromisoformat(moment), data_dir=world.data_dir))


def test_a_phone_that_is_silent_for_a_year_is_forgotten_with_all_that_is_held_of_it(world: Any) -> None:
    phones = Following(world)
    id = world.event(host={"name": "Kirsten", "phone": "54731000"})
    for phone in ("silent", "heard"):
        phones.follow(phone, "event", id, "evening")
        phones.skip(phone, id, "2026-04-14")
    assert len(phones.tell("2026-04-06T19:00:00+02:00")) == 2
    device.see(world.tx, phones.row("heard"), datetime.date(2026, 4, 2))
    forget(world, "2027-04-01T10:00:00+02:00")
    assert world.count("device") == 2
    forget(world, "2027-04-02T10:00:00+02:00")
    for table in ("device", "follow", "push"):
        assert world.count(table) == 1, table
    assert world.count("skipped") == world.count("delivery") == 0


def test_who_wanted_to_be_met_is_known_until_two_days_after(world: Any) -> None:
    phones = Following(world)
    id = world.event(host={"name": "Kirsten", "phone": "54731000"})
    phones.by("a", "ask_met", "event", id, {"day": "2026-04-07"})
    world.done("answer_met", "event", id, {"day": "2026-04-07", "answer": {"da": "Jeg står ved døren i en gul jakke."}})
    world.tx.execute(
        "INSERT INTO met VALUES (?, '019d4000-0000-7000-8000-00000000gone', '2026-04-07')", (phones.row("a"),)
    )
    forget(world, "2026-04-09T15:59:00+02:00")
    assert (world.count("met"), world.count("met_answer")) == (2, 1)
    forget(world, "2026-04-09T16:00:00+02:00")
    assert world.count("met_answer") == 0
    assert world.tx.execute("SELECT event FROM met").fetchall() == [("019d4000-0000-7000-8000-00000000gone",)]
    forget(world, "2026-04-10T03:00:00+02:00")
    assert world.count("met") == 0, "of a time that is there no more the day counts"


def test_what_was_told_is_forgotten_a_month_after_it_was_of_use(world: Any) -> None:
    phones = Following(world)
    id = world.event(schedule={"date": "2026-04-07", "starts": "14:00", "ends": "16:00"})
    phones.follow("a", "event", id, "evening")
    phones.tell("2026-04-06T19:00:00+02:00")
    forget(world, "2026-05-07T12:59:00+02:00")
    assert (world.count("message"), world.count("delivery"), world.count("reminder")) == (1, 1, 2)
    forget(world, "2026-05-07T14:01:00+02:00")
    assert (world.count("message"), world.count("delivery"), world.count("reminder")) == (0, 0, 0)
    assert phones.tell() == []


def test_nor_is_it_known_any_longer_by_what_was_replied_to_the_phone(world: Any) -> None:
    id = world.event(host={"name": "Kirsten", "phone": "54731000"})
    ask = world.line("ask_met", "event", id, {"day": "2026-04-07"})
    follow = world.line("follow", "event", id, {"when": []})
    by = Credential("device", device=b"a" * 32)
    world.done("answer_met", "event", id, {"day": "2026-04-07", "answer": {"da": "Jeg står ved døren i en gul jakke."}})
    run(world.tx, [ask, follow], by, world.ctx)
    held = "SELECT count(*) FROM inbox_device WHERE instr(reply, 'gul jakke') OR instr(reply, '2026-04-07')"
    assert world.tx.execute(held).fetchall() == [(1,)]
    forget(world, "2026-04-09T23:00:00+02:00")
    assert world.tx.execute(held).fetchall() == [(1,)]
    forget(world, "2026-04-10T03:00:00+02:00")
    assert world.tx.execute(held).fetchall() == [(0,)]
    replies = [json.loads(one) for one in run(world.tx, [ask, follow], by, world.ctx)]
    assert [(one["again"], "result" in one) for one in replies] == [(True, False), (True, True)]

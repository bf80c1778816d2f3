"""When a notice goes out: never in the night, not twice within a day by accident, not again after a restore; and how long it is read."""

import datetime
import json

import pytest

from server.prepare import after_restore
from server.publish import republish
from tests.server.conftest import World
from tests.server.jobs.sending import at, deliveries, phone, send, settle, staff, tick

# Quiet hours.


@pytest.mark.parametrize(
    ("now", "wanted", "goes"),
    [
        ("2026-04-01T07:00:00Z", None, "2026-04-01T07:00:00Z"),
        ("2026-04-01T20:30:00Z", None, "2026-04-02T06:00:00Z"),
        ("2026-04-01T07:00:00Z", "2026-04-01T19:00:00Z", "2026-04-02T06:00:00Z"),
        ("2026-04-01T07:00:00Z", "2026-04-01T18:59:59Z", "2026-04-01T18:59:59Z"),
        # The night of the change to summer time: 8 in the morning is an hour earlier by UTC.
        ("2026-03-28T12:00:00Z", "2026-03-28T21:00:00Z", "2026-03-29T06:00:00Z"),
        ("2026-03-27T12:00:00Z", "2026-03-27T21:00:00Z", "2026-03-28T07:00:00Z"),
        # And back.
        ("2026-10-24T10:00:00Z", "2026-10-24T21:00:00Z", "2026-10-25T07:00:00Z"),
        ("2026-10-23T10:00:00Z", "2026-10-23T21:00:00Z", "2026-10-24T06:00:00Z"),
    ],
)
def test_what_is_wanted_in_the_night_goes_when_it_is_over(
    world: World, now: str, wanted: str | None, goes: str
) -> None:
    at(world, now)
    phone(world, 1, ("settings", "site"))
    id = world.id()
    reply = send(world, {"kind": "all"}, id=id, at=wanted)
    assert (reply["result"], staff(world, id)["at"]) == ({"goes_at": goes}, goes)
    second = datetime.timedelta(seconds=1)
    tick(world, f"{datetime.datetime.fromisoformat(goes) - second:%Y-%m-%dT%H:%M:%SZ}")
    assert deliveries(world) == []
    tick(world, goes)
    assert len(deliveries(world)) == 1


def test_a_server_that_stood_still_until_the_night_sends_in_the_morning(world: World) -> None:
    phone(world, 1, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id, at="2026-04-01T18:00:00Z")
    tick(world, "2026-04-01T21:00:00Z")
    assert (deliveries(world), staff(world, id)["at"]) == ([], "2026-04-02T06:00:00Z")
    tick(world, "2026-04-02T06:00:00Z")
    assert len(deliveries(world)) == 1


def test_after_a_day_it_is_not_of_use_any_more(world: World, caplog: pytest.LogCaptureFixture) -> None:
    phone(world, 1, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id, at="2026-04-01T12:00:00Z")
    tick(world, "2026-04-02T12:00:00Z")
    assert (staff(world, id)["state"], deliveries(world)) == ("stopped", [])
    assert staff(world, id)["staff"]["not_reached"] == {"late": 1}
    assert id in caplog.text, "and the log says so"


# A second one.


@pytest.mark.parametrize(
    ("first", "second", "asks"),
    [
        ("here", "here", True),
        ("here", "there", False),
        ("here", "all", True),
        ("all", "here", True),
        ("all", "all", True),
    ],
)
def test_a_second_to_the_same_within_a_day_is_asked_about(world: World, first: str, second: str, asks: bool) -> None:
    whom = {name: {"kind": "place", "id": world.place()} for name in ("here", "there")} | {"all": {"kind": "all"}}
    assert send(world, whom[first])["status"] == "applied"
    tick(world)
    at(world, "2026-04-02T06:59:00Z")
    reply = send(world, whom[second])
    assert (reply["status"] == "refused") is asks
    if asks:
        assert (reply["code"], reply["at"]) == ("again_soon", "/args/sure")
        assert "1.4. kl. 9.00" in reply["detail"]
        assert send(world, whom[second], sure=True)["status"] == "applied"


def test_after_a_day_nobody_is_asked(world: World) -> None:
    send(world, {"kind": "all"})
    tick(world)
    at(world, "2026-04-02T07:00:00Z")
    assert send(world, {"kind": "all"})["status"] == "applied"


def test_one_that_is_scheduled_for_the_same_day_counts_and_one_that_was_stopped_does_not(world: World) -> None:
    id = world.id()
    send(world, {"kind": "all"}, id=id, at="2026-04-02T06:00:00Z")
    assert send(world, {"kind": "all"})["code"] == "again_soon"
    world.done("stop_notice", "notice", id, {})
    assert send(world, {"kind": "all"})["status"] == "applied"


# The archive.


def test_it_can_be_read_for_a_year_and_is_gone_then(world: World) -> None:
    phone(world, 1, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id)
    tick(world)
    settle(world, "sent")
    tick(world, "2027-03-31T07:00:00Z")
    assert world.body("public", "notice", id)["state"] == "sent"
    tick(world, "2027-04-02T07:00:00Z")
    assert [world.body(scope, "notice", id) for scope in ("public", "staff")] == [None, None]
    assert (world.count("notice"), world.count("message")) == (0, 0)


def test_made_anew_a_notice_is_as_it_was(world: World) -> None:
    phone(world, 1, ("settings", "site"))
    sent, coming = world.id(), world.id()
    send(world, {"kind": "all"}, id=sent)
    tick(world)
    send(world, {"kind": "all"}, id=coming, at="2026-04-20T12:00:00Z")
    before = [world.body(scope, "notice", id) for scope in ("public", "staff") for id in (sent, coming)]
    republish(world.tx, world.ctx.today)
    assert [world.body(scope, "notice", id) for scope in ("public", "staff") for id in (sent, coming)] == before
    assert [one is None for one in before] == [False, True, False, False]


def test_every_notice_stands_in_the_audit_without_its_words(world: World) -> None:
    send(world, {"kind": "all"})
    rows = world.tx.execute("SELECT verb, kind, fields FROM audit WHERE verb = 'send_notice'").fetchall()
    assert rows == [("send_notice", "notice", json.dumps(["title", "body", "at"], separators=(",", ":")))]


# A backup that was put back.


def test_after_a_restore_nobody_is_told_what_they_may_have_been_told(world: World) -> None:
    for number in (1, 2):
        phone(world, number, ("settings", "site"))
    past, coming = world.id(), world.id()
    send(world, {"kind": "all"}, id=past, at="2026-04-01T12:00:00Z")
    far = f"{datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30):%Y-%m-%dT12:00:00Z}"
    world.ctx = type(world.ctx).at(datetime.datetime.now(datetime.UTC), data_dir=world.data_dir)
    send(world, {"kind": "all"}, id=coming, at=far)
    after_restore(world.tx)
    assert (staff(world, past)["state"], staff(world, past)["staff"]["not_reached"]) == ("stopped", {"restored": 2})
    assert staff(world, coming)["state"] == "scheduled"
    tick(world)
    assert deliveries(world) == []


def test_after_a_restore_in_the_midst_of_it_what_waited_is_told_as_late(world: World) -> None:
    for number in (1, 2):
        phone(world, number, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id)
    tick(world)
    settle(world, "sent", 1)
    after_restore(world.tx)
    tick(world)
    assert (staff(world, id)["state"], staff(world, id)["staff"]["not_reached"]) == ("sent", {"late": 1})

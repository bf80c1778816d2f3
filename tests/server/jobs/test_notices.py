"""Notices: to whom, killed, stopped, and what became of them."""

import datetime
from typing import Any

import pytest

from server.jobs import notices
from server.store import device, notice
from sync import feed
from tests.server.conftest import World
from tests.server.jobs.sending import BODY, TITLE, deliveries, phone, send, settle, staff, tick


def test_it_goes_to_who_follows_and_to_nobody_else(world: World) -> None:
    here, there = world.place(), world.place()
    follows = phone(world, 1, ("place", here))
    everything = phone(world, 2, ("settings", "site"))
    phone(world, 3, ("place", there))
    phone(world, 4, ("place", here), push=False)
    id = world.id()
    send(world, {"kind": "place", "id": here}, id=id)
    assert deliveries(world) == [], "nothing goes out before the job runs"
    made, next_at = tick(world)
    assert (made, set(deliveries(world))) == (True, {(follows, "waiting"), (everything, "waiting")})
    assert next_at is not None
    assert next_at - world.ctx.now <= datetime.timedelta(seconds=5), "it is looked at again soon"
    settle(world, "sent")
    tick(world)
    told = staff(world, id)
    assert (told["state"], told["staff"]["devices"], told["staff"]["reached"]) == ("sent", 3, 2)
    assert told["staff"]["not_reached"] == {"no_push": 1}


@pytest.mark.parametrize(("only", "gets"), [("", True), ("2026-04-07", True), ("2026-03-31", False)])
def test_who_follows_a_single_time_of_an_event_is_told_until_that_is_over(world: World, only: str, gets: bool) -> None:
    event = world.event()
    phone(world, 1, ("event", event), only=only)
    send(world, {"kind": "event", "id": event})
    tick(world)
    assert len(deliveries(world)) == int(gets)


def test_to_all_goes_to_every_phone_that_follows_anything_once(world: World) -> None:
    place = world.place()
    row = phone(world, 1, ("place", place), ("settings", "site"), ("area", "nysted"))
    phone(world, 2)
    send(world, {"kind": "all"})
    tick(world)
    assert deliveries(world) == [(row, "waiting")]


@pytest.mark.parametrize(
    ("to", "code", "where"),
    [
        ({"kind": "place", "id": "019d4000-0000-7000-8000-999999999999"}, "unknown_subject", "/subject"),
        ({"kind": "event", "id": "019d4000-0000-7000-8000-999999999999"}, "unknown_subject", "/subject"),
        ({"kind": "organiser", "id": "nobody"}, "unknown_subject", "/subject"),
        ({"kind": "area", "id": "atlantis"}, "invalid", "/args/to/id"),
        ({"kind": "place"}, "invalid", "/args/to/id"),
        ({"kind": "all", "id": "x"}, "invalid", "/args/to/id"),
        ({"kind": "everybody"}, "invalid", "/args/to/kind"),
    ],
)
def test_what_nobody_can_follow_is_refused(world: World, to: dict[str, Any], code: str, where: str) -> None:
    reply = send(world, to)
    assert (reply["status"], reply["code"], reply["at"]) == ("refused", code, where)


@pytest.mark.parametrize("state", ["draft", "proposed"])
def test_an_event_that_readers_do_not_know_is_nobodys_to_be_told_of(world: World, state: str) -> None:
    assert send(world, {"kind": "event", "id": world.event(state)})["code"] == "unknown_subject"


@pytest.mark.parametrize(
    ("more", "code", "where", "words"),
    [
        ({"title": {"da": "Mod ensomhed"}}, "invalid", "/args/title/da", "”ensomhed”"),
        ({"body": {"da": "Kaffe", "en": "You are not alone"}}, "invalid", "/args/body/en", "”alone”"),
        ({"title": {"da": "x" * 61}}, "too_long", "/args/title/da", "60"),
        ({"body": {"da": "x" * 301}}, "too_long", "/args/body/da", "300"),
        ({"at": "i morgen"}, "invalid", "/args/at", "klokkeslæt"),
        ({"at": "2026-02-31T12:00:00Z"}, "invalid", "/args/at", "klokkeslæt"),
        ({"at": "2026-03-31T12:00:00Z"}, "invalid", "/args/at", "gået"),
        ({"at": "2027-06-01T12:00:00Z"}, "invalid", "/args/at", "et år"),
    ],
)
def test_words_and_times_that_can_not_be_are_refused_in_danish(
    world: World, more: dict[str, Any], code: str, where: str, words: str
) -> None:
    reply = send(world, {"kind": "all"}, **more)
    assert (reply["status"], reply["code"], reply["at"]) == ("refused", code, where)
    assert words in reply["detail"]
    assert world.count("notice") == 0


def test_an_id_is_sent_once(world: World) -> None:
    id = world.id()
    assert send(world, {"kind": "all"}, id=id)["status"] == "applied"
    assert send(world, {"kind": "all"}, id=id, sure=True)["code"] == "invalid"
    assert send(world, {"kind": "all"}, id="0e37df36-f698-11e6-8dd4-cb9ced3df976", sure=True)["code"] == "invalid"


def test_readers_get_it_once_it_begins_to_go_out_and_never_what_is_staffs(world: World) -> None:
    id = world.id()
    send(world, {"kind": "all"}, id=id, at="2026-04-02T12:00:00Z")
    assert (world.body("public", "notice", id), staff(world, id)["state"]) == (None, "scheduled")
    tick(world, "2026-04-02T11:59:59Z")
    assert world.body("public", "notice", id) is None
    phone(world, 1, ("settings", "site"))
    tick(world, "2026-04-02T12:00:00Z")
    assert world.body("public", "notice", id) == {
        "id": id, "to": {"kind": "all", "id": None}, "title": TITLE, "body": BODY, "state": "sending", "at": "2026-04-02T12:00:00Z",
    }  # fmt: skip


def test_while_it_goes_out_the_feed_stands_still_and_the_numbers_move(world: World) -> None:
    for number in range(1, 6):
        phone(world, number, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id)
    tick(world)
    before = [feed.head(world.tx, scope) for scope in ("public", "staff")]
    for done in range(1, 5):
        settle(world, "sent", 1)
        tick(world)
        found = notice.find(world.tx, id)
        assert found is not None
        far = notice.progress(world.tx, found)
        assert (far.waiting, far.reached, far.devices) == (5 - done, done, 5)
    assert [feed.head(world.tx, scope) for scope in ("public", "staff")] == before
    settle(world, "sent", 1)
    tick(world)
    assert staff(world, id)["state"] == "sent"


def test_what_became_of_it_is_told_by_reason_and_who_got_it_is_forgotten(world: World) -> None:
    for number in range(1, 7):
        phone(world, number, ("settings", "site"), push=number != 6)
    id = world.id()
    send(world, {"kind": "all"}, id=id)
    tick(world)
    for state, many in (("sent", 2), ("gone", 1), ("refused", 1), ("late", 1)):
        settle(world, state, many)
    tick(world)
    assert staff(world, id)["staff"] | {"by": ""} == {
        "by": "", "devices": 6, "reached": 2, "not_reached": {"gone": 1, "refused": 1, "late": 1, "no_push": 1},
    }  # fmt: skip
    assert deliveries(world) == []


def test_a_phone_that_is_forgotten_meanwhile_is_counted_as_that(world: World) -> None:
    first = phone(world, 1, ("settings", "site"))
    phone(world, 2, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id)
    tick(world)
    device.forget(world.tx, first)
    settle(world, "sent")
    tick(world)
    assert staff(world, id)["staff"]["not_reached"] == {"forgotten": 1}


# Killed, and run again.


class Killed(Exception):
    pass


class Dying:
    """A connection whose process dies at its `left`th statement."""

    def __init__(self, tx: Any, left: int) -> None:
        self.tx, self.left = tx, left

    def _one(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

    def execute(self, *words: Any) -> Any:
        self._one()
        return self.tx.execute(*words)

    def executemany(self, *words: Any) -> Any:
        self._one()
        return self.tx.executemany(*words)


def test_killed_at_any_statement_of_the_fan_out_each_phone_gets_it_once(world: World) -> None:
    for number in range(1, 4):
        phone(world, number, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id)
    world.tx.execute("SAVEPOINT work").fetchall()
    kills = 0
    while True:
        try:
            notices.run(Dying(world.tx, kills + 1), world.ctx.now)  # type: ignore[arg-type]
            break
        except Killed:
            kills += 1
            world.tx.execute("ROLLBACK TO work").fetchall()  # what a database does whose writer is gone
            assert (deliveries(world), staff(world, id)["state"]) == ([], "scheduled"), "all of it or nothing"
    world.tx.execute("RELEASE work").fetchall()
    assert kills > 10
    tick(world)
    assert [state for _, state in deliveries(world)] == ["waiting"] * 3
    assert world.count("message") == 1


def test_what_is_sent_is_not_sent_again_by_a_job_that_runs_twice(world: World) -> None:
    phone(world, 1, ("settings", "site"))
    send(world, {"kind": "all"})
    tick(world)
    settle(world, "sent")
    for _ in range(3):
        assert tick(world)[0] is False
    assert world.count("delivery") == 0, "told and forgotten"


# Stopped.


def test_stopped_before_it_goes_nobody_ever_reads_it(world: World) -> None:
    phone(world, 1, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id, at="2026-04-02T12:00:00Z")
    world.done("stop_notice", "notice", id, {})
    tick(world, "2026-04-02T12:00:00Z")
    assert (staff(world, id)["state"], world.body("public", "notice", id), deliveries(world)) == ("stopped", None, [])


def test_stopped_midway_what_waits_is_not_sent_and_what_is_on_its_way_is_counted(world: World) -> None:
    for number in range(1, 6):
        phone(world, number, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id)
    tick(world)
    settle(world, "sent", 2)
    going = world.tx.execute(
        "UPDATE delivery SET lease_until = '2026-04-01T07:01:00Z' WHERE id = (SELECT max(id) FROM delivery) RETURNING id"
    ).fetchall()[0][0]
    world.done("stop_notice", "notice", id, {})
    assert sorted(state for _, state in deliveries(world)) == ["sent", "sent", "stopped", "stopped", "stopped"]
    assert staff(world, id)["state"] == "stopped"
    tick(world)
    assert staff(world, id)["staff"]["reached"] == 0, "not told before it is over"
    world.tx.execute("UPDATE delivery SET state = 'sent', lease_until = NULL WHERE id = ?", (going,)).fetchall()
    tick(world)
    assert staff(world, id)["staff"] | {"by": ""} == {
        "by": "", "devices": 5, "reached": 3, "not_reached": {"stopped": 2},
    }  # fmt: skip
    assert world.body("public", "notice", id)["state"] == "stopped", "who got it can read it"


def test_a_sender_that_died_with_it_is_waited_for_no_longer_than_its_lease(world: World) -> None:
    phone(world, 1, ("settings", "site"))
    id = world.id()
    send(world, {"kind": "all"}, id=id)
    tick(world)
    world.tx.execute("UPDATE delivery SET lease_until = '2026-04-01T07:01:00Z'").fetchall()
    world.done("stop_notice", "notice", id, {})
    tick(world, "2026-04-01T07:00:30Z")
    assert staff(world, id)["staff"]["not_reached"] == {}
    tick(world, "2026-04-01T07:01:00Z")
    assert staff(world, id)["staff"]["not_reached"] == {"stopped": 1}


def test_what_is_sent_can_not_be_stopped_and_what_is_stopped_stays_so(world: World) -> None:
    id, other = world.id(), world.id()
    send(world, {"kind": "all"}, id=id)
    tick(world)
    assert world.do("stop_notice", "notice", id, {})["code"] == "bad_step"
    send(world, {"kind": "all"}, id=other, at="2026-04-03T12:00:00Z")
    for _ in range(2):
        world.done("stop_notice", "notice", other, {})
    assert world.do("stop_notice", "notice", world.id(), {})["code"] == "unknown_subject"

"""Organisers, and what their people may touch."""

import json
from typing import Any

import pytest

from server.model.person import RIGHTS
from server.ops import Credential, run
from server.store import organiser, person
from tests.server.conftest import NOW

ONCE = {"date": "2026-04-07", "starts": "14:00"}
EVENT = {"name": {"da": "Krolf"}, "where": {"da": "På plænen."}, "schedule": ONCE}


def code(reply: dict[str, Any]) -> str:
    return str(reply.get("code", reply["status"]))


class Chair:
    """Somebody of an association, who sends ops under a login."""

    def __init__(self, world: Any, organiser_id: str | None) -> None:
        self.world, self.id = world, world.id()
        person.make(world.tx, self.id, "Tove", "organiser", NOW.date())
        if organiser_id is not None:
            world.done("set_organiser", "person", self.id, {"organiser_id": organiser_id})
        self.by = Credential("session", RIGHTS["organiser"], self.id)

    def do(self, verb: str, kind: str, id: str, args: Any) -> dict[str, Any]:
        (reply,) = run(self.world.tx, [self.world.line(verb, kind, id, args)], self.by, self.world.ctx)
        found: dict[str, Any] = json.loads(reply)
        return found

    def event(self, **fields: Any) -> str:
        id = str(self.world.id())
        reply = self.do("save_event", "event", id, {"set": {**EVENT, **fields}})
        assert code(reply) == "applied", reply
        return id


def test_an_organiser_is_read_by_all_without_what_is_staffs(world: Any) -> None:
    id = world.organiser("Krolfklubben", url="https://krolf.example", notes="Ring til Verner.", at_once=True)
    assert world.body("public", "organiser", id) == {
        "id": id, "slug": "krolfklubben", "name": "Krolfklubben", "url": "https://krolf.example",
    }  # fmt: skip
    assert world.body("staff", "organiser", id)["staff"] == {"at_once": True, "notes": "Ring til Verner."}


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"url": "https://x.example"}, "/args/set/name"),
        ({"name": "\u200b"}, "/args/set/name"),
        ({"name": "Krolf\u202e"}, "/args/set/name"),
        ({"name": "K" * 121}, "/args/set/name"),
        ({"name": "Krolf", "url": "ftp://x"}, "/args/set/url"),
    ],
)
def test_an_organiser_has_a_name_that_can_be_seen(world: Any, given: dict[str, Any], at: str) -> None:
    reply = world.do("save_organiser", "organiser", world.id(), {"set": given})
    assert reply["at"] == at
    assert code(reply) in ("invalid", "too_long")


def test_two_who_edit_an_organiser_at_once_lose_nothing(world: Any) -> None:
    id = world.organiser()
    sql = "SELECT v FROM feed WHERE scope = 'staff' AND kind = 'organiser' AND id = ?"
    base = world.tx.execute(sql, (id,)).fetchall()[0][0]
    world.done("save_organiser", "organiser", id, {"set": {"name": "Krolf Nord"}})
    reply = world.do("save_organiser", "organiser", id, {"set": {"name": "Krolf Syd", "at_once": True}}, base=base)
    assert [one["field"] for one in reply["result"]["conflicts"]] == ["name"]
    body = world.body("staff", "organiser", id)
    assert (body["name"], body["staff"]["at_once"]) == ("Krolf Nord", True)
    world.done("save_organiser", "organiser", id, {"set": {"slug": "krolf-nord"}})
    assert world.body("public", "organiser", id)["slug"] == "krolf-nord"


def test_one_with_events_is_in_use_and_comes_back_when_it_is_restored(world: Any) -> None:
    id = world.organiser()
    event = world.event("draft", organiser_id=id)
    assert code(world.do("withdraw", "organiser", id, {"why": "lukket"})) == "in_use"
    world.done("save_event", "event", event, {"set": {"organiser_id": None}})
    world.done("withdraw", "organiser", id, {"why": "lukket"})
    assert (world.body("public", "organiser", id), world.body("staff", "organiser", id)) == (None, None)
    assert code(world.do("save_event", "event", event, {"set": {"organiser_id": id}})) == "invalid"
    assert code(world.do("save_organiser", "organiser", id, {"set": {"name": "X"}})) == "gone"
    world.done("restore", "organiser", id, {})
    assert world.body("public", "organiser", id)["name"] == "Krolfklubben"


def test_a_place_names_an_organiser_that_is_there(world: Any) -> None:
    id = world.place("active", organiser_id=world.organiser())
    assert world.body("public", "place", id)["organiser_id"] is not None
    reply = world.do("save_place", "place", id, {"set": {"organiser_id": world.id()}})
    assert (code(reply), reply["at"]) == ("invalid", "/args/set/organiser_id")


def test_for_whom_a_person_makes_events_is_said_and_unsaid(world: Any) -> None:
    mine, chair = world.organiser(), Chair(world, None)
    assert code(chair.do("save_event", "event", world.id(), {"set": EVENT})) == "forbidden"
    world.done("set_organiser", "person", chair.id, {"organiser_id": mine})
    assert (organiser.of_person(world.tx, chair.id), organiser.people(world.tx, mine)) == (mine, [chair.id])
    assert [one.organiser_id for one in person.every(world.tx, "2026-04-01T00:00:00Z", None)] == [mine]
    world.done("set_organiser", "person", chair.id, {"organiser_id": None})
    assert organiser.of_person(world.tx, chair.id) is None
    reply = world.do("set_organiser", "person", chair.id, {"organiser_id": world.id()})
    assert (code(reply), reply["at"]) == ("invalid", "/args/organiser_id")


def test_what_a_chair_makes_is_their_organisers_and_looked_at_first(world: Any) -> None:
    mine = world.organiser()
    chair = Chair(world, mine)
    id = chair.event()
    assert world.body("staff", "event", id)["organiser_id"] == mine
    reply = chair.do("move_event", "event", id, {"to": "public"})
    assert (code(reply), reply["result"]) == ("applied", {"state": "proposed"})
    assert world.body("public", "event", id) is None
    again = chair.do("move_event", "event", id, {"to": "public"})
    assert (code(again), again["detail"]) == ("bad_step", "Kommunen ser på den nu. Du får svar her.")
    assert code(chair.do("move_event", "event", id, {"to": "draft"})) == "applied"


@pytest.mark.parametrize("by", ["the setting", "the organiser"])
def test_it_is_public_at_once_where_that_is_said(world: Any, by: str) -> None:
    mine = world.organiser(at_once=by == "the organiser")
    if by == "the setting":
        world.done("save_settings", "settings", "site", {"set": {"events_at_once": True}})
    chair = Chair(world, mine)
    id = chair.event()
    assert chair.do("move_event", "event", id, {"to": "public"})["result"] == {"state": "public"}
    assert chair.do("move_event", "event", id, {"to": "cancelled", "why": {"da": "Regn."}})["result"] == {
        "state": "cancelled"
    }
    assert chair.do("move_event", "event", id, {"to": "public"})["result"] == {"state": "public"}


def test_a_chair_cancels_and_changes_what_staff_have_approved(world: Any) -> None:
    chair = Chair(world, world.organiser())
    id = chair.event()
    chair.do("move_event", "event", id, {"to": "public"})
    world.done("move_event", "event", id, {"to": "public"})
    said = {"change": {"day": "2026-04-07", "state": "moved", "starts": "15:00", "why": {"da": "Regn."}}}
    assert code(chair.do("change_time", "event", id, said)) == "applied"
    assert code(chair.do("move_event", "event", id, {"to": "cancelled", "why": {"da": "Mere regn."}})) == "applied"
    assert code(chair.do("move_event", "event", id, {"to": "public"})) == "applied"


def test_a_chair_touches_nothing_of_others(world: Any) -> None:
    chair, other = Chair(world, world.organiser()), world.organiser("De andre")
    theirs, nobodys = (
        world.event("draft", organiser_id=other, schedule={**ONCE, "rrule": "FREQ=DAILY"}),
        world.event("draft"),
    )
    for id in (theirs, nobodys):
        for verb, args in (
            ("save_event", {"set": {"free": True}}),
            ("move_event", {"to": "public"}),
            ("change_time", {"change": {"day": "2026-04-08", "full": True}}),
            ("split_event", {"from": "2026-04-09", "id": world.id(), "set": {}}),
            ("withdraw", {"why": "væk"}),
            ("restore", {}),
        ):
            assert code(chair.do(verb, "event", id, args)) == "forbidden", verb
    mine = chair.event()
    assert chair.do("save_event", "event", mine, {"set": {"organiser_id": other}})["at"] == "/args/set/organiser_id"
    assert code(chair.do("save_event", "event", mine, {"set": {"organiser_id": None}})) == "forbidden"
    assert code(chair.do("save_event", "event", world.id(), {"set": {**EVENT, "organiser_id": other}})) == "forbidden"
    for verb, kind, id in (
        ("withdraw", "place", world.place("idea")),
        ("withdraw", "organiser", other),
        ("restore", "route", world.id()),
    ):
        assert code(chair.do(verb, kind, id, {"why": "x"} if verb == "withdraw" else {})) == "forbidden"


def test_a_chair_withdraws_a_draft_of_their_own(world: Any) -> None:
    chair = Chair(world, world.organiser())
    id = chair.event()
    assert code(chair.do("withdraw", "event", id, {"why": "Skrevet to gange"})) == "applied"
    assert code(chair.do("restore", "event", id, {})) == "applied"


def test_who_follows_a_chair_makes_events_for_the_same(world: Any) -> None:
    mine = world.organiser()
    chair = Chair(world, mine)
    chair.by = Credential("session", RIGHTS["organiser"], chair.id, fresh=True)
    reply = chair.do("hand_over", "person", chair.id, {"name": "Bent", "code_sha256": "b" * 64})
    assert code(reply) == "applied", reply
    (after,) = person.following(world.tx, person.find(world.tx, chair.id).row)  # type: ignore[union-attr]
    assert organiser.of_person(world.tx, after.id) == mine


def test_of_what_others_have_taken_back_an_organisers_person_reads_not_even_the_name(world: Any) -> None:
    chair, theirs = Chair(world, world.organiser()), world.event("draft", name={"da": "Hemmeligt"})
    world.done("withdraw", "event", theirs, {"why": "Skrevet to gange"})
    for verb, args in (
        ("save_event", {"set": {"free": True}}),
        ("move_event", {"to": "public"}),
        ("change_time", {"change": {"day": "2026-04-07"}}),
        ("split_event", {"from": "2026-04-14", "id": world.id(), "set": {}}),
        ("restore", {}),
    ):
        reply = chair.do(verb, "event", theirs, args)
        assert (code(reply), "Hemmeligt" in str(reply)) == ("forbidden", False)

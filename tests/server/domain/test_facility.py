"""save_facility: what staff write of a thing in the landscape, and what they are told where it can not be done."""

from typing import Any

import pytest

from server.store import facility, register, thing

AT = [11.8745, 54.769]


def code(reply: dict[str, Any]) -> str:
    return str(reply.get("code", reply["status"]))


def test_a_new_uuid7_makes_a_facility_that_everybody_reads(world: Any) -> None:
    id = world.id()
    reply = world.do("save_facility", "facility", id, {"set": {"type_text": "Bænk", "code": 1371, "point": AT}})
    assert (reply["status"], reply["result"]) == ("applied", {"conflicts": []})
    body = world.body("public", "facility", id)
    assert (body["point"], body["code"], body["source"]) == (AT, 1371, "Guldborgsund Kommune")
    assert (body["name"], body["season"], body["access"]["step_free"]) == (None, None, None)


def test_only_what_is_sent_changes_and_null_empties(world: Any) -> None:
    fact = {"value": True, "source": "Kommunen", "seen_on": "2026-03-01"}
    bench = world.facility()
    given = {"name": {"da": "Bænken"}, "open_24h": fact, "access": {"step_free": fact}}
    world.done("save_facility", "facility", bench, {"set": given})
    world.done("save_facility", "facility", bench, {"set": {"open_24h": None, "access": None, "code": None}})
    body = world.body("public", "facility", bench)
    assert (body["name"], body["open_24h"], body["access"]["step_free"]) == ({"da": "Bænken"}, None, None)
    assert (body["code"], body["type_text"], body["source"]) == (None, "Bænk", "Prøve")


def test_a_bench_that_is_moved_touches_the_routes_near_it_before_and_after(world: Any) -> None:
    bench = world.facility(0, 5)
    here, there = world.route([(-50, 0), (50, 0)]), world.route([(20_000, 0), (20_100, 0)])
    point = world.body("public", "facility", world.facility(20_050, 5))["point"]
    world.done("save_facility", "facility", bench, {"set": {"point": point}})
    assert world.body("public", "route", here)["near"] == []
    assert bench in [one["facility_id"] for one in world.body("public", "route", there)["near"]]


@pytest.mark.parametrize(
    ("id", "given", "at"),
    [
        ("0e3b6c1e-5a57-4f54-8f4c-0a4b8e3a9a10", {"type_text": "Bænk", "point": AT}, "/subject/id"),
        ("019d2fff-0000-7000-8000-000000000001", {"type_text": "Bænk"}, "/args/set/point"),
        ("019d2fff-0000-7000-8000-000000000001", {"point": AT}, "/args/set/type_text"),
        ("019d2fff-0000-7000-8000-000000000001", {"type_text": "Bænk", "point": AT[::-1]}, "/args/set/point"),
        ("019d2fff-0000-7000-8000-000000000001", {"type_text": None, "point": AT}, "/args/set/type_text"),
    ],
)
def test_a_new_facility_has_a_uuid7_a_type_and_a_point(world: Any, id: str, given: dict[str, Any], at: str) -> None:
    reply = world.do("save_facility", "facility", id, {"set": given})
    assert (code(reply), reply["at"]) == ("invalid", at)
    assert thing.find(world.tx, "facility", id) is None


def test_what_was_withdrawn_is_gone(world: Any) -> None:
    bench = world.facility()
    world.done("withdraw", "facility", bench, {"why": "Brændt"})
    reply = world.do("save_facility", "facility", bench, {"set": {"name": {"da": "Bænken"}}})
    assert (code(reply), reply["name"], reply["on"]) == ("gone", "Bænk", "2026-04-01")


def test_an_edit_that_leaves_the_point_leaves_its_hundredths_of_a_metre(world: Any) -> None:
    bench = world.facility(0.01, 0.02)
    where = world.tx.execute("SELECT ST_AsText(geom) FROM facility_point").fetchall()
    world.done("save_facility", "facility", bench, {"set": {"name": {"da": "Bænken"}}})
    assert world.tx.execute("SELECT ST_AsText(geom) FROM facility_point").fetchall() == where


def test_an_edit_that_says_what_stands_there_already_writes_nothing(world: Any) -> None:
    bench = world.facility()
    reply = world.done("save_facility", "facility", bench, {"set": {"type_text": "Bænk"}})
    assert reply["seq"] == {}
    assert (world.count("edited"), world.count("history")) == (0, 0)


def test_a_hidden_facility_leaves_every_phone_and_comes_back_when_it_is_shown(world: Any) -> None:
    bench, path = world.facility(0, 5), world.route([(-50, 0), (50, 0)])
    hidden = world.done("save_facility", "facility", bench, {"set": {"public": False}})
    assert set(hidden["seq"]) == {"public", "staff"}
    assert world.body("public", "facility", bench) is None
    assert world.body("staff", "facility", bench)["type_text"] == "Bænk"
    assert world.body("public", "route", path)["near"] == []
    world.done("save_facility", "facility", bench, {"set": {"public": True}})
    assert world.body("staff", "facility", bench) is None
    assert world.body("public", "facility", bench)["type_text"] == "Bænk"
    assert [one["facility_id"] for one in world.body("public", "route", path)["near"]] == [bench]


def test_a_facility_may_be_made_that_staff_alone_read(world: Any) -> None:
    id = world.id()
    world.done("save_facility", "facility", id, {"set": {"type_text": "Bænk", "point": AT, "public": False}})
    assert world.body("public", "facility", id) is None
    assert world.body("staff", "facility", id)["point"] == AT


def test_a_facility_made_here_bears_no_marks_of_a_register(world: Any) -> None:
    id = world.id()
    world.done("save_facility", "facility", id, {"set": {"type_text": "Bænk", "point": AT}})
    world.done("save_facility", "facility", id, {"set": {"type_text": "Bord"}})
    assert world.count("edited") == 0
    (stored,) = facility.bodies(world.tx, [id], {})
    assert (stored.source, stored.changed_at, stored.changed_by) == (register.HERE, "2026-04-01T07:00:00Z", "local")

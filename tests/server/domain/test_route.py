"""save_route: what staff write of a route and its stretches, and what they are told where it can not be done."""

from typing import Any

import pytest

from server.model import line
from server.store import slugs

LINE = line.encode([(11.87, 54.77), (11.88, 54.77), (11.88, 54.775)])
FIRM = {"value": "firm", "source": "Kommunen", "seen_on": "2026-03-01"}


def code(reply: dict[str, Any]) -> str:
    return str(reply.get("code", reply["status"]))


def test_a_new_uuid7_makes_a_route_of_the_lines_that_are_sent(world: Any) -> None:
    id, stretch = world.id(), world.id()
    given = {
        "name": {"da": "Søstien"},
        "modes": ["walk"],
        "stretches": [{"id": stretch, "line": LINE, "surface": FIRM}],
    }
    world.done("save_route", "route", id, {"set": given})
    body = world.body("public", "route", id)
    assert (body["slug"], body["modes"], body["loop"], body["source"]) == (
        "soestien", ["walk"], False, "Guldborgsund Kommune",
    )  # fmt: skip
    assert body["length_m"] == pytest.approx(1201, abs=2)
    assert (body["stretches"][0]["id"], body["stretches"][0]["surface"]) == (stretch, FIRM)
    for there, sent in zip(line.decode(body["stretches"][0]["line"]), line.decode(LINE), strict=True):
        assert there == pytest.approx(sent, abs=2e-5)


def test_only_what_is_sent_changes_and_what_is_said_of_one_stretch_leaves_the_others(world: Any) -> None:
    id = world.route([(0, 0), (90, 0)], [(90, 0), (90, 50)])
    before = world.body("public", "route", id)
    first, second = (one["id"] for one in before["stretches"])
    world.done("save_route", "route", id, {"set": {"stretches": [{"id": second, "surface": FIRM}]}})
    world.done("save_route", "route", id, {"set": {"season": {"from": "04-01", "through": "10-31"}, "modes": None}})
    body = world.body("public", "route", id)
    assert [(one["id"], one["surface"]) for one in body["stretches"]] == [(first, None), (second, FIRM)]
    assert [one["line"] for one in body["stretches"]] == [one["line"] for one in before["stretches"]]
    assert (body["modes"], body["name"], body["season"]["from"]) == ([], {"da": "Søstien"}, "04-01")


def test_a_public_routes_new_address_redirects_from_the_old_one(world: Any) -> None:
    id = world.route([(0, 0), (90, 0)])
    world.done("save_route", "route", id, {"set": {"slug": "rundt-om-soeen"}})
    assert world.body("public", "route", id)["slug"] == "rundt-om-soeen"
    assert slugs.find(world.tx, "route", "soestien") == slugs.Found(id, "rundt-om-soeen")
    other = world.route([(0, 9), (90, 9)])
    reply = world.do("save_route", "route", other, {"set": {"slug": "soestien"}})
    assert (code(reply), reply["at"]) == ("invalid", "/args/set/slug")


def test_a_route_leaves_the_public_and_comes_back(world: Any) -> None:
    id, bench = world.route([(0, 0), (90, 0)]), world.facility(40, 5)
    world.done("save_route", "route", id, {"set": {"public": False}})
    assert world.body("public", "route", id) is None
    assert world.body("staff", "route", id)["near"][0]["facility_id"] == bench
    world.done("save_route", "route", id, {"set": {"public": True}})
    assert world.body("staff", "route", id) is None
    assert world.body("public", "route", id)["name"] == {"da": "Søstien"}


def test_a_route_that_a_place_names_stays_public(world: Any) -> None:
    id = world.route([(0, 0), (90, 0)])
    place = world.place("active", form="route", route_id=id)
    reply = world.do("save_route", "route", id, {"set": {"public": False}})
    assert (code(reply), reply["place_ids"]) == ("in_use", [place])


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"stretches": [{"id": "019d2fff-0000-7000-8000-0000000000ff", "surface": None}]}, "/args/set/stretches/0/id"),
        ({"closures": [{"from": "2026-04-01", "why": {"da": "Storm"}, "stretch_ids": ["019d2fff-0000-7000-8000-0000000000ff"]}]},
         "/args/set/closures/0/stretch_ids/0"),
        ({"name": None}, "/args/set/name"),
        ({"modes": ["fly"]}, "/args/set/modes/0"),
        ({"season": {"from": "02-30", "through": "10-31"}}, "/args/set/season/from"),
        ({"approaches": [{"from": "stop", "name": {"da": "Bus"}, "length_m": 9, "surface": None, "line": "_"}]},
         "/args/set/approaches/0/line"),
    ],
)  # fmt: skip
def test_a_value_that_can_not_be_right_is_refused_with_its_place(world: Any, given: dict[str, Any], at: str) -> None:
    reply = world.do("save_route", "route", world.route([(0, 0), (90, 0)]), {"set": given})
    assert (code(reply), reply["at"]) == ("invalid", at)


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"name": {"da": "Stien"}}, "/args/set/stretches"),
        ({"name": {"da": "Stien"}, "stretches": []}, "/args/set/stretches"),
        ({"stretches": [{"id": "019d2fff-0000-7000-8000-0000000000ff", "line": LINE}]}, "/args/set/name"),
        ({"name": {"da": "Stien"}, "stretches": [{"id": "019d2fff-0000-7000-8000-0000000000ff"}]}, "/args/set/stretches/0/line"),
        ({"name": {"da": "Stien"}, "stretches": [{"id": "019d2fff-0000-7000-8000-0000000000ff", "line": "??"}]},
         "/args/set/stretches/0/line"),
    ],
)  # fmt: skip
def test_a_new_route_has_a_name_and_lines(world: Any, given: dict[str, Any], at: str) -> None:
    reply = world.do("save_route", "route", world.id(), {"set": given})
    assert (code(reply), reply["at"]) == ("invalid", at)


def test_what_was_withdrawn_is_gone(world: Any) -> None:
    id = world.route([(0, 0), (90, 0)])
    world.done("withdraw", "route", id, {"why": "Lukket"})
    assert code(world.do("save_route", "route", id, {"set": {"name": {"da": "Stien"}}})) == "gone"


def test_a_registers_line_stays_and_the_refusal_says_what_to_do(world: Any) -> None:
    id = world.route([(0, 0), (90, 0)], [(90, 0), (90, 50)])
    before = world.body("public", "route", id)
    first, second = (one["id"] for one in before["stretches"])
    for given, at in (
        ({"stretches": [{"id": first, "line": LINE}]}, "/args/set/stretches/0/line"),
        ({"order": [second, first]}, "/args/set/order"),
        ({"order": [first]}, "/args/set/order"),
    ):
        reply = world.do("save_route", "route", id, {"set": given})
        assert (code(reply), reply["at"]) == ("invalid", at)
        assert "registrets" in reply["detail"]
        assert "tegn en ny rute" in reply["detail"]
    assert world.body("public", "route", id) == before
    same = {"order": [first, second], "stretches": [{"id": first, "line": before["stretches"][0]["line"]}]}
    world.done("save_route", "route", id, {"set": same})
    assert world.body("public", "route", id) == before

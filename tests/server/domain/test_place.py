"""save_place, move_state, withdraw: what staff do to a place, and what they are told where it can not be done."""

from dataclasses import replace
from typing import Any

import pytest

from server.model.lifecycle import STATES, STEPS, State
from server.store import slugs

LEADS_TO: list[State] = ["idea", "developing", "active", "resting"]


def code(reply: dict[str, Any]) -> str:
    return str(reply.get("code", reply["status"]))


def test_a_new_uuid7_makes_a_place_as_an_idea(world: Any) -> None:
    id = world.id()
    reply = world.do("save_place", "place", id, {"set": {"form": "building", "name": {"da": "Forsamlingshuset"}}})
    assert (reply["status"], reply["result"]) == ("applied", {"conflicts": []})
    body = world.body("staff", "place", id)
    assert (body["state"], body["slug"]) == ("idea", "forsamlingshuset")
    assert body["staff"]["missing"] == ["where", "amenities", "ground", "purpose", "activities", "point", "hours"]


@pytest.mark.parametrize(
    ("id", "given", "at"),
    [
        ("0e3b6c1e-5a57-4f54-8f4c-0a4b8e3a9a10", {"form": "spot", "name": {"da": "B"}}, "/subject/id"),
        ("noget", {"form": "spot", "name": {"da": "B"}}, "/subject/id"),
        ("019d2fff-0000-7000-8000-000000000001", {"form": "spot"}, "/args/set/name"),
        ("019d2fff-0000-7000-8000-000000000001", {"name": {"da": "B"}}, "/args/set/form"),
    ],
)
def test_a_new_place_has_a_uuid7_a_name_and_a_form(world: Any, id: str, given: dict[str, Any], at: str) -> None:
    reply = world.do("save_place", "place", id, {"set": given})
    assert (code(reply), reply["at"]) == ("invalid", at)


def test_only_what_is_sent_changes_and_null_empties(world: Any) -> None:
    id = world.place("idea", way_in={"da": "Ad grusvejen"}, guests_welcome=True)
    world.done("save_place", "place", id, {"set": {"way_in": None, "contact": {"name": "Kirsten"}, "photos": None}})
    body = world.body("staff", "place", id)
    assert body["way_in"] is None
    assert body["contact"] == {"name": "Kirsten", "phone": None, "role": None}
    assert (body["guests_welcome"], body["photos"]) == (True, [])


@pytest.mark.parametrize("here", LEADS_TO)
@pytest.mark.parametrize("to", STATES)
def test_a_place_takes_the_steps_of_the_table_and_no_other(world: Any, here: State, to: State) -> None:
    id = world.place(here)
    reply = world.do("move_state", "place", id, {"to": to})
    if to in STEPS[here]:
        assert reply["status"] == "applied"
        assert world.body("staff", "place", id)["state"] == to
    else:
        assert (code(reply), reply["at"]) == ("bad_step", "/args/to")
        assert world.body("staff", "place", id)["state"] == here


@pytest.mark.parametrize("to", STATES)
def test_a_dissolved_place_stays_dissolved(world: Any, to: State) -> None:
    id = world.place("dissolved")
    reply = world.do("move_state", "place", id, {"to": to})
    assert (code(reply), reply["name"], reply["on"]) == ("gone", "Bænken ved søen", "2026-04-01")


def test_what_is_missing_is_named_in_danish(world: Any) -> None:
    id = world.place("developing", form="building", where=None, point=None)
    reply = world.do("move_state", "place", id, {"to": "active"})
    assert (code(reply), reply["missing"]) == ("not_ready", ["where", "point", "hours"])
    assert reply["detail"] == (
        "Stedet mangler: hvor stedet er, et punkt på kortet og åbningstider (skriv gerne, at de er ukendte)."
    )


def test_a_building_whose_hours_are_said_to_be_unknown_may_open(world: Any) -> None:
    hours = {"weekly": None, "source": "Kommunen", "seen_on": "2026-03-01"}
    id = world.place("active", form="building", hours=hours)
    assert world.body("public", "place", id)["hours"]["weekly"] is None


def test_an_active_place_may_not_lose_what_it_needs(world: Any) -> None:
    id = world.place("active")
    reply = world.do("save_place", "place", id, {"set": {"purpose": None}})
    assert (code(reply), reply["missing"]) == ("not_ready", ["purpose"])
    assert world.body("public", "place", id)["purpose"] == {"da": "Et hvil på turen."}


def test_a_route_place_needs_a_route_that_everybody_sees(world: Any) -> None:
    hidden, shown = world.route([(0, 0), (9, 0)], public=False), world.route([(0, 0), (9, 0)])
    id = world.place("developing", form="route", route_id=hidden)
    assert world.do("move_state", "place", id, {"to": "active"})["missing"] == ["route_id"]
    world.done("save_place", "place", id, {"set": {"route_id": shown}})
    world.done("move_state", "place", id, {"to": "active"})


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"route_id": "019d2fff-0000-7000-8000-0000000000ff"}, "/args/set/route_id"),
        ({"facility_ids": ["019d2fff-0000-7000-8000-0000000000ff"]}, "/args/set/facility_ids/0"),
        ({"organiser_id": "019d2fff-0000-7000-8000-0000000000ff"}, "/args/set/organiser_id"),
        ({"name": None}, "/args/set/name"),
        ({"where": {"en": "By the lake"}}, "/args/set/where/da"),
        ({"url": "javascript:alert(1)"}, "/args/set/url"),
        ({"point": [54.769]}, "/args/set/point"),
        ({"point": [54.769, 91]}, "/args/set/point/1"),
        ({"surface": {"value": "firm"}}, "/args/set/surface/source"),
        (
            {"closures": [{"from": "2026-04-01", "why": {"da": "Vand"}, "stretch_ids": []}]},
            "/args/set/closures/0/stretch_ids",
        ),
        (
            {"approaches": [{"from": "stop", "name": {"da": "Bus"}, "length_m": 100, "surface": None, "line": "_"}]},
            "/args/set/approaches/0/line",
        ),
    ],
)
def test_a_value_that_can_not_be_right_is_refused_with_its_place(world: Any, given: dict[str, Any], at: str) -> None:
    reply = world.do("save_place", "place", world.place("idea"), {"set": given})
    assert (code(reply), reply["at"]) == ("invalid", at)


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"last_seen_on": "2062-04-01"}, "/args/set/last_seen_on"),
        ({"surface": {"value": "firm", "source": "Kommunen", "seen_on": "2026-04-02"}}, "/args/set/surface/seen_on"),
        (
            {"access": {"width_cm": {"value": 90, "source": "Kommunen", "seen_on": "2062-04-01"}}},
            "/args/set/access/width_cm/seen_on",
        ),
    ],
)
def test_nobody_has_seen_anything_on_a_day_that_has_not_been(world: Any, given: dict[str, Any], at: str) -> None:
    id = world.place("idea")
    world.done("save_place", "place", id, {"set": given})  # the machine itself, whose clock may be wrong
    world.ctx = replace(world.ctx, who="019d2fff-0000-7000-8000-0000000000ee")
    reply = world.do("save_place", "place", id, {"set": given})
    assert (code(reply), reply["at"]) == ("invalid", at)
    world.done("save_place", "place", id, {"set": {"last_seen_on": "2026-04-01"}})


def test_a_name_has_120_characters_at_most(world: Any) -> None:
    reply = world.do("save_place", "place", world.place("idea"), {"set": {"name": {"da": "ø" * 121}}})
    assert (code(reply), reply["at"], reply["limit"]) == ("too_long", "/args/set/name/da", 120)


def test_a_name_moves_the_address_only_until_somebody_has_read_it(world: Any) -> None:
    draft, known = world.place("idea"), world.place("active", name={"da": "Hytten"})
    for id in (draft, known):
        world.done("save_place", "place", id, {"set": {"name": {"da": "Bålhytten"}}})
    assert world.body("staff", "place", draft)["slug"] == "baalhytten"
    assert world.body("public", "place", known)["slug"] == "hytten"


def test_a_chosen_address_redirects_from_the_old_one_and_is_not_taken_twice(world: Any) -> None:
    id = world.place("active", name={"da": "Hytten"})
    world.done("save_place", "place", id, {"set": {"slug": "baalhytten"}})
    assert world.body("public", "place", id)["slug"] == "baalhytten"
    assert slugs.find(world.tx, "place", "hytten") == slugs.Found(id, "baalhytten")
    reply = world.do("save_place", "place", world.place("idea"), {"set": {"slug": "hytten"}})
    assert (code(reply), reply["at"]) == ("invalid", "/args/set/slug")


def test_a_dissolved_place_says_why_and_where_to_go(world: Any) -> None:
    new, old = world.place("active"), world.place("active", name={"da": "Det gamle hus"})
    why = {"da": "Huset er solgt."}
    world.done("move_state", "place", old, {"to": "dissolved", "why": why, "successor_id": new})
    assert world.body("public", "place", old) == {
        "id": old,
        "slug": "det-gamle-hus",
        "form": "spot",
        "state": "dissolved",
        "name": {"da": "Det gamle hus"},
        "point": [11.8745, 54.769],
        "dissolved_on": "2026-04-01",
        "why": why,
        "successor_id": new,
    }


def test_a_reason_without_a_dissolving_is_not_dropped_in_silence(world: Any) -> None:
    reply = world.do("move_state", "place", world.place("active"), {"to": "resting", "why": {"da": "Vinter"}})
    assert (code(reply), reply["at"]) == ("invalid", "/args/why")


def test_why_a_place_is_no_more_has_no_sign_that_steers_unseen(world: Any) -> None:
    id = world.place("active")
    reply = world.do("move_state", "place", id, {"to": "dissolved", "why": {"da": "Solgt\u202e"}})
    assert (code(reply), reply["at"]) == ("invalid", "/args/why/da")
    assert world.body("public", "place", id)["state"] == "active"


def test_a_place_is_not_its_own_successor(world: Any) -> None:
    id = world.place("active")
    for successor in (id, world.id()):
        reply = world.do("move_state", "place", id, {"to": "dissolved", "successor_id": successor})
        assert (code(reply), reply["at"]) == ("invalid", "/args/successor_id")


@pytest.mark.parametrize("here", LEADS_TO)
def test_only_what_was_never_public_may_be_withdrawn(world: Any, here: State) -> None:
    id = world.place(here)
    reply = world.do("withdraw", "place", id, {"why": "En prøve"})
    assert code(reply) == ("applied" if here in ("idea", "developing") else "bad_step")
    assert (world.body("staff", "place", id) is None) is (here in ("idea", "developing"))


def test_what_was_withdrawn_is_gone_for_every_verb(world: Any) -> None:
    id = world.place("idea")
    world.done("withdraw", "place", id, {"why": "En prøve"})
    for verb, args in (
        ("save_place", {"set": {"notes": "x"}}),
        ("move_state", {"to": "developing"}),
        ("withdraw", {"why": "igen"}),
    ):
        reply = world.do(verb, "place", id, args)
        assert (code(reply), reply["name"], reply["on"]) == ("gone", "Bænken ved søen", "2026-04-01")


def test_a_route_that_a_place_names_is_in_use(world: Any) -> None:
    route = world.route([(0, 0), (9, 0)])
    places = [world.place(state, form="route", route_id=route) for state in ("idea", "active")]
    world.place("dissolved", form="route", route_id=route)
    reply = world.do("withdraw", "route", route, {"why": "lukket"})
    assert (code(reply), reply["place_ids"]) == ("in_use", places)
    world.done("withdraw", "place", places[0], {"why": "væk"})
    world.done("move_state", "place", places[1], {"to": "dissolved"})
    world.done("withdraw", "route", route, {"why": "lukket"})
    assert world.body("public", "route", route) is None


@pytest.mark.parametrize("verb", ["save_place", "move_state"])
def test_another_kind_of_subject_is_no_place(world: Any, verb: str) -> None:
    args = {"set": {"notes": "x"}} if verb == "save_place" else {"to": "active"}
    assert code(world.do(verb, "facility", world.facility(), args)) == "invalid"


def test_a_place_that_is_not_there_can_not_move(world: Any) -> None:
    assert code(world.do("move_state", "place", world.id(), {"to": "active"})) == "unknown_subject"


def test_settings_are_not_withdrawn(world: Any) -> None:
    assert code(world.do("withdraw", "settings", "site", {"why": "x"})) == "unknown_subject"


@pytest.mark.parametrize(
    ("point", "hint"), [([180, 90], False), ([0, 0], False), ([54.769, 11.8745], True), ([-11.8745, 54.769], False)]
)
def test_a_place_lies_in_denmark_and_a_turned_point_is_told_as_such(world: Any, point: list[float], hint: bool) -> None:
    place = world.place()
    reply = world.do("save_place", "place", place, {"set": {"point": point}})
    assert (code(reply), reply["at"]) == ("invalid", "/args/set/point")
    assert ("længden først" in reply["detail"]) is hint

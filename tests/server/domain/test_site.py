"""save_settings."""

from typing import Any

import pytest

RING = "}jgmIuwmgAqBqD_FVpIxC"  # a triangle that ends where it began


def test_settings_change_field_by_field_and_null_empties(world: Any) -> None:
    given = {
        "bounds": [11.53, 54.559, 12.166, 54.968],
        "towns": [{"name": {"da": "Nykøbing Falster"}, "point": [11.8745, 54.769]}],
        "help": [{"what": "emergency", "name": {"da": "Alarm"}, "phone": "112", "hours": None}],
        "shown_codes": [1371, 1012],
        "quiet": {"from": "21:00", "to": "08:00"},
    }
    reply = world.do("save_settings", "settings", "site", {"set": given})
    assert (reply["status"], reply["result"], reply["seq"].keys()) == ("applied", {}, {"public"})
    body = world.body("public", "settings", "site")
    assert {key: body[key] for key in given} == given
    assert (body["name"], body["code"], body["languages"]) == ({"da": "Guldborgsund Kommune"}, "376", ["da"])
    world.done("save_settings", "settings", "site", {"set": dict.fromkeys(given)})
    body = world.body("public", "settings", "site")
    assert [body[key] for key in given] == [None, [], [], None, None]


def test_saving_the_same_again_costs_phones_nothing(world: Any) -> None:
    assert world.do("save_settings", "settings", "site", {"set": {"code": "376"}})["seq"] == {}


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"bounds": [12.166, 54.559, 11.53, 54.968]}, "/args/set/bounds"),
        ({"languages": ["en"]}, "/args/set/languages"),
        ({"languages": []}, "/args/set/languages"),
        ({"languages": ["da", "da"]}, "/args/set/languages"),
        ({"towns": [{"name": {"da": "Nykøbing"}, "point": [54.769, 11.8745]}]}, "/args/set/towns/0/point"),
        ({"land": [["}jgmIuwmgA"]]}, "/args/set/land/0/0"),
        ({"land": [["_"]]}, "/args/set/land/0/0"),
        ({"name": None}, "/args/set/name"),
        ({"code": "0376"}, "/args/set/code"),
    ],
)
def test_settings_that_can_not_be_right_are_refused(world: Any, given: dict[str, Any], at: str) -> None:
    reply = world.do("save_settings", "settings", "site", {"set": given})
    assert (reply["code"], reply["at"]) == ("invalid", at)


def test_land_is_rings_that_close(world: Any) -> None:
    world.done("save_settings", "settings", "site", {"set": {"land": [[RING]]}})
    assert world.body("public", "settings", "site")["land"] == [[RING]]


def test_nobody_makes_a_demo_out_of_real_data(world: Any) -> None:
    reply = world.do("save_settings", "settings", "site", {"set": {"demo": True}})
    assert (reply["status"], reply["code"]) == ("later", "unknown_verb")


@pytest.mark.parametrize(("kind", "id"), [("settings", "other"), ("place", "site")])
def test_there_is_one_site(world: Any, kind: str, id: str) -> None:
    assert world.do("save_settings", kind, id, {"set": {}})["code"] == "unknown_subject"


def test_how_soon_a_place_counts_as_unseen_is_a_setting(world: Any) -> None:
    world.done("save_settings", "settings", "site", {"set": {"seen_months": 6}})
    assert world.body("public", "settings", "site")["seen_months"] == 6
    reply = world.do("save_settings", "settings", "site", {"set": {"seen_months": 0}})
    assert (reply["code"], reply["at"]) == ("invalid", "/args/set/seen_months")
    world.done("save_settings", "settings", "site", {"set": {"seen_months": None}})
    assert world.body("public", "settings", "site")["seen_months"] is None


@pytest.mark.parametrize("name", ["Ring \u202e00 01 37 45", "Ring\u0007"])
def test_signs_that_steer_others_unseen_do_not_reach_readers(world: Any, name: str) -> None:
    given = {"help": [{"what": "municipality", "name": {"da": name}, "phone": "54 73 10 00"}]}
    reply = world.do("save_settings", "settings", "site", {"set": given})
    assert (reply["code"], reply["at"]) == ("invalid", "/args/set/help/0/name/da")


def test_a_name_that_is_far_too_long_says_how_long_it_may_be(world: Any) -> None:
    given = {"help": [{"what": "municipality", "name": {"da": "x" * 100_000}, "phone": "54 73 10 00"}]}
    reply = world.do("save_settings", "settings", "site", {"set": given})
    assert (reply["code"], reply["at"], reply["limit"]) == ("too_long", "/args/set/help/0/name/da", 4000)

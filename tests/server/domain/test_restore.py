"""What was withdrawn is back as it was; what was not is refused."""

from typing import Any

import pytest


@pytest.mark.parametrize("kind", ["place", "facility", "route"])
def test_what_was_withdrawn_is_back_as_it_was_and_only_once(world: Any, kind: str) -> None:
    make = {
        "place": lambda: world.place("idea"),
        "facility": lambda: world.facility(40, 5),
        "route": lambda: world.route([(0, 0), (90, 0)]),
    }
    make["facility"]()
    id = make[kind]()
    scope = "staff" if kind == "place" else "public"
    before = world.body(scope, kind, id)
    world.done("withdraw", kind, id, {"why": "væk"})
    assert world.body(scope, kind, id) is None
    world.done("restore", kind, id, {})
    assert world.body(scope, kind, id) == before
    again = world.do("restore", kind, id, {})
    assert (again["status"], again["code"]) == ("refused", "bad_step")


def test_routes_that_it_is_near_tell_of_it_again(world: Any) -> None:
    path, bench = world.route([(0, 0), (90, 0)]), world.facility(40, 5)
    before = world.body("public", "route", path)
    world.done("withdraw", "facility", bench, {"why": "væk"})
    assert world.body("public", "route", path)["near"] == []
    world.done("restore", "facility", bench, {})
    assert world.body("public", "route", path) == before


def test_what_is_dissolved_stays_so(world: Any) -> None:
    assert world.do("restore", "place", world.place("dissolved"), {})["code"] == "bad_step"


def test_what_is_not_here_is_not_restored(world: Any) -> None:
    for kind in ("place", "facility", "route", "settings"):
        assert world.do("restore", kind, world.id(), {})["code"] == "unknown_subject"

"""Opening the map: closed, as a trial by link, open for good."""

import hashlib
from typing import Any

import msgspec
import pytest

from server.model.site import BEGINS
from server.publish import publish
from server.store import launch, site

CODE = hashlib.sha256(b"linket").digest()


@pytest.fixture
def closed(world: Any) -> Any:
    """A database as a municipality begins with it."""
    site.put(world.tx, msgspec.structs.replace(site.get(world.tx), launch=BEGINS))
    publish(world.tx, [("settings", "site")], world.ctx.today)
    return world


def told(world: Any) -> Any:
    return world.body("public", "settings", "site")["launch"]


def save(world: Any, **given: Any) -> Any:
    return world.do("save_settings", "settings", "site", {"set": {"launch": given}})


def try_out(world: Any, code: bytes = CODE) -> Any:
    return world.do("open_trial", "settings", "site", {"code_sha256": code.hex()})


def test_a_municipality_begins_closed_and_needs_three_places(closed: Any) -> None:
    assert told(closed) == {"state": "closed", "opened_on": None, "needed": 3, "by": None}


def test_the_goal_is_changed_member_by_member(closed: Any) -> None:
    assert save(closed, by="2026-12-31")["status"] == "applied"
    assert save(closed, needed=5)["status"] == "applied"
    assert told(closed) == {"state": "closed", "opened_on": None, "needed": 5, "by": "2026-12-31"}
    assert save(closed, by=None)["status"] == "applied"
    assert told(closed)["by"] is None


def test_a_map_does_not_open_with_fewer_places_than_the_goal_and_says_how_many(closed: Any) -> None:
    closed.place("active")
    closed.place("resting")
    closed.place("developing")
    reply = save(closed, state="open")
    assert (reply["code"], reply["at"], reply["limit"]) == ("not_ready", "/args/set/launch/state", 3)
    assert "1 sted er i brug, og der skal være 3" in reply["detail"]
    assert told(closed)["state"] == "closed"


def test_a_place_that_was_withdrawn_is_not_counted(closed: Any) -> None:
    save(closed, needed=1)
    closed.done("withdraw", "place", closed.place("developing"), {"why": "væk"})
    assert "Ingen steder er i brug" in save(closed, state="open")["detail"]


def test_with_the_goal_reached_it_opens_and_keeps_the_day(closed: Any) -> None:
    for _ in range(3):
        closed.place("active")
    assert save(closed, state="open")["seq"].keys() == {"public"}
    assert told(closed) == {"state": "open", "opened_on": "2026-04-01", "needed": 3, "by": None}


def test_a_goal_that_is_set_lower_in_the_same_breath_counts(closed: Any) -> None:
    assert save(closed, state="open", needed=0)["status"] == "applied"


@pytest.mark.parametrize("to", ["closed", "trial"])
def test_open_is_for_good(closed: Any, to: str) -> None:
    save(closed, state="open", needed=0)
    reply = save(closed, state=to)
    assert (reply["code"], reply["at"]) == ("bad_step", "/args/set/launch/state")
    assert "kan ikke lukkes igen" in reply["detail"]
    assert try_out(closed)["code"] == "bad_step"
    assert told(closed)["state"] == "open"


def test_a_database_from_before_is_open_and_stays_so(world: Any) -> None:
    assert told(world) is None
    assert save(world, state="closed")["code"] == "bad_step"
    assert told(world) is None
    assert save(world, state="open", needed=4)["status"] == "applied"
    assert told(world) == {"state": "open", "opened_on": None, "needed": 4, "by": None}


def test_a_trial_begins_with_a_link_and_with_nothing_else(closed: Any) -> None:
    assert save(closed, state="trial")["code"] == "invalid"
    assert try_out(closed)["status"] == "applied"
    assert told(closed)["state"] == "trial"
    assert save(closed, state="trial", needed=4)["status"] == "applied", "it is one: nothing is asked for"
    assert launch.is_trial(closed.tx, CODE)


def test_another_link_shuts_the_one_before(closed: Any) -> None:
    try_out(closed)
    try_out(closed, hashlib.sha256(b"et andet").digest())
    assert not launch.is_trial(closed.tx, CODE)


@pytest.mark.parametrize("to", ["closed", "open"])
def test_a_trial_that_ends_leaves_no_link(closed: Any, to: str) -> None:
    save(closed, needed=0)
    try_out(closed)
    assert save(closed, state=to)["status"] == "applied"
    assert told(closed)["state"] == to
    assert closed.count("trial") == 0


def test_what_is_not_opened_keeps_its_trial(closed: Any) -> None:
    try_out(closed)
    assert save(closed, state="open")["code"] == "not_ready"
    assert (told(closed)["state"], closed.count("trial")) == ("trial", 1)


def test_the_day_of_opening_is_the_servers_own(closed: Any) -> None:
    assert save(closed, opened_on="2026-01-01")["at"] == "/args/set/launch/opened_on"
    assert save(closed, opened_on=None, needed=2)["status"] == "applied", "what was read may be sent back"


@pytest.mark.parametrize("given", [{"needed": -1}, {"needed": 101}, {"state": "half"}, {"by": "i morgen"}])
def test_a_goal_that_can_not_be_is_refused(closed: Any, given: dict[str, Any]) -> None:
    assert save(closed, **given)["code"] == "invalid"


def test_a_launch_is_not_emptied(closed: Any) -> None:
    reply = closed.do("save_settings", "settings", "site", {"set": {"launch": None}})
    assert (reply["code"], reply["at"]) == ("invalid", "/args/set/launch")

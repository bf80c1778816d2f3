"""save_event, move_event, change_time, split_event: what becomes of events, and what people are told where it can not be done."""

from typing import Any


def test_a_new_event_is_a_draft_with_an_address_and_its_times(world: Any) -> None:
    id = world.event("draft")
    body = world.body("staff", "event", id)
    assert (body["state"], body["slug"], body["staff"]["missing"]) == ("draft", "kaffe", [])
    assert world.body("public", "event", id) is None
    assert body["times"][0]["start"] == "2026-04-07T12:00:00Z"


def test_what_is_published_is_read_by_all_without_what_is_staffs(world: Any) -> None:
    id = world.event()
    body = world.body("public", "event", id)
    assert (body["state"], "staff" in body) == ("public", False)
    assert len(body["times"]) == 56

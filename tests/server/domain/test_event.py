"""save_event and move_event: what becomes of events, and what people are told where it can not be done. Single times are in
test_event_times.py."""

from typing import Any

import pytest

from server.store import event, occurrence, slugs

WEEKLY = {"date": "2026-04-07", "starts": "14:00", "ends": "16:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}
ONCE = {"date": "2026-04-07", "starts": "14:00", "ends": "16:00"}
WHY = {"da": "Huset er lejet ud."}


def code(reply: dict[str, Any]) -> str:
    return str(reply.get("code", reply["status"]))


def times(world: Any, id: str, scope: str = "public") -> dict[str, Any]:
    return {time["id"][-8:]: time for time in world.body(scope, "event", id)["times"]}


def revision(world: Any, id: str, day: str) -> int:
    row = event.get(world.tx, id)
    assert row is not None
    found = {f"{one.day:%Y%m%d}": one.revision for one in occurrence.of_event(world.tx, row.row)}
    return found[day]


def change(world: Any, id: str, day: str, **said: Any) -> dict[str, Any]:
    return dict(world.do("change_time", "event", id, {"change": {"day": day, **said}}))


# save_event


def test_a_new_event_is_a_draft_with_an_address_and_its_times(world: Any) -> None:
    id = world.event("draft")
    body = world.body("staff", "event", id)
    assert (body["state"], body["slug"], body["staff"]["missing"]) == ("draft", "kaffe", [])
    assert (body["tz"], body["rule"]["da"]) == ("Europe/Copenhagen", "Hver tirsdag kl. 14")
    assert body["times"][0] == {
        "id": f"{id}.20260407", "date": "2026-04-07", "start_local": "14:00", "start": "2026-04-07T12:00:00Z",
        "end": "2026-04-07T14:00:00Z", "all_day": False, "sure": True, "state": "on", "why": None, "full": False, "meeting": None,
    }  # fmt: skip
    assert world.body("public", "event", id) is None


def test_what_is_published_is_read_by_all_without_what_is_staffs(world: Any) -> None:
    id = world.event(notes="Nøglen ligger hos Birthe.")
    body = world.body("public", "event", id)
    assert (body["state"], "staff" in body, len(body["times"])) == ("public", False, 56)
    assert world.body("staff", "event", id)["staff"]["notes"] == "Nøglen ligger hos Birthe."


@pytest.mark.parametrize(
    ("id", "given", "at"),
    [
        ("0e3b6c1e-5a57-4f54-8f4c-0a4b8e3a9a10", {"name": {"da": "Kaffe"}}, "/subject/id"),
        ("noget", {"name": {"da": "Kaffe"}}, "/subject/id"),
        ("019d2fff-0000-7000-8000-000000000001", {"free": True}, "/args/set/name"),
    ],
)
def test_a_new_event_has_a_uuid7_and_a_name(world: Any, id: str, given: dict[str, Any], at: str) -> None:
    reply = world.do("save_event", "event", id, {"set": given})
    assert (code(reply), reply["at"]) == ("invalid", at)


@pytest.mark.parametrize(
    ("given", "expected", "at"),
    [
        ({"name": {"da": "K" * 200}}, "too_long", "/args/set/name/da"),
        ({"about": {"da": "K" * 5000}}, "too_long", "/args/set/about/da"),
        ({"about": {"da": "Kaffe\u202e og kage"}}, "invalid", "/args/set/about/da"),
        ({"host": {"name": "\u200b"}}, "invalid", "/args/set/host/name"),
        ({"newcomers": {"who_meets_you": {"da": "Kirsten"}}}, "invalid", "/args/set/newcomers"),
        ({"point": [54.7, 11.8]}, "invalid", "/args/set/point"),
        ({"url": "javascript:alert(1)"}, "invalid", "/args/set/url"),
        ({"place_id": "019d4000-0000-7000-8000-999999999999"}, "invalid", "/args/set/place_id"),
        ({"route_id": "019d4000-0000-7000-8000-999999999999"}, "invalid", "/args/set/route_id"),
        ({"organiser_id": "019d4000-0000-7000-8000-999999999999"}, "invalid", "/args/set/organiser_id"),
        ({"themes": ["coffee"] * 6}, "too_long", "/args/set/themes"),
        ({"schedule": {**WEEKLY, "rrule": "FREQ=SECONDLY"}}, "invalid", "/args/set/schedule/rrule"),
        ({"schedule": {**WEEKLY, "rrule": "FREQ=DAILY;INTERVAL=0"}}, "invalid", "/args/set/schedule/rrule"),
        ({"schedule": {**WEEKLY, "rrule": "FREQ=DAILY;COUNT=1000000000"}}, "invalid", "/args/set/schedule/rrule"),
        (
            {"schedule": {**WEEKLY, "rrule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}},
            "invalid",
            "/args/set/schedule/rrule",
        ),
        ({"schedule": {**WEEKLY, "rrule": "FREQ=WEEKLY;UNTIL=20260101"}}, "invalid", "/args/set/schedule/rrule"),
        ({"schedule": {**WEEKLY, "rrule": "F" * 301}}, "too_long", "/args/set/schedule/rrule"),
        ({"schedule": {**WEEKLY, "date": "1925-04-07"}}, "invalid", "/args/set/schedule/date"),
        ({"schedule": {**WEEKLY, "date": "2026-02-30"}}, "invalid", "/args/set/schedule/date"),
        ({"schedule": {**WEEKLY, "ends": "14:00"}}, "invalid", "/args/set/schedule/ends"),
        ({"schedule": {**WEEKLY, "also": ["9999-12-31"]}}, "invalid", "/args/set/schedule/also/0"),
        ({"schedule": {"date": "2026-04-07", "days": 61}}, "invalid", "/args/set/schedule/days"),
    ],
)
def test_what_can_not_be_is_refused_where_it_stands_and_in_words(
    world: Any, given: dict[str, Any], expected: str, at: str
) -> None:
    reply = world.do("save_event", "event", world.event("draft"), {"set": given})
    assert code(reply) == expected
    assert reply["at"].startswith(at)
    assert reply["detail"]


def test_only_what_is_sent_changes_and_null_empties(world: Any) -> None:
    id = world.event("draft", bring={"da": "En kop"}, themes=["coffee"], price={"da": "20 kr."})
    world.done("save_event", "event", id, {"set": {"bring": None, "themes": None, "free": True}})
    body = world.body("staff", "event", id)
    assert (body["bring"], body["themes"], body["free"], body["price"]) == (None, [], True, {"da": "20 kr."})


def test_an_edit_on_an_old_base_goes_in_beside_another_and_against_it_is_a_conflict(world: Any) -> None:
    id = world.event("draft")
    base = _v(world, id)
    world.done(
        "save_event",
        "event",
        id,
        {"set": {"price": {"da": "20 kr."}, "schedule": {**WEEKLY, "starts": "15:00", "ends": "17:00"}}},
    )
    beside = world.do("save_event", "event", id, {"set": {"bring": {"da": "En kop"}}}, base=base)
    assert (code(beside), beside["result"]["conflicts"]) == ("applied", [])
    against = world.do("save_event", "event", id, {"set": {"schedule": ONCE, "free": True}}, base=base)
    assert [one["field"] for one in against["result"]["conflicts"]] == ["schedule"]
    nothing = world.do("save_event", "event", id, {"set": {"price": {"da": "10 kr."}}}, base=base)
    assert code(nothing) == "conflict"
    assert world.body("staff", "event", id)["staff"]["schedule"]["starts"] == "15:00"


def test_a_base_from_before_the_series_grew_is_still_known(world: Any) -> None:
    id = world.event()
    base = _v(world, id)
    world.done("change_time", "event", id, {"change": {"day": "2026-04-14", "full": True}})
    reply = world.do("save_event", "event", id, {"set": {"free": True}}, base=base)
    assert (code(reply), reply["result"]["conflicts"]) == ("applied", [])


def _v(world: Any, id: str) -> str:
    return str(
        world.tx.execute("SELECT v FROM feed WHERE scope = 'staff' AND kind = 'event' AND id = ?", (id,)).fetchall()[0][
            0
        ]
    )


def test_a_name_moves_the_address_until_somebody_has_read_it(world: Any) -> None:
    id = world.event("draft")
    world.done("save_event", "event", id, {"set": {"name": {"da": "Te og kage"}}})
    world.done("move_event", "event", id, {"to": "public"})
    world.done("save_event", "event", id, {"set": {"name": {"da": "Noget andet"}}})
    assert world.body("public", "event", id)["slug"] == "te-og-kage"
    world.done("save_event", "event", id, {"set": {"slug": "kaffe-og-te"}})
    assert slugs.find(world.tx, "event", "te-og-kage") == slugs.Found(id, "kaffe-og-te")


def test_a_public_one_may_not_lose_where_it_is(world: Any) -> None:
    id = world.event()
    reply = world.do("save_event", "event", id, {"set": {"where": None}})
    assert (code(reply), reply["missing"]) == ("not_ready", ["place_id"])
    assert reply["detail"].startswith("Begivenheden mangler: hvor det er")


def test_the_day_of_a_single_public_one_is_moved_by_saying_why(world: Any) -> None:
    id = world.event(schedule=ONCE)
    reply = world.do("save_event", "event", id, {"set": {"schedule": {**ONCE, "date": "2026-04-08"}}})
    assert (code(reply), reply["at"]) == ("invalid", "/args/set/schedule/date")
    world.done("save_event", "event", id, {"set": {"schedule": {**ONCE, "starts": "15:00", "ends": "17:00"}}})
    assert revision(world, id, "20260407") == 1
    draft = world.event("draft", schedule=ONCE, name={"da": "Krolf"})
    world.done("save_event", "event", draft, {"set": {"schedule": {**ONCE, "date": "2026-04-08"}}})


# move_event


def test_what_it_lacks_is_named_in_danish(world: Any) -> None:
    id = world.event("draft", where=None, schedule=None)
    reply = world.do("move_event", "event", id, {"to": "public"})
    assert (code(reply), reply["missing"]) == ("not_ready", ["place_id", "schedule"])
    assert reply["detail"].endswith("og hvornår det er.")


def test_an_event_at_a_place_that_only_staff_see_lacks_a_place(world: Any) -> None:
    here = world.place("developing")
    id = world.event("draft", where=None, place_id=here)
    assert world.do("move_event", "event", id, {"to": "public"})["missing"] == ["place_id"]
    world.done("move_state", "place", here, {"to": "active"})
    world.done("move_event", "event", id, {"to": "public"})


def test_what_is_over_is_not_published(world: Any) -> None:
    id = world.event("draft", schedule={"date": "2026-03-20", "starts": "14:00"})
    reply = world.do("move_event", "event", id, {"to": "public"})
    assert (code(reply), reply["detail"]) == ("not_ready", "Alle dage er gået. Skriv en dag, der kommer.")
    assert world.body("staff", "event", id)["state"] == "draft"


@pytest.mark.parametrize(
    ("here", "to", "expected"),
    [
        ("draft", "proposed", "applied"), ("draft", "cancelled", "bad_step"), ("draft", "draft", "bad_step"),
        ("proposed", "draft", "applied"), ("proposed", "public", "applied"), ("proposed", "cancelled", "bad_step"),
        ("public", "draft", "bad_step"), ("public", "proposed", "bad_step"), ("public", "cancelled", "applied"),
        ("cancelled", "public", "applied"), ("cancelled", "draft", "bad_step"), ("cancelled", "cancelled", "bad_step"),
    ],
)  # fmt: skip
def test_an_event_takes_the_steps_of_the_table_and_no_other(world: Any, here: str, to: str, expected: str) -> None:
    id = world.event(here)
    why = {"why": WHY} if to == "cancelled" or (here, to) == ("proposed", "draft") else {}
    reply = world.do("move_event", "event", id, {"to": to, **why})
    assert code(reply) == expected
    assert world.body("staff", "event", id)["state"] == (to if expected == "applied" else here)
    if expected == "applied":
        assert reply["result"] == {"state": to}


def test_a_cancelled_event_says_why_and_so_does_each_time_to_come(world: Any) -> None:
    id = world.event(schedule={**WEEKLY, "date": "2026-03-24"})
    assert code(world.do("move_event", "event", id, {"to": "cancelled"})) == "invalid"
    world.done("move_event", "event", id, {"to": "cancelled", "why": WHY})
    body = world.body("public", "event", id)
    assert (body["state"], body["why"]) == ("cancelled", WHY)
    said = times(world, id)
    assert [said[day]["state"] for day in ("20260324", "20260331", "20260407")] == ["on", "on", "cancelled"]
    assert (said["20260407"]["why"], revision(world, id, "20260407"), revision(world, id, "20260331")) == (WHY, 1, 0)
    world.done("move_event", "event", id, {"to": "public"})
    assert (times(world, id)["20260407"]["state"], revision(world, id, "20260407")) == ("on", 2)
    assert world.body("public", "event", id)["why"] is None


def test_staff_answer_a_proposal_and_the_answer_is_read(world: Any) -> None:
    id = world.event("proposed")
    reply = world.do("move_event", "event", id, {"to": "draft"})
    assert (code(reply), reply["at"]) == ("invalid", "/args/why")
    world.done("move_event", "event", id, {"to": "draft", "why": {"da": "Skriv, hvem der tager imod."}})
    assert world.body("staff", "event", id)["staff"]["decided"] == {"da": "Skriv, hvem der tager imod."}
    world.done("move_event", "event", id, {"to": "proposed"})
    assert world.body("staff", "event", id)["staff"]["decided"] is None


def test_words_that_belong_to_nothing_are_refused(world: Any) -> None:
    reply = world.do("move_event", "event", world.event("draft"), {"to": "public", "why": WHY})
    assert (code(reply), reply["at"]) == ("invalid", "/args/why")


# What others do to events


def test_a_place_is_dissolved_when_its_times_are_cancelled_or_elsewhere(world: Any) -> None:
    here, there = world.place("active"), world.place("active", name={"da": "Havnen"})
    id = world.event(place_id=here)
    draft = world.event("draft", place_id=here, name={"da": "Krolf"})
    reply = world.do("move_state", "place", here, {"to": "dissolved"})
    assert (code(reply), "”Kaffe”" in reply["detail"], "Krolf" in reply["detail"]) == ("not_ready", True, False)
    world.done("save_event", "event", id, {"set": {"place_id": there}})
    world.done("move_state", "place", here, {"to": "dissolved"})
    world.done("move_event", "event", id, {"to": "cancelled", "why": WHY})
    world.done("move_state", "place", there, {"to": "dissolved"})
    assert code(world.do("save_event", "event", draft, {"set": {"place_id": there}})) == "invalid"


def test_a_draft_is_withdrawn_and_restored_and_what_was_public_is_cancelled(world: Any) -> None:
    draft = world.event("draft")
    world.done("withdraw", "event", draft, {"why": "Skrevet to gange"})
    assert world.body("staff", "event", draft) is None
    assert code(world.do("save_event", "event", draft, {"set": {"free": True}})) == "gone"
    world.done("restore", "event", draft, {})
    assert world.body("staff", "event", draft)["state"] == "draft"
    for state in ("public", "cancelled"):
        reply = world.do("withdraw", "event", world.event(state, name={"da": state}), {"why": "væk"})
        assert (code(reply), reply["at"]) == ("bad_step", "/subject")


def test_a_route_with_events_is_in_use(world: Any) -> None:
    way = world.route([(0, 0), (100, 0)])
    world.event(route_id=way, where=None)
    assert code(world.do("withdraw", "route", way, {"why": "væk"})) == "in_use"


def test_nothing_is_reported_broken_of_an_event(world: Any) -> None:
    assert code(world.do("report_fault", "event", world.event(), {"what": "broken"})) == "unknown_subject"

"""What is public, what is staff's own, and which bodies a change touches."""

import datetime
from typing import Any

import msgspec
import pytest

from server.publish import publish, republish
from server.store import facility, geometry, meta, route
from sync import feed

PATH = [(0.0, 0.0), (1000.0, 0.0)]


def at(world: Any, x: float, y: float) -> list[float]:
    """A point of the made-up plain as it travels."""
    return list(geometry.point_of(world.tx, 684_000.0 + x, 6_073_000.0 + y))


@pytest.mark.parametrize(
    ("state", "public"),
    [("idea", None), ("developing", None), ("active", "active"), ("resting", "resting"), ("dissolved", "dissolved")],
)
def test_the_public_reads_places_that_are_or_were_open(world: Any, state: str, public: str | None) -> None:
    id = world.place(state, first_time={"da": "Kirsten møder dig."})
    body = world.body("public", "place", id)
    assert (body and body["state"]) == public
    if body:
        assert "staff" not in body
        assert ("first_time" in body) is (state != "dissolved"), "a dissolved one is slim"
    staff = world.body("staff", "place", id)
    assert staff["state"] == state
    assert staff["staff"] == {"missing": [], "notes": None, "last_seen_on": None}
    if body:
        assert {key: value for key, value in staff.items() if key != "staff"} == body


def test_what_the_public_reads_staff_do_not_get_twice(world: Any) -> None:
    shown, hidden = world.facility(), world.facility(public=False)
    assert (world.body("staff", "facility", shown), world.body("public", "facility", hidden)) == (None, None)
    assert world.body("staff", "facility", hidden)["id"] == hidden


def test_leaving_a_scope_is_a_tombstone_in_it(world: Any) -> None:
    row = world.facility_row(0, 0)
    facility.upsert(world.tx, row)
    world.publish("facility", row.id)
    before = str(feed.page(world.tx, "public", None).cursor)
    facility.upsert(world.tx, msgspec.structs.replace(row, public=False))
    assert world.publish("facility", row.id).keys() == {"public", "staff"}
    page = feed.page(world.tx, "public", before)
    assert page.changes == [("facility", row.id, None, None)]
    facility.upsert(world.tx, row)
    world.publish("facility", row.id)
    assert world.body("staff", "facility", row.id) is None


def test_publishing_again_changes_nothing(world: Any) -> None:
    things = [
        ("place", world.place()),
        ("facility", world.facility()),
        ("route", world.route(PATH)),
        ("settings", "site"),
    ]
    assert publish(world.tx, things, world.ctx.today) == {}
    assert republish(world.tx, world.ctx.today) == {}


def test_republishing_clears_its_own_mark(world: Any) -> None:
    meta.put(world.tx, "republish", "1")
    republish(world.tx, world.ctx.today)
    assert meta.get(world.tx, "republish") is None


def test_a_place_that_comes_goes_or_moves_touches_the_routes_near_before_and_after(world: Any) -> None:
    north, south = world.route(PATH), world.route([(0.0, -500.0), (1000.0, -500.0)])

    def places() -> list[list[str]]:
        return [world.body("public", "route", route)["place_ids"] for route in (north, south)]

    place = world.place("developing", point=at(world, 400, 20))
    assert places() == [[], []], "what is not public is near nothing"
    opened = world.do("move_state", "place", place, {"to": "active"})
    assert places() == [[place], []]
    assert opened["seq"]["public"] == feed.head(world.tx, "public")
    world.done("save_place", "place", place, {"set": {"point": at(world, 400, -480)}})
    assert places() == [[], [place]]
    world.done("move_state", "place", place, {"to": "dissolved"})
    assert places() == [[], []]


def test_a_facility_that_moves_or_goes_touches_the_routes_it_was_near(world: Any) -> None:
    walk = world.route(PATH)
    row = world.facility_row(400, 20)
    facility.upsert(world.tx, row)
    world.publish("facility", row.id)
    assert len(world.body("public", "route", walk)["near"]) == 1
    facility.upsert(world.tx, msgspec.structs.replace(row, y=row.y + 5000))
    world.publish("facility", row.id)
    assert world.body("public", "route", walk)["near"] == []
    facility.upsert(world.tx, row)
    world.publish("facility", row.id)
    world.done("withdraw", "facility", row.id, {"why": "væk"})
    assert world.body("public", "route", walk)["near"] == []


def test_a_route_has_the_places_that_name_it_however_far_they_are(world: Any) -> None:
    walk, other = world.route(PATH), world.route([(0.0, 9000.0), (1000.0, 9000.0)])
    place = world.place("active", form="route", route_id=walk, point=None)
    assert world.body("public", "route", walk)["place_ids"] == [place]
    world.done("save_place", "place", place, {"set": {"route_id": other}})
    assert world.body("public", "route", walk)["place_ids"] == []
    assert world.body("public", "route", other)["place_ids"] == [place]


def test_what_staff_lack_changes_with_the_route_that_a_place_names(world: Any) -> None:
    row = world.route_row([(0, 0), (9, 0)])
    route.upsert(world.tx, row)
    place = world.place("developing", form="route", route_id=row.id)
    assert world.body("staff", "place", place)["staff"]["missing"] == []
    route.upsert(world.tx, msgspec.structs.replace(row, public=False))
    world.publish("route", row.id)
    assert world.body("staff", "place", place)["staff"]["missing"] == ["route_id"]


def test_a_fault_on_a_bench_does_not_touch_the_route_beside_it(world: Any) -> None:
    world.route(PATH)
    bench = world.facility(400, 20)
    head = feed.head(world.tx, "public")
    world.done("report_fault", "facility", bench, {"what": "litter", "text": "", "photos": []})
    assert feed.head(world.tx, "public") == head + 1


def test_a_body_is_what_the_wire_says_byte_for_byte(world: Any) -> None:
    id = world.facility(0, 0, id="019d2fff-0000-7000-8000-000000000001")
    found = feed.current(world.tx, "public", "facility", id)
    assert found is not None
    assert found[1] == (
        b'{"id":"019d2fff-0000-7000-8000-000000000001","code":1371,"type_text":"B\xc3\xa6nk","name":null,'
        b'"point":[11.860505,54.770441],"access":{"step_free":null,"width_cm":null,"kerb_cm":null,"gate_cm":null,'
        b'"slope_pct":null,"door_cm":null},"season":null,"open_24h":null,"source":"Pr\xc3\xb8ve","faults":[]}'
    )


def test_three_thousand_things_are_published_in_one_go(world: Any) -> None:
    """Set by set, not thing by thing: the number of statements that reckon what is near does not grow with the things."""
    rows = [world.facility_row(n % 60 * 20, n // 60 * 20) for n in range(3000)]
    for row in rows:
        facility.upsert(world.tx, row)
    walk = world.route_row([(0, 0), (1200, 0)])
    route.upsert(world.tx, walk)
    asked: list[str] = []
    world.tx.set_trace_callback(lambda text: asked.append(text) if "stretch_line" in text else None)
    try:
        publish(world.tx, [*(("facility", row.id) for row in rows), ("route", walk.id)], datetime.date(2026, 4, 1))
    finally:
        world.tx.set_trace_callback(None)
    assert len(asked) < 10
    assert len(world.body("public", "route", walk.id)["near"]) == 6 * 60

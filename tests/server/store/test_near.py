"""What is within 100 m of a route, by SpatiaLite's R-tree, on a real database."""

import math
import random
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.store import geometry, near, thing
from tests.server.conftest import E0, N0

PATH = [(0.0, 0.0), (1000.0, 0.0)]


def test_a_bench_is_so_far_along_and_so_far_off(world: Any) -> None:
    route = world.route(PATH)
    bench = world.facility(400, 30)
    assert world.body("public", "route", route)["near"] == [{"facility_id": bench, "at_m": 400, "off_m": 30}]


@pytest.mark.parametrize(("off", "there"), [(99.9, True), (100.0, True), (100.2, False)])
def test_a_hundred_metres_is_near_and_no_more(world: Any, off: float, there: bool) -> None:
    route = world.route(PATH)
    world.facility(400, off)
    assert bool(world.body("public", "route", route)["near"]) is there


def test_what_lies_in_the_box_but_not_within_reach_is_left_out(world: Any) -> None:
    route = world.route([(0, 0), (1000, 1000)])
    world.facility(1000, 0)
    assert world.body("public", "route", route)["near"] == []


def test_metres_along_count_the_stretches_before(world: Any) -> None:
    route = world.route(PATH, [(1000, 0), (1000, 500)])
    bench = world.facility(1010, 200)
    assert world.body("public", "route", route)["near"] == [{"facility_id": bench, "at_m": 1200, "off_m": 10}]


def test_a_bench_at_the_joint_of_two_stretches_is_there_once(world: Any) -> None:
    route = world.route(PATH, [(1000, 0), (2000, 0)])
    bench = world.facility(1000, 20)
    assert world.body("public", "route", route)["near"] == [{"facility_id": bench, "at_m": 1000, "off_m": 20}]


def test_benches_come_in_the_order_in_which_one_meets_them(world: Any) -> None:
    route = world.route(PATH)
    late, early = world.facility(900, 5), world.facility(100, 5)
    assert [n["facility_id"] for n in world.body("public", "route", route)["near"]] == [early, late]


def test_what_is_near_may_be_asked_for_any_distance(world: Any) -> None:
    route = world.route(PATH)
    bench = world.facility(400, 150)
    assert near.facilities_near(world.tx, route) == []
    assert [n.facility_id for n in near.facilities_near(world.tx, route, 200.0)] == [bench]
    assert near.facilities_near(world.tx, world.id()) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_the_database_finds_what_shapely_finds(world: Any, seed: int) -> None:
    world.tx.execute("SAVEPOINT example").fetchall()
    try:
        dice = random.Random(seed)
        lines = []
        for _ in range(dice.randint(1, 3)):
            x, y = dice.uniform(0, 600), dice.uniform(0, 600)
            line = [(x, y)]
            for _ in range(dice.randint(1, 12)):
                x, y = x + dice.uniform(-80, 120), y + dice.uniform(-80, 120)
                line.append((x, y))
            lines.append(line)
        route = world.route(*lines)
        points = {(dice.uniform(-200, 1200), dice.uniform(-200, 1200)) for _ in range(30)}
        ids = {world.facility(x, y): shapely.Point(x, y) for x, y in points}
        judge = shapely.MultiLineString(lines)
        found = {n["facility_id"]: n["off_m"] for n in world.body("public", "route", route)["near"]}
        assert found.keys() == {id for id, point in ids.items() if judge.distance(point) <= 100}
        assert all(abs(judge.distance(ids[id]) - off) <= 0.51 for id, off in found.items())
    finally:
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()


def test_a_line_of_many_points_is_measured_in_pieces_and_told_as_a_whole(world: Any) -> None:
    dice = random.Random(1)
    line = [(i * 2.0, 40 * math.sin(i / 30) + dice.uniform(-1, 1)) for i in range(1500)]
    before = {world.facility(dice.uniform(-50, 3050), dice.uniform(-250, 250)) for _ in range(60)}
    route = world.route([(-500, 0), line[0]], line)
    later = {world.facility(dice.uniform(-50, 3050), dice.uniform(-250, 250)) for _ in range(60)}
    where = {
        id: shapely.Point(x - E0, y - N0)
        for id, x, y in world.tx.execute(
            "SELECT t.uid, ST_X(p.geom), ST_Y(p.geom) FROM facility_point p JOIN thing t ON t.id = p.facility"
        ).fetchall()
        if id in before or id in later
    }
    judge = shapely.LineString([(-500, 0), *line])
    found = world.body("public", "route", route)["near"]
    assert {n["facility_id"] for n in found} == {id for id, point in where.items() if judge.distance(point) <= 100}
    for near_it in found:
        point = where[near_it["facility_id"]]
        assert near_it["off_m"] == pytest.approx(judge.distance(point), abs=0.51)
        assert near_it["at_m"] == pytest.approx(judge.project(point), abs=1.1)
    assert [n["at_m"] for n in found] == sorted(n["at_m"] for n in found)


def test_a_place_that_moves_leaves_no_old_entry_in_the_index(world: Any) -> None:
    route = world.route(PATH)
    place = world.place(point=list(geometry.point_of(world.tx, 684_400.0, 6_073_010.0)))
    assert world.body("public", "route", route)["place_ids"] == [place]
    world.done("save_place", "place", place, {"set": {"point": [11.9, 54.9]}})
    assert world.body("public", "route", route)["place_ids"] == []
    row = thing.find(world.tx, "place", place)
    assert row is not None
    found = world.tx.execute("SELECT count(*) FROM idx_place_point_geom WHERE pkid = ?", (row.row,)).fetchall()
    assert found == [(1,)]


def test_a_body_has_the_line_simplified_and_the_length_whole(world: Any) -> None:
    zigzag = [(float(i), (i % 2) * 0.5) for i in range(101)]
    route = world.route(zigzag)
    (stretch,) = world.body("public", "route", route)["stretches"]
    assert stretch["length_m"] == 112
    assert len(stretch["line"]) < 40


@pytest.mark.parametrize("xy", [[(0.0, 0.0)], [], [(0.0, float("nan")), (1.0, 1.0)], [(float("inf"), 0.0), (1.0, 1.0)]])
def test_what_is_no_line_never_reaches_the_database(xy: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="two points"):
        geometry.line_blob(xy)

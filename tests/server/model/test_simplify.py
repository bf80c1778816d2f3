"""Fewer points, ends kept, never further off than said. shapely is the judge."""

import shapely
from hypothesis import given
from hypothesis import strategies as st

from server.model.simplify import TOLERANCE_M, kept

metres = st.floats(-500, 500, allow_nan=False).map(lambda n: round(n, 2))
lines = st.lists(st.tuples(metres, metres), min_size=2, max_size=60)


@given(lines)
def test_both_ends_stay_and_the_order_holds(points: list[tuple[float, float]]) -> None:
    stays = kept(points)
    assert stays[0] == 0
    assert stays[-1] == len(points) - 1
    assert stays == sorted(set(stays))


@given(lines)
def test_no_point_lies_further_off_than_the_tolerance(points: list[tuple[float, float]]) -> None:
    fewer = shapely.LineString([points[i] for i in kept(points)])
    assert all(fewer.distance(shapely.Point(p)) <= TOLERANCE_M + 1e-6 for p in points)


def test_points_on_a_straight_line_go() -> None:
    assert kept([(0, 0), (1, 0.2), (2, -0.3), (3, 0)]) == [0, 3]


def test_a_ring_keeps_its_shape_though_its_ends_are_one_point() -> None:
    assert kept([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]) == [0, 1, 2, 3, 4]


def test_a_zigzag_of_thousands_of_points_takes_no_depth_and_little_time() -> None:
    assert len(kept([(i, (i % 2) * 5) for i in range(4_000)])) > 3_900

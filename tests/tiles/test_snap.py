"""Nothing invalid comes off the grid, and nothing disappears without a reason."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tiles.snap import NARROW, SPECK, snap, unit

HERE = (1_321_000.0, 7_322_000.0)


def array(*shapes: shapely.Geometry) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(shapes, dtype=object)


def test_a_unit_at_z13_is_sixty_centimetres_of_mercator() -> None:
    assert unit(13) == pytest.approx(0.597, abs=0.001)


def test_a_sliver_is_narrower_than_a_unit_and_says_so() -> None:
    x, y = HERE
    laid, reasons = snap(array(shapely.box(x, y, x + 0.05, y + 500), shapely.box(x, y, x + 50, y + 50)), "polygon", 13)
    assert laid[0] is None
    assert reasons == [NARROW, None]


def test_a_line_shorter_than_a_unit_says_so() -> None:
    x, y = HERE
    laid, reasons = snap(array(shapely.LineString([(x, y), (x + 0.01, y)])), "line", 13)
    assert (laid[0], reasons) == (None, [NARROW])


def test_a_wood_under_a_pixel_is_left_from_the_overview_alone() -> None:
    x, y = HERE
    grove = array(shapely.box(x, y, x + 60, y + 60))
    assert snap(grove, "polygon", 10)[1] == [SPECK]
    assert snap(grove, "polygon", 11)[1] == [None]


def test_points_are_never_lost() -> None:
    assert snap(array(shapely.Point(HERE)), "point", 8)[1] == [None]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, math.tau), st.floats(0.1, 400)), min_size=3, max_size=24),
    st.sampled_from([8, 10, 11, 13]),
)
def test_any_star_comes_off_the_grid_valid_or_with_a_reason(arms: list[tuple[float, float]], zoom: int) -> None:
    x, y = HERE
    ring = [(x + reach * math.cos(turn), y + reach * math.sin(turn)) for turn, reach in arms]
    [star] = shapely.get_parts(array(shapely.make_valid(shapely.Polygon(ring))), return_index=False)[:1]
    if star.geom_type != "Polygon":
        return
    laid, reasons = snap(array(star), "polygon", zoom)
    assert (laid[0] is None) == (reasons[0] is not None)
    assert laid[0] is None or laid[0].is_valid

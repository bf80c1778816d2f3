"""Metres to degrees without PROJ. PROJ is the judge."""

import pyproj
from hypothesis import given, settings
from hypothesis import strategies as st

from server.model.utm import degrees

THERE = pyproj.Transformer.from_crs("EPSG:25832", "EPSG:4258", always_xy=True)


@settings(deadline=None)
@given(st.floats(400_000, 900_000), st.floats(6_000_000, 6_450_000))
def test_all_over_denmark_it_is_where_proj_says_to_a_tenth_of_a_millimetre(x: float, y: float) -> None:
    lon, lat = THERE.transform(x, y)
    assert max(abs(degrees(x, y)[0] - lon), abs(degrees(x, y)[1] - lat)) < 1e-9

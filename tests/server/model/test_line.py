"""The encoded line: the vectors that the phone reads too, and there and back."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.model.line import NotALine, decode, encode

degrees = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def test_the_vectors_hold(vector: Callable[[str], Any]) -> None:
    for told in vector("line")["lines"]:
        points = [(lon, lat) for lat, lon in told["points"]]
        assert encode(points) == told["line"]
        assert decode(told["line"]) == points


@given(st.lists(degrees))
def test_a_line_comes_back_within_half_of_the_last_decimal(points: list[tuple[float, float]]) -> None:
    back = decode(encode(points))
    assert len(back) == len(points)
    for (lon, lat), (lon2, lat2) in zip(points, back, strict=True):
        assert abs(lon - lon2) <= 0.500001e-5
        assert abs(lat - lat2) <= 0.500001e-5


@given(st.lists(degrees))
def test_encoding_what_was_decoded_changes_nothing(points: list[tuple[float, float]]) -> None:
    once = encode(points)
    assert encode(decode(once)) == once


@pytest.mark.parametrize("text", ["_", "?", "???", "æøå", "\n", "~" * 50, "_" * 40 + "?"])
def test_what_is_no_line_is_refused_in_danish(text: str) -> None:
    with pytest.raises(NotALine, match="Linjen"):
        decode(text)


@given(st.text())
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    try:
        for lon, lat in decode(text):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    except NotALine:
        pass

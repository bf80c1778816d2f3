"""Our own GeoJSON: what a feature says is a value of the wire, or the field is named."""

from typing import Any

import pytest

from server.formats import own

WAY_IN = {"from": "road", "name": {"da": "Vejen"}, "length_m": 5}


def route(**fields: Any) -> own.OwnRoute:
    return own.route({"name": {"da": "Stien"}, **fields})


def test_a_way_in_has_a_line_that_phones_can_draw() -> None:
    (way_in,) = route(approaches=[{**WAY_IN, "line": "}jgmIuwmgAqBqD"}]).approaches
    assert way_in.line == "}jgmIuwmgAqBqD"


@pytest.mark.parametrize("line", ["ingen linje æ", "}jgmIuwmg"])
def test_a_way_in_whose_line_is_none_is_named(line: str) -> None:
    with pytest.raises(own.FieldRefused) as refused:
        route(approaches=[{**WAY_IN, "line": line}])
    assert refused.value.at == "approaches[0].line"

"""What a register says of access, as facts that somebody can lean on: careful, with a date, or "ved ikke"."""

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.formats.register import access
from server.model.values import Access, Fact

DAY = {"systid_fra": "2024-05-01T10:00:00+02:00"}
SEEN = datetime.date(2024, 5, 1)


def said(object: Any, **fields: Any) -> Access:
    return access.access({"tilgaeng_opl": object, **DAY, **fields}, "GeoFA 5802")


def measured(value: Any) -> Fact[Any]:
    return Fact(value=value, source="GeoFA 5802, Natur for alle", seen_on=SEEN)


def test_the_narrowest_place_is_the_gate_where_there_is_one_and_is_rounded_down() -> None:
    told = said(
        {"smalleste_passagebredde": 84.6, "generel_passagebredde_stoerstedelen": 140, "barriere_typer": ["Låger"]}
    )
    assert (told.width_cm, told.gate_cm) == (measured(84), measured(84))


def test_a_gate_that_nobody_measured_is_not_as_wide_as_most_of_the_way() -> None:
    told = said({"generel_passagebredde_stoerstedelen": 140, "barriere_typer": ["Låger"]})
    assert (told.width_cm, told.gate_cm) == (measured(140), None)


def test_without_a_gate_the_narrowest_place_is_no_gate() -> None:
    told = said(json.dumps({"smalleste_passagebredde": "84,6", "barriere_typer": ["Gangbroer"]}))
    assert (told.width_cm, told.gate_cm) == (measured(84), None)


@pytest.mark.parametrize(
    ("answer", "value"),
    [(True, True), (False, False), ("ja", True), ("Nej", False), ("1", True), (0, False), (9, None), ("9", None), (2, None), (3, None),
     (None, None), ("ukendt", None), ([], None)],
)  # fmt: skip
def test_level_is_yes_no_or_not_known(answer: Any, value: bool | None) -> None:
    for column in ("er_niveaufri", "er_adgang_uden_trin_trapper"):
        assert said({column: answer}).step_free == (None if value is None else measured(value))


def test_a_stile_is_steps_unless_the_way_is_said_to_be_level() -> None:
    assert said({"barriere_typer": ["Stenter"], "er_niveaufri": 9}).step_free == measured(False)
    assert said({"barriere_typer": ["Stenter"], "er_niveaufri": True}).step_free == measured(True)
    assert said({"barriere_typer": ["Låger", 7, None]}).step_free is None


@pytest.mark.parametrize("width", [9, "9", 1.2, 0, -80, 9999, 10**400, float("nan"), "ukendt", True, None, [], {}])
def test_what_is_no_width_of_a_passage_is_not_known(width: Any) -> None:
    assert said({"smalleste_passagebredde": width, "barriere_typer": ["Låger"]}) == Access()


@pytest.mark.parametrize("date", [None, "", "0001-01-01", "i går", "2024-13-01"])
def test_nothing_is_told_without_a_date(date: str | None) -> None:
    fields = {
        "tilgaeng_opl": {"er_niveaufri": True, "smalleste_passagebredde": 90},
        "systid_fra": date,
        "doegnaab_k": 1,
        "belaegn_k": 1,
    }
    assert access.access(fields, "GeoFA") == Access()
    assert (access.open_24h(fields, "GeoFA"), access.surface(fields, "GeoFA")) == (None, None)


@pytest.mark.parametrize("column", ["handicap_k", "handikap", "handikap_k", "handicap"])
@pytest.mark.parametrize(
    ("code", "step_free"), [(1, None), (2, None), ("3", False), (4, None), (8, None), (9, None), ("x", None)]
)
def test_suited_promises_nothing_and_not_suited_is_not_step_free(
    column: str, code: Any, step_free: bool | None
) -> None:
    told = access.access({column: code, **DAY}, "GeoFA 5802")
    expected = None if step_free is None else Fact(value=step_free, source="GeoFA 5802", seen_on=SEEN)
    assert told == Access(step_free=expected)


def test_what_was_measured_stands_over_what_somebody_judged() -> None:
    assert said({"er_niveaufri": True}, handicap_k=3).step_free == measured(True)


@pytest.mark.parametrize(
    ("fields", "value", "source"),
    [
        ({"belaegn_k": "2"}, "loose", "GeoFA 5802"),
        ({"belaegn_k": 8}, "other", "GeoFA 5802"),
        ({"belaegn_k": 9}, None, ""),
        ({"belaegn_k": 9, "tilgaeng_opl": {"er_belaegningen_fast": True}}, "firm", "GeoFA 5802, Natur for alle"),
        ({"tilgaeng_opl": {"er_belaegningen_fast": "nej"}}, "loose", "GeoFA 5802, Natur for alle"),
        ({"belaegn_k": 3, "tilgaeng_opl": {"er_belaegningen_fast": True}}, "unpaved", "GeoFA 5802"),
    ],
)
def test_a_surface_names_which_definition_it_goes_by(fields: dict[str, Any], value: str | None, source: str) -> None:
    told = access.surface(fields | DAY, "GeoFA 5802")
    assert told == (None if value is None else Fact(value=value, source=source, seen_on=SEEN))


@pytest.mark.parametrize(("code", "value"), [(0, False), ("1", True), (2, None), (3, None), (9, None), (None, None)])
def test_open_day_and_night_is_yes_no_or_not_known(code: Any, value: bool | None) -> None:
    told = access.open_24h({"doegnaab_k": code, **DAY}, "GeoFA 5800")
    assert told == (None if value is None else Fact(value=value, source="GeoFA 5800", seen_on=SEEN))


def test_a_hindrance_is_told_by_the_day_on_which_the_file_was_saved_and_a_promise_is_not() -> None:
    assert access.wants_day({"wheelchair": "no"})
    assert not access.wants_day({"wheelchair": "yes"})
    assert not access.wants_day({"wheelchair": "no", **DAY})
    saved = {access.SAVED_ON: "2025-01-02"}
    told = access.access({"wheelchair": "no", **saved}, "filen").step_free
    assert told == Fact(value=False, source="filen", seen_on=datetime.date(2025, 1, 2))
    assert access.access({"gate_width_cm": 85, "wheelchair": "yes", **saved}, "filen") == Access()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
_ANY = _JSON | st.text(alphabet='{}[]":,0123456789', max_size=40)


@given(
    st.dictionaries(
        st.sampled_from(["er_niveaufri", "smalleste_passagebredde", "barriere_typer", "er_belaegningen_fast"]), _JSON
    ),
    _ANY,
)
def test_whatever_stands_there_nothing_breaks_and_nothing_is_told_wider(object: dict[str, Any], other: Any) -> None:
    for value in (object, other):
        told = said(value, belaegn_k=other, handicap_k=other, doegnaab_k=other)
        access.surface({"tilgaeng_opl": value, "belaegn_k": other, **DAY}, "GeoFA")
        width = object.get("smalleste_passagebredde")
        if value is object and told.width_cm is not None and isinstance(width, int | float):
            assert told.width_cm.value <= width

"""What GeoFA's codes and the older layers' types mean here."""

import pytest

from server.formats.refusal import FileRefused
from server.formats.register import geofa
from server.formats.words import titles


@pytest.mark.parametrize(
    ("said", "code", "text"),
    [
        ({"type": "Bænk"}, 1371, "Bænk"),
        ({"type": "Tørvejrsrum/Madpakkehus"}, 1132, "Tørvejrsrum/Madpakkehus"),
        ({"type": "Drikkevand"}, 1222, "Drikkevand"),
        ({"type": "Cykelhandler"}, None, "Cykelhandler"),
        ({"facil_ty_k": 1012}, 1012, "Toilet"),
        ({"facil_ty_k": "'1371'"}, 1371, "Bænk"),
        ({"facil_ty_k": 7777}, 7777, "GeoFA 7777"),
        ({"facil_ty_k": "ukendt", "facil_ty": "Kælkebakke"}, None, "Kælkebakke"),
        ({"facil_ty_k": -1}, None, "Facilitet, slags ukendt"),
        ({"facil_ty_k": "Solur"}, None, "Solur"),
        ({"facil_ty_k": 1311}, 1311, "Spang"),
        ({}, None, "Facilitet, slags ukendt"),
    ],
)
def test_a_type_has_its_code_and_keeps_its_text(said: dict[str, object], code: int | None, text: str) -> None:
    assert geofa.type_of(said) == (code, text)


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ({}, True),
        ({"off_kode": 1, "statuskode": 3}, True),
        ({"off_kode": "1", "statuskode": "3"}, True),
        ({"off_kode": 2, "statuskode": 3}, False),
        ({"off_kode": 1, "statuskode": 4}, False),
        ({"off_kode": "ved ikke"}, False),
    ],
)
def test_only_what_the_register_calls_public_and_valid_is_public(said: dict[str, object], public: bool) -> None:
    assert geofa.public(said) is public


def test_the_layers_that_are_nouns_say_how_one_moves() -> None:
    assert [geofa.mode_of(layer, {}) for layer in ("rute_vandre", "rute_cykel", "rute_anden")] == [
        "walk",
        "cycle",
        "drive",
    ]
    assert geofa.mode_of("t_5802_fac_li", {"rute_ty_k": 8}) == "ride"
    assert geofa.mode_of("stier", {}) is None


@pytest.mark.parametrize(
    ("layer", "columns", "geometry", "code"),
    [
        ("rute_vandre", ["gruppe", "type"], "LineString", None),
        ("vej_myndighed", ["gruppe", "type"], "LineString", "map"),
        ("land_vaerdifuld", ["gruppe", "type"], "Polygon", "map"),
        ("boundary", ["lau_1"], "MultiPolygon", "map"),
        ("facil_pkt", ["navn"], "Unknown", None),
        ("layer_styles", ["styleqml"], None, "no_geometry_layer"),
    ],
)
def test_a_layer_without_a_noun_belongs_to_the_map(
    layer: str, columns: list[str], geometry: str, code: str | None
) -> None:
    assert geofa.layer_left(layer, columns, geometry) == code


def test_of_the_sights_only_museums_are_places() -> None:
    assert geofa.type_left("land_besoegs", {"type": "Museum"}) is None
    assert geofa.type_left("land_besoegs", {"type": "Dyrepark"}) == "Dyrepark"
    assert geofa.type_left("facilit_service", {"type": "Cykelhandler"}) is None


def test_a_layers_name_is_plain_text_since_it_becomes_a_source() -> None:
    assert titles(["rute_vandre", " \u202eBænke\n i  byen "]) == ["rute_vandre", "Bænke i byen"]


@pytest.mark.parametrize("layers", [["\u200b"], ["n" * 201], ["Bænke", "Bænke\u200b"]])
def test_layers_without_a_name_of_their_own_are_refused(layers: list[str]) -> None:
    with pytest.raises(FileRefused, match="andet navn"):
        titles(layers)


def test_names_come_in_three_languages() -> None:
    said = {"navn": " Skov\u202estien\n", "navn_uk": "Forest path", "navn_d": ""}
    assert geofa.name_of(said) == {"da": "Skovstien", "en": "Forest path"}
    assert geofa.name_of({"navn": " \u200b "}) is None


@pytest.mark.parametrize(
    ("layer", "columns", "table"),
    [
        ("t_5800_fac_pkt", [], 5800),
        ("fkg:t_5801_fac_fl_2024", [], 5801),
        ("stier", ["rute_ty_k", "navn"], 5802),
        ("punkter", ["facil_ty_k"], 5800),
        ("a15802b", [], None),
        ("1580", ["navn"], None),
        ("158000", ["navn"], None),
        ("rute_vandre", ["rute_ty_k"], None),
    ],
)
def test_geofas_tables_are_known_by_name_or_by_their_columns(layer: str, columns: list[str], table: int | None) -> None:
    assert geofa.table_of(layer, columns) == table


def test_areas_are_places_in_geofa_alone() -> None:
    assert geofa.layer_left("t_5801_fac_fl", ["facil_ty_k"], "MultiPolygon") is None
    assert geofa.layer_left("flader", ["facil_ty_k"], "Polygon") is None
    assert geofa.layer_left("t_5802_fac_li", ["rute_ty_k"], "Polygon") == "map"


@pytest.mark.parametrize(
    ("start", "end", "season"),
    [
        ("0001-05-01", "0001-09-30", ("05-01", "09-30")),
        ("2021/05/01", "2021/09/30", ("05-01", "09-30")),
        ("2021-05-01T00:00:00", "2021-09-30 00:00:00", ("05-01", "09-30")),
        ("1.5", "30.9", ("05-01", "09-30")),
        ("01-05-2021", "30-09-2021", ("05-01", "09-30")),
        ("1. maj", "30. september", ("05-01", "09-30")),
        ("1/10", "31/3", ("10-01", "03-31")),
        ("0001-02-29", "1.5", ("02-29", "05-01")),
        ("05-01", "09-30", None),
        ("31.2", "1.5", None),
        ("påske", "efterårsferien", None),
        ("1.5", None, None),
        ("99", "1" * 25, None),
    ],
)
def test_a_season_is_two_days_of_any_year_or_not_known(
    start: str, end: str | None, season: tuple[str, str] | None
) -> None:
    said = geofa.season_of({"saeson_k": "2", "saeson_st": start, "saeson_sl": end})
    assert (said and (said.from_, said.through)) == season
    assert geofa.season_of({"saeson_k": 1, "saeson_st": start, "saeson_sl": end}) is None


def test_stretches_are_ordered_as_people_number_them() -> None:
    numbers = ["10", "2b", None, "1", "A2", "2", "2a", "A10"]
    ordered = sorted(numbers, key=lambda n: geofa.order_of({"straekn_nr": n}))
    assert ordered == ["1", "2", "2a", "2b", "10", "A2", "A10", None]

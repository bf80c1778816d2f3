"""What GeoFA's codes and the older layers' types mean here."""

import pytest

from server.formats import geofa
from server.formats.refusal import FileRefused


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
    assert geofa.titles(["rute_vandre", " \u202eBænke\n i  byen "]) == ["rute_vandre", "Bænke i byen"]


@pytest.mark.parametrize("layers", [["\u200b"], ["n" * 201], ["Bænke", "Bænke\u200b"]])
def test_layers_without_a_name_of_their_own_are_refused(layers: list[str]) -> None:
    with pytest.raises(FileRefused, match="andet navn"):
        geofa.titles(layers)


def test_names_come_in_three_languages() -> None:
    said = {"navn": " Skov\u202estien\n", "navn_uk": "Forest path", "navn_d": ""}
    assert geofa.name_of(said) == {"da": "Skovstien", "en": "Forest path"}
    assert geofa.name_of({"navn": " \u200b "}) is None

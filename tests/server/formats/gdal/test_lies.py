"""GeoJSON and GeoPackage whose values are meant to hurt: each row is read as plain data or named, and the file stays whole or out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from server.domain.importing.prepare import prepare
from server.formats.geodata import read_file
from server.formats.refusal import FileRefused

Reads = Callable[..., Any]
Writes = Callable[..., Path]
AT = {"type": "Point", "coordinates": [11.8745, 54.769]}
HAVNEPLADSEN = (684906.52, 6072876.53)


def refused(path: Path, tmp_path: Path, match: str) -> None:
    with pytest.raises(FileRefused, match=match) as caught:
        read_file(path, data_dir=tmp_path / "data")
    assert str(caught.value).startswith(f"{path.name}: ")
    assert list((tmp_path / "data" / "imports").iterdir()) == []


def test_json_that_goes_down_for_ever_is_refused_or_a_row_is_named(tmp_path: Path, reading: Reads) -> None:
    for name, geometry in (("a", '{"type":"Point","coordinates":' + "[" * 200_000), ("b", "[" * 5_000 + "]" * 5_000)):
        text = (
            '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":' + geometry + "}]}"
        )
        (tmp_path / f"{name}.geojson").write_text(text)
        refused(tmp_path / f"{name}.geojson", tmp_path, "ikke hel GeoJSON|kan ikke læses|kunne læses")
    deep: Any = "x"
    for _ in range(300):
        deep = [deep]
    (tmp_path / "c.geojson").write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": {"navn": deep}, "geometry": AT}],
            }
        )
    )
    try:
        got = reading(tmp_path / "c.geojson")
    except FileRefused as reason:
        assert "c.geojson" in str(reason)  # noqa: PT017  either is right
    else:
        assert got.read.rows == 1


def test_a_half_of_a_letter_is_no_letter(reading: Reads, tmp_path: Path) -> None:
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"navn":"B\\ud800nk"},"geometry":%s}]}'
    )
    (tmp_path / "halv.geojson").write_text(text % json.dumps(AT))
    try:
        got = reading(tmp_path / "halv.geojson")
    except FileRefused as reason:
        assert "halv.geojson: " in str(reason)  # noqa: PT017  either is right
    else:
        assert got.read.rows == 1
        json.dumps([line.fields for line in got.found]).encode()


@pytest.mark.parametrize(
    "name", ["'); DROP TABLE facility; --", "<script>alert(1)</script>", "{{7*7}}", "%s%n", "=1+1", "../../etc/passwd"]
)
def test_a_name_is_a_name_whatever_it_looks_like(reading: Reads, package: Writes, geojson: Writes, name: str) -> None:
    for path in (package("lag", [shapely.Point(HAVNEPLADSEN)], navn=[name]), geojson(({"navn": name}, AT))):
        (row, _), *_ = prepare(reading(path).lines, None).facilities
        assert row.name is not None
        assert row.name.da == name


@pytest.mark.parametrize("layer", ['x"; DROP TABLE gpkg_contents; --', "lag'; --", "a b[c]`d`", "æ/../ø"])
def test_sql_in_a_layer_s_name_is_its_name(reading: Reads, package: Writes, layer: str) -> None:
    got = reading(package(layer, [shapely.Point(HAVNEPLADSEN)], navn=["Bænk"]))
    assert [(line.layer, line.row) for line in got.found] == [(layer, 1)]


def test_text_of_a_hundred_thousand_letters_is_named_by_its_field(reading: Reads, geojson: Writes) -> None:
    made = prepare(reading(geojson(({"navn": "å" * 100_000}, AT), ({"navn": "Bænk"}, AT))).lines, None)
    assert [(one.row, one.code) for one in made.left] == [(1, "too_long")]
    assert "navn" in made.left[0].reason
    assert made.rows == 2


def test_marks_that_turn_the_reading_direction_are_not_kept_in_a_name(reading: Reads, geojson: Writes) -> None:
    made = prepare(reading(geojson(({"navn": "\u202eknæB\u2066\u200b"}, AT))).lines, None)
    ((row, _),) = made.facilities
    assert row.name is not None
    assert row.name.da == "knæB"


def test_a_number_that_is_too_large_is_told_by_its_row(tmp_path: Path) -> None:
    for number in ("1e400", "9" * 5000):
        feature = '{"type":"Feature","properties":{"x":%s},"geometry":null}'
        text = ",".join(feature % one for one in ("1", number))
        (tmp_path / "a.geojson").write_text('{"type":"FeatureCollection","features":[' + text + "]}")
        refused(tmp_path / "a.geojson", tmp_path, "række 2 har et tal, der er for stort")


def test_a_text_that_gdal_can_not_take_is_told_by_its_row(geojson: Writes, tmp_path: Path) -> None:
    path = geojson(({}, AT), ({"navn": ["x" * 10_000_001]}, AT))
    refused(path, tmp_path, "række 2 har et felt på over 10 millioner tegn")


def test_features_that_gdal_leaves_out_without_a_word_are_named_by_their_rows(tmp_path: Path) -> None:
    good = {"type": "Feature", "properties": {}, "geometry": AT}
    every = [good, "x", 7, None, {"type": "Nope"}, {}, good]
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": every}))
    refused(
        tmp_path / "a.geojson", tmp_path, "5 af filens 7 rækker er ikke en Feature: række 2, 3, 4, 5, 6. .*slet dem"
    )


@pytest.mark.parametrize("name", ["EPSG:999999", "/etc/passwd", "", None, 7])
def test_a_coordinate_system_that_nobody_knows_is_not_taken_for_degrees(
    reading: Reads, geojson: Writes, tmp_path: Path, name: Any
) -> None:
    path = geojson(({"navn": "Bænk"}, AT), crs={"type": "name", "properties": {"name": name}})
    refused(path, tmp_path, "koordinatsystemet .*, som filen nævner, kendes ikke.*--crs 4326")
    assert reading(path, crs=4326).read.found == 1


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC::CRS84"]
)
def test_the_names_of_degrees_are_known(reading: Reads, geojson: Writes, name: str) -> None:
    assert reading(geojson(({}, AT), crs={"type": "name", "properties": {"name": name}})).read.found == 1


@pytest.mark.parametrize(
    ("says", "refuses"),
    [
        ({"numberMatched": 500, "numberReturned": 1}, True),
        ({"totalFeatures": 500}, True),
        ({"numberMatched": "unknown", "numberReturned": 0}, False),
        ({"numberMatched": 1, "numberReturned": 1}, False),
    ],
)
def test_a_page_of_what_a_service_has_is_refused_with_both_numbers(
    reading: Reads, geojson: Writes, tmp_path: Path, says: dict[str, Any], refuses: bool
) -> None:
    point = '<gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>54.769 11.8745</gml:pos></gml:Point>'
    gml = tmp_path / "side.gml"
    said = " ".join(f'{name}="{value}"' for name, value in says.items())
    gml.write_text(
        f'<w:FeatureCollection xmlns:w="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:x="http://x"'
        f" {said}>"
        f'<w:member><x:sted gml:id="s.1"><x:navn>Bænk</x:navn><x:geom>{point}</x:geom></x:sted></w:member></w:FeatureCollection>'
    )
    for path in (geojson(({"navn": "Bænk"}, AT), **says), gml):
        if refuses:
            refused(path, tmp_path, r"siger 500 rækker \(.*, og filen har 1: .*Hent alle rækker")
        else:
            assert reading(path).read.found == 1


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('{"geometryType":"esriGeometryPoint","features":[]}', "Esris egen JSON"),
        ('{"type":"Topology","objects":{}}', "TopoJSON: gem laget som GeoJSON"),
        ('{"type":"Point","coordinates":[11.8,54.7]}', "en geometri alene"),
        ('{"type":"FeatureCollection",\n"features":[NaN]}', r"i linje 2 \(byte 41\) står noget"),
        ('{"type":"FeatureCollection","features":[]}\n{}', "mere efter dens slutning, i linje 2"),
        ('{"type":"FeatureCollection","features":[', "den er skåret over"),
        ('{"type":"Feature","properties":' + '{"a":' * 50_000 + "1" + "}" * 50_001, "flere hundrede lag"),
    ],
)
def test_json_that_is_no_geojson_says_what_it_is_and_where(tmp_path: Path, text: str, match: str) -> None:
    (tmp_path / "a.geojson").write_text(text)
    refused(tmp_path / "a.geojson", tmp_path, match)


def test_gml_and_geojson_in_two_bytes_a_letter_say_so(tmp_path: Path) -> None:
    for name, text in (("a.gml", '<?xml version="1.0" encoding="UTF-16"?><x/>'), ("a.geojson", "{}")):
        (tmp_path / name).write_bytes(text.encode("utf-16"))
        refused(tmp_path / name, tmp_path, "filen er i UTF-16.*Gem den igen som UTF-8")


def test_numbers_that_are_none_are_named_or_refused(tmp_path: Path, reading: Reads) -> None:
    for number in ("NaN", "1e999", "-Infinity", '"11.8"', "null", "[]"):
        path = tmp_path / "tal.geojson"
        path.write_text(
            '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
            f'{{"type":"Point","coordinates":[{number},54.7]}}}}]}}'
        )
        try:
            got = reading(path)
        except FileRefused as reason:
            assert str(reason).startswith("tal.geojson: ")  # noqa: PT017  either is right
        else:
            assert got.found == []
            assert got.read.left == 1


def test_a_file_of_more_rows_than_a_register_has_is_refused_with_the_number(package: Writes, tmp_path: Path) -> None:
    path = package("lag", [shapely.Point(HAVNEPLADSEN)] * 100_001)
    refused(path, tmp_path, r"over 100\.000 rækker.*--layer")

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

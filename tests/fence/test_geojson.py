"""A GeoJSON file is looked at before GDAL reads it."""

from pathlib import Path

import pytest

from fence.geojson import Looked, LookFailed, look


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.geojson"


@pytest.mark.parametrize(
    ("text", "looked"),
    [
        ('{"type":"FeatureCollection","features":[{},{}]}', Looked("FeatureCollection", 2, None)),
        ('\ufeff{"type":"FeatureCollection","features":[],"crs":null}', Looked("FeatureCollection", 0, None)),
        ('{"type":"Feature","crs":{"type":"name","properties":{}}}', Looked("Feature", None, "name")),
        ('{"type":"Feature","crs":{"type":"LINK"}}', Looked("Feature", None, "link")),
        ('{"type":"Feature","demo":true}', Looked("Feature", None, None, demo=True)),
        ('{"type":"Feature","demo":{"true":1}}', Looked("Feature", None, None)),
        ('{"type":"Feature","crs":{}}', Looked("Feature", None, "")),
        ('{"crs":{"type":"name"},"type":"Feature","crs":{"type":"url"}}', Looked("Feature", None, "url")),
    ],
)
def test_a_document_says_its_type_its_features_and_the_sort_of_its_crs(file: Path, text: str, looked: Looked) -> None:
    file.write_text(text, encoding="utf-8")
    assert look(file) == looked


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"type":"Feature","crs":"EPSG:4326"}', '{"features":[]}', "[" * 100_000]
)
def test_what_is_no_geojson_is_told_from_what_is(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LookFailed) as no:
        look(file)
    assert no.value.byte is None


def test_text_in_another_encoding_is_told_by_the_byte_where_it_stops(file: Path) -> None:
    file.write_bytes('{"type":"Sø"}'.encode("latin-1"))
    with pytest.raises(LookFailed) as no:
        look(file)
    assert no.value.byte == 10

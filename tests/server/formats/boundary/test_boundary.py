"""A file of boundaries is read whole or refused in one sentence, whatever stands in it."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.formats.boundary import outline
from server.formats.refusal import FileRefused
from server.model.line import decode
from tests.server.boundaries import THREE, feature, square, written
from tests.server.formats.conftest import blob, mutate


@pytest.mark.parametrize("asked", ["901", "0901", " 901 ", "vestby", "Vestby Kommune", "VESTBYS KOMMUNE", "vest"])
def test_a_municipality_is_known_by_its_code_or_its_name(tmp_path: Path, asked: str) -> None:
    assert outline.read(written(tmp_path), asked).code == "901"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"code": "kode", "name": "navn"}, "0901"),
        ({"code": "KOMKODE", "name": "KOMNAVN"}, 901),
        ({"code": "kommunekode", "name": "navn"}, "901"),
    ],
)
def test_the_columns_may_have_the_names_that_registers_give_them(
    tmp_path: Path, columns: dict[str, str], code: Any
) -> None:
    file = written(tmp_path, [feature(code, "Vestby", square(11.0, 55.0), **columns)])
    assert outline.read(file, "901").name == "Vestby"


@pytest.mark.parametrize(
    ("features", "members", "words"),
    [
        ([feature("901", "Vestby", {"type": "Point", "coordinates": [11, 55]})], {}, ["ingen flader"]),
        ([feature("901", "Vestby", None)], {}, ["ingen flader"]),
        ([feature("901", "Vestby", square(55.0, 11.0))], {}, ["ikke i Danmark", "byttet om"]),
        ([feature("901", "Vestby", square(684_000.0, 6_073_000.0, 5000))], {}, ["meter"]),
        ([feature("a", "Vestby", square(11.0, 55.0))], {}, ["ingen kommunekoder"]),
        ([feature("901", "Vestby", square(11.0, 55.0), code="x", name="y")], {}, ["kolonne", "x, y"]),
        (THREE, {"crs": {"type": "link", "properties": {"href": "http://127.0.0.1:9/"}}}, ["adresse på nettet"]),
    ],
)
def test_a_file_that_can_not_be_used_says_why(tmp_path: Path, features: Any, members: Any, words: list[str]) -> None:
    with pytest.raises(FileRefused, match=r"^kommuner\.geojson: ") as why:
        outline.read(written(tmp_path, features, **members), "901")
    for word in words:
        assert word in str(why.value)


def package(tmp_path: Path) -> Path:
    """THREE as a register's GeoPackage: EPSG:25832, other names of columns."""
    way = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:25832", always_xy=True)
    told = [shapely.from_geojson(json.dumps(one["geometry"])) for one in THREE]
    shapes = shapely.transform(np.array(told, dtype=object), lambda xy: np.column_stack(way.transform(*xy.T)))
    columns = [np.array([one["properties"][key] for one in THREE], dtype=object) for key in ("lau_1", "label_dk")]
    file = tmp_path / "k.gpkg"
    pyogrio.raw.write(
        file, shapely.to_wkb(shapes), columns, ["KOMKODE", "KOMNAVN"], layer="kommune",
        driver="GPKG", crs="EPSG:25832", geometry_type="Polygon",
    )  # fmt: skip
    return file


def test_a_geopackage_in_metres_gives_what_geojson_in_degrees_does(tmp_path: Path) -> None:
    assert outline.read(package(tmp_path), "901") == outline.read(written(tmp_path), "901")


def test_a_geometry_whose_counts_lie_is_passed_over(tmp_path: Path) -> None:
    lying = blob(struct.pack("<BIII", 1, 3, 0x10000000, 0x10000000))
    spoilt = mutate(package(tmp_path), tmp_path / "s.gpkg", "UPDATE kommune SET geom = ? WHERE KOMKODE = '0903'", lying)
    told = outline.read(spoilt, "901")
    assert [name for _, name in told.neighbours] == ["Østby"]
    with pytest.raises(FileRefused, match="ingen kommune i filen"):
        outline.read(spoilt, "903")


def test_a_surface_that_crosses_itself_and_heights_of_nothing_are_taken_as_they_can_be(tmp_path: Path) -> None:
    bow = [[11.0, 55.0, -999], [11.1, 55.1, -999], [11.1, 55.0, -999], [11.0, 55.1, -999], [11.0, 55.0, -999]]
    told = outline.read(written(tmp_path, [feature("901", "Vestby", {"type": "Polygon", "coordinates": [bow]})]), "901")
    assert told.bounds == (11.0, 55.0, 11.1, 55.1)
    assert all(len(point) == 2 for rings in told.land for point in decode(rings[0]))


def test_a_coast_of_many_islands_is_drawn_coarser_until_it_fits_on_a_phone(tmp_path: Path) -> None:
    def coast(west: float, south: float) -> dict[str, Any]:
        turns = np.linspace(0, 2 * np.pi, 400)
        out = 0.02 * (1 + 0.3 * np.sin(40 * turns))
        ring = np.round(np.column_stack((west + 1.7 * out * np.cos(turns), south + out * np.sin(turns))), 6).tolist()
        return {"type": "Polygon", "coordinates": [[*ring[:-1], ring[0]]]}

    islands = [feature("901", "Øerne", coast(11.0 + 0.1 * x, 55.0 + 0.06 * y)) for x in range(6) for y in range(6)]
    told = outline.read(written(tmp_path, islands), "901")
    assert told.tolerance_m > 100
    assert sum(len(ring) for rings in told.land for ring in rings) <= 6_000
    assert len(told.land) == 36


def test_deep_json_and_numbers_of_no_size_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "k.geojson"
    file.write_text('{"type":"FeatureCollection","features":' + "[" * 100_000, encoding="utf-8")
    with pytest.raises(FileRefused, match="hel GeoJSON"):
        outline.read(file, "901")
    with pytest.raises(FileRefused):
        outline.read(written(tmp_path, [feature("901", "Vestby", square(1e308, 1e308))]), "901")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_that_is_spoilt_is_read_or_refused_in_one_sentence(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(written(tmp_path).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(
            st.binary(max_size=8) | st.sampled_from([b"null", b"[", b"1e999", b"-"])
        )
    file = tmp_path / "spoilt.geojson"
    file.write_bytes(raw)
    said = ""
    try:
        assert outline.read(file, "901").code == "901"
    except FileRefused as why:
        said = str(why)
    assert not said or (said.startswith("spoilt.geojson: ") and "\n" not in said), said


def test_the_reader_is_ended_by_the_clock(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="sekunder"):
        outline.read(written(tmp_path), "901", clock_s=0.05)

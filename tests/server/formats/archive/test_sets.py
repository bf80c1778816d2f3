"""The formats that GDAL reads beside GeoPackage and GeoJSON: as offices have them, and with what can be wrong in them."""

import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from server.formats.geodata import read_file
from server.formats.refusal import FileRefused

Reads = Callable[..., Any]
HAVNEPLADSEN = (684906.52, 6072876.53)
DRIVERS = {
    "shp": "ESRI Shapefile", "tab": "MapInfo File", "mif": "MapInfo File", "gml": "GML", "fgb": "FlatGeobuf",
}  # fmt: skip
EVERY = pytest.mark.parametrize("ending", DRIVERS)


@pytest.fixture
def layer(tmp_path: Path) -> Callable[..., Path]:
    """Writes one layer in a format: `shapes`, and names beside them."""

    def write(ending: str, shapes: list[Any], names: list[str], crs: str = "EPSG:25832", **more: Any) -> Path:
        path = tmp_path / f"stier.{ending}"
        columns = {"navn": names, **more.pop("columns", {})}
        pyogrio.raw.write(
            path, shapely.to_wkb(np.array(shapes, dtype=object)), [np.array(c, dtype=object) for c in columns.values()],
            list(columns), layer="stier", driver=DRIVERS[ending], crs=crs, geometry_type=shapes[0].geom_type, **more,
        )  # fmt: skip
        return path

    return write


def points(count: int) -> list[Any]:
    return [shapely.Point(HAVNEPLADSEN[0] + 10 * n, HAVNEPLADSEN[1]) for n in range(count)]


def refused(path: Path, tmp_path: Path, match: str) -> None:
    with pytest.raises(FileRefused, match=match) as caught:
        read_file(path, data_dir=tmp_path / "data")
    assert str(caught.value).startswith(f"{path.name}: ")
    assert list((tmp_path / "data" / "imports").iterdir()) == []


@EVERY
def test_points_land_where_they_are_with_their_letters(reading: Reads, layer: Callable[..., Path], ending: str) -> None:
    got = reading(layer(ending, points(2), ["Bænken på Søtoften", "Ærø"]))
    assert {line.fields["navn"] for line in got.found} == {"Bænken på Søtoften", "Ærø"}
    assert {line.layer for line in got.found} == {"stier"}
    assert [line.row for line in got.found] == [1, 2]
    at = {line.fields["navn"]: line.wgs84 for line in got.found}
    assert at["Bænken på Søtoften"] == pytest.approx((11.8745, 54.7690), abs=1e-5)
    assert got.read.rows == 2


@EVERY
def test_a_line_of_two_parts_is_one_row_of_two_stretches(
    reading: Reads, layer: Callable[..., Path], ending: str
) -> None:
    x, y = HAVNEPLADSEN
    parts = shapely.MultiLineString([[(x, y), (x + 100, y)], [(x + 200, y), (x + 300, y)]])
    got = reading(layer(ending, [parts], ["Skovstien"]))
    assert [(line.row, line.part) for line in got.found] == [(1, 0), (1, 1)]
    assert [round(shape.length) for shape in got.shapes()] == [100, 100]


@EVERY
def test_degrees_are_read_as_degrees(reading: Reads, layer: Callable[..., Path], ending: str) -> None:
    got = reading(layer(ending, [shapely.Point(11.8745, 54.769)], ["P"], crs="EPSG:4326"))
    assert got.found[0].wgs84 == pytest.approx((11.8745, 54.7690), abs=1e-5)


@EVERY
def test_a_file_cut_short_is_refused(layer: Callable[..., Path], tmp_path: Path, ending: str) -> None:
    path = layer(ending, points(40), ["Bænk"] * 40)
    whole = path.read_bytes()
    if ending in ("tab", "mif"):
        data = path.with_suffix({"tab": ".dat", "mif": ".mid"}[ending])
        data.write_bytes(data.read_bytes()[: data.stat().st_size // 2])
    else:
        path.write_bytes(whole[: len(whole) // 2])
    refused(path, tmp_path, "skåret over|ikke hel XML|kunne læses|rækker")


@EVERY
def test_another_format_under_its_name_is_refused(layer: Callable[..., Path], tmp_path: Path, ending: str) -> None:
    path = layer(ending, points(1), ["Bænk"])
    vrt = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    path.write_bytes(vrt.ljust(200))
    refused(path, tmp_path, "men er|men er ikke")


@pytest.mark.parametrize(
    ("ending", "needed"), [("shp", "dbf"), ("shp", "shx"), ("tab", "dat"), ("tab", "map"), ("mif", "mid")]
)
def test_a_layer_without_one_of_its_files_is_refused_by_its_name(
    layer: Callable[..., Path], tmp_path: Path, ending: str, needed: str
) -> None:
    path = layer(ending, points(1), ["Bænk"])
    path.with_suffix(f".{needed}").unlink()
    refused(path, tmp_path, rf"uden stier\.{needed}\. Læg alle lagets filer")


def test_endings_in_capitals_belong_together(reading: Reads, layer: Callable[..., Path], tmp_path: Path) -> None:
    path = layer("shp", points(1), ["Bænk"])
    for ending in ("shp", "shx", "dbf", "prj", "cpg"):
        path.with_suffix(f".{ending}").rename(tmp_path / f"STIER.{ending.upper()}")
    assert reading(tmp_path / "STIER.SHP").found[0].fields == {"navn": "Bænk"}


def test_the_same_layer_under_another_name_is_the_same_and_a_changed_companion_is_not(
    layer: Callable[..., Path], tmp_path: Path
) -> None:
    path = layer("shp", points(1), ["Bænk"])
    first = read_file(path, data_dir=tmp_path / "data").blob
    for ending in ("shp", "shx", "dbf", "prj", "cpg"):
        shutil.copy(path.with_suffix(f".{ending}"), tmp_path / f"ny.{ending}")
    assert read_file(tmp_path / "ny.shp", data_dir=tmp_path / "data").blob == first
    (tmp_path / "ny.dbf").write_bytes((tmp_path / "ny.dbf").read_bytes().replace(b"B\xc3\xa6nk", b"B\xc3\xa6lt"))
    assert read_file(tmp_path / "ny.shp", data_dir=tmp_path / "data").blob != first


@pytest.mark.parametrize(
    ("encoding", "cpg"), [("cp1252", "1252"), ("cp1252", None), ("UTF-8", "UTF-8"), ("UTF-8", None)]
)
def test_danish_letters_of_a_dbf_come_right_with_and_without_a_cpg(
    reading: Reads, layer: Callable[..., Path], encoding: str, cpg: str | None
) -> None:
    path = layer("shp", points(1), ["Bålhytten på Ærø, Søtoften"], encoding=encoding)
    if cpg is None:
        path.with_suffix(".cpg").unlink(missing_ok=True)
    else:
        path.with_suffix(".cpg").write_text(cpg)
    assert reading(path).found[0].fields == {"navn": "Bålhytten på Ærø, Søtoften"}


def test_a_cpg_that_lies_is_told_by_its_row(reading: Reads, layer: Callable[..., Path]) -> None:
    path = layer("shp", points(3), ["Bænk", "Bord", "Bro"], encoding="cp1252")
    path.with_suffix(".cpg").write_text("UTF-8")
    got = reading(path)
    assert (got.reasons(), [line.fields["navn"] for line in got.found]) == ({1: "no_text"}, ["Bord", "Bro"])


def test_a_column_that_a_shapefile_cut_off_is_known_again(reading: Reads, layer: Callable[..., Path]) -> None:
    got = reading(layer("shp", points(1), ["Bænk"], columns={"facil_ty_k": ["1371"], "belaegn_k": ["1"]}))
    assert got.found[0].fields == {"navn": "Bænk", "facil_ty_k": "1371", "belaegn_k": "1"}


def test_rows_deleted_in_a_dbf_are_not_counted(reading: Reads, layer: Callable[..., Path]) -> None:
    path = layer("shp", points(3), ["A", "B", "C"])
    raw = bytearray(path.with_suffix(".dbf").read_bytes())
    start, length = struct.unpack("<8xHH", raw[:12])
    raw[start + length] = ord("*")
    path.with_suffix(".dbf").write_bytes(raw)
    got = reading(path)
    assert ([line.fields["navn"] for line in got.found], got.read.rows) == (["A", "C"], 2)


def test_a_mapinfo_table_that_leads_to_other_files_is_refused(layer: Callable[..., Path], tmp_path: Path) -> None:
    path = layer("tab", points(1), ["Bænk"])
    good = path.read_bytes()
    path.write_bytes(good + b'begin_metadata\n"\\IsSeamless" = "TRUE"\nend_metadata\n')
    refused(path, tmp_path, "henviser til andre filer")
    path.write_bytes(good.replace(b"Type NATIVE", b'Type "RASTER"'))
    refused(path, tmp_path, "henviser til andre filer")
    path.write_text("navn\tsted\nBænk\tHavnen\n")
    refused(path, tmp_path, "gem den som .csv")


@pytest.mark.parametrize("told", [0, 1, 3, 2**40])
def test_the_count_of_a_flatgeobuf_is_not_believed(
    layer: Callable[..., Path], tmp_path: Path, reading: Reads, told: int
) -> None:
    path = layer("fgb", points(2), ["A", "B"], SPATIAL_INDEX="NO")
    raw = bytearray(path.read_bytes())
    at = raw.index((2).to_bytes(8, "little"), 12)
    raw[at : at + 8] = told.to_bytes(8, "little")
    path.write_bytes(raw)
    if told in (0, 2):
        assert reading(path).read.rows == 2
    else:
        refused(path, tmp_path, "skåret over eller beskadiget")


@pytest.mark.parametrize(
    ("head", "match"),
    [
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "DOCTYPE"),
        ('<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>', "DOCTYPE"),
        ("<a>" * 1000, "højst 100"),
    ],
)
def test_gml_that_grows_or_fetches_is_refused_before_gdal(
    layer: Callable[..., Path], tmp_path: Path, head: str, match: str
) -> None:
    path = layer("gml", points(1), ["Bænk"])
    text = path.read_text()
    at = text.index("<ogr:FeatureCollection")
    path.write_text(text[:at] + head + text[at:])
    refused(path, tmp_path, match)


def test_a_polygon_that_crosses_itself_belongs_to_the_map_and_is_no_fault(
    reading: Reads, layer: Callable[..., Path]
) -> None:
    x, y = HAVNEPLADSEN
    bow = shapely.Polygon([(x, y), (x + 9, y + 9), (x + 9, y), (x, y + 9)])
    assert reading(layer("shp", [bow], ["Søen"])).reasons() == {None: "map"}


def test_more_rows_than_one_window_are_all_read(reading: Reads, layer: Callable[..., Path]) -> None:
    count = 50_001
    at = [shapely.Point(HAVNEPLADSEN[0] + n % 200, HAVNEPLADSEN[1] + n // 200) for n in range(count)]
    got = reading(layer("fgb", at, ["Bænk"] * count))
    assert [line.row for line in got.found] == list(range(1, count + 1))
    assert len({line.key for line in got.found}) == count


@pytest.mark.parametrize("name", ["point_facilit_rasteplads", "linestring_rute_vandre"])
def test_a_municipality_s_own_layer_is_the_same_from_every_format(
    reading: Reads, shared_data: Path, tmp_path: Path, name: str
) -> None:
    path = shared_data / "guldborgsund" / f"{name}.gpkg"
    first = reading(path)
    layer = first.found[0].layer
    meta, _, shapes, values = pyogrio.raw.read(path, layer=layer)
    for ending, driver in DRIVERS.items():
        (tmp_path / ending).mkdir()
        pyogrio.raw.write(
            tmp_path / ending / f"{layer}.{ending}", shapes, values, list(meta["fields"]), layer=layer, driver=driver,
            crs="EPSG:25832", geometry_type=meta["geometry_type"],
        )  # fmt: skip
        got = reading(tmp_path / ending / f"{layer}.{ending}")
        assert (got.read.rows, got.read.found, got.read.left) == (first.read.rows, first.read.found, first.read.left)
        if ending == "tab":  # its numbers are whole steps of some millimetres
            lengths = [sum(shape.length for shape in one.shapes()) for one in (got, first)]
            assert lengths[0] == pytest.approx(lengths[1], rel=1e-5)
        else:
            assert sorted(one.wkb for one in got.found) == sorted(one.wkb for one in first.found)

"""Foreign files: what is good comes in, each other row is named, and nothing hostile is opened."""

import json
import math
import shutil
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from tests.fence.stranger import Stranger
from tests.tiles.small_town import box, geojson
from tiles.sources.read import Left, SourceRefused, read

CASES = Path(__file__).resolve().parent.parent / "cases"


def geopackage(path: Path, shapes: list[shapely.Geometry | None], layer: str | None = None) -> Path:
    blobs = np.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], dtype=object)
    numbers = np.arange(len(shapes), dtype=np.int64)
    pyogrio.raw.write(
        path,
        blobs,
        [numbers],
        ["type"],
        layer=layer or path.stem,
        driver="GPKG",
        crs="EPSG:25832",
        geometry_type="Unknown",
    )
    return path


def test_every_form_of_nothing_is_named_with_its_row(tmp_path: Path) -> None:
    name = shutil.copy(CASES / "import-null-empty-nan.gpkg", tmp_path / "streams.gpkg")
    [source] = read([Path(name)])
    assert source.found == len(source.rows) + len(source.left)
    assert {left.reason for left in source.left} >= {"no geometry", "empty geometry"}
    assert np.isfinite(shapely.get_coordinates(source.shapes)).all()


def test_a_height_of_minus_999_is_dropped(tmp_path: Path) -> None:
    path = geojson(tmp_path / "veje.geojson", [("LineString", [[11.8, 54.7, -999.0], [11.9, 54.7, -999.0]], {})])
    [source] = read([path])
    assert not shapely.has_z(source.shapes).any()


def test_metres_of_zone_32_land_where_degrees_do(tmp_path: Path) -> None:
    here = geojson(tmp_path / "a.geojson", [("Point", [11.87425, 54.76906], {})])
    utm = geojson(tmp_path / "b.geojson", [("Point", [684_939.0, 6_072_907.0], {})], crs="urn:ogc:def:crs:EPSG::25832")
    degrees, metres = read([here, utm])
    assert shapely.distance(degrees.shapes[0], metres.shapes[0]) < 200


def test_metres_without_a_crs_are_refused_with_the_numbers(tmp_path: Path) -> None:
    path = Path(shutil.copy(CASES / "import-metres-no-crs.geojson", tmp_path / "veje.geojson"))
    with pytest.raises(SourceRefused, match=r"veje.geojson: says degrees but holds \d+, \d+"):
        read([path])


def test_a_geopackage_that_lies_about_its_count_is_read_whole(tmp_path: Path) -> None:
    line = shapely.LineString([(685_000, 6_072_000), (685_100, 6_072_000)])
    path = geopackage(tmp_path / "roads.gpkg", [line] * 7)
    with sqlite3.connect(path) as database:
        database.execute("update gpkg_ogr_contents set feature_count = 2")
    database.close()
    [source] = read([path])
    assert (source.found, len(source.rows)) == (7, 7)


def test_a_geometry_that_lies_about_its_count_costs_its_own_row_alone(tmp_path: Path) -> None:
    line = shapely.LineString([(685_000, 6_072_000), (685_100, 6_072_000)])
    path = geopackage(tmp_path / "roads.gpkg", [line, line, line, line])
    with sqlite3.connect(path) as database:
        blob = bytearray(database.execute("select geom from roads where fid = 3").fetchone()[0])
        start = blob.index(b"\x02\x00\x00\x00\x02\x00\x00\x00")  # a line of two points
        blob[start + 4 : start + 8] = (0x10000000).to_bytes(4, "little")
        for trigger in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            database.execute(f"drop trigger {trigger[0]}")
        database.execute("update roads set geom = ? where fid = 3", (bytes(blob),))
    database.close()
    [source] = read([path])
    assert (source.rows, source.left) == ([1, 2, 4], [Left("roads", 3, "no geometry")])
    assert source.fields["type"] == [0, 1, 3]


def test_a_geopackage_cut_short_is_refused_by_name(tmp_path: Path) -> None:
    line = shapely.LineString([(685_000, 6_072_000), (685_100, 6_072_000)])
    path = geopackage(tmp_path / "roads.gpkg", [line] * 2000)
    path.write_bytes(path.read_bytes()[:30_000])
    with pytest.raises(SourceRefused, match=r"^roads\.gpkg"):
        read([path])


def test_a_vrt_dressed_as_geojson_opens_nothing(tmp_path: Path) -> None:
    secret = geojson(tmp_path / "secret.geojson", [("Point", [11.8, 54.7], {"secret": "yes"})])
    path = tmp_path / "veje.geojson"
    path.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    )
    with pytest.raises(SourceRefused, match=r"^veje\.geojson"):
        read([path])


@pytest.mark.parametrize("sort", ["link", "url"])
def test_a_crs_that_is_an_address_is_refused_and_never_asked(tmp_path: Path, sort: str) -> None:
    path = geojson(tmp_path / "veje.geojson", [("Point", [11.8, 54.7], {})])
    with Stranger() as stranger:
        pointing = {**json.loads(path.read_bytes()), "crs": stranger.crs(sort)}
        path.write_text(json.dumps(pointing), encoding="utf-8")
        with pytest.raises(SourceRefused, match=rf"^veje\.geojson: its crs is a '{sort}', no name"):
            read([path])
        assert stranger.connections() == 0


@pytest.mark.parametrize("where", ["CRS of the document", "crs of the geometry", "crs by the name of an address"])
def test_an_address_in_an_odd_place_is_never_asked(tmp_path: Path, where: str) -> None:
    path = geojson(tmp_path / "veje.geojson", [("Point", [11.8, 54.7], {})])
    with Stranger() as stranger:
        body = json.loads(path.read_bytes())
        if where == "CRS of the document":
            body["CRS"] = stranger.crs("link")
        elif where == "crs of the geometry":
            body["features"][0]["geometry"]["crs"] = stranger.crs("link")
        else:
            body["crs"] = stranger.crs("name")
        path.write_text(json.dumps(body), encoding="utf-8")
        with suppress(SourceRefused):
            read([path])
        assert stranger.connections() == 0


def test_a_geojson_under_the_name_of_a_geopackage_is_refused(tmp_path: Path) -> None:
    path = geojson(tmp_path / "veje.gpkg", [("Point", [11.8, 54.7], {})])
    with pytest.raises(SourceRefused, match=r"^veje\.gpkg: no GeoPackage"):
        read([path])


def test_a_geojson_too_large_to_be_looked_at_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "veje.geojson"
    with path.open("wb") as file:
        file.truncate((128 << 20) + 1)
    with pytest.raises(SourceRefused, match=r"^veje\.geojson: over 128 MB of GeoJSON; save it as GeoPackage"):
        read([path])


def test_a_reader_started_without_its_limits_opens_nothing(tmp_path: Path) -> None:
    path = geojson(tmp_path / "veje.geojson", [("Point", [11.8, 54.7], {})])
    command = [sys.executable, "-m", "tiles.sources.clean", str(tmp_path), str(path)]
    said = subprocess.run(command, cwd=CASES.parent.parent, capture_output=True, text=True, check=False, timeout=60)
    assert said.returncode != 0
    assert "FenceDown" in said.stderr
    assert (said.stdout, list(tmp_path.glob("*.npz"))) == ("", [])


@pytest.mark.parametrize("name", ["/vsicurl/http://127.0.0.1:9/a.geojson", "/dev/zero", "somewhere/nothing.geojson"])
def test_what_is_no_regular_file_is_refused(name: str) -> None:
    with pytest.raises(SourceRefused, match="not a regular file"):
        read([Path(name)])


@pytest.mark.parametrize("suffix", [".vrt", ".shp", ".gml", ".sqlite"])
def test_other_kinds_of_file_are_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"veje{suffix}"
    path.write_text("anything")
    with pytest.raises(SourceRefused, match=r"only \.geojson, \.gpkg, \.json are read"):
        read([path])


def test_settings_of_gdal_from_our_own_surroundings_do_not_reach_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OGR_SKIP", "GeoJSON")
    path = geojson(tmp_path / "veje.geojson", [("Point", [11.8, 54.7], {})])
    assert read([path])[0].found == 1


def test_several_layers_and_none_of_the_files_name_is_a_question(tmp_path: Path) -> None:
    line = shapely.LineString([(685_000, 6_072_000), (685_100, 6_072_000)])
    path = geopackage(tmp_path / "roads.gpkg", [line], layer="one")
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(line)], dtype=object),
        [],
        [],
        layer="two",
        driver="GPKG",
        crs="EPSG:25832",
        geometry_type="LineString",
        append=True,
    )
    with pytest.raises(SourceRefused, match=r"roads\.gpkg: which layer\? It holds one, two"):
        read([path])


def test_whole_numbers_with_gaps_stay_numbers_and_gaps(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [("Polygon", box(11.8, 54.7, 11.9, 54.8), {"n": n}) for n in (1371, None)])
    [source] = read([path])
    assert source.fields["n"] == [1371, None]
    assert not any(isinstance(value, float) and math.isnan(value) for value in source.fields["n"])

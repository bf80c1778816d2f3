"""The reader of foreign geodata, at its door: a file goes in, lines come out."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyproj
import pytest
import shapely

from server.formats.fenced import ROOT
from server.formats.refusal import FileRefused

HAVNEPLADSEN = (684906.52, 6072876.53)
TO_DEGREES = pyproj.Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True)
Reads = Callable[..., Any]
Writes = Callable[..., Path]


def line_from(x: float, y: float, *steps: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(x, y), *((x + dx, y + dy) for dx, dy in steps)])


def test_metres_with_a_crs_land_within_a_metre(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-crs-25832.geojson")
    point, line = got.found
    assert point.wgs84 == pytest.approx((11.8745, 54.7690), abs=1e-5)
    assert got.shapes()[1].length == pytest.approx(1495, abs=1)
    assert TO_DEGREES.transform(*got.shapes()[1].coords[0]) == pytest.approx((11.90, 54.76), abs=1e-5)
    assert line.kind == "stretch"


def test_metres_without_a_crs_are_refused_naming_the_number_and_the_way_out(reading: Reads, cases: Path) -> None:
    with pytest.raises(FileRefused, match=r"684906\.52 er ikke en grad.*--crs 25832"):
        reading(cases / "import-metres-no-crs.geojson")


def test_metres_without_a_crs_are_read_when_staff_name_it(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-metres-no-crs.geojson", crs=25832)
    assert [f.wgs84 for f in got.found] == [
        pytest.approx((11.8745, 54.7690), abs=1e-5),
        pytest.approx((11.9700, 54.6900), abs=1e-5),
    ]


def test_a_number_that_is_no_crs_is_refused_in_words(reading: Reads, cases: Path) -> None:
    with pytest.raises(FileRefused, match="--crs 99999 er ikke et koordinatsystem"):
        reading(cases / "import-metres-no-crs.geojson", crs=99999)


def test_a_point_with_swapped_axes_is_named_and_not_swapped_by_itself(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-axes-swapped.geojson", bounds=(11.53, 54.559, 12.166, 54.968))
    assert [f.wgs84 for f in got.found] == [pytest.approx((11.8745, 54.7690), abs=1e-5)]
    assert got.reasons() == {2: "swapped"}
    assert "11.9203, 54.8012" in got.left[0].reason


def test_a_file_with_all_axes_swapped_gives_one_sentence_and_the_offer(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-axes-all-swapped.geojson")
    assert (got.found, [(left.row, left.rows, left.code) for left in got.left]) == ([], [(None, 2, "swapped_all")])
    assert "--lat-lon" in got.left[0].reason


def test_a_file_with_all_axes_swapped_is_read_when_staff_say_so(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-axes-all-swapped.geojson", swap=True)
    assert got.found[0].wgs84 == pytest.approx((11.8745, 54.7690), abs=1e-5)
    assert len(got.found) == 2


def test_of_mixed_shapes_the_good_ones_come_and_each_other_is_named(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-mixed-shapes.geojson")
    assert [(f.row, f.kind) for f in got.found] == [(1, "facility"), (2, "facility"), (3, "stretch")]
    assert got.reasons() == {4: "empty", 5: "empty", 6: "no_geometry", 7: "wrong_shape", 8: "no_length"}
    assert not any(shape.has_z for shape in got.shapes())
    assert got.shapes()[2].length == pytest.approx(851, abs=1)


def test_null_empty_and_nan_are_named_and_a_z_of_minus_999_is_dropped(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-null-empty-nan.gpkg")
    assert [f.row for f in got.found] == [1, 4]
    assert got.found[0].wgs84 == pytest.approx((11.8745, 54.7690), abs=1e-5)
    assert got.shapes()[1].x - got.shapes()[0].x == pytest.approx(20, abs=0.01)
    assert not got.shapes()[1].has_z
    assert set(got.reasons()) == {2, 3, 5}


def test_the_geometry_is_little_endian_and_rounded_to_a_centimetre(reading: Reads, package: Writes) -> None:
    got = reading(package("facilit_rasteplads", [shapely.Point(684906.5249, 6072876.5351)], type=["Bænk"]))
    assert bytes.fromhex(got.found[0].wkb) == struct.pack("<BIdd", 1, 1, 684906.52, 6072876.54)


def test_a_line_and_the_same_line_backwards_have_one_key(reading: Reads, package: Writes) -> None:
    line = line_from(*HAVNEPLADSEN, (100, 0), (100, 50))
    got = reading(package("rute_vandre", [line, line.reverse()], type=["Vandrerute", "Vandrerute"]))
    assert got.found[0].key == got.found[1].key
    assert got.found[0].wkb == got.found[1].wkb


def test_a_named_line_keeps_its_direction(reading: Reads, package: Writes) -> None:
    line = line_from(*HAVNEPLADSEN, (-100, 0))
    got = reading(package("stier", [line], navn=["Skovstien"]))
    assert got.shapes()[0].coords[0] == HAVNEPLADSEN


def test_the_source_s_own_id_is_the_key_where_there_is_one(reading: Reads, package: Writes) -> None:
    points = [shapely.Point(HAVNEPLADSEN), shapely.Point(684926.52, 6072876.53)]
    got = reading(package("t_5800_fac_pkt", points, objekt_id=["a-1", None], facil_ty_k=[1371, 1012]))
    assert [(f.own, f.key == "a-1") for f in got.found] == [(True, True), (False, False)]
    assert len(got.found[1].key) == 64


def test_whole_numbers_with_a_null_among_them_stay_whole(reading: Reads, geojson: Writes) -> None:
    at = {"type": "Point", "coordinates": [11.8745, 54.769]}
    got = reading(geojson(({"facil_ty_k": 1371}, at), ({"facil_ty_k": None}, at)))
    assert [f.fields for f in got.found] == [{"facil_ty_k": 1371}, {}]
    assert isinstance(got.found[0].fields["facil_ty_k"], int)


def test_only_columns_that_are_known_come_along(reading: Reads, package: Writes) -> None:
    got = reading(package("rute_vandre", [line_from(*HAVNEPLADSEN, (9, 9))], type=["Vandrerute"], cpr=["010101-1234"]))
    assert got.found[0].fields == {"type": "Vandrerute"}


def test_a_line_of_two_parts_comes_as_two_and_counts_as_one_row(reading: Reads, package: Writes) -> None:
    parts = shapely.MultiLineString([line_from(*HAVNEPLADSEN, (10, 0)), line_from(685000, 6072876.53, (10, 0))])
    got = reading(package("stier", [parts], navn=["Skovstien"]))
    assert [(f.row, f.part) for f in got.found] == [(1, 0), (1, 1)]
    assert got.read.rows == 1


def test_a_line_with_one_vertex_at_zero_zero_is_outside(reading: Reads, package: Writes) -> None:
    got = reading(package("rute_vandre", [shapely.LineString([HAVNEPLADSEN, (0, 0)])], type=["Vandrerute"]))
    assert got.reasons() == {1: "outside"}


def test_a_layer_without_a_crs_is_refused_with_the_crs_that_would_fit(
    reading: Reads, package: Writes, changed: Writes
) -> None:
    path = changed(
        package("rute_vandre", [line_from(*HAVNEPLADSEN, (9, 9))], type=["x"]),
        "UPDATE gpkg_geometry_columns SET srs_id = -1",
    )
    with pytest.raises(FileRefused, match=r"siger ikke, hvilket koordinatsystem.*684906\.52.*--crs 25832"):
        reading(path)


def test_a_curve_is_read_as_a_line(reading: Reads, package: Writes, changed: Writes) -> None:
    arc = struct.pack("<BII6d", 1, 8, 3, 684906, 6072876, 684916, 6072886, 684926, 6072876)
    path = package("rute_vandre", [line_from(*HAVNEPLADSEN, (9, 9))], type=["x"])
    got = reading(changed(path, "UPDATE rute_vandre SET geom = ?", b"GP\x00\x01" + struct.pack("<i", 25832) + arc))
    assert got.shapes()[0].length == pytest.approx(31.4, abs=0.1)


def test_the_reader_has_no_driver_but_the_short_list(tmp_path: Path) -> None:
    code = (
        "import os, sys, pyogrio; from fence import limits; import server.formats.gdal.__main__ as gdal;"
        "skip = ','.join(d for d in pyogrio.list_drivers() if d not in gdal.DRIVERS);"
        "again = 'import pyogrio; from fence import limits; limits.check(60); print(sorted(pyogrio.list_drivers()))';"
        "os.execve(sys.executable, [sys.executable, '-c', again], limits.put_up(60) | {'OGR_SKIP': skip})"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath},
    )
    assert said.stdout.strip() == "['ESRI Shapefile', 'FlatGeobuf', 'GML', 'GPKG', 'GeoJSON', 'MapInfo File']"


def test_a_reader_told_that_its_fence_is_up_does_not_believe_it(cases: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "server.formats.gdal", str(cases / "import-crs-25832.geojson")],
        capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "MOEDESTEDER_READER": "1"},
    )  # fmt: skip
    assert said.returncode != 0
    assert said.stdout == ""
    assert "FenceDown" in said.stderr


def test_a_crs_that_is_an_address_is_refused(reading: Reads, geojson: Writes) -> None:
    at = {"type": "Point", "coordinates": [11.8745, 54.769]}
    with pytest.raises(FileRefused, match="henviser til et andet sted"):
        reading(geojson(({}, at), crs={"type": "link", "properties": {"href": "http://example.invalid/"}}))


def test_progress_is_told_on_the_way(reading: Reads, cases: Path) -> None:
    heard: list[tuple[int, int]] = []
    reading(cases / "import-mixed-shapes.geojson", progress=lambda rows, of: heard.append((rows, of)))
    assert heard == [(8, 8)]


def test_our_own_geojson_says_itself_what_a_row_is(reading: Reads, geojson: Writes) -> None:
    line = {"type": "LineString", "coordinates": [[11.8745, 54.769], [11.88, 54.77]]}
    got = reading(
        geojson(
            ({"moede": "stretch", "route": "skovstien", "no": 2}, line),
            ({"moede": "stretch", "route": "skovstien", "no": 1, "key": "skov-1"}, line),
            ({"moede": "hus"}, line),
        )
    )
    assert [(f.kind, f.key, f.own) for f in got.found] == [
        ("stretch", "skovstien/2", True),
        ("stretch", "skov-1", True),
    ]
    assert got.reasons() == {3: "unknown_noun"}


def test_the_lines_are_json_one_a_row_and_end_says_how_many(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-mixed-shapes.geojson")
    raw = (got.data_dir / "imports" / f"{got.read.blob}.ndjson").read_bytes().splitlines()
    assert [json.loads(line)["line"] for line in raw] == ["found"] * 3 + ["left"] * 5 + ["end"]
    assert json.loads(raw[-1]) == {"line": "end", "rows": 8}


def test_a_line_of_more_points_than_anybody_walks_is_named_and_its_neighbours_read(
    reading: Reads, geojson: Writes
) -> None:
    endless = {"type": "LineString", "coordinates": [[11.8 + i * 1e-6, 54.7 + (i % 2) * 1e-4] for i in range(50_001)]}
    short = {"type": "LineString", "coordinates": [[11.8, 54.7], [11.81, 54.7]]}
    got = reading(geojson(({}, endless), ({}, short)))
    assert got.reasons() == {1: "too_many_points"}
    assert "50001 punkter" in got.left[0].reason
    assert [line.row for line in got.found] == [2]


def test_a_layer_whose_name_turns_the_reading_direction_loses_the_marks(reading: Reads, package: Writes) -> None:
    got = reading(package("\u202e<b>lag", [shapely.Point(HAVNEPLADSEN)]))
    assert [line.layer for line in got.found] == ["<b>lag"]


@pytest.mark.parametrize(("said", "true"), [("EPSG:25832", 4326), ("EPSG:25833", 25832), ("EPSG:3857", 25832)])
def test_a_layer_that_names_the_wrong_coordinate_system_says_which_would_fit(
    reading: Reads, package: Writes, said: str, true: int
) -> None:
    at = (11.8745, 54.769) if true == 4326 else HAVNEPLADSEN
    path = package("lag", [shapely.Point(at)] * 2, crs=said, navn=["A", "B"])
    bounds = (11.53, 54.559, 12.166, 54.968)
    got = reading(path, bounds=bounds)
    assert [(left.row, left.code, left.rows) for left in got.left] == [
        (1, "outside", 1), (2, "outside", 1), (None, "elsewhere", 0),
    ]  # fmt: skip
    assert f"--crs {true}" in got.left[2].reason
    assert reading(path, bounds=bounds, crs=true).read.found == 2


def test_a_reading_tells_how_it_understood_each_layer(reading: Reads, package: Writes, cases: Path) -> None:
    shapes = [shapely.Point(HAVNEPLADSEN), line_from(*HAVNEPLADSEN, (9, 9))]
    (told,) = reading(package("lag", shapes, navn=["A", "B"], ejer=["x", "y"])).read.read_as
    assert told == (
        "Laget lag er læst i ETRS89 / UTM zone 32N som 1 facilitet, 1 linje. Kolonner, der ikke bruges: ejer."
    )
    (told,) = reading(cases / "import-segments.gpx").read.read_as
    assert told == "Laget import-segments er læst i WGS 84 som 2 mødesteder, 2 linjer."


def test_a_line_that_goes_kilometres_between_two_points_is_taken_and_told(reading: Reads, package: Writes) -> None:
    near, far = (684_000, 6_073_000), (789_000, 6_212_000)
    lines = [shapely.LineString([near, (685_000, 6_074_000)]), shapely.LineString([near, far])]
    read = reading(package("stier", lines))
    assert len(read.found) == 2
    ((row, code, rows),) = [(one.row, one.code, one.rows) for one in read.left]
    assert (row, code, rows) == (2, "jump", 0)
    assert read.left[0].reason.startswith("Linjen går 174 km lige ud")

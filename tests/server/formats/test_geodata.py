"""What is handed over is read whole or refused in words, and then nothing of it is kept."""

import fcntl
import os
import random
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from server.formats.fenced import ROOT
from server.formats.geodata import lines_of, read_file, sweep_killed
from server.formats.refusal import FileRefused

Reads = Callable[..., Any]
Writes = Callable[..., Path]
HAVNEPLADSEN = (684906.52, 6072876.53)


def benches(package: Writes, count: int = 200) -> Path:
    points = [shapely.Point(HAVNEPLADSEN[0] + 10 * n, HAVNEPLADSEN[1]) for n in range(count)]
    return package("facilit_rasteplads", points, gruppe=["Standard"] * count, type=["Bænk"] * count)


def refused(path: Path, data_dir: Path, match: str, **choices: Any) -> None:
    with pytest.raises(FileRefused, match=match) as caught:
        read_file(path, data_dir=data_dir, **choices)
    assert str(caught.value).startswith(f"{path.name}: ")
    assert [left.name for left in (data_dir / "imports").iterdir()] == []


def test_what_a_killed_reading_left_is_swept_at_once_and_what_runs_is_not(tmp_path: Path, package: Writes) -> None:
    imports = tmp_path / "data" / "imports"
    killed, running = imports / ".reading-old", imports / ".reading-now"
    for folder in (killed, running):
        folder.mkdir(parents=True)
        (folder / "fil.gpkg").touch()
    (imports / ".reading-abc").touch()
    handle = os.open(running, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    file = benches(package, 1)
    read_file(file, data_dir=tmp_path / "data")
    assert [one.name for one in imports.glob(".reading-*")] == [running.name]
    os.close(handle)
    sweep_killed(tmp_path / "data")
    assert [one.suffix for one in imports.iterdir()] == [".ndjson"]


def test_a_reading_holds_its_folder_while_it_lasts(tmp_path: Path, cases: Path) -> None:
    imports, held = tmp_path / "data" / "imports", list[bool]()

    def look(done: int, total: int) -> None:
        (folder,) = imports.glob(".reading-*")
        handle = os.open(folder, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)
        held.append(True)

    read_file(cases / "import-mixed-shapes.geojson", data_dir=tmp_path / "data", progress=look)
    assert held


def test_signs_in_a_file_s_name_do_nothing_to_the_words_around_it(tmp_path: Path, cases: Path) -> None:
    bad = tmp_path / "a\u202eb\n\x1b[31m.geojson"
    bad.write_bytes(b"{")
    with pytest.raises(FileRefused, match=r"^ab \[31m\.geojson: filen er ikke hel GeoJSON"):
        read_file(bad, data_dir=tmp_path / "data")
    bad.write_bytes((cases / "import-mixed-shapes.geojson").read_bytes())
    assert read_file(bad, data_dir=tmp_path / "data").name == "ab [31m.geojson"


@pytest.mark.parametrize(
    ("name", "head", "match"),
    [
        ("a.geojson", b"PK\x03\x04", "er pakket som en zip. Giv den endelsen .zip"),
        ("a.csv", b"SQLite format 3\0", "er en database.*endelsen .gpkg"),
        ("a.kml", b"\xef\xbb\xbf\n<!DOCTYPE HTML><html>", "er en webside.*Hent selve filen"),
        ("a.gpx", b"\x1f\x8b", "er pakket med gzip. Pak den ud"),
    ],
)
def test_a_file_that_is_called_something_else_is_told_what_it_is(
    tmp_path: Path, name: str, head: bytes, match: str
) -> None:
    (tmp_path / name).write_bytes(head + b" noget mere")
    refused(tmp_path / name, tmp_path / "data", match)


def test_a_library_s_own_words_and_the_paths_in_them_are_nobody_s(tmp_path: Path) -> None:
    (tmp_path / "fil.mif").write_text('Version 300\nDelimiter ","\nColumns 99999\n  navn Char(10)\nData\n\nNone\n')
    (tmp_path / "fil.mid").write_text('"a"\n')
    with pytest.raises(FileRefused, match=r"beskadiget, eller skrevet på en måde.*gem den igen") as caught:
        read_file(tmp_path / "fil.mif", data_dir=tmp_path / "data")
    said = str(caught.value)
    assert not any(word in said for word in (str(tmp_path), ".reading", "not recognized", "Del den i mindre"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "væk.gpkg", tmp_path / "data", "findes ikke")


def test_a_data_dir_that_is_told_from_the_folder_one_stands_in_is_found(
    package: Writes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = benches(package, 3)
    monkeypatch.chdir(tmp_path)
    assert read_file(file, data_dir=Path("data")).found == 3


def test_a_folder_a_link_a_pipe_and_an_empty_file_are_refused(tmp_path: Path, cases: Path) -> None:
    (tmp_path / "mappe.gpkg").mkdir()
    (tmp_path / "lænke.gpkg").symlink_to(cases / "import-null-empty-nan.gpkg")
    os.mkfifo(tmp_path / "rør.gpkg")
    (tmp_path / "tom.gpkg").touch()
    (tmp_path / "esri.gdb").mkdir()
    refused(tmp_path / "mappe.gpkg", tmp_path / "data", "er en mappe")
    refused(tmp_path / "esri.gdb", tmp_path / "data", "er en mappe. Eksportér som GeoPackage")
    refused(tmp_path / "lænke.gpkg", tmp_path / "data", "symbolsk lænke")
    refused(tmp_path / "rør.gpkg", tmp_path / "data", "ikke en almindelig fil")
    refused(tmp_path / "tom.gpkg", tmp_path / "data", "0 byte")


@pytest.mark.parametrize(
    ("name", "do"),
    [
        ("lag.dbf", "del af et lag: angiv filen, der ender på .shp"),
        ("ark.xls", "Gem den som .xlsx"),
        ("tegning.dwg", "GeoPackage"),
    ],
)
def test_a_format_that_is_not_read_is_refused_with_what_to_do(tmp_path: Path, name: str, do: str) -> None:
    (tmp_path / name).write_bytes(b"noget")
    refused(tmp_path / name, tmp_path / "data", do)


def test_a_vrt_that_is_called_gpkg_opens_no_other_file(tmp_path: Path, cases: Path) -> None:
    vrt = (
        f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{cases / "import-null-empty-nan.gpkg"}</SrcDataSource>'
        "<SrcLayer>facil_pkt</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
    )
    for name in ("farlig.gpkg", "farlig.geojson"):
        (tmp_path / name).write_text(vrt)
        refused(tmp_path / name, tmp_path / "data", "ikke en GeoPackage|ikke hel GeoJSON")
    (tmp_path / "farlig.vrt").write_text(vrt)
    refused(tmp_path / "farlig.vrt", tmp_path / "data", r"ender på \.vrt")


def test_a_geopackage_cut_short_anywhere_is_refused(package: Writes, tmp_path: Path) -> None:
    whole = benches(package).read_bytes()
    for size in (1, 99, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        (tmp_path / "halv.gpkg").write_bytes(whole[:size])
        refused(tmp_path / "halv.gpkg", tmp_path / "data", "beskadiget|ikke en GeoPackage")


def test_a_geojson_cut_short_or_in_another_alphabet_is_refused(cases: Path, tmp_path: Path) -> None:
    whole = (cases / "import-mixed-shapes.geojson").read_bytes()
    (tmp_path / "halv.geojson").write_bytes(whole[:-10])
    refused(tmp_path / "halv.geojson", tmp_path / "data", "ikke hel GeoJSON")
    (tmp_path / "latin.geojson").write_bytes(whole.replace("længde".encode(), b"l\xe6ngde"))
    refused(tmp_path / "latin.geojson", tmp_path / "data", "ikke UTF-8")


def test_a_view_is_refused_and_never_read(package: Writes, changed: Writes, tmp_path: Path) -> None:
    path = changed(
        benches(package),
        "CREATE VIEW evig AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom FROM n",
    )
    con = sqlite3.connect(path)
    con.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('evig', 'features', 'evig', 25832)"
    )
    con.execute("INSERT INTO gpkg_geometry_columns VALUES ('evig', 'geom', 'POINT', 25832, 0, 0)")
    con.commit()
    con.close()
    refused(path, tmp_path / "data", "evig er en visning")
    assert read_file(path, data_dir=tmp_path / "data", layers=["facilit_rasteplads"]).found == 200


def test_a_view_in_place_of_the_list_of_layers_is_refused(package: Writes, changed: Writes, tmp_path: Path) -> None:
    path = changed(benches(package), "CREATE VIEW gpkg_evig AS SELECT 1 AS x")
    refused(path, tmp_path / "data", "gpkg_evig er en visning")


def test_a_file_that_takes_too_long_is_stopped_by_the_clock(package: Writes, tmp_path: Path) -> None:
    refused(benches(package), tmp_path / "data", "tog over 0 sekunder og blev stoppet", clock_s=0.01)


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(package: Writes, tmp_path: Path) -> None:
    refused(benches(package), tmp_path / "data", "laget veje kan ikke læses.*facilit_rasteplads", layers=["veje"])


@pytest.mark.parametrize("count", [-1, 0, 3, 1_000_000])
def test_the_count_a_file_keeps_of_itself_is_not_believed(
    reading: Reads, package: Writes, changed: Writes, count: int
) -> None:
    got = reading(changed(benches(package), "UPDATE gpkg_ogr_contents SET feature_count = ?", count))
    assert (got.read.rows, got.read.found) == (200, 200)


def test_geometry_whose_count_lies_is_named_by_its_row_and_the_rest_comes_in(
    reading: Reads, package: Writes, changed: Writes
) -> None:
    lying = b"GP\x00\x01" + struct.pack("<i", 25832) + struct.pack("<BII", 1, 2, 0x10000000) + bytes(32)
    got = reading(changed(benches(package), "UPDATE facilit_rasteplads SET geom = ? WHERE fid IN (7, 99)", lying))
    assert got.reasons() == {7: "no_geometry", 99: "no_geometry"}
    assert got.read.found == 198


def test_text_that_is_not_utf8_is_named_by_its_row(reading: Reads, package: Writes, changed: Writes) -> None:
    got = reading(
        changed(benches(package), "UPDATE facilit_rasteplads SET type = CAST(x'42E66E6B' AS TEXT) WHERE fid = 7")
    )
    assert (got.read.found, got.reasons()) == (199, {7: "no_text"})


def test_every_mutated_blob_is_read_or_named_and_none_ends_the_reader(
    reading: Reads, package: Writes, tmp_path: Path
) -> None:
    path, chance = benches(package), random.Random(376)
    con = sqlite3.connect(path)
    for (trigger,) in con.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        con.execute(f'DROP TRIGGER "{trigger}"')
    for fid, geom in con.execute("SELECT fid, geom FROM facilit_rasteplads").fetchall():
        raw = bytearray(geom)
        for _ in range(chance.randint(1, 4)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        cut = bytes(raw[: chance.randint(0, len(raw))]) if chance.random() < 0.2 else bytes(raw)
        con.execute("UPDATE facilit_rasteplads SET geom = ? WHERE fid = ?", (cut, fid))
    con.commit()
    con.close()
    got = reading(path)
    assert got.read.rows == 200
    assert got.read.left > 50


def test_flipped_bytes_give_a_refusal_in_words_or_counts_that_add_up(shared_data: Path, tmp_path: Path) -> None:
    whole, chance = (shared_data / "guldborgsund" / "point_facilit_rasteplads.gpkg").read_bytes(), random.Random(11)
    for _ in range(8):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            raw[chance.randrange(100, len(raw))] = chance.randrange(256)
        (tmp_path / "bytes.gpkg").write_bytes(raw)
        refusal = ""
        try:
            got = read_file(tmp_path / "bytes.gpkg", data_dir=tmp_path / "data", clock_s=60)
        except FileRefused as reason:
            refusal = str(reason)
        assert refusal or got.rows == got.found + got.left
        assert "signal" not in refusal
        assert "blev stoppet" not in refusal


def test_a_file_that_another_program_has_open_is_refused(package: Writes, tmp_path: Path) -> None:
    path = benches(package, 2)
    path.with_name("lag.gpkg-wal").write_bytes(b"not yet in the file")
    refused(path, tmp_path / "data", r"åben i et andet program \(lag\.gpkg-wal")


def test_an_endless_line_of_errors_is_not_kept(monkeypatch: pytest.MonkeyPatch, cases: Path, tmp_path: Path) -> None:
    """A reader that ends badly says so with its own last line, whatever it was."""
    shouting = tmp_path / "python"
    shouting.write_text("#!/bin/sh\nhead -c 300000 /dev/zero | tr '\\0' x >&2\necho >&2\necho ak >&2\nexit 7\n")
    shouting.chmod(0o755)
    monkeypatch.setattr("server.formats.fenced.sys.executable", str(shouting))
    refused(cases / "import-crs-25832.geojson", tmp_path / "data", r"kode 7\): ak$")


def test_a_reader_that_stops_without_end_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, cases: Path, tmp_path: Path
) -> None:
    silent = tmp_path / "python"
    silent.write_text("#!/bin/sh\nexit 0\n")
    silent.chmod(0o755)
    monkeypatch.setattr("server.formats.fenced.sys.executable", str(silent))
    refused(cases / "import-crs-25832.geojson", tmp_path / "data", "ikke læst til ende")


def test_the_server_side_of_the_import_loads_none_of_the_geometry_wheels() -> None:
    code = (
        "import sys, server.formats.geodata, server.formats.report, server.domain.importing.apply;"
        "print([m for m in ('pyogrio', 'shapely', 'pyproj', 'numpy') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_what_was_read_before_stays_where_a_second_reading_fails(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    read = read_file(cases / "import-crs-25832.geojson", data_dir=data)
    before = lines_of(data, read.blob).read_bytes()
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexit 0\n")
    silent.chmod(0o755)
    monkeypatch.setattr("server.formats.fenced.sys.executable", str(silent))
    with pytest.raises(FileRefused):
        read_file(cases / "import-crs-25832.geojson", data_dir=data)
    assert lines_of(data, read.blob).read_bytes() == before


def test_a_disk_that_is_full_is_no_fault_of_the_file(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import sys; from server.formats import fenced\n"
        "def work(): open('/dev/full', 'wb', 0).write(b'x')\n"
        "sys.exit(fenced.inside(work, cpu_seconds=60, do=''))"
    )
    full = tmp_path / "full"
    full.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{program}"\n')
    full.chmod(0o755)
    monkeypatch.setattr("server.formats.fenced.sys.executable", str(full))
    refused(cases / "import-crs-25832.geojson", tmp_path / "data", "disken med .* er fuld.*Skaf plads")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("std::bad_alloc", r"mere hukommelse, end læseren får \(512 MB\)\. Del den\.$"),
        ("failed at /tmp/x/fil.fgb", r"beskadiget, .* \(RuntimeError\)\. Åbn den i det program, .*prøv så\.$"),
    ],
)
def test_what_a_library_says_is_told_by_its_sort(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    program = (
        "import sys; from server.formats import fenced\n"
        f"def work(): raise RuntimeError('{said}')\n"
        "sys.exit(fenced.inside(work, cpu_seconds=60, do='Del den.'))"
    )
    failing = tmp_path / "failing"
    failing.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{program}"\n')
    failing.chmod(0o755)
    monkeypatch.setattr("server.formats.fenced.sys.executable", str(failing))
    refused(cases / "import-crs-25832.geojson", tmp_path / "data", told)

"""A zip is opened by ourselves, under limits, before anything in it is read."""

import io
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from server.formats.archive.unpack import unpack
from server.formats.geodata import read_file
from server.formats.refusal import FileRefused

Reads = Callable[..., Any]
HAVNEPLADSEN = (684906.52, 6072876.53)


def shapefile(folder: Path, layer: str, names: tuple[str, ...] = ("Bænken på Søtoften",), **options: Any) -> list[Path]:
    folder.mkdir(exist_ok=True)
    points = [shapely.Point(HAVNEPLADSEN[0] + 10 * n, HAVNEPLADSEN[1]) for n in range(len(names))]
    pyogrio.raw.write(
        folder / f"{layer}.shp", shapely.to_wkb(np.array(points, dtype=object)), [np.array(names, dtype=object)], ["navn"],
        driver="ESRI Shapefile", crs="EPSG:25832", geometry_type="Point", **options,
    )  # fmt: skip
    return sorted(folder.glob(f"{layer}.*"))


def packed(path: Path, *files: Path, under: str = "", more: Mapping[str, bytes | str] = {}) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as to:
        for file in files:
            to.write(file, under + file.name)
        for name, content in more.items():
            to.writestr(name, content)
    return path


def refused(path: Path, tmp_path: Path, match: str) -> None:
    with pytest.raises(FileRefused, match=match) as caught:
        read_file(path, data_dir=tmp_path / "data")
    assert str(caught.value).startswith(f"{path.name}: ")
    assert list((tmp_path / "data" / "imports").iterdir()) == []


def test_a_zipped_shapefile_is_read_with_its_letters_and_its_layer_s_name(reading: Reads, tmp_path: Path) -> None:
    got = reading(packed(tmp_path / "hent.zip", *shapefile(tmp_path / "s", "bænke"), under="kort/2026/"))
    assert [(line.layer, line.fields["navn"]) for line in got.found] == [("bænke", "Bænken på Søtoften")]
    assert got.found[0].wgs84 == pytest.approx((11.8745, 54.7690), abs=1e-5)


def test_several_layers_in_one_zip_are_read_as_one_file(reading: Reads, tmp_path: Path) -> None:
    files = [*shapefile(tmp_path / "s", "bænke", ("A", "B")), *shapefile(tmp_path / "s", "borde", ("C",))]
    got = reading(packed(tmp_path / "hent.zip", *files, more={"læs mig.txt": "hej", "__MACOSX/._bænke.shp": "x"}))
    assert [(line.layer, line.row) for line in got.found] == [("bænke", 1), ("bænke", 2), ("borde", 1)]
    assert got.read.rows == 3


def test_a_zip_with_one_file_that_is_read_otherwise_is_that_file(reading: Reads, cases: Path, tmp_path: Path) -> None:
    for name, count in (("import-null-empty-nan.gpkg", 2), ("import-crs-25832.geojson", 2), ("import-segments.gpx", 5)):
        assert len(reading(packed(tmp_path / f"{name}.zip", cases / name)).found) == count
    assert [line.layer for line in reading(packed(tmp_path / "d.zip", cases / "import-danish.csv")).found][:1] == [
        "import-danish"
    ]


def test_a_zip_whose_names_are_windows_own_gives_them_right(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as to:
        to.writestr("b?nke.gpx", "<gpx/>")
    raw = content.getvalue().replace(b"b?nke", b"b\x91nke")
    (tmp_path / "w.zip").write_bytes(raw)
    (tmp_path / "ud").mkdir()
    assert unpack(tmp_path / "w.zip", tmp_path / "ud", frozenset({".gpx"})) == [{"file": "1.gpx", "title": "bænke"}]


def test_a_layer_that_lacks_a_file_is_refused_by_its_name(tmp_path: Path) -> None:
    files = shapefile(tmp_path / "s", "bænke")
    refused(packed(tmp_path / "h.zip", *[f for f in files if f.suffix != ".dbf"]), tmp_path, r"uden bænke\.dbf")
    refused(packed(tmp_path / "d.zip", *[f for f in files if f.suffix == ".dbf"]), tmp_path, "kun en del af et lag")
    refused(packed(tmp_path / "p.zip", *[f for f in files if f.suffix != ".prj"]), tmp_path, "--crs 25832")


def test_a_zip_with_nothing_or_with_several_to_choose_from_says_what_it_holds(cases: Path, tmp_path: Path) -> None:
    refused(packed(tmp_path / "t.zip", more={"a.pdf": b"x", "b.txt": b"x"}), tmp_path, "intet, der kan læses.*a.pdf")
    refused(packed(tmp_path / "e.zip"), tmp_path, "ingen filer")
    two = packed(tmp_path / "to.zip", cases / "import-segments.gpx", cases / "import-latin1.gpx")
    refused(two, tmp_path, "2 filer.*import-latin1.gpx.*én for én")
    refused(packed(tmp_path / "z.zip", more={"i.zip": b"PK"}), tmp_path, "Pak 'i.zip' ud først")
    twice = packed(tmp_path / "l.zip", *shapefile(tmp_path / "s", "a"), *shapefile(tmp_path / "s", "b"))
    with zipfile.ZipFile(twice, "a") as to:
        for file in shapefile(tmp_path / "s", "b"):
            to.write(file, f"andet/{file.name}")
    refused(twice, tmp_path, "to lag hedder 'b'")


@pytest.mark.parametrize("name", ["../ud.gpx", "/etc/ud.gpx", "a/../../ud.gpx", "..\\ud.gpx", "C:ud.gpx"])
def test_a_path_that_leads_out_of_the_zip_is_refused_and_nothing_lies_there(tmp_path: Path, name: str) -> None:
    refused(packed(tmp_path / "sti.zip", more={name: b"<gpx/>"}), tmp_path, "uden for den")
    assert list(tmp_path.rglob("ud.gpx")) == []


def test_names_that_hide_something_are_refused(tmp_path: Path) -> None:
    refused(packed(tmp_path / "r.zip", more={"spor\u202exgp.gpx": b"<gpx/>"}), tmp_path, "usynlige tegn")
    refused(packed(tmp_path / "n.zip", more={"a\nTraceback: fejl.gpx": b"<gpx/>"}), tmp_path, "usynlige tegn")


def test_a_name_that_is_too_long_is_told_as_such(tmp_path: Path) -> None:
    refused(packed(tmp_path / "l.zip", more={"x" * 500 + ".gpx": b"<gpx/>"}), tmp_path, "på 504 tegn.*højst 400")


def test_what_is_the_matter_with_a_zip_is_told_without_the_parsers_english(tmp_path: Path) -> None:
    whole = packed(tmp_path / "h.zip", more={"lag.gpx": b"<gpx/>" * 50}).read_bytes()
    entry = whole.index(b"PK\x01\x02")
    (tmp_path / "c.zip").write_bytes(whole[: entry + 16] + b"abcd" + whole[entry + 20 :])
    refused(tmp_path / "c.zip", tmp_path, "ikke en hel zip: 'lag.gpx' i den er beskadiget")
    (tmp_path / "m.zip").write_bytes(whole.replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x09\x00"))
    refused(tmp_path / "m.zip", tmp_path, "ikke en hel zip: den er pakket på en måde")
    (tmp_path / "s.zip").write_bytes(whole[:-30])
    refused(tmp_path / "s.zip", tmp_path, "ikke en hel zip: den er skåret over")
    (tmp_path / "k.kmz").write_bytes(b'<?xml version="1.0"?><kml/>')
    refused(tmp_path / "k.kmz", tmp_path, "endelsen .kml")


def test_a_link_a_password_and_a_file_that_stands_twice_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("lag.gpx")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "l.zip", "w") as to:
        to.writestr(link, "/etc/passwd")
    refused(tmp_path / "l.zip", tmp_path, "symbolsk lænke")
    raw = bytearray(packed(tmp_path / "k.zip", more={"lag.gpx": b"<gpx/>"}).read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    (tmp_path / "k.zip").write_bytes(raw)
    refused(tmp_path / "k.zip", tmp_path, "adgangskode")
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as to:
        to.writestr("Lag.gpx", "<gpx/>")
        to.writestr("lag.gpx", "<gpx/>")
    refused(tmp_path / "t.zip", tmp_path, "to gange")


def test_a_zip_that_unpacks_to_a_bomb_is_refused_while_it_grows(tmp_path: Path) -> None:
    refused(packed(tmp_path / "b.zip", more={"lag.geojson": bytes(50 * 1024**2)}), tmp_path, "200 gange mere")
    refused(packed(tmp_path / "m.zip", more={f"{n}.txt": b"" for n in range(2001)}), tmp_path, "2001 filer")


def test_a_size_that_lies_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "b.zip", more={"lag.gpx": bytes(range(256)) * 4096})
    monkeypatch.setattr("server.formats.archive.unpack.MOST_BYTES", 1 << 19)
    (tmp_path / "ud").mkdir()
    with pytest.raises(FileRefused, match="når den pakkes ud"):
        unpack(path, tmp_path / "ud", frozenset({".gpx"}))
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        raw[raw.index(mark) + at : raw.index(mark) + at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(raw)
    refused(path, tmp_path, "ikke en hel zip|kan ikke læses|ikke hel XML")


def test_a_zip_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    whole = packed(tmp_path / "h.zip", *shapefile(tmp_path / "s", "bænke")).read_bytes()
    for size in (1, 30, len(whole) // 2, len(whole) - 1):
        (tmp_path / "halv.zip").write_bytes(whole[:size])
        refused(tmp_path / "halv.zip", tmp_path, "ikke en hel zip")

"""Tracks and placemarks, at the reader's door: what offices save from a phone or a map, and XML that wants something else."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from server.domain.importing.prepare import prepare
from server.formats.geodata import read_file
from server.formats.refusal import FileRefused

Reads = Callable[..., Any]
GPX = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
KML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
)
POINT = "<Point><coordinates>11.8745,54.769</coordinates></Point>"


@pytest.fixture
def gpx(tmp_path: Path) -> Callable[[str], Path]:
    return lambda inner: written(tmp_path / "spor.gpx", GPX.format(inner))


@pytest.fixture
def kml(tmp_path: Path) -> Callable[[str], Path]:
    return lambda inner: written(tmp_path / "kort.kml", KML.format(inner))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return path


def refused(path: Path, tmp_path: Path, match: str) -> None:
    with pytest.raises(FileRefused, match=match):
        read_file(path, data_dir=tmp_path / "data")
    assert list((tmp_path / "data" / "imports").iterdir()) == []


def remarks(got: Any) -> list[tuple[int | None, str]]:
    return [(line.row, line.code) for line in got.left if line.rows == 0]


def test_decimal_commas_are_read_as_such_and_told_once(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-bom-comma.gpx")
    (line,) = got.shapes()
    assert len(line.coords) == 3
    assert got.found[0].fields == {"navn": "Søstien rundt"}
    assert remarks(got) == [(None, "decimal_comma")]
    assert got.found[0].wgs84.startswith("gahmIsfngA")  # 54.76900, 11.87450
    assert (got.read.rows, got.read.found, got.read.left) == (1, 1, 0)


def test_gpx_1_0_in_latin1_keeps_its_letters(reading: Reads, cases: Path) -> None:
    assert [line.fields["navn"] for line in reading(cases / "import-latin1.gpx").found] == ["Åen, søen og ærtemarken"]


def test_a_track_in_pieces_is_as_many_stretches_and_the_gaps_are_not_walked(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-segments.gpx")
    assert [(line.row, line.kind, line.part) for line in got.found] == [
        (1, "place", 0), (2, "place", 0), (3, "stretch", 0), (4, "stretch", 0), (4, "stretch", 1),
    ]  # fmt: skip
    assert [shape.length for shape in got.shapes()[3:]] == [pytest.approx(96.5, abs=0.1), pytest.approx(193.0, abs=0.1)]
    assert [line.fields["name"]["da"] for line in got.found[:2]] == ["P-plads", "Bænk"]
    assert [line.reason[:13] for line in got.left] == ["Stykke 2 er t", "Stykke 3 har "]
    assert remarks(got) == [(4, "part"), (4, "part")]
    assert (got.read.rows, got.read.left) == (4, 0)


def test_a_municipality_s_own_walking_routes_come_in_whole(reading: Reads, shared_data: Path) -> None:
    path = shared_data / "gpx" / "vandrerute_2-5km.gpx"
    got = reading(path)
    raw = path.read_bytes()
    assert got.read.rows == raw.count(b"<trk>")
    assert len(got.found) == raw.count(b"<trkseg>")
    assert got.read.left == 0


def test_a_placemark_is_a_place_in_plain_words_and_lines_are_a_route(reading: Reads, cases: Path) -> None:
    got = reading(cases / "import-prefix-cdata.kml")
    place, first, second = got.found
    assert place.kind == "place"
    assert place.fields == {
        "form": "spot",
        "name": {"da": "Havnebænken & bordet"},
        "where": {"da": "Sol om eftermiddagen. Kom bare."},
    }
    assert [(line.row, line.part, line.fields) for line in (first, second)] == [
        (2, 0, {"navn": "To stier"}),
        (2, 1, {"navn": "To stier"}),
    ]
    assert not any(shape.has_z for shape in got.shapes())
    kept = (got.data_dir / "imports" / f"{got.read.blob}.ndjson").read_text()
    assert not any(sign in kept for sign in ("<", "alert", "fremmed", "http"))


def test_a_kmz_is_its_main_document(reading: Reads, cases: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kort.kmz", "w") as archive:
        archive.writestr("files/andet.kml", KML.format(""))
        archive.write(cases / "import-prefix-cdata.kml", "doc.kml")
        archive.writestr("files/p.png", b"png")
    got = reading(tmp_path / "kort.kmz")
    assert len(got.found) == 3
    assert [line.reason for line in got.left if line.code == "beside"] == [
        "Kun hovedkortet (doc.kml) er læst, ikke 'files/andet.kml'. Skal de med, så pak KMZ-filen ud som en zip, og importér dem én for én."
    ]


def test_a_point_without_a_name_is_no_place_and_says_so(reading: Reads, gpx: Callable[[str], Path]) -> None:
    got = reading(gpx('<wpt lat="54.769" lon="11.8745"/><wpt lat="54.77" lon="11.88"><name>Bænk</name></wpt>'))
    assert got.reasons() == {1: "no_name"}
    assert [line.row for line in got.found] == [2]


def test_what_is_no_number_is_named_by_its_row(reading: Reads, gpx: Callable[[str], Path]) -> None:
    bad = ("NaN", "inf", "", "1_1", "54.7.6", "54,7,6", "٥٤.٧", "0x36", "1e999")
    got = reading(gpx("".join(f'<wpt lat="{n}" lon="11.8745"><name>P</name></wpt>' for n in bad)))
    assert set(got.reasons().values()) <= {"not_a_number", "empty", "no_degree", "outside"}
    assert len(got.left) == len(bad)


def test_points_outside_and_with_their_axes_swapped_are_named(reading: Reads, gpx: Callable[[str], Path]) -> None:
    places = [(0, 0), (11.8745, 54.769), (54.769, 11.8745), (200, 5)]
    got = reading(
        gpx("".join(f'<wpt lat="{lat}" lon="{lon}"><name>P</name></wpt>' for lat, lon in places)),
        bounds=(11.53, 54.559, 12.166, 54.968),
    )
    assert got.reasons() == {1: "outside", 2: "swapped", 4: "no_degree"}


def test_text_of_a_hundred_thousand_letters_is_named_with_what_is_allowed(
    reading: Reads, kml: Callable[[str], Path]
) -> None:
    long = "å" * 100_000
    got = reading(
        kml(
            f"<Placemark><name>{long}</name>{POINT}</Placemark>"
            f"<Placemark><name>Bænk</name><description>{long}</description>{POINT}</Placemark>"
        )
    )
    assert got.reasons() == {1: "too_long", 2: "too_long"}
    assert ["120" in got.left[0].reason, "4000" in got.left[1].reason] == [True, True]


def test_marks_that_turn_the_reading_direction_and_html_that_hides_are_gone(
    reading: Reads, kml: Callable[[str], Path]
) -> None:
    got = reading(
        kml(
            f"<Placemark><name>\u202eknæB\u2066</name><description>&lt;scr&amp;lt;script&gt;ipt&gt;x "
            f"&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; se https://ond.example/x?y og www.ond.example. 3 &lt; 4"
            f"</description>{POINT}</Placemark>"
        )
    )
    (place,) = got.found
    assert place.fields["name"]["da"] == "knæB"
    told = place.fields["where"]["da"]
    assert not any(sign in told for sign in ("<s", "</", "alert", "ond.example", "http"))
    assert (None, "addresses") in remarks(got)


def test_sql_in_a_name_is_a_name(reading: Reads, kml: Callable[[str], Path]) -> None:
    name = "'); DROP TABLE place; --"
    assert reading(kml(f"<Placemark><name>{name}</name>{POINT}</Placemark>")).found[0].fields["name"]["da"] == name


def test_shapes_that_are_no_place_and_no_route_are_named(reading: Reads, kml: Callable[[str], Path]) -> None:
    ring = "<coordinates>11.8,54.7 11.9,54.7 11.9,54.8 11.8,54.7</coordinates>"
    flat = f"<Polygon><outerBoundaryIs><LinearRing>{ring}</LinearRing></outerBoundaryIs></Polygon>"
    shapes = [
        flat, f"<MultiGeometry>{POINT}<LineString>{ring}</LineString></MultiGeometry>", "", "<Point/>", "<LineString/>",
        f"<MultiGeometry>{POINT}{POINT}</MultiGeometry>", "<LineString><coordinates>11.8,54.7</coordinates></LineString>",
    ]  # fmt: skip
    got = reading(kml("".join(f"<Placemark><name>n</name>{shape}</Placemark>" for shape in shapes)))
    assert got.reasons() == {
        1: "wrong_shape", 2: "wrong_shape", 3: "no_geometry", 4: "empty", 5: "empty", 6: "wrong_shape", 7: "no_length",
    }  # fmt: skip


def test_a_recorded_track_of_google_earth_is_a_route(reading: Reads, kml: Callable[[str], Path]) -> None:
    track = "<gx:Track><when>2026-01-01</when><gx:coord>11.87 54.78 2</gx:coord><gx:coord>11.88 54.78 2</gx:coord></gx:Track>"
    got = reading(
        kml(f"<Placemark><name>Tur</name>{track}</Placemark>")
    )  # the prefix is declared nowhere, as it often is
    assert isinstance(got.shapes()[0], shapely.LineString)


def test_a_file_that_only_points_elsewhere_is_refused(kml: Callable[[str], Path], tmp_path: Path) -> None:
    path = kml("<NetworkLink><Link><href>https://ond.example/a.kml</href></Link></NetworkLink>")
    refused(path, tmp_path, "NetworkLink.*ikke hentes")


def test_links_and_pictures_over_the_map_are_counted_and_named(reading: Reads, kml: Callable[[str], Path]) -> None:
    got = reading(
        kml(
            "<Folder><NetworkLink><name>Kommunens \u202estier</name><Link><href>https://ond.example/a.kml</href></Link></NetworkLink>"
            f"<Placemark><name>Bænk</name>{POINT}</Placemark></Folder>"
            "<GroundOverlay><Icon><href>a.png</href></Icon><LatLonBox><north>55</north></LatLonBox></GroundOverlay>"
        )
    )
    assert [line.row for line in got.found] == [2]
    assert got.reasons() == {1: "network_link", 3: "picture"}
    assert (got.read.rows, got.read.found, got.read.left) == (3, 1, 2)
    link, picture = (line.reason for line in got.left)
    assert link.startswith("'Kommunens stier' henviser til en anden adresse")
    assert "GroundOverlay" in picture
    assert "ond.example" not in link


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gpx><trk><name>&b;</name></trk></gpx>', "DOCTYPE"),
        ('<!DOCTYPE gpx [<!ENTITY f SYSTEM "file:///etc/passwd">]><gpx><trk><name>&f;</name></trk></gpx>', "DOCTYPE"),
        ('<!DOCTYPE gpx SYSTEM "https://ond.example/x.dtd"><gpx/>', "DOCTYPE"),
        ("<gpx>" + "<a>" * 100_000, "lag, og højst 100"),
        ("<gpx><trk>", "ikke hel XML"),
        ("", "0 byte"),
        ("<osm/>", "af en anden slags"),
        ("<!DOCTYPE html><html></html>", "webside"),
        ("<gpx><wpt lat='54' lon='11'><name>\x00</name></wpt></gpx>", "ikke hel XML"),
        ("<gpx><wpt lat='54' lon='11'><name>\ud800</name></wpt></gpx>", "ikke hel XML"),
        ("<gpx><wpt lat='54' lon='11'><name>&#xD800;</name></wpt></gpx>", "ikke hel XML"),
        ('<?xml version="1.0" encoding="klingon"?><gpx/>', "ikke hel XML"),
        ("<gpx><trk><trkseg>" + "<trkpt/>" * 250_001 + "</trkseg></trk></gpx>", "over 250000 dele"),
    ],
)  # fmt: skip
def test_xml_that_wants_something_else_is_refused_whole(tmp_path: Path, text: str, match: str) -> None:
    refused(written(tmp_path / "ond.gpx", text), tmp_path, match)


def test_a_track_of_more_points_than_anybody_walks_is_named(reading: Reads, gpx: Callable[[str], Path]) -> None:
    points = "".join(f'<trkpt lat="{54.7 + i % 2 * 1e-4:.5f}" lon="{11.8 + i * 1e-6:.6f}"/>' for i in range(50_001))
    assert reading(gpx(f"<trk><trkseg>{points}</trkseg></trk>")).reasons() == {1: "too_many_points"}


def test_of_a_track_with_one_point_far_off_that_point_is_named(reading: Reads, gpx: Callable[[str], Path]) -> None:
    points = "".join(f'<trkpt lon="{lon}" lat="{lat}"/>' for lon, lat in [(11.87, 54.76), (11.88, 54.76), (0, 0)])
    got = reading(gpx(f"<trk><trkseg>{points}</trkseg></trk>"), bounds=(11.5, 54.5, 12.2, 55.0))
    assert next(line.reason for line in got.left if line.rows).startswith("Ligger uden for kommunen (0, 0)")


def test_a_route_that_is_told_as_no_metres_long_is_left_out(reading: Reads, gpx: Callable[[str], Path]) -> None:
    def track(east: str) -> str:
        points = f'<trkpt lon="11.87" lat="54.76"/><trkpt lon="{east}" lat="54.76"/>'
        return f"<trk><trkseg>{points}</trkseg></trk>"

    got = reading(gpx(track("11.8700002") + track("11.87002")))
    assert got.reasons() == {1: "too_short"}
    assert got.left[0].reason.startswith("Linjen er 0,01 m lang")
    assert [line.row for line in got.found] == [2]


def _columns(**said: str) -> str:
    data = "".join(f'<Data name="{name}"><value>{text}</value></Data>' for name, text in said.items())
    return f"<ExtendedData>{data}</ExtendedData>"


def test_a_placemarks_columns_name_and_tell_it_where_it_does_not_itself(
    reading: Reads, kml: Callable[[str], Path]
) -> None:
    got = reading(kml(f"<Placemark>{_columns(Navn='Bænken', Beskrivelse='Ved åen', Farve='rød')}{POINT}</Placemark>"))
    assert [(line.kind, line.fields["name"]["da"], line.fields["where"]["da"]) for line in got.found] == [
        ("place", "Bænken", "Ved åen")
    ]
    assert got.read.read_as[0].endswith("Kolonner, der ikke bruges: farve.")


def test_a_placemark_with_the_registers_columns_is_a_facility_of_it(reading: Reads, kml: Callable[[str], Path]) -> None:
    schema = "".join(
        f'<SimpleData name="{name}">{text}</SimpleData>'
        for name, text in {"objekt_id": "f-1", "facil_ty_k": "1012", "off_kode": "1", "statuskode": "3"}.items()
    )
    got = reading(
        kml(
            f"<Placemark><name>WC</name><ExtendedData><SchemaData>{schema}</SchemaData></ExtendedData>{POINT}</Placemark>"
        )
    )
    (line,) = got.found
    assert (line.kind, line.key, line.own, line.fields["navn"]) == ("facility", "f-1", True, "WC")
    (row, _), *_ = prepare(got.lines, None).facilities
    assert (row.code, row.name.da if row.name else None, row.public) == (1012, "WC", True)


def test_a_drawn_line_keeps_the_registers_columns_and_no_word_of_ours(
    reading: Reads, kml: Callable[[str], Path]
) -> None:
    line = "<LineString><coordinates>11.87,54.76 11.88,54.76</coordinates></LineString>"
    columns = _columns(rute_ty_k="5", navn="Stien", moede="stretch", register="GeoFA 5802")
    got = reading(kml(f"<Placemark>{columns}{line}</Placemark>"))
    assert [one.fields for one in got.found] == [{"rute_ty_k": "5", "navn": "Stien"}]
    assert got.read.read_as[0].endswith("Kolonner, der ikke bruges: moede, register.")

"""GeoFA's three tables from a file to rows of the store: what is one thing, what it is called, what is known of it."""

import datetime
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyproj
import pytest
import shapely

from server.domain.importing.prepare import Prepared, prepare
from server.formats import geodata, rows
from server.model.ids import imported_id
from server.model.values import Access, Fact, Season, Text
from server.store.facility import FacilityRow
from server.store.route import RouteRow

CASE = Path(__file__).resolve().parents[3] / "cases" / "import-access-facts.geojson"
PUBLIC = {"off_kode": 1, "statuskode": 3, "cvr_kode": 29188599, "systid_fra": "2024-05-01T10:00:00+02:00"}
A, B, C, D = [11.87, 54.76], [11.88, 54.765], [11.89, 54.76], [11.9, 54.77]
Imported = Callable[..., Prepared]
Feature = tuple[dict[str, Any], Any]


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    """Features of a layer, read by the real reader and made into rows."""

    def of(layer: str, *features: Feature, source: str | None = None) -> Prepared:
        path = tmp_path / f"{layer}.geojson"
        every = [{"type": "Feature", "properties": said, "geometry": shape} for said, shape in features]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": every}), encoding="utf-8")
        return read(path, tmp_path / "data", source)

    return of


def read(path: Path, data_dir: Path, source: str | None = None) -> Prepared:
    found = geodata.read_file(path, data_dir=data_dir)
    done = prepare(rows.read(geodata.lines_of(data_dir, found.blob)), source)
    assert done.rows == found.rows
    return done


def point(*at: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": at}


def line(*at: list[float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": at}


def stretch(no: Any, shape: dict[str, Any], **fields: Any) -> Feature:
    return PUBLIC | {"objekt_id": f"s{no}", "navn": "Fjordstien", "rute_ty_k": 5, "straekn_nr": no} | fields, shape


def the_route(done: Prepared) -> RouteRow:
    ((route, _),) = done.routes
    return route


def the_facility(done: Prepared) -> FacilityRow:
    ((facility, _),) = done.facilities
    return facility


def by_id(done: Prepared) -> dict[str, RouteRow]:
    return {row.id: row for row, _ in done.routes}


def test_a_point_of_the_register_brings_all_that_is_known_of_it(imported: Imported) -> None:
    said = PUBLIC | {
        "objekt_id": "f-1", "facil_ty_k": "'2012'", "navn": "Tårnet", "navn_uk": "The tower", "navn_d": "Der Turm", "doegnaab_k": 1,
        "saeson_k": 2, "saeson_st": "0001-05-01", "saeson_sl": "0001-09-30", "tilgaeng_opl": {"er_adgang_uden_trin_trapper": False},
    }  # fmt: skip
    tower = the_facility(imported("t_5800_fac_pkt", (said, {"type": "MultiPoint", "coordinates": [A]})))
    seen = datetime.date(2024, 5, 1)
    assert (tower.code, tower.type_text, tower.public) == (2012, "Fugletårn/Udsigtstårn", True)
    assert tower.name == Text(da="Tårnet", en="The tower", de="Der Turm")
    assert tower.season == Season(from_="05-01", through="09-30")
    assert tower.open_24h == Fact(value=True, source="GeoFA 5800", seen_on=seen)
    assert tower.access == Access(step_free=Fact(value=False, source="GeoFA 5800, Natur for alle", seen_on=seen))
    assert tower.source_text == "GeoFA 5800"


def test_a_row_of_several_points_is_one_facility_at_the_first_and_that_is_told(imported: Imported) -> None:
    said = PUBLIC | {"objekt_id": "f-1", "facil_ty_k": 1371, "navn": "Bænkene"}
    several = {"type": "MultiPoint", "coordinates": [A, B]}
    done = imported("t_5800_fac_pkt", (said, several))
    row = the_facility(done)
    assert (row.key, row.point) == ("f-1", tuple(A))
    assert [(one.row, one.code, one.rows) for one in done.left] == [(1, "points", 0)]
    assert "2 punkter" in done.left[0].reason


@pytest.mark.parametrize(("off", "status", "public"), [(1, 3, True), ("1", "'3'", True), (2, 3, False), (1, 1, False)])
def test_only_what_is_public_and_valid_is_for_everybody(
    imported: Imported, off: Any, status: Any, public: bool
) -> None:
    said = PUBLIC | {"facil_ty_k": 1012, "off_kode": off, "statuskode": status}
    assert the_facility(imported("t_5800_fac_pkt", (said, point(*A)))).public is public


def test_an_area_is_a_facility_at_a_point_inside_it(imported: Imported) -> None:
    horseshoe = [
        [11.87, 54.76],
        [11.88, 54.76],
        [11.88, 54.77],
        [11.878, 54.77],
        [11.878, 54.762],
        [11.872, 54.762],
        [11.872, 54.77],
    ]
    horseshoe += [[11.87, 54.77], [11.87, 54.76]]
    done = imported(
        "t_5801_fac_fl", (PUBLIC | {"facil_ty_k": 2051}, {"type": "MultiPolygon", "coordinates": [[horseshoe]]})
    )
    park = the_facility(done)
    assert shapely.Polygon(horseshoe).contains(shapely.Point(park.point))
    assert (park.type_text, park.source_text) == ("Park", "GeoFA 5801")


def test_an_area_that_crosses_itself_has_a_point_inside_too(imported: Imported) -> None:
    bow = [[11.87, 54.76], [11.88, 54.77], [11.88, 54.76], [11.87, 54.77], [11.87, 54.76]]
    park = the_facility(imported("flader", (PUBLIC | {"facil_ty_k": 2051}, {"type": "Polygon", "coordinates": [bow]})))
    assert shapely.make_valid(shapely.Polygon(bow)).contains(shapely.Point(park.point))


def test_an_area_that_is_no_facility_is_the_maps(imported: Imported) -> None:
    ring = [[11.87, 54.76], [11.88, 54.77], [11.88, 54.76], [11.87, 54.76]]
    done = imported("land_vaerdifuld", ({"gruppe": "g", "type": "t"}, {"type": "Polygon", "coordinates": [ring]}))
    assert (done.facilities, [one.code for one in done.left]) == ([], ["map"])


def test_stretches_of_one_name_and_kind_are_one_route_in_their_order(imported: Imported) -> None:
    done = imported(
        "t_5802_fac_li", stretch("10", line(C, D)), stretch("2", line(C, B)), stretch("1", line(A, B), belaegn_k=2)
    )
    route = the_route(done)
    assert [one.id for one in route.stretches] == [
        imported_id("t_5802_fac_li", "stretch", key) for key in ("s1", "s2", "s10")
    ]
    assert [one.surface and one.surface.value for one in route.stretches] == ["loose", None, None]
    # the second was drawn the other way: it goes on where the first ends
    assert [one.xy[0] for one in route.stretches[1:]] == [one.xy[-1] for one in route.stretches[:-1]]
    assert (route.name.da, route.modes, route.loop, route.key) == (
        "Fjordstien",
        ("walk",),
        False,
        "29188599/Fjordstien/5",
    )


def test_the_order_of_the_rows_and_a_second_reading_change_nothing(imported: Imported) -> None:
    features = [stretch(no, line([11.87 + no / 100, 54.76], [11.88 + no / 100, 54.76])) for no in range(8)]
    features += [
        ({"rute_ty_k": 3, "objekt_id": f"n{n}"} | PUBLIC, line([11.9, 54.76 + n / 100], [11.9, 54.77 + n / 100]))
        for n in range(8)
    ]
    first = by_id(imported("t_5802_fac_li", *features))
    for seed in range(3):
        random.Random(seed).shuffle(features)
        assert by_id(imported("t_5802_fac_li", *features)) == first


def test_another_kind_or_another_office_is_another_route(imported: Imported) -> None:
    done = imported(
        "t_5802_fac_li",
        stretch(1, line(A, B)), stretch(2, line(B, C), rute_ty_k=3), stretch(3, line(C, D), cvr_kode=1), stretch(4, line(A, D), off_kode=2),
    )  # fmt: skip
    assert sorted((row.modes, row.public) for row, _ in done.routes) == [
        (("cycle",), True),
        (("walk",), False),
        (("walk",), True),
        (("walk",), True),
    ]


def test_a_ring_of_stretches_is_a_loop(imported: Imported) -> None:
    assert the_route(
        imported("t_5802_fac_li", stretch(1, line(A, B)), stretch(2, line(C, B)), stretch(3, line(A, C)))
    ).loop


def test_a_gate_that_was_measured_is_told_with_its_source_and_day(imported: Imported) -> None:
    told = {"er_niveaufri": 9, "smalleste_passagebredde": 84.6, "barriere_typer": ["Låger"]}
    route = the_route(imported("t_5802_fac_li", stretch(1, line(A, B), tilgaeng_opl=told)))
    gate = Fact(value=84, source="GeoFA 5802, Natur for alle", seen_on=datetime.date(2024, 5, 1))
    assert route.stretches[0].access == Access(width_cm=gate, gate_cm=gate)


def test_nameless_stretches_are_joined_though_each_has_an_id_and_a_surface(imported: Imported) -> None:
    said = PUBLIC | {"rute_ty_k": 5}
    done = imported(
        "t_5802_fac_li",
        (said | {"objekt_id": "a", "belaegn_k": 1}, line(A, B)),
        (said | {"objekt_id": "b", "belaegn_k": 1}, line(B, C)),
        (said | {"objekt_id": "c", "belaegn_k": 2}, line(C, D)),
    )
    route = the_route(done)
    assert route.name.da == "Vandrerute, uden navn"
    assert [one.surface and one.surface.value for one in route.stretches] == ["firm", "loose"]
    assert [at for _, at in done.routes] == [[("t_5802_fac_li", 1), ("t_5802_fac_li", 2), ("t_5802_fac_li", 3)]]


def test_a_nameless_stretch_that_nothing_is_joined_to_keeps_the_registers_id(imported: Imported) -> None:
    done = imported("t_5802_fac_li", (PUBLIC | {"rute_ty_k": 5, "objekt_id": "alene"}, line(A, B)))
    assert the_route(done).id == imported_id("t_5802_fac_li", "route", "alene")


def test_of_two_equal_nameless_stretches_the_same_one_gives_its_id_whatever_their_order(imported: Imported) -> None:
    twice = [(PUBLIC | {"rute_ty_k": 5, "objekt_id": id}, line(A, B)) for id in ("b", "a")]
    for features in (twice, twice[::-1]):
        assert the_route(imported("t_5802_fac_li", *features)).id == imported_id("t_5802_fac_li", "route", "a")


def test_a_row_on_which_others_lie_is_told_once_and_they_are_told_by_its_number(imported: Imported) -> None:
    done = imported("rute_vandre", ({}, line(A, B, C)), ({}, line(B, C)), ({}, line(B, D)))
    assert [(one.row, one.code, one.reason) for one in done.left] == [
        (2, "covered", "Ligger hele vejen oven i række 1.")
    ]
    assert (len(done.routes), sorted(row for _, at in done.routes for row in at)) == (
        3,
        [("rute_vandre", 1), ("rute_vandre", 3)],
    )


def test_a_row_that_lies_on_several_others_says_so(imported: Imported) -> None:
    done = imported("rute_vandre", ({}, line(A, B)), ({}, line(B, C)), ({}, line(A, B, C)))
    assert [(one.row, one.reason) for one in done.left] == [(3, "Ligger hele vejen oven i række 1 og andre.")]


def test_what_was_judged_measured_or_never_seen_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / CASE.name
    path.write_bytes(CASE.read_bytes())
    os.utime(path, (1_735_812_000, 1_735_812_000))  # 2 January 2025
    by_name = {row.name.da: row.access for row, _ in read(path, tmp_path / "data").facilities if row.name}
    source, saved = "import-access-facts", datetime.date(2025, 1, 2)
    assert by_name == {
        "A": Access(step_free=Fact(value=False, source=source, seen_on=saved)),
        "B": Access(kerb_cm=Fact(value=7, source=source, seen_on=saved)),
        "C": Access(),
        "D": Access(),
        "E": Access(gate_cm=Fact(value=85, source=source, seen_on=datetime.date(2021, 5, 1))),
    }


def test_lines_are_drawn_where_proj_draws_them(imported: Imported) -> None:
    from_metres = pyproj.Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True)
    route = the_route(imported("rute_vandre", ({}, line(A, B))))
    (start, _) = route.stretches[0].xy
    assert from_metres.transform(*start) == pytest.approx(A, abs=1e-7)


def test_a_name_in_capitals_is_written_as_people_write_it_and_changes_no_id(imported: Imported) -> None:
    shouted = imported("t_5802_fac_li", stretch(1, line(A, B), navn="FJORDSTIEN VED NYKØBING F."))
    (way, _), *_ = shouted.routes
    assert way.name == Text(da="Fjordstien ved Nykøbing F.")
    assert way.key == "29188599/FJORDSTIEN VED NYKØBING F./5"
    assert way.id == imported_id("t_5802_fac_li", "route", way.key)

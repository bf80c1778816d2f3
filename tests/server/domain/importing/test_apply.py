"""From a municipal file to rows and feed: once in, twice the same, and every row of the file accounted for."""

import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.importing.apply import apply_import
from server.domain.refusal import Refused
from server.formats import geodata
from server.model.facility import Facility
from server.model.ids import imported_id
from server.model.imports import ApplyImport
from server.model.route import Route
from server.prepare import prepare as make_database
from server.publish import publish
from server.store import thing
from server.store.database import local
from sync import feed
from sync.wire import Subject

NOW = datetime.datetime(2026, 3, 3, 13, 30, tzinfo=datetime.UTC)
AT = [11.8745, 54.769]
Imports = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("empty")
    make_database(data_dir, code="376", name="Guldborgsund")
    return data_dir


@pytest.fixture
def data_dir(empty: Path, tmp_path: Path) -> Path:
    return shutil.copytree(empty, tmp_path / "data")


def apply(data_dir: Path, blob: str, source: str | None = None) -> Done:
    ctx = Ctx.at(NOW, data_dir=data_dir)
    with local(data_dir) as tx:
        done = apply_import(tx, ctx, Subject("settings", "site"), ApplyImport(blob=blob, source=source))
        publish(tx, done.touched, ctx.today)
    return done


@pytest.fixture
def imports(data_dir: Path) -> Imports:
    """Reads a file and applies it; the result of apply_import."""

    def whole(path: Path, source: str | None = None, **choices: Any) -> dict[str, Any]:
        read = geodata.read_file(path, data_dir=data_dir, **choices)
        result = apply(data_dir, read.blob, source).result
        assert rows_in(result) == read.rows
        return result

    return whole


def rows_in(result: dict[str, Any]) -> int:
    taken = result["new"] + result["changed"] + result["unchanged"]
    return int(taken + sum(one.get("rows", 1) for one in result["left_out"]))


def bodies(data_dir: Path, kind: str) -> list[Any]:
    """What every phone reads of this kind."""
    with local(data_dir) as tx:
        changes = json.loads(feed.page(tx, "public", None, max_changes=100_000, max_bytes=1 << 30).encode())["changes"]
    of = {"facility": Facility, "route": Route}[kind]
    return [msgspec.convert(one["body"], of) for one in changes if one["kind"] == kind]


def heads(data_dir: Path) -> dict[str, int]:
    with local(data_dir) as tx:
        return feed.heads(tx)


def collection(path: Path, *features: tuple[dict[str, Any], list[Any]]) -> Path:
    """A GeoJSON file of points and lines."""
    every = [
        {"type": "Feature", "properties": properties, "geometry": {"type": _sort(at), "coordinates": at}}
        for properties, at in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": every}), encoding="utf-8")
    return path


def _sort(at: list[Any]) -> str:
    return "LineString" if isinstance(at[0], list) else "Point"


def test_a_point_becomes_a_facility_that_phones_read(imports: Imports, data_dir: Path, tmp_path: Path) -> None:
    result = imports(collection(tmp_path / "facilit_rasteplads.geojson", ({"type": "Bænk"}, AT)))
    (bench,) = bodies(data_dir, "facility")
    assert (bench.code, bench.type_text, bench.point, bench.source) == (
        1371,
        "Bænk",
        (11.8745, 54.769),
        "Kommunens rastepladser",
    )
    assert (bench.name, bench.season, bench.open_24h, bench.access.step_free) == (None, None, None, None)
    assert result["things"]["facility"] == {"new": 1, "changed": 0, "unchanged": 0}


def test_a_nameless_line_becomes_a_route_of_one_stretch(imports: Imports, data_dir: Path, tmp_path: Path) -> None:
    line = [[11.9, 54.76], [11.91, 54.765]]
    imports(collection(tmp_path / "rute_cykel.geojson", ({"type": "Cykelrute"}, line)))
    (route,) = bodies(data_dir, "route")
    assert (route.name.da, route.name.en, route.modes, route.loop) == (
        "Cykelrute, uden navn",
        "Cycling route, no name",
        ("cycle",),
        False,
    )
    assert [(s.length_m, s.surface) for s in route.stretches] == [(851, None)]


def test_ids_are_those_of_source_type_and_key(imports: Imports, data_dir: Path, tmp_path: Path) -> None:
    imports(collection(tmp_path / "facil.geojson", ({"objekt_id": "a-1", "type": "Bænk"}, AT)))
    imports(collection(tmp_path / "facil.geojson", ({"objekt_id": "a-1", "type": "Bænk"}, AT)), source="register")
    assert {one.id for one in bodies(data_dir, "facility")} == {
        imported_id("facil", "facility", "a-1"),
        imported_id("register", "facility", "a-1"),
    }


def test_equal_lines_in_either_direction_are_one_route_and_each_row_is_named(
    imports: Imports, data_dir: Path, tmp_path: Path
) -> None:
    line = [[11.9, 54.76], [11.905, 54.761], [11.91, 54.765]]
    result = imports(collection(tmp_path / "rute_vandre.geojson", ({}, line), ({}, line[::-1]), ({}, line)))
    assert len(bodies(data_dir, "route")) == 1
    assert (result["new"], [(one["row"], one["reason"]) for one in result["left_out"]]) == (
        1,
        [(2, "Den samme som række 1."), (3, "Den samme som række 1.")],
    )


def test_a_bench_and_a_table_in_one_spot_are_two_things(imports: Imports, data_dir: Path, tmp_path: Path) -> None:
    features = [({"type": "Picnicbord"}, AT), ({"type": "Bænk"}, AT), ({"type": "Bænk"}, AT)]
    result = imports(collection(tmp_path / "facilit_rasteplads.geojson", *features))
    assert {one.type_text for one in bodies(data_dir, "facility")} == {"Bænk", "Picnicbord"}
    assert [(one["row"], one["code"]) for one in result["left_out"]] == [(3, "same")]
    again = imports(collection(tmp_path / "facilit_rasteplads.geojson", *reversed(features)))
    assert (again["unchanged"], again["gone_count"]) == (2, 0)


def test_one_id_on_two_different_things_keeps_the_first_and_names_the_other(imports: Imports, tmp_path: Path) -> None:
    features = [({"objekt_id": "a", "navn": "Den ene"}, AT), ({"objekt_id": "a", "navn": "Den anden"}, AT)]
    result = imports(collection(tmp_path / "facil.geojson", *features))
    assert (result["new"], [(one["row"], one["code"]) for one in result["left_out"]]) == (1, [(2, "same_id")])


def test_importing_again_leaves_every_head_where_it_is(imports: Imports, data_dir: Path, tmp_path: Path) -> None:
    path = collection(tmp_path / "lag.geojson", ({"navn": "Bænken"}, AT), ({"navn": "Stien"}, [AT, [11.88, 54.77]]))
    imports(path)
    before = heads(data_dir)
    again = imports(path)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert heads(data_dir) == before


@pytest.mark.parametrize(
    ("case", "new"), [("mixed-shapes.geojson", 3), ("null-empty-nan.gpkg", 2), ("crs-25832.geojson", 2)]
)
def test_a_case_comes_in_once_and_a_second_time_changes_nothing(
    imports: Imports, data_dir: Path, case: str, new: int
) -> None:
    path = Path(__file__).parents[3] / "cases" / f"import-{case}"
    assert imports(path)["new"] == new
    before = heads(data_dir)
    assert (imports(path)["unchanged"], heads(data_dir)) == (new, before)


def test_what_changed_in_the_register_changes_here_and_nothing_else(
    imports: Imports, data_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "facil.geojson"
    imports(collection(path, ({"objekt_id": "a", "navn": "Bænken"}, AT), ({"objekt_id": "b", "navn": "Bordet"}, AT)))
    before = heads(data_dir)["public"]
    result = imports(
        collection(path, ({"objekt_id": "a", "navn": "Havnebænken"}, AT), ({"objekt_id": "b", "navn": "Bordet"}, AT))
    )
    assert (result["new"], result["changed"], result["unchanged"]) == (0, 1, 1)
    assert heads(data_dir)["public"] == before + 1
    assert {one.name.da for one in bodies(data_dir, "facility")} == {"Havnebænken", "Bordet"}


def test_what_the_register_no_longer_has_is_told_and_not_deleted(
    imports: Imports, data_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "facil.geojson"
    imports(collection(path, ({"objekt_id": "a", "navn": "Bænken"}, AT), ({"objekt_id": "b", "navn": "Bordet"}, AT)))
    result = imports(collection(path, ({"objekt_id": "a", "navn": "Bænken"}, AT)))
    assert (result["gone_count"], result["gone_edited_count"]) == (1, 0)
    assert [(one["kind"], one["name"], one["edited"]) for one in result["gone"]] == [("facility", "Bordet", [])]
    assert len(bodies(data_dir, "facility")) == 2


def test_what_was_withdrawn_here_stays_withdrawn(imports: Imports, data_dir: Path, tmp_path: Path) -> None:
    path = collection(tmp_path / "facil.geojson", ({"objekt_id": "a", "navn": "Bænken"}, AT))
    imports(path)
    with local(data_dir) as tx:
        one = thing.find(tx, "facility", imported_id("facil", "facility", "a"))
        assert one is not None
        thing.withdraw(tx, one.row, NOW.date(), "taget ned")
        publish(tx, [("facility", one.id)], NOW.date())
    result = imports(collection(path, ({"objekt_id": "a", "navn": "Ny bænk"}, AT)))
    assert [(left["row"], left["code"]) for left in result["left_out"]] == [(1, "withdrawn")]
    assert (result["gone_count"], bodies(data_dir, "facility")) == (0, [])


def test_what_the_register_keeps_to_itself_no_phone_reads(imports: Imports, data_dir: Path, tmp_path: Path) -> None:
    hidden = {"objekt_id": "a", "navn": "Målestok", "off_kode": 2, "statuskode": 3}
    shown = {"objekt_id": "b", "navn": "Bænken", "off_kode": 1, "statuskode": 3}
    imports(collection(tmp_path / "facil.geojson", (hidden, AT), (shown, AT)))
    assert [one.name.da for one in bodies(data_dir, "facility")] == ["Bænken"]


def test_our_own_file_brings_a_route_with_its_stretches_and_facts(
    imports: Imports, data_dir: Path, tmp_path: Path
) -> None:
    fact = {"value": "firm", "source": "Ruteguide (demo)", "seen_on": "2026-03-02"}
    first = {
        "moede": "stretch", "route": "kohaven", "no": 1, "key": "kohaven-1", "surface": fact,
        "name": {"da": "Rundt i Kohaven", "en": "Round the Kohaven"}, "modes": ["walk"], "loop": True,
        "closures": [{"from": "2026-10-19", "to": None, "why": {"da": "Storm."}, "stretch_ids": None}],
        "season": {"from": "04-01", "through": "10-31"},
    }  # fmt: skip
    path = collection(
        tmp_path / "ruter.geojson",
        ({"moede": "stretch", "route": "kohaven", "no": 2}, [[11.91, 54.765], [11.9, 54.76]]),
        (first, [[11.9, 54.76], [11.91, 54.765]]),
        ({"moede": "facility", "key": "baenk", "code": 1371, "type_text": "Bænk", "name": {"da": "Bænken"}}, AT),
    )
    result = imports(path, source="demo")
    (route,) = bodies(data_dir, "route")
    assert (route.id, route.name.en, route.modes, route.loop) == (
        imported_id("demo", "route", "kohaven"),
        "Round the Kohaven",
        ("walk",),
        True,
    )
    assert [s.id for s in route.stretches] == [
        imported_id("demo", "stretch", key) for key in ("kohaven-1", "kohaven/2")
    ]
    assert [s.surface and s.surface.value for s in route.stretches] == ["firm", None]
    assert (route.closures[0].why.da, route.season.through, route.length_m) == ("Storm.", "10-31", 1702)
    assert (result["new"], result["things"]["route"]["new"], result["things"]["facility"]["new"]) == (3, 1, 1)


def test_a_route_with_a_stretch_missing_is_left_out_whole(imports: Imports, data_dir: Path, tmp_path: Path) -> None:
    line = [[11.9, 54.76], [11.91, 54.765]]
    named = {"moede": "stretch", "route": "a", "no": 1, "name": {"da": "A"}, "modes": ["walk"]}
    path = collection(
        tmp_path / "ruter.geojson",
        (named, line),
        ({"moede": "stretch", "route": "a", "no": 3}, line),
        ({"moede": "stretch", "route": "b", "no": 1}, line),
        ({"moede": "facility", "key": "c", "type_text": "Bænk", "code": 123456}, AT),
    )
    result = imports(path)
    assert {one["row"]: one["code"] for one in result["left_out"]} == {
        1: "broken_route",
        2: "broken_route",
        3: "no_route",
        4: "invalid",
    }
    assert bodies(data_dir, "route") == []


def test_a_name_that_is_too_long_is_named_not_cut(imports: Imports, tmp_path: Path) -> None:
    result = imports(collection(tmp_path / "facil.geojson", ({"navn": "å" * 255}, AT), ({"navn": "å" * 254}, AT)))
    assert [(one["row"], one["reason"]) for one in result["left_out"]] == [
        (1, "Feltet navn er længere end 254 tegn. Forkort det i filen.")
    ]


def test_a_file_that_was_not_read_is_refused(data_dir: Path) -> None:
    with pytest.raises(Refused) as caught:
        apply(data_dir, "0" * 64)
    assert (caught.value.code, caught.value.at) == ("invalid", "/args/blob")


@pytest.mark.parametrize("lines", [b"", b'{"line":"end","rows":1}\n', b"not json\n", b'{"line":"end","rows":0}'])
def test_lines_that_are_not_whole_leave_nothing(data_dir: Path, lines: bytes) -> None:
    path = geodata.lines_of(data_dir, "0" * 64)
    path.parent.mkdir()
    path.write_bytes(lines)
    before = heads(data_dir)
    if lines == b'{"line":"end","rows":0}':
        assert rows_in(apply(data_dir, "0" * 64).result) == 0
    else:
        with pytest.raises(Refused, match="invalid"):
            apply(data_dir, "0" * 64)
    assert heads(data_dir) == before


def test_the_real_layers_come_in_whole_and_a_second_time_change_nothing(shared_data: Path, data_dir: Path) -> None:
    reads, found, told = {}, {}, {}
    for path in sorted((shared_data / "guldborgsund").glob("*.gpkg")):
        read = geodata.read_file(path, data_dir=data_dir, bounds=(11.53, 54.559, 12.166, 54.968))
        name = path.stem.split("_", 1)[1]
        reads[name], found[name] = read, (read.rows, read.found)
        told[name] = apply(data_dir, read.blob).result
        assert rows_in(told[name]) == read.rows
    assert sum(rows for rows, _ in found.values()) == 17_108
    assert {name: counts for name, counts in found.items() if counts[1]} == {
        "rute_anden": (19, 19),
        "rute_cykel": (2983, 2983),
        "rute_vandre": (348, 348),
        "facilit_overnatning": (47, 11),
        "facilit_rasteplads": (226, 226),
        "facilit_service": (131, 131),
        "land_besoegs": (29, 15),
        "land_udflugt": (33, 33),
    }
    assert {name: told[name]["new"] for name in ("rute_cykel", "rute_vandre", "land_besoegs")} == {
        "rute_cykel": 342,  # the others lie on these: whole routes were drawn beside their pieces
        "rute_vandre": 270,
        "land_besoegs": 14,
    }
    assert {name: told[name]["things"]["route"]["new"] for name in ("rute_cykel", "rute_vandre", "rute_anden")} == {
        "rute_cykel": 476,
        "rute_vandre": 227,
        "rute_anden": 19,
    }
    before = heads(data_dir)
    for name, read in reads.items():
        again = apply(data_dir, read.blob).result
        assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, told[name]["new"])
        assert again["gone_count"] == 0
    assert heads(data_dir) == before


def test_walking_routes_of_the_real_layers_are_as_long_as_in_the_register(
    shared_data: Path, imports: Imports, data_dir: Path
) -> None:
    imports(shared_data / "guldborgsund" / "linestring_rute_vandre.gpkg")
    routes = bodies(data_dir, "route")
    assert {route.name.da for route in routes} == {"Vandrerute, uden navn"}
    # 665.9 km with those that stand twice, 575.9 km with those that lie on parts of others
    assert sum(route.length_m for route in routes) == pytest.approx(553_984, abs=250)
    assert max(route.length_m for route in routes) < 50_000
    assert len({route.slug for route in routes}) == len(routes) == 227


def test_what_is_kept_of_a_file_in_which_all_is_left_out_does_not_grow_with_it(
    imports: Imports, tmp_path: Path
) -> None:
    far = [-40.0, 10.0]
    rows = ({"objekt_id": "a", "navn": "Bænken"}, AT), *(({"navn": f"Bænk {n}"}, far) for n in range(3_000))
    result = imports(collection(tmp_path / "facil.geojson", *rows))
    assert result["new"] + sum(one.get("rows", 1) for one in result["left_out"]) == 3_001
    assert len(result["left_out"]) < 2_010
    assert "til af samme slags" in result["left_out"][-1]["reason"]

"""What goes out as our own GeoJSON comes back the same: ids, words, points to 0.01 m, whole lines. Places: test_returning_places.py."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from server import local
from server.feeds import folder, returning
from server.model.ids import imported_id
from server.model.values import Text
from server.prepare import prepare
from server.settings import Settings
from server.store import database
from sync import feed
from sync.sql import Tx
from tests.server.conftest import World
from tests.server.feeds.conftest import DEMO
from tests.server.feeds.made import TERMS
from tests.server.feeds.rfc7946 import wrong
from tests.server.web.conftest import lines, op

HELD = (
    "SELECT t.uid, f.source, f.key, f.code, f.type_text, f.name, f.access, f.season, f.open_24h, f.source_text, f.lon, f.lat, "
    "ST_X(g.geom), ST_Y(g.geom) FROM facility f JOIN thing t ON t.id = f.thing JOIN facility_point g ON g.facility = f.thing "
    "WHERE f.public AND t.withdrawn_on IS NULL ORDER BY t.uid",
    "SELECT t.uid, t.slug, r.source, r.key, r.name, r.modes, r.loop, r.season, r.source_text, r.closures, r.approaches "
    "FROM route r JOIN thing t ON t.id = r.thing WHERE r.public AND t.withdrawn_on IS NULL ORDER BY t.uid",
    "SELECT s.uid, s.no, s.line, s.length_m, s.surface, s.access, ST_AsText(l.geom) "
    "FROM stretch s JOIN stretch_line l ON l.stretch = s.id JOIN route r ON r.thing = s.route JOIN thing t ON t.id = r.thing "
    "WHERE r.public AND t.withdrawn_on IS NULL ORDER BY s.uid, s.no",
)


def held(tx: Tx) -> list[list[Any]]:
    """All that the store knows of public facilities and routes, but what is only of this one database."""
    return [tx.execute(statement).fetchall() for statement in HELD]


def files(to: Path) -> list[Path]:
    return sorted((to / "own").iterdir())


def there_and_back(full: Settings, empty: Settings, to: Path) -> None:
    folder.export(full.data_dir, to, TERMS, ["own"])
    assert local.import_files(empty, files(to)) == 0
    before, after = (database.look(one.data_dir, held) for one in (full, empty))
    assert after == before


def test_an_empty_database_that_imports_it_holds_the_same(full: Settings, empty: Settings, tmp_path: Path) -> None:
    there_and_back(full, empty, tmp_path / "out")
    assert len(database.look(empty.data_dir, held)[0]) > 5


def test_a_database_that_has_it_already_is_not_changed(full: Settings, tmp_path: Path) -> None:
    folder.export(full.data_dir, tmp_path / "out", TERMS, ["own"])
    before = database.look(full.data_dir, lambda tx: tx.execute("SELECT * FROM feed_scope").fetchall())
    assert local.import_files(full, files(tmp_path / "out")) == 0
    assert database.look(full.data_dir, lambda tx: tx.execute("SELECT * FROM feed_scope").fetchall()) == before


def geofa_line(n: int) -> dict[str, Any]:
    coordinates = [[11.8 + 0.001 * n + 0.0003137 * k, 54.76 + 0.00071 * k * (-1) ** (k // 7)] for k in range(60)]
    return feature({"navn": f"Sti {n}", "rute_ty_k": 5}, "LineString", coordinates)


def feature(properties: dict[str, Any], type: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": type, "coordinates": coordinates}}


def test_registers_of_others_come_back_with_their_ids_and_names(empty: Settings, begun: Path, tmp_path: Path) -> None:
    full = Settings(data_dir=shutil.copytree(begun, tmp_path / "full"))
    benches = [
        feature({"type": "Bænk"}, "Point", [11.87 + n * 0.00123457, 54.76 + n * 0.0007654321]) for n in range(40)
    ]
    several = feature({"navn": "To stykker", "rute_ty_k": 5}, "MultiLineString", [
        [[11.87, 54.76], [11.8712345, 54.7612345], [11.88, 54.77]], [[11.89, 54.77], [11.9, 54.78]]])  # fmt: skip
    for name, features in {
        "facilit_rasteplads": benches, "Kommunens stier": [*map(geofa_line, range(3)), several],
    }.items():  # fmt: skip
        path = tmp_path / f"{name}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        assert local.import_files(full, [path]) == 0
    there_and_back(full, empty, tmp_path / "out")


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=60
)


def test_whatever_a_thing_is_called_comes_back(begun: Path, tmp_path: Path, world: World) -> None:
    # Through the reader's own words: what it makes of a file is what it makes of ours.
    seen: list[str] = []

    @given(NAMES.filter(lambda name: name.strip()))
    def comes_back(name: str) -> None:
        id = world.facility(name=Text(da=name), type_text="Bænk")
        held = returning.take_own(world.tx, TERMS)
        (document,) = (document for name, document in returning.files(held) if name.startswith("facilities"))
        told = {one["properties"]["id"]: one["properties"] for one in json.loads(document)["features"]}
        assert told[id]["name"]["da"] == name
        seen.append(name)

    comes_back()
    assert seen


def test_a_large_register_goes_into_several_files_and_no_route_into_two(
    full: Settings, empty: Settings, tmp_path: Path
) -> None:
    held_here = database.look(full.data_dir, lambda tx: returning.take_own(tx, TERMS))
    documents = [document for _, document in returning.files(held_here, most=1500)]
    assert len(documents) > 4
    routes: list[set[str]] = []
    for no, document in enumerate(documents):
        path = tmp_path / f"{no}.geojson"
        path.write_bytes(document)
        routes.append(
            {f["properties"]["route"] for f in json.loads(document)["features"] if "route" in f["properties"]}
        )
        assert local.import_files(empty, [path]) == 0
    assert sum(map(len, routes)) == len(set.union(*routes))
    assert database.look(empty.data_dir, held) == database.look(full.data_dir, held)


def test_what_staff_alone_read_does_not_go_out(world: World) -> None:
    world.facility(name=Text(da="Hemmelig bænk"), public=False)
    world.route([(0, 0), (100, 0)], public=False, name=Text(da="Hemmelig sti"))
    shown = world.facility(5, 5)
    held_here = returning.take_own(world.tx, TERMS)
    text = b"".join(document for _, document in returning.files(held_here)).decode()
    assert shown in text
    assert "Hemmelig" not in text


def test_what_people_made_and_changed_here_comes_back_too(full: Settings, empty: Settings, tmp_path: Path) -> None:
    made = "019d4000-0000-7000-8000-00000000fac1"
    (changed,) = database.look(
        full.data_dir,
        lambda tx: tx.execute("SELECT t.uid FROM facility f JOIN thing t ON t.id = f.thing LIMIT 1").fetchall(),
    )
    bench = {"type_text": "Bænk", "point": [11.871234, 54.771234], "name": {"da": "Ny bænk"}}
    ops = [
        op("save_facility", "facility", made, {"set": bench}),
        op(
            "save_facility", "facility", changed[0], {"set": {"name": {"da": "Et andet navn"}, "point": [11.87, 54.76]}}
        ),
    ]
    assert all(b'"status":"applied"' in reply for reply in local.send(full, lines(*ops)))
    there_and_back(full, empty, tmp_path / "out")
    told = {row[0]: row for row in database.look(empty.data_dir, held)[0]}
    assert '"Ny bænk"' in told[made][5]
    assert '"Et andet navn"' in told[changed[0]][5]


def test_two_registers_may_call_two_things_the_same(empty: Settings, begun: Path, tmp_path: Path) -> None:
    full = Settings(data_dir=shutil.copytree(begun, tmp_path / "full"))
    for n, register in enumerate(["Vej & Park", "vej-park", "Skoven"]):
        path = tmp_path / f"{n}.geojson"
        bench = {"moede": "facility", "key": "1", "type_text": "Bænk"}
        line = {"moede": "stretch", "route": "1", "name": {"da": "Stien"}}
        features = [
            feature(bench, "Point", [11.87 + n / 100, 54.76]),
            feature(line, "LineString", [[11.87 + n / 100, 54.76], [11.875 + n / 100, 54.765]]),
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        assert local.import_files(full, [path], source=register) == 0
    there_and_back(full, empty, tmp_path / "out")
    assert [path.name for path in files(tmp_path / "out")] == [
        "facilities-skoven.geojson", "facilities-vej-park.2.geojson", "facilities-vej-park.geojson", "routes-skoven.geojson",
        "routes-vej-park.2.geojson", "routes-vej-park.geojson",
    ]  # fmt: skip


def test_each_file_is_what_the_standard_asks(full: Settings) -> None:
    held_here = database.look(full.data_dir, lambda tx: returning.take_own(tx, TERMS))
    assert [wrong(document) for _, document in returning.files(held_here)] == [[], []]


def test_an_export_of_the_demo_says_so_in_every_file_and_is_refused_among_real_data(
    empty: Settings, tmp_path: Path
) -> None:
    demo, to = Settings(data_dir=tmp_path / "demo"), tmp_path / "out"
    prepare(demo.data_dir, code=demo.code, name=demo.name, demo=True)
    assert local.import_files(demo, [DEMO / "facilities.geojson", DEMO / "routes.geojson"], into_demo=True) == 0
    folder.export(demo.data_dir, to, TERMS)
    files = [path for path in to.rglob("*") if path.is_file()]
    without_rows = {"places.csv"}
    assert [path.name for path in files if b"opdigtet" not in path.read_bytes() and path.name not in without_rows] == []
    told = Console(file=io.StringIO(), soft_wrap=True)
    sent = sorted(to.rglob("*.geojson"))
    assert len(sent) == 5
    assert local.import_files(empty, sent, say=told) == len(sent)
    said = told.file.getvalue()  # type: ignore[attr-defined]
    assert said.count("er fra demoen") == said.count("DEMO=1 DATA_DIR=var/demo python -m server run") == len(sent)
    with database.local(empty.data_dir) as tx:
        assert tx.execute("SELECT count(*) FROM thing WHERE kind IN ('facility', 'route')").fetchone() == (0,)


def said(settings: Settings, paths: list[Path], source: str | None = None) -> str:
    told = Console(file=io.StringIO(), soft_wrap=True)
    assert local.import_files(settings, paths, source=source, say=told) == 0
    return told.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def marks(settings: Settings) -> set[tuple[str, str]]:
    """(id, field) of what was edited."""
    found = database.look(
        settings.data_dir,
        lambda tx: tx.execute("SELECT t.uid, e.field FROM edited e JOIN thing t ON t.id = e.thing").fetchall(),
    )
    return {(str(id), str(field)) for id, field in found}


REGISTER = [DEMO / "facilities.geojson", DEMO / "routes.geojson"]


@pytest.fixture
def edits(full: Settings) -> Settings:
    """The database, after somebody edited a facility and a route of its register."""
    bench, route = (
        imported_id("demo", kind, key) for kind, key in (("facility", "baenk-havnen"), ("route", "kohaven"))
    )
    body = database.look(full.data_dir, lambda tx: feed.current(tx, "public", "route", route))
    assert body is not None
    stretch = {"id": json.loads(body[1])["stretches"][0]["id"], "surface": None}
    ops = lines(
        op("save_facility", "facility", bench, {"set": {"name": {"da": "Min bænk"}, "point": [11.9, 54.77]}}),
        op(
            "save_route",
            "route",
            route,
            {"set": {"name": {"da": "Min rute"}, "slug": "min-egen", "stretches": [stretch]}},
        ),
    )
    replies = [json.loads(reply) for reply in local.send(full, ops)]
    assert [reply["status"] for reply in replies] == ["applied"] * 2, replies
    assert {field.split("/")[0] for _, field in marks(full)} == {"name", "point", "stretches", "slug"}
    return full


def test_edits_stay_edits_when_our_own_export_is_read_where_it_came_from(edits: Settings, tmp_path: Path) -> None:
    before, marked = database.look(edits.data_dir, held), marks(edits)
    folder.export(edits.data_dir, tmp_path / "out", TERMS, ["own"])
    assert "nye" not in (told := said(edits, files(tmp_path / "out"))), told
    assert "ændrede" not in told.replace("uændrede", "")
    assert marks(edits) == marked
    assert "Rettelsen står" in said(edits, REGISTER, "demo")
    assert (database.look(edits.data_dir, held), marks(edits)) == (before, marked)


def test_edits_travel_to_another_database_and_what_the_register_said_does_not(
    edits: Settings, empty: Settings, tmp_path: Path
) -> None:
    there_and_back(edits, empty, tmp_path / "out")
    assert marks(empty) == marks(edits)
    assert b"B\xc3\xa6nk p\xc3\xa5 kajen" not in b"".join(path.read_bytes() for path in files(tmp_path / "out"))
    before = database.look(empty.data_dir, held)
    for _ in range(2):
        assert "»Min bænk« her, »Bænk på kajen« i registret" in said(empty, REGISTER, "demo")
        assert (database.look(empty.data_dir, held), marks(empty)) == (before, marks(edits))
    told = said(empty, files(tmp_path / "out"))
    assert "ændrede" not in told.replace("uændrede", ""), told
    assert marks(empty) == marks(edits)


def test_an_edit_that_comes_where_the_register_stands_is_an_edit_there_too(
    edits: Settings, empty: Settings, tmp_path: Path
) -> None:
    said(empty, REGISTER, "demo")
    folder.export(edits.data_dir, tmp_path / "out", TERMS, ["own"])
    assert "navn: før »Bænk på kajen«, nu »Min bænk«" in said(empty, files(tmp_path / "out"))
    assert {(id, field) for id, field in marks(edits) if field != "slug"} <= marks(empty)
    assert "»Min bænk« her, »Bænk på kajen« i registret" in said(empty, REGISTER, "demo")
    assert database.look(empty.data_dir, held)[0] == database.look(edits.data_dir, held)[0]

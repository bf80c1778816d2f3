"""Rows of facilities and routes: once in, twice the same; slugs that redirect; history by v."""

import datetime
import sqlite3
from typing import Any

import msgspec
import pyproj
import pytest

from server.model.values import Text
from server.store import facility, history, route, slugs, thing
from sync import feed


def test_a_facility_is_new_then_unchanged_then_changed(world: Any) -> None:
    row = world.facility_row(0, 0)
    assert facility.upsert(world.tx, row) == "new"
    assert facility.upsert(world.tx, row) == "unchanged"
    assert facility.upsert(world.tx, msgspec.structs.replace(row, x=row.x + 0.01)) == "changed"
    assert world.count("facility") == 1


def test_what_was_withdrawn_stays_so_when_it_is_imported_again(world: Any) -> None:
    row = world.facility_row(0, 0)
    facility.upsert(world.tx, row)
    world.done("withdraw", "facility", row.id, {"why": "væk"})
    assert facility.upsert(world.tx, msgspec.structs.replace(row, type_text="Bord")) == "unchanged"
    assert world.body("public", "facility", row.id) is None


def test_a_point_that_is_known_goes_into_the_body_as_it_is(world: Any) -> None:
    row = msgspec.structs.replace(world.facility_row(0, 0), point=(11.8612341, 54.7))
    facility.upsert(world.tx, row)
    world.publish("facility", row.id)
    assert world.body("public", "facility", row.id)["point"] == [11.861234, 54.7]


def test_a_point_that_is_not_known_is_reckoned(world: Any) -> None:
    id = world.facility(0, 0)
    lon, lat = world.body("public", "facility", id)["point"]
    judge = pyproj.Transformer.from_crs(25832, 4326, always_xy=True).transform(684_000, 6_073_000)
    assert (lon, lat) == (round(judge[0], 6), round(judge[1], 6))


def test_a_route_with_another_line_loses_its_old_stretches(world: Any) -> None:
    row = world.route_row([(0, 0), (10, 0)], [(10, 0), (20, 0)])
    assert route.upsert(world.tx, row) == "new"
    shorter = world.route_row([(0, 0), (10, 0)], id=row.id)
    assert route.upsert(world.tx, shorter) == "changed"
    assert route.upsert(world.tx, shorter) == "unchanged"
    assert (world.count("stretch"), world.count("stretch_line"), world.count("idx_stretch_line_geom")) == (1, 1, 1)


def test_many_routes_of_one_name_have_each_its_address(world: Any) -> None:
    found = set()
    for _ in range(15):
        row = world.route_row([(0, 0), (10, 0)])
        route.upsert(world.tx, row)
        found.add(world.tx.execute("SELECT slug FROM thing WHERE uid = ?", (row.id,)).fetchall()[0][0])
    assert len(found) == 15
    assert {"soestien", "soestien-2", "soestien-9"} <= found


def test_a_route_that_comes_back_with_the_number_of_its_address_is_unchanged(world: Any) -> None:
    row = world.route_row([(0, 0), (10, 0)])
    route.upsert(world.tx, row)
    assert route.upsert(world.tx, msgspec.structs.replace(row, slug=f"{row.slug}-2")) == "unchanged"
    assert slugs.find(world.tx, "route", "soestien") == slugs.Found(row.id, "soestien")


def test_a_route_that_is_renamed_redirects_from_its_old_address(world: Any) -> None:
    row = world.route_row([(0, 0), (10, 0)])
    route.upsert(world.tx, row)
    route.upsert(world.tx, msgspec.structs.replace(row, slug="fjordstien", name=Text(da="Fjordstien")))
    found = slugs.find(world.tx, "route", "soestien")
    assert found == slugs.Found(row.id, "fjordstien")
    assert slugs.free(world.tx, "route", "soestien", world.id()) == "soestien-2", "an old address stays one's own"
    assert slugs.free(world.tx, "route", "soestien", row.id) == "soestien"


def test_a_slug_of_old_taken_up_again_is_the_slug_once_more(world: Any) -> None:
    row = world.route_row([(0, 0), (10, 0)])
    route.upsert(world.tx, row)
    for slug in ("fjordstien", "soestien"):
        route.upsert(world.tx, msgspec.structs.replace(row, slug=slug))
    assert slugs.find(world.tx, "route", "soestien") == slugs.Found(row.id, "soestien")
    assert slugs.find(world.tx, "route", "fjordstien") == slugs.Found(row.id, "soestien")


def test_nothing_points_at_what_is_not_there(world: Any) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        world.tx.execute("INSERT INTO near (route, thing) VALUES (99999, 99999)").fetchall()


def test_history_has_each_staff_body_by_its_v(world: Any) -> None:
    place = world.place("idea")
    row = thing.find(world.tx, "place", place)
    assert row is not None
    first = feed.current(world.tx, "staff", "place", place)
    assert first is not None
    world.done("save_place", "place", place, {"set": {"notes": "Spørg bestyrelsen"}})
    second = feed.current(world.tx, "staff", "place", place)
    assert second is not None
    assert first[0] != second[0]
    for v, body in (first, second):
        assert history.body(world.tx, row.row, v) == body
    assert history.body(world.tx, row.row, "00000000") is None
    kept = world.tx.execute("SELECT saved_at, saved_by FROM history ORDER BY id").fetchall()
    assert kept[-1] == ("2026-04-01T07:00:00Z", "local")


def test_a_fault_keeps_the_day_and_no_time(world: Any) -> None:
    bench = world.facility()
    world.do("report_fault", "facility", bench, {"what": "litter", "text": "Flasker", "photos": []})
    columns = [row[1] for row in world.tx.execute("PRAGMA table_info(fault)").fetchall()]
    (row,) = world.tx.execute("SELECT * FROM fault").fetchall()
    told = dict(zip(columns, row, strict=True))
    assert told["since"] == datetime.date(2026, 4, 1).isoformat()
    assert told["uid"][14] == "4", "a UUIDv7 would tell the millisecond"
    assert not any(":" in str(value) for value in row)

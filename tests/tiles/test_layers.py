"""What each source becomes on the map."""

import numpy as np
import pytest
import shapely

from tiles.layers.boundaries import boundaries
from tiles.layers.labels import place_labels
from tiles.layers.layer import Town, World
from tiles.layers.protected import protected
from tiles.layers.streets import kind_of, streets
from tiles.layers.table import why_not
from tiles.sources.read import Left, Source, Value


def source(stem: str, shapes: list[shapely.Geometry], **fields: list[Value]) -> Source:
    return Source(stem, len(shapes), np.array(shapes, dtype=object), list(range(1, len(shapes) + 1)), fields, [])


def world(
    *sources: Source, area: Source | None = None, land: Source | None = None, towns: list[Town] | None = None
) -> World:
    square = source("area", [shapely.box(0, 0, 10_000, 10_000)])
    frame = shapely.box(-5000, -5000, 15_000, 15_000)
    return World({one.stem: one for one in sources}, area or square, land, towns or [], frame)


@pytest.mark.parametrize(
    ("owner", "limit", "kind"),
    [
        ("Off. statsvej", 110.0, "motorway"),
        ("Off. statsvej", 90.0, "primary"),
        ("Off. statsvej", None, "primary"),
        ("Off. kommunevej", 80.0, "tertiary"),
        ("Off. kommunevej", 70.0, "tertiary"),
        ("Off. kommunevej", 60.0, "unclassified"),
        ("Off. kommunevej", None, "unclassified"),
        ("Off. kommunevej", 50.0, "residential"),
        ("Privat fællesvej", None, "service"),
        ("Privat vej", 30.0, "track"),
        ("Kongevej", None, None),
    ],
)
def test_a_road_is_what_its_owner_and_its_limit_make_it(owner: str, limit: float | None, kind: str | None) -> None:
    assert kind_of(owner, limit) == kind


def test_a_road_takes_the_limit_beside_its_middle_and_no_other() -> None:
    roads = [shapely.LineString([(0, 0), (1000, 0)]), shapely.LineString([(0, 200), (1000, 200)])]
    made = streets(
        world(
            source("linestring_vej_myndighed", roads, type=["Off. kommunevej", "Off. kommunevej"]),
            source("linestring_vej_hastighedsgraense", [shapely.LineString([(400, 10), (600, 10)])], type=[80.0]),
        )
    )
    assert made.fields["kind"] == ["tertiary", "unclassified"]


def test_an_owner_that_nobody_knows_is_named() -> None:
    roads = source("linestring_vej_myndighed", [shapely.LineString([(0, 0), (9, 9)])], type=["Kongevej"])
    assert streets(world(roads)).left == [Left("linestring_vej_myndighed", 1, "unknown owner Kongevej")]


def test_a_judgement_on_culture_is_no_protected_nature() -> None:
    areas = [shapely.box(0, 0, 9, 9), shapely.box(20, 0, 29, 9)]
    made = protected(
        world(source("polygon_land_vaerdifuld", areas, type=["Naturbeskyttelsesområde", "Værdifuldt kulturmiljø"]))
    )
    assert made.fields["kind"] == ["nature_interest"]
    assert made.left == [Left("polygon_land_vaerdifuld", 2, "not nature: Værdifuldt kulturmiljø")]


def test_the_border_is_maritime_along_the_sea_and_not_along_the_neighbour() -> None:
    land = source("land", [shapely.box(-5000, -5000, 0, 15_000), shapely.box(0, 0, 10_000, 10_000)])
    made = boundaries(world(land=land))
    length = {maritime: shape.length for shape, maritime in zip(made.shapes, made.fields["maritime"], strict=True)}
    assert length[True] == pytest.approx(30_000, abs=400)
    assert length[False] == pytest.approx(10_000, abs=400)


def test_without_land_there_is_no_sea_and_every_border_is_on_land() -> None:
    assert set(boundaries(world()).fields["maritime"]) == {False}


def test_towns_keep_the_order_of_settings() -> None:
    towns = [
        Town({"da": "Å", "de": "A"}, "town", shapely.Point(1, 1)),
        Town({"da": "Ø"}, "village", shapely.Point(2, 2)),
    ]
    made = place_labels(world(towns=towns))
    assert made.fields["name"] == ["Å", "Ø"]
    assert made.fields["name_de"] == ["A", None]
    assert made.fields["rank"] == [0, 1]
    assert made.fields["kind"] == ["town", "village"]


@pytest.mark.parametrize("stem", ["linestring_rute_vandre", "point_facilit_rasteplads", "point_land_udflugt"])
def test_routes_and_facilities_never_go_into_tiles(stem: str) -> None:
    assert why_not(stem) == "lies on top of the map, from the feed"

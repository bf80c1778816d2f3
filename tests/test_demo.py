"""What everybody sees first is true to its own words: files that the import takes, places that may be published, plain Danish."""

import itertools
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import shapely
from PIL import Image

from server.formats import own
from server.model import line
from server.model.fault import ReportFault
from server.model.ids import imported_id
from server.model.lifecycle import may_step
from server.model.place import FIVE, Place, PlaceSet, missing
from server.model.site import Site, SiteSet
from tiles.layers.kinds import LAND_FROM, STREETS_FROM, WATER_FROM, WATER_LINES_FROM

DEMO = Path(__file__).resolve().parent.parent / "demo"
Json = dict[str, Any]

LIX_UNDER = 35
NEVER = re.compile(r"ensom|alene\b|lonel|\balone\b|einsam|\ballein\b", re.IGNORECASE)
SITE_BYTES = 6_000
LAND_BYTES = 200_000
LAYERS_BYTES = 1_200_000
PHOTO_BYTES = 60_000


def read(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def features(name: str) -> list[Json]:
    found: list[Json] = read(name)["features"]
    return found


PLACES: list[Json] = [read(f"places/{path.name}") for path in sorted((DEMO / "places").glob("*.json"))]
FACILITIES = features("facilities.geojson")
STRETCHES = features("routes.geojson")
GEOJSON = sorted(path.relative_to(DEMO).as_posix() for path in DEMO.rglob("*.geojson"))
LAYERS = [name for name in GEOJSON if name.startswith("layers/")]
SITE = msgspec.json.decode((DEMO / "site.json").read_bytes(), type=SiteSet)
FACILITY_KEYS = [feature["properties"]["key"] for feature in FACILITIES]
STRETCH_KEYS = [feature["properties"]["key"] for feature in STRETCHES]
ROUTE_KEYS = list(dict.fromkeys(feature["properties"]["route"] for feature in STRETCHES))
PLACE_KEYS = [place["key"] for place in PLACES]
LAND = shapely.union_all([shapely.geometry.shape(feature["geometry"]) for feature in features("land.geojson")])
shapely.prepare(LAND)

every_place = pytest.mark.parametrize("place", PLACES, ids=PLACE_KEYS)


EVENTS: list[Json] = [read(f"events/{path.name}") for path in sorted((DEMO / "events").glob("*.json"))]
ORGANISERS: list[Json] = [read(f"organisers/{path.name}") for path in sorted((DEMO / "organisers").glob("*.json"))]


def state(place: Json) -> str:
    return place["steps"][-1] if place["steps"] else "idea"


def texts(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """(where, words) of every string in a value."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, f"{at}/{name}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from texts(inner, f"{at}/{n}")


def lix(words: str) -> float:
    """Läsbarhetsindex: words a sentence, plus the share of words over six letters in per cent."""
    words = re.sub(r"\b(kl|ca|nr)\.", r"\1", words)
    words = re.sub(r"(\d)[.,](\d)", r"\1\2", words)  # 9.50 and 1,2 km end no sentence
    words = re.sub(r"\b(\d+)\. ", r"\1 ", words)  # nor does a date
    sentences = [part for part in re.split(r"[.!?:;\n]+", words) if re.search(r"\w", part)]
    each = re.findall(r"[^\W_]+", words)
    return len(each) / len(sentences) + 100 * sum(len(word) > 6 for word in each) / len(each)


def body(place: Json) -> Place:
    """The place as it would be published."""
    told = {name: value for name, value in place["place"].items() if name not in ("notes", "last_seen_on")}
    told |= {
        "id": imported_id("demo", "place", place["key"]), "slug": "x", "state": "active", "url": None, "organiser_id": None,
        "route_id": imported_id("demo", "route", place["route"]) if place["route"] else None,
        "facility_ids": [imported_id("demo", "facility", key) for key in place["facilities"]], "photos": [], "faults": [],
    }  # fmt: skip
    return msgspec.convert(told, Place)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.hypot((a[0] - b[0]) * 111_320 * math.cos(math.radians(a[1])), (a[1] - b[1]) * 111_320)


# The map beneath


@pytest.mark.parametrize("name", GEOJSON)
def test_every_file_says_what_it_is_and_under_which_licence(name: str) -> None:
    told = read(name)
    assert "demo" in told["about"].lower()
    assert told["licence"] in ("EUPL-1.2", "LGPL-3.0-or-later")


def test_the_land_names_its_source_and_stays_small() -> None:
    for name in ("land.geojson", "area.geojson"):
        assert "GSHHG" in read(name)["source"]
        assert (DEMO / name).stat().st_size <= LAND_BYTES


def test_the_layers_together_stay_small() -> None:
    assert sum((DEMO / name).stat().st_size for name in LAYERS) <= LAYERS_BYTES


@pytest.mark.parametrize("name", [*LAYERS, "land.geojson", "area.geojson"])
def test_every_shape_is_valid(name: str) -> None:
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features(name)]
    assert shapes
    assert all(shape.is_valid and not shape.is_empty for shape in shapes)


def test_the_municipality_lies_on_the_land_and_is_as_large_as_the_real_one() -> None:
    area = shapely.union_all([shapely.geometry.shape(feature["geometry"]) for feature in features("area.geojson")])
    assert area.difference(LAND.buffer(1e-4)).area < 1e-6
    square_km = area.area * 111.32**2 * math.cos(math.radians(54.77))
    assert 870 < square_km < 940  # the real one has 903


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("veje", STREETS_FROM.keys() | {"ferry"}),
        ("skov", LAND_FROM.keys()),
        ("natur", LAND_FROM.keys()),
        ("soe", WATER_FROM.keys()),
        ("vandloeb", WATER_LINES_FROM.keys()),
        ("vandnavne", {"sound", "bay", "fjord"}),
    ],
)
def test_the_map_maker_draws_every_kind(name: str, known: set[str]) -> None:
    assert {feature["properties"]["kind"] for feature in features(f"layers/{name}.geojson")} <= known


def test_names_of_waters_lie_in_the_water() -> None:
    for feature in features("layers/vandnavne.geojson"):
        assert not LAND.contains(shapely.geometry.shape(feature["geometry"])), feature["properties"]["name"]


# Settings


def test_the_settings_travel_in_six_kilobytes() -> None:
    site = Site(
        **{name: value for name in SiteSet.__struct_fields__ if (value := getattr(SITE, name)) is not msgspec.UNSET}
    )
    assert site.code == "376"
    assert len(msgspec.json.encode(site)) <= SITE_BYTES


def test_the_sound_parts_lolland_from_falster_in_the_settings_too() -> None:
    assert isinstance(SITE.land, tuple)
    lands = [shapely.Polygon(line.decode(rings[0])) for rings in SITE.land]
    assert all(land.is_valid for land in lands)
    assert not any(a.intersects(b) for a, b in itertools.combinations(lands, 2))

    def land_of(lon: float, lat: float) -> list[int]:
        return [n for n, land in enumerate(lands) if land.contains(shapely.Point(lon, lat))]

    nykoebing, gedser, sundby = land_of(11.87425, 54.76906), land_of(11.928, 54.576), land_of(11.84979, 54.76711)
    assert len(nykoebing) == len(sundby) == 1
    assert nykoebing == gedser != sundby


def test_help_has_the_four_numbers_and_invents_none_as_real() -> None:
    assert isinstance(SITE.help, tuple)
    real = {"112", "54 73 10 00", "70 201 201"}
    assert {help.what for help in SITE.help} == {"emergency", "municipality", "line", "crisis"}
    for help in SITE.help:
        assert help.phone in real or (help.phone.startswith("00 00 00") and "prøvenummer" in help.name.da)


def test_towns_lie_on_land_and_inside_the_bounds() -> None:
    assert isinstance(SITE.towns, tuple)
    assert isinstance(SITE.bounds, tuple)
    west, south, east, north = SITE.bounds
    for town in SITE.towns:
        assert west < town.point[0] < east
        assert south < town.point[1] < north
        assert LAND.contains(shapely.Point(town.point)), town.name.da


# Facilities and routes


def test_there_are_fifteen_facilities_and_each_has_its_own_key() -> None:
    assert len(FACILITY_KEYS) >= 15
    assert len(set(FACILITY_KEYS)) == len(FACILITY_KEYS)
    assert len(set(STRETCH_KEYS)) == len(STRETCH_KEYS)
    assert len(set(PLACE_KEYS)) == len(PLACE_KEYS)


@pytest.mark.parametrize("feature", FACILITIES, ids=FACILITY_KEYS)
def test_the_import_takes_the_facility_and_it_stands_on_land(feature: Json) -> None:
    own.facility(feature["properties"])
    assert LAND.contains(shapely.geometry.shape(feature["geometry"]))


def test_every_code_stands_in_the_list_of_geofa(shared_data: Path) -> None:
    listed = json.loads((shared_data / "geofa-kodelister-1.7.json").read_text(encoding="utf-8"))["d_5800_facilitet"]
    assert {feature["properties"]["code"] for feature in FACILITIES} <= {row["kode"] for row in listed}


def test_some_is_known_with_source_and_date_and_some_is_not() -> None:
    facts = [feature["properties"]["access"] for feature in FACILITIES]
    known = [fact for access in facts for fact in access.values()]
    assert known
    assert all("(demo)" in fact["source"] for fact in known)
    assert sum(not access for access in facts) >= 5
    assert any(feature["properties"].get("season") for feature in FACILITIES)


@pytest.mark.parametrize("key", ROUTE_KEYS)
def test_a_route_is_whole_and_has_a_surface_that_nobody_knows(key: str) -> None:
    stretches = [feature for feature in STRETCHES if feature["properties"]["route"] == key]
    said = [own.stretch(feature["properties"]) for feature in stretches]
    told = own.route(stretches[0]["properties"])
    assert [one.no for one in said] == list(range(1, len(said) + 1))
    assert len(said) >= 3
    assert len({one.surface.value for one in said if one.surface}) >= 2
    lines = [feature["geometry"]["coordinates"] for feature in stretches]
    assert all(a[-1] == b[0] for a, b in itertools.pairwise(lines))
    assert (lines[0][0] == lines[-1][-1]) == told.loop
    assert all(LAND.contains(shapely.LineString(one)) for one in lines)


def test_three_routes_one_with_a_narrow_gate_and_a_stretch_that_is_closed() -> None:
    assert len(ROUTE_KEYS) == 3
    assert any(feature["properties"]["surface"] is None for feature in STRETCHES)
    gates = [feature["properties"]["access"].get("gate_cm") for feature in STRETCHES]
    assert [gate["value"] for gate in gates if gate] == [85]
    firsts = [own.route(feature["properties"]) for feature in STRETCHES if feature["properties"]["no"] == 1]
    closed = [id for told in firsts for closure in told.closures for id in closure.stretch_ids or ()]
    assert closed
    assert set(closed) <= {imported_id("demo", "stretch", key) for key in STRETCH_KEYS}


# Places


def test_every_form_and_every_state_of_a_place_that_may_still_change_is_there() -> None:
    active = {place["place"]["form"] for place in PLACES if state(place) == "active"}
    assert active == {"building", "spot", "route", "online", "mental"}
    assert {state(place) for place in PLACES} == {"idea", "developing", "active", "resting"}


@every_place
def test_save_place_takes_the_place_and_its_steps_are_legal(place: Json) -> None:
    msgspec.convert(place["place"], PlaceSet)
    assert all(may_step(a, b) for a, b in itertools.pairwise(["idea", *place["steps"]]))


@every_place
def test_what_the_place_points_at_is_there(place: Json) -> None:
    assert set(place["facilities"]) <= set(FACILITY_KEYS)
    assert place["route"] is None or place["route"] in ROUTE_KEYS


@every_place
def test_a_place_that_was_public_lacks_nothing(place: Json) -> None:
    lacks = missing(body(place), route_is_public=place["route"] in ROUTE_KEYS)
    assert (lacks == ()) == (state(place) not in ("idea", "developing"))


@every_place
def test_an_active_place_has_all_five_texts_and_a_first_time(place: Json) -> None:
    if state(place) == "active":
        assert all(place["place"][name]["da"] for name in (*FIVE, "first_time"))
        assert {"da", "en", "de"} == place["place"]["name"].keys() == place["place"]["purpose"].keys()


@every_place
def test_a_place_stands_on_land_and_its_ways_end_there(place: Json) -> None:
    taken = body(place)
    if taken.point is None:
        assert taken.form in ("online", "mental")
        return
    assert LAND.contains(shapely.Point(taken.point))
    for way in taken.approaches:
        points = line.decode(way.line)
        length = sum(metres(a, b) for a, b in itertools.pairwise(points))
        assert abs(length - way.length_m) <= max(5, 0.03 * length)
        assert metres(points[-1], taken.point) < 20


@every_place
def test_the_words_of_a_place_are_plain(place: Json) -> None:
    told = [place["place"][name]["da"] for name in (*FIVE, "way_in", "first_time") if place["place"].get(name)]
    assert lix("\n".join(told)) < LIX_UNDER


def test_lix_counts_as_its_inventor_does() -> None:
    assert lix("Huset er gult. Det ligger ved havnen.") == 3.5
    assert round(lix("Kommunen oplyser borgerne om mulighederne."), 1) == 85.0


@every_place
def test_whoever_is_named_is_marked_as_demo_and_no_number_reaches_anybody(place: Json) -> None:
    if contact := place["place"]["contact"]:
        assert contact["name"].endswith("(demo)")
        assert contact["phone"].startswith("00 00 00")
    facts = [
        fact
        for fact in [place["place"]["surface"], *place["place"]["access"].values(), place["place"]["hours"]]
        if fact
    ]
    assert all("(demo)" in fact["source"] for fact in facts)


def test_one_building_says_that_its_hours_are_unknown() -> None:
    hours = [
        place["place"]["hours"] for place in PLACES if place["place"]["form"] == "building" and state(place) == "active"
    ]
    assert any(said["weekly"] is None and said["source"] for said in hours)
    assert any(said["weekly"] and said["except"] for said in hours)


def test_the_exercises_stand_in_the_text_itself() -> None:
    mental = next(place for place in PLACES if place["place"]["form"] == "mental")
    assert re.findall(r"^(\d)\.", mental["place"]["activities"]["da"], re.MULTILINE) == list("12345")


def test_one_place_is_closed_for_a_time() -> None:
    assert any(closure["to"] for place in PLACES for closure in place["place"]["closures"])


def test_no_word_names_what_the_places_are_against() -> None:
    said = [*texts(PLACES, "places"), *texts(read("site.json"), "site"), *texts(read("faults.json"), "faults")]
    said += [*texts(EVENTS, "events"), *texts(ORGANISERS, "organisers")]
    said += [
        *texts(FACILITIES, "facilities"),
        *texts(STRETCHES, "routes"),
        ("README", (DEMO / "README.md").read_text()),
    ]
    assert [(at, words) for at, words in said if NEVER.search(words)] == []


# Pictures and faults

PHOTOS: list[Json] = [photo for place in PLACES for photo in place["photo_files"]]


@pytest.mark.parametrize("photo", PHOTOS, ids=[photo["file"] for photo in PHOTOS])
def test_a_picture_is_small_drawn_here_and_told_in_words(photo: Json) -> None:
    file = DEMO / photo["file"]
    assert file.stat().st_size <= PHOTO_BYTES
    assert "Egen tegning" in file.with_suffix(".svg").read_text(encoding="utf-8")
    with Image.open(file) as image:
        assert image.width == 1280
    assert {"da", "en", "de"} == photo["alt"].keys()
    assert photo["credit"] == "Tegning: demo"


def test_no_picture_lies_unused() -> None:
    assert {file.relative_to(DEMO).as_posix() for file in (DEMO / "photos").glob("*.webp")} == {
        p["file"] for p in PHOTOS
    }


def test_the_fault_names_a_thing_that_is_there() -> None:
    faults = read("faults.json")
    assert faults
    for fault in faults:
        keys = {"facility": FACILITY_KEYS, "place": PLACE_KEYS, "route": ROUTE_KEYS}[fault["subject"]["kind"]]
        assert fault["subject"]["key"] in keys
        msgspec.convert({"what": fault["what"], "text": fault["text"]}, ReportFault)

"""What we hold goes out as our own GeoJSON and comes back the same: the same ids, the same bodies, a second import that changes nothing."""

import datetime
import json
import struct
from pathlib import Path
from typing import Any, get_args

import msgspec
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.importing.prepare import prepare
from server.domain.importing.row import stretch
from server.formats import geodata, own, rows
from server.formats.rows import Found
from server.model.facility import Facility
from server.model.ids import imported_id
from server.model.route import Mode, Route, Stretch
from server.model.values import Access, Approach, Closure, Fact, Season, Text
from server.store.facility import FacilityRow
from server.store.route import RouteRow

MADE_HERE = "019a0000-0000-7000-8000-000000000001"
_WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12).filter(
    lambda words: words.strip() != ""
)
_TEXT = st.builds(Text, da=_WORDS, en=_WORDS | st.just(msgspec.UNSET), de=_WORDS | st.just(msgspec.UNSET))
_DAY = st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1))


def _fact(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.builds(Fact, value=values, source=_WORDS, seen_on=_DAY)


_CM = _fact(st.integers(0, 10_000))
_ACCESS = st.builds(
    Access, step_free=_fact(st.booleans()), width_cm=_CM, kerb_cm=_CM, gate_cm=_CM, door_cm=_CM,
    slope_pct=_fact(st.integers(0, 1000).map(lambda n: n / 10)),
)  # fmt: skip
_SEASON = st.none() | st.builds(Season, from_=st.just("05-01"), through=st.sampled_from(["09-30", "02-29"]))
_SURFACE = _fact(st.sampled_from(["firm", "loose", "unpaved", "other"]))
_METRES = st.tuples(st.integers(68_000_000, 72_000_000), st.integers(605_000_000, 609_000_000)).map(
    lambda p: (p[0] / 100, p[1] / 100)
)
_DRAWN = "}jgmIuwmgAqBqD"
_LINE = st.lists(_METRES, min_size=2, max_size=5, unique=True)


@st.composite
def _facilities(draw: st.DrawFn) -> FacilityRow:
    source, key = draw(_WORDS), draw(_WORDS)
    x, y = draw(_METRES)
    return FacilityRow(
        id=imported_id(source, "facility", key), source=source, key=key, code=draw(st.none() | st.integers(0, 99_999)),
        type_text=draw(_WORDS), name=draw(st.none() | _TEXT), x=x, y=y, point=(11.9, 54.8), access=draw(_ACCESS), season=draw(_SEASON),
        open_24h=draw(_fact(st.booleans())), source_text=draw(_WORDS), public=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def _routes(draw: st.DrawFn) -> RouteRow:
    source, key = draw(_WORDS), draw(_WORDS)
    lines = draw(st.lists(_LINE, min_size=1, max_size=4))
    stretches = [
        stretch(imported_id(source, "stretch", f"{key}/{no}"), no, line, draw(_SURFACE), draw(_ACCESS))
        for no, line in enumerate(lines, 1)
    ]
    closures = st.lists(
        st.builds(Closure, from_=_DAY, why=_TEXT, stretch_ids=st.none() | st.just((stretches[0].id,))), max_size=2
    )
    approaches = st.lists(
        st.builds(Approach, from_=st.just("road"), name=_TEXT, length_m=st.integers(0, 500), surface=_SURFACE, line=st.just(_DRAWN)),
        max_size=2,
    )  # fmt: skip
    every: tuple[Mode, ...] = get_args(Mode)
    modes = st.lists(st.sampled_from(every), unique=True)
    return RouteRow(
        id=imported_id(source, "route", key), source=source, key=key, slug=draw(st.sampled_from(["stien", "stien-2"])), name=draw(_TEXT),
        modes=tuple(draw(modes)), loop=draw(st.booleans()), season=draw(_SEASON), source_text=draw(_WORDS), public=draw(st.booleans()),
        closures=tuple(draw(closures)), approaches=tuple(draw(approaches)), stretches=stretches,
    )  # fmt: skip


def facility_body(row: FacilityRow) -> Facility:
    assert row.point
    return Facility(
        id=row.id, code=row.code, type_text=row.type_text, name=row.name, point=row.point, access=row.access, season=row.season,
        open_24h=row.open_24h, source=row.source_text, faults=(),
    )  # fmt: skip


def route_body(row: RouteRow) -> Route:
    stretches = tuple(
        Stretch(id=one.id, line=one.line or "", length_m=one.length_m, surface=one.surface, access=one.access)
        for one in row.stretches
    )
    return Route(
        id=row.id, slug=row.slug, name=row.name, modes=row.modes, length_m=sum(one.length_m for one in row.stretches), loop=row.loop,
        source=row.source_text, season=row.season, approaches=row.approaches, faults=(), closures=row.closures, stretches=stretches,
        near=(), place_ids=(),
    )  # fmt: skip


def as_read(number: int, said: dict[str, Any], at: list[tuple[float, float]]) -> Found:
    """A feature as its reader hands it over: values within values are text."""
    fields = {name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in said.items()}
    flat = struct.pack(f"<{2 * len(at)}d", *(n for pair in at for n in pair))
    wkb = struct.pack("<BI", 1, 1) + flat if len(at) == 1 else struct.pack("<BII", 1, 2, len(at)) + flat
    kind, key = said["moede"], said["key"]
    return Found("fil", number, kind, key, True, wkb.hex(), (11.9, 54.8) if len(at) == 1 else "_ibE_ibE", fields)


@settings(deadline=None)
@given(_facilities())
def test_a_facility_comes_back_the_same(row: FacilityRow) -> None:
    said = own.of_facility(facility_body(row), key=row.key, register=row.source, public=row.public)
    done = prepare([as_read(1, said, [(row.x, row.y)])], None)
    assert (done.left, done.facilities) == ([], [(row, [("fil", 1)])])


@settings(deadline=None)
@given(_routes(), st.randoms(use_true_random=False))
def test_a_route_comes_back_the_same_whatever_the_order_of_its_stretches(row: RouteRow, chance: Any) -> None:
    features = own.of_route(route_body(row), key=row.key, register=row.source, public=row.public)
    lines = [as_read(no, said, one.xy) for no, (said, one) in enumerate(zip(features, row.stretches, strict=True), 1)]
    chance.shuffle(lines)
    done = prepare(lines, None)
    assert (done.left, [route for route, _ in done.routes]) == ([], [row])


def test_through_a_file_and_its_reader_it_is_the_same_to_the_centimetre(tmp_path: Path) -> None:
    to_degrees = pyproj.Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True)
    line = [(684906.52, 6072345.67), (684990.13, 6072401.02), (685123.99, 6072388.88)]
    id = imported_id("register", "route", "hash/walk/Å")
    made = stretch(imported_id("register", "stretch", "x"), 1, line, None, Access())
    row = RouteRow(
        id=id, source="register", key="hash/walk/Å", slug="aa-2", name=Text(da="Å"), modes=("walk",), loop=False, season=None,
        source_text="GeoFA 5802", public=False, stretches=[made],
    )  # fmt: skip
    (said,) = own.of_route(route_body(row), key=row.key, register=row.source, public=row.public)
    at = [[round(n, 8) for n in to_degrees.transform(*p)] for p in line]
    file = tmp_path / "ud.geojson"
    feature = {"type": "Feature", "properties": said, "geometry": {"type": "LineString", "coordinates": at}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    read = geodata.read_file(file, data_dir=tmp_path / "data")
    done = prepare(rows.read(geodata.lines_of(tmp_path / "data", read.blob)), None)
    assert (done.left, [route for route, _ in done.routes]) == ([], [row])


def _point(number: int, **fields: Any) -> Found:
    said = {"moede": "facility", "type_text": "Bænk", **fields}
    return Found(
        "fil", number, "facility", fields["key"], True, struct.pack("<BI2d", 1, 1, 0, 0).hex(), (11.9, 54.8), said
    )


def test_what_was_made_here_has_itself_as_key() -> None:
    done = prepare([_point(1, key=MADE_HERE, id=MADE_HERE, register="her")], None)
    assert [(row.id, row.key, row.source) for row, _ in done.facilities] == [(MADE_HERE, MADE_HERE, "her")]


@pytest.mark.parametrize(
    "fields",
    [{"id": MADE_HERE, "key": "a"}, {"id": imported_id("andet", "facility", "a"), "key": "a"}, {"id": "x", "key": "a"}],
)
def test_a_file_can_not_take_over_another_things_id(fields: dict[str, str]) -> None:
    done = prepare([_point(1, **fields)], None)
    assert (done.facilities, [(one.row, one.code) for one in done.left]) == ([], [(1, "invalid")])


def test_an_id_stands_on_one_thing_of_a_file() -> None:
    taken = imported_id("r", "facility", "a")
    done = prepare(
        [_point(1, key="a", register="r"), _point(2, key=taken, id=taken), _point(3, key="b", register="r")], None
    )
    assert [row.key for row, _ in done.facilities] == ["a", "b"]
    assert [(one.row, one.code) for one in done.left] == [(2, "invalid")]


FACT = {"value": 90, "source": "Kommunen", "seen_on": "2026-04-02"}
TODAY = datetime.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"access": {"width_cm": FACT}}, "access.width_cm.seen_on"),
        ({"open_24h": FACT | {"value": True}}, "open_24h.seen_on"),
    ],
)
def test_nothing_was_seen_on_a_day_that_has_not_come(fields: dict[str, Any], at: str) -> None:
    done = prepare([_point(1, key="a", **fields)], None, TODAY)
    assert not done.facilities
    assert [one.reason for one in done.left] == [
        f"{at}: 2026-04-02 er ikke kommet endnu. Skriv en dato til og med i dag"
    ]
    (taken,) = prepare([_point(1, key="a", **fields)], None, TODAY + datetime.timedelta(1)).facilities
    assert taken[0].key == "a"


def test_no_stretch_of_a_route_was_seen_on_a_day_that_has_not_come() -> None:
    said = {"moede": "stretch", "route": "r", "no": 1, "key": "r/1", "name": {"da": "R"}}
    surface = {"surface": {**FACT, "value": "firm"}}
    done = prepare([as_read(1, said | surface, [(0, 0), (9, 0)])], None, TODAY)
    assert (done.routes, [(one.row, one.code) for one in done.left]) == ([], [(1, "no_route")])
    assert "surface.seen_on: 2026-04-02 er ikke kommet endnu" in done.left[0].reason


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"type_text": "Bænk\u202e"}, "type_text: Der er et usynligt tegn (U+202E) efter »Bænk«"),
        ({"type_text": "  "}, "type_text: Teksten er tom"),
        ({"name": '{"da":"A\\u200bB"}'}, "name.da: Der er et usynligt tegn (U+200B) efter »A«"),
        ({"name": '{"da":"A\\ud800"}'}, "name.da: Der er et halvt tegn i teksten"),
        ({"source": "\u2066Kommunen"}, "source: Der er et usynligt tegn (U+2066) først i teksten"),
    ],
)
def test_words_that_are_shown_otherwise_than_they_stand_are_refused(fields: dict[str, Any], says: str) -> None:
    done = prepare([_point(1, key="a", **fields)], None)
    assert not done.facilities
    assert done.left[0].reason.startswith(says)

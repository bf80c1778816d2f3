"""Places go out as our own GeoJSON and come back the same: their words, facts, hours, links, state; and what does not travel is told."""

import datetime
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.console import Console

from server import local
from server.feeds import folder
from server.formats import own
from server.model.ids import imported_id
from server.model.place import Place, PlaceSet
from server.settings import Settings
from server.store import blobs, database
from server.store.place import Said
from sync import feed
from sync.sql import Tx
from tests.server.conftest import FIVE
from tests.server.feeds.made import TERMS, place
from tests.server.feeds.rfc7946 import wrong
from tests.server.web.conftest import lines, op

BENCH, BOOKS, WALK, ROUTE = (f"019d4000-0000-7000-8000-00000000ab{n:02}" for n in range(4))
FACT = {"value": True, "source": "Kommunen", "seen_on": "2026-03-01"}
FULL: dict[str, Any] = {
    "form": "building", "name": {"da": "Kulturhuset", "en": "The house", "de": "Das Haus"}, "point": [11.874512, 54.769001], **FIVE,
    "surface": {"value": "firm", "source": "Kommunen", "seen_on": "2026-03-01"},
    "access": {"step_free": FACT, "door_cm": {"value": 84, "source": "Kommunen", "seen_on": "2026-03-02"},
               "slope_pct": {"value": 2.5, "source": "Kommunen", "seen_on": "2026-03-02"}},
    "way_in": {"da": "Ad stien fra P-pladsen"}, "url": "https://eksempel.dk/huset",
    "approaches": [{"from": "parking", "name": {"da": "P-pladsen"}, "length_m": 40, "surface": None, "line": "}jgmIuwmgAqBqD"}],
    "hours": {"weekly": [{"days": ["mo", "we"], "opens": "09:00", "closes": "15:00"}], "holidays": "closed",
              "except": [{"date": "2026-12-24", "opens": None, "closes": None}], "note": {"da": "Ring først"}, "source": "Huset",
              "seen_on": "2026-03-01"},
    "contact": {"name": "Grete", "phone": "+4554731000", "role": {"da": "Vært"}}, "first_time": {"da": "Grete tager imod."},
    "guests_welcome": True, "appointed_on": "2026-01-01",
    "closures": [{"from": "2026-05-01", "to": "2026-05-03", "why": {"da": "Maling"}, "stretch_ids": None}],
}  # fmt: skip


def sent(settings: Settings, *ops: dict[str, Any]) -> None:
    replies = [json.loads(reply) for reply in local.send(settings, lines(*ops))]
    assert [reply["status"] for reply in replies] == ["applied"] * len(ops), replies


def opened(settings: Settings, id: str, **fields: Any) -> None:
    """A place that everybody reads."""
    steps = [op("move_state", "place", id, {"to": to}) for to in ("developing", "active")]
    sent(settings, op("save_place", "place", id, {"set": fields}), *steps)


def bodies(settings: Settings, scope: str = "public") -> dict[str, Any]:
    """By id, the places of a scope as phones have them."""

    def look(tx: Tx) -> list[dict[str, Any]]:
        page = feed.page(tx, scope, None, max_changes=100_000, max_bytes=1 << 30).encode()
        changes: list[dict[str, Any]] = json.loads(page)["changes"]
        return changes

    return {
        one["id"]: one["body"]
        for one in database.look(settings.data_dir, look)
        if one["kind"] == "place" and one["body"]
    }


def exported(settings: Settings, to: Path) -> dict[str, bytes]:
    folder.export(settings.data_dir, to, TERMS, ["own"])
    return {path.name: path.read_bytes() for path in sorted((to / "own").iterdir())}


def imported(settings: Settings, to: Path) -> str:
    """What is said of it."""
    told = Console(file=io.StringIO(), soft_wrap=True, width=400)
    assert local.import_files(settings, sorted((to / "own").iterdir()), say=told) == 0
    return told.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def held(full: Settings) -> Settings:
    """The demo's register with a house that everything is said of, a route with its place, books that are nowhere; one of them rests."""
    bench = imported_id("demo", "facility", "baenk-havnen")
    opened(full, BENCH, **FULL, facility_ids=[bench])
    opened(full, BOOKS, form="online", name={"da": "Bogklubben"}, purpose=FIVE["purpose"], activities=FIVE["activities"],
           contact={"name": "Ib", "phone": "+4554731001"})  # fmt: skip
    drawn = {
        "name": {"da": "Stien"},
        "stretches": [{"id": imported_id("x", "stretch", "1"), "line": "}jgmIuwmgAqBqD_FV"}],
    }
    sent(full, op("save_route", "route", ROUTE, {"set": drawn}))
    opened(full, WALK, form="route", name={"da": "Turen"}, **FIVE, route_id=ROUTE)
    sent(full, op("move_state", "place", WALK, {"to": "resting"}))
    return full


def test_an_empty_database_that_imports_it_holds_the_same_places_and_sends_the_same_files(
    held: Settings, empty: Settings, tmp_path: Path
) -> None:
    before = exported(held, tmp_path / "out")
    assert [name for name in before if name.startswith("places")] == ["places-herfra.geojson"]
    told = imported(empty, tmp_path / "out")
    assert "3 nye steder er i brug fra nu af" in told
    assert bodies(empty) == bodies(held)
    assert {one["state"] for one in bodies(empty).values()} == {"active", "resting"}
    assert _without_moment(exported(empty, tmp_path / "again")) == _without_moment(before)


def _without_moment(files: dict[str, bytes]) -> dict[str, Any]:
    return {name: json.loads(body)["features"] for name, body in files.items()}


def test_twice_changes_nothing_here_or_there(held: Settings, empty: Settings, tmp_path: Path) -> None:
    exported(held, tmp_path / "out")
    imported(empty, tmp_path / "out")
    for settings_ in (empty, held):
        before = database.look(settings_.data_dir, lambda tx: tx.execute("SELECT * FROM feed_scope").fetchall())
        told = imported(settings_, tmp_path / "out")
        assert "nye" not in told and "rettet her" not in told, told  # noqa: PT018
        assert database.look(settings_.data_dir, lambda tx: tx.execute("SELECT * FROM feed_scope").fetchall()) == before


def test_what_people_changed_since_is_told_and_never_written_over(
    held: Settings, empty: Settings, tmp_path: Path
) -> None:
    exported(held, tmp_path / "out")
    imported(empty, tmp_path / "out")
    sent(empty, op("save_place", "place", BENCH, {"set": {"purpose": {"da": "Et nyt formål"}}}))
    before = bodies(empty)
    told = imported(empty, tmp_path / "out")
    assert "Kulturhuset, formål: »Et nyt formål« her" in told
    assert bodies(empty) == before


def test_a_place_that_was_dissolved_here_stays_so(held: Settings, empty: Settings, tmp_path: Path) -> None:
    exported(held, tmp_path / "out")
    imported(empty, tmp_path / "out")
    sent(empty, op("move_state", "place", BOOKS, {"to": "dissolved", "why": {"da": "Lukket"}}))
    assert "nedlagt her" in imported(empty, tmp_path / "out")
    assert bodies(empty)[BOOKS]["state"] == "dissolved"


def test_nothing_that_staff_alone_read_goes_out(held: Settings, tmp_path: Path) -> None:
    secret = "019d4000-0000-7000-8000-00000000ac01"
    sent(held, op("save_place", "place", secret, {"set": {"form": "spot", "name": {"da": "Hemmelig idé"}}}))
    sent(held, op("save_place", "place", BENCH, {"set": {"notes": "Hemmelig note", "last_seen_on": "2026-03-03"}}))
    every = b"".join(exported(held, tmp_path / "out").values())
    assert b"Hemmelig" not in every
    assert b"last_seen_on" not in every
    assert b"giv ikke filen videre" in every


def test_each_file_is_what_the_standard_asks_also_where_nothing_has_a_point(full: Settings, tmp_path: Path) -> None:
    opened(full, BOOKS, form="online", name={"da": "Bogklubben"}, purpose=FIVE["purpose"], activities=FIVE["activities"],
           url="https://eksempel.dk")  # fmt: skip
    document = exported(full, tmp_path / "out")["places-herfra.geojson"]
    assert wrong(document) == []
    assert "bbox" not in json.loads(document)


def test_a_database_of_places_that_are_nowhere_travels_too(empty: Settings, begun: Path, tmp_path: Path) -> None:
    there = Settings(data_dir=shutil.copytree(begun, tmp_path / "there"))
    opened(there, BOOKS, form="online", name={"da": "Bogklubben"}, purpose=FIVE["purpose"], activities=FIVE["activities"],
           url="https://eksempel.dk")  # fmt: skip
    exported(there, tmp_path / "out")
    imported(empty, tmp_path / "out")
    assert bodies(empty) == bodies(there)


def test_pictures_stay_and_are_counted(full: Settings, empty: Settings, tmp_path: Path) -> None:
    name = "a" * 64
    picture = {"sha256": name, "w": 1280, "h": 960, "alt": {"da": "Bænken"}, "credit": "Grete"}
    with database.local(full.data_dir) as tx:
        blobs.put(tx, name, "picture", 4000, blobs.Picture(1280, 960), datetime.datetime.now(datetime.UTC))
    opened(full, BENCH, **FULL | {"photos": [picture]})
    exported(full, tmp_path / "out")
    assert "1 billeder er ikke med" in imported(empty, tmp_path / "out")
    assert bodies(empty)[BENCH] == bodies(full)[BENCH] | {"photos": []}


SHEET = (
    "Nr;Navn;Breddegrad;Længdegrad;Formål;Beskrivelse\n1;Bænken;54,769;11,8745;Hvil;Et bord\n2;Bordet;54,77;11,88;;\n"
)


def test_what_a_table_brought_stays_its_own_and_what_was_edited_stays_edited(
    full: Settings, empty: Settings, tmp_path: Path
) -> None:
    sheet = tmp_path / "steder.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    assert local.import_files(full, [sheet]) == 0
    bench = next(id for id, body in bodies(full, "staff").items() if body["name"]["da"] == "Bænken")
    edited = {name: words for name, words in FIVE.items() if name != "purpose"}
    sent(full, op("save_place", "place", bench, {"set": {**edited, "name": {"da": "Havnebænken"}}}))
    sent(full, op("move_state", "place", bench, {"to": "active"}))
    exported(full, tmp_path / "out")
    imported(empty, tmp_path / "out")
    assert bodies(empty) == bodies(full)
    sheet.write_text(SHEET.replace("Hvil", "Hvile"), encoding="utf-8")
    told = Console(file=io.StringIO(), soft_wrap=True, width=400)
    assert local.import_files(empty, [sheet], source="steder", say=told) == 0
    said = told.file.getvalue()  # type: ignore[attr-defined]
    assert "formål: før »Hvil«, nu »Hvile«" in said
    assert "navn: »Havnebænken« her, »Bænken« i registret" in said
    assert sorted(body["name"]["da"] for body in bodies(empty, "staff").values()) == ["Bordet", "Havnebænken"]


def test_a_place_whose_route_is_not_here_waits_for_it(held: Settings, empty: Settings, tmp_path: Path) -> None:
    exported(held, tmp_path / "out")
    (alone := tmp_path / "alone").mkdir()
    shutil.copytree(tmp_path / "out" / "own", alone / "own")
    for path in (alone / "own").iterdir():
        if not path.name.startswith("places"):
            path.unlink()
    told = imported(empty, alone)
    assert "»Turen« er en rute, der ikke er her endnu" in told
    assert "»Kulturhuset« hører til faciliteten" in told
    assert set(bodies(empty)) == {BENCH, BOOKS}
    imported(empty, tmp_path / "out")
    assert set(bodies(empty)) == {BENCH, BOOKS, WALK}


def feature(**fields: Any) -> dict[str, Any]:
    given = {"form": "spot", "name": {"da": "Bænken"}, **FIVE}
    properties = {"moede": "place", "key": BENCH, "id": BENCH, "place_state": "active", "place": given}
    point = {"type": "Point", "coordinates": [11.87, 54.77]}
    return {"type": "Feature", "properties": properties | fields, "geometry": point}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda f: f["properties"]["place"].pop("name"), "place.name: feltet mangler"),
        (lambda f: f["properties"]["place"].update(notes="x"), "place.notes: feltet kommer ikke med en fil"),
        (lambda f: f["properties"]["place"].update(name={"da": "a\u202eb"}), "usynligt tegn"),
        (lambda f: f["properties"]["place"].update(name={"da": "x" * 121}), "Navnet er for langt"),
        (lambda f: f["properties"].update(place_state="dissolved"), "place_state"),
        (lambda f: f["properties"].update(key="1"), "har sit id som key"),
        (lambda f: f["properties"]["place"].update(hours={"weekly": 5}), "place.hours"),
    ],
)
def test_what_can_not_be_a_place_is_left_out_with_its_field(
    empty: Settings, tmp_path: Path, change: Callable[[Any], object], reason: str
) -> None:
    bad, good = feature(), feature(id=BOOKS, key=BOOKS)
    change(bad)
    (tmp_path / "own").mkdir()
    path = tmp_path / "own" / "places-herfra.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [bad, good]}), encoding="utf-8")
    told = imported(empty, tmp_path)
    assert "2 rækker" in told
    assert "1 udeladt" in told
    assert reason in told
    assert set(bodies(empty)) == {BOOKS}


def test_what_lacks_something_is_under_development_and_it_says_what(empty: Settings, tmp_path: Path) -> None:
    bare = feature(place={"form": "spot", "name": {"da": "Bænken"}})
    (tmp_path / "own").mkdir()
    path = tmp_path / "own" / "places-herfra.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [bare]}), encoding="utf-8")
    told = imported(empty, tmp_path)
    assert "»Bænken« kan ikke være i brug, før det har: sted, hvad er her, underlag i ord, formål, aktiviteter" in told
    assert bodies(empty) == {}
    assert bodies(empty, "staff")[BENCH]["state"] == "developing"


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20).filter(
    str.strip
)
TEXT = st.fixed_dictionaries({"da": WORDS}, optional={"en": WORDS, "de": WORDS})
DAY = st.dates(datetime.date(2000, 1, 1), datetime.date(2025, 12, 31)).map(datetime.date.isoformat)
FACTS = st.fixed_dictionaries({"value": st.integers(1, 999), "source": WORDS, "seen_on": DAY})
SAID = st.fixed_dictionaries(
    {"name": TEXT, "form": st.sampled_from(["building", "spot", "route", "online", "mental"])},
    optional={
        **dict.fromkeys(("where", "amenities", "ground", "purpose", "activities", "way_in", "first_time"), TEXT),
        "access": st.fixed_dictionaries({}, optional=dict.fromkeys(("width_cm", "kerb_cm", "gate_cm", "door_cm"), FACTS)),
        "surface": st.fixed_dictionaries({"value": st.sampled_from(["firm", "loose"]), "source": WORDS, "seen_on": DAY}),
        "contact": st.fixed_dictionaries({"name": WORDS}, optional={"role": TEXT}),
        "guests_welcome": st.booleans(), "appointed_on": DAY,
        "hours": st.fixed_dictionaries({"weekly": st.none(), "source": WORDS, "seen_on": DAY}, optional={"note": TEXT}),
        "closures": st.lists(st.fixed_dictionaries({"from": DAY, "why": TEXT}), max_size=2),
    },
)  # fmt: skip


@given(SAID, st.sampled_from(["active", "resting"]))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_said_of_a_place_is_read_back_the_same(said: dict[str, Any], state: str) -> None:
    told = msgspec.convert(said, PlaceSet)
    fields = {name: value for name in Said.__struct_fields__ if (value := getattr(told, name)) is not msgspec.UNSET}
    body = place(**fields, form=told.form, state=state)
    back = own.place(json.loads(json.dumps(own.of_place(body, key=body.id))))
    given_back = {
        name: value for name in PlaceSet.__struct_fields__ if (value := getattr(back.place, name)) is not msgspec.UNSET
    }
    again = msgspec.structs.replace(body, **{name: value for name, value in given_back.items() if name != "slug"})
    assert isinstance(again, Place)
    assert (again, back.place_state, back.place.slug) == (body, state, body.slug)
    assert own.of_place(again, key=body.id) == own.of_place(body, key=body.id)


SIGNS = st.text(st.sampled_from("abcæøåÆØÅéüß –»«\\'\"{}[]<>=,;:/#0129🙂\n"), min_size=1, max_size=15).map(
    lambda words: f"x{words}"
)


def _in_signs(said: dict[str, Any], words: str) -> dict[str, Any]:
    """With these words wherever there are any, and what a place needs to be public."""
    texts = {
        name: {"da": words, "en": f"{words} en"} for name in said if isinstance(said[name], dict) and "da" in said[name]
    }
    form = "spot" if said["form"] == "route" else said["form"]
    needed = {name: {"da": f"{name}: {words}"} for name in FIVE} | {"url": "https://eksempel.dk/x"}
    unknown = {"weekly": None, "source": words, "seen_on": "2026-01-01"}
    facts = {name: fact | {"source": words} for name, fact in said.get("access", {}).items()}
    whole = {**needed, **said, **texts, "form": form, "point": [11.87, 54.77], "access": facts, "hours": unknown}
    for name in ("contact", "surface", "closures"):
        whole.pop(name, None)
    return whole | {"contact": {"name": words}, "closures": [{"from": "2026-05-01", "why": {"da": words}}]}


@given(st.lists(st.tuples(SAID, SIGNS), min_size=1, max_size=8))
@settings(
    deadline=None,
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_whatever_places_there_are_the_second_export_is_the_first(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, places: list[tuple[dict[str, Any], str]]
) -> None:
    folder_ = tmp_path_factory.mktemp("round")
    here, there = (Settings(data_dir=shutil.copytree(begun, folder_ / name)) for name in ("here", "there"))
    for n, (said, words) in enumerate(places):
        opened(here, f"019d4000-0000-7000-8000-00000000ad{n:02}", **_in_signs(said, words))
    first = exported(here, folder_ / "first")
    told = imported(there, folder_ / "first")
    assert bodies(there) == bodies(here), told
    assert _without_moment(exported(there, folder_ / "second")) == _without_moment(first)

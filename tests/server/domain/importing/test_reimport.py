"""A register that is imported again: what it says anew goes in, what a person changed here stays, and both are told by field."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.importing.reimport import Differing, take
from server.formats import geodata
from server.formats.report import render
from server.model.ids import imported_id
from server.model.values import Text
from server.store import edited, facility, imports, thing
from sync import feed

AT = [11.8745, 54.769]
LINE = [[11.87, 54.77], [11.88, 54.77]]
Register = Callable[..., dict[str, Any]]


@pytest.fixture
def register(world: Any, tmp_path: Path) -> Register:
    """Imports a file of benches {key: properties} and one route, under the source "register"; the result of apply_import."""

    def come(benches: dict[str, dict[str, Any]], **route: Any) -> dict[str, Any]:
        features = [
            feature({"moede": "facility", "key": key, "type_text": "Bænk", **more}, "Point", more.pop("at", AT))
            for key, more in benches.items()
        ]
        if route:
            lines = route.pop("lines", [LINE])
            features += [
                feature({"moede": "stretch", "route": "sti", "no": no, "key": f"sti-{no}", **route}, "LineString", line)
                for no, line in enumerate(lines, 1)
            ]
        file = tmp_path / "register.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        blob = geodata.read_file(file, data_dir=world.data_dir).blob
        result: dict[str, Any] = world.done("apply_import", "settings", "site", {"blob": blob, "source": "register"})[
            "result"
        ]
        return result

    return come


def feature(properties: dict[str, Any], form: str, at: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": form, "coordinates": at}}


def id_of(key: str, kind: str = "facility") -> str:
    return imported_id("register", kind, key)


def named(words: str) -> dict[str, Any]:
    return {"name": {"da": words}}


def told(one: dict[str, Any]) -> tuple[Any, ...]:
    return one["field"], one["here"], one["register"], one["new"]


def test_the_same_again_changes_nothing_and_tells_nothing(world: Any, register: Register) -> None:
    both = {"a": named("Bænken"), "b": named("Bordet")}
    register(both, name={"da": "Stien"})
    heads = world.tx.execute("SELECT * FROM feed_scope").fetchall()
    result = register(both, name={"da": "Stien"})
    assert (result["unchanged"], result["differences"], result["conflicts"]) == (3, [], [])
    assert world.tx.execute("SELECT * FROM feed_scope").fetchall() == heads


def test_what_the_register_changed_is_told_by_field(world: Any, register: Register) -> None:
    register({"a": named("Bænken"), "b": named("Bordet")})
    result = register({"a": {**named("Havnebænken"), "at": [11.8755, 54.769]}, "b": named("Bordet")})
    assert (result["changed"], result["unchanged"], result["differences_count"]) == (1, 1, 2)
    assert sorted((one["name"], one["field"], one["before"], one["after"]) for one in result["differences"]) == [
        ("Bænken", "name", {"da": "Bænken"}, {"da": "Havnebænken"}),
        ("Bænken", "point", AT, [11.8755, 54.769]),
    ]


def test_what_a_person_changed_is_kept_and_told_and_the_rest_goes_in(world: Any, register: Register) -> None:
    register({"a": named("Bænken")})
    world.done("save_facility", "facility", id_of("a"), {"set": {"name": {"da": "Søbænken"}}})
    result = register({"a": {**named("Havnebænken"), "code": 1371}})
    body = world.body("public", "facility", id_of("a"))
    assert (body["name"], body["code"]) == ({"da": "Søbænken"}, 1371)
    assert [told(one) for one in result["conflicts"]] == [("name", {"da": "Søbænken"}, {"da": "Havnebænken"}, True)]
    assert [(one["field"], one["after"]) for one in result["differences"]] == [("code", 1371)]


def test_what_is_hidden_here_stays_hidden_when_its_register_comes_again(world: Any, register: Register) -> None:
    register({"a": named("Bænken"), "b": named("Bordet")})
    world.done("save_facility", "facility", id_of("a"), {"set": {"public": False}})
    result = register({"a": named("Havnebænken"), "b": named("Bordet")})
    assert world.body("public", "facility", id_of("a")) is None
    assert world.body("staff", "facility", id_of("a"))["name"] == {"da": "Havnebænken"}
    assert [told(one) for one in result["conflicts"]] == [("public", False, True, False)]
    assert "vises for alle: nej her, ja i registret" in render("register.geojson", result)
    assert register({"a": named("Havnebænken"), "b": named("Bordet")})["unchanged"] == 2


def test_a_correction_that_the_register_does_not_know_is_told_each_time_and_is_no_news(
    world: Any, register: Register
) -> None:
    register({"a": named("Bænken")})
    world.done("save_facility", "facility", id_of("a"), {"set": {"name": {"da": "Søbænken"}, "point": [11.9, 54.77]}})
    for _ in range(2):
        result = register({"a": named("Bænken")})
        assert (result["unchanged"], result["conflicts_count"]) == (1, 2)
        assert not any(one["new"] for one in result["conflicts"])
    assert world.body("public", "facility", id_of("a"))["point"] == [11.9, 54.77]


def test_a_field_that_a_person_sets_back_to_the_registers_value_is_the_registers_again(
    world: Any, register: Register
) -> None:
    register({"a": named("Bænken")})
    for words in ("Søbænken", "Bænken ved søen", "Bænken"):
        world.done("save_facility", "facility", id_of("a"), {"set": {"name": {"da": words}}})
    assert world.count("edited") == 0
    result = register({"a": named("Havnebænken")})
    assert (result["conflicts"], result["differences_count"]) == ([], 1)
    assert world.body("public", "facility", id_of("a"))["name"] == {"da": "Havnebænken"}


def test_who_saw_the_thing_before_the_register_came_does_not_write_over_it_unseen(
    world: Any, register: Register
) -> None:
    register({"a": named("Bænken")})
    found = feed.current(world.tx, "public", "facility", id_of("a"))
    assert found is not None
    world.on("2026-04-03")
    register({"a": named("Havnebænken")})
    given = {"name": {"da": "Søbænken"}, "code": 1371}
    reply = world.do("save_facility", "facility", id_of("a"), {"set": given}, base=found[0])
    assert [(one["field"], one["theirs"], one["by"], one["on"]) for one in reply["result"]["conflicts"]] == [
        ("name", {"da": "Havnebænken"}, "local", "2026-04-03")
    ]
    assert world.body("public", "facility", id_of("a"))["name"] == {"da": "Havnebænken"}
    result = register({"a": named("Fjordbænken")})
    assert [told(one) for one in result["conflicts"]] == [("code", 1371, None, False)]


def test_a_register_that_comes_to_say_the_same_takes_its_field_back(world: Any, register: Register) -> None:
    register({"a": named("Bænken")})
    world.done("save_facility", "facility", id_of("a"), {"set": {"name": {"da": "Søbænken"}}})
    result = register({"a": named("Søbænken")})
    assert (result["conflicts"], result["differences"], world.count("edited")) == ([], [], 0)
    register({"a": named("Havnebænken")})
    assert world.body("public", "facility", id_of("a"))["name"] == {"da": "Havnebænken"}


def test_after_a_conflict_the_registers_newer_value_counts_as_its_own(world: Any, register: Register) -> None:
    register({"a": named("Bænken")})
    world.done("save_facility", "facility", id_of("a"), {"set": {"name": {"da": "Søbænken"}}})
    register({"a": named("Havnebænken")})
    world.done("save_facility", "facility", id_of("a"), {"set": {"name": {"da": "Havnebænken"}}})
    assert world.count("edited") == 0


def test_a_routes_edits_are_kept_stretch_by_stretch_and_its_address_too(world: Any, register: Register) -> None:
    firm = {"value": "firm", "source": "Kommunen", "seen_on": "2026-03-01"}
    two = [LINE, [LINE[1], [11.88, 54.78]]]
    register({}, name={"da": "Stien"}, modes=["walk"], lines=two)
    route, first, second = id_of("sti", "route"), id_of("sti-1", "stretch"), id_of("sti-2", "stretch")
    given = {"slug": "rundt", "modes": ["walk", "cycle"], "stretches": [{"id": first, "surface": firm}]}
    world.done("save_route", "route", route, {"set": given})
    theirs = {**firm, "value": "loose"}
    result = register(
        {}, name={"da": "Fjordstien"}, modes=["ride"], lines=[[LINE[0], [11.879, 54.77]], two[1]], surface=theirs
    )
    body = world.body("public", "route", route)
    assert (body["slug"], body["name"], body["modes"]) == ("rundt", {"da": "Fjordstien"}, ["walk", "cycle"])
    assert [one["surface"] for one in body["stretches"]] == [firm, theirs]
    assert sorted(map(told, result["conflicts"])) == [
        ("modes", ["walk", "cycle"], ["ride"], True),
        (f"stretches/{first}/surface", firm, theirs, True),
    ]
    assert {one["field"] for one in result["differences"]} == {"name", "line", f"stretches/{second}/surface"}
    (line,) = (one for one in result["differences"] if one["field"] == "line")
    assert (line["before"]["stretches"], line["before"]["length_m"] > line["after"]["length_m"]) == (2, True)


def test_a_line_as_long_as_before_is_told_by_how_far_it_lies_from_there(world: Any, register: Register) -> None:
    def at(lat: float) -> list[list[list[float]]]:
        return [[[11.87, lat], [11.88, lat]]]

    register({}, name={"da": "Stien"}, lines=at(54.77))
    (line,) = register({}, name={"da": "Stien"}, lines=at(54.7701))["differences"]
    assert line["after"] == {**line["before"], "moved_m": 12}
    result = register({}, name={"da": "Stien"}, lines=[at(54.7701)[0][::-1]])
    assert [one["after"]["moved_m"] for one in result["differences"]] == [0]
    assert ", op til 12 m fra før" in render("a.geojson", result | {"differences": [line]})
    assert ", de samme punkter i en anden rækkefølge" in render("a.geojson", result)


def test_what_is_gone_from_the_register_says_what_people_changed_of_it_and_comes_first(
    world: Any, register: Register
) -> None:
    register({"a": named("Bænken"), "b": named("Bordet"), "c": named("Hytten")})
    fact = {"value": True, "source": "Kommunen", "seen_on": "2026-03-01"}
    world.done(
        "save_facility", "facility", id_of("b"), {"set": {"access": {"step_free": fact}, "name": {"da": "Bord"}}}
    )
    result = register({"c": named("Hytten")})
    assert [(one["name"], one["edited"]) for one in result["gone"]] == [("Bord", ["access", "name"]), ("Bænken", [])]
    told = render("register.geojson", result)
    assert "2 fra tidligere står ikke i filen mere, og 1 af dem har rettelser gjort her. De er ikke slettet:" in told
    assert f"    Bord ({id_of('b')}): rettet her: adgang, navn\n" in told
    assert f"    Bænken ({id_of('a')})" in told.splitlines()


def test_what_was_said_of_a_stretch_that_is_gone_is_told_and_forgotten(world: Any, register: Register) -> None:
    firm = {"value": "firm", "source": "Kommunen", "seen_on": "2026-03-01"}
    two = [LINE, [LINE[1], [11.88, 54.78]]]
    register({}, name={"da": "Stien"}, lines=two)
    second = id_of("sti-2", "stretch")
    given = {"stretches": [{"id": second, "surface": firm}]}
    world.done("save_route", "route", id_of("sti", "route"), {"set": given})
    result = register({}, name={"da": "Stien"}, lines=two[:1])
    assert [told(one) for one in result["conflicts"]] == [(f"stretches/{second}/surface", firm, None, True)]
    assert world.count("edited") == 0


def test_a_route_that_a_person_took_from_the_public_stays_so(world: Any, register: Register) -> None:
    register({}, name={"da": "Stien"})
    route = id_of("sti", "route")
    world.done("save_route", "route", route, {"set": {"public": False}})
    result = register({}, name={"da": "Fjordstien"})
    assert world.body("public", "route", route) is None
    assert [told(one) for one in result["conflicts"]] == [("public", False, True, False)]


@pytest.mark.parametrize("source", ["", "prøve"])
def test_what_was_made_here_is_never_written_over_by_a_file(world: Any, source: str) -> None:
    id = world.id()
    world.done("save_facility", "facility", id, {"set": {"type_text": "Bænk", "point": AT, "name": {"da": "Min"}}})
    row = msgspec.structs.replace(world.facility_row(0, 0, id=id, type_text="Bord"), source=source)
    said = Differing()
    assert take(world.tx, world.ctx, "facility", [facility.encoded(row)], {}, said) == ["unchanged"]
    assert {one["field"] for one in said.conflicts} == {"type_text", "code", "name", "point"}
    assert world.body("public", "facility", id)["name"] == {"da": "Min"}


def test_differences_are_bounded_and_all_are_counted(world: Any, register: Register) -> None:
    many = {f"b{n:03}": {**named(f"Bænk {n}"), "at": [11.87 + n / 1e4, 54.77]} for n in range(210)}
    register(json.loads(json.dumps(many)))
    moved = {key: {**one, **named("Ny")} for key, one in many.items()}
    result = register(moved)
    assert (len(result["differences"]), result["differences_count"], result["changed"]) == (200, 210, 210)


def test_a_long_value_is_told_by_its_beginning(world: Any, register: Register) -> None:
    register({"a": {"name": {"da": "Kort"}}})
    name = {"da": "Bænken", "en": "x" * 3000}
    (one,) = register({"a": {"name": name}})["differences"]
    assert (one["before"], len(one["after"]), one["after"][:14]) == ({"da": "Kort"}, 1001, '{"da":"Bænken"')
    assert world.body("public", "facility", id_of("a"))["name"] == name


NAMES = st.sampled_from(["a", "b", "c"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.booleans(), NAMES), max_size=8))
def test_however_register_and_person_take_turns_what_the_person_said_last_stands(
    world: Any, steps: list[tuple[bool, str]]
) -> None:
    """The model: a person's word stands until the register says the same; where nobody here said otherwise the register's does. What
    the register wanted and did not get is told."""
    world.tx.execute("SAVEPOINT example").fetchall()
    try:
        id, mine, register = world.id(), None, "a"
        assert come(world, id, register) == []
        for by_person, words in steps:
            if by_person:
                world.done("save_facility", "facility", id, {"set": {"name": {"da": words}}})
                mine = None if words == register else words
            else:
                register = words
                mine = None if mine == register else mine
                assert come(world, id, register) == ([] if mine is None else [(mine, register)])
            assert world.body("public", "facility", id)["name"] == {"da": mine or register}
            found = thing.find(world.tx, "facility", id)
            assert found is not None
            marks = edited.of(world.tx, [found.row]).get(found.row, {})
            assert marks == ({} if mine is None else {"name": {"da": register}})
    finally:
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()


@pytest.mark.parametrize("words", [("b", "b", "a"), ("b", "c", "b", "a")])
def test_a_register_that_agrees_with_a_person_and_then_says_something_else_is_heard(
    world: Any, words: tuple[str, ...]
) -> None:
    """What it says first is what it said before the person did."""
    mine, *register = words
    id = world.id()
    come(world, id, "a")
    world.done("save_facility", "facility", id, {"set": {"name": {"da": mine}}})
    for said in register:
        come(world, id, said)
    assert world.body("public", "facility", id)["name"] == {"da": "a"}


def come(world: Any, id: str, words: str) -> list[tuple[str, str]]:
    """The register says the name of one bench; (here, register) of each conflict that is told."""
    said = Differing()
    same = {uid: one.same for uid, one in imports.held(world.tx, "facility", "prøve").items()}
    take(
        world.tx,
        world.ctx,
        "facility",
        [facility.encoded(world.facility_row(0, 0, id=id, name=Text(da=words)))],
        same,
        said,
    )
    world.publish("facility", id)
    return [(one["here"]["da"], one["register"]["da"]) for one in said.conflicts]

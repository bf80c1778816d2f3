"""Whose word a field is, where a register and a person say two: chosen by field, told with who wrote it, remembered."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.formats import geodata
from server.model.ids import imported_id
from server.store import imported, person
from tests.server.conftest import NOW

AT = [11.8745, 54.769]
LINE = [[11.87, 54.77], [11.88, 54.77]]
Register = Callable[..., dict[str, Any]]


@pytest.fixture
def register(world: Any, tmp_path: Path) -> Register:
    """Imports benches by their names, and the route where it has one, as "register"; `choices` as staff made them."""

    def come(*names: str, route: str | None = None, choices: Any = None) -> dict[str, Any]:
        features = [
            feature({"moede": "facility", "key": f"k{n}", "type_text": "Bænk", "name": {"da": name}}, "Point", AT)
            for n, name in enumerate(names)
        ]
        if route:
            said = {"moede": "stretch", "route": "sti", "no": 1, "key": "sti-1", "name": {"da": route}}
            features.append(feature(said, "LineString", LINE))
        file = tmp_path / "register.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        blob = geodata.read_file(file, data_dir=world.data_dir).blob
        args = {"blob": blob, "source": "register", "choices": choices or {}, "name": "register.geojson"}
        result: dict[str, Any] = world.done("apply_import", "settings", "site", args)["result"]
        return result

    return come


def feature(properties: dict[str, Any], form: str, at: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": form, "coordinates": at}}


def id_of(key: str, kind: str = "facility") -> str:
    return imported_id("register", kind, key)


def take(kind: str, id: str, *fields: str) -> dict[str, Any]:
    return {"take": [{"kind": kind, "id": id, "field": field} for field in fields]}


def rename(world: Any, kind: str, id: str, name: str) -> None:
    world.done(f"save_{kind}", kind, id, {"set": {"name": {"da": name}}})


def test_the_registers_word_is_taken_though_it_says_what_it_said_before(world: Any, register: Register) -> None:
    register("Bænken")
    rename(world, "facility", id_of("k0"), "Søbænken")
    result = register("Bænken", choices=take("facility", id_of("k0"), "name"))
    assert world.body("public", "facility", id_of("k0"))["name"] == {"da": "Bænken"}
    assert (result["changed"], result["conflicts"]) == (1, [])
    assert [(one["field"], one["after"]) for one in result["differences"]] == [("name", {"da": "Bænken"})]
    again = register("Havnebænken")
    assert again["conflicts"] == [], "the field is the register's again"
    assert world.body("public", "facility", id_of("k0"))["name"] == {"da": "Havnebænken"}


def test_the_same_of_a_route(world: Any, register: Register) -> None:
    register("Bænken", route="Stien")
    id = next(one for (one,) in world.tx.execute("SELECT uid FROM thing WHERE kind = 'route'"))
    rename(world, "route", id, "Søstien")
    (kept,) = register("Bænken", route="Stien")["conflicts"]
    assert (kept["kind"], kept["id"], kept["field"], kept["choice"]) == ("route", id, "name", True)
    result = register("Bænken", route="Stien", choices=take("route", id, "name"))
    assert result["conflicts"] == []
    assert world.body("public", "route", id)["name"] == {"da": "Stien"}
    assert register("Bænken", route="Stien")["unchanged"] == 2


def test_only_the_field_that_is_named_is_taken(world: Any, register: Register) -> None:
    register("Bænken")
    given = {"name": {"da": "Søbænken"}, "type_text": "Bord"}
    world.done("save_facility", "facility", id_of("k0"), {"set": given})
    result = register("Bænken", choices=take("facility", id_of("k0"), "name"))
    assert [one["field"] for one in result["conflicts"]] == ["type_text"]
    body = world.body("public", "facility", id_of("k0"))
    assert (body["name"], body["type_text"]) == ({"da": "Bænken"}, "Bord")


def test_a_choice_of_what_is_no_conflict_does_nothing(world: Any, register: Register) -> None:
    register("Bænken")
    result = register("Bænken", choices=take("facility", id_of("k0"), "name", "nothing"))
    assert (result["unchanged"], result["differences"]) == (1, [])


def test_who_wrote_what_stands_here_is_told_and_on_which_day(world: Any, register: Register) -> None:
    register("Bænken")
    who = world.id()
    person.make(world.tx, who, "Kirsten", "editor", NOW.date())
    world.ctx = replace(world.ctx, who=who)
    rename(world, "facility", id_of("k0"), "Søbænken")
    world.on("2026-05-03")
    world.done("save_facility", "facility", id_of("k0"), {"set": {"type_text": "Bord"}})
    told = {one["field"]: one for one in register("Havnebænken")["conflicts"]}
    assert (told["name"]["by"], told["name"]["on"]) == (who, "2026-04-01")
    assert (told["type_text"]["by"], told["type_text"]["on"]) == ("local", "2026-05-03")


def test_what_came_in_is_remembered_with_its_name_and_counts(world: Any, register: Register) -> None:
    register("Bænken", "Bordet")
    register("Bænken")
    last, first = imported.latest(world.tx, 10)
    assert (first.name, first.source, first.by) == ("register.geojson", "register", "local")
    assert first.told == {"new": 2, "changed": 0, "unchanged": 0, "left_out": 0}
    assert (last.told["unchanged"], imported.newest(world.tx)) == (1, 2)
    assert imported.last(world.tx, [last.blob, "f" * 64]) == {last.blob: 2}


def test_what_stays_though_its_register_has_it_no_more_is_told_last_until_it_is_back(
    world: Any, register: Register
) -> None:
    register("Bænken", "Bordet", "Shelteret")
    keep = {"keep": [{"kind": "facility", "id": id_of("k1")}, {"kind": "facility", "id": id_of("k0")}]}
    register("Bænken", choices=keep)
    assert [(one["name"], "kept" in one) for one in register("Bænken")["gone"]] == [
        ("Shelteret", False),
        ("Bordet", True),
    ]
    assert imported.kept(world.tx) == {id_of("k1")}, "the bench is in the register, and nothing is kept of it"
    register("Bænken", "Bordet", "Shelteret")
    assert not any("kept" in one for one in register("Bænken")["gone"])


def test_a_choice_that_this_version_does_not_know_waits(world: Any, register: Register) -> None:
    register("Bænken")
    reply = world.do("apply_import", "settings", "site", {"blob": "f" * 64, "choices": {"more": True}})
    assert (reply["status"], reply["code"]) == ("later", "unknown_verb")


def test_the_name_of_a_source_which_readers_see_has_no_sign_that_steers_unseen(world: Any) -> None:
    reply = world.do("apply_import", "settings", "site", {"blob": "f" * 64, "source": "Kort\u202e"})
    assert (reply["code"], reply["at"]) == ("invalid", "/args/source")

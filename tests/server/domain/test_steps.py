"""History tells each change that staff make, step by step, and a step is undone by a save of what stood before."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain import steps
from server.store import person, thing
from tests.server.conftest import NOW


def told(world: Any, kind: str, id: str) -> list[tuple[str | None, dict[str, tuple[Any, Any]]]]:
    """(who, {field: (before, after)}) of each step, the latest first."""
    found = thing.find(world.tx, kind, id)
    assert found is not None
    return [
        (None if step.by is None else step.by.name, {one.field: (one.before, one.after) for one in step.fields})
        for step in steps.of(world.tx, found.row)
    ]


def by(world: Any, name: str) -> None:
    """From now on somebody of that name does it."""
    id = world.id()
    person.make(world.tx, id, name, "editor", NOW.date())
    world.ctx = replace(world.ctx, who=id)


def staff_body(world: Any, kind: str, id: str) -> Any:
    return world.body("staff", kind, id) or world.body("public", kind, id)


def test_a_save_is_a_step_with_what_it_changed_and_who_made_it(world: Any) -> None:
    id = world.place("idea")
    by(world, "Kirsten")
    world.done("save_place", "place", id, {"set": {"purpose": {"da": "At sidde."}, "notes": "Spørg Bo."}})
    by(world, "Bo")
    world.done("save_place", "place", id, {"set": {"notes": None}})
    bo, kirsten, made = told(world, "place", id)
    assert bo == ("Bo", {"notes": ("Spørg Bo.", None)})
    assert kirsten == (
        "Kirsten",
        {"purpose": ({"da": "Et hvil på turen."}, {"da": "At sidde."}), "notes": (None, "Spørg Bo.")},
    )
    assert made[0] == "Serverens kommandolinje"
    assert made[1]["name"] == (None, {"da": "Bænken ved søen"})
    assert "url" not in made[1], "what was left empty is no change"


def test_the_steps_of_a_places_life_are_told(world: Any) -> None:
    id, next_ = world.place("active"), world.place("active", name={"da": "Den nye"})
    world.done("move_state", "place", id, {"to": "resting"})
    why = {"da": "Bænken er taget ned."}
    world.done("move_state", "place", id, {"to": "dissolved", "why": why, "successor_id": next_})
    dissolved, resting, active, developing, _ = [fields for _, fields in told(world, "place", id)]
    assert dissolved == {
        "state": ("resting", "dissolved"),
        "dissolved_on": (None, "2026-04-01"),
        "why": (None, why),
        "successor_id": (None, next_),
    }
    assert [resting, active, developing] == [
        {"state": ("active", "resting")},
        {"state": ("developing", "active")},
        {"state": ("idea", "developing")},
    ]


@pytest.mark.parametrize("kind", ["place", "facility", "route"])
def test_withdrawing_and_its_undo_are_steps_of_things_that_nobody_had_changed_too(world: Any, kind: str) -> None:
    id = {
        "place": lambda: world.place("idea"),
        "facility": world.facility,
        "route": lambda: world.route([(0, 0), (9, 0)]),
    }[kind]()
    before = staff_body(world, kind, id)
    by(world, "Kirsten")
    world.done("withdraw", kind, id, {"why": "Den står på en mark."})
    assert staff_body(world, kind, id) is None
    by(world, "Bo")
    world.done("restore", kind, id, {})
    back, gone = told(world, kind, id)[:2]
    assert gone == ("Kirsten", {"withdrawn_on": (None, "2026-04-01"), "withdrawn_why": (None, "Den står på en mark.")})
    assert back == ("Bo", {"withdrawn_on": ("2026-04-01", None), "withdrawn_why": ("Den står på en mark.", None)})
    assert staff_body(world, kind, id) == before


def test_taking_something_from_the_public_is_a_step(world: Any) -> None:
    bench, path = world.facility(), world.route([(0, 0), (9, 0)])
    by(world, "Kirsten")
    for kind, id in (("facility", bench), ("route", path)):
        world.done(f"save_{kind}", kind, id, {"set": {"public": False}})
        world.done(f"save_{kind}", kind, id, {"set": {"public": True}})
        assert told(world, kind, id) == [
            ("Kirsten", {"public": (False, True)}),
            ("Kirsten", {"public": (True, False)}),
        ]


def test_what_is_made_here_begins_with_who_made_it(world: Any) -> None:
    by(world, "Kirsten")
    id = world.id()
    world.done("save_facility", "facility", id, {"set": {"type_text": "Bænk", "point": [11.87, 54.77]}})
    ((who, fields),) = told(world, "facility", id)
    assert (who, fields["type_text"], "access" in fields) == ("Kirsten", (None, "Bænk"), False)


def test_what_others_do_to_a_body_is_no_step(world: Any) -> None:
    id, path = world.place("active"), world.route([(0, 0), (90, 0)])
    before = told(world, "place", id), told(world, "route", path)
    world.send(world.line("report_fault", "place", id, {"what": "litter"}), by="none")
    world.facility(40, 5)
    assert world.body("public", "place", id)["faults"]
    assert world.body("public", "route", path)["near"]
    assert (told(world, "place", id), told(world, "route", path)) == before


def test_what_a_register_brought_is_no_step_before_somebody_changes_it(world: Any) -> None:
    bench = world.facility()
    assert told(world, "facility", bench) == []
    by(world, "Kirsten")
    world.done("save_facility", "facility", bench, {"set": {"name": {"da": "Den blå"}}})
    assert told(world, "facility", bench) == [("Kirsten", {"name": (None, {"da": "Den blå"})})]


def test_the_latest_hundred_are_told(world: Any) -> None:
    id = world.place("idea")
    for n in range(steps.MOST + 5):
        world.done("save_place", "place", id, {"set": {"notes": f"{n}"}})
    found = told(world, "place", id)
    assert len(found) == steps.MOST
    assert found[0][1] == {"notes": ("103", "104")}


WIDE = {"width_cm": {"value": 120, "source": "Målt", "seen_on": "2026-03-01"}}
UNKNOWN = dict.fromkeys(("step_free", "width_cm", "kerb_cm", "gate_cm", "slope_pct", "door_cm"))
LOOSE = {"value": "loose", "source": "Set", "seen_on": "2026-03-01"}
SHUT = [{"from": "2026-04-01", "to": None, "why": {"da": "Træer er væltet."}, "stretch_ids": None}]
PLACE: dict[str, Any] = {
    "slug": "en-anden-adresse",
    "form": "building",
    "name": {"da": "Huset", "de": "Das Haus"},
    "where": {"da": "Et andet sted."},
    "amenities": {"da": "Intet."},
    "ground": {"da": "Græs."},
    "purpose": None,
    "activities": {"da": "Alt."},
    "point": [11.9, 54.8],
    "url": "https://example.org/",
    "surface": LOOSE,
    "access": WIDE,
    "way_in": {"da": "Ad grusvejen."},
    "approaches": [
        {"from": "parking", "name": {"da": "P"}, "length_m": 40, "surface": None, "line": "}jgmIuwmgAqBqD_FV"}
    ],
    "hours": {
        "weekly": None,
        "holidays": None,
        "except": [],
        "note": None,
        "source": "Ejeren",
        "seen_on": "2026-03-01",
    },
    "contact": {"name": "Kirsten", "phone": "54 73 00 00", "role": None},
    "first_time": {"da": "Kom bare."},
    "guests_welcome": True,
    "appointed_on": "2026-03-03",
    "closures": SHUT,
    "notes": "Husk bænken.",
    "last_seen_on": "2026-03-31",
}
FACILITY: dict[str, Any] = {
    "code": None,
    "type_text": "Bord",
    "name": {"da": "Det lange bord"},
    "point": [11.9, 54.8],
    "access": WIDE,
    "season": {"from": "05-01", "through": "09-30"},
    "open_24h": {"value": True, "source": "Set", "seen_on": "2026-03-01"},
    "public": False,
}
ROUTE: dict[str, Any] = {
    "slug": "stien",
    "name": {"da": "Stien"},
    "modes": ["walk", "cycle"],
    "season": {"from": "05-01", "through": "09-30"},
    "closures": SHUT,
    "public": False,
}


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        *(("place", *one) for one in PLACE.items()),
        *(("facility", *one) for one in FACILITY.items()),
        *(("route", *one) for one in ROUTE.items()),
    ],
)
def test_a_save_is_undone_by_a_save_of_what_history_says_stood_before(
    world: Any, kind: str, field: str, value: Any
) -> None:
    id = {
        "place": lambda: world.place("idea"),
        "facility": world.facility,
        "route": lambda: world.route([(0, 0), (9, 0)]),
    }[kind]()
    before = staff_body(world, kind, id)
    world.done(f"save_{kind}", kind, id, {"set": {field: value}})
    changed = told(world, kind, id)[0][1]
    assert field in changed
    settable = {name: was for name, (was, _) in changed.items() if name == field}
    world.done(f"save_{kind}", kind, id, {"set": settable})
    assert told(world, kind, id)[0][1][field] == changed[field][::-1]
    after = staff_body(world, kind, id)
    if (
        field == "name" and kind == "place"
    ):  # an idea's address goes with its name, and what it had first is its own again
        assert after["slug"] == before["slug"]
    assert after == before


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    saves=st.lists(st.dictionaries(st.sampled_from(sorted(PLACE)), st.booleans(), min_size=1), min_size=1, max_size=6)
)
def test_however_a_place_was_changed_undoing_each_step_leads_back_to_where_it_began(
    world: Any, saves: list[dict[str, bool]]
) -> None:
    world.tx.execute("SAVEPOINT example").fetchall()
    try:
        id = world.place("idea")
        first = world.body("staff", "place", id)
        known = first | first["staff"]
        for save in saves:
            given = {name: PLACE[name] if new else known[name] for name, new in save.items()}
            world.done("save_place", "place", id, {"set": given})
        for _, changed in told(world, "place", id)[:-1]:
            world.done("save_place", "place", id, {"set": {name: before for name, (before, _) in changed.items()}})
        assert world.body("staff", "place", id) == first
    finally:
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()


def stretches_before(changed: dict[str, tuple[Any, Any]]) -> list[dict[str, Any]]:
    """What a step says of the stretches that were there, as a save takes it."""
    there = changed["order"][0] if "order" in changed else None
    found: dict[str, dict[str, Any]] = {}
    for name, (before, _) in changed.items():
        if name.startswith("stretches/"):
            _, id, what = name.split("/")
            if there is None or id in there:
                found.setdefault(id, {"id": id})[what] = before
    return list(found.values())


def test_what_is_said_of_stretches_is_undone_as_it_stands_too(world: Any) -> None:
    id = world.route([(0, 0), (90, 0)], [(90, 0), (90, 90)])
    before = world.body("public", "route", id)
    first, second = (one["id"] for one in before["stretches"])
    said = [{"id": first, "surface": LOOSE}, {"id": second, "access": WIDE, "surface": LOOSE}]
    world.done("save_route", "route", id, {"set": {"stretches": said}})
    (_, changed), *_ = told(world, "route", id)
    assert changed == {
        f"stretches/{first}/surface": (None, LOOSE),
        f"stretches/{second}/surface": (None, LOOSE),
        f"stretches/{second}/access": (UNKNOWN, UNKNOWN | WIDE),
    }
    world.done("save_route", "route", id, {"set": {"stretches": stretches_before(changed)}})
    assert world.body("public", "route", id) == before


def test_a_split_is_undone_with_the_order_that_was(world: Any) -> None:
    id, whole, half, rest = (world.id() for _ in range(4))
    line, first, second = "}jgmIuwmgAqBqD_FV", "}jgmIuwmgAqBqD", "ongmIg}mgA_FV"
    world.done(
        "save_route", "route", id, {"set": {"name": {"da": "Stien"}, "stretches": [{"id": whole, "line": line}]}}
    )
    before = world.body("public", "route", id)
    halves = [{"id": half, "line": first}, {"id": rest, "line": second}]
    world.done("save_route", "route", id, {"set": {"order": [half, rest], "stretches": halves}})
    (_, changed), *_ = told(world, "route", id)
    undone = {"order": changed["order"][0], "stretches": stretches_before(changed)}
    world.done("save_route", "route", id, {"set": undone})
    assert world.body("public", "route", id) == before

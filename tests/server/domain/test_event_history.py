"""What became of an event, and of an organiser, step by step, and how the log calls them."""

from typing import Any

from server.domain import steps
from server.store import audit, thing


def of(world: Any, kind: str, id: str) -> list[tuple[str, ...]]:
    (row,) = thing.rows_of(world.tx, kind, [id]).values()  # type: ignore[arg-type]
    return [tuple(field.field for field in step.fields) for step in steps.of(world.tx, row)]


def test_each_step_names_what_it_changed_and_no_times(world: Any) -> None:
    id = world.event("draft", about={"da": "Kaffe og kage."})
    world.done("move_event", "event", id, {"to": "public"})
    world.done("change_time", "event", id, {"change": {"day": "2026-04-14", "full": True}})
    world.done("save_event", "event", id, {"set": {"free": True, "notes": "Nøglen er hos Birthe."}})
    later, full, public, made = of(world, "event", id)
    assert (later, full, public) == (("free", "notes"), ("changes",), ("state",))
    assert {"name", "about", "where", "schedule", "state"} <= set(made)
    assert not {"times", "rule", "tz"} & set(made)


def test_a_withdrawal_and_its_undo_are_steps(world: Any) -> None:
    id = world.event("draft")
    world.done("withdraw", "event", id, {"why": "Skrevet to gange"})
    world.done("restore", "event", id, {})
    back, gone, _ = of(world, "event", id)
    assert "withdrawn_on" in gone
    assert "withdrawn_on" in back


def test_an_organiser_has_steps_too_and_the_log_calls_both_by_name(world: Any) -> None:
    who = world.organiser("Krolfklubben")
    world.done("save_organiser", "organiser", who, {"set": {"at_once": True}})
    world.event("draft", organiser_id=who)
    assert of(world, "organiser", who)[0] == ("at_once",)
    told = {(row.kind, row.name) for row in audit.page(world.tx).rows}
    assert {("organiser", "Krolfklubben"), ("event", "Kaffe")} <= told

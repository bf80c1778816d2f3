"""Who did what: a row for each op that was applied to somebody's name, in the same transaction; none for what citizens send."""

import json
from dataclasses import replace
from typing import Any

import pytest

from server.model.person import RIGHTS
from server.ops import Credential, run
from server.store import audit, person
from tests.server.conftest import NOW


def rows(world: Any) -> list[tuple[Any, ...]]:
    """(who, verb, kind, id, name, fields), the first first."""
    found = audit.page(world.tx).rows[::-1]
    return [(row.who and row.who.name, row.verb, row.kind, row.id, row.name, row.fields) for row in found]


def kirsten(world: Any) -> Credential:
    id = world.id()
    person.make(world.tx, id, "Kirsten", "admin", NOW.date())
    return Credential("session", RIGHTS["admin"], id, True)


def send(world: Any, credential: Credential, *lines: bytes) -> list[Any]:
    return [json.loads(reply) for reply in run(world.tx, lines, credential, world.ctx)]


def test_an_op_leaves_a_row_with_the_fields_that_it_says_anew(world: Any) -> None:
    who, id = kirsten(world), world.id()
    given = {"form": "spot", "name": {"da": "Bænken"}}
    line = world.line("save_place", "place", id, {"set": given})
    assert send(world, who, line)[0]["status"] == "applied"
    assert rows(world) == [("Kirsten", "save_place", "place", id, "Bænken", ("form", "name"))]
    assert world.tx.execute("SELECT op, at FROM audit").fetchall() == [(json.loads(line)["id"], "2026-04-01T07:00:00Z")]


def test_an_op_that_is_sent_again_leaves_no_second_row(world: Any) -> None:
    who, line = kirsten(world), world.line("save_settings", "settings", "site", {"set": {}})
    send(world, who, line, line)
    assert [row[1] for row in rows(world)] == ["save_settings"]


def test_what_was_refused_or_answered_later_leaves_none(world: Any) -> None:
    who = kirsten(world)
    send(
        world,
        who,
        world.line("withdraw", "place", world.id(), {"why": "væk"}),
        world.line("save_place", "place", world.id(), {"set": {"wings": 2}}),
        world.line("save_place", "place", world.id(), {"set": {}}),
    )
    assert rows(world) == []


def test_the_command_line_is_told_as_what_it_is(world: Any) -> None:
    id = world.place("idea")
    assert rows(world)[-1] == (
        "Serverens kommandolinje", "save_place", "place", id, "Bænken ved søen",
        ("form", "name", "where", "amenities", "ground", "purpose", "activities", "point"),
    )  # fmt: skip


@pytest.mark.parametrize("by", ["none", "session", "local"])
def test_what_anybody_may_do_leaves_none_whoever_does_it(world: Any, by: str) -> None:
    """Else a report would be joined to a person, or to the moment at which it came."""
    bench = world.facility()
    world.ctx = replace(world.ctx, who=world.id())
    (reply,) = world.send(world.line("report_fault", "facility", bench, {"what": "broken"}), by=by)
    assert reply["status"] == "applied"
    assert world.count("audit") == 0


def test_fields_that_did_not_go_in_are_not_told(world: Any) -> None:
    id = world.place("idea")
    base = world.tx.execute("SELECT v FROM feed WHERE scope = 'staff' AND id = ?", [id]).fetchone()[0]
    world.done("save_place", "place", id, {"set": {"notes": "Hendes."}})
    reply = world.do("save_place", "place", id, {"set": {"notes": "Mine.", "guests_welcome": True}}, base=base)
    assert [one["field"] for one in reply["result"]["conflicts"]] == ["notes"]
    assert rows(world)[-1][-1] == ("guests_welcome",)


def test_people_and_roles_are_told_with_the_names_that_they_have_now(world: Any) -> None:
    who, id = kirsten(world), world.id()
    send(
        world,
        who,
        world.line("invite", "person", id, {"name": "Bo", "role": "editor", "code_sha256": "a" * 64}),
        world.line("set_role", "person", id, {"role": "moderator"}),
        world.line("end_person", "person", id, {}),
    )
    assert rows(world) == [
        ("Kirsten", "invite", "person", id, "Bo", ("name", "role")),
        ("Kirsten", "set_role", "person", id, "Bo", ("role",)),
        ("Kirsten", "end_person", "person", id, "Bo", ()),
    ]


def test_things_of_every_kind_are_told_by_name_and_reports_by_what_they_are_about(world: Any) -> None:
    bench, path = world.facility(type_text="Bænk"), world.route([(0, 0), (90, 0)])
    world.done("withdraw", "route", path, {"why": "væk"})
    report = world.id()
    world.ctx = replace(world.ctx, uuid=lambda: report)
    world.send(world.line("report_fault", "facility", bench, {"what": "broken"}), by="none")
    world.done("answer_fault", "fault", report, {"state": "taken"})
    world.done("withdraw", "facility", bench, {"why": "væk"})
    world.done("save_settings", "settings", "site", {"set": {}})
    assert [(row[1], row[4]) for row in rows(world)] == [
        ("withdraw", "Søstien"),
        ("answer_fault", "Bænk"),
        ("withdraw", "Bænk"),
        ("save_settings", None),
    ]


def test_no_row_holds_what_was_said(world: Any) -> None:
    secret = "54 73 00 99"
    world.place("idea", contact={"name": "Kirsten", "phone": secret, "role": None})
    assert not any(secret in str(row) for row in world.tx.execute("SELECT * FROM audit").fetchall())

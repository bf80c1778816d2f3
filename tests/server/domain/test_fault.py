"""report_fault: what citizens may report on, and what its body tells readers."""

from typing import Any

import pytest

from server.store import thing

BROKEN = {"what": "broken", "text": "Sædet er revnet", "photos": []}


def report(world: Any, kind: str, id: str, **args: Any) -> dict[str, Any]:
    reply: dict[str, Any] = world.send(world.line("report_fault", kind, id, {**BROKEN, **args}), by="none")[0]
    return reply


def fixed(world: Any, kind: str, id: str, day: str) -> None:
    world.on(day)
    row = thing.rows_of(world.tx, kind, [id])[id]  # type: ignore[arg-type]
    ((report,),) = world.tx.execute(
        "SELECT uid FROM fault WHERE subject = ? AND what = 'broken' ORDER BY id LIMIT 1", [row]
    ).fetchall()
    world.done("answer_fault", "fault", report, {"state": "fixed"})


def test_places_facilities_and_routes_can_be_broken(world: Any) -> None:
    things = {"facility": world.facility(), "place": world.place("resting"), "route": world.route([(0, 0), (9, 0)])}
    for kind, id in things.items():
        assert report(world, kind, id)["result"] == {}
        assert world.body("public", kind, id)["faults"] == [
            {"what": "broken", "since": "2026-04-01", "state": "reported"}
        ]


def test_each_what_stands_once_with_the_day_of_its_first_report(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    world.on("2026-04-03")
    assert report(world, "facility", bench)["seq"] == {}, "other repeats change no body"
    report(world, "facility", bench, what="litter")
    assert world.body("public", "facility", bench)["faults"] == [
        {"what": "broken", "since": "2026-04-01", "state": "reported"},
        {"what": "litter", "since": "2026-04-03", "state": "reported"},
    ]
    assert world.count("fault") == 3


def test_a_fixed_fault_stands_for_14_days(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    fixed(world, "facility", bench, "2026-04-05")
    assert world.body("public", "facility", bench)["faults"][0]["state"] == "fixed"
    world.on("2026-04-18")
    world.publish("facility", bench)
    assert len(world.body("public", "facility", bench)["faults"]) == 1
    world.on("2026-04-19")
    world.publish("facility", bench)
    assert world.body("public", "facility", bench)["faults"] == []


def test_a_report_on_a_fixed_one_makes_it_reported_again(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    fixed(world, "facility", bench, "2026-04-05")
    world.on("2026-04-10")
    assert report(world, "facility", bench)["seq"].keys() == {"public"}
    assert world.body("public", "facility", bench)["faults"] == [
        {"what": "broken", "since": "2026-04-01", "state": "reported"}
    ]


def test_one_that_left_begins_anew(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    fixed(world, "facility", bench, "2026-04-05")
    world.on("2026-06-01")
    report(world, "facility", bench)
    assert world.body("public", "facility", bench)["faults"][0]["since"] == "2026-06-01"


@pytest.mark.parametrize("state", ["idea", "developing"])
def test_a_citizen_can_not_find_out_about_what_is_not_public(world: Any, state: str) -> None:
    for kind, id in (("place", world.place(state)), ("facility", world.facility(public=False)), ("place", world.id())):
        assert report(world, kind, id)["code"] == "unknown_subject"
    withdrawn = world.place("idea")
    world.done("withdraw", "place", withdrawn, {"why": "væk"})
    assert report(world, "place", withdrawn)["code"] == "unknown_subject"


@pytest.mark.parametrize("kind", ["settings", "event", "", "fault"])
def test_other_kinds_can_not_be_broken(world: Any, kind: str) -> None:
    assert report(world, kind, "site")["code"] == "unknown_subject"


def test_a_dissolved_place_is_gone(world: Any) -> None:
    reply = report(world, "place", world.place("dissolved"))
    assert (reply["code"], reply["on"]) == ("gone", "2026-04-01")


def test_staff_read_the_words_guides_read_them_without_who_and_the_public_reads_neither(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    ((id,),) = world.tx.execute("SELECT uid FROM fault").fetchall()
    staff, guide = world.body("staff", "fault", id), world.body("guide", "fault", id)
    assert staff == {
        "id": id,
        "subject": {"kind": "facility", "id": bench},
        "what": "broken",
        "since": "2026-04-01",
        "state": "reported",
        "text": "Sædet er revnet",
        "photos": [],
        "reported_by": "citizen",
        "taken_by": None,
        "answer": None,
        "shown": {"words": False, "photos": []},
    }
    assert guide == {key: value for key, value in staff.items() if key not in ("reported_by", "taken_by")}
    assert world.body("public", "fault", id) is None


def test_signs_that_steer_unseen_are_taken_out_of_a_report_and_its_lines_stay(world: Any) -> None:
    report(world, "facility", world.facility(), text="\u200fSædet\u202e er\nrevnet\u200b")
    assert world.tx.execute("SELECT text FROM fault").fetchall() == [("Sædet er\nrevnet",)]


def test_a_report_of_signs_that_nobody_sees_has_no_words(world: Any) -> None:
    report(world, "facility", world.facility(), text=" \u2060\u202e ")
    assert world.tx.execute("SELECT text FROM fault").fetchall() == [("",)]

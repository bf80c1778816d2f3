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


def reports(world: Any) -> list[str]:
    """Their ids, in the order in which they came."""
    return [id for (id,) in world.tx.execute("SELECT uid FROM fault ORDER BY id").fetchall()]


def answer(world: Any, report: str, state: str, **args: Any) -> dict[str, Any]:
    reply: dict[str, Any] = world.do("answer_fault", "fault", report, {"state": state, **args})
    return reply


def note(world: Any, bench: str) -> dict[str, Any] | None:
    """What readers are told of the bench, where they are told one thing."""
    found: list[dict[str, Any]] = world.body("public", "facility", bench)["faults"]
    assert len(found) < 2
    return found[0] if found else None


def test_who_takes_one_report_takes_all_of_the_same_on_the_same_thing(world: Any) -> None:
    bench, other = world.facility(), world.facility(500)
    for thing_ in (bench, bench, other):
        report(world, "facility", thing_)
    first, second, elsewhere = reports(world)
    words = {"da": "Vi kommer på mandag."}
    assert answer(world, second, "taken", taken_by="Jens", answer=words)["status"] == "applied"
    for one in (first, second):
        body = world.body("staff", "fault", one)
        assert (body["state"], body["taken_by"], body["answer"]) == ("taken", "Jens", words)
        assert "taken_by" not in world.body("guide", "fault", one)
    assert world.body("staff", "fault", elsewhere)["state"] == "reported"
    assert note(world, bench) == {"what": "broken", "since": "2026-04-01", "state": "taken", "answer": words}


def test_what_was_said_before_stays_where_nothing_is_said(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    (one,) = reports(world)
    answer(world, one, "taken", taken_by="Jens", answer={"da": "Vi kommer."}, show={"words": True, "photos": []})
    world.on("2026-04-03")
    answer(world, one, "fixed")
    body = world.body("staff", "fault", one)
    assert (body["state"], body["taken_by"], body["answer"]) == ("fixed", "Jens", {"da": "Vi kommer."})
    assert note(world, bench) == {
        "what": "broken", "since": "2026-04-01", "state": "fixed", "words": "Sædet er revnet", "answer": {"da": "Vi kommer."},
    }  # fmt: skip


def test_closed_is_said_of_one_report_and_the_note_stands_while_another_is_open(world: Any) -> None:
    bench = world.facility()
    for _ in range(2):
        report(world, "facility", bench)
    first, second = reports(world)
    answer(world, first, "closed")
    assert [world.body("staff", "fault", one)["state"] for one in (first, second)] == ["closed", "reported"]
    assert note(world, bench) is not None
    answer(world, second, "closed")
    assert note(world, bench) is None


def test_closed_with_a_word_back_is_read_for_14_days(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    (one,) = reports(world)
    answer(world, one, "closed", answer={"da": "Bænken er hel."})
    assert note(world, bench) == {
        "what": "broken", "since": "2026-04-01", "state": "fixed", "answer": {"da": "Bænken er hel."}, "closed": True,
    }  # fmt: skip
    world.on("2026-04-15")
    world.publish("facility", bench)
    assert note(world, bench) is None


def test_a_closed_report_can_be_taken_up_again(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    (one,) = reports(world)
    answer(world, one, "closed")
    answer(world, one, "taken")
    assert note(world, bench) == {"what": "broken", "since": "2026-04-01", "state": "taken"}


def test_a_new_report_on_what_was_mended_is_without_the_old_word_back(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    (one,) = reports(world)
    answer(world, one, "fixed", answer={"da": "Den er hel igen."})
    report(world, "facility", bench)
    assert note(world, bench) == {"what": "broken", "since": "2026-04-01", "state": "reported"}


def test_words_are_shown_from_when_staff_accept_them_until_they_do_not_or_the_report_is_closed(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    report(world, "facility", bench, text="Også bordet")
    first, second = reports(world)
    for shown, words in ((False, None), (True, "Også bordet")):
        answer(world, second, "taken", show={"words": shown, "photos": []})
        told = note(world, bench)
        assert told is not None
        assert told.get("words") == words
    answer(world, second, "closed")
    told = note(world, bench)
    assert told is not None
    assert "words" not in told
    assert first != second


@pytest.mark.parametrize(
    ("args", "code", "at"),
    [
        ({"state": "reported"}, "invalid", "/args/state"),
        ({"state": "taken", "answer": {"da": "Vend\u202e om"}}, "invalid", "/args/answer/da"),
        ({"state": "taken", "answer": {"da": " "}}, "invalid", "/args/answer"),
        ({"state": "taken", "show": {"words": True, "photos": ["a" * 64]}}, "invalid", "/args/show/photos/0"),
        ({"state": "taken", "taken_by": "x" * 81}, "too_long", "/args/taken_by"),
    ],
)
def test_an_answer_that_can_not_be_right_is_refused_and_changes_nothing(
    world: Any, args: dict[str, Any], code: str, at: str
) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    (one,) = reports(world)
    reply = world.do("answer_fault", "fault", one, args)
    assert (reply["code"], reply["at"]) == (code, at)
    assert world.body("staff", "fault", one)["state"] == "reported"


def test_a_report_of_a_thing_that_is_gone_can_still_be_closed(world: Any) -> None:
    place = world.place("active")
    report(world, "place", place)
    (one,) = reports(world)
    world.done("move_state", "place", place, {"to": "dissolved", "why": {"da": "Huset er solgt."}})
    assert answer(world, one, "closed")["status"] == "applied"
    assert world.body("staff", "fault", one)["state"] == "closed"


def test_who_takes_a_report_and_the_word_back_have_no_sign_that_steers_unseen(world: Any) -> None:
    bench = world.facility()
    report(world, "facility", bench)
    ((id,),) = world.tx.execute("SELECT uid FROM fault").fetchall()
    for said, at in (
        ({"taken_by": "Vejen\u202e"}, "/args/taken_by"),
        ({"answer": {"da": "Tak\u202e"}}, "/args/answer/da"),
    ):
        reply = world.do("answer_fault", "fault", id, {"state": "taken", **said})
        assert (reply["code"], reply["at"]) == ("invalid", at)

"""Two people edit one thing: what one of them has not seen is not written over, and nothing is lost in silence."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.store import thing
from sync import feed, inbox

FIRM = {"value": "firm", "source": "Kommunen", "seen_on": "2026-03-01"}
LOOSE = {**FIRM, "value": "loose"}


def v_of(world: Any, kind: str, id: str) -> str:
    """The v of the body that staff read."""
    for scope in ("staff",) if kind == "place" else ("public", "staff"):
        if (found := feed.current(world.tx, scope, kind, id)) is not None:
            return str(found[0])
    raise LookupError(id)


def made(world: Any, kind: str) -> str:
    return str(
        {"place": world.place, "facility": world.facility, "route": lambda: world.route([(0, 0), (90, 0)])}[kind]()
    )


def name(words: str) -> dict[str, str]:
    return {"da": words}


FIELD: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "place": ("contact", lambda words: {"name": words}, "/name"),
    "facility": ("type_text", lambda words: words, ""),
    "route": ("closures", lambda words: [{"from": "2026-04-01", "why": name(words)}], "/0/why/da"),
}


@pytest.mark.parametrize("kind", FIELD)
@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x1b", "\x85"])
def test_a_sign_that_steers_unseen_is_refused_wherever_it_stands(world: Any, kind: str, sign: str) -> None:
    id, (field, made_of, at) = made(world, kind), FIELD[kind]
    before = world.body("public", kind, id)
    for wanted, where in (
        ({field: made_of(f"Bænk{sign}ABC")}, f"{field}{at}"),
        ({"name": name(f"Bænk{sign}")}, "name/da"),
    ):
        reply = world.do(f"save_{kind}", kind, id, {"set": wanted})
        assert (reply["status"], reply["code"], reply["at"]) == ("refused", "invalid", f"/args/set/{where}")
        assert f"usynligt tegn (U+{ord(sign):04X}) efter »Bænk«" in reply["detail"]
    assert world.body("public", kind, id) == before


@pytest.mark.parametrize("words", ["  ", "\n", "\u00a0", "\u200d"])
def test_words_have_a_sign_that_can_be_seen(world: Any, words: str) -> None:
    for kind, wanted, where in (
        ("facility", {"type_text": words}, "type_text"),
        ("facility", {"open_24h": {"value": True, "source": words, "seen_on": "2026-03-01"}}, "open_24h/source"),
        ("place", {"contact": {"name": "Ida", "phone": words}}, "contact/phone"),
    ):
        reply = world.do(f"save_{kind}", kind, made(world, kind), {"set": wanted})
        assert (reply["status"], reply["code"], reply["at"]) == ("refused", "invalid", f"/args/set/{where}")
        assert "Teksten er tom" in reply["detail"]


@pytest.mark.parametrize(
    "words",
    [
        "To\nlinjer\tog",
        "Sol\u00adskin",
        "Familie \U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u05e9\u05dc\u05d5\u05dd",
    ],
)
def test_words_of_other_alphabets_emoji_and_lines_are_taken(world: Any, words: str) -> None:
    id = made(world, "place")
    world.done("save_place", "place", id, {"set": {"name": name(words), "notes": ""}})
    assert world.body("public", "place", id)["name"] == name(words)


@pytest.mark.parametrize("kind", ["place", "facility", "route"])
def test_what_nobody_else_has_touched_goes_in_and_the_rest_comes_back(world: Any, kind: str) -> None:
    id, verb = made(world, kind), f"save_{kind}"
    other = {"place": "way_in", "facility": "season", "route": "season"}[kind]
    value = name("Ad stien") if kind == "place" else {"from": "04-01", "through": "10-31"}
    base = v_of(world, kind, id)
    world.on("2026-04-03")
    world.done(verb, kind, id, {"set": {"name": name("Deres")}})
    world.on("2026-04-05")
    reply = world.do(verb, kind, id, {"set": {"name": name("Mit"), other: value}}, base=base)
    assert (reply["status"], reply["result"]["conflicts"]) == (
        "applied",
        [{"field": "name", "mine": name("Mit"), "theirs": name("Deres"), "by": "local", "on": "2026-04-03"}],
    )
    body = world.body("public", kind, id)
    assert (body["name"], body[other]) == (name("Deres"), value)


@pytest.mark.parametrize("kind", ["place", "facility", "route"])
def test_where_nothing_goes_in_the_edit_is_refused_with_what_stands_there(world: Any, kind: str) -> None:
    id, verb = made(world, kind), f"save_{kind}"
    base = v_of(world, kind, id)
    world.done(verb, kind, id, {"set": {"name": name("Deres")}})
    before = world.body("public", kind, id)
    reply = world.do(verb, kind, id, {"set": {"name": name("Mit")}}, base=base)
    assert (reply["status"], reply["code"]) == ("refused", "conflict")
    assert [(one["field"], one["theirs"]) for one in reply["conflicts"]] == [("name", name("Deres"))]
    assert world.body("public", kind, id) == before


@pytest.mark.parametrize("kind", ["place", "facility", "route"])
def test_the_newest_base_writes_over_and_so_does_none(world: Any, kind: str) -> None:
    id, verb = made(world, kind), f"save_{kind}"
    for based in (True, False):
        world.done(verb, kind, id, {"set": {"name": name("Deres")}})
        base = v_of(world, kind, id) if based else None
        reply = world.do(verb, kind, id, {"set": {"name": name("Mit")}}, base=base)
        assert (reply["status"], reply["result"]) == ("applied", {"conflicts": []})
        assert world.body("public", kind, id)["name"] == name("Mit")


@pytest.mark.parametrize("kind", ["place", "facility", "route"])
def test_a_base_that_history_does_not_know_makes_every_field_that_differs_a_conflict(world: Any, kind: str) -> None:
    id, verb = made(world, kind), f"save_{kind}"
    known = world.body("public", kind, id)["name"]
    reply = world.do(verb, kind, id, {"set": {"name": name("Mit")}}, base="00000000")
    assert (reply["code"], [one["field"] for one in reply["conflicts"]]) == ("conflict", ["name"])
    reply = world.do(verb, kind, id, {"set": {"name": known or None}}, base="00000000")
    assert (reply["status"], reply["result"]) == ("applied", {"conflicts": []}), "the same is no conflict"


def test_both_wrote_the_same_and_nobody_is_told_of_a_conflict(world: Any) -> None:
    id = world.place()
    base = v_of(world, "place", id)
    world.done("save_place", "place", id, {"set": {"name": name("Hytten")}})
    reply = world.do("save_place", "place", id, {"set": {"name": name("Hytten")}}, base=base)
    assert (reply["status"], reply["result"], reply["seq"]) == ("applied", {"conflicts": []}, {})


def test_what_was_changed_and_changed_back_goes_in(world: Any) -> None:
    id = world.place()
    base = v_of(world, "place", id)
    for words in ("Deres", "Bænken ved søen"):
        world.done("save_place", "place", id, {"set": {"name": name(words), "notes": words}})
    reply = world.do("save_place", "place", id, {"set": {"name": name("Mit")}}, base=base)
    assert (reply["status"], reply["result"]) == ("applied", {"conflicts": []})


def test_who_changed_that_very_field_is_told_and_not_who_came_last(world: Any) -> None:
    id = world.place()
    base = v_of(world, "place", id)
    world.on("2026-04-03")
    world.done("save_place", "place", id, {"set": {"name": name("Deres")}})
    world.on("2026-04-09")
    world.done("save_place", "place", id, {"set": {"notes": "Noget andet"}})
    reply = world.do("save_place", "place", id, {"set": {"name": name("Mit")}}, base=base)
    assert [(one["by"], one["on"]) for one in reply["conflicts"]] == [("local", "2026-04-03")]


def test_two_edit_two_stretches_of_one_route_and_both_go_in(world: Any) -> None:
    id = world.route([(0, 0), (90, 0)], [(90, 0), (90, 50)])
    first, second = (one["id"] for one in world.body("public", "route", id)["stretches"])
    base = v_of(world, "route", id)
    world.done("save_route", "route", id, {"set": {"stretches": [{"id": first, "surface": FIRM}]}})
    mine = [{"id": first, "surface": LOOSE}, {"id": second, "surface": LOOSE}]
    reply = world.do("save_route", "route", id, {"set": {"stretches": mine}}, base=base)
    assert [(one["field"], one["mine"], one["theirs"]) for one in reply["result"]["conflicts"]] == [
        ("stretches", [{"id": first, "surface": LOOSE}], [{"id": first, "surface": FIRM}])
    ]
    assert [one["surface"] for one in world.body("public", "route", id)["stretches"]] == [FIRM, LOOSE]


def test_a_body_that_changed_by_a_report_alone_is_known_as_a_base(world: Any) -> None:
    bench = world.facility()
    world.done("report_fault", "facility", bench, {"what": "broken", "text": "", "photos": []})
    base = v_of(world, "facility", bench)
    world.done("save_facility", "facility", bench, {"set": {"code": None}})
    reply = world.do("save_facility", "facility", bench, {"set": {"name": name("Mit")}}, base=base)
    assert (reply["status"], reply["result"]) == ("applied", {"conflicts": []})


@pytest.mark.parametrize("base", ["", "DE0E5897", "de0e589", "de0e58970"])
def test_a_base_that_is_no_v_is_invalid(world: Any, base: str) -> None:
    reply = world.do("save_facility", "facility", world.facility(), {"set": {"code": None}}, base=base)
    assert (reply["code"], reply["at"]) == ("invalid", "/base")


def test_a_base_of_the_public_scope_is_invalid_for_a_place_old_or_new(world: Any) -> None:
    id = world.place("active")
    found = feed.current(world.tx, "public", "place", id)
    assert found is not None
    for _ in range(2):
        reply = world.do("save_place", "place", id, {"set": {"notes": "Mine"}}, base=found[0])
        assert (reply["code"], reply["at"]) == ("invalid", "/base")
        world.done("save_place", "place", id, {"set": {"way_in": name("Ad stien")}})


@pytest.mark.parametrize("kind", ["place", "facility", "route"])
def test_a_base_on_what_is_not_here_is_an_unknown_subject_and_makes_nothing(world: Any, kind: str) -> None:
    id = world.id()
    reply = world.do(f"save_{kind}", kind, id, {"set": {"name": name("Mit")}}, base="00000000")
    assert reply["code"] == "unknown_subject"
    assert thing.find(world.tx, kind, id) is None


WORDS = st.sampled_from(["a", "b", "c"])
EDITS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.booleans(),
        st.dictionaries(st.sampled_from(["name", "where", "way_in", "notes"]), WORDS, min_size=1),
    ),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_however_two_people_edit_one_thing_no_field_is_lost_in_silence(world: Any, edits: list[Any]) -> None:
    """Each reads now and then and edits what they last read. A field that somebody had changed since is never written over, and what
    did not go in comes back with what stands there."""
    world.tx.execute("SAVEPOINT example").fetchall()
    try:
        id = world.place("idea", name=name("a"))
        seen = [(v_of(world, "place", id), stands(world, id))] * 2
        for who, reads, told in edits:
            here = stands(world, id)
            if reads:
                seen[who] = (v_of(world, "place", id), here)
            base, read = seen[who]
            mine = {field: words if field == "notes" else name(words) for field, words in told.items()}
            reply = world.do("save_place", "place", id, {"set": mine}, base=base)
            after = stands(world, id)
            back = {one["field"]: one for one in reply.get("conflicts") or reply["result"]["conflicts"]}
            for field in after:
                if field not in mine:
                    assert after[field] == here[field], "nobody asked for that"
                elif here[field] in (read[field], mine[field]):
                    assert field not in back
                    assert after[field] == mine[field]
                else:
                    assert (back[field]["mine"], back[field]["theirs"]) == (mine[field], here[field])
                    assert after[field] == here[field]
    finally:
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()


FACTS = st.sampled_from([None, FIRM, LOOSE])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 1), st.booleans(), st.dictionaries(st.integers(0, 2), FACTS, min_size=1)), max_size=8
    )
)
def test_however_two_people_edit_a_routes_stretches_none_is_lost_in_silence(world: Any, edits: list[Any]) -> None:
    """The same of what is said of three stretches of one route."""
    world.tx.execute("SAVEPOINT example").fetchall()
    try:
        id = world.route([(0, 0), (90, 0)], [(90, 0), (90, 50)], [(90, 50), (0, 50)])
        ids = [one["id"] for one in world.body("public", "route", id)["stretches"]]

        def now() -> list[Any]:
            return [one["surface"] for one in world.body("public", "route", id)["stretches"]]

        seen = [(v_of(world, "route", id), now())] * 2
        for who, reads, mine in edits:
            here = now()
            if reads:
                seen[who] = (v_of(world, "route", id), here)
            base, read = seen[who]
            told = [{"id": ids[n], "surface": surface} for n, surface in mine.items()]
            reply = world.do("save_route", "route", id, {"set": {"stretches": told}}, base=base)
            back = {one["mine"][0]["id"]: one for one in reply.get("conflicts") or reply["result"]["conflicts"]}
            after = now()
            for n, stretch in enumerate(ids):
                if n in mine and here[n] not in (read[n], mine[n]):
                    assert back[stretch]["mine"] == [{"id": stretch, "surface": mine[n]}]
                    assert back[stretch]["theirs"] == [{"id": stretch, "surface": here[n]}]
                    assert after[n] == here[n]
                else:
                    assert stretch not in back
                    assert after[n] == mine.get(n, here[n])
    finally:
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()


def stands(world: Any, id: str) -> dict[str, Any]:
    body = world.body("staff", "place", id)
    return {**{field: body[field] for field in ("name", "where", "way_in")}, "notes": body["staff"]["notes"]}


def test_what_a_refused_edit_said_is_thinned_after_sixty_days(world: Any) -> None:
    id = world.place()
    line = world.line("save_place", "place", id, {"set": {"name": name("Hemmeligt")}}, base="00000000")
    world.send(line)
    inbox.thin(world.tx, world.ctx.now.replace(year=2030))
    (again,) = world.send(line)
    assert (again["code"], again["again"]) == ("conflict", True)
    assert "Hemmeligt" not in json.dumps(again)

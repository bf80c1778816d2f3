"""save_route: the line of a route made here is drawn anew, split and joined, and two who do so lose nothing."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.model import line
from sync import feed

A, B, C, D = (11.87, 54.77), (11.88, 54.77), (11.88, 54.775), (11.89, 54.775)
FIRM = {"value": "firm", "source": "Kommunen", "seen_on": "2026-03-01"}
LOOSE = {"value": "loose", "source": "Kommunen", "seen_on": "2026-03-02"}
OTHER = "019d2fff-0000-7000-8000-0000000000ff"


def made(world: Any, *lines: list[tuple[float, float]], **more: Any) -> tuple[str, list[str]]:
    """A route of ours, and the ids of its stretches."""
    id, ids = world.id(), [world.id() for _ in lines]
    stretches = [{"id": one, "line": line.encode(points)} for one, points in zip(ids, lines, strict=True)]
    world.done("save_route", "route", id, {"set": {"name": {"da": "Søstien"}, "stretches": stretches, **more}})
    return id, ids


def save(world: Any, id: str, **given: Any) -> dict[str, Any]:
    base = given.pop("base", None)
    reply: dict[str, Any] = world.do("save_route", "route", id, {"set": given}, base=base)
    return reply


def body(world: Any, id: str) -> dict[str, Any]:
    found: dict[str, Any] = world.body("public", "route", id)
    return found


def v(world: Any, id: str) -> str:
    current = feed.current(world.tx, "public", "route", id)
    assert current is not None
    return current[0]


def ways(world: Any, id: str) -> list[tuple[str, list[tuple[float, float]]]]:
    return [(one["id"], line.decode(one["line"])) for one in body(world, id)["stretches"]]


def test_a_line_of_ours_is_drawn_anew_with_its_length_and_what_is_near(world: Any) -> None:
    id, [stretch] = made(world, [A, B])
    bench = world.facility(900, -400)
    before = body(world, id)
    assert before["near"] == []
    point = world.body("public", "facility", bench)["point"]
    assert (
        save(world, id, stretches=[{"id": stretch, "line": line.encode([A, B, tuple(point)])}])["status"] == "applied"
    )
    after = body(world, id)
    assert after["length_m"] > before["length_m"]
    assert [(one["facility_id"], one["off_m"] <= 1) for one in after["near"]] == [(bench, True)]
    assert save(world, id, stretches=[{"id": stretch, "line": line.encode([A, B])}])["status"] == "applied"
    assert body(world, id) == before


def test_a_stretch_is_split_and_joined_again(world: Any) -> None:
    id, [first] = made(world, [A, B, C])
    second = world.id()
    halves = [{"id": first, "line": line.encode([A, B])}, {"id": second, "line": line.encode([B, C]), "surface": FIRM}]
    whole = body(world, id)
    assert save(world, id, stretches=halves, order=[first, second])["status"] == "applied"
    assert ways(world, id) == [(first, [A, B]), (second, [B, C])]
    assert body(world, id)["length_m"] == pytest.approx(whole["length_m"], abs=1)
    assert [one["surface"] for one in body(world, id)["stretches"]] == [None, FIRM]
    joined = [{"id": first, "line": line.encode([A, B, C])}]
    assert save(world, id, stretches=joined, order=[first])["status"] == "applied"
    assert body(world, id) == whole


def test_stretches_change_places_and_a_ring_is_known_as_one(world: Any) -> None:
    id, [one, two, three] = made(world, [B, C], [A, B], [C, A])
    assert body(world, id)["loop"] is False
    assert save(world, id, order=[two, one, three])["status"] == "applied"
    assert [way for way, _ in ways(world, id)] == [two, one, three]
    assert body(world, id)["loop"] is True


def test_the_line_as_it_is_read_changes_nothing_when_it_is_sent_back(world: Any) -> None:
    wavy = [(11.87 + i / 1e5, 54.77 + (i % 2) / 1e5) for i in range(40)]
    id, [stretch] = made(world, wavy)
    before = body(world, id)
    assert len(line.decode(before["stretches"][0]["line"])) < 40
    reply = save(world, id, stretches=[{"id": stretch, "line": before["stretches"][0]["line"]}], order=[stretch])
    assert (reply["status"], reply["seq"]) == ("applied", {})
    assert body(world, id) == before


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"order": []}, "/args/set/order"),
        ({"order": ["0", "0"]}, "/args/set/order"),
        ({"order": ["0", OTHER]}, "/args/set/order/1"),
        ({"stretches": [{"id": OTHER, "line": line.encode([A, B])}]}, "/args/set/stretches/0/id"),
        ({"order": ["0"], "stretches": [{"id": "1", "surface": FIRM}]}, "/args/set/stretches/0/id"),
        ({"stretches": [{"id": "0", "line": line.encode([A, A])}]}, "/args/set/stretches/0/line"),
        ({"stretches": [{"id": "0", "line": line.encode([A, (-70.0, 40.0)])}]}, "/args/set/stretches/0/line"),
        ({"stretches": [{"id": "0", "line": line.encode([A[::-1], B[::-1]])}]}, "/args/set/stretches/0/line"),
        ({"stretches": [{"id": "0", "line": line.encode([(8.0, 55.0), (8.0, 57.5), (8.2, 55.0), (8.2, 57.0)])}]},
         "/args/set/stretches"),
    ],
)  # fmt: skip
def test_a_way_that_can_not_be_one_is_refused_with_its_place(world: Any, given: dict[str, Any], at: str) -> None:
    id, ids = made(world, [A, B], [B, C])
    before = body(world, id)

    def real(short: str) -> str:
        return ids[int(short)] if len(short) == 1 else short

    if "order" in given:
        given = {**given, "order": [real(one) for one in given["order"]]}
    if "stretches" in given:
        given = {**given, "stretches": [{**one, "id": real(one["id"])} for one in given["stretches"]]}
    reply = save(world, id, **given)
    assert (reply.get("code"), reply.get("at")) == ("invalid", at), reply
    assert body(world, id) == before


def test_a_line_across_the_world_is_refused_in_words_that_say_where(world: Any) -> None:
    id, [stretch] = made(world, [A, B])
    reply = save(world, id, stretches=[{"id": stretch, "line": line.encode([A, (-70.0, 40.0)])}])
    assert reply["detail"] == "Linjen går uden for Danmark ved 40.0000, -70.0000. Tegn den igen på kortet."
    way = {"from": "stop", "name": {"da": "Bus"}, "length_m": 9, "surface": None, "line": line.encode([A, (0.0, 0.0)])}
    reply = save(world, id, approaches=[way])
    assert (reply["code"], reply["at"]) == ("invalid", "/args/set/approaches/0/line")


def test_a_line_that_the_municipalitys_map_does_not_have_is_refused(world: Any) -> None:
    id, [stretch] = made(world, [A, B])
    world.done("save_settings", "settings", "site", {"set": {"bounds": [11.5, 54.5, 12.2, 55.0]}})
    reply = save(world, id, stretches=[{"id": stretch, "line": line.encode([(10.0, 56.0), (10.1, 56.0)])}])
    assert (reply["code"], "uden for kommunens kort" in reply["detail"]) == ("invalid", True)
    over_the_border = line.encode([A, (11.87, 55.01)])
    assert save(world, id, stretches=[{"id": stretch, "line": over_the_border}])["status"] == "applied"


def test_a_stretch_that_is_closed_does_not_go_while_the_closure_names_it(world: Any) -> None:
    id, [first, second] = made(world, [A, B], [B, C])
    shut = {"from": "2026-04-01", "to": None, "why": {"da": "Storm"}, "stretch_ids": [second]}
    assert save(world, id, closures=[shut])["status"] == "applied"
    reply = save(world, id, order=[first])
    assert (reply["code"], reply["at"]) == ("invalid", "/args/set/order")
    third = world.id()
    split = [{"id": second, "line": line.encode([B, C])}, {"id": third, "line": line.encode([C, D])}]
    both = [{**shut, "stretch_ids": [second, third]}]
    assert save(world, id, order=[first, second, third], stretches=split, closures=both)["status"] == "applied"
    assert save(world, id, order=[first], closures=None)["status"] == "applied"
    assert ways(world, id) == [(first, [A, B])]


def test_what_two_draw_in_different_stretches_both_goes_in(world: Any) -> None:
    id, [first, second] = made(world, [A, B], [B, C])
    base = v(world, id)
    assert save(world, id, stretches=[{"id": first, "line": line.encode([D, B])}], base=base)["status"] == "applied"
    reply = save(world, id, stretches=[{"id": second, "line": line.encode([B, D])}], base=base)
    assert (reply["status"], reply["result"]["conflicts"]) == ("applied", [])
    assert ways(world, id) == [(first, [D, B]), (second, [B, D])]


def test_half_of_a_split_never_goes_in_alone(world: Any) -> None:
    id, [first, second] = made(world, [A, B, C], [C, D])
    base = v(world, id)
    theirs = line.encode([A, C])
    assert save(world, id, stretches=[{"id": first, "line": theirs}], base=base)["status"] == "applied"
    third, name = world.id(), {"da": "Stien om søen"}
    halves = [{"id": first, "line": line.encode([A, B])}, {"id": third, "line": line.encode([B, C]), "surface": FIRM}]
    shut = [{"from": "2026-04-01", "to": None, "why": {"da": "Storm"}, "stretch_ids": [third]}]
    given = {"stretches": halves, "order": [first, third, second], "closures": shut, "name": name}
    reply = save(world, id, **given, base=base)
    assert reply["status"] == "applied"
    after = body(world, id)
    assert (after["name"], after["closures"]) == (name, [])
    assert ways(world, id) == [(first, [A, C]), (second, [C, D])]
    told = {(one["field"], str(one["mine"])) for one in reply["result"]["conflicts"]}
    assert told >= {
        ("order", str([first, third, second])),
        ("stretches", str([{"id": first, "line": halves[0]["line"]}])),
        ("stretches", str([{"id": third, "line": halves[1]["line"]}])),
        ("stretches", str([{"id": third, "surface": FIRM}])),
    }
    assert "closures" in {one["field"] for one in reply["result"]["conflicts"]}


def test_a_split_alone_on_an_old_base_is_refused_whole_and_goes_in_on_the_new_one(world: Any) -> None:
    id, [first] = made(world, [A, B, C])
    base = v(world, id)
    assert save(world, id, stretches=[{"id": first, "line": line.encode([A, C])}])["status"] == "applied"
    second = world.id()
    halves = [{"id": first, "line": line.encode([A, B])}, {"id": second, "line": line.encode([B, C])}]
    reply = save(world, id, stretches=halves, order=[first, second], base=base)
    assert (reply["status"], reply["code"]) == ("refused", "conflict")
    again = save(world, id, stretches=halves, order=[first, second], base=v(world, id))
    assert (again["status"], again["result"]["conflicts"]) == ("applied", [])
    assert ways(world, id) == [(first, [A, B]), (second, [B, C])]


def test_a_split_on_the_newest_base_leaves_what_is_said_of_the_stretch(world: Any) -> None:
    id, [first] = made(world, [A, B, C])
    base = v(world, id)
    assert save(world, id, stretches=[{"id": first, "surface": LOOSE}])["status"] == "applied"
    second = world.id()
    halves = [{"id": first, "line": line.encode([A, B])}, {"id": second, "line": line.encode([B, C]), "surface": LOOSE}]
    reply = save(world, id, stretches=halves, order=[first, second], base=base)
    assert (reply["status"], reply["result"]["conflicts"]) == ("applied", [])
    assert [one["surface"] for one in body(world, id)["stretches"]] == [LOOSE, LOOSE]


def test_a_stretch_that_somebody_has_drawn_anew_is_not_joined_as_it_was(world: Any) -> None:
    id, [first, second, third] = made(world, [A, B], [B, C], [C, D])
    base = v(world, id)
    to = (C[0], C[1] + 0.0003)
    moved = [{"id": second, "line": line.encode([B, to])}, {"id": third, "line": line.encode([to, D])}]
    assert save(world, id, stretches=moved, base=base)["status"] == "applied"
    joined = [{"id": first, "line": line.encode([A, B, C])}]
    assert save(world, id, stretches=joined, order=[first, third], base=base)["code"] == "conflict"
    assert [one["id"] for one in body(world, id)["stretches"]] == [first, second, third]


EDITS = st.lists(
    st.tuples(st.integers(0, 1), st.booleans(), st.sampled_from(["split", "join", "bend", "joint"]), st.integers(0, 5)),
    max_size=8,
)


def edited(world: Any, seen: dict[str, Any], what: str, at: int) -> dict[str, Any]:
    """What a person sends who saw this body: the route without a hole, as a desk draws it."""
    parts = [(one["id"], line.decode(one["line"])) for one in seen["stretches"]]
    i = at % len(parts)
    id, points = parts[i]
    if what == "split":
        middle = ((points[0][0] + points[-1][0]) / 2, (points[0][1] + points[-1][1]) / 2)
        halves = [(id, [points[0], middle]), (world.id(), [middle, points[-1]])]
        after, drawn = [*parts[:i], *halves, *parts[i + 1 :]], halves
    elif what == "join" and i + 1 < len(parts):
        whole = (id, [*points, *parts[i + 1][1][1:]])
        after, drawn = [*parts[:i], whole, *parts[i + 2 :]], [whole]
    elif what == "joint" and i + 1 < len(parts):
        to = (points[-1][0], points[-1][1] + 0.0003)
        drawn = [(id, [*points[:-1], to]), (parts[i + 1][0], [to, *parts[i + 1][1][1:]])]
        after = [*parts[:i], *drawn, *parts[i + 2 :]]
    else:
        drawn = [(id, [points[0], (points[0][0] + 0.0002, points[0][1] + 0.0004 + at / 1e4), points[-1]])]
        after = [*parts[:i], *drawn, *parts[i + 1 :]]
    ids = [one for one, _ in after]
    sent: dict[str, Any] = {"stretches": [{"id": one, "line": line.encode(way)} for one, way in drawn]}
    return sent if ids == [one for one, _ in parts] else sent | {"order": ids}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_however_two_people_draw_split_and_join_the_route_never_has_a_hole(world: Any, edits: list[Any]) -> None:
    world.tx.execute("SAVEPOINT example").fetchall()
    try:
        id, _ = made(world, [A, B], [B, C], [C, D])
        seen = [(v(world, id), body(world, id))] * 2
        for who, reads, what, at in edits:
            if reads:
                seen[who] = (v(world, id), body(world, id))
            base, read = seen[who]
            reply = save(world, id, **edited(world, read, what, at), base=base)
            assert reply["status"] == "applied" or reply["code"] in ("conflict", "invalid"), reply
            after = body(world, id)
            way = [line.decode(one["line"]) for one in after["stretches"]]
            assert all(one[-1] == other[0] for one, other in pairwise(way))
            assert (way[0][0], way[-1][-1]) == (A, D)
            assert after["length_m"] == sum(one["length_m"] for one in after["stretches"])
            numbers = world.tx.execute(
                "SELECT no FROM stretch WHERE route = (SELECT id FROM thing WHERE uid = ?)", (id,)
            )
            assert [no for (no,) in numbers] == list(range(1, len(way) + 1))
            lines = world.tx.execute("SELECT count(*) FROM stretch_line").fetchall()
            assert lines[0][0] == world.count("stretch")
    finally:
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()


def test_a_stretch_is_said_once_and_a_closure_closes_something(world: Any) -> None:
    id, [stretch] = made(world, [A, B])
    before = body(world, id)
    doubled = save(world, id, stretches=[{"id": stretch, "surface": FIRM}, {"id": stretch, "surface": LOOSE}])
    assert (doubled["code"], doubled["at"]) == ("invalid", "/args/set/stretches/1/id")
    nothing = save(world, id, closures=[{"from": "2026-04-01", "why": {"da": "Træfældning"}, "stretch_ids": []}])
    assert (nothing["code"], nothing["at"]) == ("invalid", "/args/set/closures/0/stretch_ids")
    assert body(world, id) == before

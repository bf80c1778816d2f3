"""Two things that are one: what points at the double points at the one that stays, and nothing that anybody said is lost."""

import json
from typing import Any

import pytest

from server.store import facility


def report(world: Any, kind: str, id: str, what: str = "broken") -> None:
    (reply,) = world.send(world.line("report_fault", kind, id, {"what": what}), by="none")
    assert reply["status"] == "applied"


def notes(world: Any, kind: str, id: str) -> list[tuple[str, str, str]]:
    return [(one["what"], one["since"], one["state"]) for one in world.body("public", kind, id)["faults"]]


def subjects(world: Any) -> set[str]:
    """The things that reports are about, as staff read them."""
    rows = world.tx.execute("SELECT body FROM feed WHERE scope = 'staff' AND kind = 'fault' AND body IS NOT NULL")
    return {json.loads(body)["subject"]["id"] for (body,) in rows.fetchall()}


def test_places_have_the_facility_that_stays_once_and_in_the_doubles_stead(world: Any) -> None:
    double, stays, other = world.facility(), world.facility(5), world.facility(9)
    one = world.place("active", facility_ids=[other, double])
    both = world.place("idea", facility_ids=[double, stays])
    world.done("merge", "facility", double, {"into": stays})
    assert world.body("public", "place", one)["facility_ids"] == [other, stays]
    assert world.body("staff", "place", both)["facility_ids"] == [stays]
    assert world.body("public", "facility", double) is None
    assert world.body("public", "facility", stays) is not None


def test_a_route_is_no_longer_near_the_double(world: Any) -> None:
    path, double, stays = world.route([(0, 0), (90, 0)]), world.facility(40, 5), world.facility(41, 5)
    world.done("merge", "facility", double, {"into": stays})
    assert [one["facility_id"] for one in world.body("public", "route", path)["near"]] == [stays]


def test_faults_go_over_open_where_one_of_them_is_since_the_first_report(world: Any) -> None:
    double, stays = world.facility(), world.facility(5)
    report(world, "facility", double)
    world.on("2026-04-03")
    for what in ("broken", "litter"):
        report(world, "facility", stays, what)
    report(world, "facility", double, "sign_gone")
    world.done("merge", "facility", double, {"into": stays})
    assert notes(world, "facility", stays) == [
        ("broken", "2026-04-01", "reported"),
        ("litter", "2026-04-03", "reported"),
        ("sign_gone", "2026-04-03", "reported"),
    ]
    assert subjects(world) == {stays}


@pytest.mark.parametrize("mended", ["double", "stays"])
def test_what_is_mended_on_one_and_open_on_the_other_is_open(world: Any, mended: str) -> None:
    ids = {"double": world.facility(), "stays": world.facility(5)}
    for id in ids.values():
        report(world, "facility", id)
    world.tx.execute(
        "UPDATE fault_note SET state = 'fixed', fixed_on = '2026-04-01' WHERE subject = (SELECT id FROM thing WHERE uid = ?)",
        [ids[mended]],
    )
    world.done("merge", "facility", ids["double"], {"into": ids["stays"]})
    assert notes(world, "facility", ids["stays"]) == [("broken", "2026-04-01", "reported")]


def test_a_place_that_readers_know_is_dissolved_and_leads_to_the_one_that_stays(world: Any) -> None:
    double, stays = world.place("resting"), world.place("active", name={"da": "Bænken", "en": "The bench"})
    report(world, "place", double)
    world.done("merge", "place", double, {"into": stays})
    told = world.body("public", "place", double)
    assert (told["state"], told["successor_id"], told["dissolved_on"]) == ("dissolved", stays, "2026-04-01")
    assert told["why"]["da"] == "Stedet stod her to gange. Se «Bænken»."
    assert "The bench" in told["why"]["en"]
    assert notes(world, "place", stays) == [("broken", "2026-04-01", "reported")]


def test_a_place_that_nobody_outside_has_read_is_withdrawn(world: Any) -> None:
    double, stays = world.place("developing"), world.place("idea")
    world.done("merge", "place", double, {"into": stays})
    assert world.body("staff", "place", double) is None
    assert world.do("withdraw", "place", double, {"why": "væk"})["code"] == "gone"
    assert world.body("staff", "place", stays) is not None


def test_dissolved_places_that_the_double_came_after_lead_to_the_one_that_stays(world: Any) -> None:
    double, stays, old = world.place("active"), world.place("active"), world.place("active")
    world.done("move_state", "place", old, {"to": "dissolved", "successor_id": double})
    world.done("merge", "place", double, {"into": stays})
    assert world.body("public", "place", old)["successor_id"] == stays


def test_a_merge_is_undone_by_a_restore_where_nobody_outside_has_read_the_double(world: Any) -> None:
    double, stays = world.facility(), world.facility(5)
    before = world.body("public", "facility", double)
    world.done("merge", "facility", double, {"into": stays})
    world.done("restore", "facility", double, {})
    assert world.body("public", "facility", double) == before


REFUSED = {
    "itself": ("invalid", "/args/into"),
    "another kind": ("invalid", "/args/into"),
    "nothing": ("invalid", "/args/into"),
    "one withdrawn": ("invalid", "/args/into"),
    "one dissolved": ("invalid", "/args/into"),
    "one not public": ("bad_step", None),
    "a double withdrawn": ("gone", None),
    "a double dissolved": ("gone", None),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_not_be_made_one_is_refused_and_nothing_changes(world: Any, case: str) -> None:
    double, into = world.place("active"), world.place("active")
    match case:
        case "itself":
            into = double
        case "another kind":
            into = world.facility()
        case "nothing":
            into = world.id()
        case "one withdrawn":
            into = world.place("idea")
            world.done("withdraw", "place", into, {"why": "væk"})
        case "one dissolved":
            into = world.place("dissolved")
        case "one not public":
            into = world.place("developing")
        case "a double withdrawn":
            double = world.place("idea")
            world.done("withdraw", "place", double, {"why": "væk"})
        case "a double dissolved":
            double = world.place("dissolved")
    before = world.tx.execute("SELECT scope, kind, id, v FROM feed ORDER BY 1, 2, 3").fetchall()
    reply = world.do("merge", "place", double, {"into": into})
    assert (reply["status"], reply["code"], reply.get("at")) == ("refused", *REFUSED[case])
    assert reply["detail"].endswith((".", "to."))
    assert world.tx.execute("SELECT scope, kind, id, v FROM feed ORDER BY 1, 2, 3").fetchall() == before


def test_a_facility_that_everybody_reads_does_not_go_into_one_that_is_staffs_own(world: Any) -> None:
    double, stays = world.facility(), world.facility(5, public=False)
    assert world.do("merge", "facility", double, {"into": stays})["code"] == "bad_step"
    world.done("merge", "facility", stays, {"into": double})


def test_a_double_that_its_file_brings_again_stays_gone(world: Any) -> None:
    double, stays = world.facility(), world.facility(5)
    row = world.facility_row(0, 0, id=double, type_text="Bænk af træ")
    world.done("merge", "facility", double, {"into": stays})
    assert facility.upsert(world.tx, row) == "unchanged"


def test_what_was_to_be_at_the_double_is_at_the_one_that_stays(world: Any) -> None:
    goes, stays = world.place("active"), world.place("active")
    id = world.event(place_id=goes, where=None)
    world.done("merge", "place", goes, {"into": stays})
    body = world.body("public", "event", id)
    assert (body["place_id"], body["times"][0]["state"]) == (stays, "on")
    assert world.body("public", "place", goes)["successor_id"] == stays

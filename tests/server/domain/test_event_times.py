"""change_time and split_event: a single time of a series, and the rest of it."""

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.jobs.expand import expand
from server.model.event import Time
from server.ops import Ctx
from server.store import event, occurrence
from tests.server.domain.test_event import ONCE, WEEKLY, WHY, change, code, revision, times


def test_a_single_time_is_moved_with_a_word_why_and_keeps_its_id(world: Any) -> None:
    id = world.event()
    assert code(change(world, id, "2026-04-14", state="moved", date="2026-04-16")) == "invalid"
    assert code(change(world, id, "2026-04-14", state="moved", date="2026-04-16", why=WHY)) == "applied"
    moved = times(world, id)["20260414"]
    assert (moved["date"], moved["state"], moved["why"], moved["start"]) == (
        "2026-04-16",
        "moved",
        WHY,
        "2026-04-16T12:00:00Z",
    )
    assert moved["was"] == {"date": "2026-04-14", "start_local": "14:00"}
    assert (revision(world, id, "20260414"), revision(world, id, "20260421")) == (1, 0)
    assert code(change(world, id, "2026-04-14")) == "applied"
    assert (times(world, id)["20260414"]["state"], revision(world, id, "20260414")) == ("on", 2)
    assert world.body("staff", "event", id)["staff"]["changes"] == []


def test_full_and_where_to_meet_are_said_without_a_why_and_count_for_nothing(world: Any) -> None:
    id = world.event()
    assert code(change(world, id, "2026-04-14", full=True, meeting={"da": "Ved porten."})) == "applied"
    said = times(world, id)["20260414"]
    assert (said["full"], said["meeting"], revision(world, id, "20260414")) == (True, {"da": "Ved porten."}, 0)


def test_what_nobody_has_seen_counts_for_nothing(world: Any) -> None:
    id = world.event("draft")
    assert code(change(world, id, "2026-04-14", state="cancelled", why=WHY)) == "applied"
    world.done("move_event", "event", id, {"to": "public"})
    assert revision(world, id, "20260414") == 0


@pytest.mark.parametrize(
    ("day", "said", "at"),
    [
        ("2026-04-15", {"full": True}, "day"),
        ("2026-03-31", {"full": True}, "day"),
        ("2035-04-10", {"full": True}, "day"),
        ("2026-04-14", {"state": "moved", "why": WHY}, "date"),
        ("2026-04-14", {"state": "moved", "date": "2029-04-14", "why": WHY}, "date"),
        ("2026-04-14", {"state": "moved", "date": "2026-02-01", "why": WHY}, "date"),
        ("2026-04-14", {"date": "2026-04-15"}, "state"),
        ("2026-04-14", {"state": "cancelled"}, "why"),
        ("2026-04-14", {"state": "cancelled", "why": {"da": "Nej\u202e"}}, "why/da"),
        ("2026-04-14", {"meeting": {"da": "\u200b"}}, "meeting"),
    ],
)
def test_what_can_not_be_said_of_a_time_is_refused_where_it_stands(
    world: Any, day: str, said: dict[str, Any], at: str
) -> None:
    reply = change(world, world.event(), day, **said)
    assert (code(reply), reply["at"]) == ("invalid", f"/args/change/{at}")


def test_a_whole_day_gets_another_day_and_no_hour(world: Any) -> None:
    id = world.event(schedule={"date": "2026-04-07", "days": 2})
    assert change(world, id, "2026-04-07", state="moved", starts="10:00", why=WHY)["at"] == "/args/change/starts"
    assert code(change(world, id, "2026-04-07", state="moved", date="2026-04-11", why=WHY)) == "applied"
    assert times(world, id)["20260407"]["end"] == "2026-04-12T22:00:00Z"


def test_the_times_of_what_is_cancelled_altogether_are_not_touched(world: Any) -> None:
    assert code(change(world, world.event("cancelled"), "2026-04-14", full=True)) == "bad_step"


def test_a_rule_that_is_changed_leaves_what_has_been(world: Any) -> None:
    id = world.event(schedule=WEEKLY)
    world.on("2026-04-16")
    world.done(
        "save_event",
        "event",
        id,
        {"set": {"schedule": {**WEEKLY, "starts": "10:00", "rrule": "FREQ=WEEKLY;BYDAY=TU,WE"}}},
    )
    said = times(world, id)
    assert [(day, said[day]["start_local"]) for day in sorted(said)][:4] == [
        ("20260407", "14:00"), ("20260414", "14:00"), ("20260421", "10:00"), ("20260422", "10:00"),
    ]  # fmt: skip
    assert (revision(world, id, "20260414"), revision(world, id, "20260421"), revision(world, id, "20260422")) == (
        0,
        1,
        0,
    )


def test_a_time_that_is_gone_and_comes_again_counts_on(world: Any) -> None:
    id = world.event()
    change(world, id, "2026-04-14", state="moved", date="2026-04-16", why=WHY)
    world.done("save_event", "event", id, {"set": {"schedule": {**WEEKLY, "left_out": ["2026-04-14"]}}})
    assert "20260414" not in times(world, id)
    world.done("save_event", "event", id, {"set": {"schedule": WEEKLY}})
    assert revision(world, id, "20260414") > 1


# split_event


def test_from_a_day_on_a_series_is_another_event(world: Any) -> None:
    id, new = world.event(schedule={**WEEKLY, "left_out": ["2026-04-21", "2026-05-26"]}), world.id()
    change(world, id, "2026-04-14", full=True)
    change(world, id, "2026-05-12", state="cancelled", why=WHY)
    args = {
        "from": "2026-05-05",
        "id": new,
        "set": {"name": {"da": "Te"}, "schedule": {**WEEKLY, "date": "2026-05-07", "rrule": "FREQ=WEEKLY;BYDAY=TH"}},
    }
    world.done("split_event", "event", id, args)
    assert list(times(world, id)) == ["20260407", "20260414", "20260428"]
    assert list(times(world, new))[:2] == ["20260507", "20260514"]
    body = world.body("public", "event", new)
    assert (body["split_from"], body["state"], body["slug"], body["where"]) == (
        id,
        "public",
        "te",
        {"da": "I forsamlingshuset."},
    )
    assert event.ancestors(world.tx, new) == [id]


def test_a_split_takes_along_what_is_said_of_later_times(world: Any) -> None:
    id, new, newest = world.event(schedule={**WEEKLY, "left_out": ["2026-04-21", "2026-05-26"]}), world.id(), world.id()
    change(world, id, "2026-04-14", full=True)
    change(world, id, "2026-05-12", state="cancelled", why=WHY)
    world.done("split_event", "event", id, {"from": "2026-05-05", "id": new, "set": {}})
    later = times(world, new)
    assert (later["20260512"]["state"], "20260526" in later, world.body("public", "event", new)["slug"]) == (
        "cancelled",
        False,
        "kaffe-2",
    )
    assert times(world, id)["20260414"]["full"] is True
    world.done("split_event", "event", new, {"from": "2026-06-02", "id": newest, "set": {}})
    assert event.ancestors(world.tx, newest) == [new, id]


def test_a_series_of_so_many_times_keeps_its_number(world: Any) -> None:
    id, new = world.event(schedule={**WEEKLY, "rrule": "FREQ=WEEKLY;COUNT=10"}), world.id()
    world.done("split_event", "event", id, {"from": "2026-05-05", "id": new, "set": {}})
    assert (len(times(world, id)), len(times(world, new))) == (4, 6)
    assert world.body("staff", "event", new)["staff"]["schedule"]["rrule"] == "FREQ=WEEKLY;COUNT=6"


@pytest.mark.parametrize(
    ("schedule", "day", "at"),
    [
        (ONCE, "2026-04-07", "/subject"),
        (WEEKLY, "2026-05-06", "/args/from"),
        (WEEKLY, "2026-04-07", "/args/from"),
        (WEEKLY, "2026-01-06", "/args/from"),
        (WEEKLY, "9999-12-28", "/args/from"),
        ({**WEEKLY, "date": "2026-03-03"}, "2026-03-31", "/args/from"),
    ],
)
def test_a_series_is_split_on_one_of_its_own_days(world: Any, schedule: dict[str, Any], day: str, at: str) -> None:
    reply = world.do("split_event", "event", world.event(schedule=schedule), {"from": day, "id": world.id(), "set": {}})
    assert (code(reply), reply["at"]) == ("invalid", at)


def test_a_split_makes_nothing_out_of_what_is_there(world: Any) -> None:
    id, other = world.event(), world.event(name={"da": "Krolf"})
    reply = world.do("split_event", "event", id, {"from": "2026-05-05", "id": other, "set": {}})
    assert (code(reply), reply["at"]) == ("invalid", "/args/id")
    reply = world.do(
        "split_event", "event", id, {"from": "2026-05-05", "id": "0e3b6c1e-5a57-4f54-8f4c-0a4b8e3a9a10", "set": {}}
    )
    assert code(reply) == "invalid"
    assert len(times(world, id)) == 56


# As time goes


def test_what_was_cancelled_stays_so_when_its_day_has_been(world: Any) -> None:
    id = world.event()
    change(world, id, "2026-04-14", state="cancelled", why=WHY)
    world.done("move_event", "event", id, {"to": "cancelled", "why": {"da": "Vi holder op."}})
    world.on("2026-05-08")
    world.done("move_event", "event", id, {"to": "public"})
    said = times(world, id)
    states = {day: said[day]["state"] for day in ("20260414", "20260421", "20260505", "20260512")}
    assert states == {"20260414": "cancelled", "20260421": "cancelled", "20260505": "cancelled", "20260512": "on"}


def test_a_time_that_has_begun_is_changed_and_changed_back_by_saying_so(world: Any) -> None:
    id = world.event()
    world.on("2026-04-15")
    assert code(change(world, id, "2026-04-14", state="cancelled", why=WHY)) == "applied"
    assert times(world, id)["20260414"]["state"] == "cancelled"
    assert code(change(world, id, "2026-04-14")) == "applied"
    assert times(world, id)["20260414"]["state"] == "on"


@pytest.mark.parametrize("field", ["why", "meeting"])
def test_a_word_is_no_letter(world: Any, field: str) -> None:
    said = {"state": "cancelled", "why": WHY} | {field: {"da": "Nej. " * 101}}
    reply = change(world, world.event(), "2026-04-14", **said)
    assert (code(reply), reply["at"], reply["limit"]) == ("too_long", f"/args/change/{field}/da", 500)


DAYS = [datetime.date(2026, 4, 7) + datetime.timedelta(days=n) for n in range(0, 43, 7)]
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("leave out"), st.sampled_from(DAYS)),
        st.tuples(st.just("put back"), st.sampled_from(DAYS)),
        st.tuples(st.just("cancel"), st.sampled_from(DAYS)),
        st.tuples(st.just("move"), st.sampled_from(DAYS)),
        st.tuples(st.just("say nothing"), st.sampled_from(DAYS)),
        st.tuples(st.sampled_from(["cancel all", "all on", "later", "another hour", "expand"]), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_done_no_number_falls_and_each_id_keeps_its_day(world: Any, acts: list[Any]) -> None:
    world.tx.execute("SAVEPOINT example").fetchall()
    ctx = world.ctx
    try:
        id = world.event()
        row = event.get(world.tx, id)
        assert row is not None
        highest: dict[str, int] = {}
        before: dict[str, Time] = {}
        for act, day in acts:
            do(world, id, act, day)
            now = {one.id: one for one in occurrence.of_event(world.tx, row.row)}
            for one in now.values():
                assert one.id == f"{id}.{one.day:%Y%m%d}"
                assert one.time.id == one.id
                assert one.revision >= highest.get(one.id, 0)
                was = before.get(one.id)
                if was and one.start > world.ctx.now and (was.start, was.state == "cancelled") != (
                    one.time.start, one.state == "cancelled",
                ):  # fmt: skip
                    assert one.revision > highest[one.id]
                highest[one.id] = one.revision
            before = {one.id: one.time for one in now.values()}
            shown = times(world, id)
            assert {one.time.id[-8:] for one in now.values() if one.start > world.ctx.now} <= shown.keys()
    finally:
        world.ctx = ctx
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()


def do(world: Any, id: str, act: str, day: datetime.date | None) -> None:
    """One thing that somebody does; what is refused has happened too."""
    schedule = world.body("staff", "event", id)["staff"]["schedule"]
    if act in ("leave out", "put back"):
        left = (
            set(schedule["left_out"]) ^ {str(day)}
            if (str(day) in schedule["left_out"]) == (act == "put back")
            else None
        )
        if left is not None:
            world.done("save_event", "event", id, {"set": {"schedule": {**schedule, "left_out": sorted(left)}}})
    elif act in ("cancel", "move", "say nothing"):
        said = {"cancel": {"state": "cancelled", "why": WHY}, "say nothing": {}}.get(
            act, {"state": "moved", "starts": "17:00", "why": WHY}
        )
        change(world, id, str(day), **said)
    elif act in ("cancel all", "all on"):
        to = {"to": "cancelled", "why": WHY} if act == "cancel all" else {"to": "public"}
        world.do("move_event", "event", id, to)
    elif act == "later":
        world.ctx = Ctx.at(world.ctx.now + datetime.timedelta(days=9), data_dir=world.data_dir)
    elif act == "expand":
        expand(world.tx, world.ctx)
    else:
        starts = {"14:00": ("15:00", "17:00")}.get(schedule["starts"], ("14:00", "16:00"))
        args = {"set": {"schedule": {**schedule, "starts": starts[0], "ends": starts[1]}}}
        world.done("save_event", "event", id, args)

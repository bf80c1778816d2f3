"""Ops at their door: lines in, replies out, and what lies in the tables afterwards."""

import datetime
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain import verbs
from server.model.person import RIGHTS
from server.ops import BatchRefused, Credential, Ctx, TransactionLost, later, run
from server.store.database import file_of, writing
from server.store.driver import connect
from sync import inbox

BENCHES = [f"019d2fff-0000-7000-8000-00000000000{n}" for n in (1, 2, 3)]
FAULT: dict[str, Any] = {"what": "broken", "text": "Sædet er revnet", "photos": []}


def lines(request: dict[str, Any]) -> list[bytes]:
    return [json.dumps(op, ensure_ascii=False, separators=(",", ":")).encode() for op in request["ops"]]


def agrees(reply: dict[str, Any], expected: str) -> bool:
    """`applied again:true`, `refused id_reused`, `later`."""
    status, _, more = expected.partition(" ")
    if more.startswith("again:"):
        return reply["status"] == status and reply["again"] is (more == "again:true")
    return bool(reply["status"] == status and (not more or reply["code"] == more))


@pytest.mark.parametrize("name", ["ops-sent-three-times", "ops-id-reused", "ops-bad-one-in-the-middle"])
def test_the_cases_give_what_they_expect(name: str, case: Any, world: Any) -> None:
    told = case(name)
    for id in told["facilities_that_exist"]:
        world.facility(id=id)
    first: dict[str, Any] = {}
    for request, expected in zip(told["requests"], told["expect"], strict=True):
        replies = world.send(*lines(request), by="none")
        assert all(map(agrees, replies, expected)), replies
        for reply in replies:
            if reply["status"] == "applied":
                kept = first.setdefault(reply["id"], reply)
                assert {**reply, "again": False} == kept, "again is the first reply, unchanged"
    assert world.count("fault") == told["rows"]
    if "kept_text" in told:
        assert world.tx.execute("SELECT text FROM fault").fetchall() == [(told["kept_text"],)]


def test_a_fault_on_a_thing_withdrawn_since_is_refused_with_its_name_and_day(case: Any, world: Any) -> None:
    told = case("ops-target-gone")
    (id,) = told["facilities_that_existed"]
    world.facility(id=id)
    world.on("2026-03-31")
    world.done("withdraw", "facility", id, {"why": "Bænken er fjernet"})
    (reply,) = world.send(*lines(told["requests"][0]), by="none")
    assert (reply["status"], reply["code"], reply["name"], reply["on"]) == ("refused", "gone", "Bænk", "2026-03-31")
    assert "Bænk" in reply["detail"]
    assert "31. marts 2026" in reply["detail"]
    assert world.count("fault") == 0


def test_the_batch_vector_is_answered_line_by_line(vector: Any, world: Any) -> None:
    told = vector("batch")
    for id in told["there"]:
        world.facility(id=id)
    for part in ("first", "second"):
        body = "\n".join(entry["line"] for entry in told[part]).encode()
        expected = [entry["result"] for entry in told[part] if entry["result"] is not None]  # null: an empty line
        for reply, result in zip(world.send(*inbox.cut(body), by="none"), expected, strict=True):
            assert reply | result == reply


def test_a_known_op_behind_a_later_of_its_subject_still_answers_again(world: Any) -> None:
    bench = world.facility()
    known = world.line("report_fault", "facility", bench, FAULT)
    (first,) = world.send(known, by="none")
    unknown = world.line("verb_from_next_year", "facility", bench, {})
    new = world.line("report_fault", "facility", bench, FAULT)
    replies = world.send(unknown, known, new, by="none")
    assert [r.get("code", r["status"]) for r in replies] == ["unknown_verb", "applied", "blocked"]
    assert replies[1] == {**first, "again": True}


def test_only_refusals_and_applied_ops_are_remembered(world: Any) -> None:
    bench = world.facility()
    world.send(
        world.line("report_fault", "facility", bench, FAULT),
        world.line("report_fault", "facility", "x", FAULT),
        world.line("report_fault", "facility", world.facility(), {**FAULT, "new_field": 1}),
        world.line("report_fault", "facility", world.facility(), {**FAULT, "photos": ["0" * 64]}),
        b"{",
        world.line("report_fault", "facility", bench, FAULT, id="NO-UUID"),
        by="none",
    )
    assert world.count("inbox") == 2


def test_args_with_a_field_that_is_not_known_wait(world: Any) -> None:
    bench = world.facility()
    strange: list[dict[str, Any]] = [{**FAULT, "new": 1}, {"set": {}}, {**FAULT, "mood": None}]
    for args in strange:
        reply = world.do("report_fault", "facility", bench, args)
        assert (reply["status"], reply["code"]) == ("later", "unknown_verb")


def test_a_base_waits_where_the_verb_takes_none(world: Any) -> None:
    bench = world.facility()
    for verb, args in (("report_fault", FAULT), ("withdraw", {"why": ""})):
        reply = world.do(verb, "facility", bench, args, base="de0e5897")
        assert (reply["status"], reply["code"]) == ("later", "unknown_verb")


def test_a_list_of_photos_waits_for_its_blobs(world: Any) -> None:
    bench = world.facility()
    reply = world.do("report_fault", "facility", bench, {**FAULT, "photos": ["ab" * 32]})
    assert (reply["status"], reply["code"]) == ("later", "blob_missing")
    assert world.count("fault") == 0


@pytest.mark.parametrize(
    ("args", "code", "at", "limit"),
    [
        ({**FAULT, "text": "x" * 501}, "too_long", "/args/text", 500),
        ({**FAULT, "photos": ["ab" * 32] * 4}, "too_long", "/args/photos", 3),
        ({**FAULT, "what": "sad"}, "invalid", "/args/what", None),
        ({"text": ""}, "invalid", "/args/what", None),
        ({**FAULT, "text": None}, "invalid", "/args/text", None),
        ({**FAULT, "photos": ["zz"]}, "invalid", "/args/photos/0", None),
    ],
)
def test_wrong_args_are_refused_with_their_place(world: Any, args: Any, code: str, at: str, limit: int | None) -> None:
    reply = world.do("report_fault", "facility", world.facility(), args)
    assert (reply["status"], reply["code"], reply["at"], reply.get("limit")) == ("refused", code, at, limit)
    assert reply["detail"]


def test_500_code_points_are_not_too_long(world: Any) -> None:
    reply = world.do("report_fault", "facility", world.facility(), {**FAULT, "text": "🪑" * 500})
    assert reply["status"] == "applied"


def test_seq_names_only_scopes_that_the_credential_may_read(world: Any) -> None:
    bench = world.facility()
    first = world.line("report_fault", "facility", bench, FAULT)
    assert world.send(first, by="none")[0]["seq"].keys() == {"public"}
    repeated = world.line("report_fault", "facility", bench, FAULT)
    assert world.send(repeated, by="none")[0]["seq"] == {}, "a repeat changes no body that citizens read"
    local = world.do("report_fault", "facility", bench, FAULT)
    assert local["seq"].keys() == {"staff", "guide"}


def test_a_batch_of_two_credentials_is_refused_and_nothing_runs(world: Any) -> None:
    bench = world.facility()
    batch = [
        world.line("report_fault", "facility", bench, FAULT),
        world.line("withdraw", "facility", bench, {"why": ""}),
    ]
    for by in ("none", "session"):
        with pytest.raises(BatchRefused) as refused:
            world.send(*batch, by=by)
        assert refused.value.code == "mixed_credentials"
    assert world.count("fault") == 0
    assert world.count("inbox") == 0


def test_bad_lines_and_unknown_verbs_never_make_a_batch_mixed(world: Any) -> None:
    batch = [world.line("report_fault", "facility", world.facility(), FAULT), b"{", world.line("later", "x", "y", {})]
    assert [r["status"] for r in world.send(*batch, by="none")] == ["applied", "refused", "later"]


def test_what_needs_a_session_is_refused_whole_without_one(world: Any) -> None:
    with pytest.raises(BatchRefused) as refused:
        world.send(world.line("withdraw", "facility", world.facility(), {"why": ""}), by="none")
    assert refused.value.code == "login_needed"


def test_a_session_without_the_right_is_forbidden(world: Any) -> None:
    line = world.line("save_settings", "settings", "site", {"set": {}})
    (reply,) = (json.loads(r) for r in run(world.tx, [line], Credential("session", frozenset({"staff"})), world.ctx))
    assert (reply["status"], reply["code"]) == ("refused", "forbidden")


@pytest.mark.parametrize("verb", verbs.VERBS.values(), ids=lambda v: v.name)
def test_every_verb_states_its_right_and_credential(verb: verbs.Verb) -> None:
    assert verb.right == "public" or verb.right in RIGHTS["admin"]
    assert (verb.credential in ("none", "device")) is (verb.right == "public")


def test_a_fault_of_ours_makes_one_op_wait_and_stops_no_other(
    world: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> verbs.Done:
        world.tx.execute("DELETE FROM fault").fetchall()
        raise ZeroDivisionError

    good, bad = world.facility(), world.facility()
    monkeypatch.setitem(
        verbs.VERBS, "breaks", verbs.Verb("breaks", "public", "none", verbs.VERBS["report_fault"].args, breaks)
    )
    world.do("report_fault", "facility", good, FAULT)
    replies = world.send(
        world.line("breaks", "facility", bad, FAULT), world.line("report_fault", "facility", good, FAULT), by="none"
    )
    assert [r["status"] for r in replies] == ["later", "applied"]
    assert replies[0]["retry_after_s"] > 0
    assert world.count("fault") == 2, "what the failing op did is undone"
    assert FAULT["text"] not in caplog.text


def test_an_error_that_ends_the_transaction_loses_all_of_it(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> verbs.Done:
        world.tx.execute("ROLLBACK").fetchall()
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setitem(
        verbs.VERBS, "full", verbs.Verb("full", "public", "none", verbs.VERBS["report_fault"].args, full)
    )
    bench = world.facility()
    batch = [world.line(verb, "facility", bench, FAULT) for verb in ("report_fault", "full", "report_fault")]
    with pytest.raises(TransactionLost):
        world.send(*batch, by="none")
    assert not world.tx.in_transaction
    assert world.count("fault") == 0


def test_a_full_disk_leaves_nothing_half_done(fresh: Any) -> None:
    """SQLite's own limit of pages stands for the disk: whichever way it ends the op, a retry with room takes them all."""
    tx, ctx = fresh
    world_lines = [
        json.dumps(
            {
                "id": f"019d5000-0000-7000-8000-{n:012}",
                "verb": "save_place",
                "at": "2026-04-01T07:00:00Z",
                "subject": {"kind": "place", "id": f"019d6000-0000-7000-8000-{n:012}"},
                "base": None,
                "args": {"set": {"form": "spot", "name": {"da": f"Sted {n}"}, "where": {"da": "x" * 4000}}},
            }
        ).encode()
        for n in range(20)
    ]
    pages = tx.execute("PRAGMA page_count").fetchall()[0][0]
    tx.execute(f"PRAGMA max_page_count = {pages + 12}").fetchall()
    statuses: list[str] = []
    try:
        replies = writing(tx, lambda tx: run(tx, world_lines, Credential("local"), ctx))
        statuses = [json.loads(r)["status"] for r in replies]
    except (TransactionLost, sqlite3.OperationalError):
        pass
    kept = tx.execute("SELECT count(*) FROM place").fetchall()[0][0]
    assert kept == statuses.count("applied") < 20
    tx.execute("PRAGMA max_page_count = 1000000").fetchall()
    replies = writing(tx, lambda tx: run(tx, world_lines, Credential("local"), ctx))
    assert {json.loads(r)["status"] for r in replies} == {"applied"}
    assert tx.execute("SELECT count(*) FROM place").fetchall() == [(20,)]


def test_later_keeps_the_id_where_it_can_be_read(world: Any) -> None:
    line = world.line("report_fault", "facility", BENCHES[0], FAULT)
    assert json.loads(later(line, "busy"))["id"] == json.loads(line)["id"]
    assert json.loads(later(b"{", "busy"))["id"] is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sent=st.lists(
        st.lists(
            st.tuples(st.integers(0, 7), st.sampled_from(["ok", "other", "unknown", "long", "later"])), max_size=6
        ),
        max_size=6,
    )
)
def test_however_often_ops_are_sent_each_applied_one_is_one_row(world: Any, sent: list[list[tuple[int, str]]]) -> None:
    """Ids 0–7 come in any order, batch and wording: an id has one reply for ever, and the rows are as many as were applied."""
    world.tx.execute("SAVEPOINT example").fetchall()
    try:
        for id in BENCHES:
            world.facility(id=id)
        args = {"ok": FAULT, "other": {**FAULT, "text": "Noget andet"}, "long": {**FAULT, "text": "x" * 501}}
        first: dict[str, tuple[str, dict[str, Any]]] = {}
        for batch in sent:
            blocked: set[str] = set()
            ops = []
            for n, kind in batch:
                id = f"019d7000-0000-7000-8000-{n:012}"
                bench = BENCHES[n % 3] if kind != "unknown" else "019d2fff-0000-7000-8000-0000000000ff"
                verb = "verb_from_next_year" if kind == "later" else "report_fault"
                ops.append((id, bench, kind, world.line(verb, "facility", bench, args.get(kind, FAULT), id=id)))
            replies = world.send(*(op[3] for op in ops), by="none")
            for (id, bench, kind, line), reply in zip(ops, replies, strict=True):
                if id in first:
                    same = first[id][0] == line.decode()
                    if same:
                        assert reply == {**first[id][1], "again": True}
                    else:
                        assert reply["code"] == "id_reused"
                elif bench in blocked or kind == "later":
                    assert reply["status"] == "later"
                    blocked.add(bench)
                else:
                    assert reply["status"] == ("applied" if kind in ("ok", "other") else "refused")
                    first[id] = (line.decode(), reply)
        assert world.count("fault") == sum(reply["status"] == "applied" for _, reply in first.values())
        assert world.count("inbox") == len(first)
    finally:
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()


@pytest.fixture
def fresh(begun: Path, tmp_path: Path) -> Any:
    """A copy of the database to commit to, and its ctx."""
    source = connect(file_of(begun))
    target = connect(tmp_path / "moedesteder.db")
    source.backup(target)
    source.close()
    yield target, Ctx.at(datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC), data_dir=tmp_path)
    target.close()

"""Once per id: the first answer stands, other bytes under the same id are told, and nothing says when."""

import json
import sqlite3
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.json import encode

from sync import inbox
from sync.wire import Applied, Later, Refused, join_results

ID = "019d3000-0000-7000-8000-000000000001"
LINE = (
    b'{"id":"019d3000-0000-7000-8000-000000000001","verb":"report_fault","at":"2026-03-03T13:30:05Z",'
    b'"subject":{"kind":"facility","id":"f1"},"base":null,"args":{"what":"broken","n":1.50}}'
)


def refused_code(line: bytes) -> str:
    with pytest.raises(inbox.LineRefused) as refused:
        inbox.read(line)
    return refused.value.reply.code


def test_lines_are_cut_at_the_byte_0a_alone() -> None:  # L1
    assert inbox.cut("a\u2028b\u0085c\n\nd\r\n\n".encode()) == ["a\u2028b\u0085c".encode(), b"d\r"]
    assert inbox.cut(b"") == inbox.cut(b"\n\n") == []
    assert inbox.cut(b" \n") == [b" "]


def test_args_are_kept_as_the_bytes_that_came() -> None:
    op = inbox.read(LINE)
    assert bytes(op.args) == b'{"what":"broken","n":1.50}'
    assert (op.verb, op.subject.kind, op.subject.id, op.base) == ("report_fault", "facility", "f1", None)
    assert op.sha256 == inbox.hash_of(LINE)


def test_nesting_is_counted_and_not_left_to_the_callers_stack() -> None:  # L3
    def line(depth: int) -> bytes:
        return LINE.replace(b"1.50", b"[" * depth + b"]" * depth)

    def from_deep_down(frames: int) -> str:
        return from_deep_down(frames - 1) if frames else inbox.read(line(510)).id

    assert inbox.read(line(510)).id == from_deep_down(200) == ID
    assert refused_code(line(511)) == "bad_line"
    assert refused_code(b"[" * 250_000) == "bad_line"


def test_a_line_made_to_be_slow_is_not() -> None:
    """Quotes and brackets that would send a backtracking reader over the line again and again,
    for hours: this would not end."""
    for line in (b'"' + b'\\"' * 120_000 + b"[{" * 400, b"[]" * 120_000, b'{"a":"' + b"\\" * 250_000, b'"[' * 120_000):
        assert refused_code(line) == "bad_line"


@given(st.binary(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(noise: bytes) -> None:  # L2
    for line in (noise, LINE[:70] + noise + LINE[70:], LINE[: len(noise)] + noise):
        try:
            inbox.read(line)
        except inbox.LineRefused as refused:
            json.loads(encode(refused.reply))


def test_the_first_reply_comes_again_unchanged(tx: sqlite3.Connection) -> None:  # O1
    reply = encode(Applied(ID, False, {"public": 7}, Raw(encode({"text": "Bænken \u2028 1.50", "n": [1, 2.5]}))))
    sha = inbox.hash_of(LINE)
    assert inbox.seen(tx, ID, sha) is None
    inbox.keep(tx, ID, sha, reply)
    for _ in range(2):
        again = inbox.seen(tx, ID, sha)
        assert again is not None
        assert again == reply.replace(b'"again":false', b'"again":true')


def test_a_refusal_comes_again_too(tx: sqlite3.Connection) -> None:  # O1
    inbox.keep(tx, ID, inbox.hash_of(LINE), encode(Refused(ID, False, "too_long", at="/args/text", limit=500)))
    again = json.loads(inbox.seen(tx, ID, inbox.hash_of(LINE)) or b"")
    assert again == {
        "id": ID,
        "status": "refused",
        "again": True,
        "code": "too_long",
        "at": "/args/text",
        "limit": 500,
    }


def test_the_same_id_with_other_bytes_is_told(tx: sqlite3.Connection) -> None:  # O2
    inbox.keep(tx, ID, inbox.hash_of(LINE), encode(Applied(ID, False, {})))
    with pytest.raises(inbox.IdReused):
        inbox.seen(tx, ID, inbox.hash_of(LINE.replace(b"1.50", b"1.5")))
    assert inbox.seen(tx, ID, inbox.hash_of(LINE)) is not None


def test_an_id_is_kept_once(tx: sqlite3.Connection) -> None:  # O3
    inbox.keep(tx, ID, inbox.hash_of(LINE), encode(Applied(ID, False, {})))
    with pytest.raises(sqlite3.IntegrityError):
        inbox.keep(tx, ID, inbox.hash_of(LINE), encode(Applied(ID, False, {})))
    assert inbox.count(tx) == 1


def test_the_inbox_holds_neither_args_nor_time_nor_order_of_arrival(tx: sqlite3.Connection) -> None:  # O4
    columns = [row[1] for row in tx.execute("PRAGMA table_info(inbox)").fetchall()]
    assert columns == ["id", "sha256", "reply"]
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        tx.execute("SELECT rowid FROM inbox")


def test_after_sixty_days_a_reply_is_without_result_and_detail(tx: sqlite3.Connection) -> None:  # O5
    def made(day: int, version: str = "7") -> str:
        digits = f"{int(datetime(2026, 3, day, tzinfo=UTC).timestamp() * 1000):012x}"
        return f"{digits[:8]}-{digits[8:]}-{version}000-8000-000000000001"

    for id_ in (made(1), made(2), made(1, "4")):
        inbox.keep(tx, id_, bytes(32), encode(Applied(id_, False, {"public": 7}, Raw(b'{"words":"x"}'))))
    assert inbox.thin(tx, datetime(2026, 3, 2, tzinfo=UTC)) == 1
    assert inbox.thin(tx, datetime(2026, 3, 2, tzinfo=UTC)) == 0
    thinned = json.loads(inbox.seen(tx, made(1), bytes(32)) or b"")
    assert thinned == {"id": made(1), "status": "applied", "again": True, "seq": {"public": 7}}
    for id_ in (made(2), made(1, "4")):
        assert b"words" in (inbox.seen(tx, id_, bytes(32)) or b"")


def test_replies_are_joined_into_one_answer() -> None:
    replies = [encode(Applied(ID, False, {})), encode(Later(None, "busy", 5)), encode(Refused(None, False, "bad_line"))]
    assert json.loads(join_results("k3f9", replies)) == {
        "epoch": "k3f9",
        "results": [
            {"id": ID, "status": "applied", "again": False, "seq": {}},
            {"id": None, "status": "later", "code": "busy", "retry_after_s": 5},
            {"id": None, "status": "refused", "again": False, "code": "bad_line"},
        ],
    }

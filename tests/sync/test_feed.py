"""The feed at its door: what a phone is given, page by page. Numbers are PROTOCOL.md's."""

import json
import sqlite3
from typing import Any

import pytest

from sync import feed
from sync.cursor import Resync
from sync.wire import PAGE_BYTES, PAGE_CHANGES


def names(page: feed.Page) -> list[str]:
    return [id_ for _, id_, _, _ in page.changes]


def decoded(page: feed.Page) -> Any:
    return json.loads(page.encode())


def test_a_change_takes_the_next_seq_and_replaces_the_old_one(tx: sqlite3.Connection) -> None:  # F1
    assert feed.put(tx, "public", "place", "a", b'{"n":1}') == 1
    assert feed.put(tx, "public", "place", "b", b'{"n":1}') == 2
    assert feed.put(tx, "public", "place", "a", b'{"n":2}') == 3
    page = feed.page(tx, "public", None)
    assert [(c["id"], c["body"]) for c in decoded(page)["changes"]] == [("b", {"n": 1}), ("a", {"n": 2})]
    assert feed.head(tx, "public") == 3


def test_equal_bytes_change_nothing(tx: sqlite3.Connection) -> None:  # F3
    feed.put(tx, "public", "place", "a", b'{"n":1}')
    before = feed.page(tx, "public", None).encode()
    assert feed.put(tx, "public", "place", "a", b'{"n":1}') is None
    assert feed.page(tx, "public", None).encode() == before


def test_other_bytes_of_the_same_v_are_a_change(tx: sqlite3.Connection) -> None:  # F3
    feed.put(tx, "public", "place", "a", b'{"n":1}')
    v = feed.v_of("place", "a", b'{"n":2}')
    tx.execute("UPDATE feed SET v = ?", (v,))
    assert feed.put(tx, "public", "place", "a", b'{"n":2}') == 2


def test_a_tombstone_for_what_never_was_is_no_change(tx: sqlite3.Connection) -> None:  # F3
    assert feed.put(tx, "public", "place", "a", None) is None
    feed.put(tx, "public", "place", "a", b"{}")
    assert feed.put(tx, "public", "place", "a", None) == 2
    assert feed.put(tx, "public", "place", "a", None) is None
    assert feed.current(tx, "public", "place", "a") is None


def test_scopes_count_for_themselves(tx: sqlite3.Connection) -> None:  # F1
    feed.put(tx, "staff", "place", "a", b"{}")
    feed.put(tx, "staff", "place", "b", b"{}")
    feed.put(tx, "public", "place", "a", b"{}")
    assert feed.heads(tx) == {"guide": 0, "public": 1, "staff": 2}
    assert feed.page(tx, "guide", None).changes == []
    with pytest.raises(LookupError):
        feed.page(tx, "nothing", None)


def test_a_first_read_leaves_out_tombstones_up_to_its_floor_and_sends_later_ones(tx: sqlite3.Connection) -> None:  # F5
    for id_ in "abcd":
        feed.put(tx, "public", "place", id_, b"{}")
    feed.put(tx, "public", "place", "b", None)
    one = feed.page(tx, "public", None, max_changes=2)
    assert (names(one), one.cursor) == (["a", "c"], "k3f9.3.5")
    feed.put(tx, "public", "place", "a", None)
    two = feed.page(tx, "public", one.cursor, max_changes=2)
    assert (names(two), two.more, two.cursor) == (["d", "a"], False, "k3f9.6")
    assert decoded(two)["changes"][1] == {"kind": "place", "id": "a", "v": None, "body": None}


def test_a_later_read_is_given_every_tombstone(tx: sqlite3.Connection) -> None:  # F4
    feed.put(tx, "public", "place", "a", b"{}")
    cursor = feed.page(tx, "public", None).cursor
    feed.put(tx, "public", "place", "a", None)
    assert decoded(feed.page(tx, "public", cursor))["changes"] == [
        {"kind": "place", "id": "a", "v": None, "body": None}
    ]


def test_a_page_ends_at_its_number_of_changes(tx: sqlite3.Connection) -> None:  # F6
    for n in range(PAGE_CHANGES + 1):
        feed.put(tx, "public", "place", f"p{n}", b"{}")
    one = feed.page(tx, "public", None)
    assert (len(one.changes), one.more, one.cursor) == (PAGE_CHANGES, True, f"k3f9.{PAGE_CHANGES}.{PAGE_CHANGES + 1}")
    two = feed.page(tx, "public", one.cursor)
    assert (len(two.changes), two.more, two.cursor) == (1, False, f"k3f9.{PAGE_CHANGES + 1}")


def test_a_page_that_is_exactly_full_and_the_last_says_no_more(tx: sqlite3.Connection) -> None:  # F6
    for id_ in "ab":
        feed.put(tx, "public", "place", id_, b"{}")
    page = feed.page(tx, "public", None, max_changes=2)
    assert (page.more, page.cursor) == (False, "k3f9.2")


def test_a_page_ends_before_its_bodies_are_too_many_bytes(tx: sqlite3.Connection) -> None:  # F6
    half = b'"' + b"x" * (PAGE_BYTES // 2 - 2) + b'"'
    for id_ in "abc":
        feed.put(tx, "public", "place", id_, half)
    page = feed.page(tx, "public", None)
    assert (names(page), page.more) == (["a", "b"], True)


def test_one_change_however_large_is_a_page(tx: sqlite3.Connection) -> None:  # F6
    huge = b'"' + b"x" * (2 * PAGE_BYTES) + b'"'
    for id_ in "ab":
        feed.put(tx, "public", "place", id_, huge)
    page = feed.page(tx, "public", None)
    assert (names(page), page.more) == (["a"], True)
    assert names(feed.page(tx, "public", page.cursor)) == ["b"]


def test_only_left_out_tombstones_above_are_no_more(tx: sqlite3.Connection) -> None:  # F6
    feed.put(tx, "public", "place", "a", b"{}")
    feed.put(tx, "public", "place", "b", b"{}")
    feed.put(tx, "public", "place", "b", None)
    page = feed.page(tx, "public", None, max_changes=1)
    assert (names(page), page.more, page.cursor) == (["a"], False, "k3f9.3")


def test_only_the_last_page_carries_a_digest(tx: sqlite3.Connection) -> None:  # F7
    for id_ in "ab":
        feed.put(tx, "public", "place", id_, b"{}")
    page = feed.page(tx, "public", None, max_changes=1)
    assert "digest" not in decoded(page)
    last = decoded(feed.page(tx, "public", page.cursor, max_changes=1))
    total = sum(int(feed.v_of("place", id_, b"{}"), 16) for id_ in "ab") % 2**32
    assert last["digest"] == f"{total:08x}"


def test_bodies_leave_as_the_bytes_that_were_stored(tx: sqlite3.Connection) -> None:  # F2
    body = '{"æ" : 1.50,"x":"\\u00e5"}'.encode()
    feed.put(tx, "public", 'k"ind', "i\\d", body)
    page = feed.page(tx, "public", None)
    assert b'"body":' + body + b"}" in page.encode()
    assert decoded(page)["changes"][0]["kind"] == 'k"ind'


def test_an_empty_feed_is_an_empty_last_page(tx: sqlite3.Connection) -> None:
    assert decoded(feed.page(tx, "public", None)) == {
        "cursor": "k3f9.0",
        "more": False,
        "digest": "00000000",
        "changes": [],
    }


def test_a_new_epoch_refuses_every_old_cursor(tx: sqlite3.Connection) -> None:  # F8
    feed.put(tx, "public", "place", "a", b"{}")
    cursor = feed.page(tx, "public", None).cursor
    with pytest.raises(ValueError, match="differs"):
        feed.new_epoch(tx, "k3f9")
    feed.new_epoch(tx, "p7aa")
    with pytest.raises(Resync):
        feed.page(tx, "public", cursor)
    assert feed.page(tx, "public", None).cursor == "p7aa.1"
    assert feed.epoch(tx) == "p7aa"


def test_the_etag_is_told_without_the_page_and_is_the_pages(tx: sqlite3.Connection) -> None:  # F9
    feed.put(tx, "public", "place", "a", b"{}")
    assert feed.mark(tx, "public", None).etag == 'W/"k3f9.1..1"' == feed.page(tx, "public", None).mark.etag
    assert feed.mark(tx, "public", "k3f9.1").etag == 'W/"k3f9.1.k3f9.1.1"'
    feed.put(tx, "public", "place", "a", None)
    assert feed.mark(tx, "public", "k3f9.1").etag == 'W/"k3f9.2.k3f9.1.1"'
    with pytest.raises(Resync):
        feed.mark(tx, "public", "k3f9.3")


def test_an_epoch_that_fits_no_cursor_is_refused(tx: sqlite3.Connection) -> None:
    for bad in ("", "a.b", "æ", "x" * 65):
        with pytest.raises(ValueError, match="epoch"):
            feed.new_epoch(tx, bad)


def test_no_page_scans_the_feed(tx: sqlite3.Connection) -> None:  # F10
    for name in ("page_lengths", "page_changes", "mark", "current"):
        statement = feed.SQL.names[name]
        plan = tx.execute("EXPLAIN QUERY PLAN " + statement.text, dict.fromkeys(statement.parameters, 1)).fetchall()
        steps = [row[3] for row in plan]
        assert not [step for step in steps if step.startswith("SCAN feed") and step != "SCAN feed_epoch"], (name, steps)
        assert not [step for step in steps if "TEMP B-TREE" in step], (name, steps)

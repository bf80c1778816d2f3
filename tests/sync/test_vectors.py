"""The examples of tests/vectors, before anything else: the same files are read by vitest."""

import sqlite3
import uuid
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sync import feed, inbox
from sync.cursor import BadCursor, Cursor, Resync, parse

Vectors = Callable[[str], Any]


def test_v_and_digest_are_those_of_the_wire(tx: sqlite3.Connection, vectors: Vectors) -> None:
    for each in vectors("digest")["v"]:
        assert feed.v_of(each["kind"], each["id"], each["body"].encode()) == each["v"]
    for step in vectors("digest")["steps"]:
        body = None if step["body"] is None else step["body"].encode()
        feed.put(tx, "public", step["kind"], step["id"], body)
        page = feed.page(tx, "public", None)
        assert page.digest == step["digest"]
        now = feed.current(tx, "public", step["kind"], step["id"])
        assert (None if now is None else now[0]) == step["v"]


def test_cursors_parse_there_and_back_or_are_bad(vectors: Vectors) -> None:
    for each in vectors("cursor")["parses"]:
        cursor = parse(each["text"])
        assert cursor == Cursor(each["epoch"], each["seq"], each["floor"])
        assert str(cursor) == each["text"]
    for text in vectors("cursor")["refused"]:
        with pytest.raises(BadCursor):
            parse(text)


def test_a_cursor_of_another_history_is_410_and_nothing_else_is(tx: sqlite3.Connection, vectors: Vectors) -> None:
    given = vectors("cursor")
    tx.execute("UPDATE feed_scope SET head = ? WHERE scope = 'public'", (given["head"],))
    for each in given["asked"]:
        match each["code"]:
            case None:
                assert feed.page(tx, "public", each["since"]).cursor == f"{given['epoch']}.{given['head']}"
            case "resync":
                with pytest.raises(Resync):
                    feed.page(tx, "public", each["since"])
            case _:
                with pytest.raises(BadCursor):
                    feed.page(tx, "public", each["since"])


def line_of(parts: list[Any]) -> bytes:
    line = b""
    for part in parts:
        match part:
            case str():
                line += part.encode()
            case [str() as text, int() as times]:
                line += text.encode() * times
            case _:
                line += bytes.fromhex(part["hex"])
    return line


def test_every_line_answers_as_the_wire_says(vectors: Vectors) -> None:
    for each in vectors("lines")["cases"]:
        line = line_of(each["line"])
        if "reads" in each:
            op = inbox.read(line)
            assert (op.id, op.unknown) == (each["reads"], each.get("unknown")), each["case"]
            continue
        with pytest.raises(inbox.LineRefused) as refused:
            inbox.read(line)
        reply = refused.value.reply
        assert (reply.code, reply.id, reply.again) == (each["code"], each["id"], False), each["case"]
        assert reply.at == each.get("at", msgspec.UNSET), each["case"]
        # Only an op with a valid id is remembered, whatever its answer.
        remembered = each["code"] == "invalid" and each["at"] != "/id"
        assert refused.value.op_id == (each["id"] if remembered else None), each["case"]


def test_ids_of_what_is_imported_are_uuid5_in_our_namespace(vectors: Vectors) -> None:
    given = vectors("ids")
    for each in given["ids"]:
        name = f"{each['source']}\n{each['type']}\n{each['key']}"
        assert str(uuid.uuid5(uuid.UUID(given["namespace"]), name)) == each["id"]

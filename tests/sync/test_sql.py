"""The loader of `.sql` files refuses what others pass in silence."""

import sqlite3

import pytest

from sync.sql import Statements, load

TEXT = """
-- The things of this test.
-- name: all_things
SELECT id, name FROM thing WHERE name <> ':nothing' ORDER BY id; -- :nor_this

-- name: one
SELECT name FROM thing WHERE id = :id;

-- Says more than one line.
-- name: add
INSERT INTO thing (id, name) VALUES (:id, :name);

-- name: rename
UPDATE thing SET name = :name RETURNING id;
"""


@pytest.fixture
def tx() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)")
    return connection


@pytest.fixture
def statements() -> Statements:
    return Statements(TEXT, "thing.sql")


def test_statements_run_by_name(tx: sqlite3.Connection, statements: Statements) -> None:
    assert statements.run(tx, "add", id=1, name="bænk") == 1
    assert statements.many(tx, "add", [{"id": 2, "name": "bord"}, {"id": 3, "name": "bål"}]) == 2
    assert statements.rows(tx, "all_things") == [(1, "bænk"), (2, "bord"), (3, "bål")]
    assert statements.row(tx, "one", id=2) == ("bord",)
    assert statements.row(tx, "one", id=9) is None


def test_an_unknown_name_is_refused(tx: sqlite3.Connection, statements: Statements) -> None:
    with pytest.raises(KeyError, match="no statement nothing"):
        statements.rows(tx, "nothing")


def test_a_parameter_too_many_or_too_few_is_refused(tx: sqlite3.Connection, statements: Statements) -> None:
    with pytest.raises(TypeError, match=r"missing \['id'\]"):
        statements.row(tx, "one")
    with pytest.raises(TypeError, match=r"unused \['nr'\]"):
        statements.row(tx, "one", id=1, nr=2)
    with pytest.raises(TypeError, match=r"missing \['name'\]"):
        statements.many(tx, "add", [{"id": 1}])


def test_two_rows_where_one_is_asked_for_are_refused(tx: sqlite3.Connection, statements: Statements) -> None:
    statements.many(tx, "add", [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
    with pytest.raises(ValueError, match="2 rows"):
        statements.row(tx, "all_things")


def test_a_select_and_a_returning_leave_no_reader_behind(tx: sqlite3.Connection, statements: Statements) -> None:
    statements.many(tx, "add", [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
    assert statements.run(tx, "rename", name="c") == 2
    statements.rows(tx, "all_things")
    # Refused with "SQL statements in progress" where a statement was not read to its end.
    tx.execute("PRAGMA journal_mode = DELETE")
    assert not tx.in_transaction


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;", "stands twice"),
        ("-- name: a\nSELECT 1; SELECT 2;", "exactly one statement"),
        ("-- name: a\n-- nothing\n", "exactly one statement"),
        ("SELECT 1;\n-- name: a\nSELECT 1;", "without a name"),
    ],
)
def test_a_file_that_is_not_clear_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Statements(text, "x.sql")


def test_the_file_beside_the_module_is_read() -> None:
    from sync import feed

    assert "put" in load(feed.__file__).names

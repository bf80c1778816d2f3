"""The rows still fit the code. Whether each test fails without its cure takes longer: `make cures`."""

import pytest

from tests.cures.rows import ROOT, ROWS, Cure


def named(row: Cure) -> str:
    return f"{row.room}: {row.fault}"


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_cure_stands_where_the_row_says(row: Cure) -> None:
    assert row.old != row.new
    assert (ROOT / row.file).read_text(encoding="utf-8").count(row.old) == 1, row.file


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_test_of_a_cure_is_there(row: Cure) -> None:
    kind, *rest = row.test
    assert kind in ("pytest", "vitest", "node"), kind
    file, _, name = next(part for part in rest if "tests/" in part).partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    if kind == "pytest" and name:
        assert f"def {name.split('::')[-1].split('[')[0]}(" in text, name
    if kind == "vitest":
        assert rest[0] in ("unit", "browser")
        if "-t" in rest:
            assert rest[rest.index("-t") + 1] in text, rest


def test_no_fault_stands_twice() -> None:
    names = [named(row) for row in ROWS]
    assert len(names) == len(set(names))

"""PROTOCOL.md names the tests that hold it, and every test of the protocol stands there: it can not go stale in silence."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "sync" / "PROTOCOL.md").read_text(encoding="utf-8")
INVARIANT = re.compile(r"^- \*\*([A-Z])(\d+)\*\* .+\n((?:  - `.+`\n?)*)", re.MULTILINE)
BENEATH = TEXT[TEXT.index("## What lies beneath") :]
OF_THE_PROTOCOL = (
    "tests/sync/**/*.test.ts",
    "tests/sync/**/test_*.py",
    "tests/simulator/**/*.test.ts",
    "tests/simulator/**/test_*.py",
    "tests/server/kill/**/test_*.py",
    "tests/server/test_ops.py",
    "tests/server/test_codes.py",
    "tests/server/web/test_ops_door.py",
    "tests/server/web/test_sync_page.py",
)


def names_of(path: Path) -> list[str]:
    """The names of a file's tests; of one whose name is put together, as it stands in the file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return re.findall(r"^(?:async )?def (test_\w+)\(", source, re.MULTILINE)
    return [name for _, name in re.findall(r'^\s*test(?:\.\w+)*\(\s*(["`])(.+?)\1,', source, re.MULTILINE)]


def named() -> Iterator[tuple[str, str, str]]:
    """(invariant, file, test)"""
    for letter, number, lines in INVARIANT.findall(TEXT):
        for file, name in re.findall(r"^  - `(.+?)::(.+)`$", lines, re.MULTILINE):
            yield letter + number, file, name


def test_invariants_are_numbered_without_a_gap() -> None:
    found = [(letter, int(number)) for letter, number, _ in INVARIANT.findall(TEXT)]
    assert len(found) == TEXT.count("- **")
    for letter, group in groupby(found, key=lambda each: each[0]):
        numbers = [number for _, number in group]
        assert numbers == list(range(1, len(numbers) + 1)), letter
    letters = [letter for letter, _ in groupby(letter for letter, _ in found)]
    assert len(letters) == len(set(letters)), "each letter has one section"


def test_every_invariant_names_tests_that_exist() -> None:
    holding = Counter(invariant for invariant, _, _ in named())
    for letter, number, _ in INVARIANT.findall(TEXT):
        assert holding[letter + number], f"{letter}{number} names no test"
    for invariant, file, name in named():
        assert (ROOT / file).is_file(), f"{invariant}: there is no {file}"
        assert name in names_of(ROOT / file), f"{invariant}: {file} has no test {name!r}"


def test_every_test_of_the_protocol_holds_an_invariant() -> None:
    listed = {(file, name) for _, file, name in named()}
    files = sorted({path for pattern in OF_THE_PROTOCOL for path in ROOT.glob(pattern)})
    found = [(path.relative_to(ROOT).as_posix(), name) for path in files for name in names_of(path)]
    assert len(found) > 100
    lost = [f"{file}::{name}" for file, name in found if (file, name) not in listed and not beneath(file, name)]
    assert not lost, "\n".join(["under no invariant of sync/PROTOCOL.md:", *lost])


def test_what_lies_beneath_is_there_and_stays_small() -> None:
    lines = re.findall(r"^- `(.+?)(?:::(.+))?`", BENEATH, re.MULTILINE)
    assert 0 < len(lines) <= 6
    for file, name in lines:
        assert (ROOT / file).is_file(), file
        assert not name or name in names_of(ROOT / file), name


def beneath(file: str, name: str) -> bool:
    return f"- `{file}`" in BENEATH or f"- `{file}::{name}`" in BENEATH

"""PROTOCOL.md names the tests that hold it; here they are looked for, so that it can not go stale in silence."""

import re
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "sync" / "PROTOCOL.md").read_text(encoding="utf-8")
INVARIANT = re.compile(r"^- \*\*([A-Z])(\d+)\*\* .+\n((?:  - `.+`\n?)*)", re.MULTILINE)


def test_invariants_are_numbered_without_a_gap() -> None:
    found = [(letter, int(number)) for letter, number, _ in INVARIANT.findall(TEXT)]
    assert len(found) == TEXT.count("- **")
    for letter, group in groupby(found, key=lambda each: each[0]):
        numbers = [number for _, number in group]
        assert numbers == list(range(1, len(numbers) + 1)), letter


def test_every_invariant_names_tests_that_exist() -> None:
    for letter, number, lines in INVARIANT.findall(TEXT):
        named = re.findall(r"`(.+?)::(.+)`", lines)
        assert named, f"{letter}{number} names no test"
        for file, name in named:
            source = (ROOT / file).read_text(encoding="utf-8")
            there = f"def {name}(" in source if file.endswith(".py") else f'test("{name}"' in source
            assert there, f"{letter}{number}: {file} has no test {name!r}"


def test_every_test_of_the_phones_end_holds_something() -> None:
    for file in ("pull.test.ts", "outbox.test.ts", "overlay.test.ts"):
        source = (ROOT / "tests" / "sync" / file).read_text(encoding="utf-8")
        for name in re.findall(r'^test\("(.+?)", ', source, re.MULTILINE):
            assert f"tests/sync/{file}::{name}`" in TEXT, f"{file}: {name!r} is named by no invariant"

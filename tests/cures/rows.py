"""The rows of tests/cures/*.toml: a fault, the text that cures it, the same without the cure, and the test that must then fail."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent.parent
MARK = "<!-- table -->\n"


class Cure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`test`: ("pytest", node id …), ("vitest", "unit" or "browser", file, "-t", name), ("node", script, …)."""

    room: str
    fault: str
    file: str
    old: str
    new: str
    test: tuple[str, ...]


def _read() -> list[Cure]:
    rows: list[Cure] = []
    for file in sorted((ROOT / "tests/cures").glob("*.toml")):
        for row in tomllib.loads(file.read_text(encoding="utf-8")).get("cure", []):
            rows.append(msgspec.convert({"room": file.stem, **row}, Cure))
    return rows


ROWS = _read()


def proof(found: Iterable[tuple[Cure, str]]) -> None:
    """Writes the table into docs/proof/cures.md. Rows that were not run stand as they stood; one that was never run is not there."""
    page = ROOT / "docs/proof/cures.md"
    head, _, before = page.read_text(encoding="utf-8").partition(MARK)
    rows = [line.removeprefix("| ").removesuffix(" |").rsplit(" | ", 2) for line in before.splitlines()]
    stood = {row[0]: row[2] for row in rows if len(row) == 3}
    said = {row.fault: verdict for row, verdict in found}
    lines = ["| fault | the cure stands in | without it, its test |", "|---|---|---|"]
    for row in ROWS:
        if verdict := said.get(row.fault) or stood.get(row.fault):
            lines.append(f"| {row.fault} | `{row.file}` | {verdict} |")
    page.write_text(head + MARK + "\n".join(lines) + "\n<!-- /table -->\n", encoding="utf-8")

"""Which column is what: by its heading, and where that means two things ("Bredde": latitude or width) by its values."""

import math
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from server.formats.table import headings
from server.formats.table.cells import Cell, coordinate, is_empty, is_unknown, length, number, text
from server.formats.table.headings import BREDDE, JOINED, LANGDE, LENGTHS, MEANS, PLAINLY, STED

Rows = Sequence[tuple[int, list[Cell]]]
SAMPLE: Final = 1_000
TOTALS: Final = re.compile(
    r"(((i ?alt|sum|(sub)?total(t|er)?|antal|gennemsnit)( steder)?)( i ?alt)?\b\W*)+([\d.,]+( steder)?)?"
)
NOTES: Final = re.compile(r"\*|(note|noter|kilde|obs|nb|bemærk|bemærkning|bemærkninger|opdateret)\b\s*[:!.]")
PICTURES_LATER: Final = "billeder hentes ikke fra et regneark; læg dem ind bagefter"
PROSE: Final = frozenset({"purpose", "activities", "first_time", "way_in", "amenities"})


@dataclass(slots=True)
class ReadColumn:
    """One column: its number (from 0), heading, what it is read as, its unit, and why for people. `sample`: a value of it."""

    at: int
    heading: str
    target: str = ""
    unit: str = ""
    how: Literal["heading", "values", "chosen", "remembered", "unknown", "taken"] = "unknown"
    why: str = ""
    sample: str = ""

    def told(self) -> str:
        """One sentence of how it is read."""
        shown = f" ({self.sample})" if self.sample else ""
        if self.target:
            means = MEANS[self.target] + (f" i {self.unit}" if self.target in LENGTHS and self.unit else "")
            why = {"chosen": ", som valgt", "remembered": ", som sidst"}.get(self.how, self.why and f": {self.why}")
            return f"Kolonne '{self.heading}' læses som {means}{why}{shown}."
        why = {"chosen": ", som valgt", "remembered": ", som sidst"}.get(self.how, self.why and f": {self.why}")
        return f"Kolonne '{self.heading}' læses ikke{why}{shown}."


@dataclass(slots=True)
class Guess:
    """How a table is read: its columns, those with a meaning by it."""

    columns: list[ReadColumn]
    by: dict[str, list[ReadColumn]] = field(default_factory=dict)

    def first(self, target: str) -> ReadColumn | None:
        """The column that is read so, the first of several."""
        found = self.by.get(target)
        return found[0] if found else None


def guess(found: Sequence[str], rows: Rows, chosen: Mapping[str, str], remembered: Mapping[str, str]) -> Guess:
    """`found`: the headings; `rows`: what stands under them. `chosen` and `remembered`: {heading: what it is read as}, the first said
    now, the second at an earlier import of the same source."""
    now = {headings.folded(heading): target for heading, target in chosen.items()}
    then = {headings.folded(heading): target for heading, target in remembered.items()}
    columns = [ReadColumn(at, heading) for at, heading in enumerate(found) if heading]
    judged = [row for _, row in rows[:SAMPLE] if not has_total(row) and sum(not is_empty(cell) for cell in row) > 1]
    judged = judged or [row for _, row in rows[:SAMPLE]]  # a list of names alone has one cell a row
    values = {column.at: [row[column.at] for row in judged if column.at < len(row)] for column in columns}
    for column in columns:
        shown = next((text(cell) for cell in values[column.at] if not is_empty(cell) and not is_unknown(cell)), "")
        column.sample = shown if len(shown) <= 30 else shown[:29] + "…"
        name = headings.folded(column.heading)
        if name in now:
            column.target, column.how = now[name], "chosen"
        elif name in then:
            column.target, column.how = then[name], "remembered"
    named = {headings.meaning(column.heading) for column in columns} | {column.target for column in columns}
    for column in columns:
        if column.how == "unknown":
            _by_heading(column, values, named)
    _once_each(columns)
    for column in columns:
        if column.target in LENGTHS or column.target == "slope_pct":
            _unit(column, values[column.at])
    by: dict[str, list[ReadColumn]] = {}
    for column in columns:
        if column.target:
            by.setdefault(column.target, []).append(column)
    return Guess(columns, by)


def _by_heading(column: ReadColumn, values: Mapping[int, list[Cell]], named: set[str | None]) -> None:
    means, seen = headings.meaning(column.heading), values[column.at]
    if means is None:
        column.why = "overskriften kendes ikke"
        return
    column.target, column.how = means, "heading"
    if means == "":
        column.why = PICTURES_LATER if headings.is_pictures(column.heading) else "det har et mødested ikke"
    elif means == STED:
        column.target, column.why = ("where", "der er en kolonne med navn") if "name" in named else ("name", "")
    elif means == BREDDE:
        column.target, column.why = _degrees(seen, "lat", "y") or ("width_cm", _no_degrees(seen))
        column.how = "values"
    elif means == LANGDE:
        column.target, column.why = _degrees(seen, "lon", "x") or (
            "",
            "tallene er ikke grader, og et mødested har ingen længde",
        )
        column.how = "values"
    elif means == "key" and not _is_key(seen):
        column.target, column.why = "", "det samme nummer står flere gange, eller mangler"
    elif means == "contact" and _mostly(seen, _is_phone):
        column.target, column.how, column.why = "phone", "values", "der står telefonnumre"
    elif means == "steps" and not _mostly(seen, lambda cell: number(cell) is not None):
        column.why = "kun tal; 'ja' til trin siger ikke, hvor mange"
    elif means in PROSE and _mostly(seen, lambda cell: number(cell) is not None):
        column.target, column.why = "", "der står tal, og det skal være ord"


def _degrees(seen: list[Cell], degrees: str, metres: str) -> tuple[str, str] | None:
    """(`degrees` or `metres`, why) where the numbers can be that, be they of the other direction: swapped ones are told by the rows."""
    numbers = [value for cell in seen if (value := coordinate(cell)) is not None]
    if _share(numbers, lambda v: v > 100_000):
        return metres, ""
    is_here = _share(numbers, lambda v: 54 <= v <= 58.5) or _share(numbers, lambda v: 7 <= v <= 16)
    return (degrees, "") if is_here and _fine(seen) else None


def _no_degrees(seen: list[Cell]) -> str:
    return "tallene er ikke grader" if any(coordinate(cell) is not None for cell in seen) else ""


def _fine(seen: list[Cell]) -> bool:
    """Whether the numbers are written as degrees are: with two decimals or more, or with signs of degrees."""
    said = [text(cell) for cell in seen if coordinate(cell) is not None]
    return _share(said, lambda one: re.search(r"[.,]\d\d|[°º]", one) is not None, 0.5)


def is_total(cell: Cell) -> bool:
    """Whether a cell names a sum of what stands above."""
    return TOTALS.fullmatch(text(cell).casefold()) is not None


def is_note(row: list[Cell]) -> bool:
    """Whether a row is a remark below a list: one cell, that begins as remarks do."""
    filled = [text(cell) for cell in row if not is_empty(cell)]
    return len(filled) == 1 and NOTES.match(filled[0].casefold()) is not None


def has_total(row: list[Cell]) -> bool:
    """Whether a row can be the sum of those above it, which says nothing of what a column is."""
    return any(isinstance(cell, str) and is_total(cell) for cell in row)


def _is_key(seen: list[Cell]) -> bool:
    said = [text(cell) for cell in seen]
    return bool(said) and all(said) and len(set(said)) == len(said)


def _is_phone(cell: Cell) -> bool:
    return re.fullmatch(r"(\+|00)?[\d\s./()-]{8,20}", text(cell)) is not None and coordinate(cell) is not None


def _mostly(seen: list[Cell], holds: Callable[[Any], bool]) -> bool:
    said = [cell for cell in seen if not is_empty(cell) and not is_unknown(cell)]
    return _share(said, holds)


def _share(values: Sequence[Any], holds: Callable[[Any], bool], least: float = 0.8) -> bool:
    return bool(values) and sum(1 for value in values if holds(value)) >= least * len(values)


def _once_each(columns: list[ReadColumn]) -> None:
    """Of two columns with one meaning the one that a person chose is read, else the first; what it can be joined with is."""
    held: dict[str, ReadColumn] = {}
    for column in sorted(
        columns, key=lambda one: (one.how not in ("chosen", "remembered"), headings.folded(one.heading) not in PLAINLY)
    ):
        if not column.target or column.target in JOINED:
            continue
        other = held.setdefault(column.target, column)
        if other is not column:
            column.why = f"'{other.heading}' er allerede {MEANS[column.target]}"
            column.target, column.how = "", "taken"


def _unit(column: ReadColumn, seen: list[Cell]) -> None:
    """The unit of the heading, else by the middle one of the numbers: no path is 1.2 cm wide and none 90 m, and one that is wrong does not
    make all the others so."""
    if column.target == "slope_pct":
        shares = [cell for cell in seen if isinstance(cell, float) and not isinstance(cell, bool)]
        is_share = bool(shares) and 0 < max(shares) < 0.35  # a cell that Excel shows as 5 % holds 0.05
        column.unit, column.why = ("1", "0,05 er 5 %") if is_share else ("%", column.why)
        return
    said = headings.unit(column.heading)
    numbers = [value for cell in seen if (value := length(cell, "cm")) is not None and coordinate(cell) is not None]
    middle = statistics.median(numbers) if (numbers := [value for value in numbers if value]) else math.inf
    column.unit = said or ("m" if middle < (0.5 if column.target == "kerb_cm" else 10) else "cm")

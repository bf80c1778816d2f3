"""A table as it stands in a file: its rows with the numbers that a spreadsheet shows beside them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from server.formats.refusal import FileRefused
from server.formats.table.cells import Cell, is_empty

MOST_ROWS: Final = 100_000
MOST_CELLS: Final = 3_000_000
MOST_CHARACTERS: Final = 40_000_000
MOST_COLUMNS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are shown as one: row numbers and columns (from 0), all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet. `rows`: (row number from 1, cells), without rows in which nothing stands. `name` None: the file's own name is its."""

    name: str | None
    rows: list[tuple[int, list[Cell]]]
    merged: tuple[Merged, ...] = field(default=())


def kept(rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[tuple[int, list[Cell]]]:
    """The rows in which something stands. Raises `FileRefused` where they are more than a list of places can be."""
    count = cells = characters = 0
    for number, row in rows:
        while row and is_empty(row[-1]):
            row.pop()
        if not row:
            continue
        if len(row) > MOST_COLUMNS:
            raise FileRefused(
                f"række {number} har {len(row)} kolonner; højst {MOST_COLUMNS} læses. Slet dem, der ikke skal med."
            )
        count += 1
        cells += len(row)
        characters += sum(len(cell) for cell in row if isinstance(cell, str))
        if count > MOST_ROWS:
            raise FileRefused(f"regnearket har over {MOST_ROWS} rækker. Del det i flere filer.")
        if cells > MOST_CELLS or characters > MOST_CHARACTERS:
            raise FileRefused(
                f"regnearket er for stort (nået til række {number}): højst {MOST_CELLS // 1_000_000} millioner celler og "
                f"{MOST_CHARACTERS // 1_000_000} millioner tegn læses. Del det i flere filer."
            )
        yield number, row

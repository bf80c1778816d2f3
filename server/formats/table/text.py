"""CSV as Excel and its kin write it: whatever separator, encoding and line ends the machine in the office has."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.formats.refusal import FileRefused
from server.formats.table.cells import Cell
from server.formats.table.sheets import Sheet, kept

SEPARATORS: Final = (";", "\t", ",", "|")
SAMPLE_BYTES: Final = 256 * 1024
SAMPLE_ROWS: Final = 50
LONGEST_CELL: Final = 2_000_000
_OPEN: Final = (
    'række {}: et anførselstegn (") åbner en celle og lukkes ikke igen, eller cellen er over 2 millioner tegn. '
    "Ret rækken, og prøv igen."
)
BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(path: Path) -> list[Sheet]:
    """The file's one table. Raises `FileRefused`."""
    csv.field_size_limit(LONGEST_CELL)
    encoding = _encoding(path)
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            sample = file.read(SAMPLE_BYTES)
        separator, told = _separator(sample)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            if told:
                file.readline()
            return [Sheet(None, list(kept(_rows(file, separator))))]
    except UnicodeError as reason:  # UTF-16 that ends within a character
        raise FileRefused(f"filens tegn kan ikke læses ({encoding}). Gem den som CSV UTF-8, og prøv så.") from reason


def _rows(file: Iterator[str], separator: str) -> Iterator[tuple[int, list[Cell]]]:
    """A quoted line break is inside its row, as in a spreadsheet, and an empty line is a row with a number."""
    lines: list[str] = []

    def noted() -> Iterator[str]:
        for line in file:
            lines.append(line)
            yield line

    number, last = 0, list[str]()
    try:
        for number, row in enumerate(csv.reader(noted(), delimiter=separator), 1):
            last = lines.copy()
            lines.clear()
            yield number, list(row)
    except csv.Error as reason:
        raise FileRefused(_OPEN.format(number + 1)) from reason
    if len(last) > 1 and _never_closed(last, separator):
        raise FileRefused(_OPEN.format(number))


def _never_closed(lines: list[str], separator: str) -> bool:
    """Whether the last row is one only because its quote was never closed: then it has swallowed the rest of the file."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as reason:
        return str(reason) == "unexpected end of data"
    return False


def _encoding(path: Path) -> str:
    """By its byte order mark, else by what it can be: UTF-16 has a NUL in every other byte, and UTF-8 does not come about by chance."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in BOMS:
            if head.startswith(mark):
                return name
        if len(head) >= 4 and head[1::2].count(0) > len(head) // 4:
            return "utf-16-le"
        if len(head) >= 4 and head[0::2].count(0) > len(head) // 4:
            return "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(head)
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _separator(sample: str) -> tuple[str, bool]:
    """(separator, whether Excel's own first line `sep=;` says it). Else the one that gives most rows the same number of cells: a decimal
    comma is in some rows and not in the heading."""
    first = sample.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], True
    if first == "sep=":
        return "\t", True
    best, most = ";", (0.0, 0)
    for separator in SEPARATORS:
        widths = Counter(_widths(sample, separator))
        if not widths:
            continue
        width, rows = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
        found = (rows / sum(widths.values()), width)
        if width > 1 and found > most:
            best, most = separator, found
    return best, False


def _widths(sample: str, separator: str) -> Iterator[int]:
    """How many cells each of the first rows has, without those of title rows."""
    try:
        for n, row in enumerate(csv.reader(sample.splitlines(keepends=True), delimiter=separator)):
            if n > SAMPLE_ROWS:
                return
            if any(cell.strip() for cell in row):
                yield len(row)
    except csv.Error:
        return

"""CSV as Excel and its kin write it: whatever separator, encoding and line ends the machine in the office has."""

import codecs
import csv
import re
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
_SWALLOWED: Final = (
    'række {}, celle {}: et anførselstegn (") åbner cellen, og den lukkes først i en senere række, så rækkerne imellem bliver tekst. '
    "Slet anførselstegnet, eller sæt ét bag cellen, og prøv så."
)
_MIXED: Final = (
    "linje {} har bogstaver i et andet tegnsæt end resten af filen (Windows og UTF-8 blandet). Skriv linjens æ, ø og å om, gem filen "
    "som CSV UTF-8, og prøv så."
)
_TWICE: Final = (
    "række {}: '{}' er æ, ø eller å, der er læst i et forkert tegnsæt og gemt igen. Hent filen igen, eller ret tegnene."
)
_GARBLED: Final = re.compile("\\w*\u00c3[\u00a6\u00b8\u00a5\u2020\u02dc\u2026\u0086\u0098\u0085]\\w*")
_OF_DOS: Final = re.compile(rb"[A-Za-z][\x91\x9b\x86][A-Za-z]|[\x8f\x9d][a-z]|\b[\x92\x9d\x8f][a-z]")
_OF_WINDOWS: Final = re.compile(rb"[\xe6\xf8\xe5\xc6\xd8\xc5]")
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(path: Path) -> list[Sheet]:
    """The file's one table. Raises `FileRefused`."""
    csv.field_size_limit(LONGEST_CELL)
    _is_text(path)
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

    number, last, width = 0, list[str](), 0
    try:
        for number, row in enumerate(csv.reader(noted(), delimiter=separator), 1):
            last = lines.copy()
            lines.clear()
            if garbled := next((found for cell in row if (found := _GARBLED.search(cell))), None):
                raise FileRefused(_TWICE.format(number, garbled[0][:60]))
            if len(last) > 1 and _swallows(last, separator, width) and not _never_closed(last, separator):
                raise FileRefused(_SWALLOWED.format(number, _broken(row)))
            width = max(width, len(row))
            yield number, list(row)
    except csv.Error as reason:
        raise FileRefused(_OPEN.format(number + 1)) from reason
    if len(last) > 1 and _never_closed(last, separator):
        raise FileRefused(_OPEN.format(number))


def _swallows(lines: list[str], separator: str, width: int) -> bool:
    """Whether a row over several lines is so by a quote that was not meant: something stands behind the one that closes it, or its lines
    have the cells of a row each. `width`: the most cells of a row above."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return True
    return width > 2 and sum(line.count(separator) >= width - 1 for line in lines) > 1


def _broken(row: list[str]) -> int:
    """The number of the first cell with a line break, from 1."""
    return next((at for at, cell in enumerate(row, 1) if "\n" in cell or "\r" in cell), 1)


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
            return _of_one_byte(path)
    return "utf-8"


def _is_text(path: Path) -> None:
    """Raises `FileRefused` for what is called .csv and is something else."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        raise FileRefused(
            "filen hedder .csv, men er pakket (en zip eller et regneark). Giv den sit rette navn (.zip eller .xlsx)."
        )
    if not head.startswith(tuple(mark for mark, _ in BOMS)) and len(_NO_TEXT.findall(head.replace(b"\0", b""))) > max(
        len(head) // 50, 20
    ):
        raise FileRefused("filen hedder .csv, men er ikke tekst. Gem listen som CSV UTF-8, og prøv så.")


def _of_one_byte(path: Path) -> str:
    """Windows' or, where nothing is Windows' æøå and words have the old ones of DOS, that. Raises `FileRefused` where others are UTF-8: it
    does not come about by chance: it names the first of those that are fewer."""
    utf8, others, is_dos, is_windows = list[int](), list[int](), False, False
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.isascii():
                continue
            try:
                line.decode()
                utf8.append(number)
            except UnicodeDecodeError:
                others.append(number)
            is_dos = is_dos or _OF_DOS.search(line) is not None
            is_windows = is_windows or _OF_WINDOWS.search(line) is not None
    if utf8:
        raise FileRefused(_MIXED.format((others if len(others) <= len(utf8) else utf8)[0]))
    return "cp850" if is_dos and not is_windows else "cp1252"


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
        whole = sample.splitlines(keepends=True)
        even = [line for line in whole if line.count('"') % 2 == 0]  # a quote that is never closed takes the rest
        for lines in (whole, even):
            widths = Counter(_widths(lines, separator))
            if not widths:
                continue
            width, rows = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
            found = (rows / sum(widths.values()), width)
            if width > 1 and found > most:
                best, most = separator, found
    return best, False


def _widths(lines: list[str], separator: str) -> Iterator[int]:
    """How many cells each of the first rows has, without those of title rows."""
    try:
        for n, row in enumerate(csv.reader(lines, delimiter=separator)):
            if n > SAMPLE_ROWS:
                return
            if any(cell.strip() for cell in row):
                yield len(row)
    except csv.Error:
        return

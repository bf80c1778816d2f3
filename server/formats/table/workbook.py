""".xlsx, read by calamine: values as they were last reckoned. Formulas are not run, macros and links are not looked at."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from server.formats.refusal import FileRefused
from server.formats.table.cells import Cell
from server.formats.table.sheets import Merged, Sheet, kept

MOST_ENTRIES: Final = 2_000
MOST_UNPACKED: Final = 300 * 1024 * 1024
MOST_RATIO: Final = 300
MOST_SHEETS: Final = 50
BLOCK: Final = 1 << 16
OLE: Final = b"\xd0\xcf\x11\xe0"
MOST_GRID: Final = 8_000_000
"""Cells between A1 and the last one: a sheet is read as a grid, so one cell far away costs as all before it."""
_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>\s*<')
DANISH: Final = (
    ("shared string", "en celle henviser til en tekst, som filen ikke har"),
    ("boolean", "en celle, der skal være sand eller falsk, er noget andet"),
    ("row component", "en celle har ikke noget rækkenummer"),
    ("column component", "en celle har ikke noget kolonnebogstav"),
    ("sheetdata", "det har ingen celler, der kan læses"),
)
_REACH: Final = 400
_DOCTYPE = re.compile(
    rb"<!(DOCTYPE|ENTITY)|<\x00!\x00(D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(D\x00O\x00C|E\x00N\x00T)"
)


def read(path: Path) -> list[Sheet]:
    """The sheets that a person sees. Raises `FileRefused`."""
    _unpacks(path)
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            seen = [
                s.name
                for s in book.sheets_metadata
                if s.typ == SheetTypeEnum.WorkSheet and s.visible == SheetVisibleEnum.Visible
            ]
            if not seen:
                raise FileRefused("filen har ingen ark, der kan ses. Gem den igen, eller vis arket.")
            if len(seen) > MOST_SHEETS:
                raise FileRefused(
                    f"filen har {len(seen)} ark; højst {MOST_SHEETS} læses. Gem de ark, der skal med, i en fil for sig."
                )
            return [_named(book, name) for name in seen]
    except PasswordError as reason:
        raise FileRefused("filen er låst med en adgangskode. Gem den uden, og prøv så.") from reason
    except (CalamineError, ValueError) as reason:
        raise FileRefused(
            "filen kan ikke læses som Excel: den er beskadiget eller ufuldstændig. Åbn og gem den igen, eller gem den som CSV UTF-8."
        ) from reason


def _named(book: CalamineWorkbook, name: str) -> Sheet:
    """One sheet. Raises `FileRefused` that names it: what the library says of it is English and knows no more."""
    try:
        return _sheet(book.get_sheet_by_name(name), name)
    except (CalamineError, ValueError) as reason:
        what = next((danish for english, danish in DANISH if english in str(reason).casefold()), "det er beskadiget")
        raise FileRefused(
            f"arket '{name}' kan ikke læses: {what}. Åbn og gem filen igen i et regneark, eller gem arket som CSV UTF-8."
        ) from reason


def _sheet(sheet: CalamineSheet, name: str) -> Sheet:
    merged = tuple(
        Merged(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(name, list(kept(_rows(sheet))), merged)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    """With empty columns before the first used one, so that merged cells are where they say."""
    if sheet.start is None:
        return
    (top, left) = sheet.start
    # iter_rows begins at the sheet's first row, and at its first used column
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > top:
            cells: list[Cell] = [None] * left
            cells.extend(row)
            yield number, cells


def _unpacks(path: Path) -> None:
    """Raises `FileRefused` for what is no workbook, for one that unpacks to much more than a list of places can be (counted, not believed),
    and for XML that declares entities."""
    with path.open("rb") as file:
        if file.read(4) == OLE:
            raise FileRefused(
                "filen hedder .xlsx, men er i det gamle format (.xls) eller låst med en adgangskode. Gem den som .xlsx uden, og prøv så."
            )
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            if "[Content_Types].xml" not in packed.namelist():
                raise FileRefused(
                    "filen hedder .xlsx, men er ikke et regneark. Gem den som .xlsx eller CSV UTF-8, og prøv så."
                )
            if len(entries) > MOST_ENTRIES or len({entry.filename for entry in entries}) != len(entries):
                raise FileRefused("filen er pakket af for mange dele til at være et regneark. Gem den igen.")
            total = 0
            for entry in entries:
                if entry.flag_bits & 1:
                    raise FileRefused("filen er låst med en adgangskode. Gem den uden, og prøv så.")
                total += _counted(packed, entry, total)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, zlib.error) as reason:
        raise FileRefused(
            "filen hedder .xlsx, men kan ikke pakkes ud: den er beskadiget. Hent eller gem den igen."
        ) from reason


def _counted(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, before: int) -> int:
    count, tail, last_row, last_column = 0, b"", 1, b"A"
    is_sheet = entry.filename.lower().startswith("xl/worksheets/")
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    with packed.open(entry) as part:
        while block := part.read(BLOCK):
            count += len(block)
            if before + count > MOST_UNPACKED or (count > 1 << 20 and count > MOST_RATIO * max(entry.compress_size, 1)):
                raise FileRefused(
                    "filen fylder alt for meget, når den pakkes ud (en »zip-bombe«): højst "
                    f"{MOST_UNPACKED >> 20} MB og {MOST_RATIO} gange så meget som pakket. Gem den igen uden billeder og tomme rækker."
                )
            if is_xml and count <= 4 * BLOCK and _DOCTYPE.search(tail + block):
                raise FileRefused(
                    "filen er XML med egne erklæringer (DOCTYPE), og dem læses ikke. Åbn og gem den i et regneark igen."
                )
            if is_sheet:
                for found in _CELL.finditer(tail + block):
                    last_row = max(last_row, int(found[2]))
                    last_column = max(last_column, found[1], key=lambda letters: (len(letters), letters))
                if last_row * _column(last_column) > MOST_GRID:
                    raise FileRefused(
                        f"et ark har noget stående helt ude i kolonne {last_column.decode()} og helt nede i række {last_row}, "
                        "langt fra resten (Ctrl+End viser det). Slet rækkerne og kolonnerne efter listen, eller gem arket som CSV UTF-8."
                    )
            tail = (tail + block)[-_REACH:]
    return count


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

"""The reader of spreadsheets, a fenced process of its own: `python -m server.formats.table FILE [choices]`, which writes rows.py's lines to
standard output. Nobody imports this file.
"""

import argparse
import datetime
import json
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from server.formats import fenced
from server.formats.fenced import say
from server.formats.reasons import left
from server.formats.refusal import FileRefused
from server.formats.rows import ColumnRead, End, Found, Left, encode
from server.formats.table import headings, text, workbook
from server.formats.table.cells import is_empty
from server.formats.table.cells import text as words_of
from server.formats.table.guess import Rows, guess
from server.formats.table.location import Locator
from server.formats.table.places import DayOfFile, Reading, columns_told
from server.formats.table.sheets import Sheet
from server.formats.words import titles

CPU_SECONDS = 60
SAY_EVERY = 5_000
OF_NO_PLACE = frozenset({"", "name", "key", "contact", "phone", "role", "url", "notes", "seen_on"})
"""Columns that a list of people has as well."""
UNNAMED = re.compile(r"(ark|sheet|tabelle|blad|feuil)\s*\d*", re.IGNORECASE)


def _read(path: Path, arguments: argparse.Namespace) -> Iterator[Found | Left | ColumnRead | End]:
    """The lines of a whole file. Raises `FileRefused`."""
    sheets = workbook.read(path) if path.suffix == ".xlsx" else text.read(path)
    names = titles(_title(sheet.name, arguments.name, alone=len(sheets) == 1) for sheet in sheets)
    if arguments.layer and (missing := sorted(set(arguments.layer) - set(names))):
        raise FileRefused(f"arket {missing[0]} findes ikke. Filen har: {', '.join(names)}.")
    if not any(sheet.rows for sheet in sheets):
        raise FileRefused("filen har ingen rækker.")
    chosen = dict(_choice(one) for one in arguments.column)
    remembered: dict[str, dict[str, str]] = json.loads(arguments.remembered)
    named = arguments.source
    today = datetime.date.fromisoformat(arguments.today)
    days = today, _day_of_file(path, arguments.seen_on, today)
    total = done = 0
    used: set[str] = set()
    for sheet, name in zip(sheets, names, strict=True):
        if arguments.layer and name not in arguments.layer:
            continue
        then = remembered.get(named or name, {})
        lines, rows = _sheet(sheet, name, chosen, then, arguments, used, days, alone=len(sheets) == 1)
        total += rows
        for line in lines:
            yield line
            done += 1
            if done % SAY_EVERY == 0:
                say({"rows": min(done, total), "of": total})
    if unused := [heading for heading in chosen if headings.folded(heading) not in used]:
        raise FileRefused(f"--column: ingen kolonne hedder '{unused[0]}'. Skriv overskriften, som den står i filen.")
    yield End(total)


def _sheet(
    sheet: Sheet,
    name: str,
    chosen: dict[str, str],
    then: dict[str, str],
    arguments: argparse.Namespace,
    used: set[str],
    days: tuple[datetime.date, DayOfFile],
    *,
    alone: bool,
) -> tuple[Iterator[Found | Left | ColumnRead], int]:
    """(its lines, how many rows it has). A sheet of a workbook that is no list of places is left as a whole and named."""
    found = headings.find(sheet, chosen)
    if found is None:
        return _no_list(sheet, name, (), alone=alone)
    at, words = found
    used.update(headings.folded(word) for word in words)
    rows = sheet.rows[at + 1 :]
    guessed = guess(words, rows, chosen, then)
    if guessed.first("name") is None:
        return _no_list(sheet, name, words, alone=alone)
    if not rows:  # of nothing nothing is learnt: how its columns are read would count from now on
        if alone:
            raise FileRefused(
                "der står intet under overskrifterne. Intet er læst eller husket. Skriv rækkerne, og prøv så."
            )
        return iter([left(name, None, "no_rows_below", 0)]), 0
    if _can_be_people(set(guessed.by), alone=alone):
        return _no_places(name, len(rows), alone=alone)
    locator = Locator(guessed, arguments.crs, arguments.lat_lon, _bounds(arguments.bounds))
    locator.look(rows)

    def lines() -> Iterator[Found | Left | ColumnRead]:
        for column, reason in columns_told(guessed, locator):
            yield ColumnRead(name, column.heading, column.target, reason if alone else f"Ark '{name}': {reason}")
        yield from Reading(name, guessed, locator, *days).rows(rows)
        yield from _beside(name, len(words), rows)

    return lines(), len(rows)


def _beside(name: str, width: int, rows: Rows) -> Iterator[Left]:
    """What stands to the right of the last heading, told once with its first cell."""
    over = [
        (at, cell)
        for at, row in rows
        if (cell := next((one for one in row[width:] if not is_empty(one)), None)) is not None
    ]
    if over:
        at, cell = over[0]
        yield left(name, None, "beside_headings", 0, count=len(over), at=at, value=words_of(cell)[:60])


def _no_list(
    sheet: Sheet, name: str, words: tuple[str, ...] | list[str], *, alone: bool
) -> tuple[Iterator[Found | Left | ColumnRead], int]:
    if alone:
        has = f" Den har: {', '.join(word for word in words if word)[:300]}." if words else ""
        raise FileRefused(
            f"der er ingen kolonne med stedernes navne.{has} Kald en kolonne 'Navn', eller skriv --column \"OVERSKRIFT=name\"."
        )
    count = len(sheet.rows)
    return iter([left(name, None, "no_list", count)] if count else []), count


def _can_be_people(targets: set[str], *, alone: bool) -> bool:
    """Whether a sheet of names has nothing that only a place has. One that stands alone is a list of places, be it of names, unless it has
    telephones and does not say whose."""
    return not targets - OF_NO_PLACE and (not alone or (bool(targets & {"phone", "role"}) and "contact" not in targets))


def _no_places(name: str, count: int, *, alone: bool) -> tuple[Iterator[Found | Left | ColumnRead], int]:
    """A sheet of names that can be people's."""
    one = left(name, None, "no_places", count)
    if alone:
        raise FileRefused(one.reason[0].lower() + one.reason[1:])
    return iter([one] if count else []), count


def _title(sheet: str | None, file: str, *, alone: bool) -> str:
    """What a table goes by: its sheet's name; where nobody has given it one (Ark1), the file's."""
    if sheet is None:
        return file
    return sheet if not UNNAMED.fullmatch(sheet) else file if alone else f"{file} {sheet}"


def _choice(said: str) -> tuple[str, str]:
    heading, equals, target = said.rpartition("=")
    known = headings.as_target(target)
    if not equals or not heading.strip() or known is None:
        raise FileRefused(
            f'--column {said}: skriv "OVERSKRIFT=FELT", hvor FELT er et af {", ".join(headings.listed())}.'
        )
    return heading, known


def _day_of_file(path: Path, said: str | None, today: datetime.date) -> DayOfFile:
    """What is said, else when the file was saved, which is no later than today; one that says before 2000 has lost it."""
    if said is not None:
        try:
            day = datetime.date.fromisoformat(said)
        except ValueError:
            day = datetime.date.max
        if not datetime.date(1900, 1, 1) <= day <= today:
            raise FileRefused(f"--seen-on {said}: skriv en dag til og med i dag, som 2026-05-01.")
        return DayOfFile(day, is_said=True)
    saved = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date()
    return DayOfFile(min(saved, today) if saved.year >= 2000 else today, is_said=False)


def _bounds(said: str | None) -> tuple[float, float, float, float] | None:
    if said is None:
        return None
    west, south, east, north = (float(part) for part in said.split(","))
    return west, south, east, north


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m server.formats.table")
    parser.add_argument("file", type=Path)
    parser.add_argument("--name", help="the name of a CSV's one table")
    parser.add_argument("--source", help="the name of the register, where it is not the sheet's")
    parser.add_argument("--crs", type=int)
    parser.add_argument("--lat-lon", action="store_true")
    parser.add_argument("--bounds", help="west,south,east,north of the municipality, degrees")
    parser.add_argument("--layer", action="append", default=[])
    parser.add_argument("--column", action="append", default=[], help="HEADING=FIELD")
    parser.add_argument("--remembered", default="{}", help="JSON: {source: {heading: field}}")
    parser.add_argument("--seen-on", help="the day of facts whose row has none, YYYY-MM-DD")
    parser.add_argument("--today", default=datetime.datetime.now(datetime.UTC).date().isoformat())
    return parser.parse_args()


def main() -> None:
    """Reads the file, and writes its lines to standard output."""
    arguments = _arguments()
    path: Path = arguments.file.absolute()
    arguments.name = arguments.name or path.stem
    if not stat.S_ISREG(path.lstat().st_mode):
        raise FileRefused("det er ikke en almindelig fil.")
    for line in _read(path, arguments):
        sys.stdout.buffer.write(encode(line) + b"\n")


if __name__ == "__main__":
    sys.exit(fenced.inside(main, cpu_seconds=CPU_SECONDS, do="Del den i mindre filer."))

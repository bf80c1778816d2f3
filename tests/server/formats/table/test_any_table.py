"""Whatever stands in a table: it is read or refused in words, every row is counted once, and what is found can be kept."""

import argparse
import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.importing import place_rows
from server.formats import rows
from server.formats.refusal import FileRefused
from server.formats.table import __main__ as reader
from server.formats.table import cells
from server.formats.table.places import DayOfFile
from server.formats.table.sheets import Sheet, kept

HEADINGS = (
    "Navn", "Sted", "Adresse", "Beskrivelse", "Bredde", "Længde", "Breddegrad", "Længdegrad", "X", "Y", "UTM øst", "UTM nord", "Koordinat",
    "Telefon", "Kontaktperson", "Underlag", "Trinfri", "Dørbredde", "Åbningstider", "Dato", "Nr", "Bredde i cm", "Hældning", "Antal trin",
    "Hjemmeside", "Type", "Kantsten (mm)", "Låge", "Noter", "", "zzz", "=1+1",
)  # fmt: skip
WORDS = st.sampled_from(
    ["54,7690", "11,8745", "684906,52", "6072876,53", "ja", "nej", "x", "man-fre 9-15", "1.5.2024", "120 cm", "POINT (11.8 54.7)", "fast",
     "=cmd|' /c calc'!A1", "\u202eabc", "\ud800", "\x00", "-1", "1e309", "nan", "54° 46' N", "http://x.dk", "½", "٣", "9" * 400, "å" * 5000,
     "54,7;11,8", "54.7 11.8", "1,2,3", "0", "", "  ", "\n", '"', "31-02-2024", "24/7"]
)  # fmt: skip
ANYTHING = st.one_of(
    WORDS, st.text(max_size=12), st.none(), st.booleans(), st.floats(), st.integers(-(10**9), 10**9),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(),
)  # fmt: skip
TABLES = st.tuples(
    st.lists(st.sampled_from(HEADINGS), max_size=8).map(lambda others: ["Navn", *others])
    | st.lists(st.sampled_from(HEADINGS), min_size=1),
    st.lists(st.lists(ANYTHING, max_size=9), max_size=8),
)


def arguments(**given: Any) -> argparse.Namespace:
    plain: dict[str, Any] = {
        "name": "tabel", "source": None, "crs": None, "lat_lon": False, "bounds": "11.53,54.559,12.166,54.968",
        "layer": [], "column": [], "remembered": "{}", "today": "2026-03-03", "seen_on": None,
    }  # fmt: skip
    return argparse.Namespace(**{**plain, **given})


def holds(lines: list[rows.Found | rows.Left | rows.ColumnRead | rows.End], count: int) -> None:
    """Each row is in exactly one line, every line can be written and read again, and each place can be kept."""
    found = [line for line in lines if isinstance(line, rows.Found)]
    left = [line for line in lines if isinstance(line, rows.Left)]
    assert len(found) + sum(line.rows for line in left) == count
    for line in lines:
        rows.encode(line).decode()
    sources, out = place_rows.ready(found, [line for line in lines if isinstance(line, rows.ColumnRead)], None)
    assert sum(len(source.places) for source in sources) + len(out) == len(found)
    assert {one.code for one in out} <= {"same", "same_id", "invalid"}
    assert [one for one in out if one.code == "invalid"] == []


@settings(deadline=None, max_examples=300)
@given(TABLES)
def test_any_table_of_cells_is_read_or_refused_and_counted(table: tuple[list[str], list[list[Any]]]) -> None:
    heading, body = table
    sheet = Sheet(None, list(kept(enumerate([list[cells.Cell](heading), *(list(row) for row in body)], 1))))
    used: set[str] = set()
    day = datetime.date(2026, 3, 3)
    days = day, DayOfFile(day, is_said=False)
    try:
        lines, count = reader._sheet(sheet, "tabel", {}, {}, arguments(), used, days, alone=True)
    except FileRefused:
        return
    holds(list(lines), count)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400)
    | st.lists(st.lists(WORDS, max_size=6), max_size=6).map(
        lambda table: "\n".join(";".join(row) for row in table).encode("utf-8", "surrogatepass")
    ),
    st.sampled_from([b"", b"Navn;Bredde;L\xe6ngde\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff", b'sep=;\n"Navn"\n']),
)
def test_any_bytes_called_csv_are_read_or_refused(tmp_path: Path, data: bytes, head: bytes) -> None:
    path = tmp_path / "fil.csv"
    path.write_bytes(head + data)
    try:
        lines = list(reader._read(path, arguments()))
    except FileRefused:
        return
    assert isinstance(lines[-1], rows.End)
    holds(lines, lines[-1].rows)


@settings(deadline=None, max_examples=200)
@given(ANYTHING)
def test_any_cell_has_a_reading_or_none(cell: Any) -> None:
    assert isinstance(cells.text(cell), str)
    assert cells.number(cell) is None or abs(cells.number(cell) or 0) < float("inf")
    for read in (cells.coordinate, cells.yes, cells.day, cells.surface, cells.words):
        read(cell)
    cells.length(cell, "cm")


@pytest.mark.parametrize(
    ("said", "number"),
    [("54,7690", 54.769), ("54.7690", 54.769), ("684.906,52", 684906.52), ("684,906.52", 684906.52), ("6 072 345", 6072345.0),
     ("1.234.567", 1234567.0), ("-3,5", -3.5), ("1e3", 1000.0), ("12 m", None), ("", None), ("٣", None), ("½", None), ("1e999", None)],
)  # fmt: skip
def test_numbers_are_read_as_danes_and_machines_write_them(said: str, number: float | None) -> None:
    assert cells.number(said) == number


@pytest.mark.parametrize(
    ("said", "day"),
    [("1.5.2024", (2024, 5, 1)), ("01-05-24", (2024, 5, 1)), ("1/5 2024", (2024, 5, 1)), ("2024-05-01", (2024, 5, 1)),
     ("1. maj 2024", (2024, 5, 1)), ("1.5.2024 12:30", (2024, 5, 1)), ("31.2.2024", None), ("maj 2024", (2024, 5, 1)),
        ("2024", (2024, 1, 1)),
        ("marts måned", None), ("45413", None)],
)  # fmt: skip
def test_dates_are_read_the_day_first(said: str, day: tuple[int, int, int] | None) -> None:
    assert cells.day(said) == (None if day is None else datetime.date(*day))


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Fast grus", "firm"), ("Løst grus", "loose"),
        ("Stenmel, fast", "firm"),
        ("Fast, lidt løst", "loose"), ("grus", "loose"), ("Asfalt", "firm"), ("Græs og jord", "unpaved"), ("ukendt", None),
     ("Fliser (ujævne)", "firm"), ("", None)],
)  # fmt: skip
def test_a_surface_is_told_by_its_first_word_that_is_known(said: str, kind: str | None) -> None:
    assert cells.surface(said) == kind

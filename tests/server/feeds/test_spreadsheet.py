"""CSV that Excel and every other reader take, and no cell of which is a formula."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.feeds import spreadsheet
from server.feeds.words import clean
from server.model.values import Access, Fact, Text
from tests.server.feeds.made import DAY, facility, place, route, rows_of, taken

FORMULAS = ["=1+1", "+45 12", "-1", "@SUM(A1)", "\t=1", "  =1", "\n=cmd|' /C calc'!A0", "＝1"]
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


def cells_of_excel(raw: bytes, separator: str) -> list[str]:
    """What a spreadsheet makes of the file that separates by something else: quotes count where a cell begins with them."""
    found = []
    for line in re.split("\r\n|\r|\n", raw.decode("utf-8-sig")):
        found += [cell.lstrip(' "\u00a0\t') for cell in line.split(separator)]
    return found


def plainly(text: str) -> str:
    """Without the apostrophes behind a separator."""
    return re.sub(r"([;\t\r\n])'+(?=[\s\"']*[=+\-@＝＋－＠])", r"\1", text)


def cells(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))


def test_it_is_what_the_standard_asks() -> None:
    raw = spreadsheet.places(taken(place(1), place(2, name=Text(da='Bænk, "den gamle"\nved åen'))))
    assert raw.startswith(b"\xef\xbb\xbfid,slug,")
    assert raw.endswith(b"\r\n")
    head, *rows = cells(raw)
    assert [len(row) for row in rows] == [len(head)] * 2
    assert len(set(head)) == len(head)
    assert dict(zip(head, rows[1], strict=True))["name"] == 'Bænk, "den gamle"\nved åen'
    assert re.sub(rb'"[^"]*"', b"", raw).count(b"\n") == raw.count(b"\r\n") == 3


def test_numbers_and_facts_are_as_programs_read_them() -> None:
    access = Access(
        slope_pct=Fact(value=2.5, source="Ruteguide", seen_on=DAY), step_free=Fact(value=False, source="x", seen_on=DAY)
    )
    (row,) = rows_of(spreadsheet.facilities(taken(facility(point=(-0.5, 54.77), access=access))))
    assert (row["lon"], row["lat"], row["slope_pct"], row["step_free"]) == ("-0.5", "54.77", "2.5", "false")
    assert (row["slope_pct_source"], row["slope_pct_seen_on"]) == ("Ruteguide", "2026-05-12")
    assert row["door_cm"] == ""


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = rows_of(spreadsheet.facilities(taken(facility(name=Text(da=text), type_text=text, source=text))))
    assert [row["name"][0], row["type_text"][0], row["source"][0]] == ["'"] * 3


@pytest.mark.parametrize(
    "text", ['x;=HYPERLINK("http://evil")', "x; =1", 'x;"=1', "x\t+1", "x\n@SUM(A1)", "x\n;-1", "x;\u00a0＝1", "x;;=1"]
)
@pytest.mark.parametrize("separator", [";", "\t"])
def test_no_piece_of_a_cell_is_a_formula_where_a_semicolon_or_a_tab_separates(text: str, separator: str) -> None:
    raw = spreadsheet.facilities(taken(facility(name=Text(da=text), type_text=text, source=text)))
    assert [one for one in cells_of_excel(raw, separator) if one.startswith(("=", "+", "-", "@", "＝"))] == []
    (row,) = rows_of(raw)
    assert plainly(row["type_text"]) == text


def test_a_semicolon_or_a_line_of_words_stays_as_it_is() -> None:
    (row,) = rows_of(spreadsheet.facilities(taken(facility(name=Text(da="Bænk; bord\nog læ")))))
    assert row["name"] == "Bænk; bord\nog læ"


def test_every_row_says_whose_it_is_and_on_what_terms() -> None:
    for raw in (
        spreadsheet.places(taken(place())),
        spreadsheet.facilities(taken(facility())),
        spreadsheet.routes(taken(route())),
    ):
        (row,) = rows_of(raw)
        assert row["licence"].startswith("CC BY 4.0 https://")
        assert row["attribution"] == "Guldborgsund Kommune, Mødesteder"


@given(WORDS, WORDS)
def test_any_text_comes_out_of_its_cell_as_it_went_in(name: str, source: str) -> None:
    body = facility(name=Text(da=f"x{name}"), source=source)
    raw = spreadsheet.facilities(taken(body))
    head, row = cells(raw)
    told = dict(zip(head, row, strict=True))
    assert plainly(told["name"]) == plainly(clean(f"x{name}"))
    assert plainly(told["source"].removeprefix("'")) == plainly(clean(source).removeprefix("'"))
    assert not told["source"].lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\n"))

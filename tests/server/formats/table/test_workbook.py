"""Workbooks: values as they were last reckoned, sheets that a person sees, and the ways in which one can be meant badly."""

import zipfile
from pathlib import Path

import pytest

from server.formats.refusal import FileRefused
from tests.server.formats.table.book import book, sheet
from tests.server.formats.table.test_table import Sheet

ROW: dict[str, str | float | bool] = {
    "A1": "Navn",
    "B1": "Breddegrad",
    "C1": "Længdegrad",
    "A2": "Bænken",
    "B2": 54.769,
    "C2": 11.8745,
}


def refused(path: Path, tmp_path: Path, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        Sheet(path, tmp_path / "data")
    assert list((tmp_path / "data" / "imports").iterdir()) == []


def test_titles_merged_headings_dates_and_numbers_are_read_with_the_rows_excel_shows(tmp_path: Path) -> None:
    cells: dict[str, str | float | bool] = {
        "B2": "Mødesteder 2026", "B4": "Sted", "D4": "Koordinat", "F4": "Adgang",
        "B5": "Navn", "C5": "Nr", "D5": "Længde", "E5": "Bredde", "F5": "Trinfri", "G5": "Set den",
        "B7": "Bænken", "C7": 1, "D7": 11.8745, "E7": 54.769, "F7": True, "G7": "date:45413",
        "B9": "Hytten", "C9": 2, "D9": 11.9512, "E9": 54.7001, "F9": False,
    }  # fmt: skip
    path = book(tmp_path / "bog.xlsx", {"Liste": sheet(cells, ["B2:G2", "B4:C4", "D4:E4", "F4:G4"])})
    read = Sheet(path, tmp_path / "data")
    assert [(one.layer, one.row, one.key, one.fields["name"]["da"]) for one in read.found] == [
        ("Liste", 7, "1", "Bænken"),
        ("Liste", 9, "2", "Hytten"),
    ]
    assert read.points() == [(11.8745, 54.769), (11.9512, 54.7001)]
    assert read.found[0].fields["access"]["step_free"] == {"value": True, "seen_on": "2024-05-01"}


def test_a_formula_is_the_value_it_had_and_is_never_run(tmp_path: Path) -> None:
    cells: dict[str, str | float | bool] = {
        **ROW,
        "A2": "=HYPERLINK(A9)|Bænken",
        "A3": "=cmd|",
        "B3": 54.77,
        "C3": 11.88,
        "A4": "=1/0|#DIV/0!",
    }
    read = Sheet(book(tmp_path / "bog.xlsx", {"Liste": sheet(cells)}), tmp_path / "data")
    assert [one.fields["name"]["da"] for one in read.found] == ["Bænken"]
    assert read.codes() == [(3, "no_name_cell"), (4, "cell")]
    assert "'#DIV/0!' kan ikke bruges; skriv stedets navn. Rækken er ikke taget med." in read.left[1].reason


def test_a_hidden_sheet_is_not_read_and_one_that_is_no_list_is_named(tmp_path: Path) -> None:
    sheets = {"Liste": sheet(ROW), "Gammelt": sheet(ROW), "Koder": sheet({"A1": "a", "A2": "b"}), "Tomt": sheet({})}
    read = Sheet(book(tmp_path / "bog.xlsx", sheets, hidden=["Gammelt"]), tmp_path / "data")
    assert [one.layer for one in read.found] == ["Liste"]
    assert [(one.layer, one.code, one.rows) for one in read.left] == [("Koder", "no_list", 2)]
    assert read.read.rows == 3


def test_a_sheet_that_nobody_has_named_goes_by_the_file(tmp_path: Path) -> None:
    assert Sheet(book(tmp_path / "bænke.xlsx", {"Ark1": sheet(ROW)}), tmp_path / "data").found[0].layer == "bænke"
    two = Sheet(book(tmp_path / "to.xlsx", {"Ark1": sheet(ROW), "Ark2": sheet(ROW)}), tmp_path / "data")
    assert [one.layer for one in two.found] == ["to Ark1", "to Ark2"]


def test_macros_are_not_looked_at(tmp_path: Path) -> None:
    path = book(tmp_path / "bog.xlsx", {"Liste": sheet(ROW)}, extra={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100})
    assert len(Sheet(path, tmp_path / "data").found) == 1


def test_a_workbook_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "bog.xlsx", {"Liste": sheet(ROW)}, extra={"xl/media/image1.png": bytes(400_000_000)})
    assert path.stat().st_size < 1_000_000
    refused(path, tmp_path, "zip-bombe")


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;&x;">]><worksheet>&y;</worksheet>'
    refused(book(tmp_path / "a.xlsx", {"Liste": bomb}), tmp_path, "DOCTYPE")
    wide = bomb.replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")
    path = book(tmp_path / "b.xlsx", {"Liste": sheet(ROW)}, extra={"xl/sharedStrings.xml": wide})
    refused(path, tmp_path, "DOCTYPE")


def test_what_is_called_xlsx_and_is_none_is_refused_by_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "gammel.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    refused(tmp_path / "gammel.xlsx", tmp_path, "det gamle format")
    (tmp_path / "tekst.xlsx").write_text("Navn;Adresse\nBænken;Søvej 1\n")
    refused(tmp_path / "tekst.xlsx", tmp_path, "kan ikke pakkes ud")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as packed:
        packed.writestr("a.txt", "a")
    refused(tmp_path / "zip.xlsx", tmp_path, "ikke et regneark")
    refused(
        book(tmp_path / "halv.xlsx", {"Liste": sheet(ROW)}, without=["xl/workbook.xml"]),
        tmp_path,
        "ingen ark, der kan ses",
    )


def test_a_workbook_with_a_cut_end_is_refused(tmp_path: Path) -> None:
    whole = book(tmp_path / "bog.xlsx", {"Liste": sheet(ROW)}).read_bytes()
    (tmp_path / "kort.xlsx").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path / "kort.xlsx", tmp_path, "kan ikke pakkes ud")


def test_one_cell_at_the_far_corner_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = book(tmp_path / "bog.xlsx", {"Liste": sheet({**ROW, "XFD1048576": "x"})})
    refused(path, tmp_path, "kolonne XFD og helt nede i række 1048576.*Slet rækkerne")


def test_cells_far_away_that_are_only_coloured_are_not_what_is_used(tmp_path: Path) -> None:
    xml = sheet(ROW).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')
    assert len(Sheet(book(tmp_path / "bog.xlsx", {"Liste": xml}), tmp_path / "data").found) == 1


def test_a_sheet_of_names_and_telephones_is_no_sheet_of_places(tmp_path: Path) -> None:
    people = sheet({"A1": "Navn", "B1": "Telefon", "A2": "Per", "B2": "54731000"})
    read = Sheet(book(tmp_path / "bog.xlsx", {"Steder": sheet(ROW), "Kontakter": people}), tmp_path / "data")
    assert [one.fields["name"]["da"] for one in read.found] == ["Bænken"]
    assert [(one.layer, one.code, one.rows) for one in read.left] == [("Kontakter", "no_places", 1)]
    refused(
        book(tmp_path / "personer.xlsx", {"Kontakter": people}), tmp_path / "alene", "det kan være mennesker|så det kan"
    )


def test_columns_are_told_with_their_sheet_where_there_are_several(tmp_path: Path) -> None:
    two = Sheet(book(tmp_path / "to.xlsx", {"Skov": sheet(ROW), "By": sheet(ROW)}), tmp_path / "data")
    assert [two.said[0][:25], two.said[3][:23]] == ["Ark 'Skov': Kolonne 'Navn", "Ark 'By': Kolonne 'Navn"]


def test_a_group_over_two_headings_decides_only_between_meanings_of_their_own_words(tmp_path: Path) -> None:
    cells: dict[str, str | float | bool] = {
        "B4": "Position", "D4": "Adgang", "A5": "Navn", "B5": "Bredde", "C5": "Længde", "D5": "Bredde", "E5": "Trin",
        "A6": "Bænk", "B6": 54.76, "C6": 11.87, "D6": 1.2, "E6": 0, "A7": "Bord", "B7": 54.77, "C7": 11.88, "D7": 0.9, "E7": "ja",
    }  # fmt: skip
    path = book(tmp_path / "flettet.xlsx", {"Liste": sheet(cells, ["B4:C4", "D4:E4"])})
    read = Sheet(path, tmp_path / "data")
    assert list(read.columns.values()) == ["name", "lat", "lon", "width_cm", "steps"]
    assert [one.fields.get("way_in") for one in read.found] == [None, None]
    assert [{name: fact["value"] for name, fact in one.fields["access"].items()} for one in read.found] == [
        {"step_free": True, "width_cm": 120},
        {"width_cm": 90},
    ]
    assert "'ja' kan ikke bruges; skriv antallet af trin" in read.left[0].reason


def test_a_slope_that_excel_shows_in_per_cent_is_not_told_a_hundred_times_less(tmp_path: Path) -> None:
    path = book(tmp_path / "bog.xlsx", {"Liste": sheet({"A1": "Navn", "B1": "Hældning", "A2": "Rampen", "B2": 0.052})})
    read = Sheet(path, tmp_path / "data")
    assert read.fields()["access"]["slope_pct"]["value"] == 5.2
    assert "0,05 er 5 %" in read.said[1]


def test_a_cell_that_can_not_be_is_told_in_danish_with_its_sheet(tmp_path: Path) -> None:
    xml = sheet({**ROW, "D2": True}).replace("<v>1</v>", "<v>7</v>")
    refused(book(tmp_path / "bog.xlsx", {"Steder": xml}), tmp_path, "arket 'Steder' kan ikke læses: en celle, der skal")

"""What a cell leaves in doubt is not known, and told; what is no place is none."""

import datetime
import os
from pathlib import Path
from typing import Any

import pytest

from server.formats.refusal import FileRefused
from tests.server.formats.table.test_table import HEAD, Reads, Sheet

UNKNOWN = "Det står som 'ved ikke'."


def access(sheet: Sheet) -> list[dict[str, Any]]:
    return [{name: fact["value"] for name, fact in one.fields.get("access", {}).items()} for one in sheet.found]


@pytest.mark.parametrize(
    "said",
    ["ikke fast", "ej asfalteret", "Ikke asfalt, men græs", "Asfalt mangler", "måske fast", "natursten", "Asfalt, derefter grus"],
)  # fmt: skip
def test_a_surface_that_is_denied_or_in_doubt_is_not_known_and_told(reads: Reads, said: str) -> None:
    sheet = reads("Navn;Underlag", f'Stien;"{said}"')
    assert "surface" not in sheet.fields()
    assert sheet.fields()["ground"] == {"da": said}
    assert [one.reason.split(";")[0] for one in sheet.left] == [f"Kolonne 'Underlag': '{said}' kan ikke bruges"]


def test_one_width_that_is_too_wide_does_not_turn_all_others_into_centimetres(reads: Reads) -> None:
    sheet = reads("Navn;Fri bredde;Dato", "A;1,2;1.5.2024", "B;0,9;1.5.2024", "C;9,5;1.5.2024", "D;12;1.5.2024")
    assert access(sheet) == [{"width_cm": 120}, {"width_cm": 90}, {"width_cm": 950}, {"width_cm": 1200}]


@pytest.mark.parametrize(
    ("heading", "value", "range_"),
    [
        ("Fri bredde (m)", "90", "læst i m skal det være mellem 0,2 og 20"),
        ("Fri bredde (cm)", "0", "læst i cm skal det være mellem 20 og 2000"),
        ("Fri bredde (cm)", "19", "læst i cm skal det være mellem 20 og 2000"),
        ("Dørbredde", "900", "læst i cm skal det være mellem 20 og 500"),
        ("Kantsten (cm)", "0,05", "læst i cm skal det være mellem 0,5 og 100"),
    ],
)
def test_a_width_that_can_not_be_is_not_known_and_told(reads: Reads, heading: str, value: str, range_: str) -> None:
    sheet = reads(f"Navn;{heading}", f"Stien;{value}")
    assert access(sheet) == [{}]
    assert [one.reason for one in sheet.left] == [
        f"Kolonne '{heading}': '{value}' kan ikke bruges; {range_}. {UNKNOWN}"
    ]


def test_kerbs_that_can_only_be_metres_are_read_as_metres(reads: Reads) -> None:
    sheet = reads("Navn;Kantsten;Dato", "A;0,05;1.5.2024", "B;0,12;1.5.2024", "C;0;1.5.2024", "D;2;1.5.2024")
    assert access(sheet) == [{"kerb_cm": 5}, {"kerb_cm": 12}, {"kerb_cm": 0}, {}]


@pytest.mark.parametrize(("heading", "said"), [("Hældning", "5 grader"), ("Hældning", "5 cm"), ("Fri bredde", "90 %")])
def test_a_unit_of_something_else_is_not_read(reads: Reads, heading: str, said: str) -> None:
    sheet = reads(f"Navn;{heading}", f"Stien;{said}")
    assert (access(sheet), [one.code for one in sheet.left]) == ([{}], ["cell"])


@pytest.mark.parametrize(
    ("free", "steps", "is_free"),
    [
        ("Ja", "", True), ("ja.", "0", True), ("x", "", True), ("Ja", "nej", True), ("nej", "3", False), ("nej", "", False),
        ("Ja, med hjælp", "", None), ("Ja på nær to trin", "", None), ("Ja", "3", None), ("Ja", "to", None), ("nej, ingen trin", "", None),
        ("", "0", True), ("", "2", False), ("", "et par", None), ("", "-1", None),
    ],
)  # fmt: skip
def test_only_a_plain_yes_without_steps_beside_it_is_step_free(
    reads: Reads, free: str, steps: str, is_free: bool | None
) -> None:
    sheet = reads("Navn;Adresse;Trinfri;Trin;Dato", f"Salen;Vej 1;{free};{steps};1.5.2024")
    assert access(sheet) == [{} if is_free is None else {"step_free": is_free}]
    assert [one.reason.endswith(UNKNOWN) for one in sheet.left] == ([True] if is_free is None else [])


def test_a_kind_of_place_is_told_by_whole_words_and_not_by_what_it_stands_beside(reads: Reads) -> None:
    kinds = (
        "Halvtag",
        "Saltlager",
        "Bænk ved skolen",
        "Bord bag hallen",
        "Bænk ved kirke",
        "Idrætshal",
        "Lokale på skolen",
    )
    sheet = reads("Navn;Type;Åbningstider", *(f"{kind} 1;{kind};alle dage 8-20" for kind in kinds))
    assert [one.fields.get("form") for one in sheet.found] == [None] * 5 + ["building"] * 2


def test_a_capital_oe_is_east_as_the_small_one_is(reads: Reads) -> None:
    for east in ("Ø", "ø", "E"):
        sheet = reads("Navn;Breddegrad;Længdegrad", f"Bænken;54° 46' 8\" N;11° 52' 28\" {east}")
        assert sheet.points() == [(11.874444, 54.768889)]


def test_a_row_of_totals_is_no_place_and_is_told(reads: Reads) -> None:
    sheet = reads(f"Nr;{HEAD};Bredde i cm", "1;Bænken;54,769;11,8745;90", ";I alt;;;90", "Sum;1;;;90", "4;Total 1;;;")
    assert [one.fields["name"]["da"] for one in sheet.found] == ["Bænken"]
    assert [(one.row, one.code) for one in sheet.left if one.rows] == [(3, "cell"), (4, "cell"), (5, "cell")]
    assert "det er en sum og ikke et sted" in sheet.left[0].reason
    assert len(reads(HEAD, "Sum;54,769;11,8745").found) == 1


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#I/T", "#VÆRDI!", "#DIV/0!", "#NAVN?"])
def test_what_a_failed_formula_leaves_is_nothing_that_is_known(reads: Reads, error: str) -> None:
    sheet = reads(
        "Nr;Navn;Adresse;Formål;Underlag;Trinfri", f"1;{error};Vej 1;;;", f"{error};Salen;Vej 2;{error};{error};{error}"
    )
    assert sheet.fields() == {"name": {"da": "Salen"}, "where": {"da": "Vej 2"}}
    assert (sheet.found[0].own, sheet.codes()) == (False, [(2, "cell")])


def test_facts_without_a_date_are_told_once_with_the_day_that_counts(reads: Reads) -> None:
    sheet = reads("Navn;Trinfri", "Salen;ja", "Hallen;nej", "Bænken;", choices=["--seen-on=2024-03-01"])
    assert [(one.row, one.code, one.rows) for one in sheet.left] == [(None, "no_dates", 0)]
    assert "om 2 steder i steder, regnes for set 1.3.2024, som --seen-on siger" in sheet.left[0].reason
    some = reads("Navn;Trinfri;Dato", "Salen;ja;1.5.2024", "Hallen;nej;")
    assert [(one.code, "1 af rækkerne" in one.reason, "række 3" in one.reason) for one in some.left] == [
        ("undated", True, True)
    ]
    assert reads("Navn;Adresse", "Salen;Vej 1").left == []


def test_a_date_that_can_not_be_read_is_the_day_of_the_file_and_told_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "steder.csv"
    path.write_text("Navn;Trinfri;Dato\nSalen;ja;i foråret\nHallen;ja;1.5.2023\nLaden;ja;1.1.2099")
    saved = datetime.datetime(2024, 2, 1, 12, tzinfo=datetime.UTC).timestamp()
    os.utime(path, (saved, saved))
    sheet = Sheet(path, tmp_path / "data")
    assert [one.fields.get("undated_on") for one in sheet.found] == ["2024-02-01", None, "2024-02-01"]
    assert [
        (one.row, one.reason.endswith("Rækkens dag er 1.2.2024, hvor filen sidst blev gemt.")) for one in sheet.left
    ] == [
        (2, True),
        (4, True),
    ]
    said = Sheet(path, tmp_path / "data", choices=["--seen-on=2023-12-24"])
    assert [one.fields.get("undated_on") for one in said.found] == ["2023-12-24", None, "2023-12-24"]
    assert ["24.12.2023, som --seen-on siger" in one.reason for one in said.left] == [True, True]


@pytest.mark.parametrize("said", ["i går", "2099-01-01", "1.5.2024", ""])
def test_a_day_of_the_file_that_is_none_is_refused(reads: Reads, said: str) -> None:
    with pytest.raises(FileRefused, match="skriv en dag til og med i dag, som 2026-05-01"):
        reads("Navn;Trinfri", "Salen;ja", choices=[f"--seen-on={said}"])


@pytest.mark.parametrize(
    ("said", "is_read"),
    [
        ("ma-fr 15-9", False), ("ma-fr 9-3", False), ("lør 16-6", False), ("fre 12-02", False),
        ("fre 18-02", True), ("lør 15-05", True), ("lør 10-00", True), ("fre 22.30-4.30", True),
    ],
)  # fmt: skip
def test_what_closes_before_it_opens_is_a_night_or_not_understood(reads: Reads, said: str, is_read: bool) -> None:
    sheet = reads("Navn;Åbningstider;Dato", f"Salen;{said};1.5.2024")
    hours = sheet.fields()["hours"]
    assert (hours["weekly"] is not None, hours.get("note")) == (is_read, None if is_read else {"da": said})
    assert [one.reason.endswith("Ordene er taget med; tiderne står som 'ved ikke'.") for one in sheet.left] == (
        [] if is_read else [True]
    )


@pytest.mark.parametrize("last", [";I alt;;;180", "I alt;;;;180", ";;;Sum;180", "Rettet i maj af Bo;;;;"])
def test_what_stands_below_a_list_does_not_cost_its_column_of_keys(reads: Reads, last: str) -> None:
    sheet = reads(f"Nr;{HEAD};Bredde i cm", "1;Bænken;54,769;11,8745;90", "2;Bordet;54,77;11,87;90", last)
    assert [(one.key, one.own) for one in sheet.found] == [("1", True), ("2", True)]
    assert [one.row for one in sheet.left if one.rows] == [4]


def test_a_column_of_pictures_is_told_with_what_to_do(reads: Reads) -> None:
    sheet = reads("Navn;Foto;CVR-nr", "Salen;sal.jpg;12345678")
    assert (
        "Kolonne 'Foto' læses ikke: billeder hentes ikke fra et regneark; læg dem ind bagefter (sal.jpg)." in sheet.said
    )
    assert "Kolonne 'CVR-nr' læses ikke: det har et mødested ikke (12345678)." in sheet.said


@pytest.mark.parametrize("note", ["* set i 2018", "Kilde: driften", "Note: fra maj", "OBS! Gamle tal"])
def test_a_remark_below_a_list_is_no_place_and_is_told(reads: Reads, note: str) -> None:
    sheet = reads("Navn;Adresse", "Salen;Vej 1", f"{note};")
    assert ([one.row for one in sheet.found], sheet.codes()) == ([2], [(3, "cell")])
    assert "det er en bemærkning og ikke et sted" in sheet.left[0].reason


def test_dates_and_telephones_are_read_as_offices_write_them(reads: Reads) -> None:
    sheet = reads(
        "Navn;Trinfri;Dato;Telefon",
        "A;ja;d. 1. maj 2024;54731001.0",
        "B;ja;den 1.5.2024;54731001,0",
        "C;ja;D.1-5-24;54731001",
    )
    assert [one.fields["access"]["step_free"]["seen_on"] for one in sheet.found] == ["2024-05-01"] * 3
    assert [one.fields["contact"]["phone"] for one in sheet.found] == ["54731001"] * 3
    assert sheet.left == []


def test_prose_for_everybody_is_words_and_not_numbers(reads: Reads) -> None:
    sheet = reads("Navn;Adgang", "Bænken;1,2", "Bordet;0,9")
    assert (sheet.columns["Adgang"], "way_in" in sheet.found[0].fields) == ("", False)


def test_a_share_among_whole_per_cents_is_not_known_and_told(reads: Reads) -> None:
    sheet = reads("Navn;Hældning;Dato", "A;0,05;1.5.2024", "B;5;1.5.2024", "C;0;1.5.2024")
    assert (access(sheet), sheet.codes()) == ([{}, {"slope_pct": 5.0}, {"slope_pct": 0.0}], [(2, "cell")])


def test_a_year_of_two_digits_that_is_not_yet_was_in_the_century_before(reads: Reads) -> None:
    sheet = reads("Navn;Trinfri;Dato", "A;ja;01-05-98", "B;ja;01-05-24")
    assert [one.fields["access"]["step_free"]["seen_on"] for one in sheet.found] == ["1998-05-01", "2024-05-01"]


@pytest.mark.parametrize("said", ["ca. 90 cm", "ca 90", "cirka 90 cm", "90-100"])
def test_about_so_wide_is_no_measure_and_is_told(reads: Reads, said: str) -> None:
    sheet = reads("Navn;Adresse;Bredde på låge (m)", f"Haven;Vej 1;{said}")
    assert "gate_cm" not in (sheet.fields().get("access") or {})
    assert sheet.codes() == [(2, "cell")]
    assert said in sheet.left[0].reason


def test_a_postcode_alone_is_no_address(reads: Reads) -> None:
    sheet = reads("Navn;Vejnavn;Postnr;By", "Shelterpladsen;;4800;", "Salen;;4800;Nykøbing F")
    assert "where" not in sheet.found[0].fields
    assert sheet.found[1].fields["where"] == {"da": "4800 Nykøbing F"}


def test_of_a_file_without_rows_nothing_is_learnt(reads: Reads) -> None:
    with pytest.raises(FileRefused, match=r"der står intet under overskrifterne. Intet er læst eller husket"):
        reads(f"Nr;{HEAD}")


def test_a_year_alone_is_its_first_day_and_told_once(reads: Reads) -> None:
    sheet = reads("Navn;Trinfri;Dato", "Salen;ja;2025", "Hallen;ja;maj 2024", "Laden;ja;1.5.2023")
    assert [one.fields["access"]["step_free"]["seen_on"] for one in sheet.found] == [
        "2025-01-01",
        "2024-05-01",
        "2023-05-01",
    ]
    assert [(one.code, one.rows) for one in sheet.left] == [("no_day", 0)]
    assert "'Dato' har kun år eller måned i 2 rækker (den første: række 2, '2025')" in sheet.left[0].reason
    assert "1.1.2025" in sheet.left[0].reason


def test_cells_to_the_right_of_the_headings_are_told(reads: Reads) -> None:
    sheet = reads("Navn;Adresse", "Salen;Vej 1", "Hallen;Vej 2;;god bænk", "Laden;Vej 3;;")
    assert [(one.code, one.rows) for one in sheet.left] == [("beside_headings", 0)]
    assert "række 3, 'god bænk'" in sheet.left[0].reason


FIVE = "Nr;Navn;Breddegrad;Længdegrad;Bemærkning"


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (['2;B;54,77;11,88;"god bænk', "3;C;54,77;11,88;Grus", '4;D;54,77;11,89;"skal males'], "række 3, celle 5"),
        (['2;"B;54,77;11,88;Grus', "3;C;54,77;11,88;", '4;D";54,77;11,89;'], "række 3, celle 2"),
    ],
)
def test_an_unclosed_quote_that_a_later_one_closes_swallows_no_rows(reads: Reads, lines: list[str], at: str) -> None:
    with pytest.raises(FileRefused, match=at):
        reads(FIVE, "1;A;54,77;11,87;", *lines, "5;E;54,77;11,89;")
    kept = reads(FIVE, '1;A;54,77;11,87;"Malet 2024; slidt', 'Mangler ben; skal ses"', "2;B;54,78;11,87;").found
    assert [one.fields["name"]["da"] for one in kept] == ["A", "B"]


def test_a_quote_before_a_name_that_is_never_closed_is_named_and_not_the_headings(reads: Reads) -> None:
    with pytest.raises(FileRefused, match="række 3: et anførselstegn"):
        reads(FIVE, "1;A;54,77;11,87;", '2;"B;54,77;11,88;', "3;C;54,77;11,88;")


def test_a_line_in_another_alphabet_is_named_and_none_is_garbled(reads: Reads) -> None:
    utf8 = f"{HEAD};Nr\nBænken;54,77;11,88;1\nØdegård;54,77;11,89;2\n".encode()
    with pytest.raises(FileRefused, match="linje 4 har bogstaver i et andet tegnsæt"):
        reads(utf8 + "Åen;54,77;11,87;3\n".encode("cp1252"))
    with pytest.raises(FileRefused, match="række 3: 'BÃ¦nken' er æ, ø eller å"):
        reads("Navn;Adresse", "Åen;Vej 1", "BÃ¦nken;Vej 2")
    dos = reads("Navn;Adresse\nBænken;Søvej 1\nÅen;Vej 2\n".encode("cp850"))
    assert [one.fields["name"]["da"] for one in dos.found] == ["Bænken", "Åen"]


@pytest.mark.parametrize(
    ("data", "says"), [(b"PK\x03\x04" + bytes(range(256)) * 4, "er pakket"), (bytes(range(256)) * 9, "er ikke tekst")]
)
def test_what_is_called_csv_and_is_none_is_told_as_that(reads: Reads, data: bytes, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        reads(data)

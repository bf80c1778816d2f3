"""Spreadsheets as offices keep them: what is read of each column, and what is said of rows that lie."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.formats import geodata, rows
from server.formats.refusal import FileRefused

CASES = Path(__file__).resolve().parents[3] / "cases"
BOUNDS = (11.53, 54.559, 12.166, 54.968)
HEAD = "Navn;Breddegrad;Længdegrad"


class Sheet:
    """A file that was read: its lines, by what they are."""

    def __init__(self, path: Path, data_dir: Path, **choices: Any) -> None:
        self.read = geodata.read_file(path, data_dir=data_dir, **{"bounds": BOUNDS, **choices})
        kept = geodata.lines_of(data_dir, self.read.blob)
        lines = list(rows.read(kept))
        self.found = [line for line in lines if isinstance(line, rows.Found)]
        self.left = [line for line in lines if isinstance(line, rows.Left)]
        self.columns = {line.column: line.read_as for line in rows.columns(kept)}
        self.said = [line.reason for line in rows.columns(kept)]

    def points(self) -> list[Any]:
        return [one.wgs84 for one in self.found]

    def codes(self) -> list[tuple[int | None, str]]:
        return [(one.row, one.code) for one in self.left]

    def fields(self) -> dict[str, Any]:
        (one,) = self.found
        return one.fields


Reads = Callable[..., Sheet]


def test_the_danish_case_holds(tmp_path: Path) -> None:
    sheet = Sheet(CASES / "import-danish.csv", tmp_path / "data")
    assert [one.fields["name"]["da"] for one in sheet.found] == [
        "Bænken på Søtoften",
        "Plads; med semikolon",
        "Bålhytten",
    ]
    assert sheet.points() == [(11.8745, 54.769), (11.9203, 54.8012), (11.9512, 54.7001)]
    assert sheet.columns["Bredde"] == "lat"
    assert [one.row for one in sheet.found] == [2, 3, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
def test_every_encoding_and_separator_is_told_by_the_file(reads: Reads, encoding: str, separator: str) -> None:
    cells = [
        ["Navn", "Breddegrad", "Længdegrad"],
        ["Bålhytten på øen", "54.7001", "11.9512"],
        ["Ærø, den gamle", "54.71", "11.95"],
    ]
    lines = (separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in cells)
    sheet = reads("\n".join(lines).encode(encoding))
    assert [one.fields["name"]["da"] for one in sheet.found] == ["Bålhytten på øen", "Ærø, den gamle"]
    assert sheet.points()[0] == (11.9512, 54.7001)


def test_excels_first_line_that_names_the_separator_is_no_row(reads: Reads) -> None:
    sheet = reads("sep=,", "Navn,Adresse", '"Bænken, den grønne",Søvej 1')
    assert [(one.row, one.fields["name"]["da"]) for one in sheet.found] == [(2, "Bænken, den grønne")]


def test_titles_empty_rows_and_quoted_line_breaks_keep_the_row_numbers(reads: Reads) -> None:
    sheet = reads(
        "Mødesteder i kommunen;;", "", "", HEAD, "Bænken;54,769;11,8745", "", '"Hytten\nved søen";;', "", "Laden;;"
    )
    assert [(one.row, one.fields["name"]["da"]) for one in sheet.found] == [
        (5, "Bænken"),
        (7, "Hytten ved søen"),
        (9, "Laden"),
    ]


def test_a_heading_under_a_group_is_read_with_it(reads: Reads) -> None:
    sheet = reads("Sted;;Dør;Sti", "Navn;Adresse;Bredde;Bredde", "Salen;Søvej 1;85;120")
    assert list(sheet.columns.values()) == ["name", "where", "door_cm", "width_cm"]
    assert {name: fact["value"] for name, fact in sheet.fields()["access"].items()} == {"door_cm": 85, "width_cm": 120}


@pytest.mark.parametrize(
    ("values", "read_as", "shown"),
    [
        (("54,7690", "11,8745"), ("lat", "lon"), "breddegrad"),
        (("6072345,1", "684906,5"), ("y", "x"), "nord"),
        (("120", "3"), ("width_cm", ""), "bredde i cm"),
        (("1,2", "3"), ("width_cm", ""), "bredde i m"),
    ],
)
def test_bredde_is_latitude_or_width_by_its_values(
    reads: Reads, values: tuple[str, str], read_as: tuple[str, str], shown: str
) -> None:
    sheet = reads("Navn;Bredde;Længde", f"Bænken;{values[0]};{values[1]}")
    assert (sheet.columns["Bredde"], sheet.columns["Længde"]) == read_as
    assert f"Kolonne 'Bredde' læses som {shown}" in sheet.said[1]


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Breddegrad;Længdegrad", "54,7690;11,8745"),
        ("lat;lon", "54.7690;11.8745"),
        ("Latitude;Longitude", '"54° 46\' 8.4"" N";"11° 52\' 28.2"" E"'),
        ("X;Y", "684906,52;6072876,53"),
        ("UTM Øst;UTM Nord", "684.906,52;6.072.876,53"),
        ("Øst (UTM33);Nord (UTM33)", "298952,68;6073567,50"),
        ("y;x", "54,769;11,8745"),
        ("Koordinater", '"54.7690, 11.8745"'),
        ("Koordinater", '"54,7690; 11,8745"'),
        ("Koordinat", '"6072876 684907"'),
        ("GPS", '"54,7690 11,8745"'),
        ("WKT", "POINT (11.8745 54.769)"),
    ],
)
def test_coordinates_in_degrees_and_metres_come_to_one_point(reads: Reads, heading: str, value: str) -> None:
    sheet = reads(f"Navn;{heading}", f"Bænken;{value}")
    (point,) = sheet.points()
    assert point == pytest.approx((11.8745, 54.769), abs=2e-5)


def test_a_row_in_metres_among_degrees_is_told_by_its_numbers(reads: Reads) -> None:
    sheet = reads("Navn;Koordinater", "Bænken;54,7690 11,8745", "Hytten;54,70 11,95", "Bordet;684907 / 6072877")
    assert sheet.points()[2] == pytest.approx((11.8745, 54.769), abs=2e-5)
    assert sheet.left == []


def test_a_swapped_row_is_named_and_not_swapped(reads: Reads) -> None:
    sheet = reads(HEAD, "Bænken;54,769;11,8745", "Hytten;11,9203;54,8012")
    assert (sheet.points(), sheet.codes()) == ([(11.8745, 54.769)], [(3, "swapped")])
    assert "11.9203, 54.8012" in sheet.left[0].reason


def test_a_sheet_that_is_swapped_throughout_gets_one_sentence_and_the_way_out(reads: Reads) -> None:
    lines = (HEAD, "Bænken;11,8745;54,769", "Hytten;11,9203;54,8012")
    sheet = reads(*lines)
    assert (sheet.found, sheet.codes(), sheet.left[0].rows) == ([], [(None, "swapped_all")], 2)
    assert "--lat-lon" in sheet.left[0].reason
    assert reads(*lines, swap=True).points() == [(11.8745, 54.769), (11.9203, 54.8012)]


@pytest.mark.parametrize(
    ("cell", "code", "says"),
    [
        ("547690;11,8745", "no_degree_cell", "547690 er ikke en grad"),
        ("57,05;9,92", "outside_cell", "ligger uden for kommunen"),
        ("ved havnen;11,8745", "cell", "'ved havnen' kan ikke bruges; skriv et tal"),
        (";11,8745", "cell", "'Breddegrad' mangler"),
    ],
)
def test_a_row_that_lies_is_told_with_row_column_and_what_is_allowed(
    reads: Reads, cell: str, code: str, says: str
) -> None:
    sheet = reads(HEAD, "Hytten;54,70;11,95", f"Bænken;{cell}")
    assert sheet.codes() == [(3, code)]
    assert says in sheet.left[0].reason
    assert "Breddegrad" in sheet.left[0].reason
    assert len(sheet.found) == (2 if code == "cell" else 1)


def test_a_cell_that_can_not_be_read_leaves_the_row_and_is_told(reads: Reads) -> None:
    rows = ("Salen;måske;bred;31-02-2024", "Hallen;ved ikke;;")
    sheet = reads("Navn;Trinfri;Dørbredde (cm);Dato", *rows, choices=["--seen-on=2024-03-01"])
    assert [one.fields.get("access") for one in sheet.found] == [None, None]
    assert [one.reason for one in sheet.left] == [
        "Kolonne 'Dato': '31-02-2024' kan ikke bruges; skriv en dato til og med i dag (1.5.2024). "
        "Rækkens dag er 1.3.2024, som --seen-on siger.",
        "Kolonne 'Trinfri': 'måske' kan ikke bruges; skriv ja eller nej. Det står som 'ved ikke'.",
        "Kolonne 'Dørbredde (cm)': 'bred' kan ikke bruges; skriv et tal i cm (90 eller 90,5). Det står som 'ved ikke'.",
    ]


def test_facts_are_read_to_the_careful_side_with_the_rows_own_date(reads: Reads) -> None:
    sheet = reads(
        "Navn;Trinfri;Dørbredde;Kantsten;Hældning;Sidst set",
        "Salen;Ja;90,9 cm;2,1;4,25 %;1. maj 2024",
    )
    day = {"seen_on": "2024-05-01"}
    assert sheet.fields()["access"] == {
        "step_free": {"value": True, **day},
        "door_cm": {"value": 90, **day},
        "kerb_cm": {"value": 3, **day},
        "slope_pct": {"value": 4.3, **day},
    }
    assert sheet.codes() == [(None, "rounded")]


def test_steps_say_whether_it_is_step_free(reads: Reads) -> None:
    sheet = reads("Navn;Antal trin", "Salen;0", "Hallen;3")
    assert [one.fields["access"]["step_free"]["value"] for one in sheet.found] == [True, False]


def test_an_address_of_several_columns_is_one(reads: Reads) -> None:
    sheet = reads("Stednavn;Vejnavn;Husnr;Postnr;By", "Salen;Møllevej;3B;4800;Nykøbing F")
    assert sheet.fields()["where"] == {"da": "Møllevej 3B, 4800 Nykøbing F"}


def test_sted_is_the_name_unless_another_column_has_it(reads: Reads) -> None:
    assert reads("Sted;Formål", "Bænken;Hvile").columns["Sted"] == "name"
    assert reads("Navn;Sted", "Bænken;Ved søen").columns["Sted"] == "where"


def test_a_contact_is_read_with_telephone_and_role(reads: Reads) -> None:
    sheet = reads(
        "Navn;Kontaktperson;Telefon;Hjemmeside;E-mail", "Salen;Bo Bak;54 12 34 56;www.salen.example;bo@salen.example"
    )
    assert sheet.fields()["contact"] == {"name": "Bo Bak", "phone": "54 12 34 56"}
    assert sheet.fields()["url"] == "https://www.salen.example"
    assert sheet.columns["E-mail"] == ""


@pytest.mark.parametrize(
    ("said", "weekly"),
    [
        ("man-fre 9-15", [{"days": ["mo", "tu", "we", "th", "fr"], "opens": "09:00", "closes": "15:00"}]),
        (
            "Alle dage kl. 8.00-20.30",
            [{"days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "opens": "08:00", "closes": "20:30"}],
        ),
        ("lør-søn 22-02", [{"days": ["sa", "su"], "opens": "22:00", "closes": "02:00"}]),
        ("efter aftale med Bo", None),
        ("man-fre 9-15, ellers lukket", None),
        ("man 9-9", None),
    ],
)
def test_opening_hours_are_read_whole_or_stay_words(reads: Reads, said: str, weekly: Any) -> None:
    hours = reads("Navn;Åbningstider", f'Salen;"{said}"').fields()["hours"]
    assert hours["weekly"] == weekly
    assert ("note" in hours) == (weekly is None)


def test_a_chosen_column_goes_before_the_guess_and_the_remembered_one_before_it(reads: Reads) -> None:
    lines = ("Navn;Bredde;Længde", "Bænken;54,7690;11,8745")
    then = json.dumps({"steder": {"Bredde": "width_cm", "Længde": ""}})
    assert reads(*lines, choices=[f"--remembered={then}"]).columns == {
        "Navn": "name",
        "Bredde": "width_cm",
        "Længde": "",
    }
    sheet = reads(*lines, choices=[f"--remembered={then}", "--column=bredde=lat", "--column=Længde=lon"])
    assert sheet.points() == [(11.8745, 54.769)]
    assert "som valgt" in sheet.said[1]


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("Bredde=vidde", "hvor FELT er et af"),
        ("Vidde=lat", "ingen kolonne hedder 'Vidde'"),
        ("Bredde", "OVERSKRIFT=FELT"),
    ],
)
def test_a_choice_that_can_not_be_is_refused(reads: Reads, choice: str, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        reads("Navn;Bredde", "Bænken;54,7", choices=[f"--column={choice}"])


def test_a_file_without_a_column_of_names_is_refused_with_what_it_has(reads: Reads) -> None:
    with pytest.raises(FileRefused, match=r"ingen kolonne med stedernes navne\. Den har: Adresse, Telefon"):
        reads("Adresse;Telefon", "Søvej 1;12345678")


def test_a_formula_is_only_text(reads: Reads) -> None:
    sheet = reads("Navn;Formål", "\"=cmd|'/c calc'!A1\";\"@SUM(1+1)*cmd|'/c calc'!A0\"")
    assert sheet.fields()["name"]["da"] == "=cmd|'/c calc'!A1"
    assert sheet.fields()["purpose"]["da"] == "@SUM(1+1)*cmd|'/c calc'!A0"


def test_marks_that_turn_the_reading_direction_and_control_characters_are_gone(reads: Reads) -> None:
    sheet = reads("Navn;Formål", "Bæn\u202eken\u200f\x07;Hvi\x00le\u2066")
    assert (sheet.fields()["name"]["da"], sheet.fields()["purpose"]["da"]) == ("Bænken", "Hvi le")


def test_a_name_that_is_too_long_is_named_not_cut(reads: Reads) -> None:
    sheet = reads("Navn;Formål", f"{'å' * 121};Hvile", f"Bænken;{'å' * 100_000}", "Hytten;Hvile")
    assert [(one.row, one.reason) for one in sheet.left] == [
        (2, "Feltet Navn er længere end 120 tegn. Forkort det i filen."),
        (3, "Feltet Formål er længere end 4000 tegn. Forkort det i filen."),
    ]


def test_a_row_without_a_name_is_left_and_counted(reads: Reads) -> None:
    sheet = reads("Navn;Formål", ";Hvile", "Bænken;Hvile")
    assert (sheet.codes(), sheet.read.rows, sheet.read.found) == ([(2, "no_name_cell")], 2, 1)


def test_a_quote_that_is_never_closed_refuses_the_file_by_row(reads: Reads) -> None:
    with pytest.raises(FileRefused, match="række 3: et anførselstegn"):
        reads("Navn;Formål", "Bænken;Hvile", 'Hytten;"Hvile', "Laden;Ly", "Bordet;Mad")


def test_a_million_rows_are_refused_in_a_moment(reads: Reads) -> None:
    with pytest.raises(FileRefused, match="over 100000 rækker"):
        reads(b"Navn;Adresse\n" + b"B;S\n" * 1_000_000)


def test_key_numbers_are_the_rows_own_only_where_each_has_its_own(reads: Reads) -> None:
    assert [(one.key, one.own) for one in reads("Nr;Navn", "1;Bænken", "2;Bordet").found] == [("1", True), ("2", True)]
    assert reads("Nr;Navn", "1;Bænken", "1;Bordet").columns["Nr"] == ""


def test_headings_in_two_rows_are_joined_whichever_row_has_the_more(reads: Reads) -> None:
    sheet = reads(
        "Navn;Adresse;Koordinat;;Adgang;", ";;Længde;Bredde;Trinfri;Dør", "Salen;Søvej 1;11,8745;54,7690;ja;85"
    )
    assert (list(sheet.columns.values()), sheet.points()) == (
        ["name", "where", "lon", "lat", "step_free", "door_cm"],
        [(11.8745, 54.769)],
    )
    assert sheet.found[0].row == 3


def test_the_place_goes_by_its_own_name_where_other_names_stand_first(reads: Reads) -> None:
    sheet = reads("Kommune navn;Navn;Type", "Guldborgsund;Hytten;Halvtag og bænk", "Guldborgsund;Salen;Forsamlingshus")
    assert [one.fields["name"]["da"] for one in sheet.found] == ["Hytten", "Salen"]
    assert [one.fields.get("form") for one in sheet.found] == [None, "building"]
    assert sheet.found[0].fields["amenities"] == {"da": "Halvtag og bænk"}

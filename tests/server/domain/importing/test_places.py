"""Places out of a spreadsheet: once in, twice the same; what is changed here stays; what the file moves stays the same place."""

import datetime
import json
import os
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.domain.ctx import Ctx
from server.domain.importing.apply import apply_import
from server.domain.refusal import Refused
from server.formats import geodata
from server.formats.report import render
from server.model.ids import imported_id
from server.model.imports import ApplyImport
from server.model.values import Text
from server.publish import publish
from server.store import place, place_import, thing
from server.store.database import local
from sync import feed
from sync.wire import Subject

NOW = datetime.datetime(2026, 3, 3, 13, 30, tzinfo=datetime.UTC)
CASES = Path(__file__).resolve().parents[3] / "cases"
BOUNDS = (11.53, 54.559, 12.166, 54.968)
HEAD = "Navn;Breddegrad;Længdegrad;Trinfri;Dørbredde i cm;Set den"


class Office:
    """A DATA_DIR, and a spreadsheet that is imported into it as often as one likes."""

    def __init__(self, data_dir: Path, folder: Path) -> None:
        self.data_dir, self.folder, self.now = data_dir, folder, NOW

    def file(self, *lines: str, name: str = "bænke.csv") -> Path:
        path = self.folder / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def imports(self, path: Path, source: str | None = None, **choices: Any) -> dict[str, Any]:
        read = geodata.read_file(path, data_dir=self.data_dir, bounds=BOUNDS, **choices)
        ctx = Ctx.at(self.now, data_dir=self.data_dir)
        with local(self.data_dir) as tx:
            done = apply_import(tx, ctx, Subject("settings", "site"), ApplyImport(blob=read.blob, source=source))
            publish(tx, done.touched, ctx.today)
        result = done.result
        taken = result["new"] + result["changed"] + result["unchanged"]
        assert taken + sum(one.get("rows", 1) for one in result["left_out"]) == read.rows
        return result

    def places(self) -> dict[str, Any]:
        """Every place that staff read, by its Danish name."""
        with local(self.data_dir) as tx:
            changes = json.loads(feed.page(tx, "staff", None, max_changes=100_000, max_bytes=1 << 30).encode())[
                "changes"
            ]
        return {one["body"]["name"]["da"]: one["body"] for one in changes if one["kind"] == "place" and one["body"]}

    def changed(self, id: str, **fields: Any) -> None:
        """Somebody changes the place here."""
        with local(self.data_dir) as tx:
            before = place.get(tx, id)
            assert before is not None
            said = {name: value for name, value in fields.items() if name != "state"}
            after = msgspec.structs.replace(before, said=msgspec.structs.replace(before.said, **said))
            place.save(tx, msgspec.structs.replace(after, state=fields.get("state", before.state)))
            publish(tx, [("place", id)], NOW.date())


@pytest.fixture
def office(begun: Path, tmp_path: Path) -> Office:
    data_dir = shutil.copytree(begun, tmp_path / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    (tmp_path / "files").mkdir()
    return Office(data_dir, tmp_path / "files")


def codes(result: dict[str, Any]) -> list[tuple[int | None, str]]:
    return [(one["row"], one["code"]) for one in result["left_out"]]


def test_the_danish_sheet_brings_three_places_with_what_they_lack(office: Office) -> None:
    result = office.imports(CASES / "import-danish.csv")
    assert result["things"]["place"] == {"new": 3, "changed": 0, "unchanged": 0}
    places = office.places()
    assert set(places) == {"Bænken på Søtoften", "Plads; med semikolon", "Bålhytten"}
    assert [one["surface"] and one["surface"]["value"] for one in places.values()] == ["firm", "loose", None]
    widths = [one["access"]["width_cm"] and one["access"]["width_cm"]["value"] for one in places.values()]
    assert widths == [120, None, 90]
    bench = places["Bænken på Søtoften"]
    assert (bench["state"], bench["point"], bench["ground"]) == ("developing", [11.8745, 54.769], {"da": "fast"})
    assert bench["staff"]["missing"] == ["where", "amenities", "purpose", "activities"]
    assert bench["surface"] == {"value": "firm", "source": "import-danish", "seen_on": "2026-03-03"}
    assert codes(result) == [(None, "no_dates"), (None, "rounded")]


def test_the_guess_of_columns_stands_in_the_result(office: Office) -> None:
    result = office.imports(CASES / "import-danish.csv")
    assert [(one["column"], one["read_as"]) for one in result["columns"]] == [
        ("Navn", "name"),
        ("Bredde", "lat"),
        ("Længde", "lon"),
        ("Underlag", "ground"),
        ("Bredde i cm", "width_cm"),
    ]
    assert result["columns"][1]["reason"] == "Kolonne 'Bredde' læses som breddegrad (54,7690); tallene er grader."


def test_importing_again_changes_nothing_on_another_day_either(office: Office) -> None:
    path = office.file(HEAD, "Bænken;54,769;11,8745;ja;90;", "Hytten;;;nej;;1.5.2024")
    office.imports(path)
    with local(office.data_dir) as tx:
        before = feed.heads(tx)
    office.now = NOW + datetime.timedelta(days=40)
    result = office.imports(path)
    assert (result["new"], result["changed"], result["unchanged"], result["gone_count"]) == (0, 0, 2, 0)
    with local(office.data_dir) as tx:
        assert feed.heads(tx) == before


def test_a_fact_has_the_day_of_its_row_or_that_of_the_import(office: Office) -> None:
    office.imports(office.file(HEAD, "Bænken;54,769;11,8745;ja;90;", "Hytten;;;nej;;1.5.2024"), source="Bænkelisten")
    places = office.places()
    assert places["Bænken"]["access"]["step_free"] == {"value": True, "source": "Bænkelisten", "seen_on": "2026-03-03"}
    assert places["Hytten"]["access"]["step_free"] == {"value": False, "source": "Bænkelisten", "seen_on": "2024-05-01"}


def test_facts_that_nobody_dated_are_of_the_day_the_file_was_saved_and_stay_so(office: Office) -> None:
    path = office.file(HEAD, "Bænken;54,769;11,8745;ja;90;i foråret", "Hytten;;;nej;;")
    saved = datetime.datetime(2024, 2, 1, 12, tzinfo=datetime.UTC).timestamp()
    os.utime(path, (saved, saved))
    office.imports(path)
    seen = {name: one["access"]["step_free"]["seen_on"] for name, one in office.places().items()}
    assert seen == {"Bænken": "2024-02-01", "Hytten": "2024-02-01"}
    os.utime(path)  # saved again, with the same in it
    assert office.imports(path)["unchanged"] == 2
    assert {one["access"]["step_free"]["seen_on"] for one in office.places().values()} == {"2024-02-01"}
    assert office.imports(path, choices=["--seen-on=2023-12-24"])["changed"] == 2
    assert office.imports(path)["unchanged"] == 2
    assert {one["access"]["step_free"]["seen_on"] for one in office.places().values()} == {"2023-12-24"}


def test_a_place_stands_on_the_route_that_its_row_names(office: Office) -> None:
    def feature(key: str, name: str, east: float) -> dict[str, Any]:
        told = {"moede": "stretch", "key": key, "name": {"da": name}, "route": key, "no": 1, "modes": ["walk"]}
        line = {"type": "LineString", "coordinates": [[east, 54.77], [east + 0.01, 54.77]]}
        return {"type": "Feature", "properties": told, "geometry": line}

    ways = (("a", "Mosestien", 11.80), ("b", "Åstien", 11.83), ("c", "Åstien", 11.86))
    routes = {"type": "FeatureCollection", "features": [feature(*way) for way in ways]}
    office.imports(office.file(json.dumps(routes), name="stier.geojson"), source="stier")
    path = office.file(
        "Nr;Navn;Rute", "1;A;mosestien", "2;B;https://by.dk/ruter/mosestien", "3;C;Åstien", "4;D;Heden", "5;E;"
    )
    result = office.imports(path)
    on = {name: one["route_id"] for name, one in office.places().items()}
    moss = imported_id("stier", "route", "a")
    assert on == {"A": moss, "B": moss, "C": None, "D": None, "E": None}
    told = [(one["row"], one["reason"]) for one in result["left_out"] if one["code"] == "route_unknown"]
    assert [at for at, _ in told] == [4, 5]
    assert "er navnet på 2 ruter her; skriv adressen på den ene" in told[0][1]
    assert "'Heden' er ikke her" in told[1][1]
    assert office.imports(path)["unchanged"] == 5
    office.imports(office.file("Nr;Navn;Rute", "1;A;Fejlstien", "2;B;"))
    on = {name: one["route_id"] for name, one in office.places().items()}
    assert (on["A"], on["B"]) == (moss, None)


def test_a_row_without_coordinates_is_a_place_that_lacks_its_point(office: Office) -> None:
    result = office.imports(office.file("Navn;Adresse;Postnr;By", "Salen;Møllevej 3;4800;Nykøbing F"))
    (hall,) = office.places().values()
    assert (result["new"], hall["point"], hall["where"]) == (1, None, {"da": "Møllevej 3, 4800 Nykøbing F"})
    assert "point" in hall["staff"]["missing"]


def test_ids_are_those_of_source_type_and_key(office: Office) -> None:
    office.imports(office.file("Nr;Navn", "7;Bænken"))
    assert office.places()["Bænken"]["id"] == imported_id("bænke", "place", "7")


def test_what_the_sheet_says_anew_goes_in(office: Office) -> None:
    office.imports(office.file("Nr;Navn;Formål", "1;Bænken;Hvile"))
    result = office.imports(office.file("Nr;Navn;Formål", "1;Bænken ved søen;Hvile og udsigt"))
    (bench,) = office.places().values()
    assert (result["changed"], bench["purpose"]["da"], bench["slug"]) == (1, "Hvile og udsigt", "baenken-ved-soeen")


def test_what_was_changed_here_stays_and_is_told(office: Office) -> None:
    office.imports(office.file("Nr;Navn;Formål;Aktiviteter", "1;Bænken;Hvile;Kaffe"))
    id = office.places()["Bænken"]["id"]
    office.changed(id, purpose=Text(da="Udsigt"))
    result = office.imports(office.file("Nr;Navn;Formål;Aktiviteter", "1;Bænken;Ro;Fugle"))
    bench = office.places()["Bænken"]
    assert (bench["purpose"]["da"], bench["activities"]["da"]) == ("Udsigt", "Fugle")
    (conflict,) = result["conflicts"]
    assert (
        conflict["name"],
        conflict["field"],
        conflict["here"]["da"],
        conflict["register"]["da"],
        conflict["new"],
    ) == (
        "Bænken",
        "purpose",
        "Udsigt",
        "Ro",
        True,
    )
    (difference,) = result["differences"]
    assert (difference["field"], difference["before"]["da"], difference["after"]["da"]) == (
        "activities",
        "Kaffe",
        "Fugle",
    )
    again = office.imports(office.file("Nr;Navn;Formål;Aktiviteter", "1;Bænken;Ro;Fugle"))
    assert (again["unchanged"], [one["new"] for one in again["conflicts"]], again["differences"]) == (1, [False], [])


def test_a_public_place_loses_nothing_that_it_needs(office: Office) -> None:
    head = "Nr;Navn;Breddegrad;Længdegrad;Adresse;Faciliteter;Underlag;Formål;Aktiviteter"
    office.imports(office.file(head, "1;Bænken;54,769;11,8745;Ved søen;En bænk;Fast;Hvile;Kaffe"))
    id = office.places()["Bænken"]["id"]
    office.changed(id, state="active")
    result = office.imports(office.file(head, "1;Bænken;;;Ved søen;En bænk;Fast;;Te"))
    bench = office.places()["Bænken"]
    assert (bench["state"], bench["purpose"]["da"], bench["point"]) == ("active", "Hvile", [11.8745, 54.769])
    assert (bench["activities"]["da"], bench["staff"]["missing"]) == ("Te", [])
    assert [(one["field"], one["register"]) for one in result["conflicts"]] == [("purpose", None), ("point", None)]


def test_a_place_that_was_withdrawn_here_stays_so(office: Office) -> None:
    path = office.file("Nr;Navn", "1;Bænken")
    office.imports(path)
    with local(office.data_dir) as tx:
        one = thing.find(tx, "place", imported_id("bænke", "place", "1"))
        assert one is not None
        thing.withdraw(tx, one.row, NOW.date(), "taget ned")
        publish(tx, [("place", one.id)], NOW.date())
    result = office.imports(office.file("Nr;Navn", "1;Bænken igen"))
    assert (codes(result), result["gone_count"], office.places()) == ([(2, "withdrawn")], 0, {})


def test_a_place_that_gets_its_point_later_stays_the_same_place(office: Office) -> None:
    head = "Navn;Breddegrad;Længdegrad"
    office.imports(office.file(head, "Bænken;;", "Hytten;54,70;11,95"))
    before = {name: one["id"] for name, one in office.places().items()}
    result = office.imports(office.file(head, "Bænken;54,769;11,8745", "Hytten;54,7001;11,9512"))
    assert (result["changed"], result["new"], result["gone_count"]) == (2, 0, 0)
    assert {name: one["id"] for name, one in office.places().items()} == before
    assert office.imports(office.file(head, "Bænken;54,769;11,8745", "Hytten;54,7001;11,9512"))["unchanged"] == 2


def test_two_in_one_spot_stay_who_they_are_in_any_order_and_beside_a_third(office: Office) -> None:
    head, at = "Navn;Breddegrad;Længdegrad", "54,769;11,8745"
    office.imports(office.file(head, f"Bænken;{at}", f"Bordet;{at}"))
    before = {name: one["id"] for name, one in office.places().items()}
    result = office.imports(office.file(head, f"Anlægget;{at}", f"Bordet;{at}", f"Bænken;{at}"))
    after = {name: one["id"] for name, one in office.places().items()}
    assert (result["new"], result["unchanged"], result["differences"]) == (1, 2, [])
    assert {name: after[name] for name in before} == before
    assert office.imports(office.file(head, f"Bænken;{at}", f"Anlægget;{at}", f"Bordet;{at}"))["unchanged"] == 3


def test_places_that_change_spots_with_each_other_stay_who_they_are(office: Office) -> None:
    head = "Navn;Breddegrad;Længdegrad"
    office.imports(office.file(head, "Bænken;54,769;11,8745", "Bordet;54,77;11,88"))
    office.imports(office.file(head, "Bænken;54,78;11,89", "Bordet;54,77;11,88"))
    result = office.imports(office.file(head, "Bænken;54,78;11,89", "Bordet;54,77;11,88", "Laden;54,769;11,8745"))
    assert (result["new"], result["unchanged"], len({one["id"] for one in office.places().values()})) == (1, 2, 3)


def test_what_the_sheet_no_longer_has_is_told_and_not_deleted(office: Office) -> None:
    office.imports(office.file("Nr;Navn", "1;Bænken", "2;Bordet"))
    result = office.imports(office.file("Nr;Navn", "1;Bænken"))
    assert [(one["kind"], one["name"], one["edited"]) for one in result["gone"]] == [("place", "Bordet", [])]
    assert set(office.places()) == {"Bænken", "Bordet"}


def test_what_the_sheet_no_longer_has_says_what_people_wrote_of_it_here(office: Office) -> None:
    office.imports(office.file("Nr;Navn;Beskrivelse", "1;Bænken;", "2;Bordet;Et bord", "3;Hytten;"))
    office.changed(office.places()["Bordet"]["id"], purpose=Text(da="Frokost"), way_in=Text(da="Ad stien"))
    result = office.imports(office.file("Nr;Navn;Beskrivelse", "3;Hytten;"))
    assert [(one["name"], one["edited"]) for one in result["gone"]] == [
        ("Bordet", ["purpose", "way_in"]),
        ("Bænken", []),
    ]
    assert "2 fra tidligere står ikke i filen mere, og 1 af dem har rettelser gjort her" in render("a.csv", result)


def test_a_renamed_file_is_not_a_second_register(office: Office) -> None:
    lines = ("Nr;Navn", "1;Bænken", "2;Bordet", "3;Hytten")
    office.imports(office.file(*lines))
    result = office.imports(office.file(*lines, "4;Laden", name="bænke (2) endelig.csv"))
    assert (result["new"], result["unchanged"], codes(result)) == (1, 3, [(None, "same_source")])
    assert "som bænke allerede har bragt" in result["left_out"][0]["reason"]
    assert len(office.places()) == 4


def test_a_sheet_of_a_known_name_with_nothing_in_common_is_said(office: Office) -> None:
    office.imports(office.file("Nr;Navn", "1;Bænken", "2;Bordet"))
    result = office.imports(office.file("Navn;Adresse", "Salen;Søvej 1", "Hallen;Søvej 2"))
    assert codes(result) == [(None, "stranger")]


def test_another_sheet_with_the_same_numbers_is_another_register(office: Office) -> None:
    office.imports(office.file("Nr;Navn", "1;Bænken", "2;Bordet"))
    result = office.imports(office.file("Nr;Navn", "1;Salen", "2;Hallen", name="sale.csv"))
    assert (result["new"], len(office.places())) == (2, 4)


def test_a_place_in_the_same_spot_under_another_name_is_another_registers(office: Office) -> None:
    office.imports(office.file("Navn;Breddegrad;Længdegrad", "P-plads;54,769;11,8745", "Bordet;54,77;11,88"))
    result = office.imports(office.file("Navn;Breddegrad;Længdegrad", "Bænken;54,769;11,8745", name="havn.csv"))
    assert (result["new"], result["left_out"], set(office.places())) == (1, [], {"P-plads", "Bordet", "Bænken"})


def test_how_columns_were_read_is_remembered_for_the_source(office: Office) -> None:
    office.imports(office.file("Navn;Bredde;Længde", "Bænken;1,2;3"), choices=["--column=Længde=notes"])
    with local(office.data_dir) as tx:
        assert place_import.columns(tx) == {"bænke": {"Navn": "name", "Bredde": "width_cm", "Længde": "notes"}}
    remembered = json.dumps({"bænke": {"Navn": "name", "Bredde": "width_cm", "Længde": "notes"}})
    path = office.file("Navn;Bredde;Længde", "Bænken;54,7690;11,8745")
    result = office.imports(path, choices=[f"--remembered={remembered}"])
    assert [one["read_as"] for one in result["columns"]] == ["name", "width_cm", "notes"]
    assert "som sidst" in result["columns"][1]["reason"]


def test_equal_rows_are_one_place_and_one_number_on_two_is_named(office: Office) -> None:
    head = "Navn;Breddegrad;Længdegrad"
    result = office.imports(
        office.file(head, "Bænken;54,769;11,8745", "Bænken;54,769;11,8745", "Bordet;54,769;11,8745")
    )
    assert (set(office.places()), codes(result)) == ({"Bænken", "Bordet"}, [(3, "same")])


def test_two_offices_sheets_of_one_name_and_numbers_are_refused_until_somebody_says_whose(office: Office) -> None:
    head = "ID;Navn;Lat;Lon;Underlag"
    ours = office.file(head, "1;Kulturhuset;54,76;11,87;fliser", "2;Bænk B;54,77;11,88;græs", name="steder.csv")
    office.imports(ours)
    before = office.places()
    theirs = office.file("ID;Navn;Lat;Lon", "1;Legepladsen;54,78;11,87", "2;Havnen;54,79;11,88", name="steder.csv")
    with pytest.raises(Refused) as refused:
        office.imports(theirs)
    assert "Nr. 1 er »Kulturhuset« her og »Legepladsen« i filen. Intet er ændret." in refused.value.detail
    assert office.places() == before
    assert office.imports(theirs, source="Skolerne")["new"] == 2
    assert set(office.places()) == {"Kulturhuset", "Bænk B", "Legepladsen", "Havnen"}


def test_two_sheets_with_a_place_each_in_one_spot_are_imported_in_turn_for_ever(office: Office) -> None:
    first = office.file("Navn;Lat;Lon;Underlag", "Torvet;54,76;11,87;asfalt", name="samme_sted2.csv")
    second = office.file("Navn;Lat;Lon", "Havnen;54,76;11,87", name="samme_sted.csv")
    assert [office.imports(path)["new"] for path in (first, second)] == [1, 1]
    before = office.places()
    assert [office.imports(path)["unchanged"] for path in (first, second, first)] == [1, 1, 1]
    assert office.places() == before
    assert before["Torvet"]["surface"]["value"] == "firm"


def test_a_numbered_place_elsewhere_is_another_though_it_is_called_the_same(office: Office) -> None:
    office.imports(office.file("ID;Navn;Lat;Lon", "1;Bænk;54,76;11,87", name="nord.csv"))
    assert office.imports(office.file("ID;Navn;Lat;Lon", "1;Bænk;54,79;11,89", name="syd.csv"))["new"] == 1


def test_what_a_public_place_needs_is_told_as_needed_and_not_as_an_edit(office: Office) -> None:
    office.imports(office.file("Nr;Navn;Formål", "1;Bænken;Hvile"))
    id = office.places()["Bænken"]["id"]
    office.changed(id, state="active")
    result = office.imports(office.file("Nr;Navn;Formål", "1;Bænken;"))
    assert office.places()["Bænken"]["purpose"] == {"da": "Hvile"}
    kept = [(one["field"], one.get("needed")) for one in result["conflicts"]]
    assert (kept, result["needed_count"]) == ([("purpose", True)], 1)

"""What the person at the terminal reads after an import."""

from typing import Any

import pytest

from server.formats.report import render


def result(**more: Any) -> dict[str, Any]:
    things = {kind: {"new": 0, "changed": 0, "unchanged": 0} for kind in ("facility", "route")}
    return {
        "new": 0,
        "changed": 0,
        "unchanged": 0,
        "left_out": [],
        "things": things,
        "gone": [],
        "gone_count": 0,
    } | more


def short(row: int) -> dict[str, Any]:
    return {"layer": "rute_cykel", "row": row, "code": "no_length", "reason": "Linjen har ingen længde."}


def test_new_and_left_out_are_told_by_reason_with_row_ids() -> None:
    road = {"layer": "vej", "row": None, "code": "map", "reason": "Laget vej hører til kortet.", "rows": 40}
    things = {"facility": {"new": 1, "changed": 0, "unchanged": 0}, "route": {"new": 2, "changed": 0, "unchanged": 0}}
    told = render("ruter.gpkg", result(new=5, left_out=[road, short(7)], things=things)).splitlines()
    assert told == [
        "ruter.gpkg: 46 rækker",
        "       5 nye (1 facilitet, 2 ruter)",
        "      41 udeladt",
        "            40 hører til kortet",
        "               Laget vej hører til kortet.",
        "             1 linje uden længde",
        "               række 7: Linjen har ingen længde.",
    ]


def test_many_rows_are_cut_and_it_says_how_to_see_them_all() -> None:
    many = result(left_out=[short(n) for n in range(1, 31)])
    assert render("ruter.gpkg", many, shown=2).splitlines()[-1].strip() == "… og 28 til (vis dem alle med --all)"
    assert len(render("ruter.gpkg", many, shown=0).splitlines()) == 33


def test_a_dry_run_says_that_nothing_is_kept() -> None:
    assert (
        render("a.gpkg", result(new=1), dry_run=True).splitlines()[0] == "a.gpkg: 1 række, prøvekørsel: intet er gemt"
    )


def test_what_is_gone_from_the_register_is_told_and_not_called_deleted() -> None:
    told = render("a.gpkg", result(gone=[{"kind": "facility", "id": "x", "name": "Bænk"}], gone_count=1))
    assert "1 fra tidligere står ikke i filen mere. De er ikke slettet:\n    Bænk (x)" in told


def test_a_remark_counts_no_row_and_stands_by_itself() -> None:
    remark = {"layer": "kopi", "row": None, "code": "same_source", "reason": "Er læst som lag.", "rows": 0}
    told = render("a.gpkg", result(unchanged=2, left_out=[remark])).splitlines()
    assert told == ["a.gpkg: 2 rækker", "       2 uændrede", "  Bemærk:", "    Er læst som lag."]


def test_what_the_register_changed_and_what_was_kept_is_told_by_field() -> None:
    bench = {"kind": "facility", "id": "x", "name": "Bænken"}
    path = {"kind": "route", "id": "y", "name": "Stien"}
    differences = [
        {**bench, "field": "name", "before": {"da": "Bænken"}, "after": {"da": "Havnebænken"}},
        {**path, "field": "line", "before": {"stretches": 1, "length_m": 851}, "after": {"stretches": 2, "length_m": 900}},
        {**path, "field": "stretches/z/surface", "before": None, "after": {"value": "firm", "source": "K", "seen_on": "2026-01-01"}},
    ]  # fmt: skip
    conflicts = [
        {**bench, "field": "season", "here": {"from": "04-01", "through": "10-31"}, "register": None, "new": False},
        {**bench, "field": "type_text", "here": "Bænk", "register": "Bord", "new": True},
        {**path, "field": "stretches/z/surface", "here": {"value": "loose"}, "register": None, "new": True},
    ]
    told = render(
        "a.gpkg",
        result(changed=3, differences=differences, differences_count=3, conflicts=conflicts, conflicts_count=3),
    )
    assert told.splitlines()[2:] == [
        "  3 felter står anderledes i registret end før og er ændret her:",
        "    Bænken, navn: før »Bænken«, nu »Havnebænken«",
        "    Stien, linje: før 851 m på 1 stræk, nu 900 m på 2 stræk",
        "    Stien, underlag: før tomt, nu fast",
        "  3 felter er rettet her, og registret siger noget andet. Rettelsen står:",
        "    Bænken, sæson: 04-01 til 10-31 her, tomt i registret",
        "    Bænken, type: »Bænk« her, »Bord« i registret (nyt i registret)",
        "    Stien, underlag: løst her; strækket er ikke i registret mere, så rettelsen er væk",
    ]


def test_of_many_differences_a_few_are_named_and_all_are_counted() -> None:
    one = {"kind": "facility", "id": "x", "name": "B", "field": "name", "before": None, "after": {"da": "x" * 300}}
    told = render("a.gpkg", result(changed=500, differences=[one] * 200, differences_count=500), shown=2).splitlines()
    assert told[2].startswith("  500 felter")
    assert len(told[3]) < 120
    assert told[-1].strip() == "… og 498 til (vis dem alle med --all)"


def test_what_a_public_place_can_not_be_without_is_not_called_an_edit() -> None:
    place = {"kind": "place", "id": "x", "name": "Bålet", "here": {"da": "Ved broen"}, "register": None, "new": True}
    edited = place | {"field": "purpose", "register": {"da": "Hvile"}}
    needed = place | {"field": "where", "needed": True}
    told = render("a.csv", result(conflicts=[edited, needed], conflicts_count=2, needed_count=1)).splitlines()
    assert told[1:] == [
        "  1 felt er rettet her, og registret siger noget andet. Rettelsen står:",
        "    Bålet, formål: »Ved broen« her, »Hvile« i registret (nyt i registret)",
        "  1 felt er tomt i filen, men et offentligt sted skal have det. Her står stadig:",
        "    Bålet, sted: »Ved broen«",
    ]


def test_a_line_of_the_same_length_is_drawn_otherwise() -> None:
    shown = {"stretches": 1, "length_m": 3158}
    one = {"kind": "route", "id": "x", "name": "Sti", "field": "line", "before": shown, "after": shown}
    told = render("a.gpkg", result(changed=1, differences=[one], differences_count=1))
    assert told.endswith("    Sti, linje: tegnet anderledes, 3158 m på 1 stræk")


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("surface", {"value": "firm", "source": "A", "seen_on": "2024-05-01"}, {"value": "firm", "source": "A", "seen_on": "2026-05-01"},
         "underlag: fast som før, men »2024-05-01« er nu »2026-05-01«"),
        ("access", {"step_free": {"value": True, "source": "A"}}, {"step_free": {"value": True, "source": "B"}},
         "adgang: trinfri ja som før, men »A« er nu »B«"),
        ("where", {"da": "x" * 90 + "ved åen"}, {"da": "x" * 90 + "ved broen"}, "som før, men »…åen« er nu »…broen«"),
        ("name", {"da": "Å"}, {"da": "Å", "en": "River"}, "navn: »Å« som før, men tomt er nu »River«"),
    ],
)  # fmt: skip
def test_a_difference_that_reads_alike_on_both_sides_says_what_differs(
    field: str, before: Any, after: Any, words: str
) -> None:
    one = {"kind": "route", "id": "1", "name": "Stien", "field": field, "before": before, "after": after}
    assert words in render("a.gpkg", result(changed=1, differences=[one], differences_count=1))


def test_one_is_told_as_one_and_two_as_two() -> None:
    one = render("a.gpkg", result(new=1, changed=1, unchanged=1)).splitlines()
    assert [line.strip() for line in one[1:]] == ["1 ny", "1 ændret", "1 uændret"]
    two = render("a.gpkg", result(new=2, changed=2, unchanged=2)).splitlines()
    assert [line.strip() for line in two[1:]] == ["2 nye", "2 ændrede", "2 uændrede"]


@pytest.mark.parametrize(("rows", "routes", "told"), [(342, 476, True), (270, 227, True), (3, 3, False), (0, 0, False)])
def test_rows_that_become_another_number_of_routes_say_why(rows: int, routes: int, told: bool) -> None:
    things = {"route": {"new": routes, "changed": 0, "unchanged": 0}}
    assert ("linjer deles, hvor veje mødes" in render("a.gpkg", result(new=rows, things=things))) is told

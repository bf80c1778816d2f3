"""What the person at the terminal reads after an import."""

from typing import Any

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

"""A renamed file is no second register, and one that happens to be called the same is not joined without a word."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.formats import geodata

Bring = Callable[..., dict[str, Any]]


@pytest.fixture
def bring(world: Any, tmp_path: Path) -> Bring:
    """Imports a GeoJSON file of this name, a bench for each of the properties, 10 m apart; the result of apply_import, or where
    it is refused the reply."""

    def one(name: str, *properties: dict[str, Any], source: str | None = None, north: float = 0) -> dict[str, Any]:
        points = [
            {
                "type": "Feature",
                "properties": given,
                "geometry": {"type": "Point", "coordinates": [11.87, 54.77 + north + n / 1e4]},
            }
            for n, given in enumerate(properties)
        ]
        file = tmp_path / f"{name}.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": points}), encoding="utf-8")
        blob = geodata.read_file(file, data_dir=world.data_dir).blob
        reply = world.do("apply_import", "settings", "site", {"blob": blob, "source": source})
        result: dict[str, Any] = reply["result"] if reply["status"] == "applied" else reply
        return result

    return one


def remarks(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["code"], one["reason"]) for one in result["left_out"] if one.get("rows") == 0]


BENCHES = [{"type": "Bænk"}, {"type": "Bord"}, {"type": "Bænk"}]


def test_a_copy_under_another_name_changes_nothing_and_it_says_so(world: Any, bring: Bring) -> None:
    bring("baenke", *BENCHES)
    heads = world.tx.execute("SELECT * FROM feed_scope").fetchall()
    result = bring("baenke (1)", *BENCHES)
    assert (result["new"], result["changed"], result["unchanged"], result["gone_count"]) == (0, 0, 3, 0)
    assert world.tx.execute("SELECT * FROM feed_scope").fetchall() == heads
    ((code, reason),) = remarks(result)
    assert code == "same_source"
    assert reason.startswith("baenke (1) har mest af det, som baenke allerede har bragt")
    assert "--source" in reason


def test_a_layer_that_we_know_is_read_as_such_under_any_name(world: Any, bring: Bring) -> None:
    bring("facilit_rasteplads", *BENCHES)
    result = bring("hentet i dag", *BENCHES)
    assert (result["new"], result["changed"], result["unchanged"]) == (0, 0, 3)


def test_a_copy_that_has_grown_brings_what_is_new_and_names_what_is_gone(world: Any, bring: Bring) -> None:
    bring("baenke", *BENCHES)
    result = bring("baenke ny", *BENCHES[:2], north=0)
    assert (result["new"], result["unchanged"], result["gone_count"]) == (0, 2, 1)
    result = bring("baenke igen", *BENCHES, {"type": "Bænk"})
    assert (result["new"], result["unchanged"], result["gone_count"]) == (1, 3, 0)


def test_who_wants_two_registers_says_so(world: Any, bring: Bring) -> None:
    bring("baenke", *BENCHES)
    result = bring("baenke (1)", *BENCHES, source="En anden")
    ((code, reason),) = remarks(result)
    assert (result["new"], code) == (3, "twice")
    assert reason.startswith("En anden er nyt, men har mest af det, som baenke allerede har bragt")
    assert remarks(bring("baenke (1)", *BENCHES, source="En anden")) == [], "it is known from now on"


def test_another_register_stays_another_though_its_rows_are_numbered_alike(world: Any, bring: Bring) -> None:
    bring("baenke", *({"id": n, "navn": f"Bænk {n}"} for n in (1, 2, 3)))
    result = bring("borde", *({"id": n, "navn": f"Bord {n}"} for n in (1, 2, 3)), north=0.1)
    assert (result["new"], remarks(result)) == (3, [])
    assert world.count("facility") == 6


def test_numbered_rows_without_a_name_are_known_by_their_spot(world: Any, bring: Bring) -> None:
    bring("baenke", *({"id": n, "type": "Bænk"} for n in (1, 2, 3)))
    result = bring("kopi", *({"id": n, "type": "Bænk"} for n in (1, 2, 3)))
    assert (result["new"], result["unchanged"]) == (0, 3)


def test_half_is_not_most(world: Any, bring: Bring) -> None:
    bring("baenke", *BENCHES[:2])
    result = bring("alt muligt", *BENCHES[:2], {"type": "Bænk"}, {"type": "Bænk"})
    assert (result["new"], remarks(result)) == (4, [])


def test_a_file_of_a_known_name_with_nothing_in_common_is_told_as_such(world: Any, bring: Bring) -> None:
    bring("eksport", *BENCHES)
    result = bring("eksport", *BENCHES, north=0.1)
    assert (result["new"], result["gone_count"]) == (3, 3)
    ((code, reason),) = remarks(result)
    assert code == "stranger"
    assert reason.startswith("eksport er kendt, men filen har intet")
    assert remarks(bring("eksport", *BENCHES, north=0.2, source="eksport")) == [], (
        "somebody has said that it is the same"
    )


OFFICE = ({"objekt_id": "1", "navn": "Kulturhuset"}, {"objekt_id": "2", "navn": "Havnen"})
OTHERS = ({"objekt_id": "1", "navn": "Legepladsen"}, {"objekt_id": "2", "navn": "Hallen"})


def state(world: Any) -> list[Any]:
    return [world.tx.execute(f"SELECT * FROM {table}").fetchall() for table in ("facility", "route", "feed_scope")]


def test_two_offices_lists_of_one_name_and_numbers_are_refused_until_somebody_says_whose(
    world: Any, bring: Bring
) -> None:
    bring("steder", *OFFICE)
    before = state(world)
    refused = bring("steder", *OTHERS, north=0.1)
    assert (refused["status"], refused["code"], state(world)) == ("refused", "invalid", before)
    assert "Nr. 1 er »Kulturhuset« her og »Legepladsen« i filen. Intet er ændret." in refused["detail"]
    assert '--source "steder"' in refused["detail"]
    assert bring("steder", *OTHERS, north=0.1, source="Skolerne")["new"] == 2
    assert bring("steder", *OFFICE)["unchanged"] == 2
    assert bring("steder", *OTHERS, north=0.1, source="steder")["changed"] == 2


def test_things_of_a_register_may_all_move_or_all_be_renamed(world: Any, bring: Bring) -> None:
    bring("steder", *OFFICE)
    assert bring("steder", *OFFICE, north=0.1)["changed"] == 2
    assert bring("steder", *OTHERS, north=0.1)["changed"] == 2


def test_a_bench_in_the_spot_of_another_registers_toilet_is_a_bench_beside_it(world: Any, bring: Bring) -> None:
    bring("toiletter", {"facil_ty_k": 1012, "navn": "WC ved havnen"})
    result = bring("borde", {"facil_ty_k": 1371, "navn": "Bænken"})
    assert (result["new"], result["changed"], remarks(result)) == (1, 0, [])
    before = state(world)
    for name, one in (
        ("toiletter", {"facil_ty_k": 1012, "navn": "WC ved havnen"}),
        ("borde", {"facil_ty_k": 1371, "navn": "Bænken"}),
    ):
        assert bring(name, one)["unchanged"] == 1
    assert state(world) == before
    assert bring("toiletter", {"facil_ty_k": 1371, "navn": "Bænken"})["status"] == "refused"


def test_of_two_things_one_that_is_known_is_no_sign(world: Any, bring: Bring) -> None:
    bring("baenke", *BENCHES[:2])
    assert bring("andre", BENCHES[0], {"type": "Skraldespand"})["new"] == 2


@pytest.fixture
def lines(world: Any, tmp_path: Path) -> Bring:
    """Imports a GeoJSON file of this name, a line of 500 m for each name."""

    def one(name: str, *names: str | None, source: str | None = None) -> dict[str, Any]:
        features = [
            {
                "type": "Feature",
                "properties": {} if called is None else {"navn": called},
                "geometry": {
                    "type": "LineString",
                    "coordinates": [[11.87, 54.77 + n / 1e2], [11.873, 54.772 + n / 1e2]],
                },
            }
            for n, called in enumerate(names)
        ]
        file = tmp_path / f"{name}.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        blob = geodata.read_file(file, data_dir=world.data_dir).blob
        reply = world.do("apply_import", "settings", "site", {"blob": blob, "source": source})
        result: dict[str, Any] = reply["result"] if reply["status"] == "applied" else reply
        return result

    return one


@pytest.mark.parametrize("nameless_first", [True, False])
def test_a_nameless_register_and_one_with_names_never_take_each_others_names(
    world: Any, lines: Bring, nameless_first: bool
) -> None:
    files = [("stier", *[None] * 9), ("vandreruter", "Sti A", "Sti B", "Sti C")]
    first, second = files if nameless_first else files[::-1]
    lines(*first)
    result = lines(*second)
    assert (result["changed"], result["gone_count"], result["new"]) == (0, 0, len(second) - 1)
    ((code, reason),) = remarks(result)
    assert code == "shared"
    assert f"3 af dens linjer står her allerede fra {first[0]}, for samme måde at færdes på" in reason
    before = state(world)
    for name, *names in files * 2:
        again = lines(name, *names)
        assert (again["unchanged"], again["gone_count"], remarks(again)) == (len(names), 0, [])
    assert state(world) == before


def test_a_walk_and_a_ride_along_one_line_are_two_routes_and_nothing_is_told(world: Any, lines: Bring) -> None:
    lines("rute_vandre", None, None)
    result = lines("rute_cykel", None, None)
    assert (result["new"], remarks(result), world.count("route")) == (2, [], 4)


def test_a_part_of_a_register_names_nothing_as_gone(lines: Bring) -> None:
    lines("stier", *(f"Sti {n}" for n in range(9)))
    result = lines("nogle stier", *(f"Sti {n}" for n in range(3)))
    assert (result["unchanged"], result["gone_count"], remarks(result)[0][0]) == (3, 0, "same_source")
    assert lines("stier", *(f"Sti {n}" for n in range(3)))["gone_count"] == 6, "the register itself"


def test_a_file_of_our_own_under_a_name_that_is_said_stands_there_once(world: Any, bring: Bring) -> None:
    ours = {"moede": "facility", "key": "a", "type_text": "Bænk", "register": "reg"}
    bring("reg", ours)
    result = bring("facilities-reg", ours, source="X")
    assert (result["unchanged"], remarks(result), world.count("facility")) == (1, [], 1)


def test_what_was_renamed_and_moved_here_makes_its_file_no_stranger(world: Any, bring: Bring) -> None:
    bring("steder", OFFICE[0])
    (id,) = world.tx.execute("SELECT uid FROM thing WHERE kind = 'facility'").fetchone()
    world.done("save_facility", "facility", id, {"set": {"name": {"da": "Salen"}, "point": [11.88, 54.79]}})
    result = bring("steder", {**OFFICE[0], "type": "Hus"})
    assert (result["changed"], {one["field"] for one in result["conflicts"]}) == (1, {"name", "point"})


IDS = [f"019a0000-0000-7000-8000-00000000000{n}" for n in (1, 2, 3)]


def test_our_own_rows_that_name_no_register_never_speak_for_one_whose_keys_they_have(world: Any, bring: Bring) -> None:
    bring("reg", *({"objekt_id": id, "type": "Bænk"} for id in IDS))
    drawn = bring("ude", *({"moede": "facility", "key": id, "type_text": "Hacket", "public": False} for id in IDS))
    assert (drawn["new"], drawn["changed"]) == (3, 0)
    assert world.tx.execute("SELECT DISTINCT type_text FROM facility WHERE source = 'reg'").fetchall() == [("Bænk",)]
    ((code, reason),) = remarks(drawn)
    assert code == "twice"
    assert reason.startswith("ude er nyt, men har mest af det, som reg allerede har bragt")


@pytest.mark.parametrize("layer", ["t_5800_fac_pkt", "facilit_rasteplads"])
def test_our_own_rows_do_not_speak_for_a_register_by_the_layers_name(world: Any, bring: Bring, layer: str) -> None:
    bring(layer, {"objekt_id": IDS[0], "type": "Bænk"})
    row = {"moede": "facility", "key": IDS[0], "type_text": "Hacket"}
    drawn = bring(layer, row)
    assert (drawn["new"], drawn["changed"]) == (0, 0)
    assert [(one["row"], one["code"]) for one in drawn["left_out"] if one.get("rows", 1)] == [(1, "no_register")]
    assert world.tx.execute("SELECT type_text FROM facility").fetchall() == [("Bænk",)]
    assert bring(layer, row, source=layer)["changed"] == 1, "whoever names the register has the last word"


SIX = tuple(
    {"objekt_id": n, "navn": name, "type": "Bænk"} for n, name in enumerate(("A", "Bøg", "Ceder", "D", "Eg", "Fyr"))
)


@pytest.mark.parametrize("renamed", [3, 6])
def test_keys_and_spots_make_a_register_though_names_are_others(world: Any, bring: Bring, renamed: int) -> None:
    bring("reg", *SIX)
    result = bring(
        "andet", *({**one, "navn": f"Ny {one['navn']}"} if n < renamed else one for n, one in enumerate(SIX))
    )
    assert (result["new"], result["changed"], world.count("facility")) == (0, renamed, 6)
    assert remarks(result)[0][0] == "same_source"


def test_keys_and_names_make_a_register_though_its_spots_are_others(world: Any, bring: Bring) -> None:
    bring("reg", *SIX)
    result = bring("andet", *SIX, north=0.01)
    assert (result["new"], result["changed"], remarks(result)[0][0]) == (0, 6, "same_source")


def test_a_number_that_became_a_real_is_the_number(world: Any, bring: Bring) -> None:
    bring("reg", *SIX)
    before = state(world)
    for wrote in ("{}.0", "0{}", "00{}"):
        result = bring("reg", *({**one, "objekt_id": wrote.format(one["objekt_id"])} for one in SIX))
        assert (result["unchanged"], result["gone_count"], remarks(result)) == (6, 0, [])
    assert bring("reg", *({**one, "objekt_id": float(n)} for n, one in enumerate(SIX)))["unchanged"] == 6
    assert state(world) == before


def test_noughts_before_a_number_mean_something_where_keys_are_no_numbers(world: Any, bring: Bring) -> None:
    bring("reg", {"objekt_id": "1", "navn": "A"}, {"objekt_id": "1a", "navn": "B"})
    assert bring("reg", {"objekt_id": "01", "navn": "Helt ny"}, north=0.1)["new"] == 1


@pytest.mark.parametrize("name", ["reg", "andet"])
def test_the_same_names_and_spots_under_other_keys_are_taken_once_somebody_says_whose_they_are(
    world: Any, bring: Bring, name: str
) -> None:
    bring("reg", *SIX)
    before = state(world)
    others = tuple({**one, "objekt_id": f"K-{one['objekt_id']}"} for one in SIX)
    refused = bring(name, *others)
    assert (refused["status"], state(world)) == ("refused", before)
    assert (
        "6 af filens 6 ting står her allerede fra reg, under samme navn og på samme sted, som »A«" in refused["detail"]
    )
    assert '--source "reg"' in refused["detail"]
    result = bring(name, *others, source="reg")
    assert (result["new"], result["unchanged"] + result["changed"], result["gone_count"]) == (0, 6, 0)
    assert bring(name, *others, source="En anden")["new"] == 6, "whoever says that they are two has the last word"


def test_a_register_that_has_become_empty_tells_all_of_it_as_gone(world: Any, bring: Bring) -> None:
    bring("reg", *SIX)
    result = bring("reg")
    assert (result["gone_count"], world.count("facility")) == (6, 6)
    assert ("no_features", "Laget reg har ingen rækker.") in remarks(result)


def test_what_is_told_as_a_conflict_alone_is_no_change(world: Any, bring: Bring) -> None:
    bring("reg", SIX[0])
    (id,) = world.tx.execute("SELECT uid FROM thing WHERE kind = 'facility'").fetchone()
    world.done("save_facility", "facility", id, {"set": {"name": {"da": "Vores"}}})
    for _ in range(2):
        result = bring("reg", {**SIX[0], "navn": "Registrets"})
        assert (result["changed"], result["unchanged"], result["differences"]) == (0, 1, [])
        assert [one["field"] for one in result["conflicts"]] == ["name"]


@pytest.mark.parametrize("said", [None, "facilit_rasteplads"])
def test_a_renamed_file_of_a_known_layer_is_that_layer_where_somebody_says_so(
    world: Any, bring: Bring, tmp_path: Path, said: str | None
) -> None:
    rows = ({"gruppe": "Rasteplads", "type": "Bænk"}, {"gruppe": "Rasteplads", "type": "Bord"})
    bring("facilit_rasteplads", *rows)
    before = state(world)
    left = bring("hvile 2026", *rows)
    assert (left["new"], left["unchanged"], sum(one.get("rows", 1) for one in left["left_out"])) == (0, 0, 2)
    assert "--source" in left["left_out"][0]["reason"]
    as_known = [] if said is None else [f"--as={said}"]
    blob = geodata.read_file(tmp_path / "hvile 2026.geojson", data_dir=world.data_dir, choices=as_known).blob
    result = world.done("apply_import", "settings", "site", {"blob": blob, "source": said})["result"]
    assert result["unchanged"] == (2 if said else 0)
    assert state(world) == before

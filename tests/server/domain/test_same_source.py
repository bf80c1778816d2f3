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
    """Imports a GeoJSON file of this name, a bench for each of the properties, 10 m apart; the result of apply_import."""

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
        result: dict[str, Any] = world.done("apply_import", "settings", "site", {"blob": blob, "source": source})[
            "result"
        ]
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

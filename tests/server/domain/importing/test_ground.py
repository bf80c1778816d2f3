"""A file of the same things with other digits changes nothing: programs write degrees with seven decimals, and some with five."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.formats import geodata

Bring = Callable[..., dict[str, Any]]


@pytest.fixture
def bring(world: Any, tmp_path: Path) -> Bring:
    """Imports features of (properties, coordinates), each number with so many decimals."""

    def one(features: list[tuple[dict[str, Any], Any]], decimals: int) -> dict[str, Any]:
        every = [
            {"type": "Feature", "properties": properties, "geometry": shape(at, decimals)}
            for properties, at in features
        ]
        file = tmp_path / "stier.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": every}), encoding="utf-8")
        blob = geodata.read_file(file, data_dir=world.data_dir).blob
        reply = world.do("apply_import", "settings", "site", {"blob": blob, "source": None})
        assert reply["status"] == "applied", reply
        result: dict[str, Any] = reply["result"]
        return result

    return one


def shape(at: Any, decimals: int) -> dict[str, Any]:
    if isinstance(at[0], float):
        return {"type": "Point", "coordinates": [round(n, decimals) for n in at]}
    return {"type": "LineString", "coordinates": [[round(n, decimals) for n in point] for point in at]}


def walk(chance: random.Random, points: int) -> list[list[float]]:
    """A line whose points lie two metres apart or more."""
    at, line = [11.80 + chance.random() / 10, 54.75 + chance.random() / 10], []
    for _ in range(points):
        line.append([*at])
        at = [at[0] + chance.uniform(4e-5, 2e-4), at[1] + chance.uniform(-2e-4, 2e-4)]
    return line


@pytest.mark.parametrize("decimals", [7, 6, 5])
def test_nothing_is_new_that_was_written_with_fewer_digits(bring: Bring, world: Any, decimals: int) -> None:
    chance = random.Random(decimals)
    benches = [({"type": "Bænk"}, walk(chance, 1)[0]) for _ in range(20)]
    lines = [({"type": "Sti"}, walk(chance, chance.randint(2, 40))) for _ in range(20)]
    bring([*benches, *lines], 12)
    heads = world.tx.execute("SELECT * FROM feed_scope").fetchall()
    again = bring([*benches, *lines], decimals)
    assert (again["new"], again["changed"], again["gone_count"]) == (0, 0, 0)
    assert world.tx.execute("SELECT * FROM feed_scope").fetchall() == heads


def test_a_thing_with_an_id_is_not_changed_by_a_centimetre(bring: Bring) -> None:
    bench = {"objekt_id": "b1", "type": "Bænk"}
    bring([(bench, [11.87451234567, 54.76912345678])], 12)
    assert bring([(bench, [11.87451234567, 54.76912345678])], 7)["unchanged"] == 1


def test_what_lies_a_metre_from_there_is_told_as_moved(bring: Bring) -> None:
    bench = {"objekt_id": "b1", "type": "Bænk"}
    bring([(bench, [11.8745, 54.769])], 12)
    again = bring([(bench, [11.8745, 54.76901])], 12)
    assert (again["changed"], [one["field"] for one in again["differences"]]) == (1, ["point"])


def test_two_benches_side_by_side_stay_two(bring: Bring) -> None:
    first, second = ({"type": "Bænk"}, [11.8745, 54.769]), ({"type": "Bænk"}, [11.8745, 54.769004])
    bring([first], 12)
    again = bring([first, second], 12)
    assert again["unchanged"] + again["new"] == 2


def test_a_bench_that_somebody_moved_here_draws_nothing_to_it(bring: Bring, world: Any) -> None:
    bring([({"type": "Bænk"}, [11.8745, 54.769])], 12)
    (id,) = world.tx.execute("SELECT uid FROM thing WHERE kind = 'facility'").fetchone()
    world.done("save_facility", "facility", id, {"set": {"point": [11.874503, 54.769003]}})
    again = bring([({"type": "Bænk"}, [11.8745, 54.769])], 12)
    assert (again["new"], again["unchanged"], again["conflicts_count"]) == (0, 1, 1)

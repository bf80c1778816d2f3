"""The municipality's own layers: both packs within their size, nothing invalid, every loss said."""

import json
from pathlib import Path

import pytest

from tests.tiles.small_town import NOON, silent
from tiles.build import Asked, Built, build
from tiles.check import check, truth

TOWNS = [{"name": "Nykøbing Falster", "point": [11.87425, 54.76906]}, {"name": "Nysted", "point": [11.73426, 54.66513]}]


@pytest.fixture(scope="module")
def asked(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    out = tmp_path_factory.mktemp("real")
    (out / "site.json").write_text(json.dumps({"name": "Guldborgsund", "towns": TOWNS}), encoding="utf-8")
    layers = shared_data / "guldborgsund"
    return Asked(
        layers, layers / "boundary.geojson", shared_data / "dk-kommuner.geojson", out / "site.json", out / "packs"
    )


@pytest.fixture(scope="module")
def built(asked: Asked) -> Built:
    return build(asked, NOON, silent)


def test_every_pack_of_the_real_layers_holds_beside_its_sources(asked: Asked, built: Built) -> None:
    sources = truth(asked)
    for pack in built.packs:
        assert check(pack.path, sources).faults == []


def test_the_real_packs_are_within_their_size(built: Built) -> None:
    overview, whole, *_ = built.packs
    assert overview.bytes <= 400_000
    assert overview.given_up == {}
    assert whole.bytes <= 10_000_000


def test_the_two_roads_without_geometry_are_named(built: Built) -> None:
    rows = [
        (one.row, one.reason) for one in built.left if one.file == "linestring_vej_myndighed" and "(" not in one.reason
    ]
    assert rows == [(328, "no geometry"), (329, "no geometry")]


def test_the_real_layers_give_the_same_bytes_twice(asked: Asked, built: Built, tmp_path: Path) -> None:
    again = build(Asked(asked.layers, asked.area, asked.land, asked.site, tmp_path), NOON, silent)
    assert [pack.sha256 for pack in again.packs] == [pack.sha256 for pack in built.packs]

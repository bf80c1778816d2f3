"""The check finds what is wrong, and nothing where nothing is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.tiles.small_town import Municipality, geojson
from tiles import census
from tiles.archive import metadata_of, save, squeeze, tiles_of
from tiles.check import check, truth
from tiles.grid import Tile

CASES = Path(__file__).resolve().parent.parent / "cases"


def changed(
    municipality: Municipality, out: Path, drop: Callable[[Tile], bool] = lambda tile: False, **metadata: Any
) -> Path:
    """The pack `all` once more with some tiles dropped and other metadata."""
    whole = municipality.pack("all")
    tiles = {tile: squeeze(data) for tile, data in tiles_of(whole) if not drop(tile)}
    save(
        out / "changed.pmtiles", tiles, municipality.manifest["packs"][1]["bounds"], {**metadata_of(whole), **metadata}
    )
    return out / "changed.pmtiles"


@pytest.mark.parametrize("pack", ["overview", "all", "proeveby"])
def test_what_we_built_has_no_fault_beside_its_sources(municipality: Municipality, pack: str) -> None:
    found = check(municipality.pack(pack), truth(municipality.asked))
    assert found.faults == []


def test_it_says_how_far_length_and_area_are_off(municipality: Municipality) -> None:
    lines = "\n".join(check(municipality.pack("all"), truth(municipality.asked)).lines)
    assert "0 invalid" in lines
    assert "streets: length at z13 off by" in lines
    assert "ocean: area at z13 off by" in lines
    assert "points, 0 wrong" in lines


def test_a_pack_of_other_makers_is_held_to_its_geometry_alone() -> None:
    found = check(CASES / "pack-small.pmtiles")
    assert found.faults == []
    assert "4 features decoded, 0 invalid" in found.lines


def test_a_pack_cut_short_is_found() -> None:
    assert "28328 bytes missing at the end" in check(CASES / "pack-cut-at-30-percent.pmtiles").faults


def test_a_file_that_is_no_archive_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.pmtiles").write_bytes(b"PMTiles\x03 and then nothing")
    assert check(tmp_path / "a.pmtiles").faults[0].startswith("can not be read")


def test_a_tile_that_went_missing_is_found_by_counts_and_lengths(municipality: Municipality, tmp_path: Path) -> None:
    last = max(tile for tile, data in tiles_of(municipality.pack("all")) if tile[0] == 13 and len(data) > 300)
    faults = "\n".join(check(changed(municipality, tmp_path, lambda tile: tile == last)).faults)
    assert "census says" in faults or "off by" in faults


def test_a_row_that_the_census_does_not_account_for_is_found(municipality: Municipality, tmp_path: Path) -> None:
    told = metadata_of(municipality.pack("all"))[census.KEY]
    told["files"]["veje"]["found"] += 1
    faults = check(changed(municipality, tmp_path, **{census.KEY: told})).faults
    assert faults == ["veje: 10 rows, but 5 drawn and 4 left"]


def test_a_name_that_is_not_in_the_tiles_is_found(municipality: Municipality, tmp_path: Path) -> None:
    told = metadata_of(municipality.pack("all"))[census.KEY]
    told["layers"]["place_labels"]["names"].append("Atlantis")
    assert check(changed(municipality, tmp_path, **{census.KEY: told})).faults == [
        "place_labels: names not in the tiles: Atlantis"
    ]


def test_sea_where_the_land_is_now_is_found(municipality: Municipality, tmp_path: Path) -> None:
    dry = geojson(tmp_path / "dry.geojson", [("Polygon", [[[11, 54], [13, 54], [13, 55], [11, 55], [11, 54]]], {})])
    faults = "\n".join(check(municipality.pack("overview"), truth(replace(municipality.asked, land=dry))).faults)
    assert "ocean: sources have 0 features, the archive's census 1" in faults


def test_a_pack_under_the_name_of_another_is_found(municipality: Municipality, tmp_path: Path) -> None:
    path = tmp_path / f"{'0' * 64}.pmtiles"
    path.write_bytes(municipality.pack("overview").read_bytes())
    assert check(path).faults == ["its bytes are not those of its name"]


def test_the_command_ends_with_1_on_a_fault_and_0_without(
    municipality: Municipality, tiles_command: Callable[..., CompletedProcess[str]]
) -> None:
    good = tiles_command("check", municipality.pack("all"), CASES / "pack-small.pmtiles")
    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "2 archives, 0 faults")
    bad = tiles_command("check", CASES / "pack-cut-at-30-percent.pmtiles")
    assert bad.returncode == 1
    assert "WRONG: 28328 bytes missing at the end" in bad.stdout

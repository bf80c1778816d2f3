"""The build as a whole, on the small municipality."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import mapbox_vector_tile
import pytest

from tests.tiles.small_town import NOON, Municipality, geojson, silent, small_town
from tiles.archive import metadata_of, tiles_of
from tiles.build import BuildRefused, build
from tiles.grid import column, row
from tiles.packs import Plan, make
from tiles.site import SiteRefused, slug
from tiles.sources.read import SourceRefused

FIELDS = [
    "id",
    "name",
    "bounds",
    "min_zoom",
    "max_zoom",
    "built_at",
    "bytes",
    "sha256",
    "piece_bytes",
    "pieces",
    "url",
    "style",
]
FIELDS += ["attribution"]


def layers_at(municipality: Municipality, pack: str, zoom: int) -> dict[str, list[dict[str, object]]]:
    """All features of a zoom by layer, their properties alone."""
    found: dict[str, list[dict[str, object]]] = {}
    for tile, data in tiles_of(municipality.pack(pack)):
        if tile[0] == zoom:
            for layer, content in mapbox_vector_tile.decode(data).items():
                found.setdefault(layer, []).extend(one["properties"] for one in content["features"])
    return found


def test_the_manifest_has_exactly_what_a_phone_reads(municipality: Municipality) -> None:
    packs = municipality.manifest["packs"]
    assert list(municipality.manifest) == ["packs"]
    assert [pack["id"] for pack in packs] == ["overview", "all", "proeveby"]
    for pack in packs:
        assert list(pack) == FIELDS
        data = (municipality.asked.out / f"{pack['sha256']}.pmtiles").read_bytes()
        assert (pack["bytes"], pack["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert pack["pieces"] == [
            hashlib.sha256(data[at : at + 262144]).hexdigest() for at in range(0, len(data), 262144)
        ]
        assert pack["url"] == f"/packs/{pack['sha256']}.pmtiles"
        assert (pack["piece_bytes"], pack["style"], pack["built_at"]) == (262144, 1, "2026-04-01T12:00:00Z")
        assert set(pack["name"]) == {"da", "en", "de"}
    assert [(pack["min_zoom"], pack["max_zoom"]) for pack in packs] == [(8, 10), (8, 13), (8, 13)]


def test_the_bounds_are_the_municipality_and_fifteen_kilometres(municipality: Municipality) -> None:
    west, south, east, north = municipality.manifest["packs"][1]["bounds"]
    assert (west, south) == pytest.approx((11.80 - 0.2333, 54.70 - 0.1347), abs=0.001)
    assert (east, north) == pytest.approx((11.86 + 0.2333, 54.74 + 0.1347), abs=0.001)


def test_two_builds_give_the_same_bytes(municipality: Municipality, tmp_path: Path) -> None:
    again = build(replace(municipality.asked, out=tmp_path / "again"), NOON + timedelta(days=3), silent)
    assert [pack.sha256 for pack in again.packs] == [pack.sha256 for pack in municipality.built.packs]


def test_a_pack_that_did_not_change_keeps_the_day_it_was_built(tmp_path: Path) -> None:
    asked = small_town(tmp_path)
    build(asked, NOON, silent)
    first = (asked.out / "packs.json").read_bytes()
    build(asked, NOON + timedelta(days=3), silent)
    assert (asked.out / "packs.json").read_bytes() == first


def test_an_older_pack_stays_for_a_phone_half_through_it(tmp_path: Path) -> None:
    asked = small_town(tmp_path)
    before = build(asked, NOON, silent)
    geojson(asked.layers / "soe.geojson", [])
    after = build(asked, NOON, silent)
    assert {pack.sha256 for pack in before.packs}.isdisjoint(pack.sha256 for pack in after.packs)
    assert all(pack.path.exists() for pack in [*before.packs, *after.packs])
    assert not list(asked.out.glob(".*")), "a draft was left behind"


def test_a_pack_goes_once_no_manifest_has_named_it_for_thirty_days(tmp_path: Path) -> None:
    asked = small_town(tmp_path)
    first = {pack.path for pack in build(asked, NOON, silent).packs}
    foreign = asked.out / "notes.pmtiles"
    foreign.write_bytes(b"not of ours")
    os.utime(foreign, (0, 0))
    geojson(asked.layers / "soe.geojson", [])
    # Built a hundred days ago, named until today: a phone may have begun with it this morning.
    retired = NOON + timedelta(days=100)
    second = build(asked, retired, silent)
    assert (second.dropped, all(path.exists() for path in first)) == ([], True)
    almost = build(asked, retired + timedelta(days=30), silent)
    assert (almost.dropped, all(path.exists() for path in first)) == ([], True)
    after = build(asked, retired + timedelta(days=30, seconds=1), silent)
    assert after.dropped == sorted(path.name for path in first)
    assert {path.name for path in asked.out.glob("*.pmtiles")} == {pack.path.name for pack in after.packs} | {
        foreign.name
    }


def test_a_refused_build_changes_nothing_that_a_phone_sees(tmp_path: Path) -> None:
    asked = small_town(tmp_path)
    build(asked, NOON, silent)
    before = {path.name: path.read_bytes() for path in asked.out.iterdir()}
    (asked.layers / "skov.geojson").write_text("no JSON at all")
    with pytest.raises(SourceRefused, match=r"^skov\.geojson"):
        build(asked, NOON, silent)
    assert {path.name: path.read_bytes() for path in asked.out.iterdir()} == before


def test_every_row_that_is_not_drawn_is_named_with_its_reason(municipality: Municipality) -> None:
    assert municipality.built.files["veje"] == {
        "found": 9,
        "drawn": 5,
        "left": {
            "a Point among lines": 1,
            "no geometry": 1,
            "outside the frame": 1,
            "unknown kind yellow brick road": 1,
        },
    }
    account = json.loads((municipality.asked.out / "build.json").read_bytes())
    assert {"file": "veje", "row": 5, "reason": "unknown kind yellow brick road"} in account["left"]
    assert {"file": "natur", "row": 0, "reason": "narrower than a tile unit (land, z13)"} in account["left"]
    assert account["passed_over"] == {"linestring_rute_vandre.geojson": "lies on top of the map, from the feed"}


def test_the_tiles_carry_what_the_style_asks_for(municipality: Municipality) -> None:
    found = layers_at(municipality, "all", 13)
    assert {"kind": "primary", "name": "Landevejen", "bridge": True, "n": 0} in found["streets"]
    assert any(one["kind"] == "rail" and one["rail"] is True for one in found["streets"])
    assert found["land"][0]["kind"] == "forest"
    assert found["ferries"][0]["kind"] == "ferry"
    assert {one["name"] for one in found["water_polygons_labels"]} == {"Prøvesund", "Prøvesø"}
    assert found["land_labels"][0]["name"] == "Prøveskov"
    assert found["street_labels"][0]["name"] == "Landevejen"
    [label] = found["place_labels"]
    assert label == {"kind": "town", "name": "Prøveby", "name_en": "Testtown", "rank": 0, "n": 0}
    assert found["beyond"][0]["kind"] == "beyond"
    assert {one["maritime"] for one in found["boundaries"]} == {True, False}


def test_a_tile_holds_no_kind_before_the_style_draws_it(municipality: Municipality) -> None:
    assert {one["kind"] for one in layers_at(municipality, "overview", 10)["streets"]} == {"primary", "rail"}
    assert "street_labels" not in layers_at(municipality, "overview", 10)


def test_a_small_pack_has_the_same_tiles_round_its_town(municipality: Municipality) -> None:
    whole, part = dict(tiles_of(municipality.pack("all"))), dict(tiles_of(municipality.pack("proeveby")))
    assert all(whole[tile] == data for tile, data in part.items())
    assert (13, column(11.84, 13), row(54.715, 13)) in part


def test_without_land_there_is_no_sea_and_it_is_said(municipality: Municipality, tmp_path: Path) -> None:
    built = build(replace(municipality.asked, land=None, out=tmp_path), NOON, silent)
    assert "no --land given: the map has no sea" in built.remarks
    assert "ocean" not in built.layers


def test_an_overview_too_large_gives_up_layers_and_says_which(tmp_path: Path) -> None:
    squeezed = {(9, 0, 0): b"x" * 2000, (10, 0, 0): b"x" * 4000}
    pieces = {
        (9, 0, 0): [("ocean", b"o" * 10), ("protected", bytes(range(256)) * 8)],
        (10, 0, 0): [("protected", bytes(range(256)) * 8)],
    }
    plan = Plan("overview", {"da": "Oversigt"}, (-180, 80, -179, 85.05), range(8, 11), whole=True, most=1500)
    made = make(plan, pieces, squeezed, {}, tmp_path)
    assert made.bytes <= 1500
    assert made.given_up == {"protected": [10, 9]}
    assert metadata_of(made.path)["given_up"] == {"protected": [10, 9]}


def test_a_file_that_lies_elsewhere_altogether_asks_about_its_axes(tmp_path: Path) -> None:
    asked = small_town(tmp_path)
    geojson(asked.layers / "soe.geojson", [("Point", [54.7, 11.8], {"kind": "lake"})])
    with pytest.raises(BuildRefused, match=r"soe: no row lies at the municipality.*the wrong way round"):
        build(asked, NOON, silent)


def test_two_files_of_one_name_are_a_question(tmp_path: Path) -> None:
    asked = small_town(tmp_path)
    shutil.copy(asked.layers / "soe.geojson", asked.layers / "soe.gpkg")
    with pytest.raises(BuildRefused, match=r"soe: there both as \.gpkg and as \.geojson"):
        build(asked, NOON, silent)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[]", "no object"),
        ("{", "no JSON"),
        ('{"towns": [{"name": "A", "point": [54.7]}]}', "towns/0/point"),
        ('{"towns": [{"name": "", "point": [11, 54]}]}', "towns/0/name is no text"),
        ('{"towns": [{"name": "A", "point": [11, 54]}, {"name": "a", "point": [11, 54]}]}', "can not be told apart: a"),
        ('{"towns": [{"name": "All", "point": [11, 54]}]}', "can not be told apart: all"),
    ],
)
def test_a_site_that_can_not_be_used_is_refused_with_its_place(
    municipality: Municipality, tmp_path: Path, body: str, words: str
) -> None:
    site = tmp_path / "site.json"
    site.write_text(body)
    with pytest.raises(SiteRefused, match=words):
        build(replace(municipality.asked, site=site, out=tmp_path / "out"), NOON, silent)
    assert not (tmp_path / "out").exists()


def test_the_attribution_is_the_layers_own_where_they_have_one(tmp_path: Path) -> None:
    asked = small_town(tmp_path)
    (asked.layers / "attribution.json").write_text('{"da": "Prøve", "en": "Trial"}', encoding="utf-8")
    build(asked, NOON, silent)
    manifest = json.loads((asked.out / "packs.json").read_bytes())
    assert manifest["packs"][0]["attribution"] == {"da": "Prøve", "en": "Trial"}


def test_a_town_is_named_in_an_address_without_danish_letters() -> None:
    assert slug("Nykøbing F. / Åstrup-Sænke") == "nykoebing-f-aastrup-saenke"


def test_the_command_says_what_it_made_in_plain_lines(
    tmp_path: Path, tiles_command: Callable[..., CompletedProcess[str]]
) -> None:
    asked = small_town(tmp_path)
    done = tiles_command("build", "--layers", asked.layers, "--area", asked.area, "--out", asked.out)
    assert done.returncode == 0, done.stderr
    assert "veje: 9 rows, 5 drawn; 1 a Point among lines; 1 no geometry" in done.stdout
    assert "Note: no --land given: the map has no sea" in done.stdout
    assert "\x1b" not in done.stdout
    (asked.layers / "veje.geojson").write_text("{")
    refused = tiles_command("build", "--layers", asked.layers, "--area", asked.area, "--out", asked.out)
    assert refused.returncode == 1
    assert "Refused: veje.geojson" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr

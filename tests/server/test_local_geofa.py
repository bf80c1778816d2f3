"""`import --geofa`: what the register's service gives is imported as files are, and what it does not give whole is not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from server import local
from server.settings import Settings
from server.store import database
from sync import feed
from tests.server.commands import call, refused
from tests.server.formats.register.standing import Register, bench, standing_in


@pytest.fixture
def register() -> Iterator[Register]:
    with standing_in() as found:
        yield found


def said(data_dir: Path, register: Register, *, dry_run: bool = False) -> str:
    console = Console(record=True, width=200)
    settings = Settings(data_dir=data_dir, geofa=register.service)
    assert local.import_geofa(settings, "0376", dry_run=dry_run, say=console, wait=lambda _: None) == 0
    return console.export_text()


def test_what_was_fetched_is_imported_under_its_sources_name_and_again_changes_nothing(
    register: Register, tmp_path: Path
) -> None:
    register.rows["5800"] = [bench(number, navn=f"Bænk {number}") for number in range(3)]
    told = said(tmp_path / "data", register)
    assert "GeoFA 5800: 3 objekter er hentet" in told
    assert "3 nye" in told
    assert "GeoFA 5802: registret har ingen" in told
    assert not (tmp_path / "data/imports/geofa/376").exists()
    assert "3 uændrede" in said(tmp_path / "data", register)


LINE = {"type": "MultiLineString", "coordinates": [[[684_000, 6_073_000], [684_400, 6_073_000], [684_500, 6_073_100]]]}
AREA = {
    "type": "MultiPolygon",
    "coordinates": [[[[684_000, 6_073_000], [684_100, 6_073_000], [684_100, 6_073_100], [684_000, 6_073_000]]]],
}


def town(register: Register) -> None:
    """A bench, a picnic ground and a route of two stretches."""
    route = {"facil_ty_k": None, "rute_ty_k": 5, "navn": "Søstien", "belaegn_k": 2, "systid_fra": "2024-05-01T10:00:00"}
    register.rows["5800"] = [bench(1, navn="Bænken ved åen")]
    register.rows["5801"] = [bench(2, facil_ty_k=1201, at=AREA)]
    lines = [
        bench(3, straekn_nr="1", at=LINE, **route),
        bench(4, straekn_nr="2", at={**LINE, "coordinates": [[[684_500, 6_073_100], [684_900, 6_073_100]]]}, **route),
    ]
    register.rows["5802"] = [{name: value for name, value in row.items() if value is not None} for row in lines]


def test_points_areas_and_lines_are_the_same_things_whether_the_service_has_geojson_or_gml(
    register: Register, tmp_path: Path
) -> None:
    town(register)
    found = {}
    for format in ("json", "gml"):
        register.format = format
        said(tmp_path / format, register)
        with database.local(tmp_path / format) as tx:
            changes = feed.page(tx, "public", None).changes
        found[format] = {id: json.loads(body or b"null") for kind, id, _, body in changes if kind != "settings"}
    assert found["json"] == found["gml"]
    names = {body["source"]: body for body in found["gml"].values()}
    assert sorted(names) == ["GeoFA 5800", "GeoFA 5801", "GeoFA 5802"]
    assert len(names["GeoFA 5802"]["stretches"]) == 2


def test_a_dry_run_imports_nothing_and_its_pages_serve_the_import(register: Register, tmp_path: Path) -> None:
    register.rows["5800"] = [bench(number) for number in range(3)]
    assert "intet er gemt" in said(tmp_path / "data", register, dry_run=True)
    register.asked.clear()
    assert "3 nye" in said(tmp_path / "data", register)
    assert register.pages() == []


def test_nothing_is_imported_where_a_later_layer_fails(register: Register, tmp_path: Path) -> None:
    register.rows["5800"] = [bench(1)]
    register.rows["5802"] = [bench(2)]
    register.trouble = lambda asked, _: (404, {}, b"") if "5802" in asked.get("typeNames", "") else None
    with pytest.raises(local.Refused, match="404"):
        said(tmp_path / "data", register)
    assert not (tmp_path / "data/moedesteder.db").exists()


def test_the_command_names_what_is_wrong_with_it(register: Register, tmp_path: Path) -> None:
    data = tmp_path / "data"
    refused(call(data, "import"), "--geofa")
    refused(call(data, "import", "--geofa", "376", "x.gpkg"), "--geofa")
    refused(call(data, "import", "x.gpkg", "--service", "https://x.dk/"), "--geofa")
    refused(call(data, "import", "--geofa", "Lolland"), "tre cifre")
    refused(call(data, "import", "--geofa", "376", "--service", "http://x.dk/"), "https")
    refused(call(data, "import", "--geofa", "360", "--service", register.service), "kommune 376")
    assert register.asked == []
    told = call(data, "import", "--geofa", "376", "--service", register.service, "--dry-run")
    assert told.exit_code == 0, told.output

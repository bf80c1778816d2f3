"""The command line's imports: nothing of a dry run stays, and the writer is held for the writing alone."""

import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from server import local
from server.domain.importing.apply import made_ready
from server.domain.importing.prepare import Ready
from server.formats import geodata
from server.ops import Credential, Ctx, run
from server.settings import Settings
from server.store import database
from sync import feed
from tests.server.conftest import NOW, World

BENCH = {
    "type": "Feature",
    "properties": {"type": "Bænk"},
    "geometry": {"type": "Point", "coordinates": [11.8745, 54.769]},
}


@pytest.fixture
def benches(tmp_path: Path) -> Path:
    path = tmp_path / "facilit_rasteplads.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [BENCH]}), encoding="utf-8")
    return path


@pytest.fixture
def data_dir(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))


def said(settings: Settings, file: Path, *, dry_run: bool = False, source: str | None = None) -> str:
    console = Console(record=True, width=200)
    local.import_files(settings, [file], dry_run=dry_run, source=source, say=console)
    return console.export_text()


def test_a_dry_run_needs_no_database_and_leaves_none(tmp_path: Path, benches: Path) -> None:
    told = said(Settings(data_dir=tmp_path / "none"), benches, dry_run=True)
    assert "1 ny (1 facilitet)" in told
    assert "intet er gemt" in told
    assert not (tmp_path / "none").exists()


def test_a_dry_run_leaves_a_database_and_its_folder_as_they_were(data_dir: Path, benches: Path) -> None:
    with database.local(data_dir) as tx:
        before = feed.heads(tx)
    names = sorted(path.name for path in data_dir.iterdir())
    assert "1 ny" in said(Settings(data_dir=data_dir), benches, dry_run=True)
    with database.local(data_dir) as tx:
        assert feed.heads(tx) == before
    assert sorted(path.name for path in data_dir.iterdir()) == names


def test_an_import_makes_a_database_where_none_is(tmp_path: Path, benches: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    assert "1 ny" in said(settings, benches)
    assert "1 uændret" in said(settings, benches)


def test_what_is_not_there_or_can_not_be_read_makes_no_database_and_what_can_be_does(
    tmp_path: Path, benches: Path
) -> None:
    settings = Settings(data_dir=tmp_path / "mistyped")
    spoiled = tmp_path / "spoiled.geojson"
    spoiled.write_bytes(b"kartoffel")
    told = said(settings, tmp_path / "none.gpkg") + said(settings, spoiled)
    assert "none.gpkg: filen findes ikke" in told
    assert "spoiled.geojson: " in told
    assert not settings.data_dir.exists()
    console = Console(record=True, width=200)
    assert local.import_files(settings, [spoiled, benches, benches], say=console) == 1
    assert "1 ny" in console.export_text(clear=False)
    assert "1 uændret" in console.export_text()
    (kept,) = (settings.data_dir / "imports").iterdir()
    assert kept.suffix == ".ndjson"


@pytest.mark.parametrize("source", ["", "  ", "x" * 201])
def test_a_name_of_a_register_that_can_not_be_one_is_refused_before_anything_is_read(
    data_dir: Path, benches: Path, source: str
) -> None:
    with pytest.raises(local.Refused, match="--source"):
        said(Settings(data_dir=data_dir), benches, source=source)


def test_a_file_made_ready_before_begin_is_not_read_again_inside_it(
    world: World, tmp_path: Path, benches: Path
) -> None:
    read = geodata.read_file(benches, data_dir=tmp_path)
    ready: dict[tuple[str, str | None], Ready] = {(read.blob, None): made_ready(tmp_path, read.blob, None)}
    geodata.lines_of(tmp_path, read.blob).unlink()
    line = world.line("apply_import", "settings", "site", {"blob": read.blob})
    (reply,) = run(world.tx, [line], Credential("local"), Ctx.at(NOW, data_dir=tmp_path, imports=ready))
    assert json.loads(reply)["result"]["new"] == 1


def test_a_person_is_told_how_long_others_wait_for_a_very_large_file(
    data_dir: Path, benches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "MANY", 0)
    assert "må vente i omkring 1 sekunder" in said(Settings(data_dir=data_dir), benches)


def test_a_damaged_database_is_one_line(data_dir: Path, benches: Path) -> None:
    database.file_of(data_dir).write_bytes(b"kartoffel" * 10_000)
    with pytest.raises(local.Refused, match="damaged"):
        said(Settings(data_dir=data_dir), benches)


def test_a_coordinate_system_that_was_said_once_goes_for_the_source_until_it_is_said_again(
    data_dir: Path, tmp_path: Path
) -> None:
    def metres(east: float) -> Path:
        bench = {**BENCH, "geometry": {"type": "Point", "coordinates": [east, 6072345.67]}}
        path = tmp_path / "facilit_rasteplads.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [bench]}), encoding="utf-8")
        return path

    settings = Settings(data_dir=data_dir)
    console = Console(record=True, width=200)
    local.import_files(settings, [metres(684906.52)], crs=25832, dry_run=True, say=console)
    assert "ligner meter" in said(settings, metres(684906.52)), "a dry run is not remembered"
    local.import_files(settings, [metres(684906.52)], crs=25832, say=console)
    assert "som sidst" not in console.export_text()
    for dry_run in (True, False):
        told = said(settings, metres(685006.52), dry_run=dry_run)
        assert "1 ny (1 facilitet)" in told
        assert "Læst i EPSG:25832, som sidst. Er det ikke rigtigt mere, så skriv --crs" in told
    local.import_files(settings, [metres(684906.52)], crs=3044, say=console)
    assert "Læst i EPSG:3044, som sidst" in said(settings, metres(684906.52))


def test_axes_that_were_said_to_be_swapped_stay_so_until_they_are_said_not_to_be(
    data_dir: Path, tmp_path: Path
) -> None:
    swapped = {**BENCH, "geometry": {"type": "Point", "coordinates": [54.769, 11.8745]}}
    path = tmp_path / "facilit_rasteplads.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [swapped]}), encoding="utf-8")
    settings = Settings(data_dir=data_dir)
    local.import_files(settings, [path], swap=True)
    told = said(settings, path)
    assert "1 uændret" in told
    assert "Læst med bredden først, som sidst. Er det ikke rigtigt mere, så skriv --lon-lat" in told
    console = Console(record=True, width=200)
    local.import_files(settings, [path], swap=False, dry_run=True, say=console)
    assert "1 udeladt" in console.export_text()

"""The command line's imports of spreadsheets: the guess is shown first, one column is changed, and the next import remembers it."""

import shutil
from pathlib import Path

import pytest
from rich.console import Console

from server import local
from server.settings import Settings
from server.store import database, place_import
from sync import feed

CASES = Path(__file__).resolve().parents[1] / "cases"


@pytest.fixture
def data_dir(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))


def said(data_dir: Path, file: Path, *, dry_run: bool = False, columns: tuple[str, ...] = ()) -> str:
    console = Console(record=True, width=200)
    local.import_files(Settings(data_dir=data_dir), [file], dry_run=dry_run, columns=columns, say=console)
    return console.export_text()


def test_a_dry_run_shows_how_each_column_is_read_and_keeps_nothing(data_dir: Path) -> None:
    told = said(data_dir, CASES / "import-danish.csv", dry_run=True)
    assert "Kolonne 'Bredde' læses som breddegrad (54,7690); tallene er grader." in told
    assert "3 nye (3 mødesteder)" in told
    assert "en bredde er rundet ned" in told
    with database.local(data_dir) as tx:
        assert place_import.columns(tx) == {}
        assert feed.heads(tx)["staff"] == 0


def test_a_column_that_is_changed_stays_so_at_the_next_import(data_dir: Path) -> None:
    said(data_dir, CASES / "import-danish.csv")
    told = said(data_dir, CASES / "import-danish.csv", columns=("Bredde i cm=door",))
    assert "Kolonne 'Bredde i cm' læses som dørbredde i cm, som valgt (120)." in told
    assert "2 ændrede (2 mødesteder)" in told
    again = said(data_dir, CASES / "import-danish.csv")
    assert "læses som dørbredde i cm, som sidst" in again
    assert "3 uændrede" in again


def test_a_choice_of_columns_is_for_spreadsheets_alone(data_dir: Path) -> None:
    with pytest.raises(local.Refused, match="--column hører til regneark"):
        said(data_dir, CASES / "import-crs-25832.geojson", columns=("Bredde=lat",))

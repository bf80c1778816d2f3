"""A database with the demo's facilities and routes, imported once; each test has a copy."""

import shutil
from pathlib import Path

import pytest

from server import local
from server.settings import Settings

DEMO = Path(__file__).resolve().parents[3] / "demo"


@pytest.fixture(scope="session")
def _imported(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = shutil.copytree(begun, tmp_path_factory.mktemp("imported") / "data")
    files = [DEMO / "facilities.geojson", DEMO / "routes.geojson"]
    assert local.import_files(Settings(data_dir=data), files, source="demo") == 0
    return data


@pytest.fixture
def full(_imported: Path, tmp_path: Path) -> Settings:
    """A database of one's own with the demo's facilities and routes."""
    return Settings(data_dir=shutil.copytree(_imported, tmp_path / "full"))


@pytest.fixture
def empty(begun: Path, tmp_path: Path) -> Settings:
    """Another database, with nothing in it."""
    return Settings(data_dir=shutil.copytree(begun, tmp_path / "empty"))

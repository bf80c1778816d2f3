"""What every test may ask for. The geometry wheels are imported here, before any database is opened: once mod_spatialite is
loaded, their own copies of GEOS and PROJ crash (SQLite loads it RTLD_GLOBAL)."""

import os
from pathlib import Path

import pyogrio
import pyproj
import pytest
import shapely

ROOT = Path(__file__).resolve().parent.parent
WHEELS_FIRST = (pyogrio.__version__, pyproj.__version__, shapely.__version__)

# Whoever started the tests (`make` sets DEMO and PORT) does not say how the servers in them run: each test says its own.
for name in [name for name in os.environ if name in ("DEMO", "PORT", "DATA_DIR") or name.startswith("MOEDE_")]:
    del os.environ[name]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real municipal layers beside the checkout."""
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("needs ../shared/data, which is not here")
    return data

"""Small whole files of every kind with bytes turned, cut out and doubled: each is read with counts that add up, or refused in words with
nothing kept; the reader never ends by a signal and never has to be stopped by the clock."""

import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.formats import rows
from server.formats.geodata import lines_of, read_file
from server.formats.refusal import FileRefused

CASES = Path(__file__).resolve().parents[3] / "cases"
X, Y = 684906.52, 6072876.53
DRIVERS = {
    "gpkg": "GPKG", "geojson": "GeoJSON", "shp": "ESRI Shapefile", "tab": "MapInfo File", "mif": "MapInfo File", "gml": "GML",
    "fgb": "FlatGeobuf",
}  # fmt: skip
CASE = {"gpx": "import-segments.gpx", "kml": "import-prefix-cdata.kml", "csv": "import-danish.csv"}
EXAMPLES = 5
CLOCK_S = 60.0

edits = st.lists(
    st.tuples(
        st.sampled_from(("turn", "cut", "double")),
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 255),
        st.integers(1, 40),
    ),
    min_size=1,
    max_size=6,
)


@cache
def whole(kind: str) -> dict[str, bytes]:
    """{ending: bytes} of a good file of this kind: its main file first."""
    if kind in CASE:
        return {f".{kind}": (CASES / CASE[kind]).read_bytes()}
    line = shapely.LineString([(X, Y), (X + 100, Y), (X + 100, Y + 50)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"lag.{kind}"
        pyogrio.raw.write(
            path, shapely.to_wkb(np.array([line] * 12, dtype=object)), [np.array(["Søstien", "Åen"] * 6, dtype=object)],
            ["navn"], layer="lag", driver=DRIVERS[kind], crs="EPSG:25832", geometry_type="LineString",
        )  # fmt: skip
        beside = sorted(Path(folder).iterdir(), key=lambda one: one != path)
        return {one.suffix: one.read_bytes() for one in beside if one.suffix != ".xsd"}


def mutated(raw: bytes, changes: list[tuple[str, float, int, int]]) -> bytes:
    done = bytearray(raw)
    for how, where, byte, length in changes:
        at = int(where * len(done))
        if not done:
            break
        if how == "turn":
            done[at] = byte
        elif how == "cut":
            del done[at : at + length]
        else:
            done[at:at] = done[at : at + length]
    return bytes(done)


def outcome(path: Path, data_dir: Path) -> str:
    """The refusal, "" where it was read."""
    try:
        read = read_file(path, data_dir=data_dir, clock_s=CLOCK_S)
    except FileRefused as reason:
        assert list((data_dir / "imports").iterdir()) == []
        said = str(reason)
        assert said.startswith(f"{path.name}: ")
        assert not any(word in said for word in ("signal", "blev stoppet", "læseren fejlede")), said
        return said
    kept = list(rows.read(lines_of(data_dir, read.blob)))
    found = {(one.layer, one.row) for one in kept if isinstance(one, rows.Found)}
    left = sum(one.rows for one in kept if isinstance(one, rows.Left))
    assert (len(found), left) == (read.found, read.left)
    assert read.rows == read.found + read.left
    assert [one.name for one in (data_dir / "imports").iterdir()] == [f"{read.blob}.ndjson"]
    return ""


@pytest.mark.parametrize("kind", [*DRIVERS, *CASE])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=edits, member=st.integers(0, 5))
def test_a_mutated_file_is_read_or_refused_and_its_counts_add_up(kind: str, changes: Any, member: int) -> None:
    files = dict(whole(kind))
    ending = list(files)[member % len(files)]
    files[ending] = mutated(files[ending], changes)
    with tempfile.TemporaryDirectory() as folder:
        for end, raw in files.items():
            (Path(folder) / f"lag{end}").write_bytes(raw)
        outcome(Path(folder) / f"lag.{kind}", Path(folder) / "data")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=edits, stored=st.booleans(), kind=st.sampled_from(("shp", "tab", "gpx", "geojson")))
def test_a_mutated_zip_is_read_or_refused_and_its_counts_add_up(changes: Any, stored: bool, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lag.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
            for end, raw in whole(kind).items():
                archive.writestr(f"lag{end}", raw)
        path.write_bytes(mutated(path.read_bytes(), changes))
        outcome(path, Path(folder) / "data")


@pytest.mark.parametrize("kind", [*DRIVERS, *CASE])
def test_the_files_that_are_mutated_are_good_ones(kind: str, tmp_path: Path) -> None:
    for end, raw in whole(kind).items():
        (tmp_path / f"lag{end}").write_bytes(raw)
    assert outcome(tmp_path / f"lag.{kind}", tmp_path / "data") == ""

"""Files as offices hand them over, and worse ones, made on the spot."""

import json
import shutil
import sqlite3
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from server.formats import rows
from server.formats.geodata import Read, lines_of, read_file

CASES = Path(__file__).resolve().parents[2] / "cases"
GUARDED = ("rtree_", "trigger_insert", "trigger_delete")


class Reading:
    """A file read into a DATA_DIR of its own, and what its lines say."""

    def __init__(self, path: Path, data_dir: Path, **choices: Any) -> None:
        self.data_dir = data_dir
        self.read: Read = read_file(path, data_dir=data_dir, **choices)
        self.lines = list(rows.read(lines_of(data_dir, self.read.blob)))
        self.found = [line for line in self.lines if isinstance(line, rows.Found)]
        self.left = [line for line in self.lines if isinstance(line, rows.Left)]

    def reasons(self) -> dict[int | None, str]:
        return {line.row: line.code for line in self.left}

    def shapes(self) -> list[Any]:
        return [shapely.from_wkb(bytes.fromhex(line.wkb)) for line in self.found]


@pytest.fixture
def cases() -> Path:
    return CASES


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Reading]:
    return lambda path, **choices: Reading(path, tmp_path / "data", **choices)


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Writes a GeoPackage of one layer: shapes in EPSG:25832 and columns of text or numbers."""

    def write(
        layer: str, shapes: Sequence[Any], name: str = "lag.gpkg", crs: str = "EPSG:25832", **columns: Any
    ) -> Path:
        path = tmp_path / name
        sorts = {shape.geom_type for shape in shapes if shape is not None}
        pyogrio.raw.write(
            path, shapely.to_wkb(np.array(shapes, dtype=object)), [np.array(c, dtype=object) for c in columns.values()],
            list(columns), layer=layer, driver="GPKG", crs=crs, geometry_type=sorts.pop() if len(sorts) == 1 else "Unknown",
        )  # fmt: skip
        return path

    return write


@pytest.fixture
def geojson(tmp_path: Path) -> Callable[..., Path]:
    """Writes a FeatureCollection of (properties, geometry)."""

    def write(*features: tuple[dict[str, Any], Any], name: str = "fil.geojson", **members: Any) -> Path:
        path = tmp_path / name
        every = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
        path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": every}), encoding="utf-8")
        return path

    return write


def mutate(path: Path, copy: Path, statement: str, *values: Any) -> Path:
    """A copy of a GeoPackage changed behind its triggers' back."""
    shutil.copy(path, copy)
    copy.chmod(0o644)
    con = sqlite3.connect(copy)
    for (name,) in con.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        if name.startswith(GUARDED):
            con.execute(f'DROP TRIGGER "{name}"')
    con.execute(statement, values)
    con.commit()
    con.close()
    return copy


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    return lambda path, statement, *values: mutate(path, tmp_path / "aendret.gpkg", statement, *values)


def blob(wkb: bytes) -> bytes:
    """GeoPackage's envelope around a WKB."""
    return b"GP\x00\x01" + struct.pack("<i", 25832) + wkb

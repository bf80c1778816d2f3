"""Cuts one layer at one zoom into vector tiles: snapped by shapely, cut and encoded by GDAL's PMTiles writer, counted by us."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from tiles.layers.layer import Layer, Shape, Shapes
from tiles.snap import EXTENT, snap
from tiles.sources.read import Value

BUFFER = 256  # units beyond a tile's edge, so that no line's end shows at a seam
NUMBER = "n"  # the property that counts a layer's features, so that they can be counted again from the tiles


@dataclass(frozen=True)
class Work:
    """One layer at one zoom, as it travels to a process of the pool. `numbers` are the features' positions in their layer."""

    layer: str
    shape: Shape
    zoom: int
    shapes: Shapes
    numbers: list[int]
    fields: dict[str, list[Value]]
    held: dict[str, int]
    out: Path


@dataclass(frozen=True)
class Cut:
    """What became of it: `drawn` features are in the archive at `path` (None when there are none), the others are in `left` and `lost`."""

    layer: str
    zoom: int
    drawn: int
    left: dict[str, int]
    lost: dict[int, str]
    path: Path | None


def works(layer: Layer, zooms: range, out: Path) -> list[Work]:
    """The layer's work, a zoom each. What the style draws only from a later zoom is held back here, and counted."""
    shapes = np.array(layer.shapes, dtype=object)
    first = np.array(layer.from_zoom, dtype=np.int64)
    found = []
    for zoom in zooms:
        now = np.flatnonzero(first <= zoom).tolist()
        late = Counter(f"drawn from z{start}" for start in layer.from_zoom if start > zoom)
        fields = {name: [column[i] for i in now] for name, column in layer.fields.items()}
        path = out / f"{layer.name}-{zoom}.pmtiles"
        found.append(Work(layer.name, layer.shape, zoom, shapes[now], now, fields, dict(sorted(late.items())), path))
    return found


def cut(work: Work) -> Cut:
    """Run by a process of the pool."""
    laid, reasons = snap(work.shapes, work.shape, work.zoom)
    lost = {work.numbers[i]: reason for i, reason in enumerate(reasons) if reason}
    left = {**work.held, **dict(sorted(Counter(lost.values()).items()))}
    kept = [i for i, reason in enumerate(reasons) if reason is None]
    if not kept:
        return Cut(work.layer, work.zoom, 0, left, lost, None)
    columns = {NUMBER: _column([work.numbers[i] for i in kept])}
    columns |= {name: _column([column[i] for i in kept]) for name, column in sorted(work.fields.items())}
    pyogrio.raw.write(
        str(work.out),
        shapely.to_wkb(laid[kept]),
        [values for values, _ in columns.values()],
        list(columns),
        field_mask=[missing for _, missing in columns.values()],
        layer=work.layer,
        driver="PMTiles",
        crs="EPSG:3857",
        geometry_type="Unknown",
        # Without the two maxima GDAL leaves features out without a word; its own simplification makes invalid polygons.
        dataset_options={
            "MINZOOM": work.zoom,
            "MAXZOOM": work.zoom,
            "EXTENT": EXTENT,
            "BUFFER": BUFFER,
            "MAX_SIZE": 2**31 - 1,
            "MAX_FEATURES": 2**31 - 1,
        },
    )
    return Cut(work.layer, work.zoom, len(kept), left, lost, work.out)


def _column(values: Sequence[Value]) -> tuple[NDArray[np.object_ | np.bool_ | np.int64], NDArray[np.bool_]]:
    """The values as one type (truth, whole numbers, else text) and where there is none: GDAL leaves those out of the tile."""
    missing = np.array([value is None for value in values], dtype=np.bool_)
    there = [value for value in values if value is not None]
    if there and all(isinstance(value, bool) for value in there):
        return np.array([bool(value) for value in values], dtype=np.bool_), missing
    if there and all(isinstance(value, int) and not isinstance(value, bool) for value in there):
        return np.array([value or 0 for value in values], dtype=np.int64), missing
    return np.array([None if value is None else str(value) for value in values], dtype=object), missing

"""The limited reader itself, started by `tiles.sources.gdal` alone: a foreign file in, clean shapes in EPSG:3857 out.

Every foreign file is taken to be hostile: GDAL reads it, behind the limits and with the drivers that were left; it is seen
first that both hold. What leaves is numpy arrays without pickle (OUT/0.npz, OUT/1.npz …) and JSON lines on stdout:
`{"reading"}` before a file, and after it `{"file","rows","left":[[row,reason],…]}`. The process that started it never opens
the file. Exit 0: all read; 1: refused, the last line of stderr says which file and why; anything else: a limit or a crash.
"""

import json
import math
import stat
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from fence import limits
from fence.geojson import MAX_BYTES, LookFailed, look
from tiles.grid import HALF_WORLD
from tiles.sources.read import SourceRefused

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON"}
SQLITE = b"SQLite format 3\0"
LARGEST = 1 << 30  # bytes
ROWS = 2_000_000
TEXT = 500  # characters of one value
CPU_SECONDS = 120  # for all files together

Shapes = NDArray[np.object_]


def regular(path: Path) -> Path:
    """The file itself by its full path: no `/vsi…`, no pipe, no folder, no name that a driver would take for an address."""
    if str(path).startswith("/vsi") or not path.exists() or not stat.S_ISREG(path.stat().st_mode):
        raise SourceRefused(f"{path.name}: not a regular file")
    if path.suffix.lower() not in DRIVERS:
        raise SourceRefused(f"{path.name}: only {', '.join(sorted(DRIVERS))} are read")
    if path.stat().st_size > LARGEST:
        raise SourceRefused(f"{path.name}: over {LARGEST >> 20} MB")
    with path.open("rb") as file:
        if DRIVERS[path.suffix.lower()] == "GPKG" and file.read(len(SQLITE)) != SQLITE:
            raise SourceRefused(f"{path.name}: no GeoPackage, whatever its name says")  # GDAL would go by what it holds
    return path.resolve()


def refuse_addresses(path: Path) -> None:
    """Raises SourceRefused for a GeoJSON whose `crs` is no name: GDAL would fetch it from the network."""
    if path.stat().st_size > MAX_BYTES:
        raise SourceRefused(f"{path.name}: over {MAX_BYTES >> 20} MB of GeoJSON; save it as GeoPackage")
    try:
        crs = look(path).crs
    except LookFailed as no:
        raise SourceRefused(f"{path.name}: no GeoJSON: {str(no)[:200]}") from no
    if crs not in (None, "name"):
        raise SourceRefused(f"{path.name}: its crs is a {crs[:40]!r}, no name; nothing is fetched from elsewhere")


def only_layer(path: Path) -> str:
    """The one layer with shapes in the file; where there are several, the one that bears the file's name."""
    names = [str(name) for name, shape in pyogrio.list_layers(path).tolist() if shape is not None]
    if len(names) == 1:
        return names[0]
    mine = [name for name in names if name == path.stem]
    if not mine:
        raise SourceRefused(f"{path.name}: which layer? It holds {', '.join(names[:10]) or 'none with shapes'}")
    return mine[0]


def to_mercator(shapes: Shapes, crs: str | None, name: str) -> Shapes:
    """The same shapes in EPSG:3857. Raises SourceRefused where the numbers can not be what the file says they are."""
    if crs is None:
        raise SourceRefused(f"{name}: does not say which coordinates it has")
    source = pyproj.CRS.from_user_input(crs)
    if source.is_geographic:
        xy = shapely.get_coordinates(shapes)
        wrong = xy[(np.abs(xy[:, 0]) > 180) | (np.abs(xy[:, 1]) > 90)]
        if len(wrong):
            raise SourceRefused(
                f"{name}: says degrees but holds {wrong[0][0]:.0f}, {wrong[0][1]:.0f}: metres without a crs?"
            )
    turn = pyproj.Transformer.from_crs(source, "EPSG:3857", always_xy=True)
    return np.asarray(
        shapely.transform(shapes, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1]))), dtype=object
    )


def beyond_numbers(shapes: Shapes) -> set[int]:
    """Positions of shapes with a coordinate that is no number, or off the world."""
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    return {
        int(i) for i in np.unique(owner[~(np.isfinite(xy).all(axis=1) & (np.abs(xy) < 1.001 * HALF_WORLD).all(axis=1))])
    }


def plain(column: NDArray[Any]) -> list[str | int | float | None]:
    """Values that JSON has: text, numbers, nothing. Whole numbers with gaps come as floats from GDAL, hence NaN is nothing."""
    return [
        None
        if value is None or (isinstance(value, float) and math.isnan(value))
        else value
        if isinstance(value, int | float)
        else str(value)[:TEXT]
        for value in column.tolist()
    ]


def rows_of(path: Path) -> tuple[dict[str, Any], NDArray[np.int64], list[bytes | None], list[NDArray[Any]]]:
    """Everything in the file: GDAL's word on it, row ids, WKB (None where there is none that GDAL can read), columns.

    GDAL believes a GeoPackage's own count of its rows, and that may lie; asked with a condition it counts them itself. But
    with a condition it refuses all geometry for the sake of one that is broken. So columns and geometry are read apart.
    """
    layer = only_layer(path)
    _, rows, _, columns = pyogrio.raw.read(path, layer=layer, return_fids=True, read_geometry=False, where="1 = 1")
    meta, told, blobs, _ = pyogrio.raw.read(path, layer=layer, return_fids=True)
    if not np.array_equal(rows, told):
        blobs = pyogrio.raw.read(path, layer=layer, fids=rows)[2] if len(rows) else []
    return meta, rows, list(blobs), columns


def read_clean(path: Path, out: Path) -> dict[str, Any]:
    """Read one file whole, write what is good to `out` and say what was left and why."""
    if DRIVERS[path.suffix.lower()] == "GeoJSON":
        refuse_addresses(path)
    try:
        meta, rows, blobs, columns = rows_of(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as no:
        raise SourceRefused(f"{path.name}: {str(no).splitlines()[0][:200]}") from no
    if len(rows) > ROWS:
        raise SourceRefused(f"{path.name}: over {ROWS} rows")
    left: dict[int, str] = {i: "no geometry" for i, blob in enumerate(blobs) if blob is None}
    shapes = np.asarray(shapely.force_2d(shapely.from_wkb(blobs, on_invalid="ignore")), dtype=object)
    left |= {int(i): "broken geometry" for i in np.flatnonzero(shapely.is_missing(shapes)) if int(i) not in left}
    left |= {int(i): "empty geometry" for i in np.flatnonzero(shapely.is_empty(shapes) & ~shapely.is_missing(shapes))}
    finite = shapely.get_coordinates(shapes, return_index=True)
    left |= {int(i): "not a number" for i in np.unique(finite[1][~np.isfinite(finite[0]).all(axis=1)])}
    good = np.array([i for i in range(len(rows)) if i not in left], dtype=np.int64)
    turned = to_mercator(shapes[good], meta["crs"], path.name)
    lost = beyond_numbers(turned)
    left |= {int(good[i]): "off the world" for i in lost}
    kept = np.array([i for i in range(len(good)) if i not in lost], dtype=np.int64)
    wkb = [bytes(blob) for blob in shapely.to_wkb(turned[kept], byte_order=1)]
    fields = {str(name): plain(column[good][kept]) for name, column in zip(meta["fields"], columns, strict=True)}
    np.savez(
        out,
        wkb=np.frombuffer(b"".join(wkb), dtype=np.uint8),
        ends=np.cumsum([len(blob) for blob in wkb], dtype=np.int64),
        rows=np.asarray(rows, dtype=np.int64)[good][kept],
        fields=np.frombuffer(json.dumps(fields).encode(), dtype=np.uint8),
    )
    return {"rows": len(rows), "left": [[int(rows[i]), reason] for i, reason in sorted(left.items())]}


def main(out: Path, files: list[Path]) -> None:
    limits.check(CPU_SECONDS)
    more = set(pyogrio.list_drivers()) - set(DRIVERS.values())
    if more:
        raise SourceRefused(f"drivers that could not be shut out: {', '.join(sorted(more))}")
    for number, file in enumerate(files):
        print(json.dumps({"reading": file.name}), flush=True)
        print(json.dumps({"file": file.name, **read_clean(regular(file), out / f"{number}.npz")}), flush=True)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
    except SourceRefused as no:
        sys.exit(str(no))

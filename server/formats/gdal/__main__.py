"""The reader of geodata, a fenced process of its own: `python -m server.formats.gdal FILE [FILE…] [choices]`, which writes rows.py's lines
to standard output. Nobody imports this file, and it and layer.py alone in the import load pyogrio, shapely, pyproj and numpy.

GPX and KML are read by expat (gpx.py, kml.py), everything else by GDAL.
"""

import argparse
import datetime
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from server.formats import fenced
from server.formats.fenced import say
from server.formats.gdal import counted, geojson, geopackage, gpx, kml
from server.formats.gdal.layer import DEGREES, Choices, Layer, source_of
from server.formats.gdal.markup import Feature, Said
from server.formats.gdal.values import plain_values
from server.formats.reasons import left
from server.formats.refusal import FileRefused
from server.formats.register import geofa
from server.formats.rows import End, Found, Left, encode
from server.formats.words import titles

DRIVERS = frozenset({"GPKG", "GeoJSON", "ESRI Shapefile", "MapInfo File", "GML", "FlatGeobuf"})
XML = {".gpx": gpx.features, ".kml": kml.features}
CPU_SECONDS = 60
BATCH = 5_000
FORETOLD = frozenset({".gml", ".mif"})
"""Where GDAL reads all of it to count it, and must come to what was counted."""
WINDOW = 50_000
"""Rows at once of what can only be read from its beginning: each window skips all before it."""
MOST_BAD = 200
ROWS_MOST = 100_000
"""Rows that are looked at, of all layers together; a municipality's largest register has a tenth of it."""
OURS = frozenset({"fid", "gml_id", "ogc_fid"})
"""Columns that a format or a program adds: no loss of anybody's."""
SHAPE_COLUMN = 10
"""The letters that a shapefile leaves of a column's name."""


class File(NamedTuple):
    """One layer of what is read: where it lies, what GDAL calls it, what people do, and its rows as counted."""

    path: Path
    layer: str
    title: str
    geometry: str | None
    rows: int


def _read(named: Sequence[tuple[Path, str]], choices: Choices, only: tuple[str, ...]) -> Iterator[Found | Left | End]:
    """The lines of all files together. Raises `FileRefused`, and whatever GDAL does."""
    if named[0][0].suffix in XML:
        yield from _xml(named[0][0], named[0][1], choices)
        return
    layers = [layer for path, name in named for layer in _layers(path, name, choices, only)]
    if not layers:
        raise FileRefused("filen har ingen lag.")
    choices.known = choices.known if len(layers) == 1 else ""
    so_far, everything = 0, sum(layer.rows for layer in layers)
    for layer, title in zip(layers, titles(layer.title for layer in layers), strict=True):
        rows = 0
        for line in _layer(layer._replace(title=title), choices, (so_far, everything)):
            if isinstance(line, int):
                rows = line
            else:
                yield line
        so_far += rows
    yield End(so_far)


def _layers(path: Path, name: str, choices: Choices, only: tuple[str, ...]) -> list[File]:
    counts = _counts(path, choices, only)
    listed = {str(layer): geometry for layer, geometry in pyogrio.list_layers(path)}
    if missing := sorted((counts.keys() | set(only)) - listed.keys()):
        raise FileRefused(f"laget {missing[0]} kan ikke læses. Filen har: {', '.join(sorted(listed)) or 'ingen lag'}.")
    return [
        File(path, layer, name if path.suffix != ".gpkg" and layer == path.stem else layer, listed[layer], count)
        for layer, count in counts.items()
    ]


def _xml(path: Path, name: str, choices: Choices) -> Iterator[Found | Left | End]:
    (title,) = titles([name])
    said, rows = Said(), 0
    layer = Layer(title, choices, source_of(title, DEGREES, choices, None))
    batch: list[Feature] = []
    for feature in XML[path.suffix](path, said):
        batch.append(feature)
        if len(batch) == BATCH:
            yield from layer.features(rows + 1, batch)
            rows += len(batch)
            batch = []
            _not_too_many(rows)
            say({"rows": rows, "of": rows})
    yield from layer.features(rows + 1, batch)
    rows += len(batch)
    say({"rows": rows, "of": rows})
    yield from layer.end()
    if not rows:
        yield left(title, None, "no_features", 0)
    say({"read_as": layer.read_as(sorted(said.unread))})
    for code, values in said.remarks():
        yield left(title, None, code, 0, **values)
    if choices.beside:
        yield left(title, None, "beside", 0, files=choices.beside)
    yield End(rows)


def _layer(file: File, choices: Choices, so_far: tuple[int, int]) -> Iterator[Found | Left | int]:
    """The lines of one layer, and last how many rows it had."""
    path, layer, title, geometry, count = file
    if not count:
        yield left(title, None, "no_features", 0)
    info = pyogrio.read_info(path, layer=layer, force_feature_count=False, force_total_bounds=False)
    columns = [str(column) for column in info["fields"]]
    full = {column: _full(column, path.suffix) for column in columns}
    whole = geofa.layer_left(title, list(full.values()), geometry)
    if whole == "map" and choices.known and not geofa.layer_left(choices.known, list(full.values()), geometry):
        title, whole = choices.known, None  # a renamed file: somebody has said which layer it is
    if whole:
        if count:
            yield left(title, None, whole, count)
        yield count
        return
    _not_too_many(so_far[0] + count)
    known = [column for column in columns if full[column] in geofa.COLUMNS]
    reading: Layer | None = None
    rows = 0
    for fids, wkb, fields in _batches(path, layer, known):
        shapes = shapely.force_2d(shapely.from_wkb(wkb, on_invalid="ignore"))
        if reading is None:
            every = shapely.get_coordinates(shapes)
            reading = Layer(title, choices, source_of(title, info["crs"], choices, every[0] if len(every) else None))
        named = [None if row is None else {full[n]: v for n, v in row.items()} for row in fields]
        yield from reading.rows(fids, shapes, named)
        rows += len(fids)
        say({"rows": so_far[0] + rows, "of": max(so_far[0] + rows, so_far[1])})
    if rows != count:
        raise FileRefused(
            f"laget {title} har {count} rækker, men {rows} kunne læses. Gem det som GeoPackage i det program, det kommer fra, og prøv så."
        )
    if reading is not None:
        yield from reading.end()
        say({"read_as": reading.read_as([column for column in columns if column not in known and column not in OURS])})
    yield rows


def _not_too_many(rows: int) -> None:
    if rows > ROWS_MOST:
        raise FileRefused(
            f"filen har over {ROWS_MOST // 1000}.000 rækker, og så mange læses ikke på én gang. Gem kommunens egne i en fil for sig, eller "
            "vælg lag med --layer."
        )


def _full(column: str, ending: str) -> str:
    """A column's name in small letters; one that a shapefile cut off is told whole again."""
    name = column.lower()
    if ending == ".shp" and len(name) == SHAPE_COLUMN and name not in geofa.COLUMNS:
        whole = [one for one in geofa.COLUMNS if one.startswith(name)]
        return whole[0] if len(whole) == 1 else name
    return name


Batch: TypeAlias = tuple[list[int], NDArray[np.object_], list[dict[str, Any] | None]]
"""The fields of a row are None where they hold text that can not be read."""


def _batches(path: Path, layer: str, columns: list[str]) -> Iterator[Batch]:
    """(row ids, WKB, fields) to the very end. A GeoPackage is asked for the rows after the last one seen: with a filter GDAL counts
    for itself instead of believing the file. All else is read by windows; its rows are numbered from 1 as they stand."""
    if path.suffix == ".gpkg":
        yield from _by_row_id(path, layer, columns)
        return
    first, bad = 0, [0]
    while True:
        last = first
        for _, wkb, fields in _window(path, layer, columns, (first, WINDOW), bad):
            yield list(range(last + 1, last + len(wkb) + 1)), wkb, fields
            last += len(wkb)
        if last - first < WINDOW:
            return
        first = last


def _window(path: Path, layer: str, columns: list[str], which: tuple[int, int], bad: list[int]) -> Iterator[Batch]:
    """So many rows after so many; where one can not be read, ever smaller halves, until it stands alone (without geometry or fields)."""
    skip, most = which
    try:
        yield _some(path, layer, columns, skip_features=skip, max_features=most)
    except (pyogrio.errors.FeatureError, UnicodeDecodeError) as reason:
        bad[0] += most == 1
        if bad[0] > MOST_BAD:
            why = (
                "teksterne er ikke i det alfabet, som filen siger (.cpg). Ret det"
                if isinstance(reason, UnicodeDecodeError)
                else "filen er beskadiget. Gem den igen"
            )
            raise FileRefused(f"over {MOST_BAD} rækker kan ikke læses: {why}, og prøv så.") from reason
        if most == 1:
            yield [0], np.array([None], dtype=object), [_unread(reason)]
            return
        there = min(most, max(0, _length(path, layer) - skip))
        half = max(1, there // 2)
        yield from _window(path, layer, columns, (skip, half), bad)
        if there > half:
            yield from _window(path, layer, columns, (skip + half, there - half), bad)


def _length(path: Path, layer: str) -> int:
    return int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])


def _by_row_id(path: Path, layer: str, columns: list[str]) -> Iterator[Batch]:
    after = -(2**63)
    while True:
        ahead = {"where": f"_rowid_ > {after}", "max_features": BATCH}
        found = pyogrio.raw.read(path, layer=layer, columns=[], read_geometry=False, return_fids=True, **ahead)[1]
        rows = [int(fid) for fid in found]
        if not rows:
            return
        if rows != sorted(rows) or rows[0] <= after:
            raise FileRefused(f"laget {layer} gentager sine rækker. Gem filen igen, og prøv så.")
        yield from _span(path, layer, columns, rows)
        after = rows[-1]


def _span(path: Path, layer: str, columns: list[str], rows: list[int]) -> Iterator[Batch]:
    """These rows; where one can not be read, ever smaller halves of them, until it stands alone (without geometry or fields)."""
    try:
        yield _some(path, layer, columns, where=f"_rowid_ BETWEEN {rows[0]} AND {rows[-1]}")
    except (pyogrio.errors.FeatureError, UnicodeDecodeError) as reason:
        if len(rows) == 1:
            yield rows, np.array([None], dtype=object), [_unread(reason)]
            return
        middle = len(rows) // 2
        yield from _span(path, layer, columns, rows[:middle])
        yield from _span(path, layer, columns, rows[middle:])


def _unread(reason: Exception) -> dict[str, Any] | None:
    return None if isinstance(reason, UnicodeDecodeError) else {}


def _some(path: Path, layer: str, columns: list[str], **which: Any) -> Batch:
    if path.suffix == ".shp" and not path.with_suffix(".cpg").exists():
        which["encoding"] = counted.dbase_alphabet(path.with_suffix(".dbf"))
    meta, fids, wkb, values = pyogrio.raw.read(
        path, layer=layer, columns=columns, return_fids=True, datetime_as_string=True, **which
    )
    names = [str(name) for name in meta["fields"]]
    read = [plain_values(v.tolist(), str(t)) for v, t in zip(values, meta["dtypes"], strict=True)]
    fields = [dict(zip(names, row, strict=True)) for row in zip(*read, strict=True)] or [{} for _ in fids]
    plain: list[dict[str, Any] | None] = [{n: v for n, v in row.items() if v is not None} for row in fields]
    return [int(fid) for fid in fids], wkb, plain


def _counts(path: Path, choices: Choices, only: tuple[str, ...]) -> dict[str, int]:
    """{layer: its rows}, counted without GDAL; of GML the sum alone. A file's sort is what its name says; what it holds must agree."""
    with path.open("rb") as file:
        head = file.read(16)
    if not head:
        raise FileRefused("filen er tom (0 byte). Hent eller gem den igen.")
    if path.suffix == ".gpkg":
        if head != b"SQLite format 3\0":
            raise FileRefused("filen hedder .gpkg, men er ikke en GeoPackage. Gem den som GeoPackage, og prøv så.")
        return geopackage.rows_by_layer(path, only)
    if path.suffix == ".geojson":
        count, choices.named = geojson.features(path)
        choices.file_says = bool(choices.named)
        return {str(layer): count for layer, _ in pyogrio.list_layers(path)[:1]}
    total = counted.rows_in(path)
    layers = [str(layer) for layer, _ in pyogrio.list_layers(path)]
    if path.suffix not in FORETOLD:
        return dict.fromkeys(layers[:1], total)
    counts = {layer: _length(path, layer) for layer in layers}
    if (read := sum(counts.values())) != total:
        raise FileRefused(
            f".mif har {read} former, og .mid har {total} rækker: de hører ikke sammen, eller en af dem er skåret over. Gem laget igen."
            if path.suffix == ".mif"
            else f"filen har {total} rækker, men {read} kunne læses. Gem den som GeoPackage, og prøv så."
        )
    return counts


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m server.formats.gdal")
    parser.add_argument("file", type=Path, nargs="+")
    parser.add_argument(
        "--name", action="append", default=[], help="of each file's one layer, where it has none of its own"
    )
    parser.add_argument("--crs", type=int)
    parser.add_argument("--lat-lon", action="store_true")
    parser.add_argument(
        "--as", dest="known", default="", choices=["", *geofa.LAYERS], help="the layer that a file's only one is"
    )
    parser.add_argument("--beside", default="", help="what lies in the same KMZ and is not read")
    parser.add_argument("--bounds", help="west,south,east,north of the municipality, degrees")
    parser.add_argument("--layer", action="append", default=[])
    return parser.parse_args()


def main() -> None:
    """Reads the files, and writes their lines to standard output."""
    arguments = _arguments()
    paths: list[Path] = [file.absolute() for file in arguments.file]
    names = [*arguments.name, *(path.stem for path in paths[len(arguments.name) :])]
    bounds = tuple(float(part) for part in arguments.bounds.split(",")) if arguments.bounds else None
    if not all(stat.S_ISREG(path.lstat().st_mode) for path in paths):
        raise FileRefused("det er ikke en almindelig fil.")
    choices = Choices(arguments.crs, arguments.lat_lon, bounds)  # type: ignore[arg-type]
    choices.beside = arguments.beside
    choices.known = arguments.known
    choices.saved_on = datetime.datetime.fromtimestamp(paths[0].stat().st_mtime, datetime.UTC).date().isoformat()
    for line in _read(list(zip(paths, names, strict=True)), choices, tuple(arguments.layer)):
        sys.stdout.buffer.write(encode(line) + b"\n")


if __name__ == "__main__":
    short = fenced.Drivers(DRIVERS, pyogrio.list_drivers)
    sys.exit(fenced.inside(main, cpu_seconds=CPU_SECONDS, do="Del den i mindre filer.", drivers=short))

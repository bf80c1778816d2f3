"""The reader of foreign geodata, a process of its own: `python -m server.formats.gdal FILE [choices]`. Nobody imports this file,
and it alone in the server imports pyogrio, shapely, pyproj and numpy.

It puts up the fence (fence/limits.py), starts itself again with the short list of drivers, checks both, and writes rows.py's lines to
standard output. On standard error: `{"rows":n,"of":m}` as it goes, and `{"refused":"…"}` where the file is not taken (exit 3).
"""

import argparse
import hashlib
import os
import stat
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from fence import limits
from server.formats import geofa, geojson, geopackage
from server.formats.columns import plain_values
from server.formats.reasons import left
from server.formats.refusal import FileRefused
from server.formats.rows import End, Found, Left, encode
from server.model.line import encode as encode_line
from server.model.simplify import TOLERANCE_M
from server.model.values import DENMARK

Floats: TypeAlias = NDArray[np.float64]
Box: TypeAlias = tuple[float, float, float, float]

WANTED = {"facility": "et punkt", "stretch": "en linje"}
DRIVERS = frozenset({"GPKG", "GeoJSON"})
STARTED_AGAIN = "MOEDESTEDER_READER"
CPU_SECONDS = 60
BATCH = 5_000
MOST_POINTS = 50_000  # of one line: 100 km with a point every two metres
METRES, DEGREES = "EPSG:25832", "EPSG:4326"
NEIGHBOURHOOD_DEG = 0.25
SHAPES = {
    "Point": "et punkt", "MultiPoint": "flere punkter", "LineString": "en linje", "MultiLineString": "flere linjer",
    "Polygon": "en flade", "MultiPolygon": "flere flader", "GeometryCollection": "en samling",
}  # fmt: skip


@dataclass
class Choices:
    """What the caller chose where the file leaves it open."""

    crs: int | None
    swap: bool
    bounds: Box | None
    file_says: bool = True
    """Whether the file itself names a coordinate system; GeoJSON without one is taken as degrees."""

    def near(self, lonlat: Floats) -> bool:
        """Whether a thing belongs here: all of it in or about Denmark, some of it in the municipality or close to it."""
        west, south, east, north = self.bounds or DENMARK
        pad = NEIGHBOURHOOD_DEG if self.bounds else 0.0
        low, high = lonlat.min(axis=0), lonlat.max(axis=0)
        touches = low[0] <= east + pad and high[0] >= west - pad and low[1] <= north + pad and high[1] >= south - pad
        far = (
            (min(DENMARK[0], west - pad), min(DENMARK[1], south - pad)),
            (max(DENMARK[2], east + pad), max(DENMARK[3], north + pad)),
        )
        return bool(touches and (low >= far[0]).all() and (high <= far[1]).all())


@dataclass
class Layer:
    """One layer while it is read: its way into metres, and what was set aside until the whole of it is known."""

    name: str
    choices: Choices
    source: pyproj.CRS
    found: int = 0
    left: list[Left] = field(default_factory=list)
    swapped: list[tuple[int, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.degrees = self.source.is_geographic
        self.to_metres = pyproj.Transformer.from_crs(self.source, METRES, always_xy=True)
        self.to_degrees = pyproj.Transformer.from_crs(METRES, DEGREES, always_xy=True)

    def leave(self, row: int, code: str, **values: Any) -> None:
        self.left.append(left(self.name, row, code, **values))

    def rows(self, fids: list[int], shapes: NDArray[np.object_], fields: list[dict[str, Any]]) -> Iterator[Found]:
        self._refuse_metres_read_as_degrees(shapes)
        for row, shape, known in zip(fids, shapes, fields, strict=True):
            if (belongs_to_map := geofa.type_left(self.name, known)) is not None:
                self.leave(row, "map_type", type=belongs_to_map)
            elif shape is None:
                self.leave(row, "no_geometry")
            elif shapely.is_empty(shape):
                self.leave(row, "empty", shape=SHAPES.get(shape.geom_type, shape.geom_type))
            elif (kind := geofa.kind_of(self.name, known, shape.geom_type)) is None:
                self.leave(row, "unknown_noun", value=geofa.plain(known["moede"])[:40])
            else:
                yield from self._row(row, shape, kind, known)

    def _row(self, row: int, shape: shapely.Geometry, kind: geofa.Kind, known: dict[str, Any]) -> Iterator[Found]:
        parts = _parts(shape, "Point" if kind == "facility" else "LineString")
        if not parts or (kind == "facility" and len(parts) > 1):
            wanted = WANTED[kind] if self.name in geofa.LAYERS or "moede" in known else "et punkt eller en linje"
            self.leave(row, "wrong_shape", shape=SHAPES.get(shape.geom_type, shape.geom_type), wanted=wanted)
            return
        coordinates = [shapely.get_coordinates(part) for part in parts]
        if not all(np.isfinite(c).all() for c in coordinates):
            self.leave(row, "not_a_number")
            return
        if (points := sum(map(len, coordinates))) > MOST_POINTS:
            self.leave(row, "too_many_points", points=points, limit=MOST_POINTS)
            return
        metres = [self._metres(c[:, ::-1] if self.choices.swap else c) for c in coordinates]
        if not all(np.isfinite(c).all() for c in metres) or not self._is_near(metres):
            self._left_outside(row, np.concatenate(coordinates))
            return
        if kind == "stretch" and not (metres := [line for line in metres if len(line) > 1]):
            self.leave(row, "no_length")
            return
        self.found += 1
        own = geofa.own_id(known)
        key = own or _hash(metres)
        if own is None and len(metres) == 1 and geofa.name_of(known) is None:
            metres = [_begun_at_smaller_end(metres[0])]
        for part, line in enumerate(metres):
            yield Found(
                layer=self.name, row=row, kind=kind, key=key, own=own is not None, part=part,
                wkb=_wkb(line).hex(), wgs84=self._wgs84(line, kind), fields=known,
            )  # fmt: skip

    def _metres(self, coordinates: Floats) -> Floats:
        """EPSG:25832, rounded to 0.01 m, without vertices that repeat the one before."""
        x, y = self.to_metres.transform(coordinates[:, 0], coordinates[:, 1])
        rounded = np.round(np.column_stack((x, y)), 2) + 0.0
        keep = np.ones(len(rounded), dtype=bool)
        keep[1:] = (rounded[1:] != rounded[:-1]).any(axis=1)
        return rounded[keep]

    def _lonlat(self, metres: Floats) -> Floats:
        return np.column_stack(self.to_degrees.transform(metres[:, 0], metres[:, 1]))

    def _is_near(self, metres: list[Floats]) -> bool:
        return self.choices.near(self._lonlat(np.concatenate(metres)))

    def _wgs84(self, metres: Floats, kind: str) -> tuple[float, float] | str:
        if kind == "facility":
            lon, lat = self._lonlat(metres)[0]
            return round(float(lon), 6), round(float(lat), 6)
        simple = shapely.get_coordinates(shapely.LineString(metres).simplify(TOLERANCE_M, preserve_topology=False))
        return encode_line([(float(lon), float(lat)) for lon, lat in self._lonlat(simple)])

    def _left_outside(self, row: int, every: Floats) -> None:
        if self.degrees and (no_degree := every[np.abs(every) > (180, 90)]).size:
            self.leave(row, "no_degree", value=f"{no_degree[0]:.10g}")
            return
        metres = self._metres(every if self.choices.swap else every[:, ::-1])
        if np.isfinite(metres).all() and self._is_near([metres]):
            lon, lat = self._lonlat(metres)[0]
            self.swapped.append((row, f"{lon:.4f}", f"{lat:.4f}"))
        else:
            self.leave(row, "outside", x=f"{every[0][0]:.10g}", y=f"{every[0][1]:.10g}")

    def _refuse_metres_read_as_degrees(self, shapes: NDArray[np.object_]) -> None:
        if not self.degrees or self.found:
            return
        every = shapely.get_coordinates(shapes)
        every = every[np.isfinite(every).all(axis=1)]
        if len(every) and (np.abs(every) > 180).any(axis=1).all():
            says = "siger ikke, hvilket koordinatsystem den er i"
            if self.choices.crs or self.choices.file_says:
                says = f"skal læses i grader ({self.source.name})"
            way_out = _way_out(every[0], self.choices)
            raise FileRefused(f"{every[0][0]:.10g} er ikke en grad. Filen {says}, og tallene ligner meter. {way_out}")

    def end(self) -> Iterator[Left]:
        """What was left, once the whole layer is known: one sentence where all of it lies the other way round."""
        yield from self.left
        if len(self.swapped) > 1 and not self.found:
            _, lon, lat = self.swapped[0]
            yield left(self.name, None, "swapped_all", len(self.swapped), lon=lon, lat=lat)
        else:
            yield from (left(self.name, row, "swapped", lon=lon, lat=lat) for row, lon, lat in self.swapped)


def _parts(shape: shapely.Geometry, wanted: str) -> list[shapely.Geometry] | None:
    """The shape's parts where all are of the wanted sort, without the empty ones; None where it is another shape."""
    if shape.geom_type not in (wanted, f"Multi{wanted}"):
        return None
    parts = [part for part in shapely.get_parts(shape) if not shapely.is_empty(part)]
    return parts or None


def _begun_at_smaller_end(line: Floats) -> Floats:
    return line if line.tolist() <= line[::-1].tolist() else line[::-1]


def _wkb(points: Floats) -> bytes:
    """Little-endian, 2D, no SRID: the one dialect that SpatiaLite reads."""
    shape = shapely.Point(points[0]) if len(points) == 1 else shapely.LineString(points)
    return bytes(shapely.to_wkb(shape, output_dimension=2, byte_order=1, include_srid=False))


def _hash(lines: list[Floats]) -> str:
    """SHA-256 of the normalised WKB; several parts in the order of theirs."""
    return hashlib.sha256(b"".join(sorted(_wkb(_begun_at_smaller_end(line)) for line in lines))).hexdigest()


def _way_out(first: Floats, choices: Choices) -> str:
    """Which coordinate system would put the first point where the municipality is."""
    for code in (25832, 4326, 25833, 3857):
        way = pyproj.Transformer.from_crs(code, DEGREES, always_xy=True)
        lonlat = np.array([way.transform(float(first[0]), float(first[1]))])
        if np.isfinite(lonlat).all() and choices.near(lonlat):
            return f"I EPSG:{code} ligger de i kommunen: skriv --crs {code}, hvis det er rigtigt."
    return "Find ud af, hvilket koordinatsystem filen er i, og skriv --crs med dets EPSG-nummer."


def _source(layer: str, named: str | None, choices: Choices, first: Floats | None) -> pyproj.CRS:
    """The layer's coordinate system: the caller's choice, else what the file says."""
    if choices.crs is not None:
        try:
            return pyproj.CRS.from_epsg(choices.crs)
        except pyproj.exceptions.CRSError as reason:
            raise FileRefused(
                f"--crs {choices.crs} er ikke et koordinatsystem, der kendes. Danske kommuner bruger 25832."
            ) from reason
    try:
        source = pyproj.CRS.from_user_input(named or "")
        known = not source.name.lower().startswith("undefined") and (source.is_geographic or source.is_projected)
    except pyproj.exceptions.CRSError:
        known = False
    if not known:
        numbers = "" if first is None else f" Det første tal er {first[0]:.10g}. {_way_out(first, choices)}"
        raise FileRefused(f"laget {layer} siger ikke, hvilket koordinatsystem det er i.{numbers}")
    return source


def _read(path: Path, name: str, choices: Choices, only: tuple[str, ...]) -> Iterator[Found | Left | End]:
    """The lines of a whole file. Raises `FileRefused`, and whatever GDAL does."""
    counts = _counts(path, choices, only)
    listed = {str(layer): geometry for layer, geometry in pyogrio.list_layers(path)}
    if missing := sorted((counts.keys() | set(only)) - listed.keys()):
        raise FileRefused(f"laget {missing[0]} kan ikke læses. Filen har: {', '.join(sorted(listed)) or 'ingen lag'}.")
    if not counts:
        raise FileRefused("filen har ingen lag.")
    so_far, everything = 0, sum(counts.values())
    titles = geofa.titles(name if path.suffix != ".gpkg" and layer == path.stem else layer for layer in counts)
    for (layer, count), title in zip(counts.items(), titles, strict=True):
        yield from _layer(path, layer, title, listed[layer], count, choices, (so_far, everything))
        so_far += count
    yield End(so_far)


def _layer(
    path: Path, layer: str, title: str, geometry: str | None, count: int, choices: Choices, so_far: tuple[int, int]
) -> Iterator[Found | Left]:
    info = pyogrio.read_info(path, layer=layer, force_feature_count=False, force_total_bounds=False)
    columns = [str(column) for column in info["fields"]]
    if whole := geofa.layer_left(title, [column.lower() for column in columns], geometry):
        if count:
            yield left(title, None, whole, count)
        return
    known = [column for column in columns if column.lower() in geofa.COLUMNS]
    reading: Layer | None = None
    rows = 0
    for fids, wkb, fields in _batches(path, layer, known, path.suffix == ".gpkg"):
        shapes = shapely.force_2d(shapely.from_wkb(wkb, on_invalid="ignore"))
        if reading is None:
            every = shapely.get_coordinates(shapes)
            reading = Layer(title, choices, _source(title, info["crs"], choices, every[0] if len(every) else None))
        yield from reading.rows(fids, shapes, fields)
        rows += len(fids)
        _say({"rows": so_far[0] + rows, "of": so_far[1]})
    if rows != count:
        raise FileRefused(f"laget {layer} har {count} rækker, men kun {rows} kunne læses. Hent eller gem filen igen.")
    if reading is not None:
        yield from reading.end()


Batch: TypeAlias = tuple[list[int], NDArray[np.object_], list[dict[str, Any]]]


def _batches(path: Path, layer: str, columns: list[str], by_row_id: bool) -> Iterator[Batch]:
    """(row ids, WKB, fields) to the very end. A GeoPackage is asked for the rows after the last one seen: with a filter GDAL counts
    for itself instead of believing the file. GeoJSON is read at once; its rows are numbered from 1 as they stand."""
    if not by_row_id:
        rows, wkb, fields = _some(path, layer, columns)
        yield list(range(1, len(rows) + 1)), wkb, fields
        return
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
    except (pyogrio.errors.FeatureError, UnicodeDecodeError):
        if len(rows) == 1:
            yield rows, np.array([None], dtype=object), [{}]
            return
        middle = len(rows) // 2
        yield from _span(path, layer, columns, rows[:middle])
        yield from _span(path, layer, columns, rows[middle:])


def _some(path: Path, layer: str, columns: list[str], **which: str) -> Batch:
    meta, fids, wkb, values = pyogrio.raw.read(
        path, layer=layer, columns=columns, return_fids=True, datetime_as_string=True, **which
    )
    names = [str(name).lower() for name in meta["fields"]]
    read = [plain_values(v.tolist(), str(t)) for v, t in zip(values, meta["dtypes"], strict=True)]
    fields = [dict(zip(names, row, strict=True)) for row in zip(*read, strict=True)] or [{} for _ in fids]
    return [int(fid) for fid in fids], wkb, [{n: v for n, v in row.items() if v is not None} for row in fields]


def _counts(path: Path, choices: Choices, only: tuple[str, ...]) -> dict[str, int]:
    """{layer: its rows}, counted without GDAL. A file's sort is what its name says; what it holds must agree."""
    with path.open("rb") as file:
        head = file.read(16)
    if not head:
        raise FileRefused("filen er tom (0 byte). Hent eller gem den igen.")
    if path.suffix == ".gpkg":
        if head != b"SQLite format 3\0":
            raise FileRefused("filen hedder .gpkg, men er ikke en GeoPackage. Gem den som GeoPackage, og prøv så.")
        return geopackage.rows_by_layer(path, only)
    count, choices.file_says = geojson.features(path)
    return {str(layer): count for layer, _ in pyogrio.list_layers(path)[:1]}


def _say(what: dict[str, Any]) -> None:
    sys.stderr.buffer.write(encode(what) + b"\n")
    sys.stderr.buffer.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m server.formats.gdal")
    parser.add_argument("file", type=Path)
    parser.add_argument("--name", help="the name of the file's one layer, where it has none of its own")
    parser.add_argument("--crs", type=int)
    parser.add_argument("--lat-lon", action="store_true")
    parser.add_argument("--bounds", help="west,south,east,north of the municipality, degrees")
    parser.add_argument("--layer", action="append", default=[])
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    if os.environ.get(STARTED_AGAIN) != "1":
        skip = ",".join(driver for driver in pyogrio.list_drivers() if driver not in DRIVERS)
        os.execve(sys.executable, sys.orig_argv, limits.put_up(CPU_SECONDS) | {"OGR_SKIP": skip, STARTED_AGAIN: "1"})  # noqa: S606
    limits.check(CPU_SECONDS)
    if open_doors := set(pyogrio.list_drivers()) - DRIVERS:
        raise limits.FenceDown(f"drivers that should be gone: {sorted(open_doors)}")
    warnings.simplefilter("ignore")
    path: Path = arguments.file.absolute()
    bounds = tuple(float(part) for part in arguments.bounds.split(",")) if arguments.bounds else None
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise FileRefused("det er ikke en almindelig fil.")
        choices = Choices(arguments.crs, arguments.lat_lon, bounds)  # type: ignore[arg-type]
        for line in _read(path, arguments.name or path.stem, choices, tuple(arguments.layer)):
            sys.stdout.buffer.write(encode(line) + b"\n")
        sys.stdout.buffer.flush()
    except FileRefused as reason:
        _say({"refused": str(reason)})
        return 3
    except MemoryError:
        _say({"refused": "filen kræver mere hukommelse, end læseren får (512 MB). Del den i mindre filer."})
        return 3
    except Exception as reason:  # GDAL's own errors are many and share no base
        _say({"refused": f"filen kan ikke læses ({type(reason).__name__}: {str(reason)[:300]})."})
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())

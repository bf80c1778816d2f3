"""The reader of a file of boundaries, a fenced process of its own: `python -m server.formats.boundary FILE CODE-OR-NAME`. Nobody imports
this file. Standard output: one JSON object, `outline.Outline`.
"""

import difflib
import json
import math
import re
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from fence.geojson import MAX_BYTES, LookFailed, look
from server.formats import broken, fenced
from server.formats.boundary.outline import danish
from server.formats.refusal import FileRefused
from server.model.line import encode as encode_line
from server.model.values import DENMARK

Shapes: TypeAlias = NDArray[np.object_]

DRIVERS: Final = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON"}
CPU_SECONDS: Final = 60
METRES: Final = "EPSG:25832"
DEGREES: Final = "EPSG:4326"
CODES: Final = ("kommunekode", "komkode", "kode", "lau_1", "lau")
NAMES: Final = ("navn", "komnavn", "kommunenavn", "label_dk", "name")
WINDOW_M: Final = 15_000.0
"""How far round the municipality its neighbours' land is told: as far as the map shows (tiles/frame.py)."""
SLIVER_M: Final = 5.0
"""Two municipalities' edges that miss each other by less are one land: the phone would see water between them."""
ISLAND_M2: Final = 10_000.0
TOLERANCES_M: Final = (100, 150, 225, 350, 500, 750, 1100)
LAND_MOST: Final = 6_000
"""Characters of all lines together, which every phone fetches before it shows anything; the demo's are 2,500."""
RINGS_MOST: Final = 500


class Municipality(NamedTuple):
    """One municipality of the file, its shapes in EPSG:25832."""

    code: str
    name: str
    shapes: Shapes


def plain_code(value: Any) -> str:
    """A municipality's code as three digits, whether it came as "0376", 376 or 376.0; what is no code stays as it stands."""
    text = str(value).strip().strip("'\"")
    found = re.fullmatch(r"0*([1-9]\d{2})(?:\.0+)?", text)
    return found[1] if found else text


def plain_name(value: Any) -> str:
    """A name to compare by: small letters, without "Kommune"."""
    return re.sub(r"\s*\b(regions)?kommune\b\s*", "", " ".join(str(value).split()).casefold()).strip()


def read(path: Path) -> dict[str, Municipality]:
    """{code: municipality} of the whole file; shapes that are no surface are passed over. Raises `FileRefused`."""
    _look(path)
    layer, code_at, name_at = _layer(path)
    meta, _, blobs, columns = pyogrio.raw.read(path, layer=layer, columns=[code_at, name_at])
    names = [str(name) for name in meta["fields"]]
    codes, told = columns[names.index(code_at)].tolist(), columns[names.index(name_at)].tolist()
    shapes = np.asarray(shapely.force_2d(shapely.from_wkb(blobs, on_invalid="ignore")), dtype=object)
    good = [i for i, shape in enumerate(shapes) if _is_surface(shape)]
    if not good:
        raise FileRefused("filen har ingen flader. Brug en fil med kommunernes grænser som flader.")
    turned = _to_metres(shapes[good], meta["crs"])
    found: dict[str, list[Any]] = {}
    called: dict[str, str] = {}
    for i, shape in zip(good, turned, strict=True):
        code = plain_code(codes[i])
        if re.fullmatch(r"[1-9]\d{2}", code):
            found.setdefault(code, []).append(shape)
            called.setdefault(code, " ".join(str(told[i] or code).split())[:80])
    if not found:
        raise FileRefused(f"kolonnen {code_at} har ingen kommunekoder (tre cifre, som 376). Brug en anden fil.")
    return {code: Municipality(code, called[code], np.array(all_, dtype=object)) for code, all_ in found.items()}


def choose(every: dict[str, Municipality], asked: str) -> Municipality:
    """The municipality that is meant by a code or a name. Raises `FileRefused` that names the nearest ones."""
    code = plain_code(asked)
    if code in every:
        return every[code]
    by_name = {plain_name(one.name): one for one in every.values()}
    name = plain_name(asked)
    for key in (name, name.removesuffix("s")):  # "Københavns Kommune"
        if key in by_name:
            return by_name[key]
    begin = [one for key, one in by_name.items() if name and not name.isdigit() and key.startswith(name)]
    if len(begin) == 1:
        return begin[0]
    if asked.strip().isdigit():
        near = sorted(every.values(), key=lambda one: (abs(int(one.code) - int(asked)), one.code))[:3]
    else:
        near = begin or [by_name[key] for key in difflib.get_close_matches(name, by_name, n=3, cutoff=0.5)]
    listed = ", ".join(f"{one.code} {one.name}" for one in near[:5])
    raise FileRefused(
        f"{asked[:40]!r} er {'flere kommuner' if len(begin) > 1 else 'ingen kommune i filen'}. "
        + (f"De nærmeste er: {listed}. " if listed else "")
        + "Skriv kommunens kode (tre cifre) eller hele dens navn."
    )


def outline(every: dict[str, Municipality], mine: Municipality) -> dict[str, Any]:
    """The fields of `boundary.Outline`. Raises `FileRefused` where the municipality does not lie in Denmark."""
    own = shapely.union_all(mine.shapes)
    west, south, east, north = _bounds(own)
    if not (DENMARK[0] <= west < east <= DENMARK[2] and DENMARK[1] <= south < north <= DENMARK[3]):
        raise FileRefused(
            f"{mine.code} {mine.name} ligger på {danish(west, 2)}–{danish(east, 2)} øst, {danish(south, 2)}–{danish(north, 2)} nord, og "
            "det er ikke i Danmark. "
            "Er længde og bredde byttet om i filen?"
        )
    frame = shapely.box(*shapely.bounds(own)).buffer(WINDOW_M, join_style="mitre")
    near = [one for one in every.values() if shapely.intersects(one.shapes, frame).any()]
    land = shapely.union_all(np.concatenate([one.shapes for one in near]))
    land = land.buffer(SLIVER_M, join_style="mitre").buffer(-SLIVER_M, join_style="mitre").intersection(frame)
    parts = [part for part in shapely.get_parts(land) if part.geom_type == "Polygon" and part.area >= ISLAND_M2]
    parts = sorted(map(shapely.normalize, parts), key=lambda part: (-round(part.area), part.bounds))[:RINGS_MOST]
    lines, tolerance = _lines(parts)
    others = sorted((one for one in near if one.code != mine.code), key=lambda one: one.code)
    return {
        "code": mine.code,
        "name": mine.name,
        "bounds": [
            math.floor(west * 100) / 100,
            math.floor(south * 100) / 100,
            math.ceil(east * 100) / 100,
            math.ceil(north * 100) / 100,
        ],
        "land": lines,
        "tolerance_m": tolerance,
        "neighbours": [[one.code, one.name] for one in others],
        "area_km2": round(float(own.area) / 1e6, 1),
        "area": _collection([mine]),
        "land_file": _collection([mine, *others]),
        "alone": len(every) == 1,
    }


def _look(path: Path) -> None:
    """What must hold before GDAL opens it: GeoJSON that is whole and has no `crs` that is fetched, a GeoPackage that is one."""
    if DRIVERS[path.suffix] == "GPKG":
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\0":
                raise FileRefused("filen hedder .gpkg, men er ikke en GeoPackage. Gem den som GeoPackage, og prøv så.")
        return
    if path.stat().st_size > MAX_BYTES:
        raise FileRefused(f"filen er på over {MAX_BYTES >> 20} MB. Brug GeoPackage, eller en udgave med færre punkter.")
    try:
        looked = look(path)
    except LookFailed as no:
        raise FileRefused(broken.geojson(no, path.read_bytes())) from no
    if looked.crs not in (None, "name"):
        raise FileRefused("filens koordinatsystem er en adresse på nettet, og den følges ikke. Gem filen igen i QGIS.")


def _layer(path: Path) -> tuple[str, str, str]:
    """(layer, column of codes, column of names) of the first layer that has both."""
    seen: list[str] = []
    for layer, _ in pyogrio.list_layers(path).tolist():
        info = pyogrio.read_info(path, layer=layer, force_feature_count=False, force_total_bounds=False)
        by_name = {str(column).lower(): str(column) for column in info["fields"]}
        code = next((by_name[name] for name in CODES if name in by_name), None)
        name = next((by_name[name] for name in NAMES if name in by_name), None)
        if code and name:
            return str(layer), code, name
        seen += by_name
    raise FileRefused(
        f"filen siger ikke, hvilken kommune en flade er. Den skal have en kolonne med koden ({', '.join(CODES)}) og en med navnet "
        f"({', '.join(NAMES)}); den har: {', '.join(seen[:20]) or 'ingen'}."
    )


def _is_surface(shape: Any) -> bool:
    return (
        shape is not None
        and shape.geom_type in ("Polygon", "MultiPolygon")
        and not shape.is_empty
        and bool(np.isfinite(shapely.get_coordinates(shape)).all())
    )


def _to_metres(shapes: Shapes, crs: str | None) -> Shapes:
    try:
        source = pyproj.CRS.from_user_input(crs or "")
    except pyproj.exceptions.CRSError as no:
        raise FileRefused(
            "filen siger ikke, hvilket koordinatsystem den er i. Gem den igen i QGIS (EPSG:25832)."
        ) from no
    every = shapely.get_coordinates(shapes)
    if source.is_geographic and (np.abs(every) > (180, 90)).any():
        raise FileRefused("filens tal er ikke grader, men meter. Gem den igen i QGIS, så den siger EPSG:25832.")
    way = pyproj.Transformer.from_crs(source, DEGREES, always_xy=True)
    # By way of the six decimals that the map maker's files have: read from them again, all comes out as it was.
    degrees = shapely.transform(shapes, lambda xy: np.round(np.column_stack(way.transform(xy[:, 0], xy[:, 1])), 6))
    there = pyproj.Transformer.from_crs(DEGREES, METRES, always_xy=True)
    turned = shapely.transform(degrees, lambda xy: np.column_stack(there.transform(xy[:, 0], xy[:, 1])))
    if not np.isfinite(shapely.get_coordinates(turned)).all():
        raise FileRefused("filens tal kan ikke regnes om til EPSG:25832. Gem den igen i QGIS, og prøv så.")
    return np.asarray(shapely.make_valid(turned), dtype=object)


def _degrees(shape: Any) -> Any:
    back = pyproj.Transformer.from_crs(METRES, DEGREES, always_xy=True)
    return shapely.transform(shape, lambda xy: np.round(np.column_stack(back.transform(xy[:, 0], xy[:, 1])), 6))


def _bounds(shape: Any) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.bounds(_degrees(shape)).tolist()
    return west, south, east, north


def _lines(parts: list[Any]) -> tuple[list[list[str]], int]:
    """(polygons, each of encoded rings; how far at most they are off in metres), as fine as the room for them allows."""
    for tolerance in TOLERANCES_M:
        simple = shapely.simplify(np.array(parts, dtype=object), tolerance)
        lines = [_rings(polygon) for shape in simple for polygon in shapely.get_parts(shape)]
        lines = [rings for rings in lines if rings]
        if sum(len(ring) for rings in lines for ring in rings) <= LAND_MOST:
            return lines, tolerance
    raise FileRefused("kysten har for mange øer til en telefon. Brug en udgave af grænserne med færre punkter.")


def _rings(polygon: Any) -> list[str]:
    holes = [hole for hole in shapely.get_rings(polygon)[1:] if shapely.Polygon(hole).area >= ISLAND_M2]
    rings = [shapely.get_coordinates(_degrees(ring)) for ring in (shapely.get_exterior_ring(polygon), *holes)]
    return [encode_line([(float(lon), float(lat)) for lon, lat in ring]) for ring in rings if len(ring) >= 4]


def _collection(every: list[Municipality]) -> dict[str, Any]:
    """GeoJSON in degrees, a feature a municipality: what `python -m tiles build` takes as --area and --land."""
    features = []
    for one in every:
        whole = shapely.union_all(one.shapes)
        polygons = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]
        shape = json.loads(shapely.to_geojson(_degrees(shapely.multipolygons(polygons))))
        features.append({"type": "Feature", "properties": {"kode": one.code, "navn": one.name}, "geometry": shape})
    return {"type": "FeatureCollection", "features": features}


def main() -> None:
    """Reads the file, and writes one municipality to standard output."""
    path, asked = sys.argv[1:]
    every = read(Path(path).absolute())
    told = outline(every, choose(every, asked))
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode())


if __name__ == "__main__":
    short = fenced.Drivers(frozenset(DRIVERS.values()), pyogrio.list_drivers)
    sys.exit(fenced.inside(main, cpu_seconds=CPU_SECONDS, do="Brug en udgave med færre punkter.", drivers=short))

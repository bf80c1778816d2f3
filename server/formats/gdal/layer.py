"""One layer of a foreign file while it is read: which of its rows are things of ours, where they lie, and why the others are left out.
Runs inside the reader's fence; gdal.py alone imports it.
"""

import hashlib
import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from server.formats.gdal.markup import Feature
from server.formats.reasons import left
from server.formats.refusal import FileRefused
from server.formats.register import access, geofa
from server.formats.rows import Found, Left
from server.formats.words import plain
from server.model.line import encode as encode_line
from server.model.simplify import TOLERANCE_M
from server.model.values import DENMARK

Floats: TypeAlias = NDArray[np.float64]
Box: TypeAlias = tuple[float, float, float, float]

WANTED = {"facility": "et punkt", "stretch": "en linje", "place": "et punkt"}
Kind: TypeAlias = Literal["facility", "stretch", "place"]
MOST_POINTS = 50_000  # of one line: 100 km with a point every two metres
SHORTEST_M = 0.5  # what is shorter is told as 0 m
JUMP_M = 5_000  # between two points of a line: what is straight for longer is a ferry, or one of them is wrong
METRES, DEGREES = "EPSG:25832", "EPSG:4326"
DEGREES_NAMED = re.compile(r"(?:^|\D)(?:4326|4979)\W*$|CRS:?84|WGS[ _]?(?:19)?84", re.IGNORECASE)
"""The names of WGS 84 in files."""
NEIGHBOURHOOD_DEG = 0.25
AREAS = frozenset({"Polygon", "MultiPolygon"})
THINGS = {"facility": ("facilitet", "faciliteter"), "stretch": ("linje", "linjer"), "place": ("mødested", "mødesteder")}
SHOWN = 10
"""Columns that are named."""
UNKNOWN = "Find ud af, hvilket koordinatsystem filen er i, og skriv --crs med dets EPSG-nummer."
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
    named: str = ""
    """The one that a GeoJSON names: GDAL takes WGS 84 for those that it does not know."""
    beside: str = ""
    """What lies in the same KMZ and is not read."""
    known: str = ""
    """The known layer that the file's only one is, where somebody has said so."""
    saved_on: str = ""
    """The day on which the file was last saved, for what has no date of its own (access.py)."""

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

    def points_near(self, lonlat: Floats) -> NDArray[np.bool_]:
        """`near` of many points, each by itself."""
        west, south, east, north = self.bounds or DENMARK
        pad = NEIGHBOURHOOD_DEG if self.bounds else 0.0
        with np.errstate(invalid="ignore"):
            low, high = lonlat >= (west - pad, south - pad), lonlat <= (east + pad, north + pad)
        return np.asarray((low & high).all(axis=1))


@dataclass
class Layer:
    """One layer while it is read: its way into metres, and what was set aside until the whole of it is known."""

    name: str
    choices: Choices
    source: pyproj.CRS
    kinds: Counter[Kind] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    swapped: list[tuple[int, str, str]] = field(default_factory=list)
    first_outside: Floats | None = None

    def __post_init__(self) -> None:
        self.degrees = self.source.is_geographic
        self.to_metres = pyproj.Transformer.from_crs(self.source, METRES, always_xy=True)
        self.to_degrees = pyproj.Transformer.from_crs(METRES, DEGREES, always_xy=True)

    @property
    def found(self) -> int:
        """How many rows could be used."""
        return self.kinds.total()

    def read_as(self, unread: Sequence[str] = ()) -> str:
        """How the layer was understood, for whoever looks before anything is kept; `unread` are columns that mean nothing here."""
        things = ", ".join(f"{count} {THINGS[kind][count != 1]}" for kind, count in self.kinds.items()) or "intet"
        more = f" og {len(unread) - SHOWN} til" if len(unread) > SHOWN else ""
        said = f"Laget {self.name} er læst i {self.source.name} som {things}."
        columns = ", ".join(plain(one)[:40] for one in unread[:SHOWN])
        return said + (f" Kolonner, der ikke bruges: {columns}{more}." if unread else "")

    def leave(self, row: int, code: str, **values: Any) -> None:
        self.left.append(left(self.name, row, code, **values))

    def remark(self, row: int | None, code: str, **values: Any) -> None:
        """Says what was taken otherwise than it stood; counts no row."""
        self.left.append(left(self.name, row, code, 0, **values))

    def features(self, first: int, features: Sequence[Feature]) -> Iterator[Found]:
        """The rows of a file whose XML was read, numbered from `first`."""
        shapes = [_shape(one) for one in features]
        array = np.array(shapes, dtype=object)
        self._refuse_metres_read_as_degrees(array)
        ready = self._ready_points(array)
        for one in features:
            if one.kind != "place" and access.wants_day(one.fields):
                one.fields[access.SAVED_ON] = self.choices.saved_on
        for row, (one, shape) in enumerate(zip(features, shapes, strict=True), first):
            if one.left is not None:
                self.leave(row, one.left[0], **one.left[1])
            elif not one.shape:
                self.leave(row, "no_geometry")
            elif shape is None:
                self.leave(row, "wrong_shape", shape=SHAPES[one.shape], wanted="et punkt eller en linje")
            elif shapely.is_empty(shape):
                self.leave(row, "empty", shape=SHAPES[shape.geom_type])
            elif (point := ready.get(row - first)) is not None and one.kind != "stretch":
                yield self._point(row, point, one.kind, one.fields)
            else:
                found = list(self._row(row, shape, one.kind, one.fields, whole=True))
                for code, values in one.remarks if found else ():
                    self.remark(row, code, **values)
                yield from found

    def rows(
        self, fids: list[int], shapes: NDArray[np.object_], fields: list[dict[str, Any] | None]
    ) -> Iterator[Found]:
        self._refuse_metres_read_as_degrees(shapes)
        ready = self._ready_points(shapes)
        for n, (row, shape, known) in enumerate(zip(fids, shapes, fields, strict=True)):
            if known is None:
                self.leave(row, "no_text")
            elif (belongs_to_map := geofa.type_left(self.name, known)) is not None:
                self.leave(row, "map_type", type=belongs_to_map)
            elif shape is None and known.get("moede") == "place":
                self.kinds["place"] += 1
                yield Found(
                    self.name, row, "place", geofa.own_id(known) or "", own=True, wkb="", wgs84="", fields=known
                )
            elif shape is None:
                self.leave(row, "no_geometry")
            elif shapely.is_empty(shape):
                self.leave(row, "empty", shape=SHAPES.get(shape.geom_type, shape.geom_type))
            elif (kind := geofa.kind_of(self.name, known, shape.geom_type)) is None:
                self.leave(row, "unknown_noun", value=plain(known["moede"])[:40])
            else:
                if access.wants_day(known):
                    known[access.SAVED_ON] = self.choices.saved_on
                if kind != "stretch" and (point := ready.get(n)) is not None:
                    yield self._point(row, point, kind, known)
                    continue
                inside = kind == "facility" and shape.geom_type in AREAS and geofa.is_area(self.name, known)
                yield from self._row(row, _inside(shape) if inside else shape, kind, known)

    def _ready_points(self, shapes: NDArray[np.object_]) -> dict[int, tuple[float, float, float, float]]:
        """{place in `shapes`: (x, y, lon, lat)} of the single points that lie here: reckoned at once, they cost a tenth."""
        at = np.flatnonzero((shapely.get_type_id(shapes) == 0) & ~shapely.is_empty(shapes))
        coordinates = shapely.get_coordinates(shapes[at])
        if len(coordinates) != len(at) or not len(at):
            return {}
        coordinates = coordinates[:, ::-1] if self.choices.swap else coordinates
        x, y = self.to_metres.transform(coordinates[:, 0], coordinates[:, 1])
        metres = np.round(np.column_stack((x, y)), 2) + 0.0
        lonlat = self._lonlat(metres)
        good = np.isfinite(coordinates).all(axis=1) & np.isfinite(metres).all(axis=1) & self.choices.points_near(lonlat)
        every = np.column_stack((metres, lonlat))[good]
        return {
            int(n): (x, y, round(lon, 6), round(lat, 6))
            for n, (x, y, lon, lat) in zip(at[good], every.tolist(), strict=True)
        }

    def _point(self, row: int, point: tuple[float, float, float, float], kind: Kind, known: dict[str, Any]) -> Found:
        self.kinds[kind] += 1
        x, y, lon, lat = point
        own, wkb = geofa.own_id(known), struct.pack("<BIdd", 1, 1, x, y)
        return Found(
            layer=self.name, row=row, kind=kind, key=own or hashlib.sha256(wkb).hexdigest(), own=own is not None,
            wkb=wkb.hex(), wgs84=(lon, lat), fields=known,
        )  # fmt: skip

    def _row(
        self, row: int, shape: shapely.Geometry, kind: Kind, known: dict[str, Any], *, whole: bool = False
    ) -> Iterator[Found]:
        """`whole`: a line is a route by itself; else it may be a short piece of one."""
        parts, more = _parts(shape, "LineString" if kind == "stretch" else "Point"), 0
        if parts and len(parts) > 1 and kind == "facility" and geofa.table_of(self.name, known) == 5800:
            more, parts = len(parts), parts[:1]  # a row of the register is one thing, with one id and one text
        if not parts or (kind != "stretch" and len(parts) > 1):
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
        if kind == "stretch":
            if not (lines := [line for line in metres if len(line) > 1]):
                self.leave(row, "no_length")
                return
            length = sum(float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines)
            if whole and length < SHORTEST_M:
                self.leave(row, "too_short", length=f"{length:.2f}".replace(".", ","))
                return
            for n in [n for n, line in enumerate(metres, 1) if len(line) < 2]:
                self.remark(row, "part", part=n, what="har ingen længde")
            metres = lines
            if (longest := max(float(np.hypot(*np.diff(line, axis=0).T).max()) for line in lines)) > JUMP_M:
                self.remark(row, "jump", km=round(longest / 1000))
        if more:
            self.remark(row, "points", count=more)
        self.kinds[kind] += 1
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
        if kind != "stretch":
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
            self.first_outside = every if self.first_outside is None else self.first_outside
            x, y = self._outside(every)
            self.leave(row, "outside", x=f"{x:.10g}", y=f"{y:.10g}")

    def _outside(self, every: Floats) -> Floats:
        """The point that is wrong: the first that is not in Denmark, else the first that is not here."""
        ordered = every[:, ::-1] if self.choices.swap else every
        x, y = self.to_metres.transform(ordered[:, 0], ordered[:, 1])
        lonlat = np.column_stack(self.to_degrees.transform(x, y))
        with np.errstate(invalid="ignore"):
            abroad = ~((lonlat >= DENMARK[:2]) & (lonlat <= DENMARK[2:])).all(axis=1)
        away = abroad if abroad.any() else ~self.choices.points_near(lonlat)
        point: Floats = every[int(away.argmax())]
        return point

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
        if self.first_outside is not None and not self.found and not self.swapped:
            way_out = _way_out(self.first_outside, self.choices)
            if way_out != UNKNOWN:
                yield left(self.name, None, "elsewhere", 0, crs=self.source.name, way_out=way_out)
        if len(self.swapped) > 1 and not self.found:
            _, lon, lat = self.swapped[0]
            yield left(self.name, None, "swapped_all", len(self.swapped), lon=lon, lat=lat)
        else:
            yield from (left(self.name, row, "swapped", lon=lon, lat=lat) for row, lon, lat in self.swapped)


def _inside(area: shapely.Geometry) -> shapely.Geometry:
    """A point inside an area, however it crosses itself; one at infinity where a coordinate is no number."""
    if not np.isfinite(shapely.get_coordinates(area)).all():
        return shapely.Point(np.inf, np.inf)
    return shapely.point_on_surface(area if shapely.is_valid(area) else shapely.make_valid(area))


def _parts(shape: shapely.Geometry, wanted: str) -> list[shapely.Geometry] | None:
    """The shape's parts where all are of the wanted sort, without the empty ones; None where it is another shape."""
    if shape.geom_type not in (wanted, f"Multi{wanted}"):
        return None
    parts = [part for part in shapely.get_parts(shape) if not shapely.is_empty(part)]
    return parts or None


def _shape(one: Feature) -> shapely.Geometry | None:
    """A feature's point or line; None where it is another shape."""
    if one.kind != "stretch":
        if one.shape != "Point":
            return None
        points = [point for part in one.parts for point in part]
        return shapely.Point(points[0]) if points else shapely.Point()
    lines = [shapely.LineString(part * 2 if len(part) == 1 else part) for part in one.parts]
    return shapely.MultiLineString(lines) if lines else shapely.LineString()


def _begun_at_smaller_end(line: Floats) -> Floats:
    return line if line.tolist() <= line[::-1].tolist() else line[::-1]


def _wkb(points: Floats) -> bytes:
    """Little-endian, 2D, no SRID: the one dialect that SpatiaLite reads."""
    shape = shapely.Point(points[0]) if len(points) == 1 else shapely.LineString(points)
    return bytes(shapely.to_wkb(shape, output_dimension=2, byte_order=1, include_srid=False))


def _hash(lines: list[Floats]) -> str:
    """SHA-256 of the normalised WKB; several parts in the order of theirs."""
    return hashlib.sha256(b"".join(sorted(_wkb(_begun_at_smaller_end(line)) for line in lines))).hexdigest()


def _way_out(points: Floats, choices: Choices) -> str:
    """Which coordinate system would put a point, or all points of a line, where the municipality is."""
    every = np.atleast_2d(points)
    for code in (25832, 4326, 25833, 3857):
        way = pyproj.Transformer.from_crs(code, DEGREES, always_xy=True)
        lonlat = np.column_stack(way.transform(every[:, 0], every[:, 1]))
        if np.isfinite(lonlat).all() and choices.near(lonlat):
            return f"I EPSG:{code} ligger de i kommunen: skriv --crs {code}, hvis det er rigtigt."
    return UNKNOWN


def source_of(layer: str, named: str | None, choices: Choices, first: Floats | None) -> pyproj.CRS:
    """The layer's coordinate system: the caller's choice, else what the file says."""
    if choices.crs is not None:
        try:
            return pyproj.CRS.from_epsg(choices.crs)
        except pyproj.exceptions.CRSError as reason:
            raise FileRefused(
                f"--crs {choices.crs} er ikke et koordinatsystem, der kendes. Danske kommuner bruger 25832."
            ) from reason
    if named == DEGREES and choices.named and not DEGREES_NAMED.search(choices.named):
        numbers = "" if first is None else f" Det første tal er {first[0]:.10g}. {_way_out(first, choices)}"
        raise FileRefused(f"koordinatsystemet {plain(choices.named)[:60]!r}, som filen nævner, kendes ikke.{numbers}")
    try:
        source = pyproj.CRS.from_user_input(named or "")
        known = not source.name.lower().startswith("undefined") and (source.is_geographic or source.is_projected)
    except pyproj.exceptions.CRSError:
        known = False
    if not known:
        numbers = "" if first is None else f" Det første tal er {first[0]:.10g}. {_way_out(first, choices)}"
        raise FileRefused(f"laget {layer} siger ikke, hvilket koordinatsystem det er i.{numbers}")
    return source

"""What the map covers: a box round the municipality. Beyond it nothing is known, so nothing is drawn.

The box is what a pack's `bounds` say and what the phone frames. Shapes across its edge are cut there, shapes outside it
are left and counted.
"""

import math

import numpy as np
import pyproj
import shapely

from tiles.grid import Bounds
from tiles.layers.layer import TYPES, Layer, Shape, Shapes
from tiles.sources.read import Left, Source

MARGIN = 15_000.0  # metres on the ground: a phone held upright shows that much round the whole municipality
OUTSIDE = "outside the frame"


def round_the(area: Source) -> shapely.Polygon:
    """The frame in EPSG:3857, its margin true on the ground at that latitude."""
    west, south, east, north = shapely.total_bounds(area.shapes).tolist()
    margin = drawn(MARGIN, (south + north) / 2)
    return shapely.box(west - margin, south - margin, east + margin, north + margin)


def drawn(metres: float, y: float) -> float:
    """How long EPSG:3857 draws metres on the ground at a height `y` of its own: the farther north, the longer."""
    return metres * math.cosh(y / 6378137.0)


def to_metres(lon: float, lat: float) -> tuple[float, float]:
    """A point in degrees as one in EPSG:3857."""
    x, y = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True).transform(lon, lat)
    return float(x), float(y)


def bounds(box: shapely.Geometry) -> Bounds:
    """Its corners in degrees, at most 6 decimals."""
    back = pyproj.Transformer.from_crs("EPSG:3857", "EPSG:4326", always_xy=True)
    west, south, east, north = shapely.bounds(box).tolist()
    (w, e), (s, n) = back.transform([west, east], [south, north])
    return round(w, 6), round(s, 6), round(e, 6), round(n, 6)


def fit(layer: Layer, frame: shapely.Polygon) -> Layer:
    """The layer made valid and cut at the frame. What lies outside is named in `left`."""
    whole = np.array(layer.shapes, dtype=object)
    fitted = Layer(layer.name, layer.shape, left=list(layer.left))
    if not len(whole):
        return fitted
    if layer.shape == "polygon":
        whole = of_shape(shapely.make_valid(whole), "polygon")
    inside = shapely.covers(frame, whole)
    whole[~inside] = of_shape(shapely.intersection(whole[~inside], frame), layer.shape)
    for number, shape in enumerate(whole):
        values = {name: column[number] for name, column in layer.fields.items()}
        if shape is None:
            fitted.left.append(Left(*layer.origin[number], OUTSIDE))
        else:
            fitted.add(shape, layer.origin[number], layer.from_zoom[number], **values)
    return fitted


def of_shape(shapes: Shapes, shape: Shape) -> Shapes:
    """Of each only the parts that are polygons (or lines, or points), as one shape; None where there is no such part."""
    found = np.array(shapes, dtype=object)
    found[shapely.is_empty(found)] = None
    mixed = shapely.get_type_id(found) == 7
    odd = ~mixed & ~np.isin(shapely.get_type_id(found), TYPES[shape])
    found[odd] = None
    for number in np.flatnonzero(mixed):
        parts = shapely.get_parts(shapely.get_parts(found[number]))
        kept = parts[np.isin(shapely.get_type_id(parts), TYPES[shape]) & ~shapely.is_empty(parts)]
        found[number] = _together(kept, shape)
    return found


def _together(parts: Shapes, shape: Shape) -> shapely.Geometry | None:
    if not len(parts):
        return None
    if len(parts) == 1:
        return parts[0]
    if shape == "polygon":
        return shapely.multipolygons(parts)
    return shapely.multilinestrings(parts) if shape == "line" else shapely.multipoints(parts)

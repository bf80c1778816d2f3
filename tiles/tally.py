"""Counts an archive again with a decoder that had no part in writing it."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import shapely
from shapely.geometry import shape

from tiles.archive import tiles_of
from tiles.cut import NUMBER
from tiles.grid import Tile
from tiles.layers.layer import MAX_ZOOM
from tiles.snap import EXTENT, unit

Key = tuple[str, int]  # layer, zoom
SEA = "ocean"
TILE = shapely.box(0, 0, EXTENT, EXTENT)


@dataclass
class Tally:
    """What the tiles hold. Sizes are metres or square metres of EPSG:3857 at the last zoom, each tile without its buffer."""

    tiles: int = 0
    zooms: set[int] = field(default_factory=set)
    unreadable: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    extents: set[int] = field(default_factory=set)
    features: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    numbers: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    sizes: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sea: dict[Tile, list[shapely.Geometry]] = field(default_factory=lambda: defaultdict(list))


def tally(path: Path) -> Tally:
    """Decode every tile and count. A tile that can not be decoded is named, not raised."""
    count = Tally()
    for tile, data in tiles_of(path):
        count.tiles += 1
        count.zooms.add(tile[0])
        try:
            layers = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
        except Exception as no:  # the decoder raises whatever it stumbles on
            count.unreadable.append(f"{_name(tile)}: {type(no).__name__}")
            continue
        if not any(content["features"] for content in layers.values()):
            count.bare.append(_name(tile))
        for layer, content in layers.items():
            count.extents.add(content["extent"])
            for one in content["features"]:
                _count(count, tile, layer, one)
    return count


def in_sea(count: Tally, zoom: int, lon: float, lat: float) -> bool:
    """Whether a point lies in the sea that the tiles of a zoom draw."""
    x = (lon + 180) / 360 * 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom
    point = shapely.Point((x % 1) * EXTENT, (y % 1) * EXTENT)
    return any(area.covers(point) for area in count.sea.get((zoom, int(x), int(y)), []))


def _count(count: Tally, tile: Tile, layer: str, one: dict[str, Any]) -> None:
    zoom = tile[0]
    drawn = shape(one["geometry"])
    count.features[layer, zoom] += 1
    if NUMBER in one["properties"]:
        count.numbers[layer, zoom].add(int(one["properties"][NUMBER]))
    if name := one["properties"].get("name"):
        count.names[layer].add(str(name))
    if drawn.is_empty or not drawn.is_valid:
        count.invalid.append(f"{_name(tile)} {layer}: {'empty' if drawn.is_empty else shapely.is_valid_reason(drawn)}")
        return
    if layer == SEA:
        count.sea[tile].append(drawn)
    if zoom == MAX_ZOOM:
        inside = drawn if TILE.covers(drawn) else drawn.intersection(TILE)
        grid = unit(zoom)
        polygon = drawn.geom_type in {"Polygon", "MultiPolygon"}
        # A line along a seam lies in both tiles; the half-open rule would need a cutter of our own, and 0.5 % forgives it.
        count.sizes[layer] += inside.area * grid * grid if polygon else inside.length * grid


def _name(tile: Tile) -> str:
    return "/".join(map(str, tile))

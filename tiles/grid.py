"""Which tile a point in degrees lies in, and how large the world is."""

import math

HALF_WORLD = 20037508.342789244  # metres from the middle to the edge of EPSG:3857

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
Tile = tuple[int, int, int]  # z, x, y


def column(lon: float, zoom: int) -> int:
    """The x of the tile at a longitude."""
    return int((lon + 180) / 360 * 2**zoom)


def row(lat: float, zoom: int) -> int:
    """The y of the tile at a latitude."""
    return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)


def touches(tile: Tile, bounds: Bounds) -> bool:
    """Whether a tile touches a box in degrees."""
    zoom, x, y = tile
    west, south, east, north = bounds
    return column(west, zoom) <= x <= column(east, zoom) and row(north, zoom) <= y <= row(south, zoom)

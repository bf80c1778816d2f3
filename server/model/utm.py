"""EPSG:25832 (UTM zone 32 on GRS80), in which points are stored, to degrees, for whoever may load neither PROJ nor a database.

Krüger's series to the fourth order in n (Karney, Transverse Mercator with an accuracy of a few nanometers, 2011, equation 36; the latitude
by the series in Snyder, Map Projections, 1987): within Denmark never a millimetre off (its test asks PROJ)."""

import cmath
import math
from typing import Final, TypeVar

from server.model.values import Point

Number = TypeVar("Number", float, complex)

_F: Final = 1 / 298.257222101
_N: Final = _F / (2 - _F)
_A: Final = 6_378_137.0 / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64) * 0.9996
_EAST: Final = 500_000.0
_MERIDIAN: Final = 9.0
_BETA: Final = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161_280,
)
_DELTA: Final = (
    2 * _N - 2 * _N**2 / 3 - 2 * _N**3 + 116 * _N**4 / 45,
    7 * _N**2 / 3 - 8 * _N**3 / 5 - 227 * _N**4 / 45,
    56 * _N**3 / 15 - 136 * _N**4 / 35,
    4279 * _N**4 / 630,
)


def degrees(x: float, y: float) -> Point:
    """[lon, lat] of east and north in metres, unrounded."""
    at = complex(y / _A, (x - _EAST) / _A)
    at -= _series(_BETA, cmath.sin(2 * at), cmath.cos(2 * at))
    wide = math.sinh(at.imag)
    conformal = math.asin(math.sin(at.real) / math.hypot(1, wide))
    lat = conformal + _series(_DELTA, math.sin(2 * conformal), math.cos(2 * conformal))
    return _MERIDIAN + math.degrees(math.atan2(wide, math.cos(at.real))), math.degrees(lat)


def _series(k: tuple[float, float, float, float], sin: Number, cos: Number) -> Number:
    """The sum of k[j] times the sine of j + 1 angles, from one angle's sine and cosine."""
    sin2, cos2 = 2 * sin * cos, 2 * cos * cos - 1
    return k[0] * sin + k[1] * sin2 + k[2] * (sin2 * cos + cos2 * sin) + k[3] * 2 * sin2 * cos2

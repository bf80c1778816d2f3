"""EPSG:25832 (UTM zone 32 on GRS80), in which points are stored, to degrees, for whoever may load neither PROJ nor a database.

Krüger's series to the fourth order in n, as in Karney, Transverse Mercator with an accuracy of a few nanometers (2011), equations
12, 29, 36: within Denmark never a millimetre off (its test asks PROJ)."""

import math
from typing import Final

from server.model.values import Point

_F: Final = 1 / 298.257222101
_N: Final = _F / (2 - _F)
_E: Final = math.sqrt(_F * (2 - _F))
_A: Final = 6_378_137.0 / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64) * 0.9996
_EAST: Final = 500_000.0
_MERIDIAN: Final = 9.0
_BETA: Final = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161_280,
)


def degrees(x: float, y: float) -> Point:
    """[lon, lat] of east and north in metres, unrounded."""
    xi = xi_0 = y / _A
    eta = eta_0 = (x - _EAST) / _A
    for j, beta in enumerate(_BETA, 1):
        xi -= beta * math.sin(2 * j * xi_0) * math.cosh(2 * j * eta_0)
        eta -= beta * math.cos(2 * j * xi_0) * math.sinh(2 * j * eta_0)
    wide = math.sinh(eta)
    tau_of = math.sin(xi) / math.hypot(wide, math.cos(xi))
    tau = tau_of
    for _ in range(3):  # Newton; the second step is below what a float tells apart
        root = math.hypot(1, tau)
        sigma = math.sinh(_E * math.atanh(_E * tau / root))
        seen = tau * math.hypot(1, sigma) - sigma * root
        tau += (tau_of - seen) / math.hypot(1, seen) * (1 + (1 - _E**2) * tau**2) / ((1 - _E**2) * root)
    return _MERIDIAN + math.degrees(math.atan2(wide, math.cos(xi))), math.degrees(math.atan(tau))

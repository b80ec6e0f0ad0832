# SPDX-License-Identifier: Apache-2.0
"""From the metres of a UTM zone to degrees, WGS 84: offices and hand receivers write both.

Krüger's series to the fourth order, as in Karney, *Transverse Mercator with an accuracy of a few
nanometers* (2011), equations 11, 12 and 36; inside a zone it is good to less than a millimetre.
"""

from __future__ import annotations

import math
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _

_AXIS: Final = 6_378_137.0
_FLATTENING: Final = 1 / 298.257223563
_SCALE: Final = 0.9996
_FALSE_EAST: Final = 500_000.0
_FALSE_NORTH: Final = 10_000_000.0
"""Added to the metres of the southern half."""

_N: Final = _FLATTENING / (2 - _FLATTENING)
_RADIUS: Final = _AXIS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA: Final = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)
_ECCENTRICITY: Final = math.sqrt(_FLATTENING * (2 - _FLATTENING))


def from_utm(zone: int, north: bool, east: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude in degrees. ``Problem`` for a zone or metres that do not exist."""
    if not 1 <= zone <= 60 or not 100_000 <= east < 1_000_000 or not 0 <= northing <= 10_000_000:
        raise Problem(_("There is no such place. Check the zone and the metres of the grid."))
    xi = (northing - (0.0 if north else _FALSE_NORTH)) / (_SCALE * _RADIUS)
    eta = (east - _FALSE_EAST) / (_SCALE * _RADIUS)
    true_xi = xi - sum(
        beta * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, beta in enumerate(_BETA, 1)
    )
    true_eta = eta - sum(
        beta * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, beta in enumerate(_BETA, 1)
    )
    conformal = math.sin(true_xi) / math.cosh(true_eta)
    latitude = _geodetic(math.asin(max(-1.0, min(1.0, conformal))))
    longitude = math.degrees(math.atan2(math.sinh(true_eta), math.cos(true_xi)))
    return math.degrees(latitude), zone * 6 - 183 + longitude


def _geodetic(conformal: float) -> float:
    """The latitude on the ellipsoid of a conformal latitude, in radians; three steps suffice."""
    target = math.asinh(math.tan(conformal))
    latitude = conformal
    for _step in range(6):
        sine = math.sin(latitude)
        isometric = math.asinh(math.tan(latitude)) - _ECCENTRICITY * math.atanh(
            _ECCENTRICITY * sine
        )
        slope = (1 - _ECCENTRICITY**2) / (
            (1 - (_ECCENTRICITY * sine) ** 2) * max(math.cos(latitude), 1e-12)
        )
        latitude += (target - isometric) / slope
    return latitude

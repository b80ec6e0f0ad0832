# SPDX-License-Identifier: Apache-2.0
"""Places on the ground (ODK XForms, Geographic Functions).

A point is "latitude longitude [altitude [accuracy]]" in degrees and metres, a line or an area
points with ``;`` between. The earth is a ball of 6,378,100 m, as in JavaRosa and ODK Web Forms.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final, TypeAlias

from desktop.xforms.node import Node
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import function
from desktop.xforms.xpath.values import NAN, Value, strings

Point: TypeAlias = tuple[float, float]

_RADIUS: Final = 6_378_100.0


def _point(text: str) -> Point | None:
    """Latitude and longitude in degrees; None for what is no place on earth."""
    parts = text.split()
    if not 2 <= len(parts) <= 4:
        return None
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except ValueError:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return latitude, longitude


def _line(text: str) -> list[Point] | None:
    """The points of a line or an area; ``;`` at the end are left out."""
    found = [_point(part) for part in text.rstrip("; \t\r\n").split(";")]
    points = [point for point in found if point is not None]
    return points if len(points) == len(found) else None


def _points(values: tuple[Value, ...]) -> list[Point] | None:
    """One value is a line or an area, several (or the nodes of one) are points."""
    texts = strings(values)
    if len(texts) == 1:
        return _line(texts[0])
    found = [_point(text) for text in texts]
    points = [point for point in found if point is not None]
    return points if points and len(points) == len(found) else None


@function("distance", 1, None)
def _distance(_node: Node, _environment: Environment, *values: Value) -> float:
    """Metres along the points, to the centimetre; NaN for what are no points."""
    points = _points(values)
    if points is None:
        return NAN
    total = 0.0
    for (lat1, lon1), (lat2, lon2) in pairwise(points):
        phi1, phi2 = math.radians(lat1), math.radians(lat2)
        # Haversine: the arc cosine of the specification is 6 cm off between near points.
        half = (
            math.sin((phi2 - phi1) / 2) ** 2
            + math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
        )
        total += 2 * _RADIUS * math.asin(min(1.0, math.sqrt(half)))
    return round(total, 2)


@function("area enclosed-area", 1, None)
def _area(_node: Node, _environment: Environment, *values: Value) -> float:
    """Square metres within the points, to the hundredth; 0 for what encloses nothing."""
    points = _points(values)
    if points is None or len(points) < 3:
        return 0.0
    if points[0] != points[-1]:
        points.append(points[0])
    total = 0.0
    for (lat1, lon1), (lat2, lon2) in pairwise(points):
        total += math.radians(lon2 - lon1) * (
            2 + math.sin(math.radians(lat2)) + math.sin(math.radians(lat1))
        )
    return round(abs(total * _RADIUS * _RADIUS / 2), 2)


@function("geofence", 2)
def _geofence(_node: Node, _environment: Environment, point: Value, area: Value) -> bool:
    """Whether the point is inside the closed area (PNPOLY); false for what is neither."""
    points = strings((point,))
    areas = strings((area,))
    place = _point(points[0]) if points else None
    fence = _line(areas[0]) if areas else None
    if place is None or fence is None or len(fence) < 2 or fence[0] != fence[-1]:
        return False
    latitude, longitude = place
    inside = False
    for (lat1, lon1), (lat2, lon2) in pairwise(fence):
        if (lat2 > latitude) != (lat1 > latitude) and longitude < (lon1 - lon2) * (
            latitude - lat2
        ) / (lat1 - lat2) + lon2:
            inside = not inside
    return inside


def _turn(a: Point, b: Point, c: Point) -> int:
    """1 when a, b, c turn left, -1 right, 0 when they are in a line."""
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (cross > 0) - (cross < 0)


def _within(a: Point, b: Point, c: Point) -> bool:
    """Whether c, in a line with a and b, is between them."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(
        a[1], b[1]
    )


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the stretches a–b and c–d have a point in common."""
    one, two, three, four = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if one != two and three != four:
        return True
    return (
        (one == 0 and _within(a, b, c))
        or (two == 0 and _within(a, b, d))
        or (three == 0 and _within(c, d, a))
        or (four == 0 and _within(c, d, b))
    )


_MOST_POINTS: Final = 2_000


@function("intersects", 1)
def _intersects(_node: Node, _environment: Environment, line: Value) -> bool:
    """Whether a line or the edge of an area crosses or touches itself.

    Stretches that follow one another share their point and may not turn straight back; an area
    shares its first point with its last. Past 2,000 points (hours of walking) the rest is left
    out: every pair is looked at.
    """
    points = _points((line,))
    if points is None:
        return False
    points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]][:_MOST_POINTS]
    stretches = list(pairwise(points))
    closed = len(points) > 2 and points[0] == points[-1]
    for i, (a, b) in enumerate(stretches):
        for j in range(i + 1, len(stretches)):
            c, d = stretches[j]
            if j == i + 1:
                if _turn(a, b, d) == 0 and _within(a, b, d):
                    return True
            elif closed and i == 0 and j == len(stretches) - 1:
                if _turn(c, d, b) == 0 and _within(c, d, b):
                    return True
            elif _meet(a, b, c, d):
                return True
    return False

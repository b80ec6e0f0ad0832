# SPDX-License-Identifier: Apache-2.0
"""Distances, areas, and what lies within them."""

from __future__ import annotations

import math

import pytest

from tests.xforms.xpath.ask import ask, same

NAN = math.nan


def test_decision_x21_distances_are_right_between_neighbours_too() -> None:
    """Mutant: the arc cosine of the specification, 6 cm off."""
    assert ask("distance('15 100', '15.000001 100')") == 0.11
    assert ask("distance('0 0;0 1')") == 111318.85
    assert ask("distance('0 0 5 5; 0 1 ; 0 0;')") == 222637.69
    assert ask("distance(//p)", "<d><p>0 0</p><p>0 1</p></d>") == 111318.85
    assert ask("distance('0 0')") == 0.0
    for wrong in (
        "'x'",
        "''",
        "'0 0', 'x'",
        "'91 0;0 0'",
        "'0 181;0 0'",
        "'0 0 0 0 0;1 1'",
        "'nan nan'",
    ):
        assert same(ask(f"distance({wrong})"), NAN)
    assert ask("area('0 0;0 1;1 1;1 0')") == ask("area('0 0;0 1;1 1;1 0;0 0')")
    assert ask("area('x')") == 0.0
    assert ask("area('0 0;1 1')") == 0.0


SQUARE = "'0 0 0 0;0 1 0 0;1 1 0 0;1 0 0 0;0 0 0 0'"


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        (f"geofence('0.5 0.5', {SQUARE})", True),
        (f"geofence('2 0.5', {SQUARE})", False),
        (f"geofence('', {SQUARE})", False),
        ("geofence('0.5 0.5', '0 0;0 1;1 1')", False),
        ("geofence('0.5 0.5', 'x')", False),
        (f"geofence(//none, {SQUARE})", False),
        (f"intersects({SQUARE})", False),
        ("intersects('0 0;1 1;1 0;0 1')", True),
        ("intersects('0 0;0 2;0 1')", True),
        ("intersects('0 0;0 1;0 2')", False),
        ("intersects('0 0;0 2;1 1;0 1')", True),
        ("intersects('0 0')", False),
        ("intersects('')", False),
    ],
)
def test_places_are_inside_and_lines_cross(expression: str, truth: bool) -> None:
    """Mutant: neighbouring stretches said to meet because they share a point."""
    assert ask(expression) is truth

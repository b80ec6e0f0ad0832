# SPDX-License-Identifier: Apache-2.0
"""Where a dragged box catches, and what is drawn of it."""

from __future__ import annotations

import pytest

from desktop.model.template import Column, Template, Text
from desktop.model.template_edit import Box
from desktop.model.template_snap import (
    columns_of,
    lines_of,
    others_of,
    snapped,
    snapped_edges,
)

PAGE = Template(purpose="certificate", titles={}, width=297, height=210, safe=8)


def caught(box: Box, *others: Box, reach: float = 2) -> tuple[float, float, set[str]]:
    found = snapped(box, lines_of(PAGE, others), others, reach)
    landed = box.moved(found.dx, found.dy)
    return round(landed.x, 3), round(landed.y, 3), {guide.kind for guide in found.guides}


def test_nothing_near_catches_nothing() -> None:
    assert caught(Box(50, 50, 20, 20)) == (50, 50, set())


def test_the_page_its_middle_and_the_safe_area_catch() -> None:
    assert caught(Box(1.2, 50, 20, 20)) == (0, 50, {"page"})
    assert caught(Box(7, 50, 20, 20)) == (8, 50, {"safe"})
    assert caught(Box(140.2, 50, 20, 20)) == (138.5, 50, {"middle"})
    assert caught(Box(50, 189.5, 20, 20)) == (50, 190, {"page"})
    assert caught(Box(50, 94, 20, 20)) == (50, 95, {"middle"})


def test_edges_and_middles_of_others_catch() -> None:
    other = Box(60, 60, 30, 10)
    assert caught(Box(61, 90, 20, 20), other) == (60, 90, {"edge"})
    assert caught(Box(66, 90, 20, 20), other) == (65, 90, {"edge"})
    assert caught(Box(91.5, 90, 20, 20), other) == (90, 90, {"edge"})
    assert caught(Box(120, 71, 20, 20), other)[:2] == (120, 70)


def test_the_nearest_wins() -> None:
    """Mutant: the first line found instead of the nearest."""
    assert caught(Box(9, 50, 20, 20), Box(9.4, 100, 5, 5))[0] == pytest.approx(9.4)


def test_a_box_catches_where_gaps_are_equal() -> None:
    left, right = Box(20, 50, 20, 20), Box(120, 50, 20, 20)
    x, _y, kinds = caught(Box(70.8, 50, 19, 20), left, right)
    assert x == 70.5
    assert "gap" in kinds
    row = (Box(20, 50, 20, 20), Box(50, 50, 20, 20))
    x, _y, kinds = caught(Box(81, 52, 20, 17), *row)
    assert x == 80
    assert "gap" in kinds


def test_the_guides_of_equal_gaps_span_them() -> None:
    row = (Box(20, 50, 20, 20), Box(50, 50, 20, 20))
    found = snapped(Box(81, 50, 23, 20), lines_of(PAGE, row), row, 2)
    gaps = sorted((guide.at, guide.to) for guide in found.guides if guide.kind == "gap")
    assert gaps == [(40, 50), (70, 80)]


def test_gaps_are_of_one_row() -> None:
    """Mutant: gaps counted between boxes that do not stand side by side."""
    left, right = Box(20, 150, 20, 20), Box(120, 150, 20, 20)
    assert caught(Box(71.2, 30, 19, 20), left, right)[2] == set()


def test_a_side_that_is_dragged_catches_alone() -> None:
    other = (Box(60, 60, 30, 10),)
    lines = lines_of(PAGE, other)
    found = snapped_edges(Box(10, 10, 49, 20), "e", lines, 2)
    assert (found.dx, found.dy) == (1, 0)
    assert len(found.guides) == 1
    assert snapped_edges(Box(10, 10, 20, 49), "se", lines, 2).dy == 1
    assert snapped_edges(Box(9, 9, 20, 20), "nw", lines, 2).dx == -1
    assert snapped_edges(Box(59, 10, 20, 20), "n", lines, 2).dx == 0


def test_hidden_and_flowing_elements_and_the_moving_one_do_not_catch() -> None:
    def text(name: str, **said: object) -> Text:
        return Text(id=name, x=1, y=1, width=2, height=2, text="", **said)  # type: ignore[arg-type]

    column = Column(id="c", x=5, y=5, width=9, height=9)
    held = Template(
        purpose="badge",
        titles={},
        width=90,
        height=60,
        safe=0,
        elements=(column, text("a"), text("b", hidden=True), text("d", column="c")),
    )
    assert others_of(held, ["a"]) == (Box(5, 5, 9, 9),)
    assert columns_of(held) == (column,)
    assert not [line for line in lines_of(held, ()) if line.kind == "safe"]

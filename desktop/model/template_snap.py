# SPDX-License-Identifier: Apache-2.0
"""Where something that is dragged catches: edges, middles and equal gaps; and what to draw of it.

A box catches with its edges and its middle at the edges of the page, the safe area, the middle of
the page, and the edges and middles of other elements; and between two neighbours, or beside a
row of them, where the gaps become equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from desktop.model.template import Column, Template
from desktop.model.template_edit import Axis, Box, Handle, box_of, flows

Kind = Literal["page", "safe", "middle", "edge", "gap"]
_SAME: Final = 0.005
_RANK: Final = {"middle": 0, "safe": 1, "page": 1, "edge": 2, "gap": 3}


@dataclass(frozen=True, slots=True)
class Line:
    """Something to catch at: ``axis`` x is an upright line at x = ``at``, from ``low`` to ``high``
    of the other axis."""

    axis: Axis
    at: float
    low: float
    high: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Guide:
    """Something to draw: an upright (x) or level (y) line, or a gap (``at`` to ``to``)."""

    axis: Axis
    at: float
    low: float
    high: float
    kind: Kind
    to: float = 0.0
    """The other end of a gap along the axis; ``low`` and ``high`` are then the same."""


@dataclass(frozen=True, slots=True)
class Snap:
    """How far to go on from where the mouse is, and the guides that say why."""

    dx: float = 0.0
    dy: float = 0.0
    guides: tuple[Guide, ...] = ()


def others_of(template: Template, moving: Iterable[str]) -> tuple[Box, ...]:
    """Boxes that something dragged may catch at: of what is seen, in a place of its own."""
    gone = set(moving)
    return tuple(
        box_of(one)
        for one in template.elements
        if one.id not in gone and not one.hidden and not flows(one)
    )


def columns_of(template: Template) -> tuple[Column, ...]:
    """The columns of a template in their order."""
    return tuple(one for one in template.elements if isinstance(one, Column))


def lines_of(template: Template, others: Sequence[Box]) -> tuple[Line, ...]:
    """Everything to catch at."""
    wide, high, safe = template.width, template.height, template.safe
    found = [
        Line("x", 0, 0, high, "page"),
        Line("x", wide, 0, high, "page"),
        Line("x", wide / 2, 0, high, "middle"),
        Line("y", 0, 0, wide, "page"),
        Line("y", high, 0, wide, "page"),
        Line("y", high / 2, 0, wide, "middle"),
    ]
    if safe > 0:
        found += [
            Line("x", safe, 0, high, "safe"),
            Line("x", wide - safe, 0, high, "safe"),
            Line("y", safe, 0, wide, "safe"),
            Line("y", high - safe, 0, wide, "safe"),
        ]
    for box in others:
        for at in (box.x, box.x + box.width / 2, box.right):
            found.append(Line("x", at, box.y, box.bottom, "edge"))
        for at in (box.y, box.y + box.height / 2, box.bottom):
            found.append(Line("y", at, box.x, box.right, "edge"))
    return tuple(found)


def snapped(box: Box, lines: Sequence[Line], others: Sequence[Box], reach: float) -> Snap:
    """Where a box that is moved catches, within ``reach`` millimetres of where it is."""
    dx, of_x = _caught(box, "x", lines, others, reach)
    dy, of_y = _caught(box, "y", lines, others, reach)
    landed = box.moved(dx, dy)
    guides = (*_guides(landed, "x", lines, of_x), *_guides(landed, "y", lines, of_y))
    gaps = tuple(
        gap for axis, caught in (("x", of_x), ("y", of_y)) if caught == "gap"
        for gap in _gaps(landed, axis, others)  # type: ignore[arg-type]
    )  # fmt: skip
    return Snap(dx, dy, (*guides, *gaps))


def snapped_edges(box: Box, handle: Handle, lines: Sequence[Line], reach: float) -> Snap:
    """Where the sides that a handle moves catch."""
    at_x = box.x if "w" in handle else box.right if "e" in handle else None
    at_y = box.y if "n" in handle else box.bottom if "s" in handle else None
    dx, line_x = _nearest(at_x, "x", lines, reach)
    dy, line_y = _nearest(at_y, "y", lines, reach)
    guides = []
    for line in (line_x, line_y):
        if line is not None:
            low, high = _span(box, line)
            guides.append(Guide(line.axis, line.at, low, high, line.kind))
    return Snap(dx, dy, tuple(guides))


def _nearest(
    at: float | None, axis: Axis, lines: Sequence[Line], reach: float
) -> tuple[float, Line | None]:
    if at is None:
        return 0.0, None
    near = [line for line in lines if line.axis == axis and abs(line.at - at) <= reach]
    if not near:
        return 0.0, None
    line = min(near, key=lambda one: (abs(one.at - at), _RANK[one.kind]))
    return line.at - at, line


def _marks(box: Box, axis: Axis) -> tuple[float, float, float]:
    if axis == "x":
        return box.x, box.x + box.width / 2, box.right
    return box.y, box.y + box.height / 2, box.bottom


def _caught(
    box: Box, axis: Axis, lines: Sequence[Line], others: Sequence[Box], reach: float
) -> tuple[float, str]:
    """How far to the nearest catch along an axis, and of what kind ("" for none)."""
    best: tuple[float, int, float, str] | None = None
    for mark in _marks(box, axis):
        for line in lines:
            if line.axis == axis and abs(line.at - mark) <= reach:
                step = line.at - mark
                found = (round(abs(step), 4), _RANK[line.kind], step, line.kind)
                best = found if best is None or found[:2] < best[:2] else best
    for step in _gap_steps(box, axis, others):
        if abs(step) <= reach:
            tried = (round(abs(step), 4), _RANK["gap"], step, "gap")
            best = tried if best is None or tried[:2] < best[:2] else best
    return (best[2], best[3]) if best is not None else (0.0, "")


def _span(box: Box, line: Line) -> tuple[float, float]:
    low, high = (box.y, box.bottom) if line.axis == "x" else (box.x, box.right)
    return min(low, line.low), max(high, line.high)


def _guides(box: Box, axis: Axis, lines: Sequence[Line], caught: str) -> tuple[Guide, ...]:
    """One guide for each place at which the box, as it lies now, meets a line."""
    if not caught:
        return ()
    found: dict[float, Guide] = {}
    for mark in _marks(box, axis):
        for line in lines:
            if line.axis != axis or abs(line.at - mark) > _SAME:
                continue
            low, high = _span(box, line)
            key = round(line.at, 2)
            before = found.get(key)
            if before is None:
                found[key] = Guide(axis, line.at, low, high, line.kind)
            else:
                kind = min(before.kind, line.kind, key=lambda one: _RANK[one])
                found[key] = Guide(
                    axis, line.at, min(low, before.low), max(high, before.high), kind
                )
    return tuple(found.values())


# ── equal gaps ───────────────────────────────────────────────────────────────────────────────


def _along(box: Box, axis: Axis) -> tuple[float, float, float, float]:
    """Start and end along the axis, then across it."""
    if axis == "x":
        return box.x, box.right, box.y, box.bottom
    return box.y, box.bottom, box.x, box.right


def _beside(box: Box, axis: Axis, others: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Boxes of the same row before and after, the nearest first."""
    start, end, low, high = _along(box, axis)
    before, after = [], []
    for one in others:
        begin, stop, under, over = _along(one, axis)
        if under >= high or over <= low:
            continue
        middle = (begin + stop) / 2
        if stop <= start + (end - start) / 2 and middle < start:
            before.append(one)
        elif begin >= start + (end - start) / 2 and middle > end:
            after.append(one)
    before.sort(key=lambda one: -_along(one, axis)[1])
    after.sort(key=lambda one: _along(one, axis)[0])
    return before, after


def _gap_steps(box: Box, axis: Axis, others: Sequence[Box]) -> tuple[float, ...]:
    start, end, _low, _high = _along(box, axis)
    before, after = _beside(box, axis, others)
    steps = []
    if before and after:
        left, right = _along(before[0], axis)[1], _along(after[0], axis)[0]
        if right - left >= end - start:
            steps.append((left + right) / 2 - (start + end) / 2)
    if len(before) > 1:
        gap = _along(before[0], axis)[0] - _along(before[1], axis)[1]
        if gap > 0:
            steps.append(_along(before[0], axis)[1] + gap - start)
    if len(after) > 1:
        gap = _along(after[1], axis)[0] - _along(after[0], axis)[1]
        if gap > 0:
            steps.append(_along(after[0], axis)[0] - gap - end)
    return tuple(steps)


def _gaps(box: Box, axis: Axis, others: Sequence[Box]) -> tuple[Guide, ...]:
    """The gaps around a box that lies where they are equal."""
    before, after = _beside(box, axis, others)
    row = [*reversed(before[:2]), box, *after[:2]]
    spans = []
    for first, second in pairwise(row):
        _start, end, low, high = _along(first, axis)
        begin, _stop, under, over = _along(second, axis)
        level = (max(low, under) + min(high, over)) / 2
        spans.append((end, begin, level))
    sizes = [begin - end for end, begin, _level in spans]
    at = row.index(box)
    near = [sizes[place] for place in (at - 1, at) if 0 <= place < len(sizes)]
    same = next(
        (size for size in near if sum(abs(size - one) <= _SAME * 4 for one in sizes) > 1), None
    )
    if same is None:
        return ()
    return tuple(
        Guide(axis, end, level, level, "gap", begin)
        for (end, begin, level), size in zip(spans, sizes, strict=True)
        if abs(size - same) <= _SAME * 4
    )

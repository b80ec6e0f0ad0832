# SPDX-License-Identifier: Apache-2.0
"""What a page of a template comes to: marks with their places, worked out and not yet drawn.

Places are points from the lower left of the page. A mark is a plain value, so that two pages on
which the same marks stand can share one drawing of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.template import AnyElement, Fit
from desktop.printing.typeface import Align, Ink, Typeface

TroubleKind = Literal["overflow", "collision", "edge", "missing", "unprintable"]


class PageProblem(Problem):
    """Something on one page cannot be printed; the sentence says what, ``element_id`` where."""

    def __init__(self, sentence: str, element_id: str) -> None:
        super().__init__(sentence)
        self.element_id = element_id


class Stopped(Problem):
    """The batch was stopped by the person; ``page`` is the index of the first page not made."""

    def __init__(self, page: int) -> None:
        super().__init__(
            _("Stopped before page {page}. Start again there when you are ready.").format(
                page=page + 1
            )
        )
        self.page = page


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with an element as it is filled; ``other`` is what it meets: an id or ""."""

    element_id: str
    kind: TroubleKind
    other: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Set:
    """One line of text; ``ink`` is left, bottom, right, top."""

    face: Typeface
    text: str
    x: float
    y: float
    size: float
    align: Align
    condense: float
    colour: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, ``weight`` points thick."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float
    colour: str
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in its box; ``foot``: it stands on the lower edge, else it is in the middle."""

    digest: str
    x: float
    y: float
    width: float
    height: float
    fit: Fit
    foot: bool = False


@dataclass(frozen=True, slots=True)
class Decor:
    """An ornament; ``told`` is what is wanted of it, as JSON."""

    drawing: str
    x: float
    y: float
    width: float
    height: float
    told: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code; ``side`` in points."""

    text: str
    x: float
    y: float
    side: float


Mark = Set | Stroke | Area | Shown | Decor | Code


@dataclass(frozen=True, slots=True)
class Part:
    """What an element comes to on a page."""

    element: AnyElement
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """A page worked out: its parts from the bottom up, and what keeps it from being printed."""

    parts: tuple[Part, ...]
    faults: tuple[Trouble, ...]


def extent(marks: tuple[Mark, ...]) -> Ink | None:
    """Left, bottom, right and top of what the marks ink; None when that is nothing."""
    boxes = [box for mark in marks if (box := extent_of(mark)) is not None]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def extent_of(mark: Mark) -> Ink | None:
    """Left, bottom, right and top of one mark; None for a line of spaces."""
    if isinstance(mark, Set):
        left, bottom, right, top = mark.ink
        return mark.ink if right > left or top > bottom else None
    if isinstance(mark, Stroke):
        return (min(mark.x, mark.to_x), min(mark.y, mark.to_y),
                max(mark.x, mark.to_x), max(mark.y, mark.to_y))  # fmt: skip
    if isinstance(mark, Code):
        return mark.x, mark.y, mark.x + mark.side, mark.y + mark.side
    return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height

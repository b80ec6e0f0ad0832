# SPDX-License-Identifier: Apache-2.0
"""What lies under the mouse, and what inside a rectangle drawn with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.model.template import AnyElement, Column, Template, Text
from desktop.model.template_edit import HANDLES, Box, Handle, box_of, flows

_LARGE: Final = 0.5
"""What covers more of the page is ground: taken last, and not dragged by accident."""


def frame_of(element: AnyElement, boxes: Mapping[str, Box]) -> Box:
    """The box that is shown around an element: its own, or where the column has set it."""
    if flows(element):
        set_as = boxes.get(element.id)
        if set_as is not None:
            return Box(element.x, set_as.y, element.width, set_as.height)
        return Box(element.x, element.y, element.width, 0.0)
    return box_of(element)


def is_ground(template: Template, element: AnyElement) -> bool:
    """Whether an element lies under others: a border, a background, a column of texts."""
    if isinstance(element, Column):
        return True
    page = template.width * template.height
    return not isinstance(element, Text) and element.width * element.height > page * _LARGE


def hits(
    template: Template, boxes: Mapping[str, Box], x: float, y: float, slack: float
) -> tuple[str, ...]:
    """Ids of what lies at a place, the best first: texts by their ink, then the smaller first."""
    found = []
    for place, one in enumerate(template.elements):
        if one.hidden or one.locked:
            continue
        frame = frame_of(one, boxes)
        ink = boxes.get(one.id) if isinstance(one, Text) else None
        box = ink or frame
        if not _inside(box, x, y, slack):
            continue
        rank = 0 if ink is not None else 3 if isinstance(one, Column) else 1
        if rank == 1 and is_ground(template, one):
            rank = 4
        elif rank == 1 and box.width * box.height > template.width * template.height * 0.2:
            rank = 2
        found.append((rank, box.width * box.height if rank > 1 else -place, one.id))
    return tuple(name for _rank, _size, name in sorted(found))


def _inside(box: Box, x: float, y: float, slack: float) -> bool:
    return (
        box.x - slack <= x <= box.right + slack and box.y - slack <= y <= box.bottom + slack
    )  # fmt: skip


def within(template: Template, boxes: Mapping[str, Box], band: Box) -> frozenset[str]:
    """Ids of what a rectangle touches; of what covers the page, only when it holds all of it."""
    found = set()
    for one in template.elements:
        if one.hidden or one.locked:
            continue
        frame = boxes.get(one.id) or frame_of(one, boxes)
        whole = (
            band.x <= frame.x
            and band.y <= frame.y
            and band.right >= frame.right
            and band.bottom >= frame.bottom
        )
        touches = (
            frame.x < band.right
            and frame.right > band.x
            and frame.y < band.bottom
            and frame.bottom > band.y
        )
        if whole or (touches and not is_ground(template, one)):
            found.add(one.id)
    return frozenset(found)


def handles_of(frame: Box, least: float, *, level: bool) -> tuple[Handle, ...]:
    """The handles of a frame, as they are drawn and caught.

    ``level``: only those at the sides (a text in a column has no height of its own). A frame with
    a side shorter than ``least`` millimetres has corners alone: it must be possible to take it in
    its middle.
    """
    if level:
        return ("e", "w")
    small = frame.width < least or frame.height < least
    return tuple(handle for handle in HANDLES if not small or len(handle) == 2)


def handle_at(
    frame: Box, x: float, y: float, reach: float, *, level: bool, least: float = 0.0
) -> Handle | None:
    """The handle under the mouse, ``reach`` millimetres around it; others as ``handles_of``."""
    for handle in handles_of(frame, least, level=level):
        at_x, at_y = handle_place(frame, handle)
        if abs(x - at_x) <= reach and abs(y - at_y) <= reach:
            return handle
    return None


def handle_place(frame: Box, handle: Handle) -> tuple[float, float]:
    """Where a handle of a frame is."""
    x = frame.x if "w" in handle else frame.right if "e" in handle else frame.x + frame.width / 2
    y = frame.y if "n" in handle else frame.bottom if "s" in handle else frame.y + frame.height / 2
    return x, y


def in_turn(template: Template) -> tuple[str, ...]:
    """Ids in the order of the Tab key: down the page, then across; texts of a column with it."""
    columns = {one.id: one for one in template.elements if isinstance(one, Column)}
    flow: dict[str, int] = {}

    def key(one: AnyElement) -> tuple[float, float, int]:
        if isinstance(one, Text) and one.column in columns:
            column = columns[one.column]
            flow[column.id] = flow.get(column.id, 0) + 1
            return (column.y, column.x, flow[column.id])
        return (one.y, one.x, 0)

    seen = [one for one in template.elements if not one.hidden and not one.locked]
    keyed = [(key(one), one.id) for one in seen]
    return tuple(name for _key, name in sorted(keyed))

# SPDX-License-Identifier: Apache-2.0
"""What can be done to a template in the designer: each act takes a template and gives another.

Nothing here knows a window, a mouse or a clock. Lengths are millimetres from the upper left corner
of the page. Places are kept to a hundredth of a millimetre, so that a drag leaves no long numbers
behind. Acts on elements that are not there do nothing to them; locked elements are moved by
nothing but exact numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal

from desktop.model.template import (
    AnyElement,
    Column,
    Image,
    Qr,
    Template,
    Text,
    TextStyle,
)

Edge = Literal["left", "centre", "right", "top", "middle", "bottom"]
Axis = Literal["x", "y"]
Handle = Literal["nw", "n", "ne", "e", "se", "s", "sw", "w"]
HANDLES: Final[tuple[Handle, ...]] = ("nw", "n", "ne", "e", "se", "s", "sw", "w")
LEAST: Final = 1.0
"""No side of an element is dragged shorter than this."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Box:
        """The same rectangle somewhere else."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)


def rounded(length: float) -> float:
    """A length to a hundredth of a millimetre."""
    return round(length, 2) + 0.0  # never -0.0


def box_of(element: AnyElement) -> Box:
    """The box an element says it has (that of a text in a column counts for nothing)."""
    return Box(element.x, element.y, element.width, element.height)


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest rectangle that holds all of them; None without any."""
    held = tuple(boxes)
    if not held:
        return None
    left, top = min(one.x for one in held), min(one.y for one in held)
    right, bottom = max(one.right for one in held), max(one.bottom for one in held)
    return Box(left, top, right - left, bottom - top)


def flows(element: AnyElement) -> bool:
    """Whether its place is given by a column."""
    return isinstance(element, Text) and bool(element.column)


def free(template: Template, ids: Collection[str]) -> tuple[AnyElement, ...]:
    """Those of the elements that have a place of their own and may be moved."""
    return tuple(
        one for one in template.elements if one.id in ids and not one.locked and not flows(one)
    )


def has(template: Template, element_id: str) -> bool:
    """Whether there is an element of that id."""
    return any(one.id == element_id for one in template.elements)


# ── places ───────────────────────────────────────────────────────────────────────────────────


def with_element(template: Template, element: AnyElement) -> Template:
    """The template with an element in the place of the one of the same id."""
    return replace(
        template,
        elements=tuple(element if one.id == element.id else one for one in template.elements),
    )


def changed(template: Template, ids: Collection[str], **values: Any) -> Template:
    """Give properties to those of the elements that have them."""

    def one(element: AnyElement) -> AnyElement:
        if element.id not in ids:
            return element
        known = {part.name for part in fields(element)}
        return replace(element, **{name: it for name, it in values.items() if name in known})

    return replace(template, elements=tuple(map(one, template.elements)))


def restyled(
    template: Template, ids: Collection[str], part: str = "style", **values: Any
) -> Template:
    """Change how texts are set. ``part`` is the style of theirs that is meant (``style`` of a
    text, ``signer`` and ``position`` of signatories, ``head`` of a table)."""

    def one(element: AnyElement) -> AnyElement:
        style = getattr(element, part, None)
        if element.id not in ids or not isinstance(style, TextStyle):
            return element
        change: dict[str, Any] = {part: replace(style, **values)}
        return replace(element, **change)

    return replace(template, elements=tuple(map(one, template.elements)))


def put(template: Template, boxes: Mapping[str, Box]) -> Template:
    """Give elements other boxes. The texts of a column go with it, in proportion."""

    def one(element: AnyElement) -> AnyElement:
        box = boxes.get(element.id)
        if box is None and isinstance(element, Text) and element.column in boxes:
            before, after = box_of(template.element(element.column)), boxes[element.column]
            inner = Box(element.x, before.y, element.width, before.height)
            across = fitted(before, after, inner)
            box = Box(across.x, element.y, across.width, element.height)
        if box is None:
            return element
        return replace(
            element,
            x=rounded(box.x),
            y=rounded(box.y),
            width=rounded(max(0.0, box.width)),
            height=rounded(max(0.0, box.height)),
        )

    return replace(template, elements=tuple(map(one, template.elements)))


def moved(template: Template, ids: Collection[str], dx: float, dy: float) -> Template:
    """Move elements; texts in a column and locked ones stay."""
    return put(template, {one.id: box_of(one).moved(dx, dy) for one in free(template, ids)})


def keeps_shape(element: AnyElement) -> bool:
    """Whether dragging a corner keeps width to height: of pictures and QR codes."""
    return isinstance(element, Image | Qr)


def resized(
    start: Box, handle: Handle, dx: float, dy: float, *, shape: bool = False, middle: bool = False
) -> Box:
    """A box whose ``handle`` was dragged by (dx, dy) from ``start``.

    ``shape`` keeps width to height; ``middle`` keeps the middle where it is, so that both sides
    move. No side gets shorter than ``LEAST``.
    """
    across = -1 if "w" in handle else 1 if "e" in handle else 0
    down = -1 if "n" in handle else 1 if "s" in handle else 0
    times = 2 if middle else 1
    width = max(LEAST, start.width + across * dx * times)
    height = max(LEAST, start.height + down * dy * times)
    if shape and start.width > 0 and start.height > 0:
        wide, high = width / start.width, height / start.height
        if not down:
            scale = wide
        elif not across:
            scale = high
        else:
            scale = wide if abs(wide - 1) >= abs(high - 1) else high
        scale = max(scale, LEAST / min(start.width, start.height))
        width, height = start.width * scale, start.height * scale
    centre_x, centre_y = start.x + start.width / 2, start.y + start.height / 2
    if middle or (shape and not across):
        x = centre_x - width / 2
    else:
        x = start.right - width if across < 0 else start.x
    if middle or (shape and not down):
        y = centre_y - height / 2
    else:
        y = start.bottom - height if down < 0 else start.y
    return Box(x, y, width, height)


def fitted(before: Box, after: Box, inner: Box) -> Box:
    """Where a box inside ``before`` lies when that is drawn out to ``after``."""
    wide = after.width / before.width if before.width else 1.0
    high = after.height / before.height if before.height else 1.0
    return Box(
        after.x + (inner.x - before.x) * wide,
        after.y + (inner.y - before.y) * high,
        inner.width * wide,
        inner.height * high,
    )


def aligned(
    template: Template, ids: Collection[str], edge: Edge, to: Literal["page", "selection"]
) -> Template:
    """Align elements to the page's edges and middles, or to those of all of them together."""
    some = free(template, ids)
    whole = Box(0, 0, template.width, template.height)
    if to == "selection":
        whole = around(box_of(one) for one in some) or whole
    boxes = {}
    for one in some:
        box = box_of(one)
        x, y = box.x, box.y
        if edge == "left":
            x = whole.x
        elif edge == "centre":
            x = whole.x + (whole.width - box.width) / 2
        elif edge == "right":
            x = whole.right - box.width
        elif edge == "top":
            y = whole.y
        elif edge == "middle":
            y = whole.y + (whole.height - box.height) / 2
        else:
            y = whole.bottom - box.height
        boxes[one.id] = Box(x, y, box.width, box.height)
    return put(template, boxes)


def distributed(template: Template, ids: Collection[str], axis: Axis) -> Template:
    """Make the gaps between three elements or more the same; the outer two stay."""
    some = free(template, ids)
    if len(some) < 3:
        return template
    start, length = ("x", "width") if axis == "x" else ("y", "height")
    order = sorted(some, key=lambda one: float(getattr(one, start)))
    first, last = order[0], order[-1]
    room = getattr(last, start) + getattr(last, length) - getattr(first, start)
    gap = (room - sum(getattr(one, length) for one in order)) / (len(order) - 1)
    at = getattr(first, start)
    boxes = {}
    for one in order:
        box = box_of(one)
        boxes[one.id] = replace(box, **{start: at})
        at += getattr(one, length) + gap
    boxes.pop(first.id)
    boxes.pop(last.id)
    return put(template, boxes)


# ── order ────────────────────────────────────────────────────────────────────────────────────

Way = Literal["forward", "backward", "front", "back"]


def raised(template: Template, ids: Collection[str], way: Way) -> Template:
    """Bring elements one step forward or backward, or all the way."""
    chosen = [one for one in template.elements if one.id in ids]
    others = [one for one in template.elements if one.id not in ids]
    if way == "front":
        return replace(template, elements=(*others, *chosen))
    if way == "back":
        return replace(template, elements=(*chosen, *others))
    order = list(template.elements)
    places = range(len(order))
    for at in places if way == "backward" else reversed(places):
        to = at - 1 if way == "backward" else at + 1
        if order[at].id in ids and 0 <= to < len(order) and order[to].id not in ids:
            order[at], order[to] = order[to], order[at]
    return replace(template, elements=tuple(order))


def ordered(template: Template, element_id: str, place: int) -> Template:
    """Draw an element as number ``place`` (0 is the bottom) of all the others and itself."""
    if not has(template, element_id):
        return template
    order = [one for one in template.elements if one.id != element_id]
    order.insert(max(0, min(place, len(order))), template.element(element_id))
    return replace(template, elements=tuple(order))


def texts_of(template: Template, column: str) -> tuple[Text, ...]:
    """The texts of a column from its top to its bottom."""
    return tuple(
        one for one in template.elements if isinstance(one, Text) and one.column == column
    )


def into_column(template: Template, element_id: str, column: str, place: int = -1) -> Template:
    """Let a text flow down a column as number ``place`` from 0; -1 is the last.

    A text that is in the column already gets another place in it.
    """
    found = template.element(element_id)
    if not isinstance(found, Text) or not isinstance(template.element(column), Column):
        return template
    text = replace(found, column=column)
    others = [one for one in texts_of(template, column) if one.id != element_id]
    place = len(others) if place < 0 else min(place, len(others))
    order = [one for one in template.elements if one.id != element_id]
    if place < len(others):
        at = order.index(others[place])
    elif others:
        at = order.index(others[-1]) + 1
    else:
        at = order.index(template.element(column)) + 1
    order.insert(at, text)
    return replace(template, elements=tuple(order))


def out_of_column(template: Template, element_id: str, box: Box) -> Template:
    """Give a text that flows in a column a box of its own (where it was set, usually)."""
    found = template.element(element_id)
    if not isinstance(found, Text) or not found.column:
        return template
    return put(with_element(template, replace(found, column="")), {element_id: box})


def text_height(text: Text) -> float:
    """A height in which a text has room for its lines."""
    return rounded(text.style.size * 25.4 / 72 * text.style.leading * text.style.max_lines)


# ── what is there ────────────────────────────────────────────────────────────────────────────


def fresh_id(template: Template, stem: str, also: Collection[str] = ()) -> str:
    """An id that no element has: ``stem``, or with a number behind it."""
    taken = {one.id for one in template.elements} | set(also)
    stem = stem.rstrip("0123456789-") or "element"
    if stem not in taken:
        return stem
    return next(
        f"{stem}-{number}" for number in range(2, 10_000) if f"{stem}-{number}" not in taken
    )


def added(template: Template, element: AnyElement) -> tuple[Template, str]:
    """The template with one more element on top, under an id of its own; and that id."""
    named = replace(element, id=fresh_id(template, element.id))
    return replace(template, elements=(*template.elements, named)), named.id


def without(template: Template, ids: Collection[str]) -> Template:
    """Take elements out. Texts of a column that goes are left where its top was."""
    gone = {one.id: one for one in template.elements if one.id in ids}
    kept: list[AnyElement] = []
    down: dict[str, float] = {}
    for one in template.elements:
        if one.id in gone:
            continue
        if isinstance(one, Text) and one.column in gone:
            column = gone[one.column]
            y = column.y + down.get(column.id, 0.0)
            high = text_height(one)
            down[column.id] = down.get(column.id, 0.0) + high
            kept.append(replace(one, column="", y=rounded(y), height=high))
        else:
            kept.append(one)
    return replace(template, elements=tuple(kept))

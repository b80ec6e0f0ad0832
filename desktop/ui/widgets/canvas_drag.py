# SPDX-License-Identifier: Apache-2.0
"""What is under way while a mouse button is held: moving, drawing out, a new place in a column.

Each is told where the mouse is in millimetres and says what is to be drawn; ``result`` is the
template after the button is let go. None of them knows a widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from desktop.model.template import Column, Image, Ornament, Qr, Template, Text
from desktop.model.template_edit import (
    Box,
    Handle,
    around,
    box_of,
    fitted,
    flows,
    free,
    into_column,
    keeps_shape,
    moved,
    out_of_column,
    put,
    resized,
    texts_of,
)
from desktop.model.template_snap import Guide, lines_of, others_of, snapped, snapped_edges

_OUT: Final = 12.0
"""A text dragged this far out of its column leaves it (millimetres)."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Where the mouse is, and which keys are held."""

    x: float
    y: float
    reach: float
    """How near something must be to be caught, in millimetres."""
    straight: bool = False
    """Shift: along one direction, or the other way about keeping the shape."""
    loose: bool = False
    """Alt: catch nothing."""
    middle: bool = False
    """Ctrl while drawing out: around the middle."""


class Moving:
    """Elements that follow the mouse."""

    def __init__(self, template: Template, ids: frozenset[str], x: float, y: float) -> None:
        self.template = template
        self.ids = frozenset(one.id for one in free(template, ids))
        self._from = (x, y)
        self._whole = around(box_of(one) for one in free(template, ids))
        carried = self.ids | {
            one.id for one in template.elements if isinstance(one, Text) and one.column in self.ids
        }
        self.carried = frozenset(carried)
        self._others = others_of(template, carried)
        self._lines = lines_of(template, self._others)
        self.dx = self.dy = 0.0
        self.guides: tuple[Guide, ...] = ()

    def to(self, hand: Hand) -> None:
        """Follow the mouse."""
        dx, dy = hand.x - self._from[0], hand.y - self._from[1]
        if hand.straight:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        self.guides = ()
        if not hand.loose and self._whole is not None:
            found = snapped(self._whole.moved(dx, dy), self._lines, self._others, hand.reach)
            if not hand.straight or dx:
                dx += found.dx
            if not hand.straight or dy:
                dy += found.dy
            self.guides = found.guides
        self.dx, self.dy = dx, dy

    def box(self) -> Box | None:
        """Where all of them together are now."""
        return self._whole.moved(self.dx, self.dy) if self._whole is not None else None

    def result(self) -> Template:
        return moved(self.template, self.ids, self.dx, self.dy)


class Sizing:
    """Elements drawn out by a handle, all together."""

    def __init__(
        self, template: Template, ids: frozenset[str], handle: Handle, x: float, y: float
    ) -> None:
        self.template = template
        some = [one for one in template.elements if one.id in ids and not one.locked]
        self.ids = frozenset(one.id for one in some)
        self.carried = self.ids | {
            one.id for one in template.elements if isinstance(one, Text) and one.column in self.ids
        }
        self._level = len(some) == 1 and flows(some[0])
        boxes = {one.id: box_of(one) for one in some if self._level or not flows(one)}
        self._boxes = boxes
        self._start = around(boxes.values()) or Box(0, 0, 1, 1)
        self._handle, self._from = handle, (x, y)
        self._shape = any(keeps_shape(one) for one in some) and (
            len(handle) == 2 or all(isinstance(one, Qr) for one in some)
        )
        self.stretches = all(isinstance(one, Image | Ornament | Qr) for one in some)
        """Its picture is drawn out with it; words are set anew instead."""
        self._lines = lines_of(template, others_of(template, ids))
        self.now = self._start
        self.guides: tuple[Guide, ...] = ()

    @property
    def start(self) -> Box:
        """The frame before."""
        return self._start

    def to(self, hand: Hand) -> None:
        """Follow the mouse."""
        shape = self._shape != hand.straight
        dx, dy = hand.x - self._from[0], hand.y - self._from[1]

        def drawn(more_x: float, more_y: float) -> Box:
            return resized(
                self._start,
                self._handle,
                dx + more_x,
                dy + more_y,
                shape=shape,
                middle=hand.middle,
            )

        self.now, self.guides = drawn(0, 0), ()
        if hand.loose:
            return
        found = snapped_edges(self.now, self._handle, self._lines, hand.reach)
        if not found.guides:
            return
        caught = drawn(found.dx, found.dy)
        again = snapped_edges(caught, self._handle, self._lines, 0.02)
        if again.guides:
            self.now, self.guides = caught, again.guides

    def box(self) -> Box | None:
        return self.now

    def result(self) -> Template:
        boxes = {name: fitted(self._start, self.now, box) for name, box in self._boxes.items()}
        for one in self.template.elements:
            # A code stays a square, whatever it is drawn out with.
            if one.id in boxes and isinstance(one, Qr):
                box = boxes[one.id]
                side = min(box.width, box.height)
                boxes[one.id] = replace(box, width=side, height=side)
        return put(self.template, boxes)


class Flowing:
    """A text of a column on its way to another place in it, or out of it."""

    def __init__(
        self,
        template: Template,
        element_id: str,
        boxes: Mapping[str, Box],
        x: float,
        y: float,
    ) -> None:
        self.template, self.ids = template, frozenset({element_id})
        self.carried = self.ids
        found = template.element(element_id)
        assert isinstance(found, Text)  # noqa: S101 - whoever begins it asked
        self._text = found
        column = template.element(found.column)
        assert isinstance(column, Column)  # noqa: S101 - a template's columns are there
        self.column = column
        self._box = boxes.get(element_id, box_of(found))
        self._others = [
            (one, boxes[one.id])
            for one in texts_of(template, column.id)
            if one.id != element_id and one.id in boxes
        ]
        self._from = (x, y)
        self.dx = self.dy = 0.0
        self.place = -1
        self.out = False
        self.guides: tuple[Guide, ...] = ()

    def to(self, hand: Hand) -> None:
        """Follow the mouse."""
        self.dx, self.dy = hand.x - self._from[0], hand.y - self._from[1]
        area = box_of(self.column)
        self.out = not (
            area.x - _OUT <= hand.x <= area.right + _OUT
            and area.y - _OUT <= hand.y <= area.bottom + _OUT
        )
        self.place = sum(box.y + box.height / 2 < hand.y for _one, box in self._others)

    @property
    def mark(self) -> float:
        """Where the insertion mark stands, from the top of the page."""
        if not self._others:
            return self.column.y
        if self.place == 0:
            return self._others[0][1].y - 0.8
        if self.place >= len(self._others):
            return self._others[-1][1].bottom + 0.8
        above, below = self._others[self.place - 1][1], self._others[self.place][1]
        return (above.bottom + below.y) / 2

    def box(self) -> Box | None:
        return self._box.moved(self.dx, self.dy)

    def result(self) -> Template:
        if self.out:
            high = max(self._box.height + 2, 5.0)
            left = self._text.x + self.dx
            top = self._box.y + self.dy - 1
            return out_of_column(
                self.template, self._text.id, Box(left, top, self._text.width, high)
            )
        order = [one.id for one, _box in self._others]
        all_texts = [
            one.id for one in texts_of(self.template, self.column.id) if one.id != self._text.id
        ]
        # Texts that are empty in this sample have no place on the page, and keep theirs in order.
        if self.place >= len(order):
            place = all_texts.index(order[-1]) + 1 if order else 0
        else:
            place = all_texts.index(order[self.place])
        return into_column(self.template, self._text.id, self.column.id, place)


class Banding:
    """A rectangle that chooses what it touches."""

    def __init__(self, before: frozenset[str], x: float, y: float) -> None:
        self.before = before
        self._from = (x, y)
        self.now = Box(x, y, 0, 0)
        self.carried: frozenset[str] = frozenset()
        self.guides: tuple[Guide, ...] = ()

    def to(self, hand: Hand) -> None:
        """Follow the mouse."""
        x, y = self._from
        self.now = Box(min(x, hand.x), min(y, hand.y), abs(hand.x - x), abs(hand.y - y))


Grip = Moving | Sizing | Flowing | Banding

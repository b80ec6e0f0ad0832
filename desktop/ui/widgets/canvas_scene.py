# SPDX-License-Identifier: Apache-2.0
"""What the canvas shows at a moment; the canvas changes it, ``canvas_paint`` draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from desktop.model.template import AnyElement, Column, Template, Text
from desktop.model.template_edit import Box, around, flows
from desktop.ui.widgets.canvas_drag import Grip
from desktop.ui.widgets.canvas_hit import frame_of
from desktop.ui.widgets.canvas_picture import Lifted
from desktop.ui.widgets.canvas_sight import Sight

EMPTY = Template(purpose="certificate", titles={}, width=297, height=210)


@dataclass(slots=True)
class Rest:
    """Elements let go, drawn where they were dropped until the page is drawn anew."""

    lifted: Lifted
    dx: float = 0.0
    dy: float = 0.0
    before: Box | None = None
    after: Box | None = None
    """What they were drawn out from and to."""


@dataclass(slots=True)
class Scene:
    """Everything there is to see."""

    template: Template = EMPTY
    boxes: Mapping[str, Box] = field(default_factory=dict)
    """As set, by id: also of texts in columns."""
    picture: QImage = field(default_factory=QImage)
    sight: Sight = field(default_factory=Sight)
    chosen: frozenset[str] = frozenset()
    hover: str = ""
    troubles: frozenset[str] = frozenset()
    grip: Grip | None = None
    lifted: Lifted | None = None
    rest: Rest | None = None
    word: Callable[[AnyElement], str] = lambda one: one.id
    slot_word: Callable[[str], str] = lambda slot: slot
    filled: frozenset[str] = frozenset()
    """Slots that a picture stands in."""
    focused: bool = False

    def frame(self, element: AnyElement) -> Box:
        """The box shown around an element."""
        return frame_of(element, self.boxes)

    def chosen_elements(self) -> tuple[AnyElement, ...]:
        """The elements chosen, in their order."""
        return tuple(one for one in self.template.elements if one.id in self.chosen)

    def selection(self) -> Box | None:
        """The frame around all that is chosen; of texts set in a column, where they stand."""
        return around(self.frame(one) for one in self.chosen_elements())

    def level(self) -> bool:
        """Whether the one chosen flows in a column, so that only its sides can be drawn out."""
        some = self.chosen_elements()
        return len(some) == 1 and flows(some[0])

    def drawable_out(self) -> bool:
        """Whether what is chosen has handles."""
        some = self.chosen_elements()
        if any(one.locked for one in some):
            return False
        return len(some) == 1 or (bool(some) and not any(flows(one) for one in some))

    def columns_in_hand(self) -> tuple[Column, ...]:
        """Columns that are chosen, or in which something chosen flows."""
        names = {one.column for one in self.chosen_elements() if isinstance(one, Text)}
        return tuple(
            one
            for one in self.template.elements
            if isinstance(one, Column) and (one.id in self.chosen or one.id in names)
        )

# SPDX-License-Identifier: Apache-2.0
"""How a page of paper lies on the screen: millimetres to pixels and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from desktop.model.template_edit import Box

REAL: Final = 96 / 25.4
"""Pixels a millimetre at 100 %: as large as the paper, on a screen of 96 dots an inch."""


@dataclass(frozen=True, slots=True)
class Sight:
    """``scale`` is pixels a millimetre; ``left`` and ``top`` where the page's corner is."""

    scale: float = REAL
    left: float = 0.0
    top: float = 0.0

    def rect(self, box: Box) -> QRectF:
        """A box of the page in pixels."""
        return QRectF(
            self.left + box.x * self.scale,
            self.top + box.y * self.scale,
            box.width * self.scale,
            box.height * self.scale,
        )

    def x(self, mm: float) -> float:
        return self.left + mm * self.scale

    def y(self, mm: float) -> float:
        return self.top + mm * self.scale

    def mm(self, point: QPointF) -> tuple[float, float]:
        """A place on the screen in millimetres of the page."""
        return (point.x() - self.left) / self.scale, (point.y() - self.top) / self.scale


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands where on the page, as it was set: boxes by the id of the element."""

    boxes: dict[str, Box]

    def box(self, element_id: str) -> Box | None:
        return self.boxes.get(element_id)

# SPDX-License-Identifier: Apache-2.0
"""Pictures of a page for the canvas: the page itself, and single elements on nothing."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.model.template_edit import Box
from desktop.printing.pdfium import ONE_AT_A_TIME
from desktop.ui import theme
from desktop.ui.pdf import POINTS

WIDEST: Final = 3600
"""Pixels: a page seen larger than this is drawn out from it."""
_INCH: Final = 25.4
_FAINT: Final = 0.28
"""How much of the paper's own print is seen through."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """Elements taken off the page: what is left, and they themselves."""

    ids: frozenset[str]
    without: QImage = field(default_factory=QImage)
    """The page without them."""
    layer: QImage = field(default_factory=QImage)
    """They alone, on nothing; it begins at ``left`` and ``top`` of the page's picture."""
    left: int = 0
    top: int = 0
    scale: float = 1.0
    """Device pixels a millimetre of both pictures."""


def page_image(pdf: bytes, scale: float) -> QImage:
    """The first page at ``scale`` device pixels a millimetre."""
    return _drawn(pdf, scale, clear=False)


def layer_image(pdf: bytes, scale: float, around: Box | None) -> tuple[QImage, int, int]:
    """The first page on nothing, cut to the surroundings of ``around`` (mm); and where that is."""
    whole = _drawn(pdf, scale, clear=True)
    if around is None:
        return whole, 0, 0
    room = 3.0
    left, top = int((around.x - room) * scale), int((around.y - room) * scale)
    cut = QRect(
        left, top, int((around.width + 2 * room) * scale), int((around.height + 2 * room) * scale)
    ).intersected(whole.rect())
    if cut.isEmpty() or cut == whole.rect():
        return whole, 0, 0
    return whole.copy(cut), cut.x(), cut.y()


def over_faint(page: QImage, paper: QImage) -> QImage:
    """A page over what its paper bears already, which is seen faintly."""
    made = QImage(page.size(), QImage.Format.Format_RGB32)
    made.fill(QColor(theme.PAPER))
    painter = QPainter(made)
    painter.setOpacity(_FAINT)
    painter.drawImage(made.rect(), paper)
    painter.setOpacity(1.0)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.drawImage(0, 0, page)
    painter.end()
    return made


def _drawn(pdf: bytes, scale: float, *, clear: bool) -> QImage:
    import pypdfium2

    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        wide = page.get_width() / POINTS * _INCH * scale
        fits = min(1.0, WIDEST / max(1.0, wide))
        bitmap = page.render(
            scale=scale * fits * _INCH / POINTS,
            fill_color=(255, 255, 255, 0 if clear else 255),
            force_bitmap_format=4,  # BGRA
        )
        raw = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
        kind = QImage.Format.Format_ARGB32 if clear else QImage.Format.Format_RGB32
        made = QImage(raw, bitmap.width, bitmap.height, bitmap.stride, kind)
        # In memory of its own, and in the form that is painted fastest.
        made = (
            made.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
            if clear
            else made.copy()
        )
        bitmap.close()
        page.close()
        document.close()
    return made

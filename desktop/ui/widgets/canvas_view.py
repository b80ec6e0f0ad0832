# SPDX-License-Identifier: Apache-2.0
"""The page on the drawing board: what is shown of it, how near, and how it is painted.

What hands and keys do with it is ``canvas``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.i18n import _
from desktop.model.template import Template, Text
from desktop.model.template_edit import Box, has
from desktop.ui import theme
from desktop.ui.widgets.canvas_drag import Banding
from desktop.ui.widgets.canvas_paint import paint_canvas
from desktop.ui.widgets.canvas_picture import Lifted
from desktop.ui.widgets.canvas_ruler import RULER, Rulers
from desktop.ui.widgets.canvas_scene import Scene
from desktop.ui.widgets.canvas_sight import REAL, Sight

_EDGE: Final = 20
"""Pixels around the page."""
_LEAST_ZOOM: Final = 0.25
_MOST_ZOOM: Final = 8.0


class CanvasView(QAbstractScrollArea):
    """Shows a template's page. Whoever holds it keeps the template."""

    chose = Signal(object)
    """``frozenset`` of ids: something else was chosen here."""
    edited = Signal(object, str)
    """A template, and the key of the step ("" is a step of its own)."""
    dragged = Signal(object)
    """While something is dragged: the ``Template`` it would be."""
    lifted = Signal(object)
    """``frozenset`` of ids whose pictures are wanted."""
    asked = Signal(str)
    """One of ``Ask``."""
    menu_wanted = Signal(QPoint)
    zoomed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self._rulers = Rulers()
        self._name = name
        self._fit = True
        self._zoom = 1.0
        pane = QWidget(self)
        pane.setMouseTracking(True)
        pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewport(pane)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setMinimumSize(240, 160)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    @property
    def template(self) -> Template:
        return self.scene.template

    @property
    def chosen(self) -> frozenset[str]:
        return self.scene.chosen

    def show_template(self, template: Template) -> None:
        """Show another template; what is chosen stays chosen as far as it is there."""
        before = self.scene.template
        self.scene.template = template
        self.scene.chosen = frozenset(name for name in self.scene.chosen if has(template, name))
        self.scene.hover = ""
        if (before.width, before.height) != (template.width, template.height):
            self._lay()
        self.viewport().update()

    def show_picture(self, picture: QImage, boxes: Mapping[str, Box]) -> None:
        """Show the page as it was drawn just now, and where everything was set."""
        self.scene.picture, self.scene.boxes, self.scene.rest = picture, dict(boxes), None
        self.viewport().update()

    def show_lifted(self, lifted: Lifted) -> None:
        """Take the pictures of what may be dragged now."""
        self.scene.lifted = lifted
        if self.scene.grip is not None:
            self.viewport().update()

    def show_set(self, ids: frozenset[str], layer: QImage, left: int, top: int) -> None:
        """While words are drawn out: show how they are set in the box as it is now."""
        lifted = self.scene.lifted
        if self.scene.grip is not None and lifted is not None and lifted.ids == ids:
            self.scene.lifted = replace(lifted, layer=layer, left=left, top=top)
            self.viewport().update()

    def show_troubles(self, ids: frozenset[str]) -> None:
        """Mark elements in which something is wrong."""
        self.scene.troubles = ids
        self.viewport().update()

    def choose(self, ids: frozenset[str], *, say: bool = False) -> None:
        """Choose elements; told on only when the person did it here (``say``)."""
        ids = frozenset(name for name in ids if has(self.template, name))
        if ids == self.scene.chosen:
            return
        self.scene.chosen = ids
        self.viewport().update()
        if ids:
            self.lifted.emit(self.carried(ids))
        if say:
            self.chose.emit(ids)
            self.tell()

    def carried(self, ids: frozenset[str]) -> frozenset[str]:
        """These, and the texts that go with their columns."""
        return ids | {
            one.id for one in self.template.elements if isinstance(one, Text) and one.column in ids
        }

    # ── near and far ─────────────────────────────────────────────────────────────────────────

    @property
    def fits(self) -> bool:
        """Whether the whole page is shown."""
        return self._fit

    @property
    def zoom(self) -> float:
        """1 is as large as the paper."""
        return self.scene.sight.scale / REAL

    @property
    def picture_scale(self) -> float:
        """Device pixels a millimetre that a picture of the page should have."""
        return self.scene.sight.scale * self.devicePixelRatioF()

    def fit(self) -> None:
        """Show the whole page, also after the window changes."""
        self._fit = True
        self._lay()
        self.zoomed.emit()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Show the page at ``zoom``; the place ``at`` in the view stays where it is."""
        anchor = at if at is not None else QPointF(self.viewport().rect().center())
        place = self.scene.sight.mm(anchor)
        self._fit = False
        self._zoom = max(_LEAST_ZOOM, min(_MOST_ZOOM, zoom))
        self._lay()
        sight = self.scene.sight
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + round(sight.x(place[0]) - anchor.x()))
        down.setValue(down.value() + round(sight.y(place[1]) - anchor.y()))
        self._see()
        self.zoomed.emit()

    def _lay(self) -> None:
        """Reckon the scale and the scroll bars."""
        template, room = self.template, self.viewport().size()
        wide, high = room.width() - RULER, room.height() - RULER
        if self._fit:
            scale = min(
                (wide - 2 * _EDGE) / max(1.0, template.width),
                (high - 2 * _EDGE) / max(1.0, template.height),
            )
            scale = max(0.2, scale)
        else:
            scale = self._zoom * REAL
        self.scene.sight = Sight(scale, 0, 0)
        for bar, length, seen in (
            (self.horizontalScrollBar(), template.width * scale, wide),
            (self.verticalScrollBar(), template.height * scale, high),
        ):
            over = max(0, round(length + 2 * _EDGE - seen))
            bar.setRange(0, over)
            bar.setPageStep(max(1, seen))
            bar.setSingleStep(24)
        self._see()

    def _see(self) -> None:
        template, room, scale = self.template, self.viewport().size(), self.scene.sight.scale
        places = []
        for bar, length, seen in (
            (self.horizontalScrollBar(), template.width * scale, room.width() - RULER),
            (self.verticalScrollBar(), template.height * scale, room.height() - RULER),
        ):
            slack = (seen - length) / 2
            places.append(round(RULER + (slack if bar.maximum() == 0 else _EDGE - bar.value())))
        self.scene.sight = Sight(scale, *places)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._see()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()
        self.zoomed.emit()

    def show_element(self, element_id: str) -> None:
        """Bring an element into sight."""
        if not has(self.template, element_id):
            return
        where = self.scene.sight.rect(self.scene.frame(self.template.element(element_id)))
        room = self.viewport().rect().adjusted(RULER, RULER, 0, 0)
        centre = where.center()
        if not room.contains(centre.toPoint()):
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() + round(centre.x() - room.center().x()))
            down.setValue(down.value() + round(centre.y() - room.center().y()))

    # ── drawing ──────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        pane = self.viewport()
        painter = QPainter(pane)
        self.scene.focused = self.hasFocus()
        paint_canvas(painter, self.scene, pane.rect())
        grip = self.scene.grip
        marked = None if isinstance(grip, Banding) else grip.box() if grip else None
        self._rulers.paint(painter, self.scene, pane.size(), marked or self.scene.selection())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("focus"))
            painter.drawRect(pane.rect().adjusted(0, 0, -1, -1))
        painter.end()

    # ── who does not see it ──────────────────────────────────────────────────────────────────

    def tell(self) -> None:
        """Say what is chosen and where it is."""
        some = self.scene.chosen_elements()
        frame = self.scene.selection()
        words = ", ".join(self.scene.word(one) for one in some[:3])
        if frame is not None:
            words = f"{words}: {frame.x:.1f}, {frame.y:.1f} {_('mm')}"
        self.setAccessibleDescription(words)
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

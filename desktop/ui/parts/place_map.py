# SPDX-License-Identifier: Apache-2.0
"""Households as points on a map that needs no network: no tiles, only a grid of degrees, a scale
and north. Arrows go from house to house, Enter opens one.

Colour and shape both say how urgent the open case is; a filled point was visited within three
months, a hollow one was not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.parts.map_marks import (
    TONES,
    Room,
    beside,
    draw_bar,
    draw_mark,
    draw_north,
    spot_words,
)

if TYPE_CHECKING:
    from desktop.ui.parts.household_reading import Spot

METRES_OF_A_DEGREE: Final = 111_320.0
"""Along a meridian, near enough for a sketch."""
RECENT_DAYS: Final = 90
_REACH: Final = 18.0
_EDGE: Final = 60
_STEP: Final = 1.5
_CLOSEST: Final = 4_000_000.0
"""Pixels a degree: 36 to a metre, more than any receiver knows."""
_FARTHEST: Final = 60.0
_NICE: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_GRID_PIXELS: Final = 110
_NAMED: Final = 300


class PlaceMap(QWidget):
    """``chosen(household_id)`` comes with Enter or a double click, ``moved`` with another."""

    chosen = Signal(str)
    moved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spots: tuple[Spot, ...] = ()
        self._today = date.min
        self._at = ""
        self._centre = (15.0, 101.0)
        self._scale = 1_000.0
        self._placed = False
        self._grip: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleDescription(
            _("Arrows: next house. Page Down: the next one southward. Plus and minus: zoom.")
        )

    def sizeHint(self) -> QSize:
        return QSize(800, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    def show_spots(self, spots: Sequence[Spot], today: date) -> None:
        """Show these; what was seen stays seen unless nothing was."""
        fresh = not self._spots
        self._spots, self._today = tuple(spots), today
        if self._at not in {one.household_id for one in self._spots}:
            self._at = self._spots[0].household_id if self._spots else ""
        if fresh:
            self._placed = False
        self._place()
        self._say()
        self.update()

    def current(self) -> Spot | None:
        """The household that is marked."""
        return next((one for one in self._spots if one.household_id == self._at), None)

    def go_to(self, household_id: str) -> None:
        """Mark a household and bring it into sight."""
        one = next((spot for spot in self._spots if spot.household_id == household_id), None)
        if one is None:
            return
        self._at = household_id
        where = self._point(one)
        if not QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE).contains(where):
            self._centre = (one.position.latitude, one.position.longitude)
        self._say()
        self.moved.emit(household_id)
        self.update()

    # ── what is in sight ─────────────────────────────────────────────────────────────────────

    def show_all(self) -> None:
        """Every household in sight."""
        self._placed = False
        self._place()
        self.update()

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Nearer (more than 1) or farther, the point ``about`` staying where it is."""
        middle = QPointF(self.rect().center()) if about is None else about
        before = self._degrees(middle)
        self._scale = min(_CLOSEST, max(_FARTHEST, self._scale * factor))
        after = self._degrees(middle)
        self._centre = (
            self._centre[0] + before[0] - after[0],
            self._centre[1] + before[1] - after[1],
        )
        self.update()

    def _pan(self, across: float, down: float) -> None:
        lat, lon = self._degrees(QPointF(self.width() / 2 + across, self.height() / 2 + down))
        self._centre = (max(-85.0, min(85.0, lat)), lon)
        self.update()

    def _place(self) -> None:
        if self._placed or not self._spots or self.width() < 2 * _EDGE:
            return
        self._placed = True
        lats = [one.position.latitude for one in self._spots]
        lons = [one.position.longitude for one in self._spots]
        self._centre = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
        high = max(max(lats) - min(lats), 0.002)
        wide = max((max(lons) - min(lons)) * self._shrink(), 0.002)
        self._scale = min(
            _CLOSEST,
            (self.width() - 4 * _EDGE) / wide,
            max(40, self.height() - 3 * _EDGE) / high,
        )

    def _shrink(self) -> float:
        """How much shorter a degree is eastward than northward here."""
        return max(0.05, math.cos(math.radians(self._centre[0])))

    def _point(self, one: Spot) -> QPointF:
        return self._pixel(one.position.latitude, one.position.longitude)

    def _pixel(self, lat: float, lon: float) -> QPointF:
        return QPointF(
            self.width() / 2 + (lon - self._centre[1]) * self._scale * self._shrink(),
            self.height() / 2 - (lat - self._centre[0]) * self._scale,
        )

    def _degrees(self, where: QPointF) -> tuple[float, float]:
        return (
            self._centre[0] - (where.y() - self.height() / 2) / self._scale,
            self._centre[1] + (where.x() - self.width() / 2) / (self._scale * self._shrink()),
        )

    # ── drawing ──────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.colour("focus" if focused else "line"), 2 if focused else 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        painter.setClipRect(box.adjusted(2, 2, -2, -2))
        room = Room()
        room.take(self._draw_grid(painter, box))
        room.take(draw_bar(painter, box, self._scale / METRES_OF_A_DEGREE))
        room.take(draw_north(painter, box))
        rank = {code: -number for number, code in enumerate(TONES)}  # the most urgent on top
        for one in sorted(
            self._spots, key=lambda one: (one.household_id == self._at, rank.get(one.urgency, -9))
        ):
            self._draw_spot(painter, one)
        self._draw_names(painter, room)
        painter.end()

    def _draw_grid(self, painter: QPainter, box: QRectF) -> QRectF:
        step = next((each for each in _NICE if each * self._scale >= _GRID_PIXELS), _NICE[-1])
        painter.setFont(theme.font(theme.TINY))
        north, west = self._degrees(box.topLeft())
        south, east = self._degrees(box.bottomRight())
        line, words = QPen(theme.colour("line"), 1), theme.colour("quiet")
        high = QFontMetricsF(painter.font()).height()
        for number in range(math.ceil(south / step), math.floor(north / step) + 1):
            y = self._pixel(number * step, west).y()
            painter.setPen(line)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            if y - high > box.top():
                painter.setPen(words)
                painter.drawText(QPointF(box.left() + 8, y - 4), f"{number * step:.3f}")
        for number in range(math.ceil(west / step), math.floor(east / step) + 1):
            x = self._pixel(south, number * step).x()
            painter.setPen(line)
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            if 70 < x - box.left() < box.width() - 60:
                painter.setPen(words)
                painter.drawText(QPointF(x + 4, box.bottom() - 8), f"{number * step:.3f}")
        return QRectF(box.left(), box.bottom() - high - 10, box.width(), high + 10)

    def _draw_spot(self, painter: QPainter, one: Spot) -> None:
        where = self._point(one)
        if one.household_id == self._at:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawEllipse(where, _REACH - 2, _REACH - 2)
        draw_mark(painter, where, one.urgency, filled=self._recent(one))

    def _recent(self, one: Spot) -> bool:
        if not one.last_visited:
            return False
        return (self._today - date.fromisoformat(one.last_visited[:10])).days <= RECENT_DAYS

    def _draw_names(self, painter: QPainter, room: Room) -> None:
        """A name beside each point that has room for it; the marked one always."""
        painter.setFont(theme.font(theme.SMALL, 500))
        font = QFontMetricsF(painter.font())
        high = font.height() + 2
        inside = QRectF(self.rect())
        seen = [(one, at) for one in self._spots if inside.contains(at := self._point(one))]
        for _one, at in seen:
            room.take(QRectF(at.x() - 10, at.y() - 10, 20, 20))
        order = list(TONES)
        seen.sort(
            key=lambda pair: (
                pair[0].household_id != self._at,
                order.index(pair[0].urgency) if pair[0].urgency in order else len(order),
            )
        )
        ground = theme.colour("surface")
        ground.setAlpha(210)
        for one, at in seen[:_NAMED]:  # the window has room for fewer
            name = one.name or _("(no name)")
            here = one.household_id == self._at
            places = beside(at, font.horizontalAdvance(name) + 6, high, _REACH if here else 12)
            free = (each for each in places if inside.contains(each) and room.is_free(each))
            found = next(free, places[0] if here else None)
            if found is None:
                continue
            room.take(found)
            painter.fillRect(found, ground)
            painter.setPen(theme.colour("text"))
            painter.drawText(found, Qt.AlignmentFlag.AlignCenter, name)

    # ── going about ──────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        arrow = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }.get(Qt.Key(key))
        if arrow is not None and shift:
            self._pan(arrow[0] * self.width() / 4, arrow[1] * self.height() / 4)
        elif arrow is not None:
            self._step(*arrow)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / _STEP)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.show_all()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _turn(self, step: int) -> None:
        """Mark the next one from north to south: so two in one place are both reached."""
        order = sorted(
            self._spots, key=lambda one: (-one.position.latitude, one.position.longitude)
        )
        ids = [one.household_id for one in order]
        if self._at in ids:
            self.go_to(ids[(ids.index(self._at) + step) % len(ids)])

    def _step(self, across: int, down: int) -> None:
        """Mark the nearest household that lies more that way than aside."""
        here = self.current()
        if here is None:
            return
        at = self._point(here)

        def far(one: Spot) -> float | None:
            away = self._point(one) - at
            along = away.x() * across + away.y() * down
            aside = abs(away.x() * down) + abs(away.y() * across)
            if along <= 0.5 or aside > along * 2.5:
                return None
            return along + aside * 1.5

        ahead = [(way, one) for one in self._spots if (way := far(one)) is not None]
        if ahead:
            self.go_to(min(ahead, key=lambda pair: pair[0])[1].household_id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        one = self._near(event.position())
        if one is not None:
            self.go_to(one.household_id)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            moved = self._grip - event.position()
            self._grip = event.position()
            self._pan(moved.x(), moved.y())
        else:
            near = self._near(event.position()) is not None
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.OpenHandCursor
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        one = self._near(event.position())
        if one is not None:
            self.chosen.emit(one.household_id)

    def _near(self, where: QPointF) -> Spot | None:
        """The household under the pointer."""

        def away(one: Spot) -> float:
            far = self._point(one) - where
            return math.hypot(far.x(), far.y())

        nearest = min(self._spots, key=away, default=None)
        return nearest if nearest is not None and away(nearest) <= _REACH else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _say(self) -> None:
        title, here = _("Map of households"), self.current()
        said = title if here is None else f"{title}: {spot_words(here)}"
        if said != self.accessibleName():
            self.setAccessibleName(said)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

# SPDX-License-Identifier: Apache-2.0
"""The list under the box of the check-in desk: big rows, numbered, never the focus.

The keys stay in the box; the list only shows which line Enter would take.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.tables.found import HIT, Hit
from desktop.ui.widgets.badge import badge_size, paint_badge

ROW: Final = 46
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Row(QStyledItemDelegate):
    """Draws number, name, seat and place, and the state at the right."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(320, theme.scaled(ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit = index.data(HIT)
        if not isinstance(hit, Hit):
            return
        whole = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(whole.adjusted(2, 2, -2, -2), theme.RADIUS, theme.RADIUS)
        self._words(painter, whole.adjusted(16, 0, -16, 0), hit, index.row(), chosen)
        painter.restore()

    def _words(self, painter: QPainter, inner: QRectF, hit: Hit, place: int, chosen: bool) -> None:
        small = theme.font(theme.SMALL, 600)
        painter.setFont(small)
        painter.setPen(theme.colour("accent" if chosen else "quiet"))
        painter.drawText(QRectF(inner.left(), inner.top(), 24, inner.height()), _LEFT,
                         str(place + 1))  # fmt: skip
        right = inner.right()
        if chosen:
            painter.drawText(inner, _RIGHT, "Enter")
            right -= QFontMetrics(small).horizontalAdvance("Enter") + 16
        word, icon, tone = hit.state
        pill = badge_size(word)
        where = QRectF(right - pill.width(), inner.top(), pill.width(), inner.height())
        paint_badge(painter, where.toRect(), word, icon, tone)
        left, right = inner.left() + 28, where.left() - 16
        font = theme.font(theme.SECTION, 600)
        metrics = QFontMetrics(font)
        rest = " · ".join(part for part in (hit.seat, hit.where) if part)
        name_room = min(metrics.horizontalAdvance(hit.row.name) + 2, int(right - left))
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        name = metrics.elidedText(hit.row.name, Qt.TextElideMode.ElideRight, name_room)
        painter.drawText(QRectF(left, inner.top(), name_room + 4, inner.height()), _LEFT, name)
        left += name_room + 20
        if right - left > 60:
            font = theme.font(theme.BODY)
            painter.setFont(font)
            painter.setPen(theme.colour("quiet"))
            shown = QFontMetrics(font).elidedText(
                rest, Qt.TextElideMode.ElideRight, int(right - left)
            )
            painter.drawText(QRectF(left, inner.top(), right - left, inner.height()), _LEFT, shown)


class Hits(QListView):
    """Shows the lines of a ``FoundModel``; ``clicked`` takes one with the mouse."""

    def __init__(
        self, name: str, model: QAbstractItemModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_Row(self))
        self.setModel(model)

    @property
    def place(self) -> int:
        """The line Enter would take, -1 when there is none."""
        return self.currentIndex().row()

    def go_to(self, place: int) -> None:
        """Point at a line, as far as there are lines."""
        count = self.model().rowCount(QModelIndex())
        if count:
            here = self.model().index(max(0, min(count - 1, place)), 0)
            self.setCurrentIndex(here)
            self.scrollTo(here)

    def wanted(self) -> int:
        """The height that shows every line."""
        return self.height_of(self.model().rowCount(QModelIndex()))

    def height_of(self, rows: int) -> int:
        """The height that shows ``rows`` lines whole."""
        return rows * theme.scaled(ROW) + 2 * max(self.frameWidth(), 2)

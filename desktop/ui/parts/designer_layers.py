# SPDX-License-Identifier: Apache-2.0
"""The panel at the left: what the page is made of, from the top down, and what can be added."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.model.template_edit import Box, changed
from desktop.ui import icons, theme
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_form import IconRow
from desktop.ui.tables.layer import LAYER, Layer, LayerModel, dropped_at, layers_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

WIDTH: Final = 208
_IN: Final = 14


class _Rows(QStyledItemDelegate):
    """Icon, word, and at the right an eye and a lock where they say something."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.scaled(120), theme.scaled(theme.TARGET))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        layer = index.data(LAYER)
        if not isinstance(layer, Layer):
            return
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        where = QRectF(option.rect)
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(where.adjusted(2, 2, -2, -2), 6, 6)
        left = where.left() + 8 + (_IN if layer.inside else 0)
        middle = where.center().y()
        tone = "edge" if layer.hidden else "accent" if chosen else "quiet"
        icons.paint(painter, QRectF(left, middle - 8, 16, 16), layer.icon, tone)
        right = where.right() - 6
        marks = [("eye-off", layer.hidden, "quiet"), ("lock", layer.locked, "quiet"),
                 ("triangle-alert", layer.wrong, "red")]  # fmt: skip
        for name, on, mark in marks:
            if on:
                right -= 18
                icons.paint(painter, QRectF(right, middle - 8, 16, 16), name, mark)
        font = theme.font(theme.SMALL, 600 if chosen else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("quiet" if layer.hidden else "text"))
        room = QRectF(left + 22, where.top(), right - left - 26, where.height())
        words = QFontMetrics(font).elidedText(
            layer.word, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class LayerList(QListView):
    """The rows; ``asked`` says what a key wants (the canvas's words)."""

    asked = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Parts of the page"))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Rows(self))
        self.layers = LayerModel(self)
        self.setModel(self.layers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), event.modifiers()
        alt = bool(keys & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.asked.emit("forward" if key == Qt.Key.Key_Up else "backward")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.asked.emit("delete")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit("words")
        elif key == Qt.Key.Key_Space:
            self.asked.emit("eye")
        elif keys & Qt.KeyboardModifier.ControlModifier and key in _KEYS:
            self.asked.emit(_KEYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.asked.emit("words")
        event.accept()


_KEYS: Final = {
    Qt.Key.Key_C: "copy",
    Qt.Key.Key_X: "cut",
    Qt.Key.Key_V: "paste",
    Qt.Key.Key_D: "duplicate",
}


class Layers(QFrame):
    """The list with the button to add over it, and what is done to a row under it."""

    asked = Signal(str)
    add_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._wrong: frozenset[str] = frozenset()
        self.setObjectName("card")
        self.setFixedWidth(theme.scaled(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        self.add = Button(_("Add"), self.add_wanted.emit, icon="plus", key="F3", parent=self)
        column.addWidget(self.add)
        self.list = LayerList(self)
        column.addWidget(self.list, 1)
        self.nothing = Label(
            _("The page is empty. Press Add (F3) and put in words, fields or pictures."),
            "small", "quiet", parent=self,
        )  # fmt: skip
        column.addWidget(self.nothing)
        column.addStretch()
        self.tools = IconRow(
            [
                ("chevron-up", _("Forward, or earlier in its column (Alt+Up)"),
                 lambda: self.asked.emit("forward")),
                ("chevron-down", _("Back, or later in its column (Alt+Down)"),
                 lambda: self.asked.emit("backward")),
                ("eye-off", _("Hide or show (Space)"), lambda: self._turn("hidden")),
                ("lock", _("Lock or unlock"), lambda: self._turn("locked")),
            ],
            self,
        )  # fmt: skip
        column.addWidget(self.tools)
        self.list.asked.connect(self._asked)
        self.list.menu_wanted.connect(self.menu_wanted)
        self.list.layers.dropped.connect(self._dropped)
        self.list.selectionModel().selectionChanged.connect(self._selected)
        bench.turned.connect(self.show_now)
        bench.chose.connect(self._mark)

    def show_wrong(self, ids: frozenset[str]) -> None:
        """Mark rows in which something is wrong."""
        self._wrong = ids
        self.show_now()

    def show_now(self) -> None:
        """Show the template's layers."""
        some = bool(self._bench.template.elements)
        self.list.setVisible(some)
        self.nothing.setVisible(not some)
        self.list.layers.show_layers(layers_of(self._bench.template, self._wrong))
        self._mark()

    def _mark(self) -> None:
        """Select the rows of what is chosen."""
        for button in self.tools.buttons:
            button.setEnabled(bool(self._bench.chosen))
        list_, model = self.list, self.list.layers
        rows = sorted(
            row for row in (model.row_of(name) for name in self._bench.chosen) if row >= 0
        )
        wanted = QItemSelection()
        for row in rows:
            wanted.select(model.index(row), model.index(row))
        select = list_.selectionModel()
        if {cell.row() for cell in select.selectedIndexes()} == set(rows):
            return
        select.blockSignals(True)
        select.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            select.setCurrentIndex(
                model.index(rows[0]), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        select.blockSignals(False)
        list_.viewport().update()
        if rows:
            list_.scrollTo(model.index(rows[0]))

    def _selected(self, *_changes: object) -> None:
        chosen = set()
        for cell in self.list.selectionModel().selectedIndexes():
            layer = self.list.layers.layer(cell.row())
            if layer is not None:
                chosen.add(layer.id)
        self._bench.choose(frozenset(chosen))

    def _dropped(self, element_id: str, row: int) -> None:
        found = self._bench.boxes.get(element_id)
        template = self._bench.template
        own = template.element(element_id)
        box = Box(own.x, found.y - 1, own.width, found.height + 2) if found else None
        self._bench.do(dropped_at(template, element_id, row, box))
        self._bench.choose(frozenset({element_id}))

    def _asked(self, what: str) -> None:
        if what == "eye":
            self._turn("hidden")
        else:
            self.asked.emit(what)

    def _turn(self, name: str) -> None:
        some = self._bench.elements()
        if some:
            on = not all(getattr(one, name) for one in some)
            self._bench.do(changed(self._bench.template, self._bench.chosen, **{name: on}))

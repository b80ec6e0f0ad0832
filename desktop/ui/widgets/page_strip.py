# SPDX-License-Identifier: Apache-2.0
"""The pages of a paper, small, to go through with the arrow keys."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.pdf import Pages
from desktop.ui.tasks import Tasks

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_PICTURE: Final = int(Qt.ItemDataRole.DecorationRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_WIDE: Final = 96
_HIGH: Final = 112


class PageModel(QAbstractListModel):
    """The pages of a PDF; a picture is drawn when it is first asked for."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pdf = b""
        self._count = 0
        self._pictures: dict[int, QIcon] = {}
        self._asked: set[int] = set()
        self._ratio = 1.0

    def show_pages(self, pdf: bytes, count: int, ratio: float) -> None:
        """Hold another PDF of ``count`` pages, for a screen of ``ratio`` dots a pixel."""
        self.beginResetModel()
        self._pdf, self._count, self._ratio = pdf, count, ratio
        self._pictures.clear()
        self._asked.clear()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        row = index.row()
        if not index.isValid() or row >= self._count:
            return None
        if role == _SHOWN:
            return str(row + 1)
        if role == _SPOKEN:
            return _("Page {number} of {total}").format(number=row + 1, total=self._count)
        if role == _PICTURE:
            if row not in self._pictures:
                self._ask(row)
            return self._pictures.get(row)
        return None

    def _ask(self, row: int) -> None:
        if row in self._asked:
            return
        self._asked.add(row)
        pdf, ratio = self._pdf, self._ratio

        def draw() -> QImage:
            with Pages(pdf) as pages:
                wide, high = pages.sizes[row]
                fitting = min(_WIDE, (_HIGH - 8) * wide / high)
                return pages.image(row, round(fitting * ratio))

        def then(image: QImage) -> None:
            if pdf is self._pdf:
                picture = QPixmap.fromImage(image)
                picture.setDevicePixelRatio(ratio)
                shown = QIcon(picture)
                # The style would tint the page that is chosen, and paper is white.
                shown.addPixmap(picture, QIcon.Mode.Selected)
                self._pictures[row] = shown
                cell = self.index(row)
                self.dataChanged.emit(cell, cell, [_PICTURE])

        self._tasks.run("slow", self, draw, then)


class PageStrip(QListView):
    """``moved(number)`` comes when another page is chosen, counted from 0."""

    moved = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Pages of this paper"))
        self._model = PageModel(tasks, self)
        self.setModel(self._model)
        self.setIconSize(QSize(_WIDE, _HIGH - 8))
        self.setFixedWidth(theme.scaled(_WIDE + 68))
        self.setUniformItemSizes(True)
        self.setSpacing(4)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def show_pages(self, pdf: bytes, count: int, number: int = 0) -> None:
        """Show the pages of a PDF with one of them chosen."""
        self._model.show_pages(pdf, count, self.devicePixelRatioF())
        self.go_to(number)

    def go_to(self, number: int) -> None:
        """Choose a page."""
        if 0 <= number < self._model.rowCount():
            cell = self._model.index(number)
            self.setCurrentIndex(cell)
            self.scrollTo(cell)

    def number(self) -> int:
        """The page that is chosen, counted from 0; -1 for none."""
        return self.currentIndex().row()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(current.row())

# SPDX-License-Identifier: Apache-2.0
"""A page of paper on the screen, as large as there is room, drawn off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.pdf import Pages
from desktop.ui.tasks import Task, Tasks
from desktop.ui.widgets.label import Label

_EDGE = 8
_A4 = 297 / 210
_SETTLE = 60
"""Milliseconds to wait for the end of a resize before drawing again."""


class PageView(QWidget):
    """Shows page ``number`` of what ``make`` returns, or a sentence when there is nothing.

    The answer to an older question never covers that to a newer one; while the new page is being
    made the old one stays, so that going through a list does not flicker.
    """

    def __init__(self, tasks: Tasks, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._name = tasks, name
        self._pages: Pages | None = None
        self._borrowed: Pages | None = None
        self._number = 0
        self._image = QImage()
        self._making: Task | None = None
        self._drawing: Task | None = None
        self._shape = _A4
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._draw)
        self._icon = ""
        self._tone = "quiet"
        self._words = Label("", "lead", align=Qt.AlignmentFlag.AlignHCenter, parent=self)
        self._words.hide()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 140)
        self.destroyed.connect(_closer(self))

    @property
    def image(self) -> QImage:
        """What is shown, empty while there is nothing."""
        return self._image

    @property
    def busy(self) -> bool:
        """Whether a page is still being made or drawn."""
        return self._making is not None or self._drawing is not None or self._settle.isActive()

    def show_made(
        self,
        make: Callable[[], bytes],
        number: int = 0,
        spoken: str = "",
    ) -> None:
        """Make a PDF in the slow lane and show one of its pages. ``spoken`` says whose it is."""
        self._stop()
        self._words.hide()
        self.setAccessibleDescription(spoken)

        def then(pages: Pages) -> None:
            self._making = None
            self._take(pages, number)

        def lost(error: Exception) -> None:
            self._making = None
            if isinstance(error, Problem):
                self.say("triangle-alert", "amber", str(error))
            else:
                self._lost(error)

        self._making = self._tasks.run("slow", self, lambda: Pages(make()), then, lost)

    def show_page(self, pages: Pages, number: int, spoken: str = "") -> None:
        """Show a page of an open PDF; whoever opened it keeps it open and closes it."""
        self._stop()
        self._words.hide()
        self.setAccessibleDescription(spoken)
        self._let_go()
        self._borrowed, self._number = pages, number
        self._draw()

    def say(self, icon: str, tone: str, sentence: str) -> None:
        """Show a sentence instead of a page."""
        self._stop()
        self._let_go()
        self._borrowed = None
        self._image = QImage()
        self._icon, self._tone = icon, tone
        self._words.setText(sentence)
        self._words.show()
        self.setAccessibleDescription(sentence)
        self._lay()
        self.update()

    def _take(self, pages: Pages, number: int) -> None:
        self._let_go()
        self._borrowed = None
        self._pages, self._number = pages, number
        self._draw()

    def _let_go(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def _stop(self) -> None:
        for task in (self._making, self._drawing):
            if task is not None:
                task.cancel()
        self._making = self._drawing = None

    def _draw(self) -> None:
        pages = self._borrowed or self._pages
        if pages is None or not 0 <= self._number < len(pages):
            return
        if self._drawing is not None:
            self._drawing.cancel()
        wide, high = pages.sizes[self._number]
        self._shape = wide / high
        number, ratio = self._number, self.devicePixelRatioF()
        pixels = max(1, round(self._sheet().width() * ratio))

        def then(image: QImage) -> None:
            self._drawing = None
            image.setDevicePixelRatio(ratio)
            self._image = image
            self.update()

        self._drawing = self._tasks.run(
            "slow", self, lambda: pages.image(number, pixels), then, self._lost
        )

    def _lost(self, error: Exception) -> None:
        self._drawing = None
        self.say("triangle-alert", "amber", _("This page cannot be shown."))
        self._tasks.failed.emit(error)

    def _sheet(self) -> QRectF:
        """Where the sheet of paper lies."""
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        wide = min(room.width(), room.height() * self._shape)
        high = wide / self._shape
        return QRectF(
            room.left() + (room.width() - wide) / 2,
            room.top() + (room.height() - high) / 2,
            wide,
            high,
        )

    def sizeHint(self) -> QSize:
        return QSize(560, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()
        if self._borrowed is not None or self._pages is not None:
            self._settle.start()

    def _lay(self) -> None:
        wide = max(120, min(520, self.width() - 48))
        high = self._words.heightForWidth(wide)
        left, top = (self.width() - wide) // 2, self.height() // 2 + 8
        self._words.setGeometry(left, top, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if not self._image.isNull():
            sheet = self._sheet()
            painter.drawImage(sheet, self._image)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRect(sheet)
        elif self._words.isVisible() and self._icon:
            side = 40.0
            where = QRectF((self.width() - side) / 2, self.height() / 2 - side - 8, side, side)
            icons.paint(painter, where, self._icon, self._tone)
        painter.end()


def _closer(view: PageView) -> Callable[[], None]:
    """Closes the PDF when the widget is gone, without keeping the widget alive."""
    kept = view.__dict__

    def close() -> None:
        pages = kept.get("_pages")
        if pages is not None:
            pages.close()

    return close

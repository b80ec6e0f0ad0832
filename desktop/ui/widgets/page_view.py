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
_LEAST = 140
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
        self._pdf = b""
        self._number = 0
        self._image = QImage()
        self._making: Task | None = None
        self._drawing: Task | None = None
        self._shape = _A4
        self._wide = False
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
        self.setMinimumSize(200, _LEAST)

    @property
    def image(self) -> QImage:
        """What is shown, empty while there is nothing."""
        return self._image

    @property
    def busy(self) -> bool:
        """Whether a page is still being made or drawn."""
        return self._making is not None or self._drawing is not None or self._settle.isActive()

    @property
    def wide(self) -> bool:
        """Whether the page takes the whole width and what is around it scrolls."""
        return self._wide

    def set_wide(self, wide: bool) -> None:
        """Take the whole width, or fit into the height too."""
        self._wide = wide
        self._reach()
        if self._pdf:
            self._settle.start()

    def _reach(self) -> None:
        """Be as high as the page is at this width, or as low as one likes."""
        inner = self.width() - 2 * _EDGE
        high = round(inner / self._shape) + 2 * _EDGE if self._wide else _LEAST
        if high != self.minimumHeight():
            self.setMinimumHeight(high)

    def show_made(self, make: Callable[[], bytes], *, number: int = 0, spoken: str = "") -> None:
        """Make a PDF in the slow lane and show one of its pages. ``spoken`` says whose it is."""
        if self._image.isNull():
            self.say("", "quiet", _("Making the page…"))
        self._stop()
        self.setAccessibleDescription(spoken)

        def then(pdf: bytes) -> None:
            self._making = None
            self._pdf, self._number = pdf, number
            self._draw()

        def lost(error: Exception) -> None:
            self._making = None
            if isinstance(error, Problem):
                self.say("triangle-alert", "amber", str(error))
            else:
                self._lost(error)

        self._making = self._tasks.run("slow", self, make, then, lost)

    def show_page(self, pdf: bytes, number: int, spoken: str = "") -> None:
        """Show a page of a finished PDF."""
        self._stop()
        self.setAccessibleDescription(spoken)
        self._pdf, self._number = pdf, number
        self._draw()

    def say(self, icon: str, tone: str, sentence: str) -> None:
        """Show a sentence instead of a page."""
        self._stop()
        self._pdf = b""
        self._image = QImage()
        self._icon, self._tone = icon, tone
        self._words.setText(sentence)
        self._words.show()
        self.setAccessibleDescription(sentence)
        self._lay()
        self.update()

    def _stop(self) -> None:
        for task in (self._making, self._drawing):
            if task is not None:
                task.cancel()
        self._making = self._drawing = None

    def _draw(self) -> None:
        pdf, number = self._pdf, self._number
        if not pdf:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        ratio, whole, room = self.devicePixelRatioF(), self._wide, self.width() - 2 * _EDGE

        def draw() -> tuple[QImage, float]:
            with Pages(pdf) as pages:
                wide, high = pages.sizes[number]
                across = room if whole else self._sheet(wide / high).width()
                return pages.image(number, max(1, round(across * ratio))), wide / high

        def then(drawn: tuple[QImage, float]) -> None:
            self._drawing = None
            self._image, self._shape = drawn
            self._words.hide()
            self._image.setDevicePixelRatio(ratio)
            self.update()

        self._drawing = self._tasks.run("slow", self, draw, then, self._lost)

    def _lost(self, error: Exception) -> None:
        self._drawing = None
        self.say("triangle-alert", "amber", _("This page cannot be shown."))
        self._tasks.failed.emit(error)

    def _sheet(self, shape: float) -> QRectF:
        """Where a sheet of paper of that width to height lies."""
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        wide = min(room.width(), room.height() * shape)
        high = wide / shape
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
        if self._wide and event.oldSize().width() != self.width():
            self._reach()
        if self._pdf and (not self._wide or event.oldSize().width() != self.width()):
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
            sheet = self._sheet(self._shape)
            painter.drawImage(sheet, self._image)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRect(sheet)
        elif self._words.isVisible() and self._icon:
            side = 40.0
            where = QRectF((self.width() - side) / 2, self.height() / 2 - side - 8, side, side)
            icons.paint(painter, where, self._icon, self._tone)
        painter.end()

# SPDX-License-Identifier: Apache-2.0
"""Where a picture stands, or can be put: by a press, by dropping a file, by pasting."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import icons, theme

WIDE = 260
HIGH = 180


class PictureFrame(QWidget):
    """``wanted`` comes when a file is asked for, ``files`` with paths, ``pasted`` with a picture,
    ``unwanted`` when the picture is to go.
    """

    wanted = Signal()
    unwanted = Signal()
    files = Signal(object)
    pasted = Signal(object)

    def __init__(
        self, parent: QWidget | None = None, *, wide: int = WIDE, high: int = HIGH
    ) -> None:
        super().__init__(parent)
        self._size = (wide, high)
        self._image: QImage | None = None
        self._busy = ""
        self._over = False
        self._locked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(*(theme.scaled(side) for side in self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or the empty frame."""
        self._image, self._busy = image, ""
        self.update()

    def show_busy(self, words: str) -> None:
        """Show that something is under way."""
        self._busy = words
        self.update()

    def set_locked(self, locked: bool) -> None:
        """Take nothing in."""
        self._locked = locked
        self.setAcceptDrops(not locked)
        self.update()

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    # ── taking in ────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._locked:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._locked:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._image is not None:
            self.unwanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> bool:
        """Take what is on the clipboard; False when it holds no picture."""
        # Qt gives none for an empty clipboard, whatever its stub says.
        held: object = QGuiApplication.clipboard().mimeData()
        return isinstance(held, QMimeData) and self._take(held)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._locked and _holds_picture(event.mimeData()):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, held: QMimeData) -> bool:
        if paths := _paths(held):
            self.files.emit(paths)
            return True
        if held.hasImage():
            image = held.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.pasted.emit(image)
                return True
        return False

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        bad = self.property("bad") == "true"
        focus = self.hasFocus()
        tone = "focus" if focus or self._over else "red" if bad else "edge"
        pen = QPen(theme.colour(tone), 2 if focus or self._over or bad else 1)
        if self._image is None and not focus:
            pen.setStyle(Qt.PenStyle.DashLine)
        ground = "accent_soft" if self._over else "raised" if self._locked else "surface"
        painter.setPen(pen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(room, theme.RADIUS, theme.RADIUS)
        if self._busy:
            self._paint_words(painter, room, "refresh-cw", self._busy)
        elif self._image is not None:
            self._paint_image(painter, room.adjusted(4, 4, -4, -4), self._image)
        elif self._locked:
            self._paint_words(painter, room, "image", _("No picture"))
        else:
            self._paint_words(painter, room, "image-plus", _("Press, or drop a picture here"))
        painter.end()

    def _paint_words(self, painter: QPainter, room: QRectF, icon: str, words: str) -> None:
        side = 36.0
        middle = room.center()
        icons.paint(
            painter, QRectF(middle.x() - side / 2, middle.y() - side, side, side), icon, "quiet"
        )
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font())
        painter.drawText(
            QRectF(room.left() + 8, middle.y() + 6, room.width() - 16, room.height() / 2 - 10),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
            words,
        )

    def _paint_image(self, painter: QPainter, room: QRectF, image: QImage) -> None:
        size = image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        left = room.left() + (room.width() - size.width()) / 2
        top = room.top() + (room.height() - size.height()) / 2
        where = QRectF(left, top, size.width(), size.height())
        shape = QPainterPath()
        shape.addRoundedRect(where, 4, 4)
        painter.setClipPath(shape)
        painter.drawImage(where, image)
        painter.setClipping(False)


def _holds_picture(held: QMimeData) -> bool:
    return bool(_paths(held)) or held.hasImage()


def _paths(held: QMimeData) -> list[Path]:
    """The files of this computer that were dropped; what lies on the network is none."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]

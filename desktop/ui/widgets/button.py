# SPDX-License-Identifier: Apache-2.0
"""Buttons: 40 px high or more, named with a verb, with their key shown on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetricsF,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from desktop.ui import icons, theme

Kind = Literal["primary", "secondary", "quiet", "danger", "choice"]
_GAP = 8
_PAD = 16
_ICON = 20
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Pressed(QPushButton):
    """A button that Enter presses as the space bar does; Qt leaves that to dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class Button(_Pressed):
    """A button of one of five kinds; its key, if any, stands small at its right."""

    def __init__(
        self,
        text: str,
        pressed: Callable[[], object] | None = None,
        *,
        kind: Kind = "secondary",
        icon: str = "",
        key: str = "",
        shows_key: bool = True,
        icon_after: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._key_text = ""
        self._shows_key = shows_key
        self._after = icon_after
        self._brief = 0
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if key:
            self.setShortcut(QKeySequence(key))
            self.show_key(key)
        if pressed is not None:
            self.clicked.connect(lambda _checked=False: pressed())

    @property
    def kind(self) -> str:
        return str(self.property("kind"))

    def set_icon(self, name: str) -> None:
        """Show another icon, or none."""
        if name != self._icon:
            self._icon = name
            self.update()

    def setText(self, text: str) -> None:
        """Show another text; screen readers say the same. Its key stays."""
        kept = self.shortcut()
        super().setText(text)  # Qt takes the key of the new text, which has none
        self.setShortcut(kept)
        self.setAccessibleName(text)
        self.updateGeometry()

    def show_key(self, key: str) -> None:
        """Show a key at the right of the text (the key itself is somebody else's)."""
        self._key_text = key.replace("Return", "Enter")
        if key:
            self.setAccessibleDescription(key)
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: int) -> None:
        """Say less where there is no room: 1 without the key, 2 the icon alone.

        What is left out is said by the tool tip, and by screen readers as before.
        """
        if self._brief != brief:
            self._brief = brief
            said = f"{self.text()}  {self._key_text}".rstrip()
            self.setToolTip(said if brief else "")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = sum(part for part in self._widths() if part) + 2 * _PAD
        return QSize(round(width), theme.scaled(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        # The style draws the ground; icon, words and key are set here, together in the middle.
        option.text, option.icon = "", QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = self._tone()
        icon, words, key = self._widths()
        room = self.width() - icon - words - key
        left = float(_PAD) if self.kind == "choice" else max(_PAD / 2, room / 2)
        if self._icon:
            side = float(_ICON)
            start = left + words + _GAP if self._after else left
            where = QRectF(start, (self.height() - side) / 2, side, side)
            icons.paint(painter, where, self._icon, tone)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.colour(tone))
        painter.setFont(self._type())
        if words:
            painter.drawText(
                QRectF(left + (0 if self._after else icon), 0, words + 2, self.height()),
                middle,
                self.text().replace("&", ""),
            )
        if key:
            painter.setFont(theme.font(theme.TINY, 500))
            painter.setPen(theme.colour("quiet" if tone == "text" else tone))
            painter.drawText(
                QRectF(left + icon + words + _GAP, 0, key, self.height()), middle, self._key_text
            )
        painter.end()

    def _type(self) -> QFont:
        heavy = self.kind == "primary" or bool(self.property("final"))
        heavy = heavy or (self.kind == "choice" and self.isChecked())
        return theme.font(theme.BODY, 600 if heavy else 400)

    def _widths(self) -> tuple[float, float, float]:
        """Widths of the icon, the words and the key, each with the gap that belongs to it."""
        alone = self._brief > 1 and bool(self._icon)
        words = QFontMetricsF(self._type()).horizontalAdvance(self.text().replace("&", ""))
        words = 0.0 if alone else words
        icon = _ICON + (_GAP if words else 0) if self._icon else 0
        key = 0.0
        if self._key_text and self._shows_key and not self._brief:
            key = (
                QFontMetricsF(theme.font(theme.TINY, 500)).horizontalAdvance(self._key_text) + _GAP
            )
        return icon, words, key

    def _tone(self) -> str:
        if not self.isEnabled():
            return "edge"
        kind = self.kind
        if kind == "primary":
            return "on_accent"
        if kind == "danger":
            return "on_red" if self.property("final") else "red"
        return "accent" if kind == "quiet" or (kind == "choice" and self.isChecked()) else "text"


class ActionButton(Button):
    """A button that shows a ``QAction``: its text, icon, key, and whether it can be done now."""

    def __init__(
        self, action: QAction, kind: Kind = "secondary", parent: QWidget | None = None
    ) -> None:
        said = action.property("kind")
        super().__init__(
            action.text(), kind=said or kind, icon=action.property("lucide") or "", parent=parent
        )
        self._action = action
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._show)
        self._show()

    def let_go(self) -> None:
        """Show the action no more: what it says later is another button's."""
        self._action.changed.disconnect(self._show)
        self.hide()
        self.deleteLater()

    def _show(self) -> None:
        self.setText(self._action.text())
        self.set_icon(self._action.property("lucide") or "")
        self.setEnabled(self._action.isEnabled())
        self.setVisible(self._action.isVisible())
        self.show_key(self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        self.setToolTip(self._action.toolTip() if self._action.statusTip() else "")


class IconButton(_Pressed):
    """A square button with an icon alone; screen readers and the tool tip say its ``name``."""

    def __init__(
        self,
        icon: str,
        name: str,
        pressed: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.set_name(name)
        if pressed is not None:
            self.clicked.connect(lambda _checked=False: pressed())

    def set_name(self, name: str) -> None:
        """Say otherwise what it does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(40), theme.scaled(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = 20.0
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        tone = "accent" if self.isEnabled() else "edge"
        icons.paint(painter, QRectF(left, top, side, side), self._icon, tone)
        painter.end()

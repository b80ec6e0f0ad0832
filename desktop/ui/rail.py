# SPDX-License-Identifier: Apache-2.0
"""The rail at the left: where one can go, each with its key; icons alone when it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.widgets.label import Label

WIDE = 208
NARROW = 64
_HIGH = 44


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go."""

    noun: str
    word: str
    """English msgid."""
    icon: str
    """A file of resources/icons."""
    key: str = ""
    """The key that leads there; otherwise Ctrl and its place among those without one."""
    at_foot: bool = False
    """Whether it stands at the foot of the rail; the last one always does."""


def keyed(places: Sequence[Place]) -> tuple[Place, ...]:
    """The places, each with its key."""
    number = count(1)
    return tuple(
        place if place.key else replace(place, key=f"Ctrl+{next(number)}") for place in places
    )


class _Item(QAbstractButton):
    """One place: icon, word, key. The one that is open is marked by a bar, weight and colour."""

    def __init__(self, place: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = place
        self.narrow = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        word = _(self.place.word)
        self.setText(word)
        self.setAccessibleName(word)
        self.setAccessibleDescription(self.place.key)
        self.setToolTip(f"{word}  {self.place.key}" if self.narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self.narrow else WIDE, theme.scaled(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, over = self.isChecked(), self.underMouse()
        spot = QRectF(self.rect()).adjusted(8, 2, -8, -2)
        if on or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if on else "raised"))
            painter.drawRoundedRect(spot, theme.RADIUS, theme.RADIUS)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(
                QRectF(spot.left(), spot.top() + 8, 4, spot.height() - 16), 2, 2
            )
        tone = "accent" if on else "text"
        left = (self.width() - 20) / 2 if self.narrow else spot.left() + 14
        middle = (self.height() - 20) / 2
        icons.paint(painter, QRectF(left, middle, 20, 20), self.place.icon, tone)
        if not self.narrow:
            self._words(painter, spot, tone, on=on)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        painter.end()

    def _words(self, painter: QPainter, spot: QRectF, tone: str, *, on: bool) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour(tone))
        painter.setFont(theme.font(theme.BODY, 600 if on else 400))
        room = spot.adjusted(46, 0, -4, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, self.text())
        painter.setPen(theme.colour("quiet"))
        painter.setFont(theme.font(theme.TINY))
        painter.drawText(
            spot.adjusted(0, 0, -8, 0),
            Qt.AlignmentFlag.AlignRight | middle,
            self.place.key.replace("Ctrl+", "Ctrl "),
        )

    def enterEvent(self, event: object) -> None:
        super().enterEvent(event)  # type: ignore[arg-type]
        self.update()

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self.update()


class Rail(QWidget):
    """The places, the last one (settings) and those before it that say so at the foot."""

    chose = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setAccessibleName(_("Pages"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(0)
        self._name = Label(_("Samut Sanam"), "lead", "accent", weight=700, wrap=False, parent=self)
        self._name.setContentsMargins(0, 0, 0, 0)
        self._name.setIndent(0)
        holder = QVBoxLayout()
        holder.setContentsMargins(22, 2, 8, 10)
        holder.addWidget(self._name)
        column.addLayout(holder)
        self._items: dict[str, _Item] = {}
        foot = next((n for n, place in enumerate(places) if place.at_foot), len(places) - 1)
        for number, place in enumerate(places):
            if number == foot:
                column.addStretch()
            item = _Item(place, self)
            item.clicked.connect(lambda _on=False, noun=place.noun: self.chose.emit(noun))
            self._items[place.noun] = item
            column.addWidget(item)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or words too."""
        self.setFixedWidth(NARROW if narrow else max(WIDE, theme.scaled(WIDE)))
        self._name.setVisible(not narrow)
        for item in self._items.values():
            item.narrow = narrow
            item.retranslate()

    def mark(self, noun: str) -> None:
        """Show that a place is open."""
        item = self._items.get(noun)
        if item is not None:
            item.setChecked(True)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._name.setText(_("Samut Sanam"))
        self.setAccessibleName(_("Pages"))
        for item in self._items.values():
            item.retranslate()

# SPDX-License-Identifier: Apache-2.0
"""The small parts that the designer's panels are made of: sections, picks of icons, colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.model.template import Template
from desktop.model.template_new import INKS
from desktop.ui import theme
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.label import Label

_HEX: Final = re.compile(r"#?([0-9A-Fa-f]{6})")
_PER_ROW: Final = 4


class Section(QWidget):
    """A heading and what belongs under it, two columns wide."""

    def __init__(self, headline: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # What is left of a high panel is below all sections, not between their lines.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.headline = Label(headline, "body", weight=600, wrap=False, parent=self)
        self.headline.setVisible(bool(headline))
        column.addWidget(self.headline)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        column.addLayout(self.grid)
        self._row = 0
        self._half = False

    def show_template(self, template: Template) -> None:
        """Show what the template says of what is chosen."""

    def field(self, label: str, editor: QWidget, *, wide: bool = False, hint: str = "") -> Field:
        """Add an editor under its label; narrow ones stand two in a row."""
        made = Field(label, editor, hint, parent=self)
        self.put(made, wide=wide)
        return made

    def put(self, part: QWidget, *, wide: bool = True) -> None:
        """Add a part."""
        if wide:
            if self._half:
                self._row += 1
            self.grid.addWidget(part, self._row, 0, 1, 2)
            self._row += 1
            self._half = False
        else:
            self.grid.addWidget(part, self._row, int(self._half))
            self._row += int(self._half)
            self._half = not self._half


class PickButton(IconButton):
    """A button of an icon that can stay pressed."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(icon, name, None, parent)
        self.setCheckable(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            painter.end()
        super().paintEvent(event)


class IconPick(QWidget):
    """One of a few, each an icon with its name. ``chose(value)``."""

    chose = Signal(object)

    def __init__(
        self, options: Sequence[tuple[Any, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._buttons: dict[Any, PickButton] = {}
        for value, icon, name in options:
            button = PickButton(icon, name, self)
            button.clicked.connect(partial(self._press, value))
            self._buttons[value] = button
            row.addWidget(button)
        row.addStretch()

    def show_value(self, value: Any) -> None:
        """Show which one is chosen; another value shows none."""
        for each, button in self._buttons.items():
            button.setChecked(each == value)

    def _press(self, value: Any, _checked: bool = False) -> None:
        self.show_value(value)
        self.chose.emit(value)


class IconRow(QWidget):
    """Buttons of icons that do something at once."""

    def __init__(
        self,
        options: Sequence[tuple[str, str, Callable[[], object]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.buttons = [IconButton(icon, name, run, self) for icon, name, run in options]
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch()


class _Swatch(QPushButton):
    """One colour to choose."""

    def __init__(self, colour: str, name: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self._colour = colour
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(theme.scaled(40), theme.scaled(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_swatch(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), self._colour)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()


def paint_swatch(painter: QPainter, where: QRectF, colour: str) -> None:
    """Draw a colour as a rounded square; no colour as an empty one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("edge"), 1))
    painter.setBrush(QColor(colour) if colour else theme.colour("surface"))
    painter.drawRoundedRect(where, 6, 6)
    if not colour:
        painter.drawLine(where.bottomLeft(), where.topRight())


class ColourPick(QPushButton):
    """A colour of the palette, or any by its number. ``chose(colour)``, ``#RRGGBB``."""

    chose = Signal(str)

    def __init__(
        self, name: str, own: Callable[[], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._name, self._own = name, own
        self._colour = ""
        self._popup: QFrame | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _on=False: self._open())

    def colour(self) -> str:
        """The colour shown, empty for none."""
        return self._colour

    def show_value(self, colour: str) -> None:
        """Show a colour."""
        self._colour = colour
        self.setAccessibleName(f"{self._name} {colour}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(112), theme.scaled(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = 22.0
        top = (self.height() - side) / 2
        paint_swatch(painter, QRectF(10, top, side, side), self._colour)
        painter.setPen(theme.colour("text" if self.isEnabled() else "edge"))
        painter.setFont(theme.font(theme.SMALL))
        room = self.rect().adjusted(40, 0, -4, 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, middle, self._colour.upper() if self._colour else _("none"))
        painter.end()

    def _open(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setObjectName("card")
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(popup)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        own = list(dict.fromkeys(colour.upper() for colour in self._own() if colour))[:8]
        for headline, colours in ((_("Of this template"), own), (_("Others"), list(INKS))):
            if not colours:
                continue
            column.addWidget(Label(headline, "small", "quiet", parent=popup))
            grid = QGridLayout()
            grid.setSpacing(2)
            for place, colour in enumerate(colours):
                swatch = _Swatch(colour, colour, popup)
                swatch.clicked.connect(partial(self._take, colour))
                grid.addWidget(swatch, place // _PER_ROW, place % _PER_ROW)
            column.addLayout(grid)
        edit = TextEdit(self._colour, longest=7, parent=popup)
        edit.returnPressed.connect(lambda: self._typed(edit.plain()))
        column.addWidget(Field(_("Colour code"), edit, parent=popup))
        self._popup = popup
        popup.adjustSize()
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        edit.setFocus()
        edit.selectAll()

    def _typed(self, text: str) -> None:
        found = _HEX.fullmatch(text)
        if found is not None:
            self._take(f"#{found[1].upper()}")

    def _take(self, colour: str, _checked: bool = False) -> None:
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        if colour != self._colour:
            self.show_value(colour)
            self.chose.emit(colour)

# SPDX-License-Identifier: Apache-2.0
"""The map with what stands around it: the words of the marked house, the key, the zoom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.parts.map_marks import draw_mark, spot_words, urgency_words
from desktop.ui.parts.place_map import PlaceMap
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.ui.parts.household_reading import Spot

_NEARER: Final = 1.5


class HouseholdMap(QWidget):
    """``chosen(household_id)`` comes when a point is opened."""

    chosen = Signal(str)

    def __init__(self, begin: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""
        whole = QWidget(self)
        self.map = PlaceMap(whole)
        self.map.chosen.connect(self.chosen)
        self.map.moved.connect(lambda _id: self._say())
        self.words = Label("", weight=500, parent=whole)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.words, 1)
        for icon, name, run in self._buttons():
            top.addWidget(IconButton(icon, name, run, whole))
        column = QVBoxLayout(whole)
        column.setContentsMargins(24, 0, 24, 4)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.map, 1)
        column.addWidget(_Key(whole))
        self._whole = whole
        self._none = Empty(
            "map",
            _("No household has a place on the map yet"),
            _(
                "A home visit asks for it: typed, pasted, from a receiver, or out of a photo. It "
                "can also be added with “Correct the address” of a household."
            ),
            (begin,),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(self._none)

    def show_spots(self, spots: tuple[Spot, ...], today: date) -> None:
        """Show these households."""
        self._stack.setCurrentWidget(self._whole if spots else self._none)
        self.map.show_spots(spots, today)
        if self._wanted and spots:
            self.map.go_to(self._wanted)
            self._wanted = ""
        self._say()

    def want(self, household_id: str) -> None:
        """Mark a household as soon as it is known where it is."""
        self._wanted = household_id

    def focus_first(self) -> None:
        """Into the map."""
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        here = self.map.current()
        self.words.setText("" if here is None else spot_words(here))

    def _buttons(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        return (
            ("plus", _("Nearer (+)"), lambda: self.map.zoom(_NEARER)),
            ("minus", _("Farther (−)"), lambda: self.map.zoom(1 / _NEARER)),
            ("maximize", _("All households (0)"), self.map.show_all),
        )


class _Key(QWidget):
    """What the marks and the keys mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        marks = [
            (code, True, urgency_words(code)) for code in ("critical", "urgent", "normal", "")
        ]
        marks.append(("normal", False, _("hollow: no visit for 90 days")))
        for code, filled, word in marks:
            pair = QHBoxLayout()
            pair.setSpacing(6)
            pair.addWidget(_Mark(code, filled, self))
            pair.addWidget(Label(word, theme.SMALL, "quiet", wrap=False, parent=self))
            row.addLayout(pair)
        row.addStretch()
        keys = _("arrows: next house · Shift+arrows: move · Enter: open")
        row.addWidget(Label(keys, theme.SMALL, "quiet", wrap=False, parent=self))


class _Mark(QWidget):
    """One mark of the key."""

    def __init__(self, urgency: str, filled: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._urgency, self._filled = urgency, filled
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QPointF(12, 12), self._urgency, filled=self._filled)
        painter.end()

# SPDX-License-Identifier: Apache-2.0
"""What was found: the problems in their groups as ticks, narrowed by typing a part of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.store import codelist
from desktop.thai.search_key import search_key
from desktop.ui import theme
from desktop.ui.parts.case_terms import by_dimension, dimension_word
from desktop.ui.widgets.field import TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.tick import Tick

_HIGH: Final = 196


class ProblemPick(QWidget):
    """``codes()`` are the ticked ones in the order they were ticked: the weightiest first.

    Enter ticks the first that fits what was typed; Down goes into the list.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, high: int = _HIGH) -> None:
        super().__init__(parent)
        self._codes: list[str] = []
        self._ticks: dict[str, Tick] = {}
        self._keys: dict[str, str] = {}
        self._heads: list[tuple[Label, tuple[str, ...]]] = []
        self.line = TextEdit(
            placeholder=_("Type a part, Enter ticks it; ↓ for the list"), parent=self
        )
        self.line.textChanged.connect(self._narrow)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        inside = QWidget(self)
        list_column = QVBoxLayout(inside)
        list_column.setContentsMargins(8, 4, 8, 8)
        list_column.setSpacing(0)
        every = tuple(one.code for one in codelist.codes("problem"))
        for dimension, codes in by_dimension(every):
            head = Label(dimension_word(dimension), "small", "quiet", weight=600, parent=inside)
            self._heads.append((head, codes))
            list_column.addWidget(head)
            for code in codes:
                found = codelist.code("problem", code)
                tick = Tick(codelist.word("problem", code), parent=inside)
                tick.toggled.connect(lambda on, code=code: self._toggled(code, on))
                tick.installEventFilter(self)
                # Forty of them: the Tab key goes past, Down goes in.
                tick.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
                self._ticks[code] = tick
                words = f"{found.th} {found.en}" if found is not None else code
                self._keys[code] = search_key(words)
                list_column.addWidget(tick)
        list_column.addStretch()
        self._scroll = Scroll(inside, self)
        self._scroll.setFixedHeight(theme.scaled(high))
        self.told = Label("", "small", "accent", weight=600, parent=self)
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._scroll)
        column.addWidget(self.told)

    def codes(self) -> tuple[str, ...]:
        """The problems ticked."""
        return tuple(self._codes)

    def set_codes(self, codes: Iterable[str]) -> None:
        """Tick these, in this order."""
        wanted = [code for code in codes if code in self._ticks]
        for code, tick in self._ticks.items():
            tick.blockSignals(True)
            tick.setChecked(code in wanted)
            tick.blockSignals(False)
        self._codes = wanted
        self._tell()

    def setAccessibleName(self, name: str) -> None:
        """Name the line for screen readers."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setProperty(self, name: str, value: object) -> bool:
        """``bad`` goes to the line, which shows it."""
        if name == "bad":
            self.line.setProperty(name, value)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)
        return bool(super().setProperty(name, value))

    def _toggled(self, code: str, on: bool) -> None:
        if on and code not in self._codes:
            self._codes.append(code)
        elif not on and code in self._codes:
            self._codes.remove(code)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        words = ", ".join(codelist.word("problem", code) for code in self._codes)
        self.told.setText(f"✓ {words}")
        self.told.setVisible(bool(self._codes))

    def _fitting(self) -> list[str]:
        wanted = search_key(self.line.text())
        return [code for code in self._ticks if not wanted or wanted in self._keys[code]]

    def _narrow(self, _text: str) -> None:
        fitting = set(self._fitting())
        for code, tick in self._ticks.items():
            tick.setVisible(code in fitting)
        for head, codes in self._heads:
            head.setVisible(not fitting.isdisjoint(codes))

    def _step(self, tick: QObject, by: int) -> bool:
        shown = [one for one in self._ticks.values() if not one.isHidden()]
        place = shown.index(tick) + by if tick in shown else 0
        if place < 0:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif place < len(shown):
            shown[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(shown[place], 0, 8)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if watched is self.line:
                if key == Qt.Key.Key_Down:
                    return self._step(watched, 1)
                if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                    return self._take_first()
            elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                return self._step(watched, 1 if key == Qt.Key.Key_Down else -1)
        return bool(super().eventFilter(watched, event))

    def _take_first(self) -> bool:
        fitting = self._fitting()
        if self.line.plain() and fitting:
            self._ticks[fitting[0]].setChecked(True)
            self.line.clear()
        return True

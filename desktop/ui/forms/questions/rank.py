# SPDX-License-Identifier: Apache-2.0
"""Choices put in order of weight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.forms.question import Question
from desktop.ui.forms.rank_list import RankList
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label


class RankQuestion(Question):
    """``rank``. The answer is every value in order, with spaces between; Delete takes it away."""

    stretches = True

    def make_editor(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.list = RankList(holder)
        self.list.moved.connect(self._moved)
        self.watch(self.list)
        self._how = Label("", "small", "quiet", parent=holder)
        self._keep = Button("", self.keep_order, icon="check", parent=holder)
        self._none = Button("", self.clear, kind="quiet", icon="x", parent=holder)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._keep)
        row.addWidget(self._none)
        row.addStretch(1)
        column.addWidget(self._how)
        column.addWidget(self.list)
        column.addLayout(row)
        return holder

    def _moved(self) -> None:
        self.commit(self.typed() or "")
        self._dress()

    def typed(self) -> str | None:
        return " ".join(self.list.values()) if self.list.ranked else ""

    def keep_order(self) -> None:
        """Take the order as it stands as the answer."""
        self.list.ranked = True
        self.list.update()
        self._moved()
        self.left.emit()

    def clear(self) -> None:
        """Take the answer away."""
        self.commit("")
        self.show_value("")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_choices(self) -> None:
        self.show_value(self.node.value)

    def show_value(self, value: str) -> None:
        words = {
            choice.value: choice.label
            for choice in self.view.session.choices(self.control, self.node)
        }
        ranked = [one for one in value.split() if one in words]
        # A choice that came since stands at the end.
        order = [*ranked, *(one for one in words if one not in ranked)]
        self.list.show_rows([(one, words[one]) for one in order], ranked=bool(ranked))
        self._dress()

    def _dress(self) -> None:
        free = self.list.isEnabled()
        self._how.setText(_("The weightiest on top: drag a row, or move it with Alt+↑ and Alt+↓."))
        self._how.setVisible(free)
        self._keep.setText(_("The order is right as it is"))
        self._none.setText(_("Clear"))
        self._keep.setVisible(free and not self.list.ranked)
        self._none.setVisible(free and self.list.ranked and not self.node.required)
        self._name()

    def show_texts(self) -> None:
        super().show_texts()
        self._dress()

    def set_locked(self, locked: bool) -> None:
        self.list.setEnabled(not locked)
        self._dress()

    def focus_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        self.list.setAccessibleName(name)
        self.list.setAccessibleDescription(description or self._how.text())
        for button in (self._keep, self._none):
            button.setAccessibleName(f"{name}: {button.text()}")

    def mark_bad(self, bad: bool) -> None:
        self.list.setProperty("bad", "true" if bad else "false")
        self.list.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and watched is self.list and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                self.keep_order()
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.clear()
                return True
        return super().eventFilter(watched, event)

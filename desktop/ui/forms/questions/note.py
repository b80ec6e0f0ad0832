# SPDX-License-Identifier: Apache-2.0
"""What is only read: notes, and a box to tick that something was read."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.i18n import _
from desktop.thai.breaking import with_breaks
from desktop.ui import theme
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.options import CheckCard, Grid
from desktop.ui.icons import Icon
from desktop.ui.widgets.label import Label

_BOLD: Final = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__)", re.DOTALL)
_SIGNS: Final = ("⚠", "❗", "🚨")


class NoteQuestion(Question):
    """A text that asks nothing; bold between two stars, line breaks, and nothing else."""

    asks = False
    stretches = True

    def make_editor(self) -> QWidget:
        frame = QFrame(self)
        frame.setProperty("tone", "grey")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        self._icon = Icon("info", "accent", 24, frame)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row = row
        self._plain: Label | None = None
        self._rich: QLabel | None = None
        self._frame = frame
        return frame

    def show_texts(self) -> None:
        self._required = False
        self._label.hide()
        words = self.view.session.label(self.control, self.node)
        value = self.node.value
        if value and value not in words:
            words = f"{words}\n{value}" if words else value
        words = "\n".join(line.strip() for line in words.split("\n"))
        urgent = words.lstrip().startswith(_SIGNS)
        words = words.lstrip().lstrip("".join(_SIGNS) + "\ufe0f ") if urgent else words
        self._frame.setProperty("tone", "red" if urgent else "grey")
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)
        self._icon.show_icon("triangle-alert" if urgent else "info", "red" if urgent else "accent")
        if _BOLD.search(words):
            self._show_rich(words)
        else:
            self._show_plain(words)
        hint = self.view.session.hint(self.control, self.node)
        if hint:
            self.say(hint)
        self.setAccessibleName(" ".join(words.replace("**", "").split()))

    def _show_plain(self, words: str) -> None:
        if self._plain is None:
            self._plain = Label("", theme.LEAD, weight=500, parent=self._frame)
            self._row.addWidget(self._plain, 1)
        self._plain.setText(words)
        self._plain.show()
        if self._rich is not None:
            self._rich.hide()

    def _show_rich(self, words: str) -> None:
        if self._rich is None:
            self._rich = QLabel(self._frame)
            self._rich.setTextFormat(Qt.TextFormat.RichText)
            self._rich.setWordWrap(True)
            self._row.addWidget(self._rich, 1)
        self._rich.setFont(theme.font(theme.LEAD))
        self._rich.setText(marked_up(words))
        self._rich.show()
        if self._plain is not None:
            self._plain.hide()

    def show_value(self, value: str) -> None:
        del value
        self.show_texts()

    def set_locked(self, locked: bool) -> None:
        """A note is never anything but read."""

    def stops(self) -> list[QWidget]:
        return []

    def focus_first(self) -> None:
        """There is nowhere to put it."""

    def name_editor(self, name: str, description: str) -> None:
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)


class Acknowledge(Question):
    """``trigger``: a box to tick; its value is ``OK``."""

    stretches = True

    def make_editor(self) -> QWidget:
        grid = Grid(self)
        self._card = CheckCard("OK", grid)
        self._card.clicked.connect(self._clicked)
        grid.set_items([self._card])
        self.watch(self._card)
        return grid

    def _clicked(self, on: bool) -> None:
        self.commit("OK" if on else "")
        self.left.emit()

    def typed(self) -> str | None:
        return "OK" if self._card.isChecked() else ""

    def show_choices(self) -> None:
        self._card.face.say(_("I have read this"))
        grid = self.editor
        if isinstance(grid, Grid):
            grid.refit()

    def show_value(self, value: str) -> None:
        self._card.setChecked(bool(value))

    def name_editor(self, name: str, description: str) -> None:
        self._card.setAccessibleName(f"{name}: {_('I have read this')}")
        self._card.setAccessibleDescription(description)

    def focus_first(self) -> None:
        self._card.setFocus(Qt.FocusReason.TabFocusReason)

    def mark_bad(self, bad: bool) -> None:
        """The sentence under the box says it."""


def marked_up(words: str) -> str:
    """The words as Qt's rich text: escaped, bold between two stars, line breaks, Thai breaks."""
    made = []
    place = 0
    for found in _BOLD.finditer(words):
        made.append(_safe(words[place : found.start()]))
        made.append(f"<b>{_safe(found.group(1))}</b>")
        place = found.end()
    made.append(_safe(words[place:]))
    return f'<div style="line-height:150%">{"".join(made)}</div>'


def _safe(words: str) -> str:
    return escape(with_breaks(words)).replace("\n", "<br>")

# SPDX-License-Identifier: Apache-2.0
"""What questions with lines to type into have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n import _
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.text import undoes


class LineQuestion(Question):
    """Ctrl+Z takes the last answer back where the line itself has nothing to take back."""

    _silent = False
    """Whether the examples in empty lines were taken away."""

    def show_readonly(self) -> None:
        super().show_readonly()
        if self.node.readonly or self.view.frozen:
            # An empty line of a record that is read says nothing: an example would look answered.
            found = [self.editor, *self.editor.findChildren(QLineEdit)]
            lines = [line for line in found if isinstance(line, QLineEdit)]
            for line in lines:
                line.setPlaceholderText("")
            if self.view.frozen:
                self._show_told(lines)
            self._silent = True
        elif self._silent:
            self._silent = False
            self.show_texts()

    def _show_told(self, lines: list[QLineEdit]) -> None:
        """A filed answer stands as words beside what was asked."""
        self.lay_aside()
        for line in lines:
            line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            line.setProperty("told", "true")
            line.style().unpolish(line)
            line.style().polish(line)
        if len(lines) == 1:
            lines[0].setPlaceholderText(_("no answer"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and undoes(self, watched, event):
            return True
        return super().eventFilter(watched, event)


def line_of(edit: QWidget) -> QWidget:
    """The line of an editor that has more parts: what gets the focus and the keys."""
    return edit.focusProxy() or edit


def say_examples(day: QWidget | None, clock: QLineEdit | None = None) -> None:
    """The examples in empty lines, in the language of the moment."""
    line = line_of(day) if day is not None else None
    if isinstance(line, QLineEdit):
        line.setPlaceholderText(_("e.g. 3/3/2562"))
    if clock is not None:
        clock.setPlaceholderText(_("e.g. 9.30"))


def mark(widget: QWidget, bad: bool) -> None:
    """Draw a line as one whose answer is wrong."""
    widget.setProperty("bad", "true" if bad else "false")
    widget.style().unpolish(widget)
    widget.style().polish(widget)

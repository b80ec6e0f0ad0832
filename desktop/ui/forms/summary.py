# SPDX-License-Identifier: Apache-2.0
"""What is missing or wrong at the end, each line a way to its question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.xforms.node import Node

_MOST: Final = 60
"""Lines that are listed; nobody mends more at a time, and each is a widget."""


@dataclass(frozen=True, slots=True)
class Line:
    """One fault: where it is, what is asked there, and what is wrong."""

    node: Node
    section: str
    question: str
    sentence: str


class Summary(QWidget):
    """The page of faults. ``wanted(node)`` when one is pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(24, 16, 24, 24)
        self._column.setSpacing(6)
        head = QFrame(inside)
        head.setProperty("tone", "amber")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(Icon("triangle-alert", "amber", 28, head), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._headline = Label("", theme.SECTION, weight=600, parent=head)
        self._how = Label("", theme.BODY, parent=head)
        words.addWidget(self._headline)
        words.addWidget(self._how)
        row.addLayout(words, 1)
        self._column.addWidget(head)
        self._lines: list[FaultLine] = []
        self._more = Label("", theme.BODY, "quiet", parent=inside)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(inside, self))

    @property
    def lines(self) -> tuple[FaultLine, ...]:
        """The lines shown."""
        return tuple(self._lines)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """List these faults."""
        for old in self._lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = []
        count = len(lines)
        self._headline.setText(
            ngettext(
                "{count} answer is still to be looked at",
                "{count} answers are still to be looked at",
                count,
            ).format(count=count)
        )
        self._how.setText(_("Press a line to go to its question. Everything else is kept."))
        for place, line in enumerate(lines[:_MOST]):
            made = FaultLine(line, self)
            made.clicked.connect(lambda _on=False, node=line.node: self.wanted.emit(node))
            self._column.insertWidget(1 + place, made)
            self._lines.append(made)
        more = count - len(self._lines)
        self._more.setText(
            ngettext("and {count} more", "and {count} more", more).format(count=more)
        )
        self._more.setVisible(more > 0)

    def stops(self) -> list[QWidget]:
        """The lines, in order."""
        return list(self._lines)

    def focus_first(self) -> None:
        """Put the focus on the first line."""
        if self._lines:
            self._lines[0].setFocus(Qt.FocusReason.TabFocusReason)


class FaultLine(Button):
    """A fault as a button: its section, the question, and what is wrong."""

    def __init__(self, line: Line, parent: QWidget) -> None:
        super().__init__("", kind="choice", parent=parent)
        self.line: Final = line
        where = f"{line.section}  ·  " if line.section else ""
        self.setAccessibleName(f"{where}{line.question}: {line.sentence}")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(16)
        for words, tone, weight, part in (
            (line.section, "quiet", 400, 2),
            (line.question, "text", 600, 4),
            (line.sentence, "red", 500, 3),
        ):
            label = Label(words, theme.BODY, tone, weight, parent=self)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)
            label.setVisible(bool(words))
            row.addWidget(label, part)
        self._inside = row
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inside.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSize()

# SPDX-License-Identifier: Apache-2.0
"""A batch under way: how far the paper is, what the printer says, where to go on after a jam."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Field, NumberEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress


class PrintWatch(QWidget):
    """Shows a bar while it prints; when it stopped, asks for the last sheet that came out well."""

    stop_wanted = Signal()
    changed = Signal()
    """Another last sheet was typed."""
    dropped = Signal()
    """The rest is not to be printed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self._words: Callable[[int], str] | None = None
        self.progress = Progress(parent=self)
        self.heard = Label("", weight=500, tone="amber", parent=self)
        self.heard.hide()
        self.card = QFrame(self)
        self.card.setProperty("tone", "amber")
        self._why = Label("", weight=600, parent=self.card)
        self._ask = Label("", parent=self.card)
        self.good = NumberEdit(None, least=0, most=1_000_000, parent=self.card)
        self._field = Field(_("Last sheet that came out well"), self.good, parent=self.card)
        self._field.setMinimumWidth(theme.scaled(280))
        self._which = Label("", tone="quiet", parent=self.card)
        self.drop = Button(_("Do not print the rest"), self.dropped.emit, parent=self.card)
        self._answer = QWidget(self.card)
        row = QHBoxLayout(self._answer)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._field)
        row.addWidget(self._which, 1, Qt.AlignmentFlag.AlignBottom)
        inner = QVBoxLayout()
        inner.setSpacing(8)
        for part in (self._why, self._ask):
            inner.addWidget(part)
        inner.addWidget(self._answer)
        inner.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignLeft)
        across = QHBoxLayout(self.card)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(12)
        mark = Icon("triangle-alert", "amber", parent=self.card)
        mark.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(inner, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.progress)
        column.addWidget(self.heard)
        column.addWidget(self.card)
        self.progress.cancelled.connect(self.stop_wanted)
        self.good.textChanged.connect(lambda _text: self._typed())
        self.card.hide()

    def begin(self, printer: str) -> None:
        """Show the bar."""
        self.card.hide()
        self.hear("")
        self.progress.start(_("Printing on {printer}").format(printer=printer))

    def step(self, taken: int, printed: int, total: int) -> None:
        """So many sheets were taken by the printer, so many are through."""
        self.progress.step(printed, total)
        if taken == total and printed < total:
            self.hear(_("Everything went to the printer; it is still printing."), "quiet")

    def hear(self, sentence: str, tone: str = "amber") -> None:
        """Show what the printer says; an empty sentence takes it away."""
        self.heard.set_tone(tone)
        self.heard.setText(sentence)
        self.heard.setVisible(bool(sentence))

    def end(self) -> None:
        """It does not print any more."""
        self.progress.finish()
        self.hear("")

    def ask(self, why: str, total: int, guess: int, words: Callable[[int], str]) -> None:
        """Ask for the last good sheet; ``words(sheet)`` says what is on one."""
        self._total, self._words = total, words
        self._why.setText(why)
        self._ask.setText(
            ngettext(
                "Look at the paper that came out. Sheets are counted as they come, 1 to {count}. "
                "Type 0 when none is good.",
                "Look at the paper that came out. Sheets are counted as they come, 1 to {count}. "
                "Type 0 when none is good.",
                total,
            ).format(count=total)
        )
        for part in (self._ask, self._answer):
            part.show()
        self.good.set_number(guess)
        self._typed()
        self.card.show()
        self.good.setFocus()
        self.good.selectAll()

    def ask_for_paper(self, sheets: int, done: int, total: int) -> None:
        """Ask to load paper before the next sheets."""
        self._total, self._words = total, None
        self.good.set_number(done)
        words = ngettext(
            "Load {count} sheet, then go on.", "Load {count} sheets, then go on.", sheets
        )
        self._why.setText(words.format(count=sheets))
        for part in (self._ask, self._answer):
            part.hide()
        self.card.show()

    @property
    def asking(self) -> bool:
        """Whether it waits for an answer."""
        return not self.card.isHidden()

    def last_good(self) -> int | None:
        """The sheet typed; None when it is none of the batch."""
        number = self.good.number()
        return number if number is not None and number <= self._total else None

    def wrong(self) -> str:
        """What to say while no sheet of the batch is typed."""
        if self.last_good() is not None:
            return ""
        return _("Type the last good sheet: 0 to {total}.").format(total=self._total)

    def _typed(self) -> None:
        number = self.last_good()
        words = "" if not number or self._words is None else self._words(number)
        self._which.setText(words)
        self.changed.emit()

# SPDX-License-Identifier: Apache-2.0
"""One verdict, large: what it is, what that means, and what the code says, beside the paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.proof import Verdict
from desktop.i18n import _
from desktop.ui.icons import Icon
from desktop.ui.parts.verify_words import claim_lines, state_words, told
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

_LINES = 5


class VerifyView(QWidget):
    """The panel of a verdict: a coloured head, and the content under it on white."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QFrame(self)
        self._icon = Icon("scan-line", "grey", 40, self.head)
        self.word = Label("", "page", weight=600, wrap=False, parent=self.head)
        self.sentence = Label("", parent=self.head)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.word, 1)
        column = QVBoxLayout(self.head)
        column.setContentsMargins(20, 6, 20, 8)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.sentence)

        self.content = QFrame(self)
        self.content.setObjectName("card")
        self.asks = Label("", tone="quiet", parent=self.content)
        self.name = Label("", "page", weight=600, parent=self.content)
        self.course = Label("", "section", parent=self.content)
        said = QVBoxLayout(self.content)
        said.setContentsMargins(20, 8, 20, 10)
        said.setSpacing(4)
        said.addWidget(self.asks)
        said.addWidget(self.name)
        said.addWidget(self.course)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._lines = []
        for place in range(_LINES):
            row, pair = divmod(place, 2)
            label = Label("", tone="quiet", wrap=False, parent=self.content)
            value = Label("", weight=600, parent=self.content)
            grid.addWidget(label, row, 2 * pair, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 2 * pair + 1, Qt.AlignmentFlag.AlignTop)
            self._lines.append((label, value))
        said.addSpacing(2)
        said.addLayout(grid)
        inside = QWidget(self)
        both = QVBoxLayout(inside)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(12)
        both.addWidget(self.head)
        both.addWidget(self.content)
        both.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(inside, self)
        whole.addWidget(self._scroll)

    def turn(self, step: int) -> None:
        """Scroll down, or up with a negative step, by most of what is seen."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + (1 if step > 0 else -1) * self._scroll.height() * 2 // 3)

    def show_verdict(self, verdict: Verdict | None, page: int = 0) -> None:
        """Show this one; screen readers say it at once. None: no code was on the page."""
        word, icon, tone = state_words(verdict)
        sentence, note, proven = "", "", False
        if verdict is not None:
            words = told(verdict)
            sentence, note, proven = words.sentence, words.note, words.proven
        else:
            sentence = _(
                "No code was found on page {page}. Scan it at 200 dots per inch or finer, or "
                "scan the code itself."
            ).format(page=page)
        self.head.setProperty("tone", tone)
        self.head.style().unpolish(self.head)
        self.head.style().polish(self.head)
        self._icon.show_icon(icon, tone)
        self.word.setText(word)
        self.word.set_tone(tone)
        self.sentence.setText(f"{sentence} {note}".strip())
        self._show_claim(verdict, proven)
        self._scroll.verticalScrollBar().setValue(0)
        claim = verdict.claim if verdict is not None else None
        parts = (word, sentence, note, claim.recipient if claim is not None else "")
        spoken = " ".join(part for part in parts if part)
        self.setAccessibleName(spoken)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def _show_claim(self, verdict: Verdict | None, proven: bool) -> None:
        claim = verdict.claim if verdict is not None else None
        self.content.setVisible(claim is not None)
        if claim is None:
            return
        self.asks.setText(
            _("Compare with the paper, letter by letter:")
            if proven
            else _("What the code claims. It is not proven:")
        )
        tone = "text" if proven else "quiet"
        self.asks.set_tone("quiet" if proven else "red")
        for label, text in ((self.name, claim.recipient), (self.course, claim.title)):
            label.setText(text)
            label.set_tone(tone)
            label.setVisible(bool(text))
        lines = claim_lines(claim)
        for place, (label, value) in enumerate(self._lines):
            shown = place < len(lines)
            label.setVisible(shown)
            value.setVisible(shown)
            if shown:
                label.setText(lines[place][0])
                value.setText(lines[place][1])
                value.set_tone(tone)

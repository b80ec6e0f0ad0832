# SPDX-License-Identifier: Apache-2.0
"""A text in which some words are marked: by a ground and a line under them, not colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.thai.breaking import ZERO_WIDTH_SPACE
from desktop.thai.text_difference import Span
from desktop.ui import theme
from desktop.ui.widgets.label import Label


class MarkedText(Label):
    """Shows spans; the differing ones are marked, and told to screen readers in words."""

    def __init__(self, tone: str = "amber", parent: QWidget | None = None) -> None:
        super().__init__("", theme.LEAD, parent=parent)
        self._mark = tone
        self._spans: tuple[Span, ...] = ()

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show these instead."""
        self._spans = tuple(spans)
        self.setText("".join(span.text for span in self._spans))
        marked = " · ".join(s.text.strip() for s in self._spans if s.differs and s.text.strip())
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(
            _("Only here: {words}").format(words=marked) if marked else ""
        )

    def marked(self) -> tuple[str, ...]:
        """The marked words."""
        return tuple(span.text for span in self._spans if span.differs)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        painter = QPainter(self)
        painter.setPen(theme.colour("text"))
        layout, height = self._laid(float(self.width()))
        top = QPointF(0, max(0.0, (self.height() - height) / 2))
        layout.draw(painter, top, self._ranges(layout.text()))
        painter.end()

    def _ranges(self, laid: str) -> list[QTextLayout.FormatRange]:
        """Where the marked words stand in the text as it was laid, in which the breaker put
        places to break; Qt counts in units of UTF-16."""
        ranges: list[QTextLayout.FormatRange] = []
        place = 0
        at = 0
        for span in self._spans:
            begin = at
            for letter in span.text:
                while laid[place : place + 1] == ZERO_WIDTH_SPACE != letter:
                    place += 1
                    at += 1
                place += 1
                at += 2 if ord(letter) > 0xFFFF else 1
            if span.differs:
                one = QTextLayout.FormatRange()
                one.start, one.length = begin, at - begin
                one.format = _look(self._mark)
                ranges.append(one)
        return ranges


def _look(tone: str) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setBackground(theme.colour(f"{tone}_soft"))
    look.setForeground(theme.colour("text"))
    look.setFontWeight(QFont.Weight.DemiBold)
    look.setUnderlineColor(theme.colour(tone))
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return look

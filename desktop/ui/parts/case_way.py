# SPDX-License-Identifier: Apache-2.0
"""How far a case has come: the statuses in a row, each reached one with who moved it and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.model.case_file import ORDER, CaseFile, CaseStep
from desktop.store import codelist
from desktop.ui import icons, theme
from desktop.ui.parts.case_terms import day_words

_DOT = 26


class CaseWay(QWidget):
    """Drawn, with the same told to screen readers in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: CaseFile | None = None
        self._reached: dict[str, tuple[date, str]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_case(
        self, case: CaseFile, steps: tuple[CaseStep, ...], names: Mapping[str, str]
    ) -> None:
        """Show where a case stands. A status it was moved past is reached too."""
        self._case = case
        reached: dict[str, tuple[date, str]] = {}
        for step in sorted(steps, key=lambda one: one.at):
            if step.kind == "reopen":
                reached.pop("closed", None)
            if step.status not in reached:
                reached[step.status] = (step.on, names.get(step.by, ""))
        self._reached = reached
        told = [
            f"{codelist.word('case_status', status)} {day_words(on)} {who}".strip()
            for status, (on, who) in reached.items()
        ]
        self.setAccessibleName(" → ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(560), theme.scaled(106))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(420), theme.scaled(106))

    def paintEvent(self, event: QPaintEvent) -> None:
        case = self._case
        if case is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() / len(ORDER)
        here = ORDER.index(case.status)
        line = 4 + _DOT / 2
        for place, status in enumerate(ORDER):
            middle = wide * (place + 0.5)
            if place:
                tone = "accent" if place <= here else "line"
                painter.setPen(QPen(theme.colour(tone), 2))
                painter.drawLine(
                    int(middle - wide + _DOT / 2 + 4), int(line),
                    int(middle - _DOT / 2 - 4), int(line),
                )  # fmt: skip
            self._dot(painter, middle, place, here, status)
            self._words(painter, QRectF(wide * place, 4 + _DOT, wide, self.height()), status,
                        here=place == here)  # fmt: skip
        painter.end()

    def _dot(self, painter: QPainter, middle: float, place: int, here: int, status: str) -> None:
        dot = QRectF(middle - _DOT / 2, 4, _DOT, _DOT)
        passed, current = status in self._reached, place == here
        painter.setPen(QPen(theme.colour("accent" if passed or current else "edge"), 2))
        painter.setBrush(theme.colour("accent" if passed or current else "surface"))
        painter.drawEllipse(dot)
        if passed or current:
            inner = dot.adjusted(5, 5, -5, -5)
            icons.paint(painter, inner, "check", "on_accent")

    def _words(self, painter: QPainter, room: QRectF, status: str, *, here: bool) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font(theme.SMALL, 600 if here else 400))
        reached = self._reached.get(status)
        painter.setPen(theme.colour("text" if here or reached else "quiet"))
        metrics = QFontMetricsF(painter.font())
        high = theme.pixels(theme.SMALL) * theme.LINE
        top = room.top() + 4
        for words in two_lines(codelist.word("case_status", status), room.width() - 6, metrics):
            painter.drawText(QRectF(room.left(), top, room.width(), high + 4), centre, words)
            top += high
        if reached is None:
            return
        on, who = reached
        painter.setPen(theme.colour("quiet"))
        painter.setFont(theme.font(theme.TINY))
        small = QFontMetricsF(painter.font())
        for words in (day_words(on), who.partition(" ")[0]):
            said = small.elidedText(words, Qt.TextElideMode.ElideRight, room.width() - 4)
            painter.drawText(QRectF(room.left(), top, room.width(), high + 4), centre, said)
            top += theme.pixels(theme.TINY) * theme.LINE


def two_lines(words: str, room: float, metrics: QFontMetricsF) -> tuple[str, ...]:
    """Words on one line, or on two broken where a Thai word ends; the second may be cut short."""
    if metrics.horizontalAdvance(words) <= room:
        return (words,)
    from desktop.thai.breaking import with_breaks

    first, rest = "", ""
    for part in with_breaks(words).replace(" ", " \u200b").replace("/", "/\u200b").split("\u200b"):
        if not rest and metrics.horizontalAdvance((first + part).strip()) <= room:
            first += part
        else:
            rest += part
    if not first:
        first, rest = rest, ""
    cut = Qt.TextElideMode.ElideRight
    return tuple(
        metrics.elidedText(one.strip(), cut, room) for one in (first, rest) if one.strip()
    )

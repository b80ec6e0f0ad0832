# SPDX-License-Identifier: Apache-2.0
"""How an event was judged: what was learnt, the scores, what people suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.tables.evaluation import MEAN, QUESTION, ScoreModel
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.actions.evaluation import EvaluationStory
    from desktop.model.evaluation import EvaluationSummary

_WIDTHS: Final = (480, 110, 64, 64, 64, 64, 64, 132)
_SHOWN: Final = 100
"""Suggestions on the screen; on paper they all stand."""


class EvaluationView(QWidget):
    """Counts of sheets that carry no name."""

    def __init__(self, begin: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheets = 0
        self.model = ScoreModel(self)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._figures(whole))
        self.table = Table(
            _("Scores from 1, very low, to 5, very high"), self.model, widths=_WIDTHS,
            stretch=QUESTION, parent=whole,
        )  # fmt: skip
        self.table.setItemDelegateForColumn(QUESTION, MiddleCell(self.table))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.table)
        card = QFrame(whole)
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 10, 16, 12)
        inside.setSpacing(4)
        inside.addWidget(Label(_("What people suggest"), theme.SMALL, "quiet", 600, parent=card))
        self.suggestions = Label("", parent=card)
        inside.addWidget(self.suggestions)
        self._suggested = card
        column.addWidget(card)
        column.addStretch()
        self._whole = Scroll(whole, self)
        self.empty = Empty(
            "clipboard-check",
            _("Nobody has judged this event yet"),
            _(
                "At the end each one fills an evaluation sheet without a name; what they think "
                "and what they learnt is counted here."
            ),
            (begin,),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._whole)

    def _figures(self, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        self.count = Figure(_("sheets"), "0", parent=card)
        self.before = Figure(_("knew before"), "–", parent=card)
        self.after = Figure(_("know now"), "–", parent=card)
        self.better = Figure(_("know more than before"), "–", parent=card)
        self.on = Figure(_("will pass it on"), "–", parent=card)
        for figure in (self.count, self.before, self.after, self.better, self.on):
            row.addWidget(figure, 1)
        return card

    def show_story(self, story: EvaluationStory) -> None:
        """Show the sheets of an event together."""
        found = story.summary
        self.sheets = found.sheets
        self.model.show_scores(found.scores, story.words)
        self._show_figures(found)
        shown = found.suggestions[:_SHOWN]
        lines = [f"• {one}" for one in shown]
        if len(found.suggestions) > len(shown):
            more = len(found.suggestions) - len(shown)
            lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        self.suggestions.setText("\n".join(lines))
        self._suggested.setVisible(bool(lines))
        self._stack.setCurrentWidget(self._whole if found.sheets else self.empty)
        self._fit()

    def _show_figures(self, found: EvaluationSummary) -> None:
        self.count.show_figure(f"{found.sheets:,}")
        for figure, mean in ((self.before, found.before), (self.after, found.after)):
            figure.show_figure("–" if mean is None else f"{mean:.2f}")
        grew = found.gain is not None and found.gain > 0
        self.after.set_tone("green" if grew else "text")
        self.better.show_figure(f"{found.better:,}", f"{found.compared:,}")
        reached = ngettext(
            "will pass it on, to {count} child or youth",
            "will pass it on, to {count} children and youth",
            found.reaches,
        ).format(count=f"{found.reaches:,}")
        self.on.show_figure(f"{found.passes_on:,}", f"{found.asked_on:,}", reached)

    def focus_first(self) -> None:
        """Put the focus into the table, when there is one."""
        if self.sheets:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = self.table.verticalHeader().defaultSectionSize() * self.model.rowCount()
        self.table.setFixedHeight(rows + self.table.horizontalHeader().sizeHint().height() + 4)
        self.table.fit({MEAN: 90, QUESTION: 280})

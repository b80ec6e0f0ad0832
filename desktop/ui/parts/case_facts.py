# SPDX-License-Identifier: Apache-2.0
"""What is known of a case: whose it is, where, the problems by dimension, the risks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.actions.case_words import origin_word
from desktop.i18n import _
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.parts.case_card import Card, empty
from desktop.ui.parts.case_edit import CaseEdit
from desktop.ui.parts.case_reading import CaseHeld
from desktop.ui.parts.case_terms import by_dimension, day_words, dimension_word, in_order
from desktop.ui.parts.case_terms import place_words as place
from desktop.ui.widgets.label import Label


class CaseFacts(Card):
    """The card of facts."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(_("What is known"), parent)
        self._page = page
        self._held: CaseHeld | None = None
        self.household = self.offer(_("The household"), "house", self._household)
        self.button = self.offer(_("Put right"), "pencil", self.edit, "F6")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.rows.addLayout(self._grid)

    def show_held(self, held: CaseHeld) -> None:
        """Show the facts of a case."""
        self._held = held
        case, names = held.story.case, held.story.names
        self.household.setVisible(bool(case.household_id))
        self.button.setVisible(case.is_open)
        empty(self._grid)
        opened = ", ".join(
            part
            for part in (
                day_words(case.opened_on, "long"),
                names.get(case.opened_by, ""),
                origin_word(case.origin).lower(),
            )
            if part
        )
        self._fact(_("Tambon"), place(case.area))
        self._fact(_("Opened"), opened)
        self._fact(_("Event"), held.event)
        self._fact(_("Target group"), self._words("target_group", case.targets, case.main_target))
        for dimension, problems in by_dimension(case.problems):
            words = self._words("problem", problems, case.main_problem)
            self._fact(dimension_word(dimension), words, strong=case.main_problem in problems)
        self._fact(_("Risks"), self._words("risk", case.risks), strong=bool(
            case.risks - {"none"}), tone="red" if case.risks - {"none"} else "text")  # fmt: skip
        self._fact(_("In one's own words"), case.detail)
        if case.closed_on is not None:
            self._fact(_("Closed"), f"{day_words(case.closed_on, 'long')}: {case.close_reason}")

    def _words(self, name: str, entries: Iterable[str], first: str = "") -> str:
        codes = in_order(name, entries, first)
        return ", ".join(codelist.word(name, one) for one in codes)

    def _fact(self, name: str, words: str, *, strong: bool = False, tone: str = "text") -> None:
        if not words:
            return
        row = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(Label(name, theme.SMALL, "quiet", 600, parent=self), row, 0, top)
        label = Label(words, tone=tone, weight=600 if strong else 400, parent=self)
        self._grid.addWidget(label, row, 1)
        self._grid.setColumnMinimumWidth(0, theme.scaled(132))

    def _household(self) -> None:
        if self._held is not None:
            self._page.go.emit("household", self._held.story.case.household_id)

    def edit(self) -> None:
        """Put right what is known."""
        if self._held is not None and self._held.story.case.is_open:
            CaseEdit(self._page, self._page.desk, self._held.story.case).open()

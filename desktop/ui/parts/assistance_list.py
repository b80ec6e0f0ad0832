# SPDX-License-Identifier: Apache-2.0
"""What a case wants, is promised and was given, with money by its fund."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions.case_words import state_word
from desktop.i18n import _
from desktop.model.assistance import Assistance
from desktop.store import codelist
from desktop.ui.page import Page
from desktop.ui.parts.assistance_form import AssistanceForm
from desktop.ui.parts.case_card import Card, Verb
from desktop.ui.parts.case_terms import AID_STATES, baht, day_words


class AssistanceList(Card):
    """The card of assistance."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(_("Assistance"), parent)
        self._page = page
        self._case_id = ""
        self.button = self.offer(_("Add"), "plus", self.add, "F8")

    def show_assistance(
        self, case_id: str, held: tuple[Assistance, ...], *, is_open: bool
    ) -> None:
        """Show these, what is still wanted first."""
        self._case_id = case_id
        self.button.setVisible(is_open)
        self.clear()
        if not held:
            self.say(_("Nothing is wanted, promised or given yet."))
        order = list(AID_STATES)
        for one in sorted(held, key=lambda one: (order.index(one.state), one.on)):
            icon, tone = AID_STATES[one.state]
            parts = (
                one.item,
                _("{count} pieces").format(count=one.quantity) if one.quantity else "",
                codelist.word("money_category", one.fund) if one.fund else "",
                _("receipt {number}").format(number=one.receipt) if one.receipt else "",
                day_words(one.on),
            )
            words = codelist.word("aid_kind", one.kind)
            if one.amount:
                words = f"{words}  {baht(one.amount)}"
            verbs: list[Verb] = []
            if is_open and one.state != "given":
                verb = _("Given") if one.state == "promised" else _("Promised or given")
                verbs.append((verb, "arrow-right", partial(self._further, one)))
            self.row(
                words,
                " · ".join(part for part in parts if part),
                (state_word(one.state), icon, tone),
                verbs,
            )

    def add(self) -> None:
        """Ask for a new one."""
        if self._case_id and self.button.isVisibleTo(self):
            AssistanceForm(self._page, self._page.desk, self._case_id).open()

    def _further(self, held: Assistance) -> None:
        AssistanceForm(self._page, self._page.desk, self._case_id, held).open()

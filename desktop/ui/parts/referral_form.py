# SPDX-License-Identifier: Apache-2.0
"""The words of a letter in short, without the whole form; and what became of a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import _
from desktop.model.organisation import Organisation
from desktop.model.referral import Referral
from desktop.ui.desk import Desk
from desktop.ui.parts.case_dialog import STAY, CaseDialog
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.field import Field, LongText, TextEdit, TypeAhead

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store


class ReferralForm(CaseDialog):
    """A letter written directly: to whom, who, what is known, what is needed, the opinion."""

    def __init__(self, parent: QWidget, desk: Desk, letter: Referral, to: str = "") -> None:
        super().__init__(
            parent, _("Letter to an agency"), "", _("Keep the letter"), icon="check",
            check=self._check,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(880)
        self._desk, self._letter = desk, letter
        self.to = TypeAhead(_("Type a part of the name"), self)
        self.to.setMaxLength(200)
        self.to.setText(to)
        if letter.to_organisation_id:
            self.to.set_value(letter.to_organisation_id, to)
        self.to.asked.connect(self._ask)
        self.to.editingFinished.connect(self.to.take_first)
        self.person = TextEdit(letter.person, longest=200, parent=self)
        self.informer = TextEdit(letter.informer, longest=200, parent=self)
        self.contact = TextEdit(letter.contact, longest=200, parent=self)
        self.summary = LongText(letter.summary, 2, self)
        self.need = LongText(letter.need, 2, self)
        self.so_far = LongText(letter.done, 2, self)
        self.opinion = LongText(letter.opinion, 2, self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self._to = Field(_("To which agency"), self.to, must=True, parent=self)
        fields = (
            self._to,
            Field(_("Who asks for help"), self.person, parent=self),
            Field(_("Who told of it"), self.informer, parent=self),
            Field(_("Coordinator and telephone"), self.contact, parent=self),
            Field(_("What is known"), self.summary, parent=self),
            Field(_("The trouble and what is needed"), self.need, parent=self),
            Field(_("What was done so far"), self.so_far, parent=self),
            Field(_("Opinion of whoever answers for the case"), self.opinion, parent=self),
        )
        for place, field in enumerate(fields):
            grid.addWidget(field, *divmod(place, 2))
        self.body.addLayout(grid)

    def _ask(self, text: str) -> None:
        def read(store: Store) -> tuple[Organisation, ...]:
            from desktop.store import organisation

            with store.read() as conn:
                return organisation.search(conn, text, 8)

        self._desk.look(
            self,
            read,
            lambda found: self.to.offer([(one.id, one.name) for one in found]),
            latest="offers",
        )

    def _check(self) -> str:
        if not self.to.plain():
            self._to.set_error(_("Choose the agency that the letter goes to."))
            return STAY
        from desktop.actions.referral import put_referral

        known = str(self.to.value() or "")
        letter = replace(
            self._letter,
            to_organisation_id=known,
            to_name="" if known else self.to.plain(),
            person=self.person.plain(),
            informer=self.informer.plain(),
            contact=self.contact.plain(),
            summary=self.summary.plain(),
            need=self.need.plain(),
            done=self.so_far.plain(),
            opinion=self.opinion.plain(),
        )
        return self.keep(
            self._desk,
            lambda store, by: put_referral(store, by, letter),
            said=_("The letter is kept"),
        )


class ReferralStep(CaseDialog):
    """A day and one line about a letter: sent under which number, taken up by whom, the answer."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        headline: str,
        label: str,
        run: Callable[[Store, str, date, str], Done],
        *,
        must: bool = False,
    ) -> None:
        super().__init__(parent, headline, "", _("Note it"), icon="check", check=self._check)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._run, self._must, self._headline = desk, run, must, headline
        today = desk.now().date()
        self.words = TextEdit(longest=300, parent=self)
        self.day = DateEdit(today, today=today, parent=self)
        self._words = Field(label, self.words, must=must, parent=self)
        self._day = Field(_("Day"), self.day, parent=self)
        self.body.addWidget(self._words)
        self.body.addWidget(self._day)
        self.open()

    def _check(self) -> str:
        day, words, run = self.day.day(), self.words.plain(), self._run
        if day is None:
            self._day.set_error(self.day.problem() or _("Type the day."))
            return STAY
        if self._must and not words:
            self._words.set_error(_("Type what came of it."))
            return STAY

        return self.keep(
            self._desk,
            lambda store, by: run(store, by, day, words),
            said=_("Noted: {what}").format(what=self._headline),
        )

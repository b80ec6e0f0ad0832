# SPDX-License-Identifier: Apache-2.0
"""One member of a household: how she is related to the head, and whether she still lives there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.store import codelist
from desktop.ui.parts.household_words import age_words, day_words
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from desktop.model.household import Member


class HouseholdMember(Dialog):
    """``relation()`` and ``gone()`` once accepted."""

    def __init__(self, member: Member, parent: QWidget) -> None:
        super().__init__(parent, member.name, "", _("Save"), icon="check")
        facts = " · ".join(part for part in (*_facts(member),) if part)
        if facts:
            self.body.addWidget(Label(facts, tone="quiet", parent=self))
        offered = [("", _("not said"))]
        offered += [
            (one.code, codelist.word("relation", one.code)) for one in codelist.codes("relation")
        ]
        self.pick = Choice(offered, member.relation, self)
        self.left = Tick(_("Does not live here any more"), parent=self)
        self.body.addWidget(Field(_("To the head of the household"), self.pick, parent=self))
        self.body.addWidget(self.left)
        self.pick.setFocus()

    def relation(self) -> str:
        """The code of ``relation`` that was chosen, or empty."""
        return str(self.pick.value() or "")

    def gone(self) -> bool:
        """Whether she moved away."""
        return self.left.isChecked()


def _facts(member: Member) -> tuple[str, ...]:
    sex = codelist.word("sex", member.sex) if member.sex else ""
    work = codelist.word("occupation", member.occupation) if member.occupation else ""
    body = ", ".join(codelist.word("body_state", one) for one in member.body_state)
    cares = _("cannot look after themselves") if member.self_care is False else ""
    seen = _("as told on {day}").format(day=day_words(member.seen_on)) if member.seen_on else ""
    return sex, age_words(member), work, body, cares, seen

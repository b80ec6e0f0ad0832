# SPDX-License-Identifier: Apache-2.0
"""A case opened by hand: whose it is, where, what was found, how urgent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import _
from desktop.store import area, codelist
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts.alert_person import PersonLine
from desktop.ui.parts.alert_problems import ProblemPick
from desktop.ui.parts.case_dialog import STAY, CaseDialog
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.field import Choice, Field, LongText

_LOW: Final = 700


class CaseNew(CaseDialog):
    """``opened(case_id)`` is called when the store has it."""

    def __init__(self, parent: QWidget, desk: Desk, opened: Callable[[str], object]) -> None:
        super().__init__(
            parent, _("New case"), "", _("Open the new case"), icon="folder-heart",
            check=self._check,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(860))
        self._desk, self._opened = desk, opened
        low = parent.window().height() < theme.scaled(_LOW)
        self.person = PersonLine(desk, _("Type a part of the name"), self)
        self.tambon = AreaPick(lambda text: area.search_areas(text, "tambon", 8),
                               _("Type a part of the name of the tambon"), self)  # fmt: skip
        self.urgency = Choice(
            [(one.code, codelist.word("urgency", one.code)) for one in codelist.codes("urgency")],
            "normal",
            self,
        )
        self.problems = ProblemPick(self, high=120 if low else 200)
        self.detail = LongText("", 2, self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._person = Field(
            _("Who"), self.person, _("A person who is known. Otherwise tell it in words."),
            parent=self,
        )  # fmt: skip
        grid.addWidget(self._person, 0, 0)
        grid.addWidget(Field(_("Tambon"), self.tambon, parent=self), 1, 0)
        grid.addWidget(Field(_("How urgent"), self.urgency, parent=self), 2, 0)
        grid.addWidget(Field(_("What was found"), self.problems, parent=self), 0, 1, 3, 1)
        self.body.addLayout(grid)
        self.body.addWidget(Field(_("In a few words"), self.detail, parent=self))

    def _check(self) -> str:
        from desktop.actions.case_file import CaseDraft, open_case

        self._person.set_error()
        if self.person.name() and not self.person.person_id():
            self._person.set_error(
                _("Choose the person from the list, or tell of her in the words below.")
            )
            return STAY
        draft = CaseDraft(
            person_id=self.person.person_id(),
            event_id=self._desk.event_id,
            area=self.tambon.code(),
            problems=self.problems.codes(),
            detail=self.detail.plain(),
            urgency=self.urgency.value(),
        )

        return self.keep(
            self._desk,
            lambda store, by: open_case(store, by, draft),
            said=_("The case is open"),
            then=lambda kept: self._opened(kept.value.id),
        )

# SPDX-License-Identifier: Apache-2.0
"""What is known of a case put right: urgency, problems, target groups, risks, words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.case_file import CaseFile
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts.alert_problems import ProblemPick
from desktop.ui.parts.case_dialog import CaseDialog
from desktop.ui.parts.case_terms import in_order
from desktop.ui.widgets.field import Choice, Field, LongText
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.tick import Tick

_LOW: Final = 700


class CaseEdit(CaseDialog):
    """The main problem stays the first one; a problem of child protection restricts the case."""

    def __init__(self, parent: QWidget, desk: Desk, case: CaseFile) -> None:
        super().__init__(
            parent, _("Put right what is known"), "", _("Keep it"), icon="check",
            check=self._check,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(940))
        self._desk, self._case = desk, case
        urgencies = [(one.code, codelist.word("urgency", one.code))
                     for one in codelist.codes("urgency")]  # fmt: skip
        self.urgency = Choice(urgencies, case.urgency, self)
        # In a low window the lists are shorter, and everything still stands in it.
        low = parent.window().height() < theme.scaled(_LOW)
        self.problems = ProblemPick(self, high=120 if low else 220)
        self.problems.set_codes(in_order("problem", case.problems, case.main_problem))
        self.targets = TickList("target_group", case.targets, self)
        self.risks = TickList("risk", case.risks, self)
        self.detail = LongText(case.detail, 2, self)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(Field(_("How urgent"), self.urgency, parent=self))
        left.addWidget(Field(_("Problems, the weightiest first"), self.problems, parent=self))
        left.addStretch(1)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(Field(_("Target groups"), self.targets, parent=inside))
        column.addWidget(Field(_("Risks"), self.risks, parent=inside))
        column.addStretch(1)
        holder = Scroll(inside, self)
        holder.setFixedHeight(theme.scaled(240 if low else 340))
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addLayout(left, 1)
        across.addWidget(holder, 1)
        self.body.addLayout(across)
        self.body.addWidget(Field(_("In one's own words"), self.detail, parent=self))

    def _check(self) -> str:
        from desktop.actions.case_file import put_case

        problems, targets = self.problems.codes(), self.targets.codes()
        if not (problems or self.detail.plain()):
            return _("Choose at least one problem, or describe it in words.")
        case = replace(
            self._case,
            urgency=self.urgency.value(),
            problems=frozenset(problems),
            main_problem=next(iter(problems), ""),
            targets=frozenset(targets),
            risks=frozenset(self.risks.codes()),
            detail=self.detail.plain(),
        )
        return self.keep(
            self._desk,
            lambda store, by: put_case(store, by, case),
            said=_("Case {number} was put right").format(number=case.case_no),
        )


class TickList(QWidget):
    """The entries of a code list as ticks."""

    def __init__(self, name: str, ticked: Collection[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._ticks: dict[str, Tick] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        for place, one in enumerate(codelist.codes(name)):
            tick = Tick(codelist.word(name, one.code), checked=one.code in ticked, parent=self)
            self._ticks[one.code] = tick
            grid.addWidget(tick, place, 0)

    def codes(self) -> tuple[str, ...]:
        """The entries ticked."""
        return tuple(self._on())

    def _on(self) -> Iterable[str]:
        return (code for code, tick in self._ticks.items() if tick.isChecked())

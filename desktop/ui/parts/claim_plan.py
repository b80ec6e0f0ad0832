# SPDX-License-Identifier: Apache-2.0
"""The usual amounts of an event and who pays, folded to one line once they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.claim import CLAIM_KINDS, ClaimKind, ClaimPlan, Usual
from desktop.thai.baht import baht_figures, read_baht
from desktop.ui import theme
from desktop.ui.tables.claim import KIND_WORDS
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick

_LONGEST: Final = 120


class ClaimPlanForm(QWidget):
    """``planned(plan)`` comes when an amount, a tick or who pays was changed and can be kept."""

    planned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = ClaimPlan("")
        self.amounts: dict[ClaimKind, TextEdit] = {}
        self.daily: dict[ClaimKind, Tick] = {}
        self.summary = Label("", parent=self)
        self.fold = Button(_("Usual amounts"), icon="chevron-down", parent=self)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self.wrong = Label("", "small", "red", weight=500, parent=self)
        self.wrong.hide()
        self._lay()

    def _line(self, name: str, longest: int) -> TextEdit:
        made = TextEdit(longest=longest, parent=self)
        made.setAccessibleName(name)
        made.editingFinished.connect(self._changed)
        return made

    def _lay(self) -> None:
        self._form = QWidget(self)
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for at, kind in enumerate(CLAIM_KINDS):
            word = _(KIND_WORDS[kind])
            grid.addWidget(Label(word, "small", weight=600, wrap=False, parent=self), 0, at)
            edit = self.amounts[kind] = self._line(
                _("{kind}, usual amount in baht").format(kind=word), 16
            )
            grid.addWidget(edit, 1, at)
            tick = self.daily[kind] = Tick(_("each day"), parent=self)
            tick.setAccessibleName(_("{kind}, for each day").format(kind=word))
            tick.clicked.connect(self._changed)
            grid.addWidget(tick, 2, at)
            grid.setColumnStretch(at, 1)
        wide = len(CLAIM_KINDS)
        grid.setColumnStretch(wide, 2)
        heading = Label(_("Who pays, and position"), "small", weight=600, wrap=False, parent=self)
        grid.addWidget(heading, 0, wide)
        # Made after the amounts: Tab goes in the order in which they are made.
        self.payer = self._line(_("Who pays"), _LONGEST)
        self.position = self._line(_("Position of who pays"), _LONGEST)
        grid.addWidget(self.payer, 1, wide)
        grid.addWidget(self.position, 2, wide)
        self.payer.setPlaceholderText(_("Name of who pays"))
        self.position.setPlaceholderText(_("Position"))
        for edit in self.amounts.values():
            edit.setMinimumWidth(theme.scaled(84))
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.summary, 1)
        top.addWidget(self.fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._form)
        column.addWidget(self.wrong)

    def show_plan(self, plan: ClaimPlan) -> None:
        """Show what is usual; unfolded while nothing is."""
        other = plan.event_id != self._plan.event_id
        self._plan = plan
        for kind in CLAIM_KINDS:
            usual = plan.usual.get(kind)
            if not self.amounts[kind].hasFocus() or other:
                self.amounts[kind].setText("" if usual is None else baht_figures(usual.satang))
            self.daily[kind].setChecked(usual is not None and usual.daily)
        for edit, text in ((self.payer, plan.payer), (self.position, plan.payer_position)):
            if not edit.hasFocus() or other:
                edit.setText(text)
        if other:
            self.fold.setChecked(not plan.usual)
            self._unfold(not plan.usual)
            self._say("")
        self.summary.setText(_summary(plan))

    def _unfold(self, unfolded: bool) -> None:
        self._form.setVisible(unfolded)
        self.fold.set_icon("chevron-up" if unfolded else "chevron-down")

    def say(self, sentence: str) -> None:
        """Say what was refused."""
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _changed(self) -> None:
        usual: dict[ClaimKind, Usual] = {}
        for kind, edit in self.amounts.items():
            text = edit.plain()
            amount = read_baht(text) if text else 0
            if amount is None:
                self._say(
                    _("“{text}” is no amount. Type baht as figures, such as 240 or 1,240.50.")
                    .format(text=text)
                )  # fmt: skip
                return
            if amount:
                usual[kind] = Usual(amount, self.daily[kind].isChecked())
        self._say("")
        plan = ClaimPlan(self._plan.event_id, usual, self.payer.plain(), self.position.plain())
        if plan != self._plan and plan.event_id:
            self._plan = plan
            self.summary.setText(_summary(plan))
            self.planned.emit(plan)


def _summary(plan: ClaimPlan) -> str:
    """The usual amounts in one line."""
    if not plan.usual:
        return _("Type what is usually paid at this event. The rates are those of your circular.")
    return _("Usual: {amounts}").format(amounts=" · ".join(_said(plan.usual)))


def _said(usual: Mapping[ClaimKind, Usual]) -> list[str]:
    words = []
    for kind, each in usual.items():
        amount = baht_figures(each.satang)
        text = _("{kind} {amount} each day") if each.daily else _("{kind} {amount}")
        words.append(text.format(kind=_(KIND_WORDS[kind]), amount=amount))
    return words

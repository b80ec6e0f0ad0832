# SPDX-License-Identifier: Apache-2.0
"""One help: what kind, wanted, promised or given, how much money from which fund."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.actions.assistance import AssistanceProblem, read_money
from desktop.actions.case_words import state_word
from desktop.i18n import _
from desktop.model.assistance import ORDER, Assistance, State, is_ahead
from desktop.store import codelist
from desktop.ui.desk import Desk
from desktop.ui.parts.case_dialog import STAY, CaseDialog
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.field import Choice, Field, NumberEdit, TextEdit

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store

_MONEY: Final = frozenset({"money", "repair", "jobfund", "scholar"})


class AssistanceForm(CaseDialog):
    """A new help of a case, or ``held`` brought a step further."""

    def __init__(
        self, parent: QWidget, desk: Desk, case_id: str, held: Assistance | None = None
    ) -> None:
        further = held is not None
        super().__init__(
            parent,
            _("One step further") if further else _("Add assistance"),
            "",
            _("Keep it"),
            icon="check",
            check=self._check,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(620)
        self._desk, self._case_id, self._held = desk, case_id, held
        kinds = [(one.code, codelist.word("aid_kind", one.code))
                 for one in codelist.codes("aid_kind")]  # fmt: skip
        funds = [(one.code, codelist.word("money_category", one.code))
                 for one in codelist.codes("money_category")]  # fmt: skip
        states = [one for one in ORDER if held is None or is_ahead(one, held.state)]
        self.kind = Choice(kinds, held.kind if held else kinds[0][0], self)
        self.kind.setEnabled(not further)
        self.state = Choice([(one, state_word(one)) for one in states], states[0], self)
        self.amount = TextEdit(placeholder=_("baht, e.g. 2,000"), longest=20, parent=self)
        self.fund = Choice([("", _("Choose the fund")), *funds], held.fund if held else "", self)
        self.fund.setMaximumWidth(560)
        self.item = TextEdit(held.item if held else "", longest=200, parent=self)
        self.quantity = NumberEdit(held.quantity if held else None, least=1, parent=self)
        self.receipt = TextEdit(held.receipt if held else "", longest=100, parent=self)
        self.day = DateEdit(desk.now().date(), today=desk.now().date(), parent=self)
        if held is not None and held.amount:
            self.amount.setText(f"{held.amount / 100:,.2f}".removesuffix(".00"))
        self._fields()
        self.kind.chose.connect(lambda _kind: self._fit())
        self.state.chose.connect(lambda _state: self._fit())
        self.amount.textChanged.connect(lambda _text: self._fit())
        self._fit()

    def _fields(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._amount = Field(_("Amount"), self.amount, parent=self)
        self._fund = Field(_("Fund that the money comes from"), self.fund, must=True, parent=self)
        self._receipt = Field(_("Receipt or proof"), self.receipt, parent=self)
        self._day = Field(_("Day"), self.day, parent=self)
        grid.addWidget(Field(_("Kind"), self.kind, parent=self), 0, 0)
        grid.addWidget(Field(_("State"), self.state, parent=self), 0, 1)
        grid.addWidget(Field(_("What exactly"), self.item, parent=self), 1, 0)
        grid.addWidget(Field(_("How many"), self.quantity, parent=self), 1, 1)
        grid.addWidget(self._amount, 2, 0)
        grid.addWidget(self._day, 2, 1)
        grid.addWidget(self._fund, 3, 0, 1, 2)
        grid.addWidget(self._receipt, 4, 0, 1, 2)
        self.body.addLayout(grid)

    def _fit(self) -> None:
        """Money asks for its fund; what was given, for its proof."""
        money = self.kind.value() in _MONEY or bool(self.amount.plain())
        self._fund.setVisible(money)
        self._receipt.setVisible(self.state.value() == "given")

    def _check(self) -> str:
        for field in (self._amount, self._fund, self._day):
            field.set_error()
        day = self.day.day()
        if day is None:
            self._day.set_error(self.day.problem() or _("Type the day."))
            return STAY
        try:
            amount = read_money(self.amount.plain()) if self.amount.plain() else None
        except AssistanceProblem as problem:
            self._amount.set_error(str(problem))
            return STAY
        if amount and not self.fund.value():
            self._fund.set_error(_("Choose the fund that the money comes from."))
            return STAY
        return self.keep(
            self._desk,
            self._action(amount),
            said=_("Assistance kept"),
        )

    def _action(self, amount: int | None) -> Callable[[Store, str], Done]:
        from desktop.actions import assistance as doing

        held, day = self._held, self.day.day()
        state: State = self.state.value()
        fund = str(self.fund.value() or "") if amount else ""
        item, number = self.item.plain(), self.quantity.number()
        receipt = self.receipt.plain() if state == "given" else ""
        if held is None:
            new = Assistance(
                "", self._case_id, self.kind.value(), state, day or self._desk.now().date(),
                amount, fund, item, number, receipt,
            )  # fmt: skip
            return lambda store, by: doing.add(store, by, new)
        held_id = held.id
        if state == "promised":
            return lambda store, by: doing.promise(
                store, by, held_id, on=day, amount=amount, fund=fund, item=item, quantity=number
            )
        return lambda store, by: doing.give(
            store, by, held_id, on=day, amount=amount, fund=fund, item=item, quantity=number,
            receipt=receipt,
        )  # fmt: skip

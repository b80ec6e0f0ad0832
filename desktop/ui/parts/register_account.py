# SPDX-License-Identifier: Apache-2.0
"""What became of every number of a register, so that the sum is the last number drawn.

Where two certificates bear one number, a button of its own comes first and shows just those.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.register import CLASHING
from desktop.i18n import _, ngettext
from desktop.model.account import Account, State
from desktop.ui.icons import Icon
from desktop.ui.tables.register import STATES
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.label import Label

_GAPS: Final[tuple[State, ...]] = ("unknown", "lent", "unused")


class RegisterAccount(QFrame):
    """A button for each state with its count, which shows those alone; then the sum.

    ``chose(state)`` comes with a state, or empty for all of them again.
    """

    chose = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._state = ""
        self.buttons: dict[State, Button] = {}
        self._row = FlowRow(self)
        self.clashing = Button(
            "", partial(self._press, CLASHING), kind="choice", icon="triangle-alert",
            parent=self._row,
        )  # fmt: skip
        self.clashing.setCheckable(True)
        for state in STATES:
            button = Button("", partial(self._press, state), kind="choice", parent=self._row)
            button.setCheckable(True)
            self.buttons[state] = button
        self._icon = Icon("circle-check", "green", parent=self)
        self.sum = Label("", weight=600, parent=self)
        self.gaps = Label("", "small", "quiet", parent=self)
        total = QHBoxLayout()
        total.setSpacing(8)
        total.addWidget(self._icon)
        total.addWidget(self.sum, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._row)
        column.addLayout(total)
        column.addWidget(self.gaps)

    @property
    def state(self) -> str:
        """The state (or ``CLASHING``) whose numbers alone are shown; empty for all."""
        return self._state

    def show_account(self, account: Account | None) -> None:
        """Show what became of the numbers; None while there is no register."""
        self.setVisible(account is not None)
        if account is None:
            return
        shown = []
        clashes = len(account.doubled) + sum(len(some) for some in account.twice)
        self.clashing.setText(_("To be put right {count}").format(count=clashes))
        self.clashing.setVisible(bool(clashes))
        if clashes:
            shown.append(self.clashing)
        elif self._state == CLASHING:
            self._state = ""
        self.clashing.setChecked(self._state == CLASHING)
        for state in STATES:
            button = self.buttons[state]
            count = account.counts[state]
            if state == "replaced":
                # Papers, not numbers: the number stands where its last paper stands.
                count += account.replaced_editions
            button.setText(f"{_(STATES[state][0])} {count}")
            button.setVisible(bool(count))
            if count:
                shown.append(button)
            elif state == self._state:
                self._state = ""
            button.setChecked(state == self._state)
        self._row.show_widgets(shown)
        good = account.adds_up and not account.twice
        self._icon.show_icon("circle-check" if good else "triangle-alert", _tone(good))
        self.sum.set_tone("text" if good else "amber")
        self.sum.setText(_sum(account))
        gaps = " · ".join(_gaps(account))
        self.gaps.setText(gaps)
        self.gaps.setVisible(bool(gaps))
        self.gaps.set_tone("quiet" if good else "text")

    def _press(self, state: str) -> None:
        self._state = "" if self._state == state else state
        self.clashing.setChecked(self._state == CLASHING)
        for key, button in self.buttons.items():
            button.setChecked(key == self._state)
        self.chose.emit(self._state)


def _tone(good: bool) -> str:
    return "green" if good else "amber"


def _sum(account: Account) -> str:
    if not account.last:
        return _("No number was drawn from this register yet.")
    parts = [str(count) for count in account.counts.values() if count]
    if account.doubled:
        words = _("Numbers 1 to {last} do not add up: some stand on two certificates.")
        return words.format(last=account.last)
    if not account.adds_up:
        words = _("Numbers 1 to {last} do not add up: look at those that are not known.")
        return words.format(last=account.last)
    words = _("{sum} = {last}: every number from 1 to {last} is accounted for.")
    said = words.format(sum=" + ".join(parts), last=account.last)
    if account.replaced_editions:
        more = ngettext(
            "{count} paper was replaced under its own number.",
            "{count} papers were replaced under their own numbers.",
            account.replaced_editions,
        )
        said += " " + more.format(count=account.replaced_editions)
    return said


def _gaps(account: Account) -> list[str]:
    """A sentence for each run of numbers that have no certificate."""
    said = []
    if account.doubled:
        words = ngettext(
            "Number {numbers} was drawn twice: declare one of the two void (F8).",
            "Numbers {numbers} were drawn twice: declare one of each two void (F8).",
            len(account.doubled),
        )
        said.append(words.format(numbers=ranges(account.doubled)))
    said += [
        _("Numbers {numbers} are of one recipient: declare all but one void (F8).").format(
            numbers=ranges(numbers)
        )
        for numbers in account.twice
    ]
    for state in _GAPS:
        numbers = [one.number for one in account.states if one.state == state]
        if numbers:
            words = {
                "unknown": _("{numbers}: drawn on another computer that has not sent them yet"),
                "lent": _("{numbers}: lent to a computer and not drawn yet"),
                "unused": _("{numbers}: not used, the reason stands in the note"),
            }[state]
            said.append(words.format(numbers=ranges(numbers)))
    return said


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in few words: ``3, 7–9``; of many runs the first six and how many more."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    said = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:6]]
    more = sum(last - first + 1 for first, last in runs[6:])
    if more:
        said.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return ", ".join(said)

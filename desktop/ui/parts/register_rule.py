# SPDX-License-Identifier: Apache-2.0
"""How an office writes the numbers of a register: the pattern, a code, and which year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model.event import DigitStyle
from desktop.model.register import (
    LONGEST_CODE,
    LONGEST_PATTERN,
    YEAR_KINDS,
    RegisterRule,
    pattern_trouble,
)
from desktop.store import codelist
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.label import Label

_PATTERNS: Final = ("{n}/{be}", "{n:03}/{be}", "{code}/{n}/{be}", "{code} {n:03}/{be}")
_OWN: Final = "own"
_PARTS: Final = (
    ("{n}", N_("running number")),
    ("{n:03}", N_("running number with three digits")),
    ("{be}", N_("year พ.ศ.")),
    ("{code}", N_("code")),
)


class RuleDialog(Dialog):
    """Asks for the rule of each kind; ``rule()`` is the one that is shown."""

    def __init__(
        self,
        parent: QWidget,
        rules: Sequence[RegisterRule],
        kind: str,
        digits: DigitStyle,
        today: date,
    ) -> None:
        super().__init__(
            parent,
            _("How numbers are written"),
            _("Numbers that are drawn already stay as they are."),
            _("Save"),
            icon="check",
            check=self._trouble,
        )
        self.setMinimumWidth(640)
        self._rules = {one.kind: one for one in rules}
        self._digits, self._today = digits, today
        self.kind = Choice(
            [(one.kind, codelist.word("cert_kind", one.kind)) for one in rules], kind, self
        )
        self.kind.chose.connect(lambda _kind: self._show())
        self.form = Choice([], None, self)
        self.form.chose.connect(self._chose)
        self.pattern = TextEdit(longest=LONGEST_PATTERN, parent=self)
        self.pattern.textChanged.connect(lambda _text: self._say())
        self.code = TextEdit(longest=LONGEST_CODE, parent=self)
        self.code.textChanged.connect(lambda _text: self._said_code())
        self.year = Choice([(key, _(word)) for key, word in YEAR_KINDS.items()], "calendar", self)
        self.year.chose.connect(lambda _year: self._say())
        self._parts = QWidget(self)
        parts = QHBoxLayout(self._parts)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(4)
        for part, word in _PARTS:
            parts.addWidget(Button(_(word), partial(self._insert, part), parent=self._parts))
        parts.addStretch()
        self.example = Label("", "section", weight=600, parent=self)
        self.trouble = Label("", "small", "red", weight=500, parent=self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Field(_("Kind of certificate"), self.kind, parent=self), 0, 0)
        grid.addWidget(Field(_("Year of the register"), self.year, parent=self), 0, 1)
        grid.addWidget(Field(_("Numbers look like"), self.form, parent=self), 1, 0)
        hint = _("As it stands on the office's letters, for example พม ๐๓๑๒")
        grid.addWidget(Field(_("Code of the office"), self.code, hint, parent=self), 1, 1)
        self._own = Field(_("Pattern"), self.pattern, parent=self)
        grid.addWidget(self._own, 2, 0, 1, 2)
        self.body.addLayout(grid)
        self.body.addWidget(self._parts)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(_("For example"), "small", "quiet", wrap=False, parent=self))
        row.addWidget(self.example, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.trouble)
        self._show()

    def rule(self) -> RegisterRule:
        """The rule as it stands in the fields."""
        return replace(
            self._rules[self.kind.value()],
            pattern=self.pattern.plain(),
            code=self.code.plain(),
            year_kind=self.year.value(),
        )

    def _show(self) -> None:
        rule = self._rules[self.kind.value()]
        self.code.setText(rule.code)
        self.pattern.setText(rule.pattern)
        self.year.set_value(rule.year_kind)
        self._said_code()

    def _said_code(self) -> None:
        """The patterns are offered as they would look with this code."""
        from desktop.actions.register_rule import sample_number

        code = self.code.plain()
        offered = []
        for pattern in _PATTERNS:
            trial = replace(self.rule(), pattern=pattern, code=code or _("code"))
            offered.append((pattern, sample_number(trial, self._digits, self._today)))
        offered.append((_OWN, _("In another way…")))
        pattern = self.pattern.plain()
        self.form.set_options(offered, pattern if pattern in _PATTERNS else _OWN)
        self._show_own()
        self._say()

    def _show_own(self) -> None:
        own = self.form.value() == _OWN
        self._own.setVisible(own)
        self._parts.setVisible(own)

    def _chose(self, form: str) -> None:
        if form != _OWN:
            self.pattern.setText(form)
        self._show_own()
        self._say()

    def _insert(self, part: str) -> None:
        self.pattern.insert(part)
        self.pattern.setFocus()

    def _trouble(self) -> str:
        return pattern_trouble(self.pattern.plain(), self.code.plain())

    def _say(self) -> None:
        from desktop.actions.register_rule import sample_number

        trouble = self._trouble()
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.example.setText(
            "" if trouble else sample_number(self.rule(), self._digits, self._today)
        )

# SPDX-License-Identifier: Apache-2.0
"""What is asked before a certificate is issued, void, printed again, handed over or reworded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.actions.certificate_field import unshown
from desktop.actions.certificate_list import CertificateList, Line
from desktop.i18n import _, ngettext
from desktop.ui.parts.certificate_facts import said, title_of
from desktop.ui.parts.reason_pick import ReasonPick
from desktop.ui.tables.certificate import CERTIFICATE, SEAT, HandOverModel
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.table import Table

_BACK: Final = ("ไม่มีผู้มารับ", "ผู้รับส่งคืน", "ส่งถึงมือไม่ได้")
"""Why a paper is back. Notes of the register are part of a Thai document, in both languages."""


class IssueDialog(Dialog):
    """The last look before numbers are drawn: that cannot be taken back."""

    def __init__(self, parent: QWidget, held: CertificateList, lines: Sequence[Line]) -> None:
        count = len(lines)
        super().__init__(
            parent,
            ngettext("Issue {count} certificate", "Issue {count} certificates", count).format(
                count=count
            ),
            _(
                "Numbers are drawn from the register and the words are frozen. This cannot be "
                "taken back; a certificate can be declared void later, and keeps its number."
            ),
            ngettext("Issue {count} certificate", "Issue {count} certificates", count).format(
                count=count
            ),
            icon="award",
        )
        signers = " · ".join(f"{one.name} ({one.position})" for one in held.signers)
        unsure = sum(1 for line in lines if not line.confirmed)
        numbers = lines[0].number
        if count > 1:
            numbers = f"{numbers} – {lines[-1].number}"
        facts = [
            (_("Numbers"), numbers),
            (_("Date of issue"), said(held.issue_date)),
            (_("Template"), title_of(held.template)),
            (_("Signed by"), signers or _("Nobody signs yet")),
        ]
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(16)
        for row, (word, value) in enumerate(facts):
            head = Label(word, "small", "quiet", weight=600, wrap=False, parent=self)
            grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            tone = "text" if signers or row != len(facts) - 1 else "amber"
            grid.addWidget(Label(value, tone=tone, parent=self), row, 1)
        self.body.addLayout(grid)
        if unsure:
            words = ngettext(
                "{count} name was not confirmed by its owner.",
                "{count} names were not confirmed by their owners.",
                unsure,
            )
            self.body.addWidget(Label(words.format(count=unsure), tone="amber", parent=self))
        if lacking := unshown(held.template, lines):
            self.body.addWidget(Label(str(lacking), tone="amber", parent=self))


class ReasonDialog(Dialog):
    """Asks for a reason, which the register keeps."""

    def __init__(
        self,
        parent: QWidget,
        headline: str,
        words: str,
        verb: str,
        *,
        final: bool,
        value: str = "",
    ) -> None:
        super().__init__(
            parent,
            headline,
            words,
            verb,
            kind="danger" if final else "primary",
            check=self._missing,
        )
        self.reasons = ReasonPick(self, value=value)
        self.body.addWidget(self.reasons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.reasons.reason():
            self.reasons.pick.setFocus()

    def _missing(self) -> str:
        return self.reasons.missing()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it was put right."""

    title: str
    first: str
    middle: str
    last: str
    printed: str
    reason: str


class NameDialog(Dialog):
    """Puts a name right; when the certificate is issued, with the reason for wording it anew."""

    def __init__(
        self, parent: QWidget, parts: tuple[str, str, str, str, str], *, issued: bool
    ) -> None:
        words = (
            _(
                "The number stays. A new paper takes the place of the one that was issued, "
                "which stays in the register as replaced."
            )
            if issued
            else _("The name is put right on the roster too, and is to be confirmed again.")
        )
        super().__init__(
            parent, _("Edit the name"), words, _("Save the name"), icon="check",
            check=self._missing,
        )  # fmt: skip
        self.edits = [TextEdit(text, longest=120, parent=self) for text in parts]
        labels = (
            _("Title or rank"),
            _("First name"),
            _("Middle name"),
            _("Surname"),
            _("Name to print, when it is to be otherwise"),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (label, edit) in enumerate(zip(labels, self.edits, strict=True)):
            span = 2 if place == 4 else 1
            grid.addWidget(
                Field(label, edit, must=place == 1, parent=self), place // 2, place % 2, 1, span
            )
        self.body.addLayout(grid)
        self._reasons: ReasonPick | None = None
        if issued:
            self._reasons = ReasonPick(self, value="misspelt")
            self.body.addWidget(self._reasons)

    def spelling(self) -> Spelling:
        """What was typed."""
        title, first, middle, last, printed = (edit.plain() for edit in self.edits)
        reason = self._reasons.reason() if self._reasons is not None else ""
        return Spelling(title, first, middle, last, printed, reason)

    def _missing(self) -> str:
        if not self.edits[1].plain():
            return _("Type the first name.")
        return self._reasons.missing() if self._reasons is not None else ""


class AwardDialog(Dialog):
    """Puts an organisation or its project right, with the reason when it is issued."""

    def __init__(self, parent: QWidget, organisation: str, project: str, *, issued: bool) -> None:
        words = (
            _(
                "The number stays. A new paper takes the place of the one that was issued, "
                "which stays in the register as replaced."
            )
            if issued
            else _("The award list is put right too.")
        )
        super().__init__(
            parent, _("Edit the name"), words, _("Save the name"), icon="check",
            check=self._missing,
        )  # fmt: skip
        self.setMinimumWidth(640)
        self.organisation = TextEdit(organisation, longest=300, parent=self)
        self.project = TextEdit(project, longest=500, parent=self)
        for edit in (self.organisation, self.project):
            edit.setCursorPosition(0)
        self.body.addWidget(Field(_("Organisation"), self.organisation, must=True, parent=self))
        self.body.addWidget(Field(_("Project"), self.project, must=True, parent=self))
        self._reasons: ReasonPick | None = None
        if issued:
            self._reasons = ReasonPick(self, value="misspelt")
            self.body.addWidget(self._reasons)

    def answer(self) -> tuple[str, str, str]:
        """Organisation, project and reason as they were typed."""
        reason = self._reasons.reason() if self._reasons is not None else ""
        return self.organisation.plain(), self.project.plain(), reason

    def _missing(self) -> str:
        if not self.organisation.plain():
            return _("Type the name of the organisation.")
        if not self.project.plain():
            return _("Type the name of the project.")
        return self._reasons.missing() if self._reasons is not None else ""


class TakeBackDialog(Dialog):
    """Notes that a paper came back, or that nobody fetched it (รับคืน)."""

    def __init__(self, parent: QWidget, line: Line, today: date) -> None:
        super().__init__(
            parent,
            _("Take number {number} back").format(number=line.number),
            _(
                "The paper of {name} is with the office again. Its number stays valid: it can be "
                "handed over later, or be declared void."
            ).format(name=line.name),
            _("Note as returned"),
            icon="check",
            check=self._missing,
        )
        row = line.certificate
        # What somebody has received did come to be fetched.
        usual = _BACK[1 if row is not None and row.status == "handed" else 0]
        self.why = Choice([(word, word) for word in _BACK], usual, self)
        self.more = TextEdit(longest=200, parent=self)
        self.day = DateEdit(today, today=today, parent=self)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Field(_("Reason"), self.why, must=True, parent=self), 0, 0)
        grid.addWidget(Field(_("In your own words"), self.more, parent=self), 0, 1)
        grid.addWidget(Field(_("On"), self.day, parent=self), 1, 0)
        self.body.addLayout(grid)

    def answer(self) -> tuple[str, date | None]:
        """The reason as the register has it, and the day."""
        word, more = str(self.why.value()), self.more.plain()
        return (f"{word}: {more}" if more else word), self.day.day()

    def _missing(self) -> str:
        return self.day.problem() or ("" if self.day.day() else _("Type the date."))


class HandOverDialog(Dialog):
    """A list to tick off as certificates are handed over."""

    def __init__(self, parent: QWidget, lines: Sequence[Line], today: date) -> None:
        super().__init__(
            parent,
            _("Hand over certificates"),
            _("Space ticks a line, Ctrl+A ticks all. Who is ticked has received it."),
            _("Note as handed over"),
            icon="check",
            check=self._missing,
        )
        self.setMinimumWidth(720)
        self.model = HandOverModel(tuple(lines), self)
        self.table = Table(
            _("Certificates to hand over"),
            self.model,
            widths=(90, 300, 150),
            stretch=1,
            parent=self,
        )
        self.table.setItemDelegateForColumn(CERTIFICATE, BadgeCell(self.table))
        self.table.setMinimumHeight(240)
        self.table.ticked.connect(self.model.toggle)
        self.table.clicked.connect(self._clicked)
        every = QShortcut(QKeySequence.StandardKey.SelectAll, self.table)
        every.setContext(Qt.ShortcutContext.WidgetShortcut)
        every.activated.connect(self.model.tick_all)
        self.count = Label("", weight=600, parent=self)
        self.all = Button(_("Tick all"), self.model.tick_all, icon="check", parent=self)
        self.model.dataChanged.connect(lambda *_where: self._counted())
        self.taker = TextEdit(longest=120, parent=self)
        self.day = DateEdit(today, today=today, parent=self)
        counted = QHBoxLayout()
        counted.addWidget(self.count, 1)
        counted.addWidget(self.all)
        row = QGridLayout()
        row.setColumnStretch(0, 1)
        row.addWidget(
            Field(_("Received by, when not the person herself"), self.taker, parent=self), 0, 0
        )
        row.addWidget(Field(_("On"), self.day, parent=self), 0, 1)
        self.body.addWidget(self.table)
        self.body.addLayout(counted)
        self.body.addLayout(row)
        self._counted()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.go_to(0)
        self.table.setFocus()

    def chosen(self) -> tuple[Line, ...]:
        """Those who have received theirs."""
        return self.model.ticked

    def _clicked(self, cell: QModelIndex) -> None:
        if cell.column() == SEAT:
            self.model.toggle(cell.row())

    def _counted(self) -> None:
        words = _("{count} of {total} ticked")
        self.count.setText(words.format(count=len(self.model.ticked), total=len(self.model.rows)))

    def _missing(self) -> str:
        if not self.model.ticked:
            return _("Tick at least one line.")
        return self.day.problem() or ("" if self.day.day() else _("Type the date."))

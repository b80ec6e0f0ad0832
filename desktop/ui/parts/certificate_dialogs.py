# SPDX-License-Identifier: Apache-2.0
"""What is asked before a certificate is issued, void, printed again, handed over or reworded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.actions.certificate_list import CertificateList, Line
from desktop.i18n import _, language, ngettext
from desktop.store import codelist
from desktop.ui.parts.certificate_facts import said
from desktop.ui.tables.certificate import CertificateModel
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.table import Table


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
            (_("Signed by"), signers or _("Nobody signs yet")),
        ]
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(16)
        for row, (word, value) in enumerate(facts):
            head = Label(word, "small", "quiet", weight=600, wrap=False, parent=self)
            grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(value, parent=self), row, 1)
        self.body.addLayout(grid)
        if unsure:
            words = ngettext(
                "{count} name was not confirmed by its owner.",
                "{count} names were not confirmed by their owners.",
                unsure,
            )
            self.body.addWidget(Label(words.format(count=unsure), tone="amber", parent=self))


class ReasonPick(QWidget):
    """A reason from the code list, and words of one's own. ``reason()`` is empty until given."""

    def __init__(self, parent: QWidget | None = None, *, value: str = "") -> None:
        super().__init__(parent)
        offered = [("", _("Choose a reason"))]
        offered += [(code.code, _word(code)) for code in codelist.codes("reprint_reason")]
        self.pick = Choice(offered, value, self)
        self.more = TextEdit(longest=200, parent=self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.field = Field(_("Reason"), self.pick, must=True, parent=self)
        grid.addWidget(self.field, 0, 0)
        grid.addWidget(Field(_("In your own words"), self.more, parent=self), 0, 1)

    def reason(self) -> str:
        """The reason as the register has it; "other" asks for words."""
        code, more = str(self.pick.value() or ""), self.more.plain()
        if not code:
            return more
        if code == "other":
            return more
        found = codelist.code("reprint_reason", code)
        word = found.th if found is not None else code
        return f"{word}: {more}" if more else word

    def missing(self) -> str:
        """What to say while there is no reason; empty when there is one."""
        if self.reason():
            return ""
        if self.pick.value() == "other":
            return _("Write the reason in your own words.")
        return _("Choose a reason. It is kept in the register.")


def _word(code: object) -> str:
    return str(getattr(code, "en" if language() == "en" else "th"))


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
                "The certificate keeps its number. It gets the new name, and what was printed "
                "before stays in the register."
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


class HandOverDialog(Dialog):
    """A list to tick off as certificates are handed over."""

    def __init__(
        self, parent: QWidget, lines: Sequence[Line], today: date, *, chosen: Sequence[str] = ()
    ) -> None:
        super().__init__(
            parent,
            _("Hand over certificates"),
            _("Space ticks a line, Ctrl+A chooses all. Who is chosen has received it."),
            _("Note as handed over"),
            icon="check",
            check=self._missing,
        )
        self.setMinimumWidth(720)
        self.model = CertificateModel(self)
        self.model.show_lines(tuple(lines))
        self.table = Table(
            _("Certificates to hand over"), self.model, widths=(70, 300, 170), stretch=1,
            many=True, parent=self,
        )  # fmt: skip
        self.table.setItemDelegateForColumn(2, BadgeCell(self.table))
        self.table.setMinimumHeight(260)
        self.table.ticked.connect(self._tick)
        self.count = Label("", weight=600, parent=self)
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._counted())
        self.taker = TextEdit(longest=120, parent=self)
        self.day = DateEdit(today, today=today, parent=self)
        row = QGridLayout()
        row.setColumnStretch(0, 1)
        row.addWidget(
            Field(_("Received by, when not the person herself"), self.taker, parent=self), 0, 0
        )
        row.addWidget(Field(_("On"), self.day, parent=self), 0, 1)
        self.body.addWidget(self.table)
        self.body.addWidget(self.count)
        self.body.addLayout(row)
        for key in chosen:
            self._tick(self.model.place_of(key))
        self._counted()

    def chosen(self) -> tuple[Line, ...]:
        """Those who have received theirs."""
        return tuple(self.model.lines[row] for row in self.table.rows_chosen())

    def _tick(self, row: int) -> None:
        flags = self.table.selectionModel().SelectionFlag
        self.table.selectionModel().select(self.model.index(row, 0), flags.Toggle | flags.Rows)

    def _counted(self) -> None:
        count = len(self.table.rows_chosen())
        words = ngettext("{count} chosen", "{count} chosen", count)
        self.count.setText(words.format(count=count))

    def _missing(self) -> str:
        if not self.table.rows_chosen():
            return _("Choose at least one line.")
        return self.day.problem() or ("" if self.day.day() else _("Type the date."))

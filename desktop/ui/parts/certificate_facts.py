# SPDX-License-Identifier: Apache-2.0
"""What stands on the certificate that is shown: number, name, who signs, and the date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.certificate_list import CertificateList, Line
from desktop.i18n import _, language
from desktop.model.certificate import Signer, Status
from desktop.model.plan import FIELDS
from desktop.model.template import Template
from desktop.model.template_form import template_digest
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.widgets.be_date import DateEdit
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

_GIVEN: Final[frozenset[Status]] = frozenset({"printed", "handed"})
"""A paper that is out can come back."""
_NARROW: Final = 700
"""Below this width the buttons stand on a line of their own, so that a name is never cut."""


class CertificateFacts(QFrame):
    """Two lines under the page. What can be changed stands beside what it changes."""

    rename = Signal()
    confirm = Signal()
    print_one = Signal()
    void = Signal()
    replacement = Signal()
    """The paper was lost or spoilt."""
    back = Signal()
    """The paper came back."""
    history = Signal()
    dated = Signal(object)
    """Another date of issue, for those that are not issued yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._number = Label("", weight=600, wrap=False, parent=self)
        self._number_head = self._head(_("Certificate number"))
        self._name = Label("", weight=600, wrap=False, parent=self)
        self._confirmed = Label("", "small", weight=600, wrap=False, parent=self)
        self._confirmed_icon = Icon("circle", "grey", 16, self)
        self._signers = Label("", wrap=False, parent=self)
        self._signer_icon = Icon("triangle-alert", "amber", 16, self)
        self.date = DateEdit(parent=self)
        self.date.setAccessibleName(_("Date of issue"))
        self.date.dated.connect(self.dated)
        self._given = Label("", wrap=False, parent=self)
        self.edit = Button(_("Edit"), self.rename.emit, icon="pencil", parent=self)
        self.right = Button(_("Confirm"), self.confirm.emit, icon="check", parent=self)
        self.again = Button(_("Print this one"), self.print_one.emit, icon="printer", parent=self)
        self.cancel = Button(_("Void…"), self.void.emit, kind="danger", icon="ban", parent=self)
        self.returned = Button(_("Returned…"), self.back.emit, icon="undo-2", parent=self)
        self.spare = Button(_("Replacement…"), self.replacement.emit, icon="replace", parent=self)
        self.spare.setShortcut("Shift+F4")
        self.spare.show_key("Shift+F4")
        self.story = Button(_("History"), self.history.emit, icon="history", parent=self)
        self.story.setShortcut("F9")
        self.story.show_key("F9")
        self.edit.setShortcut("F4")
        self.edit.show_key("F4")
        self.right.setShortcut("F8")
        self.right.show_key("F8")
        self._own = Label("", "small", parent=self)
        self._buttons = QWidget(self)
        self._grid = QGridLayout(self)
        self._narrow = False
        self._all = (self.edit, self.right, self.again, self.returned, self.spare, self.cancel)
        for button in (*self._all, self.story):
            button.hide()
        self._lay()

    def _head(self, words: str) -> Label:
        return Label(words, "small", "quiet", weight=600, wrap=False, parent=self)

    def _lay(self) -> None:
        grid = self._grid
        grid.setContentsMargins(16, 8, 12, 8)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addLayout(_under(self._number_head, self._number), 0, 0)
        spelt = QHBoxLayout()
        spelt.setSpacing(8)
        spelt.addWidget(self._head(_("Name to print")))
        spelt.addWidget(self._confirmed_icon)
        spelt.addWidget(self._confirmed, 1)
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addLayout(spelt)
        named.addWidget(self._name)
        grid.addLayout(named, 0, 1)
        grid.addWidget(self.story, 0, 3)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch()
        for button in self._all:
            row.addWidget(button)
        grid.addWidget(self._buttons, 0, 2)
        signing = QHBoxLayout()
        signing.setSpacing(8)
        signing.addWidget(self._head(_("Signed by")))
        signing.addWidget(self._signer_icon)
        signing.addWidget(self._signers, 1)
        dated = QHBoxLayout()
        dated.setSpacing(8)
        dated.addStretch()
        dated.addWidget(self._head(_("Date of issue")))
        dated.addWidget(self.date)
        dated.addWidget(self._given)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addLayout(signing, 1)
        second.addLayout(dated)
        grid.addLayout(second, 1, 0, 1, 4)
        grid.addWidget(self._own, 2, 0, 1, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()
        narrow = self.width() < theme.scaled(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._grid.removeWidget(self._buttons)
            where = (3, 0, 1, 4) if narrow else (0, 2, 1, 1)
            self._grid.addWidget(self._buttons, *where)

    def _fit_buttons(self) -> None:
        """Where there is no room the buttons say less: without their keys, then icons alone,
        first of those that need no words.
        """
        shown = [button for button in self._all if not button.isHidden()]
        plain = [button for button in shown if button in (self.edit, self.again)]
        room = self.width() - 28
        for brief, some in ((0, shown), (1, shown), (2, plain), (2, shown)):
            for button in some:
                button.set_brief(brief)
            if sum(one.sizeHint().width() + 8 for one in shown) - 8 <= room:
                return

    def show_line(self, held: CertificateList, line: Line | None) -> None:
        """Show the facts of a line; None: what all have in common."""
        issued = line is not None and line.issued
        self._number_head.setText(_number_words(line))
        self._number.setText(line.number or "–" if line is not None else "–")
        self._name.setText("" if line is None else line.name)
        person = line is not None and bool(line.person_id)
        self._confirmed.setVisible(person)
        self._confirmed_icon.setVisible(person)
        if line is not None:
            word, icon, tone = _spelling(line)
            self._confirmed.setText(word)
            self._confirmed.set_tone(tone)
            self._confirmed_icon.show_icon(icon, tone)
        self.edit.setVisible(line is not None)
        self.right.setVisible(person and line is not None and not line.confirmed and not issued)
        self.again.setVisible(issued)
        self.cancel.setVisible(issued)
        row = line.certificate if line is not None else None
        self.story.setVisible(row is not None and row.wording is not None)
        self.spare.setVisible(issued and row is not None and row.prints > 0)
        self.returned.setVisible(issued and row is not None and row.status in _GIVEN)
        own = _own_words(held, line)
        self._own.setText(own)
        self._own.setVisible(bool(own))
        signers = held.signers
        if line is not None and line.wording is not None:
            signers = line.wording.signers
        self._signers.setText(_names(signers) or _("Nobody signs yet"))
        self._signers.set_tone("text" if signers else "amber")
        self._signer_icon.setVisible(not signers)
        self.date.setVisible(not issued)
        self._given.setVisible(issued)
        if issued and line is not None and line.certificate is not None:
            self._given.setText(said(date.fromisoformat(line.certificate.issue_date)))
        elif not _within(QApplication.focusWidget(), self.date):
            self.date.set_date(held.issue_date)
        self._fit_buttons()


def _within(widget: QWidget | None, whole: QWidget) -> bool:
    return widget is not None and whole.isAncestorOf(widget)


def _under(head: Label, value: Label) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(value)
    return column


def _own_words(held: CertificateList, line: Line | None) -> str:
    """What stands on this one alone, and that it has another template than the next."""
    fields = line.fields if line is not None else {}
    said = [f"{_(word)}: {fields[name]}" for name, word in FIELDS.items() if fields.get(name)]
    row = line.certificate if line is not None and line.issued else None
    if row is not None and row.layout != template_digest(held.template):
        said.append(_("Issued with an earlier template, which stays."))
    return "   ".join(said)


def _number_words(line: Line | None) -> str:
    if line is not None and line.issued:
        return _("Certificate number")
    if line is not None and line.part == "failed":
        return _("Number of the seat")
    return _("Will be number")


def _spelling(line: Line) -> tuple[str, str, str]:
    if line.renamed:
        return _("Changed since"), "triangle-alert", "amber"
    if line.confirmed:
        return _("Confirmed"), "circle-check", "green"
    return _("Not confirmed"), "circle", "grey"


def _names(signers: Sequence[Signer]) -> str:
    return " · ".join(signer.name for signer in signers)


def title_of(template: Template) -> str:
    """What a template is called in the language of the moment."""
    return template.titles.get(language()) or template.titles.get("th", "")


def said(day: date) -> str:
    """A date in the language of the moment."""
    return dates.english_date(day) if language() == "en" else dates.be_date(day)

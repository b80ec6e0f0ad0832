# SPDX-License-Identifier: Apache-2.0
"""The questions about who may unlock: a new facilitator, passphrases, the recovery sheet.

Each asks for the passphrase of whoever does it, so that an open laptop is not enough.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.facilitator import Facilitator
from desktop.ui.desk import Desk
from desktop.ui.first_start import refusal
from desktop.ui.widgets.button import Button, Kind
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Field, PassphraseEdit, TextEdit

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.recovery import RecoveryCode
    from desktop.store.store import Store

_LABEL = 20
Action = Callable[["Store", str], "Done"]


class _Ask(Dialog):
    """A dialog that stays open until the store took what was asked."""

    def __init__(
        self, parent: QWidget, headline: str, words: str, verb: str, kind: Kind = "primary"
    ) -> None:
        super().__init__(parent, headline, words, verb, kind=kind)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._run: Callable[[], object] = self.accept
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(lambda _on=False: self._run())

    def text(self, label: str, hint: str = "", longest: int = 120) -> TextEdit:
        """One more line of text."""
        edit = TextEdit(longest=longest, parent=self)
        self.body.addWidget(Field(label, edit, hint, parent=self))
        return edit

    def secret(self, label: str, hint: str = "") -> PassphraseEdit:
        """One more passphrase."""
        edit = PassphraseEdit(label, self)
        self.body.addWidget(Field(label, edit, hint, parent=self))
        return edit

    def on_verb(self, run: Callable[[], object]) -> None:
        """What the verb does."""
        self._run = run

    def act(self, desk: Desk, action: Action, said: str) -> None:
        """Do it; close when it is done, say why when it is not."""
        self.wrong("")
        self.verb.setEnabled(False)

        def failed(problem: Problem) -> None:
            self.verb.setEnabled(True)
            self.wrong(str(problem))

        desk.act(self, action, lambda _done: self.accept(), said, failed)


def add_facilitator(parent: QWidget, desk: Desk) -> None:
    """Ask for a colleague's name and her passphrase, typed by herself."""
    ask = _Ask(
        parent,
        _("Add a facilitator"),
        _("Let her type her own passphrase; nobody else needs to know it."),
        _("Add her"),
    )
    name = ask.text(_("Name and surname"))
    position = ask.text(_("Position (may be empty)"))
    label = ask.text(
        _("Short name on the unlock window"),
        _("Seen before anything is unlocked: a nickname, not the full name."),
        _LABEL,
    )
    hers = ask.secret(
        _("Her passphrase"),
        _("At least ten characters; four words that do not belong together are best."),
    )
    own = ask.secret(_("Your own passphrase"))

    def run() -> None:
        sentence = refusal(hers.text())
        if not name.plain():
            ask.wrong(_("Type the name of the facilitator."))
        elif sentence:
            ask.wrong(sentence)
        else:
            person = Facilitator("", name.plain(), position.plain())
            mine, secret, short = own.text(), hers.text(), label.plain()

            def action(store: Store, by: str) -> Done:
                from desktop.actions import office

                return office.add_facilitator(store, by, mine, person, secret, label=short)

            ask.act(
                desk, action, _("{name} can unlock this computer now").format(name=person.name)
            )

    ask.on_verb(run)
    ask.open()


def change_passphrase(parent: QWidget, desk: Desk) -> None:
    """Ask for the old passphrase and a new one."""
    ask = _Ask(
        parent, _("Change my passphrase"), _("The old one opens nothing any more."), _("Change it")
    )
    old = ask.secret(_("Passphrase until now"))
    new = ask.secret(
        _("New passphrase"),
        _("At least ten characters; four words that do not belong together are best."),
    )

    def run() -> None:
        sentence = refusal(new.text())
        if sentence:
            ask.wrong(sentence)
            return
        before, after = old.text(), new.text()

        def action(store: Store, by: str) -> Done:
            from desktop.actions import office

            return office.change_passphrase(store, by, before, after)

        ask.act(desk, action, _("The passphrase was changed"))

    ask.on_verb(run)
    ask.open()


def remove_facilitator(parent: QWidget, desk: Desk, person: Facilitator) -> None:
    """Ask before somebody's access is taken away: it cannot be undone."""
    ask = _Ask(
        parent,
        _("Take access away from {name}").format(name=person.name),
        _("She can no longer unlock this computer. What she did keeps her name."),
        _("Take access away"),
        "danger",
    )
    own = ask.secret(_("Your own passphrase"))

    def run() -> None:
        mine = own.text()

        def action(store: Store, by: str) -> Done:
            from desktop.actions import office

            return office.remove_facilitator(store, by, mine, person.id)

        ask.act(
            desk, action, _("{name} can no longer unlock this computer").format(name=person.name)
        )

    ask.on_verb(run)
    ask.open()


def renew_recovery_sheet(parent: QWidget, desk: Desk, office_name: str) -> None:
    """Ask for one's passphrase, make a new code, and show it to be printed or saved."""
    ask = _Ask(
        parent,
        _("Make a new recovery sheet"),
        _("The sheet made before opens nothing any more. Have a printer or a USB stick ready."),
        _("Make it"),
    )
    own = ask.secret(_("Your own passphrase"))

    def run() -> None:
        mine, by = own.text(), desk.by
        ask.wrong("")
        ask.verb.setEnabled(False)

        def work() -> RecoveryCode:
            from desktop.actions import office

            return office.renew_recovery_code(desk.store, by, mine)

        def then(code: RecoveryCode) -> None:
            ask.accept()
            show_recovery_code(parent, desk, str(code), office_name)

        def failed(error: Exception) -> None:
            ask.verb.setEnabled(True)
            if isinstance(error, Problem):
                ask.wrong(str(error))
            else:
                desk.fail(error)

        desk.tasks.run("store", ask, work, then, failed)

    ask.on_verb(run)
    ask.open()


def show_recovery_code(parent: QWidget, desk: Desk, code: str, office_name: str) -> Dialog:
    """Show a new recovery code with the ways to keep it."""
    shown = Dialog(
        parent,
        _("The new recovery sheet"),
        _("Print it or save it now: it is shown only once."),
        _("It is in a safe place"),
    )
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    shown.stay.hide()
    line = TextEdit(code, parent=shown)
    line.setReadOnly(True)
    shown.body.addWidget(Field(_("Recovery code"), line, parent=shown))
    sheet = RecoverySheet(shown, desk.tasks.run, code, office_name, desk.now().date(), desk.fail)
    row = QHBoxLayout()
    row.addWidget(Button(_("Print"), sheet.print_it, icon="printer", key="F5", parent=shown))
    row.addWidget(
        Button(_("Save as PDF"), sheet.save_it, icon="download", key="Ctrl+S", parent=shown)
    )
    row.addStretch()
    shown.body.addLayout(row)
    sheet.trouble = shown.wrong
    shown.open()
    return shown


class RecoverySheet:
    """Prints or saves a recovery sheet. ``kept`` is called when it is on paper or in a file."""

    def __init__(
        self,
        owner: QWidget,
        run: Callable[..., Any],
        code: str,
        office: str,
        day: Any,
        failed: Callable[[Any], object],
    ) -> None:
        self._owner, self._run, self._failed = owner, run, failed
        self._code, self._office, self._day = code, office, day
        self.kept: Callable[[], object] = _nothing
        self.trouble: Callable[[str], object] = _say_nothing

    def print_it(self) -> None:
        """Ask for a printer and print."""
        from desktop.ui.paper import print_pdf

        def then(pdf: bytes) -> None:
            if print_pdf(self._owner, pdf, _("Recovery sheet")):
                self.kept()

        self._make(then)

    def save_it(self) -> None:
        """Ask for a place and write the PDF there."""
        name, _kind = QFileDialog.getSaveFileName(
            self._owner, _("Save as PDF"), _("recovery-sheet") + ".pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, place: Path) -> None:
        """Write the PDF to a place."""

        def then(pdf: bytes) -> None:
            from desktop.store.disk import NotSaved, save_file

            try:
                save_file(place, pdf)
            except NotSaved as problem:
                self.trouble(str(problem))
                return
            self.trouble("")
            self.kept()

        self._make(then)

    def _make(self, then: Callable[[bytes], object]) -> None:
        code, office, day = self._code, self._office, self._day

        def work() -> bytes:
            from desktop.printing.recovery import recovery_sheet

            return recovery_sheet(office, code, day)

        self._run("slow", self._owner, work, then, self._failed)


def _nothing() -> None:
    """Nobody asked to know."""


def _say_nothing(_sentence: str) -> None:
    """Nobody asked to know."""

# SPDX-License-Identifier: Apache-2.0
"""Setting up the office's electronic signature: one of its own, or one it was given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.be_date import said
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, PassphraseEdit, TextEdit
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.signature import SignerCard
    from desktop.store.store import Store
    from desktop.ui.desk import Desk


class SignerDialog(Dialog):
    """Accepted when a signature is set up, or was taken away."""

    def __init__(self, parent: QWidget, desk: Desk, card: SignerCard | None) -> None:
        super().__init__(
            parent,
            _("Electronic signature of the office"),
            _(
                "A signed PDF shows every reader that it was not changed since. The key stays in "
                "the encrypted notebook on this computer."
            ),
            _("Set up"),
            icon="signature",
        )
        self.setMinimumWidth(theme.scaled(560))
        self._desk = desk
        self._file: bytes = b""
        if card is not None:
            kind = (
                _("made by the office")
                if card.own
                else _("issued by {name}").format(name=card.issuer)
            )
            words = _("Now: {name} ({kind}), until {day}").format(
                name=card.name, kind=kind, day=said(card.until)
            )
            self.body.addWidget(Label(words, weight=600, parent=self))
            self.body.addWidget(Label(card.fingerprint, "small", "quiet", parent=self))
            row = QHBoxLayout()
            row.addWidget(
                Button(
                    _("Save the certificate for others…"), self._give, icon="download", parent=self
                )
            )
            row.addWidget(Button(_("Sign no more"), self._forget, icon="trash-2", parent=self))
            row.addStretch()
            self.body.addLayout(row)
        self.way = Choice(
            (
                ("own", _("Make one for this office")),
                ("given", _("Use the one we were given (.p12, .pfx)")),
            ),
            "own",
            self,
        )
        self.name = TextEdit(longest=120, parent=self)
        self.pick = Button(_("Choose the file…"), self._pick, icon="key-round", parent=self)
        self.picked = Label("", "small", "quiet", parent=self)
        self.secret = PassphraseEdit(_("Passphrase of the file"), self)
        self._name_field = Field(
            _("Name of the office"),
            self.name,
            _("Readers of the PDF see this name, and that nobody outside vouches for it."),
            parent=self,
        )
        self._secret_field = Field(_("Passphrase of the file"), self.secret, parent=self)
        self.body.addWidget(Field(_("Which signature"), self.way, parent=self))
        self.body.addWidget(self._name_field)
        row = QHBoxLayout()
        row.addWidget(self.pick)
        row.addWidget(self.picked, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._secret_field)
        self.way.chose.connect(lambda _way: self._show())
        self._show()
        desk.look(self, _office, self._named)

    def _named(self, name: str) -> None:
        if not self.name.plain():
            self.name.setText(name)

    def _show(self) -> None:
        own = self.way.value() == "own"
        self._name_field.setVisible(own)
        for part in (self.pick, self.picked, self._secret_field):
            part.setVisible(not own)

    def _pick(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the file"), "", "PKCS#12 (*.p12 *.pfx)"
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Use the key and certificate of a file."""
        try:
            self._file = path.read_bytes()
        except OSError:
            self.wrong(_("The file cannot be read. Choose another."))
            return
        self.wrong("")
        self.picked.setText(path.name)

    def _press(self) -> None:
        own, name = self.way.value() == "own", self.name.plain()
        data, secret = self._file, self.secret.text()
        if not own and not data:
            self.wrong(_("Choose the file of the signature first."))
            return

        def action(store: Store, by: str) -> Done:
            from desktop.actions.signature import import_signer, make_signer

            if own:
                return make_signer(store, by, name)
            return import_signer(store, by, data, secret)

        self.verb.setEnabled(False)
        self._desk.act(
            self, action, lambda _done: self.accept(),
            said=_("The signature is set up"), failed=self._failed,
        )  # fmt: skip

    def _failed(self, problem: Problem) -> None:
        self.verb.setEnabled(True)
        self.wrong(str(problem))

    def _forget(self) -> None:
        def action(store: Store, by: str) -> Done:
            from desktop.actions.signature import forget_signer

            return forget_signer(store, by)

        self._desk.act(
            self, action, lambda _done: self.accept(), said=_("Nothing is signed any more")
        )

    def _give(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save the certificate for others…"), "office.crt", "X.509 (*.crt)"
        )
        if not name:
            return

        def work(store: Store) -> None:
            from desktop.actions.signature import signer_certificate
            from desktop.store.disk import save_file

            save_file(Path(name), signer_certificate(store))

        self._desk.look(self, work, lambda _nothing: self.picked.setText(""))


def _office(store: Store) -> str:
    from desktop.store.facilitator import office_or_none

    with store.read() as conn:
        found = office_or_none(conn)
    return "" if found is None else found.name

# SPDX-License-Identifier: Apache-2.0
"""In the settings: what a telephone opens that scans the code of a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.headed_card import head_card

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.errors import Problem
    from desktop.store.store import Store


class AddressCard(QFrame):
    """One answer, which may be empty; the centre's page is offered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: str | None = None
        self._offered = ""
        body = head_card(self, _("The code on certificates"), "qr-code")
        self.edit = TextEdit(placeholder="https://…/v", longest=200, parent=self)
        self.edit.returnPressed.connect(self._save)
        self.field = Field(
            _("Page that opens when a telephone scans the code (may be empty)"),
            self.edit,
            _(
                "Whoever scans a certificate sees that page, which checks it. It counts for "
                "certificates issued from now on; those that were issued keep their code. "
                "Without a page the code is smaller, and is checked with this program or the "
                "saved page."
            ),
            parent=self,
        )
        body.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.offer = Button("", self._take, kind="quiet", icon="satellite-dish", parent=self)
        self.keep = Button(_("Save the address"), self._save, icon="save", parent=self)
        row.addWidget(self.offer)
        row.addStretch()
        row.addWidget(self.keep)
        body.addLayout(row)
        self.offer.hide()
        desk.changed.connect(self._changed)
        self._read()

    def _changed(self, nouns: frozenset[str]) -> None:
        if nouns & {"office", "sync"}:
            self._read()

    def _read(self) -> None:
        def read(store: Store) -> tuple[str, str]:
            from desktop.actions.proof_address import offered_address, proof_address

            return proof_address(store), offered_address(store)

        self._desk.look(self, read, self._show, latest="proof_address")

    def _show(self, found: tuple[str, str]) -> None:
        kept, self._offered = found
        if kept != self._shown:  # what is being typed stays
            self._shown = kept
            self.edit.setText(kept.removesuffix("#"))
            self.edit.setCursorPosition(0)
        page = self._offered.removesuffix("#")
        self.offer.setText(_("Use the centre's page: {page}").format(page=page))
        self.offer.setVisible(bool(page) and self._offered != kept)

    def _take(self) -> None:
        self.edit.setText(self._offered.removesuffix("#"))
        self._save()

    def _save(self) -> None:
        text = self.edit.plain()

        def action(store: Store, by: str) -> Done:
            from desktop.actions.proof_address import set_proof_address

            return set_proof_address(store, by, text)

        def failed(problem: Problem) -> None:
            self.field.set_error(str(problem))
            self.edit.setFocus()

        self.field.set_error()
        said = (
            _("The page is in the code of certificates issued from now on")
            if text
            else _("Certificates issued from now on have a code without a page")
        )
        # What comes back is shown, tidied, also when it is what stood there before.
        self._shown = None
        self._desk.act(self, action, said=lambda done: said if done.changed else "", failed=failed)

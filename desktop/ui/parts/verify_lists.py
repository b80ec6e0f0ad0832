# SPDX-License-Identifier: Apache-2.0
"""The lists by which other offices' certificates are checked: taking one, giving one's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.actions.proof_list import UnknownSigner, export_list, import_list, lists
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.ui.attendance_words import moment_words
from desktop.ui.desk import Desk
from desktop.ui.parts.verify_saving import save_made
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.model.proof_list import TrustList

MOST_BYTES = 32 * 1024 * 1024


class VerifyLists(Dialog):
    """What is kept, and the ways in and out. A first list is compared by telephone."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            _("Lists of other offices"),
            _(
                "Your own office's certificates need no list. To check those of another office "
                "without a network, take its list; give others the list of this office. A list "
                "holds no names."
            ),
            _("Take a list…"),
            icon="file-up",
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(600)
        self._desk = desk
        self._waiting: bytes | None = None
        self.kept = Label("", parent=self)
        self.body.addWidget(self.kept)
        row = QHBoxLayout()
        self.give = Button(_("Save this office's list…"), self._give, icon="download", parent=self)
        row.addWidget(self.give)
        row.addStretch()
        self.body.addLayout(row)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(lambda _on=False: self._go_on())
        self.stay.setText(_("Close"))
        self._read()

    def _read(self) -> None:
        def then(found: tuple[TrustList, ...]) -> None:
            self.kept.setText("\n".join(map(_line, found)) or _("No lists here yet."))

        self._desk.look(self, lists, then)

    # ── in ───────────────────────────────────────────────────────────────────────────────────

    def _go_on(self) -> None:
        if self._waiting is not None:
            self._take(self._waiting, accept=True)
            return
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("List of an office"), "", _("Certificate lists") + " (*.samut-list *.json)"
        )
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Take the list in a file, after a question when it is the first of its office."""
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError:
            self.wrong(_("This file cannot be opened. Copy it to this computer first."))
            return
        self._take(data, accept=False)

    def _take(self, data: bytes, *, accept: bool) -> None:
        self.wrong("")

        def then(_done: Done) -> None:
            self._waiting = None
            self.verb.setText(_("Take a list…"))
            self._read()

        def failed(problem: Problem) -> None:
            self.wrong(str(problem))
            self._waiting = data if isinstance(problem, UnknownSigner) else None
            self.verb.setText(
                _("The number is the same: take it")
                if self._waiting is not None
                else _("Take a list…")
            )

        self._desk.act(
            self, lambda store, by: import_list(store, by, data, accept=accept), then,
            _("The list is here."), failed,
        )  # fmt: skip

    # ── out ──────────────────────────────────────────────────────────────────────────────────

    def _give(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save this office's list"), "certificates.samut-list",
            _("Certificate lists") + " (*.samut-list)",
        )  # fmt: skip
        if chosen:
            self.give_file(Path(chosen))

    def give_file(self, path: Path) -> None:
        """Write this office's list into a file."""

        def then() -> None:
            self.wrong("")
            self._desk.said.emit(_("The list was saved."), False)

        def refused(problem: Problem) -> None:
            self.wrong(str(problem))

        save_made(self, self._desk, path, export_list, then, refused)


def _line(told: TrustList) -> str:
    gone = ngettext(
        "{count} certificate no longer valid", "{count} certificates no longer valid",
        len(told.revoked),
    ).format(count=len(told.revoked))  # fmt: skip
    return _("{office}: as known on {moment}, {gone}").format(
        office=told.name, moment=moment_words(datetime.fromisoformat(told.as_of)), gone=gone
    )

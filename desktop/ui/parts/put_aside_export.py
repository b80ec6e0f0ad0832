# SPDX-License-Identifier: Apache-2.0
"""Saving what the centre put aside: where, and with which passphrase the file is locked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.ui.desk import Desk
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Field, PassphraseEdit
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from desktop.store.store import Store


class ExportDialog(Dialog):
    """The passphrase of the file, typed twice; stays open until the file is written."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            _("Save what was put aside to a file"),
            _(
                "The file is locked with a passphrase of its own. Tell it to the centre's staff "
                "by telephone, never together with the file."
            ),
            _("Choose where to save it…"),
            icon="download",
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.secret = PassphraseEdit(_("Passphrase of the file"), self)
        self.again = PassphraseEdit(_("The same once more"), self)
        self.body.addWidget(Field(_("Passphrase of the file"), self.secret, parent=self))
        self.body.addWidget(Field(_("The same once more"), self.again, parent=self))
        shown = Tick(_("Show the letters"), parent=self)
        shown.toggled.connect(self.secret.show_letters)
        shown.toggled.connect(self.again.show_letters)
        self.body.addWidget(shown)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(lambda _on=False: self._choose())

    def _choose(self) -> None:
        from desktop.actions.quarantine import LEAST, file_name

        if len(self.secret.text()) < LEAST:
            self.wrong(
                _(
                    "Use at least {count} characters, for example four words you will remember."
                ).format(count=LEAST)
            )
        elif self.secret.text() != self.again.text():
            self.wrong(_("The two are not the same. Type it once more."))
        else:
            self.wrong("")
            chosen, _kind = QFileDialog.getSaveFileName(
                self,
                _("Save what was put aside to a file"),
                file_name(self._desk.now().date()),
                _("Locked file") + " (*.age)",
            )
            if chosen:
                self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the file to ``path``."""
        desk, secret = self._desk, self.secret.text()
        store: Store = desk.store
        by = desk.by

        def work() -> int:
            from desktop.actions.quarantine import export

            return export(store, by, path, secret)

        def then(count: int) -> None:
            self.accept()
            desk.said.emit(
                ngettext(
                    "{count} change was saved to the file",
                    "{count} changes were saved to the file",
                    count,
                ).format(count=count),
                False,
            )

        def failed(error: Exception) -> None:
            self.verb.setEnabled(True)
            if isinstance(error, Problem):
                self.wrong(str(error))
            else:
                desk.fail(error)

        self.verb.setEnabled(False)
        desk.tasks.run("slow", self, work, then, failed)


def ask_export(parent: QWidget, desk: Desk) -> ExportDialog:
    """Ask how the file is locked and where it goes."""
    asked = ExportDialog(parent, desk)
    asked.open()
    return asked

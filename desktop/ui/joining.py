# SPDX-License-Identifier: Apache-2.0
"""Joining the centre: its code, scanned or typed; then which office and which areas were given.

It is offered (first start, settings, the page of sending) and never required.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.joining import Joined
    from desktop.store.store import Store


class JoinDialog(Dialog):
    """Two steps: the code and the address, then what the centre said."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            _("Join the centre"),
            _(
                "Ask your centre's staff for a code. It is good for one computer. Scan its QR "
                "code with the scanner, or type the code and the address."
            ),
            _("Join"),
            icon="log-in",
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self._desk = desk
        self.joined: Joined | None = None
        self.code = TextEdit(longest=500, parent=self)
        self.code_field = Field(
            _("Code of the centre"), self.code, _("For example ABCDE-FGHIJ, or the whole link"),
            parent=self,
        )  # fmt: skip
        self.address = TextEdit(longest=300, parent=self)
        self.address_field = Field(
            _("Address of the centre"), self.address,
            _("For example sync.example.go.th; a scanned code brings it along"), parent=self,
        )  # fmt: skip
        self.picture = Button(
            _("Read a picture of the QR code…"), self._choose, icon="qr-code", parent=self
        )
        self.picture.setVisible(find_spec("zxingcpp") is not None)
        row = QHBoxLayout()
        row.addWidget(self.picture)
        row.addStretch()
        self.body.addWidget(self.code_field)
        self.body.addWidget(self.address_field)
        self.body.addLayout(row)
        self.busy = Progress(parent=self)
        self.body.addWidget(self.busy)
        self.told = Label("", parent=self)
        self.told.hide()
        self.body.addWidget(self.told)
        self.busy.cancelled.connect(self.reject)
        self.code.textChanged.connect(self._typed)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(lambda _on=False: self._go_on())

    # ── the code ─────────────────────────────────────────────────────────────────────────────

    def _typed(self, text: str) -> None:
        """A link brings the address along."""
        self.wrong("")
        from desktop.actions.joining import read_typed

        if len(text) < 20:
            self.address.setReadOnly(False)
            return
        try:
            found = read_typed(text, "-")
        except Problem:
            return
        self.address.setText(found.address.removeprefix("https://"))
        self.address.setReadOnly(True)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Picture of the QR code"), "", _("Pictures") + " (*.png *.jpg *.jpeg)"
        )
        if chosen:
            self.read_picture(Path(chosen))

    def read_picture(self, path: Path) -> None:
        """Take the code from a picture."""

        def work() -> str:
            from desktop.actions.joining import read_picture

            return read_picture(path)

        self.wrong("")
        self._desk.tasks.run("slow", self, work, self.code.setText, self._failed)

    # ── joining ──────────────────────────────────────────────────────────────────────────────

    def _go_on(self) -> None:
        if self.joined is not None:
            self.accept()
            return
        from desktop.actions.joining import read_typed

        try:
            invitation = read_typed(self.code.text(), self.address.text())
        except Problem as problem:
            self.wrong(str(problem))
            return
        desk = self._desk
        store: Store = desk.store
        by = desk.by

        def work() -> Done:
            from desktop.actions.joining import join

            return join(store, by, invitation, clock=desk.now)

        self.wrong("")
        self._wait(True)
        desk.tasks.run("slow", self, work, self._then, self._failed)

    def _then(self, done: Done) -> None:
        joined: Joined = done.value
        self.joined = joined
        self._wait(False)
        for part in (self.lead, self.code_field, self.address_field, self.picture):
            part.hide()
        self.headline.setText(_("This computer has joined {centre}.").format(centre=joined.centre))
        self.told.setText(told_words(joined))
        self.told.show()
        self.verb.setText(_("Start sending"))
        self.verb.set_icon("send")
        self.stay.hide()
        self.verb.setFocus()
        self._desk.changed.emit(done.changed)
        # Of the two steps this one is the smaller.
        QTimer.singleShot(0, self, self._shrink)

    def _shrink(self) -> None:
        self.resize(self.width(), self.heightForWidth(self.width()))

    def _failed(self, error: Exception) -> None:
        self._wait(False)
        if isinstance(error, Problem):
            self.wrong(str(error))
        else:
            self._desk.fail(error)

    def _wait(self, waiting: bool) -> None:
        if waiting:
            self.busy.start(_("Asking the centre"))
        else:
            self.busy.finish()
        for part in (self.verb, self.code, self.address, self.picture):
            part.setEnabled(not waiting)


def told_words(joined: Joined) -> str:
    """What else the centre said, in lines."""
    from desktop.ui.parts.sync_words import area_words

    areas = " · ".join(area_words(code) for code in joined.areas)
    lines = [
        _("Office: {name}").format(name=joined.office) if joined.office else "",
        _("Facilitators: {names}").format(names=", ".join(joined.people)) if joined.people else "",
        _("Areas: {areas}").format(areas=areas) if areas else _("No area is given yet."),
        _("What was written on this computer is sent by itself from now on."),
    ]
    return "\n".join(line for line in lines if line)


def ask_to_join(parent: QWidget, desk: Desk) -> JoinDialog:
    """Ask for the centre's code."""
    asked = JoinDialog(parent, desk)
    asked.open()
    return asked

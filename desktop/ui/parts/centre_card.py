# SPDX-License-Identifier: Apache-2.0
"""In the settings: which centre this laptop has joined, and the way to join one."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.headed_card import head_card
from desktop.ui.widgets.label import Label


class CentreCard(QFrame):
    """Says it as the lane of sync knows it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        body = head_card(self, _("Centre"), "building-2")
        self.words = Label("", parent=self)
        body.addWidget(self.words)
        self.join = Button("", self._ask, icon="log-in", parent=self)
        row = QHBoxLayout()
        row.addWidget(self.join)
        row.addStretch()
        body.addLayout(row)
        desk.sync.told.connect(self._show)
        self._show()

    def _show(self) -> None:
        state = self._desk.sync.state
        if state.joined:
            place = state.centre.removeprefix("https://")
            words = _("This computer has joined {centre}.").format(centre=place)
            office = _("Office: {name}").format(name=state.office) if state.office else ""
            self.words.setText("\n".join(part for part in (words, office) if part))
            self.join.setText(_("Join again…"))
        else:
            self.words.setText(
                _(
                    "This computer has not joined a centre. Everything can be done without one; "
                    "with one, what is written here is also sent there by itself."
                )
            )
            self.join.setText(_("Join the centre…"))

    def _ask(self) -> None:
        from desktop.ui.joining import ask_to_join

        ask_to_join(self, self._desk)

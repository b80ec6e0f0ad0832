# SPDX-License-Identifier: Apache-2.0
"""Everything that happened to a certificate number, and each of its papers to look at."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.icons import Icon
from desktop.ui.tables.history import WHAT, WHY, HistoryModel
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.page_view import PageView
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.actions.certificate_history import HistoryLine
    from desktop.store.store import Store


class HistoryDialog(Dialog):
    """The steps at the left, oldest first; at the right the paper of the step that is on."""

    def __init__(self, parent: QWidget, desk: Desk, certificate_id: str, number: str) -> None:
        super().__init__(
            parent,
            _("What happened to number {number}").format(number=number),
            "",
            _("Close"),
        )
        self._desk, self._id = desk, certificate_id
        self._shown = ""
        self.stay.hide()
        self.setMinimumWidth(theme.scaled(1020))
        self.model = HistoryModel(self)
        self.table = Table(
            _("What happened"), self.model, widths=(172, 168, 104), stretch=WHY, parent=self
        )
        self.table.setItemDelegateForColumn(WHAT, BadgeCell(self.table))
        self.table.setMinimumHeight(theme.scaled(300))
        self.table.moved.connect(self._moved)
        self.view = PageView(desk.tasks, _("The certificate"), self)
        self.view.setMinimumSize(theme.scaled(380), theme.scaled(270))
        self._icon = Icon("triangle-alert", "amber", parent=self)
        self.said = Label("", weight=600, parent=self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self.said, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self.view, 1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.table, 3)
        across.addLayout(right, 2)
        self.body.addLayout(across)
        desk.look(self, self._read, self._take)

    def _read(self, store: Store) -> tuple[HistoryLine, ...]:
        from desktop.actions.certificate_history import history

        return history(store, self._id)

    def _take(self, lines: tuple[HistoryLine, ...]) -> None:
        self.model.hold(lines)
        self.table.go_to(len(lines) - 1)
        self.table.setFocus()

    def _moved(self, place: int) -> None:
        line = self.model.row_at(place)
        if line is None or line.certificate_id == self._shown:
            return
        self._shown = wanted = line.certificate_id
        self._say({one.what for one in self.model.rows if one.certificate_id == wanted})
        store = self._desk.store

        def make() -> bytes:
            from desktop.actions.certificate import certificate_fillings
            from desktop.printing.template_page import pages_pdf

            (group,) = certificate_fillings(store, (wanted,), gone=True)
            return pages_pdf(group.template, group.fillings, assets=group.assets, lenient=True)

        self.view.show_made(make, spoken=self.said.text())

    def _say(self, happened: Set[str]) -> None:
        """Say of the paper that is shown whether it still stands."""
        if "void" in happened:
            icon, tone, words = "ban", "red", _("This paper is void.")
        elif "replaced" in happened:
            icon, tone = "triangle-alert", "amber"
            words = _("This paper was replaced by a newer one and no longer stands.")
        else:
            icon, tone, words = "circle-check", "green", _("This paper stands.")
        self._icon.show_icon(icon, tone)
        self.said.setText(words)
        self.said.set_tone(tone)

# SPDX-License-Identifier: Apache-2.0
"""The letters of the office: which agency is silent, which took it up, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.parts.case_printing import Kind, print_paper, save_paper
from desktop.ui.parts.case_tab import CaseTab
from desktop.ui.parts.referral_form import ReferralStep
from desktop.ui.tables.referral import (
    AGENCY,
    NUMBER,
    SENT,
    SILENT,
    STANDING,
    WHO,
    ReferralModel,
)
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.table import Table
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from desktop.store.referral import ReferralLine
    from desktop.store.store import Store


class ReferralView(CaseTab):
    """Overdue ones first; an acknowledgement can be noted here without opening the case."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.open = page.command(_("Open the case"), self._open, "Ctrl+Return", "folder-heart")
        self.taken = page.command(_("The agency took it up"), self._taken, "F3", "check")
        self.print = page.command(_("Print the list"), self._print, "F5", "printer")
        self.book = page.command(_("Save as a workbook…"), self._save, "", "file-spreadsheet")
        self.waiting = Tick(_("Only those without an answer"), parent=self)
        self.waiting.toggled.connect(lambda _on: self.reload())
        self.model = ReferralModel(self)
        self.table = Table(
            _("Letters to agencies"), self.model, widths=(220, 240, 190, 130, 120, 190),
            stretch=AGENCY, parent=self,
        )  # fmt: skip
        for column in (STANDING, WHO):
            self.table.setItemDelegateForColumn(column, BadgeCell(self.table))
        self._empty = Empty(
            "send",
            _("No letters"),
            _("A letter to an agency is begun on the page of a case."),
            (),
            self,
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 4, 24, 8)
        whole.setSpacing(4)
        whole.addWidget(self.waiting)
        whole.addWidget(self._stack, 1)
        self.table.moved.connect(lambda _row: self.turned.emit())
        self.table.chosen.connect(lambda _row: self._open())
        self.setFocusProxy(self.table)

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        line = self.current()
        if line is None:
            return None, ()
        papers = (self.book, self.print)
        if line.standing in ("sent", "overdue"):
            return self.taken, (*papers, self.open)
        return self.open, papers

    def current(self) -> ReferralLine | None:
        """The letter of the current row."""
        row, lines = self.table.currentIndex().row(), self.model.rows
        return lines[row] if 0 <= row < len(lines) else None

    def reload(self) -> None:
        by, today, waiting = self.desk.by, self.desk.now().date(), self.waiting.isChecked()

        def read(store: Store) -> tuple[ReferralLine, ...]:
            from desktop.store import referral as referrals

            with store.read() as conn:
                return referrals.referrals(conn, by, today, outstanding=waiting)

        self.desk.look(self, read, self._show, latest="letters")

    def _show(self, lines: tuple[ReferralLine, ...]) -> None:
        before = self.current()
        self.model.show_lines(lines, self.desk.now().date())
        self._stack.setCurrentIndex(0 if lines else 1)
        ids = [line.referral.id for line in lines]
        self.table.go_to(
            ids.index(before.referral.id) if before and before.referral.id in ids else 0
        )
        self._fit()
        self.turned.emit()

    def _fit(self) -> None:
        self.table.setColumnHidden(NUMBER, self.table.width() < theme.scaled(1060))
        self.table.fit({WHO: 150, SENT: 130, SILENT: 130})

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _open(self) -> None:
        line = self.current()
        if line is not None:
            self.opened.emit(line.referral.case_id)

    def _taken(self) -> None:
        line = self.current()
        if line is None or line.standing not in ("sent", "overdue"):
            return
        from desktop.actions.referral import acknowledge

        which = line.referral.id
        ReferralStep(
            self.page,
            self.desk,
            _("The agency took it up"),
            _("Who said so (may be empty)"),
            lambda store, by, day, words: acknowledge(store, by, which, on=day, who=words),
        )

    def _paper(self, store: Store, by: str, kind: Kind) -> bytes:
        from desktop.actions.case_paper import referrals_paper

        return referrals_paper(store, by, kind=kind)

    def _print(self) -> None:
        by = self.desk.by
        print_paper(
            self.page,
            lambda store, kind: self._paper(store, by, kind),
            _("Letters to agencies"),
            _("letters"),
        )

    def _save(self) -> None:
        by = self.desk.by
        save_paper(
            self.page, lambda store, kind: self._paper(store, by, kind), _("letters"), "xlsx"
        )

    def focus_first(self) -> None:
        self.table.setFocus()

# SPDX-License-Identifier: Apache-2.0
"""The alerts: the list at the left, the handling of the one that is chosen at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.parts.alert_button import KEY
from desktop.ui.parts.alert_steps import AlertSteps
from desktop.ui.parts.case_printing import print_paper, save_paper
from desktop.ui.parts.case_tab import CaseTab
from desktop.ui.parts.case_terms import span_words
from desktop.ui.tables.alert import ANSWER, SEEN, STANDING, TAMBON, URGENCY, WHAT, AlertModel
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.model.alert import AlertLine
    from desktop.store.store import Store

_LEAST: Final = 380
_CROWDED: Final = 560
_BAR: Final = 18
"""Pixels that the scroll bar takes beside the handling."""


class AlertView(CaseTab):
    """Open ones first, of these the most urgent."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.open = page.command(_("Open the case"), self._open, "Ctrl+Return", "folder-heart")
        self.print = page.command(_("Print the list"), self._print, "F5", "printer")
        self.book = page.command(_("Save as a workbook…"), self._save, "", "file-spreadsheet")
        self.model = AlertModel(self)
        self.table = Table(
            _("Alerts"), self.model, widths=(196, 130, 200, 130, 130, 130), parent=self
        )
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setItemDelegateForColumn(STANDING, BadgeCell(self.table))
        for column in (URGENCY, TAMBON):
            # Said beside the list of the alert that is chosen.
            self.table.setColumnHidden(column, True)
        self.told = Label("", "small", "quiet", parent=self)
        self.steps = AlertSteps(self.desk, self.reload, self)
        self._empty = Empty(
            "siren",
            _("No alerts"),
            _(
                "The red button at the top ({key}) is on every page: 1300 first, then what "
                "happened in one short form."
            ).format(key=KEY),
            (),
            self,
        )
        self._lay()
        self.table.moved.connect(lambda _row: self._show_steps())
        self.table.chosen.connect(lambda _row: self._open())
        self.setFocusProxy(self.table)

    def _lay(self) -> None:
        whole = QWidget(self)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.told)
        left.addWidget(self.table, 1)
        holder = Scroll(self.steps, whole)
        self._holder = holder
        across = QHBoxLayout(whole)
        across.setContentsMargins(24, 8, 24, 8)
        across.setSpacing(16)
        across.addLayout(left, 5)
        across.addWidget(holder, 4)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        return (self.open, (self.book, self.print)) if self.model.rows else (None, ())

    def current(self) -> AlertLine | None:
        """The alert of the current row."""
        row, lines = self.table.currentIndex().row(), self.model.rows
        return lines[row] if 0 <= row < len(lines) else None

    def reload(self) -> None:
        by = self.desk.by

        def read(store: Store) -> tuple[AlertLine, ...]:
            from desktop.store import alert as alerts

            with store.read() as conn:
                return alerts.alerts(conn, by)

        self.desk.look(self, read, self._show, latest="alerts")

    def _show(self, lines: tuple[AlertLine, ...]) -> None:
        from desktop.model.summary import median

        before = self.current()
        self.model.show_lines(lines, self.desk.now())
        self._stack.setCurrentIndex(0 if lines else 1)
        open_ones = sum(line.is_open for line in lines)
        words = ngettext("{count} alert", "{count} alerts", len(lines)).format(count=len(lines))
        words += " · " + _("{count} open").format(count=open_ones)
        middle = median(line.response.first for line in lines)
        if middle is not None:
            words += " · " + _("half of them were answered within {time}").format(
                time=span_words(middle)
            )
        self.told.setText(words)
        ids = [line.alert.id for line in lines]
        self.table.go_to(ids.index(before.alert.id) if before and before.alert.id in ids else 0)
        self._fit()
        self._show_steps()

    def _show_steps(self) -> None:
        self.steps.show_line(self.current())
        self.turned.emit()

    def _fit(self) -> None:
        # Its buttons are longer in one language than in the other.
        needed = self.steps.minimumSizeHint().width() + _BAR
        self._holder.setMinimumWidth(max(theme.scaled(_LEAST), needed))
        # How fast it was answered is said beside the list too.
        crowded = self.table.viewport().width() < theme.scaled(_CROWDED)
        self.table.setColumnHidden(ANSWER, crowded)
        self.table.fit({WHAT: 120, SEEN: 110, ANSWER: 90})

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _open(self) -> None:
        line = self.current()
        if line is not None:
            self.opened.emit(line.alert.case_id)

    def _print(self) -> None:
        from desktop.actions.case_paper import alerts_paper

        by = self.desk.by
        print_paper(
            self.page,
            lambda store, kind: alerts_paper(store, by, kind=kind),
            _("Alerts"),
            _("alerts"),
        )

    def _save(self) -> None:
        from desktop.actions.case_paper import alerts_paper

        by = self.desk.by
        save_paper(
            self.page, lambda store, kind: alerts_paper(store, by, kind=kind), _("alerts"), "xlsx"
        )

    def focus_first(self) -> None:
        self.table.setFocus()

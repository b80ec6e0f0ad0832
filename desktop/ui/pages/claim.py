# SPDX-License-Identifier: Apache-2.0
"""What participants are paid: usual amounts filled down, amounts typed, receipts to sign.

``go("claims", None)`` for the event in hand.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from desktop.actions.claim import (
    Change,
    ClaimList,
    claim_list,
    fill_usual,
    mark_paid,
    set_amounts,
    set_detail,
    set_plan,
)
from desktop.actions.done import Done
from desktop.actions.receipt import claims_book
from desktop.errors import Problem
from desktop.i18n import N_, _, ngettext
from desktop.model.claim import ClaimKind, ClaimPlan
from desktop.store.store import Store
from desktop.ui.attendance_words import date_words
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.claim_grid import ClaimGrid
from desktop.ui.parts.claim_plan import ClaimPlanForm
from desktop.ui.tasks import Cancelled
from desktop.ui.tasks import Progress as Steps
from desktop.ui.widgets.empty import Empty


class Claims(Page):
    """The usual amounts above, everybody below, the sums under them."""

    noun = "claims"
    word = N_("Payments to participants")
    icon = "banknote"
    watches = frozenset({"claims", "roster", "people", "attendance", "events"})
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._held: ClaimList | None = None
        self.fill = self.command(
            _("Fill in the usual amounts"), self._press_fill, "F3", "arrow-down-to-line"
        )
        self.sheet = self.command(
            _("Receipt sheet"), lambda: self._press_paper("receipt_sheet"), "F5", "printer"
        )
        self.single = self.command(
            _("Receipts, one a person"), lambda: self._press_paper("receipt"), "", "file-text"
        )
        self.paid = self.command(_("Paid"), self._press_paid, "F8", "check")
        self.book = self.command(
            _("Save as a workbook…"), self._press_book, "Ctrl+S", "file-spreadsheet"
        )
        self._whole = QWidget(self)
        self.plan = ClaimPlanForm(self._whole)
        self.plan.planned.connect(self._keep_plan)
        self.grid = ClaimGrid(self._whole)
        self.grid.typed.connect(self._keep_amounts)
        self.grid.detailed.connect(self._keep_detail)
        self.grid.chosen.connect(self._show_commands)
        self.plan.fold.toggled.connect(self.grid.show_every)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(8)
        column.addWidget(self.plan)
        column.addWidget(self.grid, 1)
        self._empty = Empty(
            "banknote",
            _("What participants are paid"),
            _(
                "Take an event with a roster in hand. Then fares, food and lodging are written "
                "down here, and receipts printed."
            ),
            (self.command(_("Go to events"), lambda: self.go.emit("events", None)),),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self.grid)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Payments to participants")

    def subtitle(self) -> str:
        return "" if self._held is None else self._held.event.name

    def place(self) -> str:
        return "events"

    def reload(self) -> None:
        event_id = self.desk.event_id

        def read(store: Store) -> ClaimList | None:
            if not event_id:
                return None
            try:
                return claim_list(store, event_id)
            except LookupError:
                return None

        self.desk.look(self, read, self._take, latest="claims")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, held: ClaimList | None) -> None:
        self._held = held if held is not None and held.rows else None
        self._stack.setCurrentWidget(self._empty if self._held is None else self._whole)
        if self._held is not None:
            self.plan.show_plan(self._held.plan)
            self.grid.show_list(self._held)
        self._show_commands()

    def _show_commands(self) -> None:
        held = self._held
        if held is None:
            self.primary, self.secondary = None, ()
            self.header_changed.emit()
            return
        typed = any(row.claims for row in self.grid.model.rows)
        came = sum(1 for row in held.rows if row.days and row.row.expected)
        words = ngettext(
            "Usual amounts for {count} person who came",
            "Usual amounts for {count} people who came",
            came,
        )
        self.fill.setText(words.format(count=came))
        self.fill.setEnabled(bool(came))
        owed = [row for row in self.grid.rows_chosen() if row.claims]
        back = bool(owed) and all(row.paid for row in owed)
        text = (
            ngettext("{count} not paid after all", "{count} not paid after all", len(owed))
            if back
            else ngettext("{count} paid today", "{count} paid today", len(owed))
        )
        self.paid.setText(text.format(count=len(owed)))
        self.paid.setEnabled(bool(owed))
        for action in (self.single, self.book):
            action.setEnabled(typed)
        self.primary = self.sheet if typed else self.fill
        self.secondary = (self.book, self.single, self.paid, self.fill) if typed else (self.sheet,)
        self.header_changed.emit()

    # ── doing ────────────────────────────────────────────────────────────────────────────────

    def _refused(self, problem: Problem) -> None:
        """Say why beside the grid, and show again what is on the disk."""
        self.grid.say(str(problem))
        self.reload()

    def _keep_plan(self, plan: ClaimPlan) -> None:
        self.desk.act(
            self,
            lambda store, by: set_plan(store, by, plan),
            failed=lambda problem: self.plan.say(str(problem)),
        )

    def _keep_amounts(self, changes: list[Change]) -> None:
        held = self._held
        if held is None:
            return
        self.grid.say("")
        self.grid.say_sums()
        event_id = held.event.id
        self.desk.act(
            self,
            lambda store, by: set_amounts(store, by, event_id, changes),
            failed=self._refused,
        )

    def _keep_detail(self, enrolment_id: str, kind: ClaimKind, detail: str) -> None:
        held = self._held
        if held is None:
            return
        event_id = held.event.id
        self.desk.act(
            self,
            lambda store, by: set_detail(store, by, event_id, enrolment_id, kind, detail),
            failed=self._refused,
        )

    def _press_fill(self) -> None:
        held = self._held
        if held is None:
            return
        event_id = held.event.id

        def said(done: Done) -> str:
            if not done.value:
                return _("Everybody who came has these amounts already.")
            words = ngettext(
                "{count} person got the usual amounts", "{count} people got the usual amounts",
                done.value,
            )  # fmt: skip
            return words.format(count=done.value)

        self.grid.say("")
        self.desk.act(
            self, lambda store, by: fill_usual(store, by, event_id), said=said,
            failed=self._refused,
        )  # fmt: skip

    def _press_paid(self) -> None:
        held = self._held
        owed = [row for row in self.grid.rows_chosen() if row.claims]
        if held is None or not owed:
            return
        event_id, ids = held.event.id, [row.enrolment_id for row in owed]
        on: date | None = None if all(row.paid for row in owed) else self.desk.now().date()

        def said(done: Done) -> str:
            if on is None:
                words = ngettext(
                    "{count} person is not paid yet", "{count} people are not paid yet", done.value
                )
                return words.format(count=done.value)
            words = ngettext(
                "{count} person was paid on {day}", "{count} people were paid on {day}", done.value
            )
            return words.format(count=done.value, day=date_words(on))

        self.desk.act(
            self,
            lambda store, by: mark_paid(store, by, event_id, ids, on),
            said=said,
            failed=self._refused,
        )

    def _press_paper(self, what: str) -> None:
        if self._held is not None:
            self.go.emit("paper", {"what": what, "event_id": self._held.event.id})

    def _press_book(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a workbook"), f"{_('payments')}.xlsx", "XLSX (*.xlsx)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, place: Path) -> None:
        """Write the list as a workbook, whole or not at all."""
        held, store = self._held, self.desk.store
        if held is None:
            return
        event_id = held.event.id

        def write(_step: Steps, _stop: Cancelled) -> None:
            from desktop.store.disk import save_file

            save_file(place, claims_book(store, event_id))

        self.desk.slow(self, write, lambda _done: self.desk.said.emit(_("Saved"), False))

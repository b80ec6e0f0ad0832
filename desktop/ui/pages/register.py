# SPDX-License-Identifier: Apache-2.0
"""The register (ทะเบียนคุม) of the office: every number of a kind and year, and their sum.

``arrive`` may bring ``{"kind": …, "event": …}`` to show the numbers of one event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model.certificate import STANDING, Certificate
from desktop.model.event import DigitStyle
from desktop.store import codelist
from desktop.store import event as events
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.certificate_history import HistoryDialog
from desktop.ui.parts.certificate_replacing import replacing
from desktop.ui.parts.register_account import RegisterAccount
from desktop.ui.parts.register_rule import RuleDialog
from desktop.ui.parts.register_void import is_to_be_void, voiding
from desktop.ui.tables.register import NAME, NOTE, ORGANISATION, STATE, RegisterModel
from desktop.ui.tasks import Cancelled
from desktop.ui.tasks import Progress as Steps
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.register import Account, BookRow
    from desktop.model.register import RegisterRule
    from desktop.store.store import Store
    from desktop.ui.widgets.dialog import Dialog

_ALL: Final = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows, read at once."""

    registers: tuple[tuple[str, int], ...]
    chosen: tuple[str, int] | None
    account: Account | None
    rows: tuple[BookRow, ...]
    events: tuple[tuple[str, str], ...]
    """Id and name of each event with a number in this register."""


class RegisterPage(Page):
    """Every number of one register, with a filter, its sum, and what is made of it."""

    noun = "register"
    word = N_("Register")
    icon = "book-open"
    watches = frozenset({"certificates", "events", "roster", "people", "awards", "sync", "office"})
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._read: _Read | None = None
        self._register: tuple[str, int] | None = None
        self._event = ""
        self._kind = ""
        self.dialog: Dialog | None = None
        """The question that is open, None when none is."""
        self.print = self.command(_("Print the register"), self._press_print, "F5", "printer")
        self.book = self.command(
            _("Save as a workbook…"), self._press_save, "Ctrl+S", "file-spreadsheet"
        )
        self.rule = self.command(
            _("How numbers are written"), self._press_rule, "Ctrl+E", "settings"
        )
        self.verify = self.command(
            _("Check a certificate"), lambda: self.go.emit("verify", None), "F10", "shield-check"
        )
        self.history = self.command(_("History"), self._press_history, "F9", "history")
        self.spare = self.command(_("Replacement…"), self._press_spare, "F6", "replace")
        self.void = self.command(_("Void…"), self._press_void, "F8", "ban")
        self._whole = QWidget(self)
        self.pick = Choice(parent=self._whole)
        self.pick.setAccessibleName(_("Register"))
        self.pick.chose.connect(self._choose_register)
        self.event_pick = Choice(parent=self._whole)
        self.event_pick.setAccessibleName(_("Event"))
        self.event_pick.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.event_pick.chose.connect(self._choose_event)
        self.box = SearchBox(_("Number, name or agency"), parent=self._whole)
        self.box.asked.connect(lambda _text: self._ask())
        self.account = RegisterAccount(self._whole)
        self.account.chose.connect(lambda _state: self._ask())
        self.progress = Progress(parent=self._whole)
        self.model = RegisterModel(self)
        self.table = Table(
            _("Register"), self.model, widths=(116, 200, 160, 146, 132), parent=self._whole
        )
        self.table.setItemDelegateForColumn(STATE, BadgeCell(self.table))
        for column in (NAME, ORGANISATION):
            self.table.setItemDelegateForColumn(column, MiddleCell(self.table))
        self.table.chosen.connect(lambda _row: self._press_history())
        self.table.moved.connect(lambda _row: self._show_commands())
        self.box.down.connect(self.table.setFocus)
        self.setFocusProxy(self.table)
        self._lay()

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.pick, 2)
        row.addWidget(self.event_pick, 3)
        row.addWidget(self.box, 3)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.account)
        column.addWidget(self.progress)
        column.addWidget(self.table, 1)
        back = self.command(_("To the certificates"), lambda: self.go.emit("certificates", None))
        self._empty = Empty(
            "book-open",
            _("No certificate was issued yet"),
            _(
                "Every number that is drawn stands here, with what became of it. Issue the "
                "certificates of an event first, or choose how their numbers are to be written."
            ),
            (back, self.rule, self.verify),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._empty)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Register")

    def subtitle(self) -> str:
        found = self._read
        if found is None or found.chosen is None:
            return ""
        return _words(found.chosen)

    def place(self) -> str:
        return "certificates"

    def arrive(self, what: object) -> None:
        if isinstance(what, Mapping):
            self._kind = str(what.get("kind", ""))
            self._event = str(what.get("event", ""))
            self._register = None
            self.box.clear()
            self.reload()

    def event_changed(self, event_id: str) -> None:
        """The register is the office's: the event in hand changes nothing of it."""
        del event_id

    def reload(self) -> None:
        self._ask()

    def _ask(self) -> None:
        wanted, event_id, kind = self._register, self._event, self._kind
        states = (self.account.state,) if self.account.state else ()
        text = self.box.text().strip()

        def read(store: Store) -> _Read:
            from desktop.actions.register import account, book, registers

            found = registers(store)
            of_kind = [one for one in found if one[0] == kind]
            if not found:
                return _Read(found, None, None, (), ())
            chosen = wanted if wanted is not None and wanted in found else (*of_kind, *found)[0]
            rows = book(store, *chosen, event_id=event_id, states=states, text=text)
            whole = rows if not (event_id or states or text) else book(store, *chosen)
            return _Read(found, chosen, account(store, *chosen), rows, _events_of(whole))

        self.desk.look(self, read, self._take, latest="register")

    def _take(self, found: _Read) -> None:
        kept = self._number_here()
        self._read = found
        self._register = found.chosen
        if found.chosen is None:
            self._stack.setCurrentWidget(self._empty)
            self.primary, self.secondary = None, ()
            self.header_changed.emit()
            return
        self._stack.setCurrentWidget(self._whole)
        self.pick.set_options([(one, _words(one)) for one in found.registers], found.chosen)
        if self._event and self._event not in dict(found.events):
            self._event = _ALL
        self.event_pick.set_options([(_ALL, _("All events")), *found.events], self._event)
        asked = self.account.state
        self.account.show_account(found.account)
        if asked != self.account.state:
            self._ask()  # nothing is left of what was shown alone: all of them again
            return
        self.model.hold(found.rows)
        self.table.go_to(next((n for n, row in enumerate(found.rows) if row.number == kept), 0))
        self._fit()
        self._show_commands()

    def _fit(self) -> None:
        """Share the room: names first get what they need, then whose they are."""
        self.table.fit({NAME: 150, ORGANISATION: 170, NOTE: 180})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _number_here(self) -> int:
        row = self._row
        return row.number if row is not None else 0

    @property
    def _row(self) -> BookRow | None:
        return self.model.row_at(self.table.currentIndex().row())

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of the row that is on; None where the number has none."""
        row = self._row
        return row.certificate if row is not None else None

    def _show_commands(self) -> None:
        some = bool(self.model.rows)
        for action in (self.print, self.book):
            action.setEnabled(some)
        row = self.certificate
        self.history.setEnabled(row is not None)
        self.spare.setEnabled(row is not None and row.status in STANDING and row.prints > 0)
        mending = is_to_be_void(self._row)
        self.void.setEnabled(mending)
        self.primary = self.print
        # One of the two, so that the words of all of them have room.
        paper = self.void if mending else self.spare
        self.secondary = (self.rule, self.verify, paper, self.history, self.book)
        self.header_changed.emit()

    def _choose_register(self, chosen: tuple[str, int]) -> None:
        self._register, self._event = chosen, _ALL
        self._ask()

    def _choose_event(self, event_id: str) -> None:
        self._event = event_id
        self._ask()

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def _hold(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._let_go)
        dialog.open()

    def _let_go(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _press_history(self) -> None:
        row = self._row
        if row is not None and row.certificate is not None:
            self._hold(HistoryDialog(self, self.desk, row.certificate.id, row.number_text))

    def _press_spare(self) -> None:
        row = self._row
        if row is not None and row.certificate is not None:
            which = (row.certificate.id, row.number_text, row.name)
            self._hold(replacing(self, self.desk, *which))

    def _press_void(self) -> None:
        row = self._row
        if row is not None and row.certificate is not None and is_to_be_void(row):
            self._hold(voiding(self, self.desk, row, row.certificate))

    def _press_rule(self) -> None:
        kind = self._register[0] if self._register is not None else ""
        event_id = self.desk.event_id

        def read(store: Store) -> tuple[tuple[RegisterRule, ...], DigitStyle]:
            from desktop.actions.register_rule import rules

            with store.read() as conn:
                digits: DigitStyle = "thai"
                if event_id:
                    digits = events.event(conn, event_id).digits
            return rules(store), digits

        def ask(found: tuple[tuple[RegisterRule, ...], DigitStyle]) -> None:
            every, digits = found
            dialog = RuleDialog(self, every, kind or every[0].kind, digits, self.desk.now().date())
            dialog.accepted.connect(lambda: self._keep_rule(dialog.rule()))
            self._hold(dialog)

        self.desk.look(self, read, ask)

    def _keep_rule(self, rule: RegisterRule) -> None:
        def action(store: Store, by: str) -> Done:
            from desktop.actions.register_rule import keep_rule

            return keep_rule(store, by, rule)

        self.desk.act(self, action, said=_("How numbers are written is kept"))

    def _press_print(self) -> None:
        """Make the paper of what is shown, and show it as every paper is shown."""

        def then(pdf: bytes) -> None:
            what = {"what": "file", "pdf": pdf, "title": self._title(), "name": _("register")}
            self.go.emit("paper", what)

        self._make("pdf", then)

    def _press_save(self) -> None:
        name = f"{_('register')}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a workbook"), name, "XLSX (*.xlsx)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, place: Path) -> None:
        """Write the numbers that are shown into a workbook, whole or not at all."""

        def then(made: bytes) -> None:
            def write(_step: Steps, _stop: Cancelled) -> None:
                from desktop.store.disk import save_file

                save_file(place, made)

            self.desk.slow(self, write, lambda _done: self.desk.said.emit(_("Saved"), False))

        self._make("xlsx", then)

    def _make(self, kind: Literal["pdf", "xlsx"], then: Callable[[bytes], object]) -> None:
        chosen, event_id, text = self._register, self._event, self.box.text().strip()
        if chosen is None:
            return
        states = (self.account.state,) if self.account.state else ()
        store = self.desk.store
        self.progress.start(_("Making the pages"))

        def make(_step: Steps, _stop: Cancelled) -> bytes:
            from desktop.actions.register_paper import book_paper

            return book_paper(store, *chosen, kind, event_id=event_id, states=states, text=text)

        def made(paper: bytes) -> None:
            self.progress.finish()
            then(paper)

        def failed(error: Exception) -> None:
            self.progress.finish()
            self.desk.fail(error)

        self.desk.slow(self, make, made, self.progress.step, failed)

    def _title(self) -> str:
        return f"{_('Register')}: {_words(self._register)}" if self._register else _("Register")


def _words(register: tuple[str, int]) -> str:
    kind, year = register
    return f"{codelist.word('cert_kind', kind)} {year}"


def _events_of(rows: tuple[BookRow, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for row in rows:
        if row.certificate is not None:
            found.setdefault(row.certificate.event_id, row.event_name)
    return tuple(sorted(found.items(), key=lambda one: one[1]))

# SPDX-License-Identifier: Apache-2.0
"""The roster (รายชื่อ): lists in, people one by one, names checked, seats given by the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import roster as rosters
from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.store import roster
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.person_panel import PersonPanel
from desktop.ui.parts.roster_asking import ask_unlock, pop_papers, pop_templates
from desktop.ui.parts.roster_intake import RosterIntake
from desktop.ui.parts.roster_list import Roster, RosterList, read_roster
from desktop.ui.parts.roster_start import dropped_file
from desktop.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from desktop.store.store import Store

_FOUND: Final = 20_000
"""Lines a search may bring: the whole of a large roster."""


class RosterPage(Page):
    """The page of the roster: no event yet, a list on its way in, or the roster itself."""

    noun = "roster"
    word = N_("Roster")
    icon = "users"
    watches = frozenset({"roster", "people", "events", "certificates"})
    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._roster: Roster | None = None
        self._wanted = ""
        self._make_commands()
        self.list = RosterList(self)
        self.form = PersonPanel(desk, self)
        self._full = QWidget(self)
        across = QHBoxLayout(self._full)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self.list, 1)
        across.addWidget(self.form)
        self.intake = RosterIntake(
            desk, self._choose, self._paste, (self._template, self._add_person), self
        )
        self._none = Empty(
            "users",
            _("Rosters belong to events"),
            _("Create an event first, or choose one at the top."),
            (self._to_events,),
            self,
        )
        self._stack = QStackedWidget(self)
        for view in (self._none, self.intake, self._full):
            self._stack.addWidget(view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 4, 24, 12)
        whole.addWidget(self._stack)
        self._wire()
        self.setAcceptDrops(True)

    def _make_commands(self) -> None:
        run = self.command
        self._choose = run(_("Choose a file"), self.choose_file, "Ctrl+O", "file-spreadsheet")
        self._paste = run(
            _("Paste from LINE or Excel"), self.paste, "Ctrl+Shift+V", "clipboard-paste"
        )
        self._template = run(_("An empty list to send out"), self._template_menu, icon="download")
        self._add_person = run(_("Add a person"), self.add_person, "F3", "user-plus")
        self._bring = run(_("Bring in a list"), self.bring_in, "Ctrl+I", "upload")
        self._papers = run(_("Print"), self._paper_menu, "F5", "printer")
        self._lock = run(_("Lock and give seats"), self.lock, icon="lock")
        self._unlock = run(_("Unlock"), self.unlock, icon="lock-open")
        self._take = run("", self.take_in, "Ctrl+Return", "user-plus")
        self._leave = run(_("Do not take in"), self._leave_list, icon="x")
        self._back = run(_("Back to the roster"), self._show_list, icon="arrow-left")
        self._keep = run(_("Save"), self._keep_form, "Ctrl+Return", "check")
        self._off = run("", self._take_off, icon="user-minus")
        self._to_events = run(
            _("Go to events"), lambda: self.go.emit("events", None), icon="calendar-days"
        )

    def _wire(self) -> None:
        listed, form = self.list, self.form
        listed.asked.connect(self._typed)
        listed.opened.connect(self.open_person)
        # With the panel open the arrows lead it from one person to the next.
        listed.moved.connect(form.follow)
        form.shown.connect(self._panel_shown)
        form.added.connect(self._want)
        self.intake.moved.connect(self._head)
        self.intake.closed.connect(self._show_list)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        if self._bringing and self.intake.checking:
            return _("Check the list")
        return _("Bring in a list") if self._bringing and self._people else _("Roster")

    def subtitle(self) -> str:
        if self._bringing and self.intake.checking:
            return self.intake.told()
        event = self._roster.event if self._roster is not None else None
        if event is None:
            return ""
        return " · ".join(part for part in (event.name, event.batch) if part)

    def arrive(self, what: object) -> None:
        if isinstance(what, str) and what:
            self._wanted = what
            self.open_person(what)

    def event_changed(self, event_id: str) -> None:
        del event_id
        self.form.close_panel()
        self.list.box.clear()
        self.list.show_found(None)
        # A list that is being checked belongs to the event it was brought in for.
        self.intake.show_room()
        self._roster = None
        self._stack.setCurrentWidget(self._full)
        self.reload()

    def reload(self) -> None:
        event_id = self.desk.event_id
        self.desk.look(
            self, lambda store: read_roster(store, event_id), self._show, latest="roster"
        )

    def search(self) -> None:
        if self._bringing and self.intake.checking:
            self.intake.list.next_wrong()
        else:
            super().search()

    def back(self) -> bool:
        if self._bringing:
            if self.intake.back():
                return True
            if self._people:
                self._show_list()
                return True
            return False
        if not self.form.isHidden():
            self.form.leave()
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None and not (self._bringing and self.intake.checking):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped anywhere on the page is read, as on the place made for it."""
        path = dropped_file(event)
        if path is not None and self._may_add():
            event.acceptProposedAction()
            self.form.close_panel()
            self._view(self.intake)
            self.intake.read_file(path)

    @property
    def _bringing(self) -> bool:
        return self._stack.currentWidget() is self.intake

    @property
    def _people(self) -> bool:
        return self._roster is not None and bool(self._roster.rows)

    def _show(self, held: Roster | None) -> None:
        before, self._roster = self._roster, held
        if held is None:
            self._view(self._none)
            return
        self.list.show_roster(held)
        if self._wanted:
            self.list.go_to(self._wanted)
            self._wanted = ""
        self.form.refresh()
        stays = self._bringing and (self.intake.checking or (before is not None and before.rows))
        empty = not held.rows and self.form.isHidden()
        self._view(self.intake if stays or empty else self._full)

    def _view(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)
        self._head()

    def _show_list(self) -> None:
        self._view(self._full if self._people else self.intake)

    def _want(self, enrolment_id: str) -> None:
        """Go to a line once the roster was read again."""
        self._wanted = enrolment_id

    def _head(self) -> None:
        """The buttons that belong to what is shown."""
        view, held = self._stack.currentWidget(), self._roster
        checking = view is self.intake and self.intake.checking
        open_form = view is self._full and not self.form.isHidden()
        self.primary, self.secondary = None, ()
        if checking:
            self._take.setText(self.intake.verb())
            self.primary, self.secondary = self._take, (self._leave,)
        elif view is self.intake and self._people:
            self.secondary = (self._back,)
        elif open_form:
            self._form_head()
        elif view is self._full and held is not None:
            if held.event.roster_locked:
                self.primary = self._papers
                self.secondary = () if held.has_register else (self._unlock,)
            else:
                self.primary = self._lock
                self.secondary = (self._bring, self._add_person, self._papers)
            self._lock.setEnabled(held.expected > 0)
        # Both have Ctrl+Enter: only the one that can be seen may answer to it.
        self._take.setEnabled(checking and self.intake.list.ready > 0 and not self.intake.reading)
        self._keep.setEnabled(open_form and not self.form.busy)
        self.header_changed.emit()

    def _keep_form(self) -> None:
        self.form.keep()

    def _take_off(self) -> None:
        self.form.take_off()

    def _leave_list(self) -> None:
        self.intake.leave()

    def _form_head(self) -> None:
        card = self.form.card
        self._keep.setText(_("Add this person") if card is None else _("Save"))
        self.primary = self._keep
        if card is not None:
            here = card.row.expected
            self._off.setText(_("Take off the roster") if here else _("Put back on the roster"))
            self._off.setProperty("lucide", "user-minus" if here else "user-plus")
            self.secondary = (self._off,)

    # ── finding and opening ──────────────────────────────────────────────────────────────────

    def _typed(self, text: str) -> None:
        if not text.strip():
            self.list.show_found(None)
            return
        event_id = self.desk.event_id

        def find(store: Store) -> frozenset[str]:
            with store.read() as conn:
                found = roster.search(conn, text, event_id=event_id, limit=_FOUND)
            return frozenset(
                one.enrolment_id for one in found if not isinstance(one, roster.Found)
            )

        def then(ids: frozenset[str]) -> None:
            if text == self.list.box.text():
                self.list.show_found(ids)

        self.desk.look(self, find, then, latest="find")

    def open_person(self, enrolment_id: str) -> None:
        """Open the panel of somebody on the roster."""
        if enrolment_id:
            self.form.open_person(enrolment_id)

    def _panel_shown(self) -> None:
        """The panel opened, closed, or shows somebody else."""
        if not self.form.isHidden():
            self._view(self._full)
        elif self._roster is not None and not self._bringing:
            self._show_list()
            if self.isVisible() and not self.list.box.hasFocus():
                self.list.table.setFocus()

    def add_person(self) -> None:
        """Open the panel with empty fields."""
        held = self._roster
        if held is None or (self._bringing and self.intake.checking) or not self._may_add():
            return
        self._view(self._full)
        self.form.open_new()

    def _may_add(self) -> bool:
        if self._roster is None:
            return False
        if self._roster.event.roster_locked:
            self.desk.trouble.emit(
                _("The roster is locked. Unlock it first, or add the person at the check-in desk.")
            )
            return False
        return True

    # ── lists, lock, papers ──────────────────────────────────────────────────────────────────

    def bring_in(self) -> None:
        """Show where a list comes in."""
        if self._may_add():
            self.form.close_panel()
            self.intake.show_room()
            self._view(self.intake)

    def choose_file(self) -> None:
        """Ask for a file with a list and read it."""
        if self._may_add():
            self.form.close_panel()
            self._view(self.intake)
            self.intake.choose_file()

    def paste(self) -> None:
        """Show the box to paste into."""
        if self._may_add():
            self.form.close_panel()
            self._view(self.intake)
            self.intake.paste()

    def take_in(self) -> None:
        """Put the list that is being checked on the roster."""
        if not (self._bringing and self._take.isEnabled()):
            return
        self._take.setEnabled(False)

        def failed(problem: Problem) -> None:
            self._head()
            self.desk.fail(problem)

        self.intake.take_in(self._head, failed)

    def lock(self) -> None:
        """Give everybody a seat number; the roster is then as it is."""
        event_id = self.desk.event_id
        self.desk.act(
            self,
            lambda store, by: rosters.lock_roster(store, by, event_id),
            None,
            lambda done: (
                _("Locked. Seats 1 to {count} are given.").format(count=done.value)
                if done.value > 1
                else _("Locked. Seat 1 is given.")
            ),
        )

    def unlock(self) -> None:
        """Ask why, then unlock."""
        event_id = self.desk.event_id
        ask_unlock(
            self,
            lambda reason: self.desk.act(
                self,
                lambda store, by: rosters.unlock_roster(store, by, event_id, reason),
                None,
                _("Unlocked."),
            ),
        )

    def _paper_menu(self) -> None:
        held = self._roster
        if held is not None and held.rows and not self._bringing:
            event_id = held.event.id
            pop_papers(
                self,
                held.days,
                lambda what: self.go.emit("paper", {**what, "event_id": event_id}),
                self.list.current(),
            )

    def _template_menu(self) -> None:
        pop_templates(self, self.intake.save_template)

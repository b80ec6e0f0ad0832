# SPDX-License-Identifier: Apache-2.0
"""The roster (รายชื่อ): lists in, people one by one, names checked, seats given by the lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import incoming
from desktop.actions import roster as rosters
from desktop.actions.done import Done
from desktop.actions.entry import Entry
from desktop.errors import Problem
from desktop.i18n import N_, _, ngettext
from desktop.imports.refusal import ReadingStopped
from desktop.imports.roster import RosterReading, read_pasted, reread
from desktop.imports.roster import read_roster as read_file
from desktop.store import organisation, roster
from desktop.thai.dates import be_year
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.person_form import WIDTH, Card, PersonForm, read_card
from desktop.ui.parts.roster_import import RosterImport
from desktop.ui.parts.roster_list import Roster, RosterList, read_roster
from desktop.ui.parts.roster_start import RosterStart
from desktop.ui.tasks import Cancelled, Progress, Task
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import Field, TextEdit

if TYPE_CHECKING:
    from desktop.model.organisation import Organisation
    from desktop.store.store import Store

_FOUND: Final = 20_000
"""Lines a search may bring: the whole of a large roster."""
_TEMPLATES: Final = (
    ("full", N_("For staff of agencies")),
    ("short", N_("For guests of a ceremony")),
    ("community", N_("For villagers, children and volunteers")),
)


class RosterPage(Page):
    """The page of the roster. Four views: nothing yet, bringing in, checking, the roster."""

    noun = "roster"
    word = N_("Roster")
    icon = "users"
    watches = frozenset({"roster", "people", "events", "certificates"})
    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._roster: Roster | None = None
        self._task: Task | None = None
        self._source = ""
        self._again: Callable[[str, Mapping[int, str] | None], None] | None = None
        self._wanted = ""
        self._make_commands()
        self._stack = QStackedWidget(self)
        self.list = RosterList(self)
        self.form = PersonForm(desk.now().date(), self)
        self.form.setFixedWidth(theme.scaled(WIDTH))
        self.form.hide()
        self._full = QWidget(self)
        across = QHBoxLayout(self._full)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self.list, 1)
        across.addWidget(self.form)
        self.start = RosterStart(
            self._choose, self._paste, (self._template, self._add_person), self
        )
        self.incoming = RosterImport(self)
        self._none = Empty(
            "users",
            _("Rosters belong to events"),
            _("Create an event first, or choose one at the top."),
            (self._to_events,),
            self,
        )
        for view in (self._none, self.start, self.incoming, self._full):
            self._stack.addWidget(view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 4, 24, 12)
        whole.addWidget(self._stack)
        self._wire()
        self.start.show_room()

    def _make_commands(self) -> None:
        run = self.command
        self._choose = run(_("Choose a file"), self.choose_file, "Ctrl+O", "file-spreadsheet")
        self._paste = run(
            _("Paste from LINE or Excel"), self.paste, "Ctrl+Shift+V", "clipboard-paste"
        )
        self._template = run(_("An empty list to send out"), self._templates, icon="download")
        self._add_person = run(_("Add a person"), self.add_person, "F3", "user-plus")
        self._bring = run(_("Bring in a list"), self.bring_in, "Ctrl+I", "upload")
        self._papers = run(_("Print"), self._paper_menu, "F5", "printer")
        self._lock = run(_("Lock and give seats"), self.lock, icon="lock")
        self._unlock = run(_("Unlock"), self.unlock, icon="lock-open")
        self._take = run("", self.take_in, "Ctrl+Return", "user-plus")
        self._leave = run(_("Do not take in"), self._leave_import, icon="x")
        self._back = run(_("Back to the roster"), self._show_list, icon="arrow-left")
        self._to_events = run(
            _("Go to events"), lambda: self.go.emit("event", None), icon="calendar-days"
        )

    def _wire(self) -> None:
        listed, form, start = self.list, self.form, self.start
        listed.asked.connect(self._typed)
        listed.opened.connect(self.open_person)
        listed.moved.connect(self._moved)
        form.saved.connect(self._save)
        form.left.connect(self._close_form)
        form.confirmed.connect(self._confirm)
        form.withdrawn.connect(self._withdraw)
        form.readmitted.connect(self._readmit)
        form.organisation_asked.connect(self._offer_organisations)
        start.dropped.connect(self.read_file)
        start.pasted.connect(self.read_text)
        start.progress.cancelled.connect(self._stop)
        self.incoming.columns_chosen.connect(self._columns_chosen)
        self.incoming.sheet_chosen.connect(lambda name: self._again and self._again(name, None))
        self.incoming.counted.connect(self._show_take)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        view = self._stack.currentWidget()
        if view is self.incoming:
            return _("Check the list")
        return _("Bring in a list") if view is self.start and self._has_people() else _("Roster")

    def subtitle(self) -> str:
        if self._stack.currentWidget() is self.incoming:
            return self._source
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
        self._close_form()
        self.list.box.clear()
        self.list.show_found(None)
        self._roster = None
        # A list that is being checked belongs to the event it was brought in for.
        self._stack.setCurrentWidget(self._full)
        self.reload()

    def reload(self) -> None:
        event_id = self.desk.event_id
        self.desk.look(
            self, lambda store: read_roster(store, event_id), self._show, latest="roster"
        )

    def search(self) -> None:
        if self._stack.currentWidget() is self.incoming:
            self.incoming.next_wrong()
            return
        super().search()

    def back(self) -> bool:
        view = self._stack.currentWidget()
        if view is self._full and not self.form.isHidden():
            self._close_form()
            return True
        if view is self.start and self.start.pasting:
            self.start.show_room()
            return True
        if view is self.incoming:
            self._leave_import()
            return True
        if view is self.start and self._has_people():
            self._show_list()
            return True
        return False

    def _has_people(self) -> bool:
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
        if self.form.card is not None and not self.form.isHidden():
            self._refresh_card(self.form.card.row.enrolment_id)
        view = self._stack.currentWidget()
        if view is self.incoming:
            self._head()
        elif not held.rows and self.form.isHidden():
            self._view(self.start)
        elif view is not self.start or before is None or not before.rows:
            self._view(self._full)
        else:
            self._head()

    def _view(self, view: QWidget) -> None:
        if self._stack.currentWidget() is not view:
            self._stack.setCurrentWidget(view)
        self._head()

    def _show_list(self) -> None:
        self._view(self._full if self._has_people() else self.start)

    def _head(self) -> None:
        """The buttons that belong to what is shown."""
        view, held = self._stack.currentWidget(), self._roster
        self.primary, self.secondary = None, ()
        locked = held is not None and held.event.roster_locked
        if view is self.incoming:
            self.primary, self.secondary = self._take, (self._leave,)
        elif view is self.start and self._has_people():
            self.secondary = (self._back,)
        elif view is self._full and held is not None:
            if locked:
                self.primary = self._papers
                self.secondary = () if held.has_register else (self._unlock,)
            else:
                self.primary = self._lock
                self.secondary = (self._bring, self._add_person, self._papers)
            self._lock.setEnabled(held.expected > 0)
        self._take.setEnabled(view is self.incoming and self.incoming.ready > 0)
        self.header_changed.emit()

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
            self.desk.look(
                self, lambda store: read_card(store, enrolment_id), self._show_card, latest="card"
            )

    def _moved(self, enrolment_id: str) -> None:
        # With the panel open the arrows lead it from one person to the next.
        if not self.form.isHidden() and self.form.card is not None:
            self.open_person(enrolment_id)

    def _refresh_card(self, enrolment_id: str) -> None:
        def then(card: Card | None) -> None:
            if card is None:
                self._close_form()
            elif self.form.card is not None and self.form.card != card:
                self.form.show_card(card)

        self.desk.look(self, lambda store: read_card(store, enrolment_id), then, latest="card")

    def _show_card(self, card: Card | None) -> None:
        if card is None:
            self._close_form()
            return
        self.form.show_card(card)
        self.form.show()
        if self._stack.currentWidget() is not self._full and self._has_people():
            self._view(self._full)

    def _close_form(self) -> None:
        here = QApplication.focusWidget()
        held = here is not None and self.form.isAncestorOf(here)
        self.form.card = None
        self.form.hide()
        if held:
            self.list.table.setFocus()
        if self._roster is not None and not self._roster.rows:
            self._view(self.start)

    def add_person(self) -> None:
        """Open the panel with empty fields."""
        held = self._roster
        if held is None or self._stack.currentWidget() is self.incoming:
            return
        if held.event.roster_locked:
            self.desk.trouble.emit(
                _("The roster is locked. Unlock it first, or add the person at the check-in desk.")
            )
            return
        self._view(self._full)
        self.form.begin()
        self.form.show()
        self.form.first.setFocus()

    def _offer_organisations(self, text: str) -> None:
        def find(store: Store) -> tuple[Organisation, ...]:
            with store.read() as conn:
                return organisation.search(conn, text, 8) if text.strip() else ()

        self.desk.look(self, find, self.form.offer_organisations, latest="organisation")

    # ── one person ───────────────────────────────────────────────────────────────────────────

    def _save(self, entry: Entry) -> None:
        event_id, card = self.desk.event_id, self.form.card

        def kept(done: Done) -> None:
            self.form.save.setEnabled(True)
            if card is None:
                self._wanted = done.value.enrolment_ids[0] if done.value.enrolment_ids else ""
                self.form.begin()
                return
            self.open_person(card.row.enrolment_id)

        def failed(problem: Problem) -> None:
            self.form.wrong(str(problem))

        if card is None:
            self.desk.act(
                self,
                lambda store, by: rosters.add_entries(store, by, event_id, (entry,)),
                kept,
                _("Saved. One person was added."),
                failed,
            )
            return
        enrolment_id = card.row.enrolment_id
        self.desk.act(
            self,
            lambda store, by: rosters.change_entry(store, by, enrolment_id, entry),
            kept,
            _("Saved."),
            failed,
        )

    def _confirm(self) -> None:
        card = self.form.card
        if card is None:
            return
        if self.form.name_changed:
            self.form.wrong(_("The name was changed. Save it first, then confirm it."))
            return
        person_id = card.person.id
        self._change(
            lambda store, by: rosters.confirm_name(store, by, person_id),
            _("The spelling is confirmed."),
        )

    def _withdraw(self) -> None:
        card = self.form.card
        if card is not None:
            self._change(
                lambda store, by: rosters.withdraw(store, by, card.row.enrolment_id),
                _("Taken off the roster."),
            )

    def _readmit(self) -> None:
        card = self.form.card
        if card is not None:
            self._change(
                lambda store, by: rosters.readmit(store, by, card.row.enrolment_id),
                _("Back on the roster."),
            )

    def _change(self, action: Callable[[Store, str], Done], said: str) -> None:
        self.desk.act(self, action, None, said, lambda problem: self.form.wrong(str(problem)))

    # ── lock, papers, templates ──────────────────────────────────────────────────────────────

    def lock(self) -> None:
        """Give everybody a seat number; the roster is then as it is."""
        event_id = self.desk.event_id
        self.desk.act(
            self,
            lambda store, by: rosters.lock_roster(store, by, event_id),
            None,
            lambda done: _("Locked. Seats 1 to {count} are given.").format(count=done.value),
        )

    def unlock(self) -> None:
        """Ask why, then unlock."""
        event_id = self.desk.event_id
        reason = TextEdit(longest=200)
        asked = Dialog(
            self,
            _("Unlock the roster"),
            _("Seats stay as they are; papers printed until now may no longer fit."),
            _("Unlock"),
            icon="lock-open",
            check=lambda: "" if reason.plain() else _("Say why the roster is unlocked."),
        )
        asked.body.addWidget(Field(_("Why"), reason, parent=asked))
        asked.accepted.connect(
            lambda: self.desk.act(
                self,
                lambda store, by: rosters.unlock_roster(store, by, event_id, reason.plain()),
                None,
                _("Unlocked."),
            )
        )
        asked.finished.connect(asked.deleteLater)
        asked.open()
        reason.setFocus()

    def _paper_menu(self) -> None:
        held = self._roster
        if held is None or not held.rows:
            return
        menu = QMenu(self)
        event_id = held.event.id
        for day in range(1, held.days + 1):
            words = _("Sign-in sheet, day {number}").format(number=day)
            what = {"what": "sheet", "event_id": event_id, "day_no": day}
            menu.addAction(words, partial(self.go.emit, "paper", what))
        menu.addSeparator()
        for name, words in (("badge", _("Name badges")), ("proof", _("Name-proof sheet"))):
            what = {"what": name, "event_id": event_id}
            menu.addAction(words, partial(self.go.emit, "paper", what))
        self._pop(menu, QPoint(self.width() - menu.sizeHint().width() - 24, self.height()))

    def _templates(self) -> None:
        menu = QMenu(self)
        for kind, words in _TEMPLATES:
            menu.addAction(_(words), partial(self.save_template, kind))
        self._pop(menu, QPoint(self.width() // 2, self.height() // 2))

    def _pop(self, menu: QMenu, where: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        where.setY(max(0, where.y() - menu.sizeHint().height()))
        menu.popup(self.mapToGlobal(where))
        actions: list[QAction] = [one for one in menu.actions() if not one.isSeparator()]
        if actions:
            menu.setActiveAction(actions[0])

    def save_template(self, kind: str) -> None:
        """Ask where, and write an empty list there."""
        name = _("roster-template.xlsx")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save the empty list"), name, _("Excel workbook (*.xlsx)")
        )
        if not chosen:
            return
        self.desk.slow(
            self,
            lambda _progress, _cancelled: _write_template(Path(chosen), kind),
            lambda _none: self.desk.said.emit(_("The empty list was saved."), False),
        )

    # ── a list comes in ──────────────────────────────────────────────────────────────────────

    def bring_in(self) -> None:
        """Show where a list comes in."""
        held = self._roster
        if held is None or held.event.roster_locked:
            return
        self._close_form()
        self.start.show_room()
        self._view(self.start)

    def choose_file(self) -> None:
        """Ask for a file and read it."""
        if self._roster is None or self._roster.event.roster_locked:
            return
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            _("Choose the list of names"),
            "",
            _("Lists (*.xlsx *.csv *.txt *.tsv);;All Files (*)"),
        )
        if chosen:
            self.read_file(Path(chosen))

    def paste(self) -> None:
        """Show the box to paste into, with what the clipboard holds."""
        held = self._roster
        if held is None or held.event.roster_locked:
            return
        text = QGuiApplication.clipboard().text()
        self._view(self.start)
        self.start.show_paste(text if "\n" in text.strip() else "")
        self._head()

    def read_file(self, path: Path) -> None:
        """Read a list from a file in the background; nothing is kept yet."""
        self._source = path.name
        self.incoming.begin()

        def again(sheet: str, columns: Mapping[int, str] | None) -> None:
            def work(progress: Progress, cancelled: Cancelled) -> RosterReading:
                return read_file(
                    path,
                    columns=columns,
                    sheet=sheet or None,
                    lookups=incoming.lookups(),
                    progress=lambda rows: progress(rows, 0),
                    stopped=cancelled,
                )

            self._read(work)

        self._again = again
        again("", None)

    def read_text(self, text: str) -> None:
        """Read pasted lines in the background; nothing is kept yet."""
        self._source = _("Pasted lines")
        self.incoming.begin()
        self._again = None
        self._read(lambda _progress, _cancelled: read_pasted(text, lookups=incoming.lookups()))

    def _read(self, work: Callable[[Progress, Cancelled], RosterReading]) -> None:
        self._view(self.start)
        self.start.busy(_("Reading the list"))
        self._task = self.desk.slow(
            self, work, self._was_read, self.start.progress.step, self._refused
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _was_read(self, reading: RosterReading) -> None:
        self._task = None
        self.start.done()
        if not reading.rows:
            self.start.refuse(
                _("No names were found in this list. Choose another file, or paste the names.")
            )
            return
        self.incoming.show_reading(reading)
        self._view(self.incoming)
        self.incoming.table.setFocus()
        self._look_for_known(reading)

    def _refused(self, error: Exception) -> None:
        self._task = None
        self.start.done()
        if isinstance(error, ReadingStopped):
            return
        if not isinstance(error, Problem):
            self.desk.fail(error)
            return
        self.start.refuse(str(error))

    def _look_for_known(self, reading: RosterReading) -> None:
        def then(known: Mapping[int, tuple[object, ...]]) -> None:
            if self.incoming.reading is not None:
                self.incoming.show_known(known)  # type: ignore[arg-type]

        self.desk.look(
            self,
            lambda store: incoming.known_already(store, reading.rows),
            then,
            latest="known",
        )

    def _columns_chosen(self, columns: Mapping[int, str]) -> None:
        reading = self.incoming.reading
        if reading is not None:
            self._read(lambda _progress, _cancelled: reread(reading, columns, incoming.lookups()))

    def _leave_import(self) -> None:
        self.incoming.reading = None
        self._show_list()

    def _show_take(self) -> None:
        count = self.incoming.ready
        words = ngettext("Add {count} person", "Add {count} people", count).format(count=count)
        self._take.setText(words)
        self._take.setEnabled(count > 0 and self._stack.currentWidget() is self.incoming)

    def take_in(self) -> None:
        """Put everybody who is ready on the roster: one action, one undo."""
        taken = self.incoming.taken()
        if self._stack.currentWidget() is not self.incoming or not taken:
            return
        self._take.setEnabled(False)
        event_id, year = self.desk.event_id, be_year(self.desk.now().date())
        note = _("See whether this person is on file already")

        def act(store: Store, by: str) -> Done:
            entries = [
                incoming.entry_of(
                    one.row.person, year, one.known_person_id, note if one.undecided else ""
                )
                for one in taken
            ]
            return rosters.add_entries(store, by, event_id, entries)

        def kept(_done: Done) -> None:
            if self.incoming.keep_rest():
                self._head()
            else:
                self.incoming.reading = None
                self._stack.setCurrentWidget(self._full)
                self._head()

        def failed(problem: Problem) -> None:
            self._take.setEnabled(True)
            self.desk.fail(problem)

        self.desk.act(self, act, kept, _said_added, failed)


def _said_added(done: Done) -> str:
    added, already = len(done.value.enrolment_ids), len(done.value.already)
    said = ngettext("{count} person was added.", "{count} people were added.", added).format(
        count=added
    )
    if already:
        said += " " + ngettext(
            "{count} was on the roster already.", "{count} were on the roster already.", already
        ).format(count=already)
    return said


def _write_template(path: Path, kind: str) -> None:
    from desktop.imports.template import roster_template
    from desktop.store import codelist

    choices = {
        "group": [one.th for one in codelist.codes("person_group")],
        "role": [one.th for one in codelist.codes("event_role")],
    }
    content = roster_template(kind, choices)  # type: ignore[arg-type]
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Problem(
            _("The file could not be saved there. Choose another folder, or close it in Excel.")
        ) from error

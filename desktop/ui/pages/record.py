# SPDX-License-Identifier: Apache-2.0
"""Filling a form, taking it up again, and reading a finished one (แบบฟอร์ม).

``arrive`` brings the id of a draft or of a record, or ``(form_id, Subject)`` to begin a form;
nothing shows the forms being filled on this laptop.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.i18n import N_, _, language
from desktop.model.draft import Draft, Subject
from desktop.model.record import HOME_VISIT
from desktop.ui.desk import Desk
from desktop.ui.forms.opening import Opened, Read, open_draft, open_record
from desktop.ui.page import Page
from desktop.ui.parts.draft_list import DraftList, Listed, listed
from desktop.ui.parts.form_menu import choose_form
from desktop.ui.parts.record_doing import amend_record, install_forms, print_record

if TYPE_CHECKING:
    from desktop.ui.forms.journal import Journal
    from desktop.ui.forms.view import FormView
    from desktop.ui.parts.record_reading import RecordReading
    from desktop.ui.parts.record_sheet import RecordSheet

_PLACES: Final = {
    "registration": "roster",
    "evaluation": "events",
    "activity": "events",
    "follow_up": "cases",
    "referral": "cases",
    "alert": "cases",
}
"""Where on the rail a form belongs; the others are of a home visit."""


class RecordPage(Page):
    """The list of drafts, a draft being filled, or a finished record."""

    noun = "record"
    word = N_("Forms")
    icon = "notebook-pen"
    watches = frozenset({"drafts", "records", "forms"})
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sheet: RecordSheet | None = None
        self.reading: RecordReading | None = None
        self._titles: Mapping[str, str] = {}
        self._wanted = ""
        self._late: dict[str, Journal] = {}
        self._over = self._installed = False
        self._guest = False
        """Another page asked for what is open, and is gone back to."""
        self._actions()
        self.list: Final = DraftList(self._begin_visit, self)
        self.list.opened.connect(self.open)
        self.list.thrown.connect(self._throw)
        self._waiting = QWidget(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._waiting)
        self._show_list()

    def _actions(self) -> None:
        command = self.command
        self._begin_visit = command(
            _("Begin a home visit"), lambda: self.begin(HOME_VISIT, Subject()), "F3", "plus"
        )
        self._other = command(_("Another form…"), self._choose_form, "", "file-plus")
        self._resume = command(_("Go on with this form"), self._open_current, "", "pencil")
        self._discard = command(_("Throw away"), self._throw_current, "", "trash-2")
        self._keep = command(_("Keep for later"), self.keep, "", "save")
        self._before = command(_("Back"), self._back, "Ctrl+PgUp", "arrow-left")
        self._next = command(_("Next"), self._go_on, "Ctrl+PgDown", "arrow-right")
        self._finish = command(_("Check and file"), self.finish, "F9", "clipboard-check")
        self._amend = command(_("Correct or add"), self._amend_record, "", "pencil")
        self._print = command(_("Print"), self._print_record, "F5", "printer")
        self._close = command(_("Close"), self.keep, "", "x")
        self._switch = command(_("Other language"), self._speak, "Ctrl+E", "languages")

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    @property
    def view(self) -> FormView | None:
        """The form being filled, if one is."""
        return self.sheet.view if self.sheet is not None else None

    def title(self) -> str:
        shown = self.sheet or self.reading
        return shown.title() if shown is not None else _("Forms being filled")

    def subtitle(self) -> str:
        if self.shows_title():
            return ""
        return _("Kept on this laptop at every answer, until each is filed.")

    def shows_title(self) -> bool:
        return self.sheet is not None or self.reading is not None

    def place(self) -> str:
        found = self.sheet.opened.draft if self.sheet is not None else None
        read = self.reading.record if self.reading is not None else None
        form_id = found.form_id if found is not None else read.form_id if read is not None else ""
        return _PLACES.get(form_id, "household")

    def arrive(self, what: object) -> None:
        self._guest = what is not None
        if isinstance(what, str) and what:
            self.open(what)
        elif isinstance(what, tuple):
            form_id, subject = what
            self.begin(form_id, subject)

    def reload(self) -> None:
        by = self.desk.by
        if not self._installed:
            # It may write, and only one lane does: the shipped forms first, then the list.
            self._installed = True
            store = self.desk.store
            self.desk.tasks.run(
                "store", self, lambda: install_forms(store), self._look, self.desk.fail
            )
            return
        self.desk.look(self, lambda store: listed(store, by), self._listed, latest="drafts")

    def _look(self, _done: object) -> None:
        self.reload()

    def back(self) -> bool:
        if self.sheet is None and self.reading is None:
            return False
        self.keep()
        return True

    def undo(self) -> bool:
        if self.view is None:
            return False
        if not self.view.undo():
            # Not the desk's last thing: that may be that this form was begun.
            self.desk.said.emit(_("There is nothing to undo."), False)
        return True

    def redo(self) -> bool:
        if self.view is None:
            return False
        if not self.view.redo():
            self.desk.said.emit(_("There is nothing to redo."), False)
        return True

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        # Another page is shown. Of the end of the window ``end`` was told before.
        if self.sheet is not None and not self._over and self.window().isVisible():
            self.sheet.put_aside()

    def end(self) -> None:
        if self.sheet is not None and not self._over:
            self.sheet.put_aside(last=True)
        self._over = True

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self.view is not None:
            self.view.focus_first()
        elif self.reading is None:
            self.list.focus_first()

    # ── the list ─────────────────────────────────────────────────────────────────────────────

    def _listed(self, answer: Listed) -> None:
        drafts, self._titles = answer
        self.list.show_drafts(drafts, self._titles, self.desk.now())
        if self.sheet is None and self.reading is None and not self._wanted:
            self._show_list()

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self.list)
        if self.list.model.rows:
            self._offer(self._resume, (self._discard, self._other, self._begin_visit))
        else:
            # The empty page holds the first thing to do itself.
            self._offer(None, (self._other,), (self._begin_visit,))

    def _offer(
        self,
        primary: QAction | None,
        secondary: tuple[QAction, ...],
        awake: tuple[QAction, ...] = (),
        asleep: QAction | None = None,
    ) -> None:
        """Show these at the foot, ``asleep`` grey. The keys of all others but ``awake`` sleep."""
        self.primary, self.secondary = primary, secondary
        here = {primary, *secondary, *awake} - {asleep}
        for action in self.actions():
            action.setEnabled(action in here)
        self.header_changed.emit()

    def _open_current(self) -> None:
        current = self.list.current()
        if current is not None:
            self.open(current.id)

    def _throw_current(self) -> None:
        current = self.list.current()
        if current is not None:
            self._throw(current)

    def _throw(self, draft: object) -> None:
        if not isinstance(draft, Draft):
            return
        from desktop.actions.draft import discard

        words = self._titles.get(draft.form_id, draft.form_id)
        if draft.title:  # of some forms that is only a day
            words = f"{words} · {draft.title}"
        draft_id = draft.id
        self.desk.act(
            self,
            lambda store, by: discard(store, by, draft_id),
            said=_("Thrown away: {what}").format(what=words),
        )

    def _choose_form(self) -> None:
        about = Subject(event_id=self.desk.event_id)
        choose_form(self, self.desk, lambda form_id: self.begin(form_id, about), every=True)

    # ── opening ──────────────────────────────────────────────────────────────────────────────

    def begin(self, form_id: str, subject: Subject) -> None:
        """Begin to fill the newest version of a form."""
        from desktop.actions.draft import begin

        self._leave()
        spoken = language()
        self.desk.act(
            self,
            lambda store, by: begin(store, by, form_id, subject, language=spoken),
            lambda done: self.open(done.value.id),
        )

    def open(self, which: str) -> None:
        """Open a draft, or a finished record, by its id."""
        if self.sheet is not None and self.sheet.opened.draft.id == which:
            return
        self._leave()
        if (late := self._late.get(which)) is not None:
            # Its last answers are on their way to the disk: it would be opened without them.
            late.saved.connect(lambda _moment: self.open(which))
            return
        self._wanted = which
        self._stack.setCurrentWidget(self._waiting)
        store, by, spoken = self.desk.store, self.desk.by, language()

        def read() -> Opened | Read | None:
            try:
                return open_draft(store, which)
            except LookupError:
                pass
            try:
                return open_record(store, by, which, spoken)
            except LookupError:
                return None

        self.desk.tasks.run("slow", self, read, self._show_opened, self._not_opened, latest="open")

    def _not_opened(self, error: Exception) -> None:
        self._wanted = ""
        self._show_list()
        self.desk.fail(error)

    def _show_opened(self, found: Opened | Read | None) -> None:
        self._wanted = ""
        self._leave()
        if isinstance(found, Opened):
            self._fill(found)
        elif isinstance(found, Read):
            self._read(found)
        else:
            self._show_list()
            self.desk.trouble.emit(_("This form is no longer on this laptop."))

    def _fill(self, opened: Opened) -> None:
        from desktop.ui.parts.record_sheet import RecordSheet

        sheet = RecordSheet(self.desk, opened, self)
        sheet.turned.connect(self._turned)
        sheet.filed.connect(self._filed)
        sheet.busy.connect(self._finish.setDisabled)
        self.sheet = sheet
        self._stack.addWidget(sheet)
        self._stack.setCurrentWidget(sheet)
        self._turned()
        if self.isVisible():
            sheet.view.focus_first()

    def _read(self, found: Read) -> None:
        from desktop.ui.parts.record_reading import RecordReading

        self.reading = RecordReading(self.desk, found, self)
        self._stack.addWidget(self.reading)
        self._stack.setCurrentWidget(self.reading)
        newest = not found.record.amended_by
        self._offer(self._amend if newest else None, (self._close, self._print))

    def _leave(self) -> None:
        """Put away what is open; its answers are on the disk already."""
        if self.sheet is not None:
            self.sheet.put_aside()
            journal = self.sheet.view.answering.journal
            if journal.outlive():
                late = self._late
                late[journal.draft_id] = journal
                journal.saved.connect(lambda _moment: late.pop(journal.draft_id, None))
        for part in (self.sheet, self.reading):
            if part is not None:
                self._stack.removeWidget(part)
                part.hide()
                part.deleteLater()
        self.sheet = self.reading = None

    # ── filling ──────────────────────────────────────────────────────────────────────────────

    def _turned(self) -> None:
        view = self.view
        if view is None:
            return
        # Once it was checked, one goes from fault to fault and not from page to page.
        last = view.at_end or view.on_summary or view.judging.checked
        self._offer(
            self._finish if last else self._next,
            (self._keep, self._before),
            (self._finish, self._next, self._switch),
            self._before if view.at_start and not view.on_summary else None,
        )

    def _go_on(self) -> None:
        if self.view is not None:
            self.view.next_section()

    def _back(self) -> None:
        if self.view is not None:
            self.view.previous_section()

    def _speak(self) -> None:
        if self.sheet is not None:
            self.sheet.switch_language()

    def keep(self) -> None:
        """Go back to the page this was opened from, or to the list; there is nothing to save."""
        draft_id = self.sheet.opened.draft.id if self.sheet is not None else ""
        if self.sheet is not None:
            self.list.point_to = draft_id
        self._leave()
        self._show_list()
        self.list.focus_first()
        self.reload()
        if self._guest:
            self._guest = False
            self.leave.emit()
        words = _("Kept. You can go on with it at any time.")
        if (late := self._late.get(draft_id)) is not None:
            late.saved.connect(lambda _moment: self.desk.said.emit(words, False))
        elif draft_id:
            self.desk.said.emit(words, False)

    def finish(self) -> None:
        """Check the form; file it when nothing is missing, list what is when something is."""
        if self.sheet is not None and self._finish.isEnabled():
            self.sheet.finish()

    def _filed(self, record_id: str) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            self._stack.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        self.open(record_id)

    # ── a finished record ────────────────────────────────────────────────────────────────────

    def _amend_record(self) -> None:
        if self.reading is not None:
            amend_record(self, self.reading.record.id, self.open)

    def _print_record(self) -> None:
        if self.reading is not None:
            print_record(self, self.reading.record.id)

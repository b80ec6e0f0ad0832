# SPDX-License-Identifier: Apache-2.0
"""The way of a list onto the roster: chosen, dropped or pasted; read; checked; taken in.

Reading waits in the slow lane and taking in is one action, so this part has a desk of its own
to ask; nothing is kept before :meth:`RosterIntake.take_in`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.actions import incoming
from desktop.actions import roster as rosters
from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.imports.refusal import ReadingStopped
from desktop.imports.roster import RosterReading, read_pasted, read_roster, reread
from desktop.imports.template import TemplateKind
from desktop.model.person import Likeness
from desktop.store import roster
from desktop.thai.dates import be_year
from desktop.ui.desk import Desk
from desktop.ui.parts.roster_import import RosterImport
from desktop.ui.parts.roster_start import RosterStart
from desktop.ui.tasks import Cancelled, Progress, Task

if TYPE_CHECKING:
    from desktop.store.store import Store


T = TypeVar("T")
_PAINTED = 200
"""Milliseconds after which a list that was read surely stands on the screen."""
_Known = Mapping[int, tuple[Likeness, ...]]
_Here = Mapping[str, tuple[str, str]]


class RosterIntake(QStackedWidget):
    """``moved`` comes when another view is shown or what it can do changed, ``closed`` when
    there is nothing more to do here."""

    moved = Signal()
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        choose: QAction,
        paste: QAction,
        others: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._task: Task | None = None
        self._turn = 0
        """Which reading is the one on the way; the answers of those before it are dropped."""
        self._looking = False
        """Until it is known who is on file nobody may be taken in: she would come in twice."""
        self._source = ""
        self._sheet_of: Path | None = None
        self.start = RosterStart(choose, paste, others, self)
        self.addWidget(self.start)
        self.start.dropped.connect(self.read_file)
        self.start.pasted.connect(self.read_text)
        self.start.progress.cancelled.connect(self._stop)
        self.start.show_room()

    @cached_property
    def list(self) -> RosterImport:
        """Where a list is checked; made when the first comes in."""
        made = RosterImport(self)
        self.addWidget(made)
        made.columns_chosen.connect(self._columns_chosen)
        made.sheet_chosen.connect(self._sheet_chosen)
        made.counted.connect(self.moved)
        return made

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    @property
    def checking(self) -> bool:
        """Whether a list was read and is looked through."""
        return isinstance(self.currentWidget(), RosterImport)

    @property
    def reading(self) -> bool:
        """Whether a list is being read, or its people are being looked up."""
        return self._task is not None or self._looking

    def told(self) -> str:
        """What is being checked, and what will come of it."""
        ready, reading = self.list.ready, self.list.reading
        here_already = len(self.list.here_already)
        waiting = len(reading.rows) - ready - here_already if reading is not None else 0
        parts = [self._source]
        if waiting:
            words = ngettext(
                "{count} row must be put right before it can be added",
                "{count} rows must be put right before they can be added",
                waiting,
            )
            parts.append(words.format(count=waiting))
        if open_ones := self.list.undecided:
            words = ngettext(
                "{count} may be known already", "{count} may be known already", open_ones
            )
            parts.append(words.format(count=open_ones))
        if here_already:
            words = ngettext(
                "{count} is on this roster already",
                "{count} are on this roster already",
                here_already,
            )
            parts.append(words.format(count=here_already))
        return " · ".join(parts)

    def verb(self) -> str:
        """What the primary button says."""
        count = self.list.ready
        if not count:
            return _("Add people")
        return ngettext("Add {count} person", "Add {count} people", count).format(count=count)

    def show_room(self) -> None:
        """Show where a list comes in."""
        if "list" in vars(self):
            self.list.reading = None
        self.start.show_room()
        self._view(self.start)

    def back(self) -> bool:
        """One step back. False when there is none here."""
        if self.start.pasting and not self.checking:
            self.start.show_room()
            return True
        if self.checking:
            self.leave()
            return True
        return False

    def leave(self) -> None:
        """Take nothing in."""
        self.show_room()
        self.closed.emit()

    def _view(self, view: QWidget) -> None:
        self.setCurrentWidget(view)
        self.moved.emit()

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def choose_file(self) -> None:
        """Ask for a file and read it."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            _("Choose the list of names"),
            "",
            _("Lists (*.xlsx *.csv *.txt *.tsv);;All Files (*)"),
        )
        if chosen:
            self.read_file(Path(chosen))

    def paste(self) -> None:
        """Show the box to paste into, with what the clipboard holds when it has lines."""
        text = QGuiApplication.clipboard().text()
        self._view(self.start)
        self.start.show_paste(text if "\n" in text.strip() else "")

    def read_file(self, path: Path) -> None:
        """Read a list from a file in the background; nothing is kept yet."""
        self._source, self._sheet_of = path.name, path
        self.list.begin()
        self._read(_reading_of(path, None))

    def read_text(self, text: str) -> None:
        """Read pasted lines in the background; nothing is kept yet."""
        self._source, self._sheet_of = _("Pasted lines"), None
        self.list.begin()
        self._read(lambda _progress, _cancelled: read_pasted(text, lookups=incoming.lookups()))

    def _sheet_chosen(self, sheet: str) -> None:
        if self._sheet_of is not None:
            self.list.begin()
            self._read(_reading_of(self._sheet_of, sheet))

    def _columns_chosen(self, columns: Mapping[int, str]) -> None:
        reading = self.list.reading
        if reading is not None:
            self._read(lambda _progress, _cancelled: reread(reading, columns, incoming.lookups()))

    def _read(self, work: Callable[[Progress, Cancelled], RosterReading]) -> None:
        self._stop()
        if not self.checking:
            self.start.busy(_("Reading the list"))
        self._turn = turn = self._turn + 1

        def mine(then: Callable[[T], object]) -> Callable[[T], object]:
            # Another list was dropped meanwhile: its reading is the one that is waited for.
            return lambda answer: then(answer) if turn == self._turn else None

        self._task = self.desk.slow(
            self, work, mine(self._was_read), self.start.progress.step, mine(self._refused)
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _was_read(self, reading: RosterReading) -> None:
        self._task = None
        self.start.done()
        if not reading.rows:
            # Of a list that is being checked: the columns that were chosen name nobody.
            sentence = _("No names were found in this list. Choose another, or paste the names.")
            if self.checking:
                self.desk.trouble.emit(sentence)
            else:
                self.start.refuse(sentence)
            return
        self._looking = True
        self.list.show_reading(reading)
        self._view(self.list)
        self.list.table.setFocus()
        # Once the list has been painted: the thread that looks people up would hold it back.
        QTimer.singleShot(_PAINTED, self, lambda: self._look_for_known(reading))

    def _look_for_known(self, reading: RosterReading) -> None:
        if self.list.reading is None:
            self._looking = False
            return
        event_id = self.desk.event_id

        def known(store: Store) -> tuple[_Known, _Here]:
            with store.read() as conn:
                here = {
                    row.person_id: (row.first, row.last)
                    for row in roster.roster(conn, event_id)
                    if row.expected
                }
            return incoming.known_already(store, reading.rows), here

        self.desk.look(self, known, self._show_known, latest="known")

    def _show_known(self, answer: tuple[_Known, _Here]) -> None:
        self._looking = False
        if self.list.reading is not None:
            self.list.show_known(*answer)

    def _refused(self, error: Exception) -> None:
        self._task = None
        self.start.done()
        if isinstance(error, ReadingStopped):
            return
        if not isinstance(error, Problem):
            self.desk.fail(error)
        elif self.checking:
            self.desk.trouble.emit(str(error))
        else:
            self.start.refuse(str(error))

    # ── taking in ────────────────────────────────────────────────────────────────────────────

    def take_in(self, then: Callable[[], object], failed: Callable[[Problem], object]) -> None:
        """Put everybody who is ready on the roster: one action, one undo.

        Rows that must be put right stay here; when there are none, ``closed`` comes.
        """
        taken = self.list.taken()
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
            if not self.list.keep_rest():
                self.leave()
            then()

        self.desk.act(self, act, kept, _said_added, failed)

    def save_template(self, kind: TemplateKind) -> None:
        """Ask where, and write an empty list there."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            _("Save the empty list"),
            _("roster-template.xlsx"),
            _("Excel workbook (*.xlsx)"),
        )
        if chosen:
            self.desk.slow(
                self,
                lambda _progress, _cancelled: _write_template(Path(chosen), kind),
                lambda _none: self.desk.said.emit(_("The empty list was saved."), False),
            )


def _reading_of(path: Path, sheet: str | None) -> Callable[[Progress, Cancelled], RosterReading]:
    def work(progress: Progress, cancelled: Cancelled) -> RosterReading:
        return read_roster(
            path,
            sheet=sheet,
            lookups=incoming.lookups(),
            progress=lambda rows: progress(rows, 0),
            stopped=cancelled,
        )

    return work


def _said_added(done: Done) -> str:
    added, already = len(done.value.enrolment_ids), len(done.value.already)
    said = ngettext("{count} person was added.", "{count} people were added.", added)
    said = said.format(count=added)
    if already:
        more = ngettext(
            "{count} was on the roster already.", "{count} were on the roster already.", already
        )
        said += " " + more.format(count=already)
    return said


def _write_template(path: Path, kind: TemplateKind) -> None:
    from desktop.imports.template import roster_template
    from desktop.store import codelist
    from desktop.store.disk import save_file

    choices = {
        "group": [one.th for one in codelist.codes("person_group")],
        "role": [one.th for one in codelist.codes("event_role")],
    }
    save_file(path, roster_template(kind, choices))

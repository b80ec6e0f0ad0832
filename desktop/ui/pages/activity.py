# SPDX-License-Identifier: Apache-2.0
"""Volunteers (จิตอาสา): their activities in the four roles, and mentors with their juniors.

``arrive`` may bring the id of an activity, ``("event", id)`` for those of one event (an empty id:
of all), ``"pairs"``, or ``"new"`` to begin the form of an activity.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.model.draft import Subject
from desktop.model.record import ACTIVITY
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.activity_list import ActivityList
from desktop.ui.parts.activity_reading import (
    ActivityStory,
    PairRow,
    Volunteers,
    read_activity,
    read_volunteers,
)
from desktop.ui.parts.activity_story import ActivityView
from desktop.ui.parts.mentor_list import MentorList
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store

Kind = Literal["pdf", "xlsx"]
ACTIVITIES, PAIRS = range(2)


class ActivityPage(Page):
    """Two lists under tabs, and one activity over them."""

    noun = "activity"
    word = N_("Volunteers")
    icon = "hand-heart"
    watches = frozenset({"activities", "records", "events", "people"})
    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._event_id = desk.event_id
        self._found: Volunteers | None = None
        self._story: ActivityStory | None = None
        self._wanted = ""
        self._commands()
        self.list: Final = ActivityList(self._begin, self)
        self.pairs: Final = MentorList(desk, self)
        self.view: Final = ActivityView(desk)
        self.list.opened.connect(self.open)
        self.pairs.parted.connect(self._part)
        self.pairs.turned.connect(self._head)
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(_("Parts of this page"))
        words = (_("Activities of volunteers"), _("Mentors and juniors"))
        for number, word in enumerate(words, 1):
            place = self.tabs.addTab(word)
            self.tabs.setTabToolTip(place, f"Alt+{number}")
        self.whose = Choice((), parent=self)
        self.whose.setAccessibleName(_("Of which event"))
        self.whose.chose.connect(self._of_event)
        self._build()

    def _commands(self) -> None:
        run = self.command
        self._begin = run(_("Record an activity"), self.begin, "F3", "plus")
        self._pair = run(_("Make these a pair"), self.pair, "Ctrl+Return", "users")
        self._apart = run(_("Take this pair apart"), self._part_current, "", "user-minus")
        self._print = run(_("Print"), self._print_list, "F5", "printer")
        self._book = run(_("Save as a workbook…"), self._save, "Ctrl+S", "file-spreadsheet")
        self._leave = run(_("All activities"), self._show_lists, "", "arrow-left")
        self._form = run(_("Open the form"), self._open_form, "Ctrl+Return", "file-text")
        self._remove = run(_("Take this activity off"), self._take_off, "", "trash-2")
        for number in range(2):
            run("", partial(self._turn_to, number), f"Alt+{number + 1}")

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(12)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.whose)
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self.list)
        self._parts.addWidget(self.pairs)
        lists = QWidget(self)
        inside = QVBoxLayout(lists)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addLayout(head)
        inside.addWidget(self._parts, 1)
        self._lists = lists
        self._one = Scroll(self.view, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(lists)
        self._stack.addWidget(self._one)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 4)
        whole.addWidget(self._stack)
        self.tabs.currentChanged.connect(self._tab_changed)
        self._head()

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    @property
    def on_one(self) -> bool:
        """Whether one activity is shown."""
        return self._stack.currentWidget() is self._one

    def title(self) -> str:
        if self.on_one and self._story is not None:
            return self._story.row.activity.name
        return _("Activities of volunteers")

    def subtitle(self) -> str:
        if self.on_one and self._story is not None:
            return self._story.row.event
        event = self._found.event if self._found is not None else None
        if event is None:
            return _("Of all events of this office")
        return " · ".join(part for part in (event.name, event.batch) if part)

    def arrive(self, what: object) -> None:
        if what == "new":
            self.begin()
        elif what == "pairs":
            self._show_lists()
            self._turn_to(PAIRS)
        elif isinstance(what, tuple) and len(what) == 2 and what[0] == "event":
            self._event_id = str(what[1])
            self._show_lists()
            self._turn_to(ACTIVITIES)
            self.reload()
        elif isinstance(what, str) and what:
            self.open(what)
        elif not self.on_one:
            self._focus()

    def event_changed(self, event_id: str) -> None:
        self._event_id = event_id
        self._wanted = ""
        self._stack.setCurrentWidget(self._lists)
        self.reload()

    def reload(self) -> None:
        event_id = self._event_id
        self.desk.look(
            self, lambda store: read_volunteers(store, event_id), self._show, latest="volunteers"
        )
        if self._wanted:
            self._read(self._wanted)

    def back(self) -> bool:
        if self.on_one:
            self._show_lists()
            return True
        return False

    def _show(self, found: Volunteers) -> None:
        self._found = found
        self.list.show_volunteers(found, every=found.event is None)
        self.pairs.show_pairs(found.pairs, "" if found.event is None else found.event.id)
        here = self.desk.event_id
        named = found.event.id if found.event is not None else here
        options = [(named, _("This event"))] if named else []
        self.whose.set_options([*options, ("", _("All events"))], self._event_id)
        self.whose.setVisible(bool(named))
        self._head()

    def _of_event(self, event_id: object) -> None:
        self._event_id = str(event_id)
        self.reload()

    def _turn_to(self, place: int) -> None:
        if not self.on_one:
            self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.tabs.setCurrentIndex(place)
            self._focus()

    def _tab_changed(self, place: int) -> None:
        self._parts.setCurrentIndex(place)
        self._head()

    def _focus(self) -> None:
        (self.list, self.pairs)[self.tabs.currentIndex()].focus_first()

    def _head(self) -> None:
        """The buttons of what is shown; the keys of all others sleep."""
        primary: QAction | None
        asleep: set[QAction] = set()
        if self.on_one:
            has_form = self._story is not None and bool(self._story.record_id)
            primary = self._form if has_form else None
            secondary: tuple[QAction, ...] = (self._leave, self._remove)
        elif self.tabs.currentIndex() == PAIRS:
            mentor_id, juniors = self.pairs.chosen
            primary = self._pair
            secondary = (self._apart, self._book, self._print)
            if not (mentor_id and juniors):
                asleep.add(self._pair)
            if not self.pairs.model.rows:
                asleep |= {self._apart, self._book, self._print}
        else:
            some = bool(self.list.model.rows)
            # The empty page holds the first thing to do itself.
            primary = self._begin if some else None
            secondary = (self._book, self._print) if some else ()
        awake = {primary, *secondary} - asleep
        if not self.on_one and self.tabs.currentIndex() == ACTIVITIES:
            awake.add(self._begin)
        for action in self.actions():
            if action.text():
                action.setEnabled(action in awake)
        shown = (primary, secondary)
        if shown != (self.primary, self.secondary) or not asleep:
            self.primary, self.secondary = shown
            self.header_changed.emit()

    # ── activities ───────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Begin the form of an activity, of the event that is shown."""
        self.go.emit("record", (ACTIVITY, Subject(event_id=self._event_id)))

    def open(self, activity_id: str) -> None:
        """Show one activity."""
        self._wanted = activity_id
        self._read(activity_id)

    def _read(self, activity_id: str) -> None:
        store, by = self.desk.store, self.desk.by

        def then(story: ActivityStory | None) -> None:
            if activity_id != self._wanted:
                return
            if story is None:
                # Taken off, here or by another laptop.
                self._show_lists()
                return
            self._story = story
            self.view.show_story(story)
            came = not self.on_one
            self._stack.setCurrentWidget(self._one)
            self._head()
            if came:
                self._one.setFocus(Qt.FocusReason.OtherFocusReason)

        self.desk.tasks.run(
            "slow", self, lambda: read_activity(store, by, activity_id), then, self.desk.fail,
            latest="activity",
        )  # fmt: skip

    def _show_lists(self) -> None:
        last, self._wanted = self._wanted, ""
        self._stack.setCurrentWidget(self._lists)
        self._head()
        if last:
            self.list.go_to(last)
        self._focus()

    def _open_form(self) -> None:
        if self._story is not None and self._story.record_id:
            self.go.emit("record", self._story.record_id)

    def _take_off(self) -> None:
        if self._story is None:
            return
        activity_id = self._story.row.activity.id

        def action(store: Store, by: str) -> Done:
            from desktop.actions.activity import remove_activity

            return remove_activity(store, by, activity_id)

        self.desk.act(
            self, action, lambda _done: self._show_lists(), _("The activity was taken off")
        )

    # ── mentors ──────────────────────────────────────────────────────────────────────────────

    def pair(self) -> None:
        """Make pairs of the mentor and the juniors that were chosen."""
        mentor_id, juniors = self.pairs.chosen
        if not mentor_id or not juniors:
            return
        event_id, since = self._event_id, self.desk.now().date()

        def action(store: Store, by: str) -> Done:
            from desktop.actions.mentorship import pair

            return pair(store, by, mentor_id, juniors, event_id=event_id, since=since)

        def refused(problem: Problem) -> None:
            self.pairs.refuse(str(problem))

        self.desk.act(
            self,
            action,
            lambda _done: self.pairs.clear(),
            _("Now they are mentor and juniors"),
            refused,
        )

    def _part_current(self) -> None:
        row = self.pairs.current()
        if row is not None:
            self._part(row)

    def _part(self, row: object) -> None:
        if not isinstance(row, PairRow):
            return
        mentorship_id = row.pair.mentorship.id

        def action(store: Store, by: str) -> Done:
            from desktop.actions.mentorship import part

            return part(store, by, mentorship_id)

        said = _("{junior} is no longer with {mentor}").format(
            junior=row.pair.junior, mentor=row.pair.mentor
        )
        self.desk.act(self, action, said=said)

    # ── on paper ─────────────────────────────────────────────────────────────────────────────

    def paper(self, kind: Kind) -> bytes:
        """The list that is shown, on paper or as a workbook. Slow, for a thread."""
        from desktop.actions.activity_paper import activities_paper, mentors_paper

        make = mentors_paper if self.tabs.currentIndex() == PAIRS else activities_paper
        return make(self.desk.store, self.desk.by, self._event_id, kind=kind)

    def _name(self) -> tuple[str, str]:
        """What the paper is called, and its file."""
        if self.tabs.currentIndex() == PAIRS:
            return _("Mentors and juniors"), _("mentors")
        return _("Activities of volunteers"), _("volunteer-activities")

    def _print_list(self) -> None:
        title, name = self._name()

        def made(pdf: bytes) -> None:
            self.go.emit("paper", {"what": "file", "pdf": pdf, "title": title, "name": name})

        self.desk.slow(self, lambda _p, _c: self.paper("pdf"), made)

    def _save(self) -> None:
        name = self._name()[1]
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the list"), f"{name}.xlsx", _("Excel workbook (*.xlsx)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, place: Path) -> None:
        """Write the list that is shown into a workbook."""

        def write(_progress: object, _cancelled: object) -> None:
            from desktop.store.disk import save_file

            save_file(place, self.paper("xlsx"))

        self.desk.slow(
            self, write, lambda _done: self.desk.said.emit(_("The list is saved."), False)
        )

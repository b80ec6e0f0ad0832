# SPDX-License-Identifier: Apache-2.0
"""What comes of an event: activities of volunteers in the four roles, mentors with their juniors,
and how it was judged.

``arrive`` may bring the id of an activity, ``("event", id)`` for those of one event (an empty id:
of all), ``"pairs"``, ``"evaluation"``, or ``"new"`` to begin the form of an activity.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import N_, _, language
from desktop.model.draft import Subject
from desktop.model.record import ACTIVITY, EVALUATION
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.activity_doing import ActivityDoing, What
from desktop.ui.parts.activity_list import ActivityList
from desktop.ui.parts.activity_reading import (
    ActivityStory,
    Volunteers,
    read_activity,
    read_volunteers,
)
from desktop.ui.parts.activity_story import ActivityView
from desktop.ui.parts.evaluation_view import EvaluationView
from desktop.ui.parts.mentor_list import MentorList
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from desktop.actions.evaluation import EvaluationStory

ACTIVITIES, PAIRS, EVALUATED = range(3)
LISTS: Final[tuple[What, ...]] = ("activities", "pairs", "evaluation")


class ActivityPage(Page):
    """Three lists under tabs, and one activity over them."""

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
        self.judged: Final = EvaluationView(self._sheet, self)
        self.doing: Final = ActivityDoing(desk, self.pairs, self)
        self._parts_shown = (self.list, self.pairs, self.judged)
        self._shown: tuple[object, ...] = ()
        self.doing.left.connect(self._show_lists)
        self.doing.printed.connect(lambda paper: self.go.emit("paper", paper))
        self.list.opened.connect(self.open)
        self.pairs.turned.connect(self._head)
        words = (_("Activities of volunteers"), _("Mentors and juniors"), _("Evaluation"))
        self.tabs = Tabs(_("Parts of this page"), words, self)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.whose = Choice((), parent=self)
        self.whose.setAccessibleName(_("Of which event"))
        self.whose.chose.connect(self._of_event)
        self._build()

    def _commands(self) -> None:
        run = self.command
        self._begin = run(_("Record an activity"), self.begin, "F3", "plus")
        self._sheet = run(_("Fill an evaluation sheet"), self.begin_sheet, "F3", "plus")
        self._pair = run(_("Make these a pair"), self.pair, "Ctrl+Return", "users")
        self._apart = run(_("Take this pair apart"), self._part_current, "", "user-minus")
        self._print = run(_("Print"), self._print_list, "F5", "printer")
        self._book = run(_("Save as a workbook…"), self._save, "Ctrl+S", "file-spreadsheet")
        self._leave = run(_("All activities"), self._show_lists, "", "arrow-left")
        self._form = run(_("Open the form"), self._open_form, "Ctrl+Return", "file-text")
        self._remove = run(_("Take this activity off"), self._take_off, "", "trash-2")
        for number in range(len(LISTS)):
            run("", partial(self._turn_to, number), f"Alt+{number + 1}")

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(12)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.whose)
        self._parts = QStackedWidget(self)
        for part in self._parts_shown:
            self._parts.addWidget(part)
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

    def place(self) -> str:
        return "events"

    def title(self) -> str:
        if self.on_one and self._story is not None:
            return self._story.row.activity.name
        if self.tabs.currentIndex() == EVALUATED:
            return _("How the event was judged")
        if self.tabs.currentIndex() == PAIRS:
            return _("Mentors and juniors")
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
        elif what in LISTS:
            self._show_lists()
            self._turn_to(LISTS.index(what))
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
        by, spoken = self.desk.by, language()

        def judged() -> EvaluationStory:
            from desktop.actions.evaluation import evaluation_story

            return evaluation_story(self.desk.store, by, event_id, spoken)

        # It opens the form: not on the lane where questions are asked.
        self.desk.tasks.run(
            "slow", self, judged, self._show_judged, self.desk.fail, latest="judged"
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

    def _show_judged(self, story: EvaluationStory) -> None:
        self.judged.show_story(story)
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
        self._parts_shown[self.tabs.currentIndex()].focus_first()

    def _head(self) -> None:
        """The buttons of what is shown; the keys of all others sleep."""
        tab = self.tabs.currentIndex()
        self.primary, self.secondary, asleep = self._offered(tab)
        awake = {self.primary, *self.secondary} - asleep
        if not self.on_one and tab != PAIRS:
            # Also where the empty page holds it.
            awake.add(self._sheet if tab == EVALUATED else self._begin)
        for action in self.actions():
            if action.text():
                action.setEnabled(action in awake)
        shown = (self.primary, self.secondary, self.title(), self.subtitle())
        if shown != self._shown:
            # Only then: the buttons are made anew, and one of them may have the focus.
            self._shown = shown
            self.header_changed.emit()

    def _offered(self, tab: int) -> tuple[QAction | None, tuple[QAction, ...], set[QAction]]:
        """Primary, secondary, and what of them is grey."""
        papers = (self._book, self._print)
        if self.on_one:
            has_form = self._story is not None and bool(self._story.record_id)
            return (self._form if has_form else None), (self._leave, self._remove), set()
        if tab == PAIRS:
            asleep = set() if all(self.pairs.chosen) else {self._pair}
            if not self.pairs.model.rows:
                asleep |= {self._apart, *papers}
            return self._pair, (self._apart, *papers), asleep
        if self.judged.sheets if tab == EVALUATED else self.list.model.rows:
            return (self._sheet if tab == EVALUATED else self._begin), papers, set()
        return None, (), set()

    # ── activities ───────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Begin the form of an activity, of the event that is shown."""
        self.go.emit("record", (ACTIVITY, Subject(event_id=self._event_id)))

    def begin_sheet(self) -> None:
        """Begin an evaluation sheet of the event that is shown."""
        self.go.emit("record", (EVALUATION, Subject(event_id=self._event_id)))

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
        if self._story is not None:
            self.doing.take_off(self._story.row.activity.id)

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def pair(self) -> None:
        """Make pairs of the mentor and the juniors that were chosen."""
        self.doing.pair(self._event_id)

    def _print_list(self) -> None:
        self.doing.print(LISTS[self.tabs.currentIndex()], self._event_id)

    def _save(self) -> None:
        self.doing.save(LISTS[self.tabs.currentIndex()], self._event_id)

    def _part_current(self) -> None:
        self.doing.part_current()

# SPDX-License-Identifier: Apache-2.0
"""Events (กิจกรรม): the list of them, a new one from a pattern, and each with all its parts."""

from __future__ import annotations

from functools import cached_property, partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import event as doing
from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import N_, _, ngettext
from desktop.model.draft import Subject
from desktop.model.event import Programme
from desktop.store.event import EventRow
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.hand import when
from desktop.ui.page import Page
from desktop.ui.parts.event_new import NewEvent
from desktop.ui.parts.event_reading import EventState, fitting, read_events
from desktop.ui.parts.event_view import EventView, Held
from desktop.ui.parts.event_work import EventWork
from desktop.ui.parts.form_menu import choose_form
from desktop.ui.tables.event import NAME, PLACE, STATUS, WHEN, EventModel
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table

FACTS, TIMETABLE, CEREMONY, AWARDS = range(4)
_NARROW = 1200


class EventPage(Page):
    """Four views: no events yet, the list, a new event, one event. The last two are made when
    they are first shown: together they take 5 MB.

    ``arrive`` may bring ``"new"``, or the id of an event to be opened.
    """

    noun = "events"
    word = N_("Events")
    icon = "calendar-days"
    watches = frozenset({"events", "roster", "people", "awards", "certificates"})
    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: tuple[EventRow, ...] | None = None
        self._open_id = ""
        self._starting = False
        self._programmes: tuple[Programme, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._make_commands()
        self._stack = QStackedWidget(self)
        self._none = Empty(
            "calendar-days",
            _("No events yet"),
            _("An event is one training or ceremony, with its days, its roster and its papers."),
            (self._new,),
            self,
        )
        self._list = self._make_list()
        for part in (self._none, self._list):
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(self._list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 8)
        whole.addWidget(self._stack)
        self._wire()

    @cached_property
    def view(self) -> EventView:
        """One event with all its parts, heard by ``work``."""
        made = EventView(self)
        self.work = EventWork(self.desk, made)
        self._stack.addWidget(made)
        made.awards.turned.connect(self._head)
        made.tabs.currentChanged.connect(lambda _place: self._head())
        return made

    @cached_property
    def form(self) -> NewEvent:
        """What is asked for a new event."""
        made = NewEvent(self.desk.now().date())
        made.asked.connect(self.make_event)
        made.show_programmes(self._programmes)
        return made

    @cached_property
    def _form_holder(self) -> Scroll:
        made = Scroll(self.form, self)
        self._stack.addWidget(made)
        return made

    @property
    def _held(self) -> Held | None:
        """The event of the view, when there is one already."""
        return self.view.held if "view" in vars(self) else None

    @property
    def _viewing(self) -> bool:
        return isinstance(self._stack.currentWidget(), EventView)

    @property
    def _asking(self) -> bool:
        return isinstance(self._stack.currentWidget(), Scroll)

    def _make_commands(self) -> None:
        run = self.command
        self._new = run(_("New event"), self.add, "F3", "plus")
        self._make = run(_("Create the event"), self.make_event, "Ctrl+Return", "check")
        self._leave = run(_("All events"), self._show_list, icon="arrow-left")
        self._take = run(_("Work on this event"), self._take_in_hand, "Ctrl+Return", "check")
        self._roster = run(
            _("Go to the roster"), lambda: self.go.emit("roster", None), "", "users"
        )
        self._close = run(_("Close the event"), self._close_event, icon="lock")
        self._reopen = run(_("Reopen the event"), self._reopen_event, icon="lock-open")
        self._volunteers = run(
            _("Volunteers, evaluation"), self._go_to_volunteers, icon="hand-heart"
        )
        self._fill = run(_("Fill a form…"), self._choose_form, icon="file-plus")
        self._pay = run(_("Payments"), lambda: self.go.emit("claims", None), icon="banknote")
        for number in range(4):
            run("", partial(self._tab, number), f"Alt+{number + 1}")

    def _make_list(self) -> QWidget:
        holder = QWidget(self)
        self.box = SearchBox(_("Find by name, programme or place"), parent=holder)
        self.model = EventModel(self)
        self.table = Table(
            _("Events"), self.model, widths=(380, 240, 190, 176, 150), stretch=NAME, parent=holder
        )
        for long in (NAME, PLACE):
            self.table.setItemDelegateForColumn(long, MiddleCell(self.table))
        self.table.setItemDelegateForColumn(STATUS, BadgeCell(self.table))
        self._nothing = Label(_("No event fits. Type less of its name."), tone="quiet",
                              parent=holder)  # fmt: skip
        self._nothing.hide()
        column = QVBoxLayout(holder)
        column.setContentsMargins(24, 0, 24, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.box, 1)
        column.addLayout(top)
        column.addWidget(self._nothing)
        column.addWidget(self.table, 1)
        return holder

    def _wire(self) -> None:
        self.box.asked.connect(lambda _text: self._fill_list())
        self.box.down.connect(self._into_table)
        self.box.took.connect(lambda: self._open_row(max(0, self.table.currentIndex().row())))
        self.table.chosen.connect(self._open_row)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        if self._asking:
            return _("New event")
        held = self._held
        if self._viewing and held is not None:
            return held.event.name
        return _("Events")

    def subtitle(self) -> str:
        held = self._held
        if not self._viewing or held is None:
            return ""
        event = held.event
        people = ngettext("{count} person", "{count} people", held.enrolled)
        parts = (event.batch, when(event), event.venue, people.format(count=held.enrolled))
        return " · ".join(part for part in parts if part)

    def arrive(self, what: object) -> None:
        if what == "new":
            self.add()
        elif isinstance(what, str) and what:
            self.open_event(what)
        elif self._stack.currentWidget() is self._list:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        open_id = self._open_id
        self.desk.look(self, lambda store: read_events(store, open_id), self._show, latest="event")

    def event_changed(self, event_id: str) -> None:
        if self._open_id and event_id:
            self._open_id = event_id
        self.reload()

    def search(self) -> None:
        """F2: the list with its search box, from wherever on this page one is."""
        if self._viewing or self._asking:
            self._show_list()
        super().search()

    def back(self) -> bool:
        if self._viewing and self.view.leave():
            return True
        if self._viewing or self._asking:
            self._show_list()
            return True
        if self.box.text():
            self.box.clear()
            self._fill_list()
            return True
        return False

    def _show(self, state: EventState) -> None:
        first = self._rows is None
        self._rows = state.rows
        self._programmes = state.programmes
        if "form" in vars(self):
            self.form.show_programmes(state.programmes)
        self._fill_list()
        if self._open_id and state.held is None:
            # Undone, or taken away by another laptop.
            self._open_id = ""
        if state.held is not None and state.held.event.id == self._open_id:
            came = not self._viewing
            self.view.show_held(state.held, self.desk.event_id)
            self._turn_to(self.view)
            if came:
                self.view.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._starting:
            self._turn_to(self._form_holder)
        else:
            self._turn_to(self._list if state.rows else self._none)
            if first:
                self.table.go_to(max(0, self.model.place_of(self.desk.event_id)))

    def _turn_to(self, part: QWidget) -> None:
        if self._stack.currentWidget() is not part:
            self._stack.setCurrentWidget(part)
            if part is self._list:
                self._into_table()
        self._head()

    def _show_list(self) -> None:
        last, self._open_id, self._starting = self._open_id, "", False
        self._turn_to(self._none if self._rows == () else self._list)
        self.table.go_to(max(0, self.model.place_of(last or self.desk.event_id)))
        self.reload()

    def _head(self) -> None:
        """The buttons that belong to what is shown, and the keys that work there."""
        view, held = self._stack.currentWidget(), self._held
        self.primary, self.secondary = None, ()
        self._new.setText(_("New event"))
        if self._asking:
            self.primary, self.secondary = self._make, (self._leave,)
        elif view is self._list:
            self.primary, self.secondary = self._new, (self._take,)
        elif self._viewing and held is not None:
            self._head_of(held)
        # Both go by Ctrl+Enter, each where it stands.
        self._make.setEnabled(self._asking)
        self._take.setEnabled(self._take in (self.primary, *self.secondary))
        head = (self.title(), self.subtitle(), self.primary, self.secondary, self._new.text())
        if head != self._shown:
            # Only then: the buttons are made anew, and one of them may have the focus.
            self._shown = head
            self.header_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The name needs the room more: the place stands in the event itself.
        self.table.setColumnHidden(PLACE, self.width() < theme.scaled(_NARROW))
        self._fit_list()

    def _fit_list(self) -> None:
        self.table.fit({WHEN: 150, NAME: 300, PLACE: 160})

    def _head_of(self, held: Held) -> None:
        tab = self.view.tabs.currentIndex()
        self.secondary = (self._leave,)
        if tab == AWARDS and self.view.awards.reading:
            # The one thing to do stands beside the list that is being checked.
            return
        in_hand = held.event.id == self.desk.event_id
        self.primary = self._roster if in_hand else self._take
        more = {
            TIMETABLE: _("Add a session"),
            CEREMONY: _("Add a part"),
            AWARDS: _("Add a project"),
        }.get(tab)
        if more is None:
            close = self._reopen if held.event.closed else self._close
            pay = (self._pay,) if in_hand else ()
            self.secondary = (self._leave, close, self._volunteers, self._fill, *pay)
        else:
            self._new.setText(more)
            self.secondary = (self._leave, self._new)

    def _close_event(self) -> None:
        self.work.close_event()

    def _reopen_event(self) -> None:
        self.work.reopen_event()

    def _go_to_volunteers(self) -> None:
        self.go.emit("activity", ("event", self._open_id))

    def _choose_form(self) -> None:
        about = Subject(event_id=self._open_id)
        choose_form(self, self.desk, lambda which: self.go.emit("record", (which, about)))

    # ── the list ─────────────────────────────────────────────────────────────────────────────

    def _fill_list(self) -> None:
        rows = self._rows or ()
        shown = fitting(rows, self.box.text())
        here = self.model.row_at(self.table.currentIndex().row())
        self.model.show_rows(shown, self.desk.now().date(), self.desk.event_id)
        if here is not None:
            self.table.go_to(max(0, self.model.place_of(here.event.id)))
        self._nothing.setVisible(bool(rows) and not shown)
        self._fit_list()

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.currentIndex().row() < 0:
            self.table.go_to(0)

    def _open_row(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.open_event(row.event.id)

    def open_event(self, event_id: str) -> None:
        """Show one event with all its parts."""
        self._open_id, self._starting = event_id, False
        self.reload()

    # ── a new one ────────────────────────────────────────────────────────────────────────────

    def add(self) -> None:
        """F3: one more of what is shown: a session, a part, a project, otherwise an event."""
        if self._viewing:
            view = self.view
            more = {
                TIMETABLE: view.timetable.add_session,
                CEREMONY: view.ceremony.add_role,
                AWARDS: view.awards.add,
            }.get(view.tabs.currentIndex())
            if more is not None:
                more()
                return
        self._open_id, self._starting = "", True
        self.form.begin()
        self._turn_to(self._form_holder)
        self.form.start()

    def make_event(self) -> None:
        """Make the event that the form asks for, open it and take it in hand."""
        draft = self.form.draft() if self._make.isEnabled() else None
        if draft is None:
            return
        # Enter pressed twice makes one event.
        self._make.setEnabled(False)

        def then(done: Done) -> None:
            self._starting, self._open_id = False, done.value.id
            self.view.tabs.setCurrentIndex(FACTS)
            self.desk.take_event(done.value.id)

        def refused(problem: Problem) -> None:
            self._make.setEnabled(True)
            self.form.refuse(str(problem))

        self.desk.act(
            self,
            lambda store, by: doing.create_event(store, by, draft),
            then,
            said=_("The event was created"),
            failed=refused,
        )

    def _tab(self, number: int) -> None:
        if self._viewing and self.view.tabs.isTabVisible(number):
            self.view.enter(number)

    def _take_in_hand(self) -> None:
        row = self.model.row_at(self.table.currentIndex().row())
        if self._open_id:
            self.desk.take_event(self._open_id)
        elif row is not None:
            self.desk.take_event(row.event.id)

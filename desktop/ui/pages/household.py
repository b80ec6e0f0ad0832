# SPDX-License-Identifier: Apache-2.0
"""Home visits (เยี่ยมบ้าน): the households, one of them with its whole story, and where they are.

``arrive`` may bring the id of a household to be opened, ``"map"`` or ``"new"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import N_, _, ngettext
from desktop.model.draft import Draft, Subject
from desktop.model.record import HOME_VISIT
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.household_doing import HouseholdDoing
from desktop.ui.parts.household_list import HouseholdList
from desktop.ui.parts.household_map import HouseholdMap
from desktop.ui.parts.household_reading import (
    MOST,
    Cases,
    HouseholdRow,
    Spot,
    Story,
    read_cases,
    read_rows,
    read_spots,
    read_story,
)
from desktop.ui.parts.household_view import HouseholdView
from desktop.ui.parts.household_words import address, day_words

if TYPE_CHECKING:
    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class _State:
    rows: tuple[HouseholdRow, ...]
    cases: Cases
    drafts: tuple[Draft, ...]
    titles: Mapping[str, str]
    spots: tuple[Spot, ...] | None
    story: Story | None
    event_name: str


class HouseholdPage(Page):
    """Three views: the list, the map, one household."""

    noun = "household"
    word = N_("Home visits")
    icon = "map-pinned"
    watches = frozenset(
        {
            "households", "visits", "records", "drafts", "forms", "consents", "people", "cases",
            "follow_ups", "alerts", "referrals", "events", "sync",
        }
    )  # fmt: skip
    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._open_id = ""
        self._fresh = False
        self._event_name = ""
        self._titles: Mapping[str, str] = {}
        self._cases: Cases = {}
        self._shown: tuple[object, ...] = ()
        self.view = HouseholdView(desk, self)
        self.doing = HouseholdDoing(desk, self.view)
        self._make_commands()
        self.list = HouseholdList(self._new, self)
        self.map = HouseholdMap(self._new, self)
        self._stack = QStackedWidget(self)
        for part in (self.list, self.map, self.view):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 8)
        whole.addWidget(self._stack)
        self._wire()
        self._head()

    def _make_commands(self) -> None:
        run = self.command
        self._new = run(_("New visit"), self.new_visit, "F3", "plus")
        self._forms = run(_("Other forms…"), self._choose_form, "", "file-plus")
        self._activities = run(
            _("Activities"), lambda: self.go.emit("activity", None), icon="hand-heart"
        )
        self._to_map = run(_("Map"), self.show_map, "Ctrl+M", "map")
        self._to_list = run(_("All households"), self.show_list, icon="arrow-left")
        self._print = run(_("Print"), self._choose_paper, "F5", "printer")
        self._address = run(
            _("Correct the address"), self.doing.correct_address, "Ctrl+E", "pencil"
        )

    def _wire(self) -> None:
        listed, view = self.list, self.view
        listed.asked.connect(self._typed)
        listed.opened.connect(self.open_household)
        listed.drafts.resumed.connect(lambda draft_id: self.go.emit("record", draft_id))
        listed.drafts.thrown.connect(self._throw)
        listed.drafts.all_wanted.connect(lambda: self.go.emit("record", None))
        self.map.chosen.connect(self.open_household)
        view.record_wanted.connect(lambda record_id: self.go.emit("record", record_id))
        view.case_wanted.connect(lambda case_id: self.go.emit("cases", ("case", case_id)))
        view.stage.wanted.connect(lambda what: self.go.emit("sync", what))
        view.member_wanted.connect(self.doing.ask_member)
        view.withdrawal_wanted.connect(self.doing.ask_withdrawal)
        self.doing.made.connect(lambda paper: self.go.emit("paper", paper))
        self.doing.busy_changed.connect(self._head)
        self.desk.by_changed.connect(self._forget)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        story = self.view.story
        if self._stack.currentWidget() is self.view and story is not None:
            return _("Household of {name}").format(name=story.name or _("(no name)"))
        return _("Where they live") if self._on_map else _("Home visits")

    def subtitle(self) -> str:
        story = self.view.story
        if self._stack.currentWidget() is self.view and story is not None:
            return address(story.household, story.area_name)
        count = self.list.model.rowCount()
        if self._on_map or self.list.is_empty or self.list.box.text().strip():
            return ""
        if count >= MOST:
            return _("the {count} visited last; type to find others").format(count=count)
        return ngettext("{count} household", "{count} households", count).format(count=count)

    @property
    def _on_map(self) -> bool:
        return self._stack.currentWidget() is self.map

    def arrive(self, what: object) -> None:
        if what == "map":
            self.show_map()
        elif what == "new":
            self.new_visit()
        elif isinstance(what, str) and what:
            self.open_household(what)
        elif self._stack.currentWidget() is self.list:
            self.list.focus_first()

    def reload(self) -> None:
        reader, open_id, first = self.desk.by, self._open_id, self._fresh
        text, event_id = self.list.box.text(), self.desk.event_id
        with_map = self._on_map

        def read(store: Store) -> _State:
            drafts, titles, name = _read_forms(store, reader, event_id)
            cases = read_cases(store, reader)
            return _State(
                read_rows(store, text, cases),
                cases,
                drafts,
                titles,
                read_spots(store, reader, cases) if with_map else None,
                read_story(store, reader, open_id, first=first) if open_id else None,
                name,
            )

        def show(state: _State) -> None:
            if (text, open_id) == (self.list.box.text(), self._open_id):
                self._fresh = self._fresh and not first
                self._show(state)

        self.desk.look(self, read, show, latest="households")

    def event_changed(self, event_id: str) -> None:
        del event_id
        self.reload()

    def search(self) -> None:
        """F2: the list with its box, from wherever on this page one is."""
        if self._stack.currentWidget() is not self.list:
            self.show_list()
        super().search()

    def back(self) -> bool:
        if self._stack.currentWidget() is not self.list:
            self.show_list()
            return True
        if self.list.box.text():
            self.list.box.clear()
            return True
        return False

    def _typed(self, text: str) -> None:
        """Another letter: only the households are asked for again."""
        cases = self._cases

        def show(rows: tuple[HouseholdRow, ...]) -> None:
            if text == self.list.box.text():
                self.list.show_rows(rows, self.desk.now())
                self._head()

        self.desk.look(
            self, lambda store: read_rows(store, text, cases), show, latest="find-household"
        )

    def _show(self, state: _State) -> None:
        now = self.desk.now()
        self._cases = state.cases
        self._titles, self._event_name = state.titles, state.event_name
        self.list.show_drafts(state.drafts, state.titles, now)
        self.list.show_rows(state.rows, now)
        if state.spots is not None:
            self.map.show_spots(state.spots, now.date())
        if self._open_id and state.story is None:
            # Undone, or taken away by another laptop.
            self._open_id = ""
            self._turn_to(self.list)
        elif state.story is not None:
            came = self._stack.currentWidget() is not self.view
            self.view.show_story(state.story, now.date())
            self._turn_to(self.view)
            if came:
                self.view.focus_first()
        self._head()

    def _turn_to(self, part: QWidget) -> None:
        if self._stack.currentWidget() is not part:
            self._stack.setCurrentWidget(part)
        self._head()

    def _head(self) -> None:
        """The buttons that belong to what is shown, and the keys that work there."""
        view, story = self._stack.currentWidget(), self.view.story
        self.primary, self.secondary = self._new, ()
        self._new.setText(_("New visit"))
        if view is self.view:
            self._new.setText(_("New visit here"))
            self.secondary = (self._to_list, self._address, self._forms, self._print)
        elif view is self.map:
            self.secondary = (self._to_list,)
        elif self.list.is_empty:
            self.primary, self.secondary = None, (self._activities, self._forms)
        else:
            self.secondary = (self._to_map, self._activities, self._forms)
        here = (self._new, self.primary, *self.secondary)
        for action in (self._to_map, self._to_list, self._print, self._address):
            action.setEnabled(action in here)
        ready = view is self.view and story is not None and not self.doing.busy
        self._print.setEnabled(ready)
        head = (self.title(), self.subtitle(), self.primary, self.secondary, self._new.text())
        if head != self._shown:
            # Only then: the buttons are made anew, and one of them may have the focus.
            self._shown = head
            self.header_changed.emit()

    def _forget(self, _by: str) -> None:
        """Somebody else sits down: nothing that was read for another stays."""
        self.doing.leave()
        self._open_id, self._cases = "", {}
        self.view.clear()
        self.map.show_spots((), self.desk.now().date())
        self._turn_to(self.list)
        self.list.show_rows((), self.desk.now())
        self.reload()

    # ── going about ──────────────────────────────────────────────────────────────────────────

    def open_household(self, household_id: str) -> None:
        """Show one household with its whole story."""
        if household_id != self._open_id:
            self._fresh = True
        self._open_id = household_id
        self.reload()

    def show_list(self) -> None:
        """Show the list, the household that was open being the current one."""
        last, self._open_id = self._open_id, ""
        self._turn_to(self.list)
        if last:
            self.list.go_to(last)
        self.list.focus_first()
        self.reload()

    def show_map(self) -> None:
        """Show where the households are."""
        here = self.list.current()
        if here is not None:
            self.map.want(here.id)
        self._open_id = ""
        self._turn_to(self.map)
        self.reload()
        self.map.focus_first()

    # ── forms ────────────────────────────────────────────────────────────────────────────────

    def new_visit(self) -> None:
        """F3: begin a visit to the household that is open, otherwise ask to which."""
        from desktop.ui.parts.household_choice import HouseholdChoice, VisitHere

        here, story = self._open_id, self.view.story
        if self._stack.currentWidget() is self.view and here:
            if not self._event_name or story is None:
                self._begin(HOME_VISIT, Subject(household_id=here))
                return
            # An event that is in hand is not always what one goes out for.
            part = VisitHere(story.name or _("(no name)"), self._event_name, self)
            self.doing.ask(part, lambda: self._begin_in(here, linked=part.with_event()))
            return
        asked = HouseholdChoice(self.desk, self._event_name, self)
        self.doing.ask(
            asked, lambda: self._begin_in(asked.household_id(), linked=asked.with_event())
        )

    def _begin_in(self, household_id: str, *, linked: bool) -> None:
        """Begin a visit to a household (empty: a new one), part of the event when ``linked``."""
        event_id = self.desk.event_id if linked else ""
        self._begin(HOME_VISIT, Subject(event_id, household_id))

    def _begin(self, form_id: str, subject: Subject) -> None:
        self.go.emit("record", (form_id, subject))

    def _choose_form(self) -> None:
        menu = QMenu(self)
        household_id = self._open_id if self._stack.currentWidget() is self.view else ""
        subject = Subject(self.desk.event_id, household_id)
        for form_id, title in sorted(self._titles.items(), key=lambda pair: pair[1]):
            entry: QAction = menu.addAction(title)
            entry.triggered.connect(
                lambda _on=False, form_id=form_id: self._begin(form_id, subject)
            )
        self._pop(menu, _("Which form"))

    def _choose_paper(self) -> None:
        story = self.view.story
        if story is None or self._stack.currentWidget() is not self.view:
            return
        menu = QMenu(self)
        visit_id = self.view.visit_id()
        one = next((line.visit for line in story.visits if line.visit.id == visit_id), None)
        if one is not None:
            words = _("Report of the visit of {day}").format(day=day_words(one.visited_on))
            menu.addAction(words).triggered.connect(lambda _on=False: self.doing.print_report())
        menu.addAction(_("Story of the household")).triggered.connect(
            lambda _on=False: self.doing.print_story()
        )
        self._pop(menu, _("Which paper"))

    def _pop(self, menu: QMenu, name: str) -> None:
        """Show a menu above the buttons, its first entry marked."""
        menu.setAccessibleName(name)
        menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        size = menu.sizeHint()
        corner = QPoint(self.width() - size.width() - 24, self.height() - size.height() - 8)
        menu.popup(self.mapToGlobal(corner))

    def _throw(self, draft: object) -> None:
        if not isinstance(draft, Draft):
            return
        from desktop.actions.draft import discard

        words = draft.title or self._titles.get(draft.form_id, draft.form_id)
        draft_id = draft.id
        self.desk.act(
            self,
            lambda store, by: discard(store, by, draft_id),
            said=_("Thrown away: {what}").format(what=words),
        )


def _read_forms(
    store: Store, reader: str, event_id: str
) -> tuple[tuple[Draft, ...], Mapping[str, str], str]:
    """Drafts, the titles of the forms, the name of the event in hand."""
    from desktop.actions.form import install
    from desktop.store import draft as drafts
    from desktop.store import event as events
    from desktop.store import form as forms

    install(store)
    with store.read() as conn:
        titles = {one.form_id: one.title for one in forms.forms(conn)}
        name = ""
        if event_id:
            try:
                name = events.event(conn, event_id).name
            except LookupError:
                name = ""
        return drafts.drafts(conn, reader), titles, name

# SPDX-License-Identifier: Apache-2.0
"""Cases and follow-ups (เรื่องและการติดตาม): what is due, the calendar, cases, alerts, letters.

``arrive`` may bring the name of a tab (``"due"``, ``"calendar"``, ``"list"``, ``"alerts"``,
``"letters"``, ``"summary"``), the id of a case, or ``("case", id)``.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from typing import Final, TypeVar, cast

from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.alert_view import AlertView
from desktop.ui.parts.calendar_view import CalendarView
from desktop.ui.parts.case_list import CaseList
from desktop.ui.parts.case_reading import CaseHeld, read_case
from desktop.ui.parts.case_tab import CaseTab
from desktop.ui.parts.case_view import CaseView
from desktop.ui.parts.due_view import DueView
from desktop.ui.parts.referral_view import ReferralView
from desktop.ui.parts.summary_view import SummaryView
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.tabs import Tabs

Tab = TypeVar("Tab", bound=CaseTab)
TABS: Final = {
    "due": N_("Due"),
    "calendar": N_("Calendar"),
    "list": N_("List of cases"),
    "alerts": N_("Alerts"),
    "letters": N_("Letters"),
    "summary": N_("Summary"),
}
"""Word (a msgid) of each tab."""


class CasePage(Page):
    """Six tabs, and one case over them. Each is made when it is first shown: together they take
    5 MB and most of the time until the page stands."""

    noun = "cases"
    word = N_("Cases")
    icon = "folder-heart"
    watches = frozenset({
        "cases", "follow_ups", "alerts", "referrals", "visits", "people", "records", "office",
        "organisations",
    })  # fmt: skip
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._case_id = ""
        self._looking = self._look_again = False
        self._stale: set[str] = set()
        self._read_on: date | None = None
        self._here = self.command(_("All cases"), self.close_case, "", "arrow-left")
        for number in range(len(TABS)):
            self.command("", partial(self._turn, number), f"Alt+{number + 1}")
        self._always: Final = tuple(self.actions())
        self.tabs = Tabs(_("Parts of casework"), map(_, TABS.values()), self)
        self._refused = Empty("lock", _("This case is kept to few"), "", (self._here,), self)
        self._blank = QWidget(self)
        self._lay()
        desk.by_changed.connect(lambda _by: self._another_person())

    def _lay(self) -> None:
        self._stack = QStackedWidget(self)
        for part in (self._blank, self._refused):
            self._stack.addWidget(part)
        holder = QVBoxLayout()
        holder.setContentsMargins(24, 0, 24, 0)
        holder.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(holder)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())
        self._stale = set(TABS)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return self.case.title() if self._case_shown else _("Cases and follow-ups")

    def subtitle(self) -> str:
        return self.case.subtitle() if self._case_shown else ""

    def arrive(self, what: object) -> None:
        if isinstance(what, tuple) and len(what) == 2 and what[0] == "case":
            self.open_case(str(what[1]))
        elif isinstance(what, str) and what in TABS:
            self._case_id = ""
            self.tabs.setCurrentIndex(tuple(TABS).index(what))
            self._show_tab()
        elif isinstance(what, str) and what:
            self.open_case(what)
        elif not self._case_id:
            self._show_tab()

    def reload(self) -> None:
        self._stale = set(TABS)
        if not self._case_id:
            self._show_tab()
        elif self._looking:
            # A look that was asked for and not answered yet is noted, and noted once.
            self._look_again = True
        else:
            held = self.case.held
            self._read_case(again=held is not None and held.story.case.id == self._case_id)

    def back(self) -> bool:
        if not self._case_id:
            return False
        self.close_case()
        return True

    def search(self) -> None:
        self.arrive("list")
        self.list.box.setFocus()
        self.list.box.selectAll()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        today = self.desk.now().date()
        if self._read_on not in (None, today):
            self.reload()  # the laptop was left on overnight: what was due tomorrow is due today
        self._read_on = today

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        shown = self._shown
        if isinstance(shown, CaseTab):
            shown.focus_first()

    def _another_person(self) -> None:
        """What one may read, another may not; a question about it is put away too."""
        for asked in self.findChildren(QDialog):
            asked.reject()
        if "list" in vars(self):
            self.list.box.clear()  # a name that she typed
        self._forget_case()
        self._case_id = ""
        self.reload()

    # ── tabs ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def due(self) -> DueView:
        return self._held(DueView(self))

    @cached_property
    def calendar(self) -> CalendarView:
        return self._held(CalendarView(self))

    @cached_property
    def list(self) -> CaseList:
        return self._held(CaseList(self))

    @cached_property
    def alerts(self) -> AlertView:
        return self._held(AlertView(self))

    @cached_property
    def letters(self) -> ReferralView:
        return self._held(ReferralView(self))

    @cached_property
    def summary(self) -> SummaryView:
        return self._held(SummaryView(self))

    @cached_property
    def case(self) -> CaseView:
        """The one case that is open."""
        return self._held(CaseView(self))

    def _held(self, view: Tab) -> Tab:
        self._stack.addWidget(view)
        view.opened.connect(self.open_case)
        view.turned.connect(partial(self._turned, view))
        return view

    @property
    def _shown(self) -> QWidget | None:
        return self._stack.currentWidget()

    def _turn(self, place: int) -> None:
        self._case_id = ""
        self.tabs.setCurrentIndex(place)
        self._show_tab()
        view = self._shown
        if isinstance(view, CaseTab):
            view.focus_first()

    def _show_tab(self) -> None:
        self._case_id = ""
        name = tuple(TABS)[self.tabs.currentIndex()]
        view = cast("CaseTab", getattr(self, name))
        self.tabs.show()
        self._stack.setCurrentWidget(view)
        if name in self._stale:
            self._stale.discard(name)
            view.reload()
        self._turned(view)

    def _turned(self, view: CaseTab) -> None:
        """Show what can be done; the keys of what is not seen sleep."""
        if view is not self._shown:
            return
        self.primary, self.secondary = view.offers()
        awake = {*self._always, self.primary, *self.secondary, *view.keys()}
        for action in self.actions():
            action.setEnabled(action in awake)
        self.header_changed.emit()

    # ── one case ─────────────────────────────────────────────────────────────────────────────

    def open_case(self, case_id: str) -> None:
        """Show one case; for a restricted one of others, the sentence that says whom to ask."""
        self._case_id = case_id
        self._read_case(again=False)

    def close_case(self) -> None:
        """Go back to the tab it was opened from."""
        self._forget_case()
        self._show_tab()

    @property
    def _case_shown(self) -> bool:
        return isinstance(self._shown, CaseView)

    def _forget_case(self) -> None:
        self._looking = self._look_again = False
        if "case" in vars(self):
            self.case.forget()

    def _read_case(self, *, again: bool) -> None:
        # Made before the question: while it was made, the first of two would be answered too.
        shown = self.case
        by, case_id = self.desk.by, self._case_id

        def read() -> CaseHeld:
            return read_case(self.desk.store, by, case_id, again=again)

        def then(held: CaseHeld) -> None:
            if case_id == self._case_id and by == self.desk.by:
                self.tabs.hide()
                self._stack.setCurrentWidget(shown)
                shown.show_held(held)
                if self._answered():
                    self._read_case(again=True)

        def failed(error: Exception) -> None:
            self._answered()
            if case_id != self._case_id:
                return
            if isinstance(error, LookupError):
                self.close_case()
                self.desk.trouble.emit(_("This case is no longer here."))
            elif isinstance(error, Problem):
                self._refuse(str(error))
            else:
                self.desk.fail(error)

        self._looking, self._look_again = not again, False
        self.desk.tasks.run("reader", self, read, then, failed, latest="case")

    def _answered(self) -> bool:
        """Take note that the look was answered; whether something changed meanwhile."""
        changed, self._looking, self._look_again = self._look_again, False, False
        return changed

    def _refuse(self, sentence: str) -> None:
        self._forget_case()
        self.tabs.hide()
        self._refused.say(_("This case is kept to few"), sentence)
        self._stack.setCurrentWidget(self._refused)
        self.primary, self.secondary = None, ()
        for action in self.actions():
            action.setEnabled(action in self._always)
        self.header_changed.emit()

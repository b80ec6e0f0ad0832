# SPDX-License-Identifier: Apache-2.0
"""One case: how far it has come, what is known, who looks after it, and all that hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.case_file import ORDER, is_ahead
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.parts.alert_steps import AlertSteps
from desktop.ui.parts.assistance_list import AssistanceList
from desktop.ui.parts.case_asking import CaseAsking
from desktop.ui.parts.case_card import Card, empty
from desktop.ui.parts.case_facts import CaseFacts
from desktop.ui.parts.case_log import CaseFollowUps, CaseLog, CaseVisits
from desktop.ui.parts.case_people import CasePeople
from desktop.ui.parts.case_tab import CaseTab
from desktop.ui.parts.case_terms import problem_words, status_state, urgency_state
from desktop.ui.parts.case_way import CaseWay
from desktop.ui.parts.due_actions import begin_follow_up
from desktop.ui.parts.record_strip import RecordStrip
from desktop.ui.parts.referral_list import ReferralList
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.model.alert import AlertLine
    from desktop.model.case_file import CaseFile
    from desktop.ui.parts.case_reading import CaseHeld

_WIDE: Final = 1080
"""From this width on the cards stand in two columns."""


class CaseView(CaseTab):
    """Filled by ``show_held``; ``forget`` takes everything off the screen."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.held: CaseHeld | None = None
        run = page.command
        self._back = run(_("All cases"), self._leave, "", "arrow-left")
        self._done = run(_("Followed up: write it down"), self._follow_up, "F3", "check")
        self._move = run(_("Next step"), self._ask_step, "F4", "arrow-right")
        self._close = run(_("Close the case"), self._ask_close, "", "circle-check")
        self._reopen = run(_("Open it again"), self._ask_reopen, "", "lock-open")
        self._lift = run(_("End the restriction"), self._ask_lift, "", "lock-open")
        self._inside = QWidget(self)
        inside = self._inside
        self._badges = QHBoxLayout()
        self._badges.setSpacing(8)
        self._card = Card(_("How far it has come"), inside)
        self._next = self._card.offer(_("Next step"), "arrow-right", self._ask_step, "F4")
        self.way = CaseWay(self._card)
        self._card.rows.addLayout(self._badges)
        self._card.rows.addWidget(self.way)
        self.facts = CaseFacts(page, inside)
        self.follow_ups = CaseFollowUps(page, inside)
        self.letters = ReferralList(page, inside)
        self.aids = AssistanceList(page, inside)
        self.people = CasePeople(page, inside)
        self.visits = CaseVisits(page, inside)
        self.log = CaseLog(inside)
        self._letter = run(_("New letter"), self.letters.write, "F7", "file-plus")
        self._aid = run(_("Add assistance"), self.aids.add, "F8", "hand-heart")
        self._edit = run(_("Put right"), self.facts.edit, "F6", "pencil")
        self._steps: dict[str, AlertSteps] = {}
        self._alerts = QVBoxLayout()
        self._alerts.setSpacing(12)
        self._lay()

    def _lay(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(12)
        lefts: tuple[Card, ...] = (self.facts, self.people, self.visits, self.log)
        for card in lefts:
            left.addWidget(card)
        left.addStretch(1)
        right.addLayout(self._alerts)
        rights: tuple[Card, ...] = (self.follow_ups, self.letters, self.aids)
        for card in rights:
            right.addWidget(card)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(12)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        whole = QVBoxLayout(self._inside)
        whole.setContentsMargins(24, 4, 24, 16)
        whole.setSpacing(12)
        whole.addWidget(self._card)
        whole.addLayout(self._columns)
        whole.addStretch(1)
        self._scroll = Scroll(self._inside, self)
        self.stage = RecordStrip(self.desk, self)
        self.stage.wanted.connect(lambda what: self.page.go.emit("sync", what))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stage)
        column.addWidget(self._scroll, 1)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        """Whose case it is."""
        if self.held is None:
            return _("Case")
        story = self.held.story
        return story.person or _("Case {number}").format(number=story.case.case_no)

    def subtitle(self) -> str:
        """Its number and its problems."""
        if self.held is None:
            return ""
        case = self.held.story.case
        words = problem_words(case.problems, case.main_problem)
        number = case.case_no if self.held.story.person else ""
        return "  ·  ".join(part for part in (number, words) if part)

    def show_held(self, held: CaseHeld) -> None:
        """Show a case; the same one anew keeps its place."""
        same = self.held is not None and self.held.story.case.id == held.story.case.id
        self.held = held
        story, case = held.story, held.story.case
        empty(self._badges)
        states = [urgency_state(case.urgency)]
        if not case.is_open:
            states.insert(0, status_state(case))
        for state in states:
            self._badges.addWidget(Badge(*state, parent=self._card))
        if case.restricted:
            words = _("Restricted: only those who look after it can read it")
            self._badges.addWidget(Badge(words, "lock", "red", self._card))
        self._badges.addStretch(1)
        self._next.setVisible(case.is_open and bool(self._ahead(case)))
        self.way.show_case(case, story.steps, story.names)
        parts = (("case_step", one.id) for one in story.steps)
        self.stage.show_record("case_file", case.id, (("case_file", case.id), *parts))
        self.facts.show_held(held)
        self.people.show_held(held)
        self.follow_ups.show_held(held)
        self.letters.show_letters(story, held.agencies)
        self.aids.show_assistance(case.id, story.assistance, is_open=case.is_open)
        self.visits.show_held(held)
        self.log.show_held(held)
        self._show_alerts(story.alerts)
        self._scroll.fit()
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
        self.turned.emit()

    def _show_alerts(self, lines: tuple[AlertLine, ...]) -> None:
        """The handling of each alert; a step that is being typed stays when the case is read."""
        if [line.alert.id for line in lines] != list(self._steps):
            empty(self._alerts)
            self._steps = {}
            for line in lines:
                steps = AlertSteps(self.desk, _nothing, self._inside)
                self._steps[line.alert.id] = steps
                self._alerts.addWidget(steps)
        for line in lines:
            self._steps[line.alert.id].show_line(line)

    def forget(self) -> None:
        """Show nothing of the case any more."""
        self.held = None
        self.stage.clear()
        empty(self._alerts)
        self._steps = {}

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        if self.held is None:
            return None, ()
        case = self.held.story.case
        if not case.is_open:
            return self._reopen, (self._back,)
        lift = (self._lift,) if case.restricted and not self._protects(case) else ()
        return self._done, (self._back, *lift, self._close)

    def keys(self) -> tuple[QAction, ...]:
        if self.held is None or not self.held.story.case.is_open:
            return ()
        return (self._letter, self._aid, self._edit, self._move)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        wide = self.width() >= theme.scaled(_WIDE)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def reload(self) -> None:
        """The page reads the case."""

    def _protects(self, case: CaseFile) -> bool:
        return any(
            found.extra.get("child_protect")
            for one in case.problems
            if (found := codelist.code("problem", one)) is not None
        )

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def _leave(self) -> None:
        self.page.back()

    def _follow_up(self) -> None:
        if self.held is not None:
            begin_follow_up(self.page, self.held.story.case.id)

    def _ahead(self, case: CaseFile) -> list[tuple[str, str]]:
        return [
            (one, codelist.word("case_status", one))
            for one in ORDER
            if one != "closed" and is_ahead(one, case.status)
        ]

    def _ask_step(self) -> None:
        if self.held is None:
            return
        from desktop.actions.case_file import move_case

        case = self.held.story.case
        ahead = self._ahead(case)
        if not ahead:
            return
        CaseAsking(
            self.page,
            self.desk,
            _("How far has it come?"),
            _("A case goes forward only. What happened before stays in its log."),
            _("Note it"),
            lambda store, by, status, reason: move_case(store, by, case.id, status, reason),
            options=ahead,
            option_label=_("Status"),
            reason=_("In a few words (may be empty)"),
            said=_("Status changed"),
        )

    def _ask_close(self) -> None:
        if self.held is None:
            return
        from desktop.actions.case_file import close_case

        case = self.held.story.case
        CaseAsking(
            self.page,
            self.desk,
            _("Close case {number}").format(number=case.case_no),
            _("Its follow-ups are then due no longer. It can be opened again."),
            _("Close the case"),
            lambda store, by, _choice, reason: close_case(store, by, case.id, reason),
            reason=_("Why it is closed"),
            must=True,
            said=_("Case {number} is closed").format(number=case.case_no),
            icon="circle-check",
        )

    def _ask_reopen(self) -> None:
        if self.held is None:
            return
        from desktop.actions.case_file import reopen

        case = self.held.story.case
        CaseAsking(
            self.page,
            self.desk,
            _("Open case {number} again").format(number=case.case_no),
            "",
            _("Open it again"),
            lambda store, by, _choice, reason: reopen(store, by, case.id, reason),
            reason=_("Why it is opened again"),
            must=True,
            said=_("Case {number} is open again").format(number=case.case_no),
            icon="lock-open",
        )

    def _ask_lift(self) -> None:
        if self.held is None:
            return
        from desktop.actions.case_file import lift

        case = self.held.story.case
        CaseAsking(
            self.page,
            self.desk,
            _("End the restriction of case {number}").format(number=case.case_no),
            _("Every facilitator of this office can then read it."),
            _("End the restriction"),
            lambda store, by, _choice, reason: lift(store, by, case.id, reason),
            reason=_("Reason"),
            must=True,
            said=_("No longer restricted"),
            icon="lock-open",
        )


def _nothing() -> None:
    """The page reads the case anew when the store has changed."""

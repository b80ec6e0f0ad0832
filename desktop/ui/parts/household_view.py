# SPDX-License-Identifier: Apache-2.0
"""One household: the family, the visits, the five dimensions, cases, aid, consent and photos."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.case_words import state_word
from desktop.i18n import _
from desktop.model.position import spoken
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts.consent_withdrawal import consent_line
from desktop.ui.parts.dimension_chart import DimensionChart
from desktop.ui.parts.family_tree import FamilyTree
from desktop.ui.parts.household_lines import Line, Lines
from desktop.ui.parts.household_photos import HouseholdPhotos
from desktop.ui.parts.household_words import URGENCIES, baht, day_words, due_state
from desktop.ui.parts.record_strip import RecordStrip
from desktop.ui.parts.visit_history import visit_lines, visit_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.model.assistance import Assistance
    from desktop.store.case_list import CaseRow
    from desktop.ui.parts.household_reading import Story

_STATES: Final = {
    "wanted": ("hand-heart", "amber"),
    "promised": ("clock", "accent"),
    "given": ("circle-check", "green"),
}


class HouseholdView(QWidget):
    """The parts keep nothing themselves: the page hears the signals, each with an id."""

    record_wanted = Signal(str)
    case_wanted = Signal(str)
    member_wanted = Signal(str)
    withdrawal_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.story: Story | None = None
        inside = QWidget(self)
        self._inside = inside
        self.tree = FamilyTree(inside)
        self.tree.chosen.connect(self.member_wanted)
        self.words = Label("", parent=inside)
        told = self._told = QWidget(inside)
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addStretch(1)
        self.as_words = Button(
            _("In words"), self._turn_tree, kind="quiet", icon="list", parent=inside
        )
        self._family = QStackedWidget(inside)
        self._family.addWidget(self.tree)
        self._family.addWidget(told)
        self.visits = Lines(_("Visits"), inside)
        self.cases = Lines(_("Cases"), inside)
        self.aid = Lines(_("Aid"), inside)
        self.consents = Lines(_("Consent"), inside)
        self.chart = DimensionChart(inside)
        self.photos = HouseholdPhotos(desk, inside)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(2)
        self._facts.setColumnStretch(1, 1)
        self._empty: dict[QWidget, Label] = {}
        self.visits.chosen.connect(self.record_wanted)
        self.cases.chosen.connect(self.case_wanted)
        self.consents.chosen.connect(self.withdrawal_wanted)
        self._lay()
        self.room = Scroll(inside, self)
        self.tree.moved.connect(lambda where: self._follow(self.tree, where))
        for lines in (self.visits, self.cases, self.aid, self.consents):
            lines.moved.connect(partial(self._follow_line, lines))
        self.stage = RecordStrip(desk, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.stage)
        whole.addWidget(self.room, 1)

    def _lay(self) -> None:
        hint = _("Enter on a name corrects how they are related.")
        family = self._card(_("Family"), self._family, hint, self.as_words)
        visits = self._card(
            _("Visits"), self._or_words(self.visits, _("Nobody has visited them yet.")),
            _("Enter opens what was written."),
        )  # fmt: skip
        photos = self._card(_("Photos"), self.photos)
        chart = self._card(
            _("Five dimensions"),
            self._or_words(self.chart, _("A visit at which somebody was met looks at them.")),
        )
        cases = self._card(_("Cases"), self._or_words(self.cases, _("No case that you may read.")))
        aid = self._card(_("Aid"), self._or_words(self.aid, _("No aid is written down.")))
        consent = self._card(
            _("Consent"), self._or_words(self.consents, _("Nobody was asked yet.")),
            _("Enter: a person takes it back."),
        )  # fmt: skip
        holder = QWidget(self._inside)
        holder.setLayout(self._facts)
        facts = self._card(_("House"), holder)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (family, visits, photos)),
            (right, (chart, cases, aid, consent, facts)),
        ):
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        across = QHBoxLayout(self._inside)
        across.setContentsMargins(24, 0, 24, 16)
        across.setSpacing(12)
        across.addLayout(left, 11)
        across.addLayout(right, 9)

    def _card(
        self, title: str, body: QWidget, hint: str = "", more: QWidget | None = None
    ) -> QFrame:
        card = QFrame(self._inside)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 8, 14, 12)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(title, theme.LEAD, weight=600, wrap=False, parent=card))
        said = Label(hint, theme.SMALL, "quiet", parent=card)
        head.addWidget(said, 1)
        if more is not None:
            head.addWidget(more)
        column.addLayout(head)
        column.addWidget(body)
        return card

    def _or_words(self, part: QWidget, words: str) -> QWidget:
        """A part with the words that stand in its place while it has nothing to show."""
        holder = QWidget(self._inside)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        label = Label(words, tone="quiet", parent=holder)
        column.addWidget(part)
        column.addWidget(label)
        self._empty[part] = label
        return holder

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_story(self, story: Story, today: date) -> None:
        """Show a household; scroll and selection stay when it is the one that is shown."""
        before, self.story = self.story, story
        fresh = before is None or before.household.id != story.household.id
        self.tree.show_members(story.members)
        self.words.setText(self.tree.text() or _("Nobody is known to live here."))
        self.visits.show_lines(visit_lines(story.visits))
        self.cases.show_lines(tuple(_case_line(row, today) for row in story.cases))
        self.aid.show_lines(tuple(_aid_line(one) for one in story.aid))
        self.consents.show_lines(tuple(consent_line(one) for one in story.consents))
        self.chart.show_assessments(story.assessments)
        self.photos.show_photos(story.photos)
        for part, some in (
            (self.visits, story.visits),
            (self.cases, story.cases),
            (self.aid, story.aid),
            (self.consents, story.consents),
            (self.chart, story.assessments),
        ):
            part.setVisible(bool(some))
            self._empty[part].setVisible(not some)
        self._show_facts(story)
        self.stage.show_record("household", story.household.id, _records(story))
        if fresh:
            self.room.verticalScrollBar().setValue(0)

    def _follow_line(self, lines: Lines, _key: str) -> None:
        if lines.hasFocus():
            self._follow(lines.viewport(), lines.visualRect(lines.currentIndex()))

    def _follow(self, part: QWidget, where: QRect) -> None:
        """Bring what an arrow led to into sight: the page scrolls, not its parts."""
        middle = part.mapTo(self._inside, where.center())
        self.room.ensureVisible(middle.x(), middle.y(), 0, where.height())

    def clear(self) -> None:
        """Forget what was shown: somebody else sits down."""
        self.story = None
        self.stage.clear()
        self.tree.show_members(())
        self.words.setText("")
        for lines in (self.visits, self.cases, self.aid, self.consents):
            lines.show_lines(())
        self.chart.show_assessments(())
        self.photos.show_photos(())

    def visit_id(self) -> str:
        """The visit that is current in the list, otherwise the latest."""
        return "" if self.story is None else visit_of(self.story.visits, self.visits.key())

    def focus_first(self) -> None:
        """Into the visits, or the family where there are none."""
        story = self.story
        part = self.visits if story is not None and story.visits else self.tree
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_tree(self) -> None:
        drawn = self._family.currentWidget() is self.tree
        self._family.setCurrentWidget(self._told if drawn else self.tree)
        self.as_words.setText(_("As a drawing") if drawn else _("In words"))
        self.as_words.set_icon("users" if drawn else "list")

    def _show_facts(self, story: Story) -> None:
        while self._facts.count():
            old = self._facts.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        holder = self._facts.parentWidget()
        for row, (name, value) in enumerate(_facts(story)):
            key = Label(name, theme.SMALL, "quiet", wrap=False, parent=holder)
            self._facts.addWidget(key, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(Label(value, parent=holder), row, 1)


def _records(story: Story) -> list[tuple[str, str]]:
    """What stands on this page of the household's own: how far these are is told together."""
    return [
        ("household", story.household.id),
        *(("member", one.id) for one in (*story.members, *story.gone)),
        *(("visit", line.visit.id) for line in story.visits),
    ]


def _facts(story: Story) -> list[tuple[str, str]]:
    house = story.household
    welfare = ", ".join(codelist.word("welfare_received", one) for one in house.welfare)
    cares = ", ".join(codelist.word("dependent", one) for one in house.dependants)
    income = house.income_per_head_year
    gone = ", ".join(f"{one.name} ({day_words(one.left_on)})" for one in story.gone)
    every = (
        (_("What the household needs"), house.needs),
        (_("Landmark"), house.landmark),
        (_("Telephone"), house.phone),
        (_("House code"), house.house_code),
        (_("Dwelling"), codelist.word("housing_tenure", house.tenure) if house.tenure else ""),
        (_("Income a head"), "" if income is None else _("{amount} baht a year").format(
            amount=f"{income:,.0f}")),
        (_("Cares for"), cares),
        (_("Welfare received"), welfare),
        (_("Place on the map"), "" if house.position is None else spoken(house.position)),
        (_("Moved away"), gone),
    )  # fmt: skip
    return [(name, value) for name, value in every if value] or [(_("Nothing more is known."), "")]


def _case_line(row: CaseRow, today: date) -> Line:
    case = row.case
    problem = codelist.word("problem", case.main_problem) if case.main_problem else ""
    head = " · ".join(part for part in (row.name, problem) if part) or case.case_no
    status = codelist.word("case_status", case.status)
    due = ""
    if row.next_due is not None:
        due = _("follow-up {when}").format(when=due_state(row.next_due, today)[0])
    under = " · ".join(part for part in (due, status, case.case_no, row.owner) if part)
    icon, tone = URGENCIES.get(case.urgency, ("circle", "grey"))
    word = codelist.word("urgency", case.urgency)
    if not case.is_open:
        word, icon, tone = _("closed"), "check", "grey"
    if case.restricted:
        word, icon = _("{urgency}, restricted").format(urgency=word), "lock"
    return Line(case.id, head, under, (word, icon, tone))


def _aid_line(one: Assistance) -> Line:
    icon, tone = _STATES.get(one.state, ("circle", "grey"))
    kind = codelist.word("aid_kind", one.kind)
    head = " · ".join(part for part in (kind, one.item) if part)
    money = "" if one.amount is None else baht(one.amount)
    fund = codelist.word("money_category", one.fund) if one.fund else ""
    if one.amount and not one.fund:
        fund = _("no fund named")
    count = "" if one.quantity is None else f"× {one.quantity}"
    under = " · ".join(
        part for part in (day_words(one.on.isoformat()), money, count, fund) if part
    )
    return Line("", head, under, (state_word(one.state), icon, tone))

# SPDX-License-Identifier: Apache-2.0
"""The row the keys are on: what is wrong with it in whole sentences, and who it may be.

Somebody who may be known already is shown beside the one on file. What the facilitator decides
is kept with the row; what she leaves for later comes in as a new person with a note that says
so, because two entries of one person can be put right later and a wrong merge cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _
from desktop.imports.roster import ReadRow
from desktop.model.person import Likeness
from desktop.thai.names import full_name
from desktop.ui import theme
from desktop.ui.attendance_words import province_words
from desktop.ui.parts.known_rows import Decision
from desktop.ui.tables.incoming import said
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

_WIDE: Final = 1040
"""Below it the events somebody was at have no room beside her."""
_WHY: Final = {
    "identifier": N_("The same identity number"),
    "name_area_birth": N_("The same name, province and year of birth"),
    "name_area": N_("The same name and province"),
    "name": N_("A like name"),
}
_DECIDED: Final[dict[Decision, str]] = {
    "": N_("Not decided: comes in as a new person, with a note"),
    "same": N_("The same person: nothing is entered twice"),
    "other": N_("Somebody else: comes in as a new person"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that is to be taken in, and the person on file it was said to be."""

    row: ReadRow
    known_person_id: str | None
    undecided: bool
    """She may be known and nobody said so: she comes in as new, with a note."""


class RowCard(QFrame):
    """``left_out`` with Delete, ``suggested(field, text)`` takes a suggestion, ``decided`` says
    whether the person is the one on file."""

    left_out = Signal()
    suggested = Signal(str, str)
    decided = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._row: ReadRow | None = None
        self._known: tuple[Likeness, ...] = ()
        self._at = 0
        self._here_already = False
        self._name = Label("", weight=600, wrap=False, parent=self)
        self._line = Label("", "small", "quiet", wrap=False, parent=self)
        self._what = Label("", "small", "quiet", wrap=False, parent=self)
        self._problems = Label("", "body", "text", parent=self)
        self._first = Label("", "small", "amber", weight=600, parent=self)
        self._first.hide()
        self.suggest = Button("", self._suggest, icon="check", parent=self)
        self.out = Button("", self.left_out.emit, kind="quiet", icon="user-minus", parent=self)
        self.out.show_key("Delete")
        self._plain = self._make_plain()
        self._pair = self._make_pair()
        self._pair.hide()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._line)
        head.addWidget(self._name)
        head.addWidget(self._what, 1)
        head.addWidget(self.suggest)
        head.addWidget(self.out)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._first)
        column.addWidget(self._plain)
        column.addWidget(self._pair)

    def _make_plain(self) -> QWidget:
        plain = QWidget(self)
        column = QVBoxLayout(plain)
        column.setContentsMargins(0, 0, 0, 0)
        plain.setMinimumHeight(theme.scaled(30))
        column.addWidget(self._problems)
        column.addStretch()
        return plain

    def _make_pair(self) -> QWidget:
        pair = QWidget(self)
        self._here = _Side(_("On this list"), pair)
        self._there = _Side(_("On file"), pair)
        self.same = Button(
            _("The same person"), lambda: self.decided.emit("same"), kind="choice",
            icon="user-check", key="F6", parent=pair,
        )  # fmt: skip
        self.other = Button(
            _("Somebody else"), lambda: self.decided.emit("other"), kind="choice",
            icon="users", key="F7", parent=pair,
        )  # fmt: skip
        self.same.setCheckable(True)
        self.other.setCheckable(True)
        self._more = Button("", self._turn, kind="quiet", icon="chevron-right", parent=pair)
        buttons = QVBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.same)
        buttons.addWidget(self.other)
        buttons.addWidget(self._more)
        buttons.addStretch()
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self._here, 4)
        across.addWidget(self._there, 5)
        across.addLayout(buttons, 2)
        across.setContentsMargins(0, 0, 0, 0)
        # A name and three lines of facts, which is what most people have.
        pair.setMinimumHeight(theme.scaled(108))
        pair.setLayout(across)
        return pair

    def set_roomy(self, roomy: bool) -> None:
        """Keep room for two side by side, so that the table stays as high from row to row."""
        room = theme.scaled(108 + 62) if roomy else 0
        if room != self.minimumHeight():
            self.setMinimumHeight(room)

    def _show_side(self, *, paired: bool) -> None:
        self._pair.setVisible(paired)
        self._plain.setVisible(not paired)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_row(
        self,
        row: ReadRow | None,
        known: Sequence[Likeness] = (),
        decision: Decision = "",
        person_id: str = "",
        *,
        out: bool = False,
        paired: bool = True,
        here: bool = False,
    ) -> None:
        """Show a row; ``known`` are those it may be, ``out`` says that it is left out, ``paired``
        that there is room for two side by side, ``here`` that she is on this roster."""
        self._here_already = here
        if row is None or self._row is None or row.line_no != self._row.line_no:
            self._at = 0
        self._row, self._known = row, tuple(known)
        self._what.setText("")
        if person_id:
            ids = [like.person_id for like in self._known]
            self._at = ids.index(person_id) if person_id in ids else 0
        self.setEnabled(row is not None)
        if row is None:
            self._name.setText("")
            self._line.setText("")
            self._first.hide()
            self._problems.setText(_("Choose a row to see what is to be said of it."))
            self._show_side(paired=False)
            self.suggest.hide()
            self.out.hide()
            return
        person = row.person
        name = full_name(person.title, person.first, person.middle, person.last)
        self._name.setText(name or _("No name"))
        self._line.setText(_("Line {number}").format(number=row.line_no))
        self.out.setText(_("Bring back") if out else _("Leave out"))
        self.out.set_icon("user-plus" if out else "user-minus")
        # A line that is no person (a heading, a total) has nothing to bring back.
        self.out.setVisible(bool(row.values))
        hint = next((one for one in row.problems if one.suggestion), None)
        self.suggest.setVisible(hint is not None and not out)
        if hint is not None:
            self.suggest.setText(_("Take “{text}”").format(text=hint.suggestion))
        self._problems.setText("\n".join(said(one) for one in row.problems) or _("All is well."))
        self._show_pair(row, decision, out=out, roomy=paired)

    def _show_pair(self, row: ReadRow, decision: Decision, *, out: bool, roomy: bool) -> None:
        asked = bool(self._known) and not out and row.ready
        paired = asked and roomy
        self._first.setVisible(paired and bool(row.problems))
        self._first.setText(" ".join(said(one) for one in row.problems))
        self._show_side(paired=paired)
        if asked:
            like = self._known[self._at]
            here = self._here_already and not decision
            comes = _("On this roster already: not added again") if here else _(_DECIDED[decision])
            self._what.setText(f"{_(_WHY[like.why])} · {comes}")
        if not paired:
            return
        like = self._known[self._at]
        person = row.person
        self._here.show_facts(
            full_name(person.title, person.first, person.middle, person.last),
            person.organisation,
            province_words(person.area[:2]) or person.province,
            person.birth_year,
            person.identifier[-4:],
            (),
        )
        self._there.show_facts(
            like.name,
            like.organisation,
            province_words(like.province),
            like.birth_year,
            like.last4,
            like.events if self.width() > theme.scaled(_WIDE) else (),
        )
        self.same.setChecked(decision == "same")
        self.other.setChecked(decision == "other")
        self._more.setVisible(len(self._known) > 1)
        self._more.setText(
            _("Another like her, {at} of {count}").format(at=self._at + 1, count=len(self._known))
        )

    @property
    def likeness(self) -> Likeness | None:
        """The one on file that is shown."""
        return self._known[self._at] if self._known else None

    def _turn(self) -> None:
        if self._known and self._row is not None:
            self._at = (self._at + 1) % len(self._known)
            self._show_pair(self._row, "", out=False, roomy=True)

    def _suggest(self) -> None:
        row = self._row
        hint = next((one for one in row.problems if one.suggestion), None) if row else None
        if hint is not None:
            self.suggested.emit(hint.field, hint.suggestion)


class _Side(QFrame):
    """What is known of one of two."""

    def __init__(self, head: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._name = Label("", weight=600, wrap=False, parent=self)
        self._facts = Label("", "small", "text", parent=self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(head, "small", "quiet", weight=600, wrap=False, parent=self))
        line.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._facts)
        column.addStretch()

    def show_facts(
        self,
        name: str,
        organisation: str,
        province: str,
        birth_year: int | None,
        last4: str,
        events: Sequence[str],
    ) -> None:
        self._name.setText(name)
        facts = [
            organisation,
            province,
            "" if birth_year is None else _("born in พ.ศ. {year}").format(year=birth_year),
            _("number ends in {digits}").format(digits=last4) if last4 else "",
            _("was at: {events}").format(events=events[-1]) if events else "",
        ]
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self.setAccessibleName(f"{name}. {self._facts.text()}")

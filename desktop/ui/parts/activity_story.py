# SPDX-License-Identifier: Apache-2.0
"""One activity of volunteers: its roles and aims, who took part, what came of it, its photos."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.assistance import SATANG
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.icons import Icon
from desktop.ui.parts.activity_reading import ActivityStory, day_words
from desktop.ui.parts.household_photos import HouseholdPhotos
from desktop.ui.parts.household_reading import PhotoLine
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.label import Label

_TOP: Final = Qt.AlignmentFlag.AlignTop


class ActivityView(QWidget):
    """Nothing can be changed here: the form is corrected, and this follows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._people_card())
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self._roles_card(), 3)
        across.addWidget(self._facts_card(), 4)
        column.addLayout(across)
        photos = QFrame(self)
        photos.setObjectName("card")
        inside = QVBoxLayout(photos)
        inside.setContentsMargins(16, 10, 16, 12)
        inside.addWidget(Label(_("Photos"), theme.SMALL, "quiet", 600, parent=photos))
        self.photos = HouseholdPhotos(desk, photos)
        inside.addWidget(self.photos)
        self._photo_card = photos
        column.addWidget(photos)
        column.addStretch()

    def _people_card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        self.figures = [
            Figure(word, "0", parent=card)
            for word in (
                _("took part"),
                _("children"),
                _("youth"),
                _("volunteers"),
                _("network"),
            )
        ]
        for figure in self.figures:
            row.addWidget(figure, 1)
        return card

    def _roles_card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(4)
        head = Label(_("Roles of junior volunteers"), theme.SMALL, "quiet", 600, parent=card)
        column.addWidget(head)
        self._roles = QGridLayout()
        self._roles.setHorizontalSpacing(10)
        self._roles.setVerticalSpacing(4)
        self._roles.setColumnStretch(1, 1)
        self._marks: dict[str, tuple[Icon, Label]] = {}
        said_high = round(theme.pixels(theme.BODY) * theme.LINE) + 8
        for place, role in enumerate(codelist.codes("noi_role")):
            # As high as a line of the words beside it, so that both stand in one line.
            mark = Icon("circle", "grey", 20, card)
            mark.setFixedSize(theme.scaled(20), said_high)
            said = Label("", parent=card)
            self._roles.addWidget(mark, place, 0, _TOP)
            self._roles.addWidget(said, place, 1)
            self._marks[role.code] = (mark, said)
        column.addLayout(self._roles)
        column.addStretch()
        return card

    def _facts_card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 10, 16, 12)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        column.addLayout(self._facts)
        column.addStretch()
        self._facts_holder = card
        return card

    def show_story(self, story: ActivityStory) -> None:
        """Show an activity."""
        one = story.row.activity
        counts = (one.people, one.children, one.youth, one.volunteers, one.network)
        for figure, count in zip(self.figures, counts, strict=True):
            figure.show_figure(f"{count:,}")
        for number, (code, (mark, said)) in enumerate(self._marks.items(), 1):
            word, done = codelist.word("noi_role", code), code in one.noi_roles
            mark.show_icon("circle-check" if done else "circle", "green" if done else "grey")
            said.setText(f"{number}. {word}")
            said.set_tone("text" if done else "quiet")
            # The icon alone would not be heard.
            taken = _("{role}: taken") if done else _("{role}: not taken")
            said.setAccessibleName(taken.format(role=word))
        self._show_facts(story)
        day = one.held_on.isoformat()
        self.photos.show_photos(tuple(PhotoLine(file, day, allowed=True) for file in story.photos))
        self._photo_card.setVisible(bool(story.photos))

    def _show_facts(self, story: ActivityStory) -> None:
        while self._facts.count():
            old = self._facts.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        place = 0
        for head, said in facts(story):
            if said:
                held = self._facts_holder
                label = Label(head, theme.SMALL, "quiet", 600, parent=held)
                self._facts.addWidget(label, place, 0, _TOP)
                self._facts.addWidget(Label(said, parent=held), place, 1)
                place += 1


def facts(story: ActivityStory) -> tuple[tuple[str, str], ...]:
    """What is known of an activity besides its roles and counts, in the order it is read."""
    one = story.row.activity

    def words(name: str, chosen: frozenset[str]) -> str:
        every = (each.code for each in codelist.codes(name))
        return "\n".join(codelist.word(name, code) for code in every if code in chosen)

    budget = "" if one.budget is None else _("{amount} baht").format(amount=_money(one.budget))
    return (
        (_("Held on"), day_words(one.held_on)),
        (_("Where it was"), story.row.where),
        (_("In honour of"), one.occasion),
        (_("4S aims"), words("aim_4s", one.aims)),
        (_("Welfare systems"), words("welfare_system", one.systems)),
        (_("Mentor"), story.mentor),
        (_("Junior volunteers"), "\n".join(story.juniors)),
        (_("Innovation"), one.innovation),
        (_("Problem it answers"), one.problem),
        (_("Budget"), budget),
        (_("What came of it"), one.result),
        (_("Part of the event"), story.row.event),
    )


def _money(satang: int) -> str:
    return f"{satang // SATANG:,}" if satang % SATANG == 0 else f"{satang / SATANG:,.2f}"

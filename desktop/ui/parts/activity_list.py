# SPDX-License-Identifier: Apache-2.0
"""The activities of volunteers: the four roles with their counts, and a table under them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.store import codelist
from desktop.ui.parts.activity_reading import Volunteers, roles_of
from desktop.ui.tables.activity import DAY, EVENT, NAME, PEOPLE, ROLES, WHERE, ActivityModel
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.role_card import RoleCard
from desktop.ui.widgets.table import Table

_WIDTHS: Final = (130, 320, 280, 110, 110, 240)


class ActivityList(QWidget):
    """``opened`` comes with the id of an activity."""

    opened = Signal(str)

    def __init__(self, begin: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ActivityModel(self)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(24, 4, 24, 8)
        column.setSpacing(10)
        across = QGridLayout()
        across.setSpacing(12)
        self.cards: dict[str, RoleCard] = {}
        for place, role in enumerate(codelist.codes("noi_role")):
            card = RoleCard(place + 1, codelist.word("noi_role", role.code), whole)
            self.cards[role.code] = card
            across.addWidget(card, 0, place)
            across.setColumnStretch(place, 1)
        column.addLayout(across)
        self.sums = Label("", tone="quiet", parent=whole)
        column.addWidget(self.sums)
        self.table = Table(
            _("Activities of volunteers"), self.model, widths=_WIDTHS, stretch=NAME, parent=whole
        )
        for long in (NAME, WHERE, EVENT):
            self.table.setItemDelegateForColumn(long, MiddleCell(self.table))
        self.table.chosen.connect(self._open)
        column.addWidget(self.table, 1)
        self.empty = Empty(
            "hand-heart",
            _("No activity of volunteers yet"),
            _(
                "What volunteers did for the community is written down here, with the roles they "
                "took and how many people took part."
            ),
            (begin,),
            self,
        )
        self._whole = whole
        self._stack = QStackedLayout(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)

    def show_volunteers(self, found: Volunteers, *, every: bool) -> None:
        """Show these; ``every`` when they are of all events. The current row stays current."""
        current = self.current()
        self.model.hold(found.rows)
        for role in roles_of(found.totals):
            if role.role in self.cards:
                self.cards[role.role].show_counts(role.activities, role.people)
        self.sums.setText(self._sums(found))
        self.table.setColumnHidden(EVENT, not every)
        self._stack.setCurrentWidget(self._whole if found.rows else self.empty)
        self.table.go_to(max(0, self.model.place_of(current)))
        self._fit()

    @staticmethod
    def _sums(found: Volunteers) -> str:
        sums = found.totals
        count = ngettext("{count} activity", "{count} activities", sums.activities)
        people = _(
            "children {children}, youth {youth}, volunteers {volunteers}, network {network}"
        ).format(
            children=f"{sums.children:,}",
            youth=f"{sums.youth:,}",
            volunteers=f"{sums.volunteers:,}",
            network=f"{sums.network:,}",
        )
        return f"{count.format(count=f'{sums.activities:,}')} · {people}"

    def current(self) -> str:
        """The id of the activity in the current row, empty for none."""
        row, rows = self.table.currentIndex().row(), self.model.rows
        return rows[row].activity.id if 0 <= row < len(rows) else ""

    def go_to(self, activity_id: str) -> None:
        """Make the row of an activity the current one."""
        self.table.go_to(self.model.place_of(activity_id))

    def focus_first(self) -> None:
        """Put the focus into the table, when there is one."""
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.table.fit({DAY: 110, ROLES: 80, PEOPLE: 90, NAME: 220, WHERE: 160, EVENT: 140})

    def _open(self, place: int) -> None:
        rows = self.model.rows
        if 0 <= place < len(rows):
            self.opened.emit(rows[place].activity.id)

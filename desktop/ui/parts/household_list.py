# SPDX-License-Identifier: Apache-2.0
"""The households: what is unfinished, a box to find by, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.parts.draft_strip import DraftStrip
from desktop.ui.tables.household import ADDRESS, CASE, LAST, NAME, NEXT, PEOPLE, HouseholdModel
from desktop.ui.widgets.badge import badge_size
from desktop.ui.widgets.badge_cell import STATE, BadgeCell
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.model.draft import Draft
    from desktop.ui.parts.household_reading import HouseholdRow

_LOW: Final = 480
"""Height below which only the oldest unfinished form is named."""
_MEASURED: Final = 60
"""Rows whose states are measured."""


class HouseholdList(QWidget):
    """``asked(text)`` with every key typed, ``opened(household_id)`` when one is chosen."""

    asked = Signal(str)
    opened = Signal(str)

    def __init__(self, begin: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drafts = DraftStrip(self)
        self.box = SearchBox(_("Name, house number, moo, village or tambon"), parent=self)
        self.model = HouseholdModel(self)
        listed = QWidget(self)
        self.table = Table(
            _("Households"),
            self.model,
            widths=(220, 320, 84, 130, 170, 150),
            stretch=ADDRESS,
            parent=listed,
        )
        self.table.setItemDelegateForColumn(NAME, MiddleCell(self.table))
        for state in (CASE, NEXT):
            self.table.setItemDelegateForColumn(state, BadgeCell(self.table))
        self._nothing = Label(
            _("No household fits. Type less, or begin a visit to a new household."),
            tone="quiet",
            parent=listed,
        )
        self._nothing.hide()
        inner = QVBoxLayout(listed)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.box)
        inner.addWidget(self._nothing)
        inner.addWidget(self.table, 1)
        self._listed = listed
        self.empty = Empty(
            "map-pinned",
            _("No household was visited yet"),
            _(
                "A home visit is typed here without a network; every answer is kept at once. "
                "Each household then has its family, its visits, its aid and its cases in one "
                "place."
            ),
            (begin,),
            self,
        )
        self._stack = QStackedWidget(self)
        for part in (listed, self.empty):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 0)
        column.setSpacing(8)
        column.addWidget(self.drafts)
        column.addWidget(self._stack, 1)
        self.box.asked.connect(self.asked)
        self.box.down.connect(self.focus_first)
        self.box.took.connect(lambda: self._open(max(0, self.table.currentIndex().row())))
        self.table.chosen.connect(self._open)

    @property
    def is_empty(self) -> bool:
        """Whether there is no household at all."""
        return self._stack.currentWidget() is self.empty

    def show_rows(self, rows: tuple[HouseholdRow, ...], now: datetime) -> None:
        """Show these; the current one stays current when it is among them."""
        here = self.model.row_at(self.table.currentIndex().row())
        self.model.show_rows(rows, now.date())
        typed = bool(self.box.text().strip())
        self._nothing.setVisible(typed and not rows)
        self._stack.setCurrentWidget(self._listed if rows or typed else self.empty)
        self.table.go_to(max(0, self.model.place_of(here.id)) if here is not None else 0)
        self._fit()

    def show_drafts(
        self, drafts: tuple[Draft, ...], titles: Mapping[str, str], now: datetime
    ) -> None:
        """Show what is unfinished."""
        self.drafts.show_drafts(drafts, titles, now)

    def current(self) -> HouseholdRow | None:
        """The household of the current row."""
        return self.model.row_at(self.table.currentIndex().row())

    def go_to(self, household_id: str) -> None:
        """Make a household the current one."""
        self.table.go_to(max(0, self.model.place_of(household_id)))

    def focus_first(self) -> None:
        """Into the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.currentIndex().row() < 0:
            self.table.go_to(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.drafts.set_low(self.height() < theme.scaled(_LOW))
        self._fit()

    def _fit(self) -> None:
        for column in (CASE, NEXT):
            # A badge needs more than its words, and half a state is none.
            states = [self.model.index(row, column).data(STATE) for row in range(_MEASURED)]
            wide = max((badge_size(one[0]).width() for one in states if one), default=0)
            head = self.table.horizontalHeader().sectionSizeHint(column)
            self.table.setColumnWidth(column, max(wide + 20, head))
        self.table.fit({PEOPLE: 70, LAST: 110, NAME: 150, ADDRESS: 200})

    def _open(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.opened.emit(row.id)

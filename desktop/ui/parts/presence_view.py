# SPDX-License-Identifier: Apache-2.0
"""Who is here, as it stands on the screen: figures, tiles at the left, names at the right."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.tables.presence import AGENCY, NAME, PHONE, PROVINCE, PresenceModel
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table
from desktop.ui.widgets.tiles import Tiles

Grouping = Literal["province", "organisation", "group", "session"]
Shown = Literal["missing", "here", "all"]
_GROUPINGS: Final[dict[Grouping, str]] = {
    "province": N_("Province"),
    "organisation": N_("Agency"),
    "group": N_("Group"),
    "session": N_("Session"),
}
_SHOWN: Final[dict[Shown, str]] = {
    "missing": N_("Missing"),
    "here": N_("Here"),
    "all": N_("All"),
}
_NARROW: Final = 1000
_TILES_WIDE: Final = 340
_AGENCY_FROM: Final = 760
_PHONE_FROM: Final = 900
"""Widths of the table from which these columns have room."""


class PresenceView(QWidget):
    """``grouped`` and ``asked_for`` bring a :data:`Grouping` and a :data:`Shown`."""

    grouped = Signal(str)
    asked_for = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_hand = False
        self.sessions = Choice(parent=self)
        self.sessions.setAccessibleName(_("Session"))
        self.came = Figure(_("came"), parent=self)
        self.missing = Figure(_("missing"), tone="amber", parent=self)
        self.late = Figure(_("late"), parent=self)
        self.gone = Figure(_("left early"), parent=self)
        self.groupings = self._choices(
            [(each, _(word)) for each, word in _GROUPINGS.items()], self.grouped
        )
        self.shown = self._choices(
            [(each, _(word)) for each, word in _SHOWN.items()], self.asked_for
        )
        self.tiles = Tiles(_("Who is missing, by part"), self)
        self.box = SearchBox(_("Filter by name, agency or seat"), parent=self)
        self.model = PresenceModel(self)
        self.table = Table(
            _("People"),
            self.model,
            widths=(142, 64, 240, 136, 220, 116),
            stretch=2,
            parent=self,
        )
        self.table.setItemDelegateForColumn(AGENCY, MiddleCell(self.table))
        self.model.modelReset.connect(self._room)
        self.box.down.connect(self.table.setFocus)
        self.heading = Label("", "lead", weight=600, parent=self)
        self._lay()

    def _choices(self, options: list[tuple[str, str]], chosen: SignalInstance) -> QButtonGroup:
        group = QButtonGroup(self)
        for each, word in options:
            button = Button(word, kind="choice", parent=self)
            button.setCheckable(True)
            button.setProperty("value", each)
            group.addButton(button)
        group.buttons()[0].setChecked(True)
        group.buttonClicked.connect(lambda pressed: chosen.emit(pressed.property("value")))
        return group

    def _lay(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(24)
        where = QVBoxLayout()
        where.setSpacing(2)
        where.addWidget(Label(_("Session"), "small", weight=600, wrap=False, parent=self))
        where.addWidget(self.sessions)
        top.addLayout(where, 1)
        for figure in (self.came, self.missing, self.late, self.gone):
            top.addWidget(figure)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(_row(self.groupings))
        scroll = QScrollArea(left)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(scroll)
        inside.setObjectName("ground")
        stacked = QVBoxLayout(inside)
        stacked.setContentsMargins(0, 0, 4, 0)
        stacked.addWidget(self.tiles)
        stacked.addStretch()
        scroll.setWidget(inside)
        column.addWidget(scroll, 1)
        right = QWidget(self)
        listed = QVBoxLayout(right)
        listed.setContentsMargins(8, 0, 0, 0)
        listed.setSpacing(8)
        shown = _row(self.shown)
        shown.addWidget(self.box, 1)
        listed.addLayout(shown)
        listed.addWidget(self.heading)
        listed.addWidget(self.table, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(0, 4)
        self._split.setStretchFactor(1, 6)
        self._split.setChildrenCollapsible(False)
        self._split.splitterMoved.connect(self._parted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._split, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for figure in (self.late, self.gone):
            figure.setHidden(self.width() < _NARROW)
        if self.width() < theme.scaled(_NARROW) and not self._by_hand:
            # The names need the room more than the tiles, which scroll.
            tiles = theme.scaled(_TILES_WIDE)
            self._split.setSizes([tiles, self.width() - tiles])
        self._room()

    def mark_grouping(self, grouping: Grouping) -> None:
        """Show which way the people are grouped."""
        for button in self.groupings.buttons():
            if button.property("value") == grouping:
                button.setChecked(True)

    def _parted(self, _at: int, _index: int) -> None:
        self._by_hand = True
        self._room()

    def _room(self) -> None:
        """Show the columns there is room for."""
        somewhere = any(line.row.province for line in self.model.rows)
        self.table.setColumnHidden(PROVINCE, not somewhere)
        self.table.setColumnHidden(AGENCY, self.table.width() < _AGENCY_FROM)
        self.table.setColumnHidden(PHONE, self.table.width() < _PHONE_FROM)
        self.table.fit({NAME: 200, PROVINCE: 90})


def _row(group: QButtonGroup) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for button in group.buttons():
        row.addWidget(button)
    row.addStretch()
    return row

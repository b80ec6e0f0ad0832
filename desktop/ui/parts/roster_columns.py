# SPDX-License-Identifier: Apache-2.0
"""The columns of the roster: which of them say something here, and how wide each is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from desktop.model.roster import RosterRow
from desktop.ui import theme
from desktop.ui.attendance_words import province_words
from desktop.ui.tables import roster as table_of
from desktop.ui.tables.roster import RosterModel
from desktop.ui.widgets.badge import badge_size
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.columns import MiddleCell, share, wide_enough
from desktop.ui.widgets.table import Table

_GIVE_WAY: Final = (
    table_of.SOURCE, table_of.PHONE, table_of.ROLE, table_of.TEAM, table_of.GROUP, table_of.AGENCY,
)  # fmt: skip
"""Columns that give way to the name, the first of them first."""
WIDTHS: Final = (68, 200, 200, 100, 140, 120, 60, 88, 130, 150)
"""Least widths; what there is room for beyond them goes first to who is who."""
_EASY: Final = (68, 280, 330, 170, 150, 140, 60, 88, 130, 150)
"""Widths at which a column reads easily; another gives way before it has less."""
_ANY: Final = 10_000
_BY_NEED: Final = (
    table_of.NAME, table_of.PROVINCE, table_of.AGENCY, table_of.ROLE, table_of.GROUP,
)  # fmt: skip


class RosterColumns:
    """Measures once for each roster, and fits at each change of the window."""

    def __init__(self, table: Table, model: RosterModel) -> None:
        self._table, self._model = table, model
        self._silent: frozenset[int] = frozenset()
        self._wanted: dict[int, int] = {}
        table.setItemDelegateForColumn(table_of.STATUS, BadgeCell(table))
        for column in (table_of.AGENCY, table_of.GROUP):
            table.setItemDelegateForColumn(column, MiddleCell(table))

    def measure(self, rows: tuple[RosterRow, ...]) -> None:
        """Which columns say nothing here, and how wide the others would like to be."""
        says = {
            table_of.NAME: {row.name for row in rows},
            table_of.AGENCY: {row.organisation for row in rows},
            table_of.PROVINCE: {province_words(code) for code in {row.province for row in rows}},
            table_of.GROUP: {table_of.group_words(code) for code in {row.group for row in rows}},
            table_of.ROLE: {table_of.role_words(code) for code in {row.role for row in rows}},
        }
        silent = {column for column, texts in says.items() if not any(texts)}
        if len(says[table_of.ROLE]) < 2:
            silent.add(table_of.ROLE)
        if not any(row.phone for row in rows):
            silent.add(table_of.PHONE)
        if all(row.team is None for row in rows):
            silent.add(table_of.TEAM)
        if all(row.source == "preregistered" for row in rows):
            silent.add(table_of.SOURCE)
        if all(row.seat is None for row in rows):
            silent.add(table_of.SEAT)
        self._silent = frozenset(silent - {table_of.NAME})
        across = Qt.Orientation.Horizontal
        self._wanted = {
            column: wide_enough(texts, self._model.headerData(column, across))
            for column, texts in says.items()
        }
        kinds = {(row.status, row.name_confirmed): row for row in rows}.values()
        badges = [badge_size(table_of.state_of(row)[0]).width() + 2 * 10 for row in kinds]
        heading = wide_enough((), self._model.headerData(table_of.STATUS, across))
        self._wanted[table_of.STATUS] = max(heading, *badges) if badges else heading

    def fit(self, width: int) -> None:
        """Fit the columns into ``width`` pixels: what says nothing is not shown, and others give
        way to the name."""
        hidden = set(self._silent)
        room = width - theme.scaled(16)
        least, easy = (
            {
                column: min(theme.scaled(wide), self._wanted.get(column, _ANY))
                for column, wide in enumerate(widths)
            }
            for widths in (WIDTHS, _EASY)
        )
        for column in _GIVE_WAY:
            if sum(wide for one, wide in easy.items() if one not in hidden) <= room:
                break
            hidden.add(column)
        shown = [column for column in _BY_NEED if column not in hidden]
        taken = sum(least[one] for one in least if one not in hidden and one not in _BY_NEED)
        for column, wide in share(room - taken, least, least | self._wanted, shown).items():
            self._table.setColumnWidth(column, wide)
        self._table.setColumnWidth(table_of.STATUS, least[table_of.STATUS])
        for column in range(len(WIDTHS)):
            self._table.setColumnHidden(column, column in hidden)

# SPDX-License-Identifier: Apache-2.0
"""The roster as a table: a line each, in the order it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _
from desktop.model.roster import RosterRow, Source
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.attendance_words import province_words, seat_words
from desktop.ui.widgets.badge_cell import STATE

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_INK: Final = int(Qt.ItemDataRole.ForegroundRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)

SEAT, NAME, AGENCY, PROVINCE, GROUP, ROLE, TEAM, PHONE, SOURCE, STATUS = range(10)
_HEADINGS: Final = (
    N_("Seat"), N_("Name"), N_("Agency"), N_("Province"), N_("Group"), N_("Role"), N_("Team"),
    N_("Phone"), N_("Came on the list by"), N_("Name spelling"),
)  # fmt: skip
SOURCES: Final[dict[Source, str]] = {
    "preregistered": N_("Registered before"),
    "walkin": N_("Walk-in"),
    "substitute": N_("Substitute"),
}


def state_of(row: RosterRow) -> tuple[str, str, str]:
    """Word, icon and tone of what is to be known of a line first."""
    if row.status == "withdrawn":
        return _("Withdrawn"), "ban", "grey"
    if row.status == "substituted":
        return _("Somebody else came"), "user-x", "grey"
    if row.name_confirmed:
        return _("Confirmed"), "circle-check", "green"
    return _("Not confirmed"), "circle", "grey"


class RosterModel(QAbstractTableModel):
    """Holds the lines it was given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RosterRow, ...] = ()

    def show_rows(self, rows: tuple[RosterRow, ...]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_at(self, place: int) -> RosterRow | None:
        """The line at a place, None when there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, enrolment_id: str) -> int:
        """Where a line stands; -1 when it does not."""
        return next(
            (n for n, row in enumerate(self._rows) if row.enrolment_id == enrolment_id), -1
        )

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _SHOWN:
            return _(_HEADINGS[section]) if 0 <= section < len(_HEADINGS) else None
        return None

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = index.column()
        if role == STATE:
            return state_of(row) if column == STATUS else None
        if role == _SPOKEN and column == STATUS:
            return state_of(row)[0]
        if role == _INK:
            return None if row.expected else theme.colour("quiet")
        if role in (_SHOWN, _SPOKEN) or (role == _TIP and column in _LONG):
            return _SAYS[column](row) if column in _SAYS else ""
        return None


def group_words(code: str) -> str:
    """A group in the language of the moment, empty for none."""
    return codelist.word("person_group", code) if code else ""


def role_words(code: str) -> str:
    """What somebody comes as, in the language of the moment, empty for nothing."""
    return codelist.word("event_role", code) if code else ""


def _phone(row: RosterRow) -> str:
    # Enough to tell two people apart; the whole number is not for whoever looks on.
    return f"…{row.phone[-4:]}" if row.phone else ""


_LONG: Final = (NAME, AGENCY, PROVINCE, GROUP, ROLE)
_SAYS: Final[dict[int, Callable[[RosterRow], str]]] = {
    SEAT: lambda row: seat_words(row.seat),
    NAME: lambda row: row.name,
    AGENCY: lambda row: row.organisation,
    PROVINCE: lambda row: province_words(row.province),
    GROUP: lambda row: group_words(row.group),
    ROLE: lambda row: role_words(row.role),
    TEAM: lambda row: "" if row.team is None else str(row.team),
    PHONE: _phone,
    SOURCE: lambda row: _(SOURCES[row.source]),
}

# SPDX-License-Identifier: Apache-2.0
"""The list of certificates as a table: seat, name, and what became of each."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.actions.certificate_list import Line
from desktop.i18n import N_, _
from desktop.ui import icons
from desktop.ui.attendance_words import seat_words
from desktop.ui.widgets.badge_cell import STATE

Index = QModelIndex | QPersistentModelIndex
_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ICON: Final = int(Qt.ItemDataRole.DecorationRole)

SEAT, NAME, CERTIFICATE = range(3)
_HEADINGS: Final = (N_("Seat"), N_("Name"), N_("Certificate"))
_OF_AWARDS: Final = (N_("No."), N_("Organisation"), N_("Certificate"))
_STATES: Final = {
    "issued": (N_("Issued"), "award", "gold"),
    "printed": (N_("Printed"), "printer", "accent"),
    "handed": (N_("Handed over"), "circle-check", "green"),
    "void": (N_("Void"), "ban", "red"),
    "replaced": (N_("Replaced"), "ban", "grey"),
}
_PARTS: Final = {
    "passed": (N_("Passed"), "check", "green"),
    "must_attend": (N_("Must come on"), "clock", "amber"),
    "failed": (N_("Did not pass"), "circle-x", "red"),
    "aside": (N_("No certificate"), "circle-minus", "grey"),
}


def state_of(line: Line) -> tuple[str, str, str]:
    """Word in the language of the moment, icon and tone of where a certificate stands."""
    row = line.certificate
    if row is not None and row.status in _STATES:
        word, icon, tone = _STATES[row.status]
    elif line.person_id:
        word, icon, tone = _PARTS[line.part]
    else:
        word, icon, tone = N_("Not issued yet"), "circle", "grey"
    return _(word), icon, tone


class CertificateModel(QAbstractTableModel):
    """Holds the lines it was given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._headings = _HEADINGS

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Hold these instead."""
        if lines:
            self._headings = _HEADINGS if lines[0].person_id else _OF_AWARDS
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are shown."""
        return self._lines

    def line_at(self, place: int) -> Line | None:
        """The line at a place, None when there is none."""
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def place_of(self, key: str) -> int:
        """Where a line stands; -1 when it does not."""
        return next((n for n, line in enumerate(self._lines) if line.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _SHOWN:
            return _(self._headings[section]) if 0 <= section < len(_HEADINGS) else None
        return None

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = index.column()
        if column == CERTIFICATE and role == STATE:
            return state_of(line)
        if role in (_SHOWN, _SPOKEN):
            if column == SEAT:
                # An award has a place in its list, which is no seat.
                return seat_words(line.seat or None) if line.person_id else str(line.seat or "")
            return line.name if column == NAME else state_of(line)[0]
        if role == _TIP and column == NAME:
            return line.name
        return None


class HandOverModel(CertificateModel):
    """The same with a tick before each seat: who has received hers."""

    def __init__(self, lines: tuple[Line, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticked: set[str] = set()
        self.show_lines(lines)

    @property
    def ticked(self) -> tuple[Line, ...]:
        """Those ticked, in the order of the list."""
        return tuple(line for line in self.lines if line.key in self._ticked)

    def toggle(self, place: int) -> None:
        """Tick a line, or take its tick away."""
        line = self.line_at(place)
        if line is not None:
            self._ticked ^= {line.key}
            self.dataChanged.emit(self.index(place, SEAT), self.index(place, SEAT))

    def tick_all(self) -> None:
        """Tick every line; when all are ticked, none."""
        every = {line.key for line in self.lines}
        self._ticked = set() if self._ticked == every else every
        self.dataChanged.emit(self.index(0, SEAT), self.index(len(every) - 1, SEAT))

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is not None and index.column() == SEAT:
            on = line.key in self._ticked
            if role == _ICON:
                return icons.icon("circle-check" if on else "circle", "green" if on else "edge")
            if role == _SPOKEN:
                word = _("Received") if on else _("Not received")
                return f"{line.seat} {word}"
        return super().data(index, role)

# SPDX-License-Identifier: Apache-2.0
"""The list of certificates as a table: seat, name, and what became of each."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject

from desktop.actions.certificate_list import Line
from desktop.i18n import N_, _
from desktop.ui import icons
from desktop.ui.attendance_words import seat_words
from desktop.ui.tables.rows import ICON, SPOKEN, Rows, State

SEAT, NAME, CERTIFICATE = range(3)
_HEADINGS: Final = (N_("Seat"), N_("Name"), N_("Certificate"))
_OF_AWARDS: Final = (N_("No."), N_("Organisation"), N_("Certificate"))
STATES: Final = {
    "issued": (N_("Issued"), "award", "gold"),
    "printed": (N_("Printed"), "printer", "accent"),
    "handed": (N_("Handed over"), "circle-check", "green"),
    "returned": (N_("Returned"), "undo-2", "amber"),
    "void": (N_("Void"), "ban", "red"),
    "replaced": (N_("Replaced"), "refresh-cw", "grey"),
}
"""Word (a msgid), icon and tone of what became of a certificate."""
_PARTS: Final = {
    "passed": (N_("Passed"), "check", "green"),
    "must_attend": (N_("Must come on"), "clock", "amber"),
    "failed": (N_("Did not pass"), "circle-x", "red"),
    "aside": (N_("No certificate"), "circle-minus", "grey"),
}


def state_of(line: Line) -> tuple[str, str, str]:
    """Word in the language of the moment, icon and tone of where a certificate stands."""
    row = line.certificate
    if row is not None and row.status == "issued" and row.edition > 1:
        word, icon, tone = N_("Replacement to print"), "printer", "amber"
    elif row is not None and row.status in STATES:
        word, icon, tone = STATES[row.status]
    elif line.person_id:
        word, icon, tone = _PARTS[line.part]
    else:
        word, icon, tone = N_("Not issued yet"), "circle", "grey"
    return _(word), icon, tone


class CertificateModel(Rows[Line]):
    """Holds the lines it was given."""

    columns = _HEADINGS
    long = (NAME,)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = _HEADINGS

    def hold(self, rows: tuple[Line, ...]) -> None:
        if rows:
            self._headings = _HEADINGS if rows[0].person_id else _OF_AWARDS
        super().hold(rows)

    def place_of(self, key: str) -> int:
        """Where a line stands; -1 when it does not."""
        return next((n for n, line in enumerate(self._rows) if line.key == key), -1)

    def heading(self, section: int) -> str:
        return _(self._headings[section])

    def state(self, row: Line, column: int) -> State | None:
        return state_of(row) if column == CERTIFICATE else None

    def text(self, row: Line, column: int) -> str:
        if column == SEAT:
            # An award has a place in its list, which is no seat.
            return seat_words(row.seat or None) if row.person_id else str(row.seat or "")
        return row.name


class HandOverModel(CertificateModel):
    """The same with a tick before each seat: who has received hers."""

    def __init__(self, lines: tuple[Line, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticked: set[str] = set()
        self.hold(lines)

    @property
    def ticked(self) -> tuple[Line, ...]:
        """Those ticked, in the order of the list."""
        return tuple(line for line in self.rows if line.key in self._ticked)

    def toggle(self, place: int) -> None:
        """Tick a line, or take its tick away."""
        line = self.row_at(place)
        if line is not None:
            self._ticked ^= {line.key}
            self.dataChanged.emit(self.index(place, SEAT), self.index(place, SEAT))

    def tick_all(self) -> None:
        """Tick every line; when all are ticked, none."""
        every = {line.key for line in self.rows}
        self._ticked = set() if self._ticked == every else every
        self.dataChanged.emit(self.index(0, SEAT), self.index(len(every) - 1, SEAT))

    def cell(self, row: Line, column: int, role: int) -> Any:
        if column == SEAT:
            on = row.key in self._ticked
            if role == ICON:
                return icons.icon("circle-check" if on else "circle", "green" if on else "edge")
            if role == SPOKEN:
                word = _("Received") if on else _("Not received")
                return f"{row.seat} {word}"
        return super().cell(row, column, role)

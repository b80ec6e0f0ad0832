# SPDX-License-Identifier: Apache-2.0
"""What everybody is paid as a grid: a line each, a column for each kind of money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal

from desktop.actions.claim import Change, ClaimRow
from desktop.i18n import N_, _
from desktop.model.claim import CLAIM_KINDS, Claim, ClaimKind
from desktop.thai.baht import baht_figures, read_baht
from desktop.ui import theme
from desktop.ui.attendance_words import date_words, seat_words
from desktop.ui.tables.rows import ALIGN, INK, RIGHT, SPOKEN, TIP, Index, Rows

_EDIT: Final = int(Qt.ItemDataRole.EditRole)
SEAT, NAME, DAYS = range(3)
FIXED: Final = 3
"""Columns before those that are typed."""
TOTAL: Final = FIXED + len(CLAIM_KINDS)
PAID: Final = TOTAL + 1
KIND_WORDS: Final[Mapping[ClaimKind, str]] = {
    "meal": N_("Food allowance"),
    "lodging": N_("Lodging"),
    "fare": N_("Travel"),
    "per_diem": N_("Daily allowance"),
    "honorarium": N_("Honorarium"),
}


class ClaimModel(Rows[ClaimRow]):
    """Holds the lines it was given. What is typed or pasted goes out by ``typed``; a text that
    is no amount by ``wrong``, and changes nothing."""

    columns = (
        N_("Seat"), N_("Name"), N_("Days here"), *KIND_WORDS.values(), N_("Total"), N_("Paid on"),
    )  # fmt: skip
    numbers = (SEAT, DAYS, *range(FIXED, TOTAL + 1))
    long = (NAME,)

    typed = Signal(object)
    """A list of ``actions.claim.Change``."""
    wrong = Signal(str)

    def kind_of(self, column: int) -> ClaimKind | None:
        """The kind a column is for; None for one that is not typed into."""
        return CLAIM_KINDS[column - FIXED] if FIXED <= column < TOTAL else None

    def put(self, row: int, column: int, cells: list[list[str]]) -> tuple[int, int]:
        """Lay texts over the grid from a cell on, as Excel does, shown at once.

        Comes out by ``typed`` as one change. Returns how many amounts change, and how many of
        the texts found no place: past the end, no amount, or of somebody who was paid.
        """
        changes: list[Change] = []
        lost = 0
        for down, line in enumerate(cells):
            one = self.row_at(row + down)
            for across, text in enumerate(line):
                kind = self.kind_of(column + across)
                amount = read_baht(text) if text.strip() else 0
                if one is None or kind is None or amount is None or one.paid:
                    lost += bool(text.strip())
                elif amount != _amount(one, kind):
                    changes.append((one.enrolment_id, kind, amount or None))
        if changes:
            self.show_changes(changes)
            self.typed.emit(changes)
        return len(changes), lost

    def show_changes(self, changes: list[Change]) -> None:
        """Show amounts before they are on the disk."""
        wanted: dict[str, dict[ClaimKind, int | None]] = {}
        for enrolment_id, kind, amount in changes:
            wanted.setdefault(enrolment_id, {})[kind] = amount
        rows = list(self._rows)
        for place, row in enumerate(rows):
            if row.enrolment_id in wanted:
                rows[place] = _with(row, wanted[row.enrolment_id])
                first, last = self.index(place, 0), self.index(place, PAID)
                self._rows = tuple(rows)
                self.dataChanged.emit(first, last)

    # ── as a table ───────────────────────────────────────────────────────────────────────────

    def hold(self, rows: tuple[ClaimRow, ...]) -> None:
        """Hold these instead; where the same people stay, so do the cells."""
        if rows and [one.enrolment_id for one in rows] == [one.enrolment_id for one in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, PAID))
            return
        super().hold(rows)

    def text(self, row: ClaimRow, column: int) -> str:
        kind = self.kind_of(column)
        if kind is not None:
            amount = _amount(row, kind)
            return baht_figures(amount) if amount else ""
        if column == SEAT:
            return seat_words(row.row.seat)
        if column == NAME:
            return row.row.name
        if column == DAYS:
            return str(row.days) if row.days else _("did not come")
        if column == TOTAL:
            return baht_figures(row.total) if row.claims else ""
        return "" if row.paid_on is None else date_words(row.paid_on)

    def cell(self, row: ClaimRow, column: int, role: int) -> Any:
        if role == _EDIT:
            return self.text(row, column)
        if role == TIP and (kind := self.kind_of(column)) and kind in row.claims:
            return row.claims[kind].detail or None
        if role == SPOKEN and row.paid and self.kind_of(column):
            return f"{self.text(row, column)}. {_('Paid already')}"
        if role == INK:
            quiet = column in (SEAT, DAYS) or row.paid or not row.row.expected
            return theme.colour("quiet") if quiet and column != TOTAL else None
        return (
            RIGHT if role == ALIGN and column in self.numbers else super().cell(row, column, role)
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        row = self.row_at(index.row())
        if row is not None and not row.paid and self.kind_of(index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        row, kind = self.row_at(index.row()), self.kind_of(index.column())
        if row is None or kind is None or role != _EDIT:
            return False
        text = str(value)
        if text.strip() and read_baht(text) is None:
            self.wrong.emit(
                _("“{text}” is no amount. Type baht as figures, such as 240 or 1,240.50.").format(
                    text=text.strip()
                )
            )
            return False
        self.put(index.row(), index.column(), [[text]])
        return True


def _amount(row: ClaimRow, kind: ClaimKind) -> int:
    return row.claims[kind].amount if kind in row.claims else 0


def _with(row: ClaimRow, amounts: Mapping[ClaimKind, int | None]) -> ClaimRow:
    claims = dict(row.claims)
    for kind, amount in amounts.items():
        before = claims.pop(kind, None)
        if amount:
            fresh = Claim("", row.row.enrolment_id, row.enrolment_id, kind, amount)
            claims[kind] = fresh if before is None else replace(before, amount=amount)
    return replace(row, claims={kind: claims[kind] for kind in CLAIM_KINDS if kind in claims})

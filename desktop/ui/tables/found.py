# SPDX-License-Identifier: Apache-2.0
"""Who was found at the check-in desk: at most a few lines, as a list for eyes and ears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import _
from desktop.model.attendance import Presence
from desktop.model.roster import RosterRow
from desktop.ui.attendance_words import province_words, state_words, when_words

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
HIT: Final = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found and what is known of her at the session of the desk."""

    row: RosterRow
    presence: Presence
    twice: str = ""
    """At which doors she was seen, when there were several."""

    @property
    def seat(self) -> str:
        """Her seat in words, or empty."""
        return seat_words(self.row)

    @property
    def where(self) -> str:
        """Province and agency, as much as is known."""
        known = (self.twice, province_words(self.row.province), self.row.organisation)
        return " · ".join(part for part in known if part)

    @property
    def state(self) -> tuple[str, str, str]:
        """Word, icon and tone: the state, with the time when there is one."""
        if self.row.status == "substituted":
            return _("Somebody else came"), "user-x", "grey"
        if self.row.status == "withdrawn":
            return _("Withdrawn"), "ban", "grey"
        word, icon, tone = state_words(self.presence)
        when = when_words(self.presence)
        return (f"{word} {when}" if when else word), icon, tone


def seat_words(row: RosterRow) -> str:
    """The seat with three digits, as it stands on the badge; empty without one."""
    return "" if row.seat is None else _("Seat {seat}").format(seat=f"{row.seat:03d}")


class FoundModel(QAbstractListModel):
    """Holds the hits it was given. ``HIT`` brings a :class:`Hit`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, place: int) -> Hit | None:
        """The hit at a place, None when there is none."""
        return self._hits[place] if 0 <= place < len(self._hits) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _SHOWN) -> Any:
        hit = self.hit(index.row()) if index.isValid() else None
        if hit is None:
            return None
        if role == _SHOWN:
            return hit.row.name
        if role == _SPOKEN:
            said = (str(index.row() + 1), hit.row.name, hit.seat, hit.where, hit.state[0])
            return ", ".join(part for part in said if part)
        return hit if role == HIT else None

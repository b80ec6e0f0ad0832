# SPDX-License-Identifier: Apache-2.0
"""The forms being filled on this laptop, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import N_, _, language
from desktop.model.draft import Draft
from desktop.thai import dates

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
COLUMNS: Final = (N_("Form"), N_("Of whom"), N_("Filled in"), N_("Last touched"), N_("Begun"))
FORM, ABOUT, ANSWERED, TOUCHED, BEGUN = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex


class DraftModel(QAbstractTableModel):
    """Holds the drafts it was given, and the titles of their forms."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: tuple[Draft, ...] = ()
        self._titles: Mapping[str, str] = {}
        self._now: datetime | None = None

    def show_drafts(
        self, drafts: tuple[Draft, ...], titles: Mapping[str, str], now: datetime
    ) -> None:
        """Hold these instead; ``now`` is the local time, for today's to be told by the hour."""
        self.beginResetModel()
        self._drafts, self._titles, self._now = drafts, dict(titles), now
        self.endResetModel()

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The drafts that are shown."""
        return self._drafts

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._drafts)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if role == _SHOWN and orientation == Qt.Orientation.Horizontal:
            return _(COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        if not index.isValid() or index.row() >= len(self._drafts):
            return None
        if role in (_SHOWN, _SPOKEN):
            return self._text(self._drafts[index.row()], index.column())
        return None

    def _text(self, draft: Draft, column: int) -> str:
        if column == FORM:
            title = self._titles.get(draft.form_id, draft.form_id)
            return _("{form} (correction)").format(form=title) if draft.subject.amends else title
        if column == ABOUT:
            return draft.title or _("not said yet")
        if column == ANSWERED:
            if not draft.questions:
                return ""
            return _("{count} of {all}").format(count=draft.answered, all=draft.questions)
        return self._when(draft.touched_at if column == TOUCHED else draft.started_at)

    def _when(self, instant: str) -> str:
        at = datetime.fromisoformat(instant)
        now = self._now
        if now is not None:
            at = at.astimezone(now.tzinfo)
        clock = dates.clock(at.hour * 60 + at.minute)
        if now is not None and at.date() == now.date():
            return _("today {time}").format(time=clock)
        day = (
            dates.english_date(at.date())
            if language() == "en"
            else dates.be_date(at.date(), "short")
        )
        return f"{day} {clock}"

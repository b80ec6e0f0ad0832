# SPDX-License-Identifier: Apache-2.0
"""The forms being filled on this laptop, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n import N_, _, language
from desktop.model.draft import Draft
from desktop.thai import dates
from desktop.ui.tables.rows import Rows

COLUMNS: Final = (N_("Form"), N_("Of whom"), N_("Filled in"), N_("Last touched"), N_("Begun"))
FORM, ABOUT, ANSWERED, TOUCHED, BEGUN = range(len(COLUMNS))


class DraftModel(Rows[Draft]):
    """Holds the drafts it was given, and the titles of their forms."""

    columns = COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: Mapping[str, str] = {}
        self._now: datetime | None = None

    def show_drafts(
        self, drafts: tuple[Draft, ...], titles: Mapping[str, str], now: datetime
    ) -> None:
        """Hold these instead; ``now`` is the local time, for today's to be told by the hour."""
        self._titles, self._now = dict(titles), now
        self.hold(drafts)

    def text(self, draft: Draft, column: int) -> str:
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

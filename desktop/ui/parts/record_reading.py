# SPDX-License-Identifier: Apache-2.0
"""A finished record to be read: frozen answers, and what a correction changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, language, ngettext
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms.opening import Read, title_of
from desktop.ui.forms.view import FormView
from desktop.ui.icons import Icon
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.model.record import Difference, Record


_HIGHEST: Final = 220
"""Pixels that the list of what changed may take from the record; it scrolls."""


class RecordReading(QWidget):
    """The record's form, read only, under what it corrected."""

    def __init__(self, desk: Desk, found: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record: Record = found.record
        self._found = found
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.view = FormView(
            desk, found.session, event_id=found.record.event_id, frozen=True, parent=self
        )
        if found.differences:
            told = QHBoxLayout()
            told.setContentsMargins(24, 4, 24, 8)
            told.addWidget(Differences(found.differences, self.view))
            under_head = self.view.layout()
            if isinstance(under_head, QVBoxLayout):
                under_head.insertLayout(1, told)
        self.view.turned.connect(self._turned)
        self._turned()
        column.addWidget(self.view, 1)

    def _turned(self) -> None:
        self.view.head.show_title(self.title(), self.about())

    def title(self) -> str:
        """The form's title."""
        return title_of(self._found.session.form.title, self._found.session.language)

    def about(self) -> str:
        """What it is called and when it was filed."""
        record = self.record
        at = datetime.fromisoformat(record.finished_at).astimezone(self._desk.now().tzinfo)
        day = dates.english_date(at.date()) if language() == "en" else dates.be_date(at.date())
        filed = _("Filed {day}, {time}").format(
            day=day, time=dates.clock(at.hour * 60 + at.minute)
        )
        later = _("corrected later") if record.amended_by else ""
        return "  ·  ".join(part for part in (record.name, filed, later) if part)


class Differences(QFrame):
    """What a correction changed: each question with its former and its present answer."""

    def __init__(self, differences: tuple[Difference, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        inside = QWidget(self)
        self._inside = inside
        grid = QGridLayout(inside)
        grid.setContentsMargins(16, 8, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        count = len(differences)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("pencil", "amber", 20, inside))
        words = ngettext(
            "This correction changed {count} answer",
            "This correction changed {count} answers",
            count,
        ).format(count=count)
        head.addWidget(Label(words, theme.LEAD, weight=600, parent=inside), 1)
        grid.addLayout(head, 0, 0, 1, 3)
        for row, one in enumerate(differences, start=1):
            before = one.before or _("no answer")
            after = one.after or _("no answer")
            grid.addWidget(Label(one.label, theme.BODY, "quiet", parent=inside), row, 0)
            grid.addWidget(Label(before, theme.BODY, "red", parent=inside), row, 1)
            grid.addWidget(Label(f"→  {after}", theme.BODY, "green", 600, parent=inside), row, 2)
        for column, stretch in enumerate((2, 2, 2)):
            grid.setColumnStretch(column, stretch)
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(inside, self))
        self.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._inside.heightForWidth(self.width() - 2) + 2
        self.setFixedHeight(min(needed, theme.scaled(_HIGHEST)))

# SPDX-License-Identifier: Apache-2.0
"""The forms being filled on this laptop: taken up again, thrown away, or a new one begun."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.draft import Draft
from desktop.ui.tables.draft import ABOUT, ANSWERED, BEGUN, FORM, TOUCHED, DraftModel
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.store.store import Store

Listed = tuple[tuple[Draft, ...], Mapping[str, str]]
"""The drafts, and the titles of forms by their id."""

_WIDTHS: Final = (380, 300, 120, 160, 160)


class DraftList(QWidget):
    """A table of drafts, or what this is for. ``opened(draft_id)``, ``thrown(draft)``."""

    opened = Signal(str)
    thrown = Signal(object)

    def __init__(self, begin: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = DraftModel(self)
        self.point_to = ""
        """The draft to be made current when the list is shown next."""
        table = QWidget(self)
        column = QVBoxLayout(table)
        column.setContentsMargins(24, 8, 24, 12)
        self.table = Table(
            _("Forms being filled"), self.model, widths=_WIDTHS, stretch=ABOUT, parent=table
        )
        self.table.chosen.connect(self._open)
        self.table.installEventFilter(self)
        column.addWidget(self.table)
        self._table_page = table
        self.empty = Empty(
            "notebook-pen",
            _("No form is being filled"),
            _(
                "What is begun here is kept at every answer. When the power fails or you go on "
                "to the next house, it waits in this list."
            ),
            (begin,),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(table)
        self._stack.addWidget(self.empty)

    def show_drafts(
        self, drafts: tuple[Draft, ...], titles: Mapping[str, str], now: datetime
    ) -> None:
        """Show these; the row that was current stays current, or ``point_to`` becomes it."""
        current = self.current()
        wanted = self.point_to or (current.id if current is not None else "")
        self.point_to = ""
        self.model.show_drafts(drafts, titles, now)
        self._stack.setCurrentWidget(self._table_page if drafts else self.empty)
        ids = [draft.id for draft in drafts]
        self.table.go_to(ids.index(wanted) if wanted in ids else 0)
        self.table.fit({FORM: 360, ANSWERED: 100, TOUCHED: 140, BEGUN: 140})

    def focus_first(self) -> None:
        """Put the focus into the table, when there is one."""
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> Draft | None:
        """The draft of the current row."""
        row = self.table.currentIndex().row()
        drafts = self.model.rows
        return drafts[row] if 0 <= row < len(drafts) else None

    def eventFilter(self, watched: object, event: object) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent):
            deletes = event.type() == QKeyEvent.Type.KeyPress and event.key() == Qt.Key.Key_Delete
            current = self.current()
            if deletes and current is not None:
                self.thrown.emit(current)
                return True
        return bool(super().eventFilter(watched, event))  # type: ignore[arg-type]

    def _open(self, row: int) -> None:
        drafts = self.model.rows
        if 0 <= row < len(drafts):
            self.opened.emit(drafts[row].id)


def listed(store: Store, reader: str) -> Listed:
    """What the list shows to ``reader``."""
    from desktop.store import draft as drafts
    from desktop.store import form as forms

    with store.read() as conn:
        titles = {one.form_id: one.title for one in forms.forms(conn)}
        return drafts.drafts(conn, reader), titles

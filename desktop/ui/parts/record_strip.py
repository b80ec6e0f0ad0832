# SPDX-License-Identifier: Apache-2.0
"""On a record's own page: how far it is on its way to the centre, and whether it has two texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.sync import STAGES, Stage
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.icons import Icon
from desktop.ui.parts.sync_words import field_words, stage_state
from desktop.ui.widgets.hurdle import Hurdle
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.store.store import Store

Records = tuple[tuple[str, str], ...]
Found = tuple[Stage, tuple[tuple[str, str], ...]]


class RecordStrip(QWidget):
    """Small words, and a strip when there are two texts. Nothing before a centre was joined.

    ``wanted(what)`` is what the page of sending arrives with.
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._home = ("", "")
        self._records: Records = ()
        self._said = QWidget(self)
        self._icon = Icon("hard-drive", "accent", 16, self._said)
        self.words = Label("", theme.SMALL, "quiet", wrap=False, parent=self._said)
        row = QHBoxLayout(self._said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        self.texts = Hurdle(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 6)
        column.setSpacing(6)
        column.addWidget(self._said)
        column.addWidget(self.texts)
        self._said.hide()
        self.hide()
        desk.sync.told.connect(self.look)

    def show_record(self, home: str, home_id: str, records: Iterable[tuple[str, str]]) -> None:
        """Show how far ``records`` (noun, id) are, the least of them; they make one page."""
        if (home, home_id) != self._home:
            self.hide()
        self._home, self._records = (home, home_id), tuple(records)
        self.look()

    def clear(self) -> None:
        """Forget the record: somebody else sits down."""
        self._home, self._records = ("", ""), ()
        self.hide()

    def look(self) -> None:
        """Ask again."""
        home, records, by = self._home, self._records, self._desk.by
        if not records or not self._desk.sync.state.joined or self._desk.tasks.closed:
            return

        def read(store: Store) -> Found:
            from desktop.actions.conflict import conflicts

            texts = [
                (one.texts.kind, one.texts.field)
                for one in conflicts(store, by)
                if home in ((one.about.home, one.about.home_id), (one.texts.kind, one.texts.id))
            ]
            return _least(store, records), tuple(texts)

        def show(found: Found) -> None:
            if (home, records) == (self._home, self._records):
                self._show(*found)

        self._desk.look(self, read, show, latest="stage")

    def _show(self, stage: Stage, texts: tuple[tuple[str, str], ...]) -> None:
        word, icon, tone = stage_state(stage)
        self._icon.show_icon(icon, tone)
        self.words.setText(word)
        self.words.setAccessibleName(word)
        self._said.show()
        if texts:
            count = len(texts)
            words = ngettext(
                "There are two texts: {field}",
                "There are two texts in {count} places: {field} and others",
                count,
            ).format(count=count, field=field_words(*texts[0]))
            self.texts.say(words, _("Look at the texts"), self._go)
        self.texts.setVisible(bool(texts))
        self.show()

    def _go(self) -> None:
        self.wanted.emit(("texts", *self._home))


def _least(store: Store, records: Records) -> Stage:
    """How far the least of these records is."""
    from desktop.store import sync_state

    by_noun: dict[str, list[str]] = {}
    for noun, record_id in records:
        by_noun.setdefault(noun, []).append(record_id)
    with store.read() as conn:
        found = {
            stage
            for noun, ids in by_noun.items()
            for stage in sync_state.stages(conn, noun, ids).values()
        }
    return next((stage for stage in STAGES if stage in found), "saved")

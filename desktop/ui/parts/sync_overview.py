# SPDX-License-Identifier: Apache-2.0
"""How far everything written on this laptop has come: a sentence, three figures, each area."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.sync import STAGES, AreaSync, SyncRun, SyncState
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.parts.sync_words import (
    STAGE_MEANINGS,
    moment_words,
    next_words,
    offset_words,
    size_words,
    stage_state,
    waiting_words,
)
from desktop.ui.tables.area_sync import AREA, CONFIRMED, MATCH, RECEIVED, WAITING, AreaSyncModel
from desktop.ui.widgets.badge import badge_size
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.columns import MiddleCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.hurdle import Hurdle
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.table import Table

_WIDTHS: Final = (300, 90, 130, 100, 300)
_KINDS: Final = ("t", "w", "c", "o")
_ROWS: Final = 4
"""Rows of the table that are always shown, when there are so many."""


class _Stage(QFrame):
    """One of the three states: its word and icon, how many, and what it means."""

    def __init__(self, word: str, icon: str, tone: str, means: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._word, self._tone = word, tone
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon(icon, tone, 20, self))
        head.addWidget(Label(word, weight=600, wrap=False, parent=self), 1)
        column.addLayout(head)
        self.figure = Figure("", "0", size=theme.PAGE, parent=self)
        column.addWidget(self.figure)
        column.addWidget(Label(means, theme.SMALL, "quiet", parent=self))
        column.addStretch(1)

    def show_count(self, count: int) -> None:
        """Show how many changes are this far."""
        self.figure.show_figure(f"{count:,}")
        self.figure.set_tone(self._tone if count else "quiet")
        self.setAccessibleName(f"{self._word}: {count:,}")


class SyncOverview(QWidget):
    """``conflicts_wanted``, ``put_aside_wanted``: what asks for a person was pressed."""

    conflicts_wanted = Signal()
    put_aside_wanted = Signal()

    def __init__(self, join: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = AreaSyncModel(self)
        whole = self._whole = QWidget(self)
        self.icon = Icon("send", "accent", 28, whole)
        self.headline = Label("", theme.SECTION, weight=600, parent=whole)
        self.words = Label("", tone="quiet", parent=whole)
        self.facts = Label("", theme.SMALL, "quiet", parent=whole)
        self.stages = {
            stage: _Stage(*stage_state(stage), _(STAGE_MEANINGS[stage]), whole) for stage in STAGES
        }
        self.texts = Hurdle(whole)
        self.aside = Hurdle(whole)
        self.clock = QFrame(whole)
        self._clock_words = Label("", parent=self.clock)
        self.table = Table(_("Areas"), self.model, widths=_WIDTHS, parent=whole)
        self.table.setItemDelegateForColumn(MATCH, BadgeCell(self.table))
        self.table.setItemDelegateForColumn(AREA, MiddleCell(self.table))
        self.empty = Empty(
            "satellite-dish",
            _("This computer has not joined a centre"),
            _(
                "Everything is kept on this computer, and everything can be done without a "
                "centre. When your office has one, join it: what was written here is then sent "
                "by itself whenever there is a connection."
            ),
            (join,),
            self,
        )
        self._lay()

    def _lay(self) -> None:
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(14)
        said = QVBoxLayout()
        said.setSpacing(0)
        for label in (self.headline, self.words, self.facts):
            said.addWidget(label)
        head.addWidget(self.icon)
        head.addLayout(said, 1)
        column.addLayout(head)
        hint = QHBoxLayout(self.clock)
        hint.setContentsMargins(12, 4, 12, 4)
        hint.setSpacing(12)
        hint.addWidget(Icon("clock", "amber", parent=self.clock))
        hint.addWidget(self._clock_words, 1)
        self.clock.setProperty("tone", "grey")
        for strip in (self.texts, self.aside, self.clock):
            column.addWidget(strip)
        self.clock.hide()
        across = QHBoxLayout()
        across.setSpacing(12)
        for stage in self.stages.values():
            across.addWidget(stage, 1)
        column.addLayout(across)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.room = Scroll(self._whole, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.room)
        self._stack.addWidget(self.empty)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_state(
        self, state: SyncState, run: SyncRun, names: Mapping[str, str], now: datetime
    ) -> None:
        """Show how far everything is; the current row of the table stays current."""
        self._stack.setCurrentWidget(self.room if state.joined else self.empty)
        if not state.joined:
            return
        icon, tone, headline, words = sentence(state, run)
        self.icon.show_icon(icon, tone)
        self.headline.setText(headline)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.facts.setText(facts(state, run, now))
        counts = {"saved": state.waiting, "received": state.received, "confirmed": state.confirmed}
        for stage, card in self.stages.items():
            card.show_count(counts[stage])
        self._ask(state)
        clock = offset_words(state.offset)
        self._clock_words.setText(clock)
        self.clock.setAccessibleName(clock)
        self.clock.setVisible(bool(clock))
        before = self.model.row_at(self.table.currentIndex().row())
        areas = tuple(sorted(state.areas, key=_order))
        self.model.show_areas(areas, names, now)
        if before is not None:
            scopes = [area.scope for area in areas]
            self.table.go_to(scopes.index(before.scope) if before.scope in scopes else 0)
        self._fit()

    def _ask(self, state: SyncState) -> None:
        """What asks for a person, above everything else."""
        if state.conflicts:
            words = ngettext(
                "{count} record has two texts. Both are kept until somebody chooses.",
                "{count} records have two texts. Both are kept until somebody chooses.",
                state.conflicts,
            ).format(count=state.conflicts)
            self.texts.say(words, _("Look at the texts"), self.conflicts_wanted.emit)
        if state.put_aside:
            words = ngettext(
                "The centre put {count} change aside. It is kept, here and there.",
                "The centre put {count} changes aside. They are kept, here and there.",
                state.put_aside,
            ).format(count=state.put_aside)
            self.aside.say(words, _("See why"), self.put_aside_wanted.emit)
        self.texts.setVisible(bool(state.conflicts))
        self.aside.setVisible(bool(state.put_aside))

    def focus_first(self) -> None:
        """Into the table of areas, or onto what asks for a person."""
        for strip in (self.texts, self.aside):
            if not strip.isHidden():
                strip.way_out.setFocus()
                return
        if self.model.rows:
            self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Once the table has its new room.
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        rows = max(1, len(self.model.rows))
        high = theme.scaled(theme.TARGET)
        self.table.setMinimumHeight(high * (min(_ROWS, rows) + 1) + 6)
        self.table.setMaximumHeight(high * (rows + 1) + 6)
        words = [str(self.model.index(row, MATCH).data()) for row in range(len(self.model.rows))]
        # A badge needs more than its words.
        widest = max((badge_size(each).width() for each in words), default=0) + 24
        self.table.setColumnWidth(MATCH, max(theme.scaled(230), widest))
        self.table.fit({WAITING: 80, RECEIVED: 110, CONFIRMED: 80, AREA: 200})
        taken = sum(self.table.columnWidth(each) for each in range(MATCH + 1))
        left = self.table.viewport().width() - taken
        if left > 0:
            # Short names leave room, and a table that ends in the middle looks broken.
            self.table.setColumnWidth(AREA, self.table.columnWidth(AREA) + left)


def _order(area: AreaSync) -> tuple[bool, int, str]:
    """First where something is still on its way; then areas, events, cases, the office."""
    kind = area.scope.partition(":")[0]
    place = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    return not (area.saved or area.coming), place, area.scope


def sentence(state: SyncState, run: SyncRun) -> tuple[str, str, str, str]:
    """Icon, tone, headline and words that say how sync stands. Offline is no fault."""
    waiting = waiting_words(state.waiting)
    if run.busy:
        words = (
            _("{done} of {total}").format(done=f"{run.done:,}", total=f"{run.total:,}")
            if run.total
            else _("You can go on working.")
        )
        return "refresh-cw", "accent", _("Sending and receiving…"), words
    if run.outcome in ("refused", "problem"):
        headline = _("The centre could not be used")
        return "triangle-alert", "amber", headline, run.sentence or _("It is tried again.")
    if run.outcome == "offline" or (not run.outcome and state.waiting):
        if state.waiting:
            headline = _("{waiting} wait on this computer").format(waiting=waiting)
            words = _("Go on working. They are sent by themselves when there is a connection.")
        else:
            headline = _("Nothing waits to be sent")
            words = _("There is no connection now. It is looked for again by itself.")
        return "cloud-off", "grey", headline, words
    if state.waiting:
        headline = _("{waiting} wait to be sent").format(waiting=waiting)
        return "send", "accent", headline, _("They are sent by themselves.")
    if state.received:
        return (
            "building-2", "green", _("The centre has everything"),
            _("What is not confirmed yet is confirmed with the centre's next backup."),
        )  # fmt: skip
    return "shield-check", "green", _("Everything is at the centre, and confirmed"), ""


def facts(state: SyncState, run: SyncRun, now: datetime) -> str:
    """Last contact, next try, photos, in one small line."""
    parts = [
        _("Last contact: {when}").format(when=moment_words(state.last_contact, now)),
        "" if run.busy else _("Next try: {when}").format(when=next_words(run.next_at, now)),
    ]
    if state.photos:
        words = ngettext("{count} photo waiting", "{count} photos waiting", state.photos)
        size = size_words(state.photo_bytes)
        parts.append(f"{words.format(count=f'{state.photos:,}')} ({size})")
        if run.metered:
            parts.append(_("photos wait for a connection that does not cost by the byte"))
    parts.append(state.office or state.centre)
    return " · ".join(part for part in parts if part)

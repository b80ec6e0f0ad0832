# SPDX-License-Identifier: Apache-2.0
"""What is to be followed up: overdue, today, in seven days; above it what cannot wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import N_, _, ngettext
from desktop.model.follow_up import DueList, FollowUpLine
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.page import Page
from desktop.ui.parts.case_printing import print_paper
from desktop.ui.parts.case_tab import CaseTab
from desktop.ui.parts.due_actions import DueActions
from desktop.ui.parts.due_tile import DueTile
from desktop.ui.tables.follow_up import (
    NUMBER,
    OWNER,
    PROBLEM,
    TAMBON,
    URGENCY,
    WHEN,
    WHO,
    FollowUpModel,
)
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.model.alert import AlertLine
    from desktop.store.referral import ReferralLine
    from desktop.store.store import Store

PARTS: Final = {
    "overdue": (N_("Overdue"), "triangle-alert", "red"),
    "today": (N_("Today"), "clock", "amber"),
    "week": (N_("In seven days"), "calendar-days", "accent"),
    "later": (N_("Later (30 days)"), "calendar", "grey"),
}
"""Word (a msgid), icon and tone of each part of the list."""
_ROOM: Final = 1060


@dataclass(frozen=True, slots=True)
class _Held:
    due: DueList
    alerts: tuple[AlertLine, ...]
    silent: tuple[ReferralLine, ...]


class DueView(CaseTab):
    """The tab one begins the day with."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._due = DueList()
        self._part = ""
        self.acts = DueActions(page, self.current, self.opened.emit)
        self.print = page.command(_("Print the list"), self._print, "F5", "printer")
        self.tiles: dict[str, DueTile] = {}
        self.model = FollowUpModel(self)
        self.table = follow_up_table(self.model, _("Follow-ups that are due"), self)
        self.table.chosen.connect(lambda _row: self.acts.open.trigger())
        self.table.moved.connect(lambda _row: self.turned.emit())
        self.alert_band = _Band("siren", _("Show it"), self._open_alert, self)
        self.letter_band = _Band("send", _("Show it"), self._open_letter, self)
        self._visits = page.command(
            _("Go to home visits"), lambda: page.go.emit("household", None), "", "map-pinned"
        )
        self._empty = Empty("calendar-days", "", "", (self._visits,), self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for part, (word, icon, tone) in PARTS.items():
            tile = DueTile(_(word), icon, tone, self)
            tile.clicked.connect(partial(self._press, part))
            self.tiles[part] = tile
            tiles.addWidget(tile)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(8)
        bands = QHBoxLayout()
        bands.setSpacing(12)
        bands.addWidget(self.alert_band, 1)
        bands.addWidget(self.letter_band, 1)
        column.addLayout(bands)
        column.addLayout(tiles)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        primary, others = self.acts.offers()
        return primary, (*others, self.print) if self._lines("") else others

    def keys(self) -> tuple[QAction, ...]:
        return (self._visits,)

    def current(self) -> FollowUpLine | None:
        """The follow-up of the current row."""
        row, lines = self.table.currentIndex().row(), self.model.rows
        return lines[row] if 0 <= row < len(lines) else None

    def reload(self) -> None:
        by, today = self.desk.by, self.desk.now().date()

        def read(store: Store) -> _Held:
            from desktop.store import alert as alerts
            from desktop.store import follow_up as follow_ups
            from desktop.store import referral as referrals

            with store.read() as conn:
                letters = referrals.referrals(conn, by, today, outstanding=True)
                return _Held(
                    follow_ups.due(conn, by, today),
                    alerts.alerts(conn, by, open_only=True),
                    tuple(one for one in letters if one.standing == "overdue"),
                )

        self.desk.look(self, read, self._show, latest="due")

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def _show(self, held: _Held) -> None:
        self._due = held.due
        for part, tile in self.tiles.items():
            tile.show_count(len(self._lines(part)))
        if self._part and not self._lines(self._part):
            self._part = ""
        for part, tile in self.tiles.items():
            tile.setChecked(part == self._part)
        self._show_bands(held)
        self._fill()

    def _show_bands(self, held: _Held) -> None:
        alerts = held.alerts
        if alerts:
            words = ngettext(
                "{count} alert is open", "{count} alerts are open", len(alerts)
            ).format(count=len(alerts))
            uncalled = sum(line.wants_1300 for line in alerts)
            if uncalled:
                more = ngettext(
                    "1300 is not called yet for {count}",
                    "1300 is not called yet for {count}",
                    uncalled,
                ).format(count=uncalled)
                words = f"{words}  ·  {more}"
            self.alert_band.say(words)
        self.alert_band.setVisible(bool(alerts))
        if held.silent:
            first = held.silent[0]
            words = ngettext(
                "{count} letter is without an answer for more than 3 days: {agency}",
                "{count} letters are without an answer for more than 3 days, first {agency}",
                len(held.silent),
            )
            self.letter_band.say(words.format(count=len(held.silent), agency=first.to))
        self.letter_band.setVisible(bool(held.silent))

    def _lines(self, part: str) -> tuple[FollowUpLine, ...]:
        due = self._due
        if not part:
            return (*due.overdue, *due.today, *due.week, *due.later)
        found: tuple[FollowUpLine, ...] = getattr(due, part)
        return found

    def _fill(self) -> None:
        before = self.current()
        lines = self._lines(self._part)
        self.model.show_lines(lines, self.desk.now().date())
        self._stack.setCurrentWidget(self.table if lines else self._empty)
        if not lines:
            self._empty.say(
                _("Nothing to follow up in the next 30 days"),
                _(
                    "A home visit, an alert or a case sets the day by its urgency; it then "
                    "stands here until it is done."
                ),
            )
        ids = [line.follow_up.id for line in lines]
        self.table.go_to(ids.index(before.follow_up.id)
                         if before and before.follow_up.id in ids else 0)  # fmt: skip
        fit_follow_ups(self.table)
        self.turned.emit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        fit_follow_ups(self.table)

    def _press(self, part: str) -> None:
        self._part = "" if part == self._part else part
        for name, tile in self.tiles.items():
            tile.setChecked(name == self._part)
        self._fill()

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def _open_alert(self) -> None:
        self.page.go.emit("cases", "alerts")

    def _open_letter(self) -> None:
        self.page.go.emit("cases", "letters")

    def _print(self) -> None:
        from desktop.actions.case_paper import due_paper

        by = self.desk.by
        print_paper(
            self.page,
            lambda store, kind: due_paper(store, by, kind=kind),
            _("Follow-ups that are due"),
            _("follow-ups"),
        )

    def focus_first(self) -> None:
        self.table.setFocus()


def follow_up_table(model: FollowUpModel, name: str, parent: QWidget) -> Table:
    """A table of follow-ups."""
    table = Table(name, model, widths=(150, 130, 190, 150, 200, 190, 150), parent=parent)
    table.horizontalHeader().setStretchLastSection(True)
    for column in (WHEN, URGENCY, WHO):
        table.setItemDelegateForColumn(column, BadgeCell(table))
    return table


def fit_follow_ups(table: Table) -> None:
    """Share the room among the columns of words; a narrow window does without case numbers."""
    if not table.isColumnHidden(TAMBON):
        table.setColumnHidden(NUMBER, table.width() < theme.scaled(_ROOM))
    table.fit({WHO: 160, TAMBON: 130, PROBLEM: 150, OWNER: 100})


class _Band(QFrame):
    """A red line that says what cannot wait, with the way there."""

    def __init__(
        self, icon: str, verb: str, pressed: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("tone", "red")
        self.words = Label("", weight=600, tone="red", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 6, 2)
        row.setSpacing(10)
        row.addWidget(Icon(icon, "red", 20, self))
        row.addWidget(self.words, 1)
        self.button = Button(verb, pressed, kind="quiet", icon="arrow-right",
                             icon_after=True, parent=self)  # fmt: skip
        row.addWidget(self.button)
        self.hide()

    def say(self, words: str) -> None:
        """Say this."""
        self.words.setText(words)
        self.button.setAccessibleDescription(words)

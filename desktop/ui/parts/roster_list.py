# SPDX-License-Identifier: Apache-2.0
"""The roster: search, filters, how full the provinces are, and the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.event import Event
from desktop.model.roster import QuotaLine, RosterRow, coverage
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.attendance_words import province_words
from desktop.ui.icons import Icon
from desktop.ui.parts.roster_columns import WIDTHS, RosterColumns
from desktop.ui.tables import roster as table_of
from desktop.ui.tables.roster import RosterModel
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table
from desktop.ui.widgets.tiles import Tile, Tiles

if TYPE_CHECKING:
    from desktop.store.store import Store

_NAMED: Final = 3
"""Missing provinces said by name; the others are counted."""
_NARROW: Final = 600


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything the page shows of one event."""

    event: Event
    rows: tuple[RosterRow, ...]
    quota: tuple[QuotaLine, ...]
    has_register: bool
    """Whether certificates have been numbered by these seats."""
    days: int

    @property
    def expected(self) -> int:
        return sum(row.expected for row in self.rows)


def read_roster(store: Store, event_id: str) -> Roster | None:
    """Read an event and its roster; None when there is no such event."""
    from desktop.store import event, roster

    with store.read() as conn:
        if not event_id:
            return None
        try:
            held = event.event(conn, event_id)
        except LookupError:
            return None
        return Roster(
            held,
            roster.roster(conn, event_id),
            roster.quota(conn, event_id),
            roster.has_register(conn, event_id),
            len(event.days(conn, event_id)),
        )


def quota_words(roster: Roster) -> tuple[str, str, str]:
    """(sentence, icon, tone) of how full the event's areas are; all empty without areas."""
    words, icon, tone = _province_quota(roster)
    below, whole = _coverage_words(roster)
    if not below:
        return words, icon, tone
    if not whole and tone == "green":
        icon, tone = "triangle-alert", "amber"
    return f"{words} · {below}", icon, tone


def _coverage_words(roster: Roster) -> tuple[str, bool]:
    """How the tambons or amphoe of the event are covered, and whether all are."""
    from desktop.store.area import area

    found = coverage(roster.event.areas, (row.area for row in roster.rows if row.expected))
    if not found.wanted:
        return "", True
    tambons = all(len(code) in (2, 6) for code in roster.event.areas)
    head = _("{there}/{wanted} tambons") if tambons else _("{there}/{wanted} areas")
    words = head.format(there=found.there, wanted=found.wanted)
    if not found.missing:
        return words, True
    held = [area(code) for code in found.missing[:_NAMED]]
    names = ", ".join(one.name for one in held if one is not None)
    more = len(found.missing) - _NAMED
    if more > 0:
        names += " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
    return f"{words} · " + _("missing: {names}").format(names=names), False


def _province_quota(roster: Roster) -> tuple[str, str, str]:
    """The provinces alone."""
    wanted = {code[:2] for code in roster.event.areas}
    if not wanted:
        sent = sum(1 for line in roster.quota if line.province and line.enrolled)
        if not sent:
            return "", "", ""
        words = ngettext("People from {count} province", "People from {count} provinces", sent)
        return words.format(count=sent), "map-pin", "grey"
    lines = [line for line in roster.quota if line.province in wanted]
    there = sum(1 for line in lines if line.enrolled)
    head = _("{there}/{wanted} provinces").format(there=there, wanted=len(wanted))
    short = [line for line in lines if line.missing]
    if not short:
        full = _("every place filled") if roster.event.quota else _("every province has someone")
        return f"{head} · {full}", "circle-check", "green"
    quota = roster.event.quota
    names = ", ".join(
        province_words(line.province) + (f" {line.enrolled}/{quota}" if line.enrolled else "")
        for line in short[:_NAMED]
    )
    more = len(short) - _NAMED
    if more > 0:
        names += " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
    words = _("not yet full: {names}") if there == len(wanted) else _("missing: {names}")
    return f"{head} · " + words.format(names=names), "triangle-alert", "amber"


class RosterList(QWidget):
    """``opened(enrolment id)`` comes with Enter or a double click on a line, ``moved`` when
    another line becomes the current one, ``asked(text)`` with each key in the search box."""

    opened = Signal(str)
    moved = Signal(str)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roster: Roster | None = None
        self._found: frozenset[str] | None = None
        self.model = RosterModel(self)
        self.box = SearchBox(_("Name, last four digits, or seat"), parent=self)
        self.province = Choice(parent=self)
        self.province.setAccessibleName(_("Province"))
        self.group = Choice(parent=self)
        self.group.setAccessibleName(_("Group"))
        self.group.setMaximumWidth(theme.scaled(240))
        self.group.setMinimumContentsLength(12)
        self.group.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._lock = Badge(parent=self)
        self._count = Label("", "small", "quiet", wrap=False, parent=self)
        self._quota_icon = Icon("map-pin", parent=self)
        self.quota = Label("", "small", weight=600, wrap=False, parent=self)
        self.provinces = Button(
            _("Provinces"), self._turn_tiles, kind="choice", icon="layout-grid", parent=self
        )
        self.provinces.setCheckable(True)
        self.tiles = Tiles(_("Provinces"), self)
        self._tile_room = Scroll(self.tiles, self)
        self.table = Table(
            _("Roster"),
            self.model,
            widths=WIDTHS,
            stretch=table_of.NAME,
            parent=self,
        )
        self._columns = RosterColumns(self.table, self.model)
        self.table.horizontalHeader().setMinimumSectionSize(theme.scaled(56))
        self.nothing = Label("", tone="quiet", parent=self)
        # Less than its parts ask for: in a narrow place some of them give way.
        self.setMinimumWidth(theme.scaled(360))
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.box, 1)
        row.addWidget(self.province)
        row.addWidget(self.group)
        state = QHBoxLayout()
        state.setSpacing(12)
        state.addWidget(self._lock)
        state.addWidget(self._count)
        state.addSpacing(4)
        state.addWidget(self._quota_icon)
        state.addWidget(self.quota, 1)
        state.addWidget(self.provinces)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(state)
        column.addWidget(self._tile_room)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        self._tile_room.hide()
        self.nothing.hide()

    def _wire(self) -> None:
        self.box.asked.connect(self.asked)
        self.box.down.connect(self._into_table)
        self.box.took.connect(self._into_table)
        self.province.chose.connect(lambda _code: self._filter())
        self.group.chose.connect(lambda _code: self._filter())
        self.tiles.pressed.connect(self._tile_pressed)
        self.table.chosen.connect(lambda place: self._tell(place, self.opened))
        self.table.moved.connect(lambda place: self._tell(place, self.moved))

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_roster(self, roster: Roster) -> None:
        """Show this; filters, the current line and the scroll stay."""
        self._roster = roster
        self._offer(roster)
        words, icon, tone = quota_words(roster)
        self.quota.setText(words)
        self.quota.set_tone(tone or "quiet")
        self._quota_icon.show_icon(icon or "map-pin", tone or "quiet")
        self._quota_icon.setVisible(bool(words))
        self.provinces.setVisible(bool(words))
        if roster.event.roster_locked:
            self._lock.show_state(_("Locked, seats are given"), "lock", "accent")
        else:
            self._lock.show_state(_("Open, seats not yet given"), "lock-open", "grey")
        self._columns.measure(roster.rows)
        self._columns.fit(self.width())
        self._filter()

    def show_found(self, ids: frozenset[str] | None) -> None:
        """Show these lines only; None for all of them."""
        self._found = ids
        self._filter()

    def current(self) -> RosterRow | None:
        """The line the keys are on."""
        return self.model.row_at(self.table.currentIndex().row())

    def go_to(self, enrolment_id: str) -> None:
        """Go to a line, when it is shown."""
        self.table.go_to(self.model.place_of(enrolment_id))

    def _offer(self, roster: Roster) -> None:
        """The provinces and groups that occur, to filter by."""
        codes = sorted({row.province for row in roster.rows if row.province})
        provinces = [(code, province_words(code)) for code in codes]
        self.province.set_options(
            [("", _("Every province")), *provinces], self.province.value() or ""
        )
        groups = sorted({row.group for row in roster.rows if row.group})
        words = [(code, codelist.word("person_group", code)) for code in groups]
        self.group.set_options([("", _("Every group")), *words], self.group.value() or "")

    def _filter(self) -> None:
        roster = self._roster
        if roster is None:
            return
        province, group = self.province.value() or "", self.group.value() or ""
        found = self._found
        kept = tuple(
            row
            for row in roster.rows
            if (found is None or row.enrolment_id in found)
            and (not province or row.province == province)
            and (not group or row.group == group)
        )
        here = self.current()
        scroll = self.table.verticalScrollBar().value()
        self.model.hold(kept)
        place = self.model.place_of(here.enrolment_id) if here is not None else -1
        self.table.go_to(place if place >= 0 else 0 if found else -1)
        if not found:
            self.table.verticalScrollBar().setValue(scroll)
        self._say_count(roster, len(kept))
        self._show_tiles(roster, province)

    def _say_count(self, roster: Roster, shown: int) -> None:
        people = roster.expected
        words = ngettext("{count} person", "{count} people", people).format(count=people)
        off = len(roster.rows) - people
        if off:
            words += " · " + ngettext("{count} taken off", "{count} taken off", off).format(
                count=off
            )
        if shown != len(roster.rows):
            words += " · " + _("showing {count}").format(count=shown)
        self._count.setText(words)
        self.nothing.setVisible(not shown)
        self.nothing.setText(_("Nobody on this roster fits. Type less, or show every province."))

    def _show_tiles(self, roster: Roster, chosen: str) -> None:
        if self._tile_room.isHidden():
            return
        self.tiles.show_tiles(
            [
                Tile(
                    line.province,
                    province_words(line.province),
                    line.enrolled,
                    line.quota or max(1, line.enrolled),
                )
                for line in roster.quota
                if line.province
            ],
            chosen,
        )
        self._fit_tiles()

    def _turn_tiles(self) -> None:
        shown = self._tile_room.isHidden()
        self._tile_room.setVisible(shown)
        self.provinces.setChecked(shown)
        if self._roster is not None:
            self._show_tiles(self._roster, self.province.value() or "")

    def _tile_pressed(self, code: str) -> None:
        self.province.set_value("" if self.province.value() == code else code)
        if self.province.value() != code and self.province.findData(code) < 0:
            # Nobody of that province is on the roster: there is nothing to show of it.
            self.province.set_value("")
        self._filter()

    def _fit_tiles(self) -> None:
        need = self.tiles.heightForWidth(max(200, self._tile_room.viewport().width()))
        row = theme.scaled(64) + 8
        rows = max(2, self.height() // 3 // row)
        self._tile_room.setFixedHeight(min(need, rows * row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())
        narrow = self.width() < theme.scaled(_NARROW)
        for choice in (self.province, self.group):
            # A filter that is on stays in sight.
            choice.setVisible((not narrow or bool(choice.value())) and choice.count() > 2)
        self._count.setVisible(not narrow)
        if not self._tile_room.isHidden():
            QTimer.singleShot(0, self, self._fit_tiles)

    def _into_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.current() is None:
                self.table.go_to(0)

    def _tell(self, place: int, signal: object) -> None:
        row = self.model.row_at(place)
        signal.emit("" if row is None else row.enrolment_id)  # type: ignore[attr-defined]

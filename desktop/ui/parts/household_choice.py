# SPDX-License-Identifier: Apache-2.0
"""Where the visit is: a household known already, found by typing, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts.household_lines import Line, Lines
from desktop.ui.parts.household_words import address, day_words, people_words
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from desktop.model.household import FoundHousehold
    from desktop.store.store import Store

_MOST: Final = 30
_NEW: Final = "new"
_HIGH: Final = 300


class HouseholdChoice(Dialog):
    """``household_id()`` (empty for a new one) and ``with_event()`` once accepted."""

    def __init__(self, desk: Desk, event_name: str, parent: QWidget) -> None:
        super().__init__(parent, _("Whom do you visit?"), "", _("Begin the visit"), icon="plus")
        self.setMinimumWidth(theme.scaled(740))
        self._desk = desk
        self.box = SearchBox(_("Name, house number, moo, village or tambon"), key="", parent=self)
        self.list = Lines(_("Households"), self)
        self.list.setProperty("chooses", True)
        self._room = Scroll(self.list, self)
        self._room.setFixedHeight(theme.scaled(_HIGH))
        self.event_tick = Tick(
            _("Part of: {event}").format(event=event_name),
            checked=bool(event_name),
            parent=self,
        )
        self.event_tick.setVisible(bool(event_name))
        self.body.addWidget(self.box)
        self.body.addWidget(self._room)
        self.body.addWidget(self.event_tick)
        self.box.asked.connect(self._ask)
        self.box.down.connect(self._into_list)
        self.box.took.connect(self._press)
        self.list.chosen.connect(lambda _key: self._press())
        self.list.moved.connect(self._follow)
        self.list.installEventFilter(self)
        self._show(())
        self._ask("")

    def household_id(self) -> str:
        """The household that was chosen; empty for a new one."""
        key = self.list.key()
        return "" if key == _NEW else key

    def with_event(self) -> bool:
        """Whether the visit is part of the event in hand."""
        return not self.event_tick.isHidden() and self.event_tick.isChecked()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Up
            and self.list.currentIndex().row() <= 0
        ):
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _ask(self, text: str) -> None:
        def read(store: Store) -> tuple[FoundHousehold, ...]:
            from desktop.store.household import find_households

            with store.read() as conn:
                return find_households(conn, text, _MOST)

        self._desk.look(self, read, self._show, latest="choice")

    def _show(self, found: tuple[FoundHousehold, ...]) -> None:
        new = Line(_NEW, _("A new household"), _("It was never visited before."),
                   (_("new"), "plus", "accent"))  # fmt: skip
        lines = [_line(one) for one in found]
        # Who typed a name looks for somebody; who typed nothing begins with the new one.
        typed = bool(self.box.text().strip())
        shown = (*lines, new) if typed else (new, *lines)
        self.list.lines.show_lines(())
        self.list.show_lines(shown)
        self._room.verticalScrollBar().setValue(0)

    def _into_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        row = self.list.currentIndex().row()
        if row + 1 < len(self.list.lines.lines):
            self.list.setCurrentIndex(self.list.lines.index(row + 1))

    def _follow(self, _key: str) -> None:
        """Bring the current one into sight; a new household needs no more than a verb."""
        where = self.list.visualRect(self.list.currentIndex())
        self._room.ensureVisible(0, where.center().y(), 0, where.height())
        self.verb.setText(
            _("Begin the visit") if self.household_id() else _("Begin with a new household")
        )


class VisitHere(Dialog):
    """A visit to a household that is open: whether it is part of the event in hand."""

    def __init__(self, name: str, event_name: str, parent: QWidget) -> None:
        super().__init__(
            parent, _("Visit {name}").format(name=name), "", _("Begin the visit"), icon="plus"
        )
        self.event_tick = Tick(
            _("Part of: {event}").format(event=event_name), checked=True, parent=self
        )
        self.body.addWidget(self.event_tick)

    def with_event(self) -> bool:
        """Whether the visit is part of the event in hand."""
        return self.event_tick.isChecked()


def _line(one: FoundHousehold) -> Line:
    last = (
        _("last visit {day}").format(day=day_words(one.last_visited))
        if one.last_visited
        else _("never visited")
    )
    under = " · ".join(
        (address(one.household, one.area_name), people_words(len(one.members)), last)
    )
    return Line(one.household.id, one.name or _("(no name)"), under)

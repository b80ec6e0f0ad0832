# SPDX-License-Identifier: Apache-2.0
"""One event: its state, who is also expected elsewhere, and its parts on tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, language, ngettext
from desktop.model.event import CeremonyRole, Clash, Day, Event, Programme
from desktop.model.organisation import Award
from desktop.store import codelist
from desktop.thai import dates
from desktop.thai.names import full_name
from desktop.ui.icons import Icon
from desktop.ui.parts.award_list import AwardList
from desktop.ui.parts.ceremony import Ceremony
from desktop.ui.parts.event_facts import EventFacts
from desktop.ui.parts.timetable import Timetable
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from desktop.store.store import Store

_NAMED: Final = 6
"""People of a clash that are named; the others are counted."""
_A_LINE: Final = 3
_EVENTS: Final = 3
"""Other events of clashes that are named."""


@dataclass(frozen=True, slots=True)
class ClashWords:
    """People of this event expected in another one on the same days."""

    other: str
    days: tuple[date, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """All that the view of an event shows."""

    event: Event
    programme: Programme | None
    programmes: tuple[Programme, ...]
    days: tuple[Day, ...]
    roles: tuple[CeremonyRole, ...]
    awards: tuple[Award, ...]
    clashes: tuple[ClashWords, ...]
    enrolled: int


def read_event(store: Store, event_id: str) -> Held | None:
    """Read an event for its view; None when there is none with this id."""
    from desktop.store import event as events
    from desktop.store import organisation, person

    with store.read() as conn:
        row = next((one for one in events.events(conn) if one.event.id == event_id), None)
        if row is None:
            return None
        clashes = events.clashes(conn, event_id)
        people = person.people(conn, {clash.person_id for clash in clashes})
        names = {
            one.id: full_name(one.title, one.first, one.middle, one.last)
            for one in people.values()
        }
        programmes = events.programmes(conn)
        return Held(
            row.event,
            next((one for one in programmes if one.id == row.event.programme_id), None),
            programmes,
            events.days(conn, event_id),
            events.ceremony(conn, event_id),
            organisation.awards(conn, event_id),
            _grouped(clashes, names),
            row.enrolled,
        )


def _grouped(clashes: Sequence[Clash], names: dict[str, str]) -> tuple[ClashWords, ...]:
    by_other: dict[str, list[Clash]] = {}
    for clash in clashes:
        by_other.setdefault(clash.other_event_id, []).append(clash)
    return tuple(
        ClashWords(
            held[0].other_event_name,
            held[0].days,
            tuple(names[clash.person_id] for clash in held if clash.person_id in names),
        )
        for held in by_other.values()
    )


def gives_awards(event: Event) -> bool:
    """Whether the certificates of an event go to organisations (list ``cert_kind``)."""
    kind = codelist.code("cert_kind", event.certificate_kind)
    return kind is not None and kind.extra.get("to") == "org"


def clash_words(event: Event, clash: ClashWords) -> str:
    """Who is in both events and on which days; many people stand in lines of their own."""
    months = dates.ENGLISH_MONTHS if language() == "en" else dates.SHORT_MONTHS
    days = ", ".join(f"{day.day} {months[day.month - 1]}" for day in clash.days)
    if len(clash.names) == 1:
        return _("{people} is in “{event}” and also in “{other}” on {days}").format(
            people=clash.names[0], event=event.name, other=clash.other, days=days
        )
    head = _("{count} people are in “{event}” and also in “{other}” on {days}:").format(
        count=len(clash.names), event=event.name, other=clash.other, days=days
    )
    shown, more = clash.names[:_NAMED], len(clash.names) - _NAMED
    # A few to a line, so that no line ends within a name.
    lines = [", ".join(shown[at : at + _A_LINE]) for at in range(0, len(shown), _A_LINE)]
    if more > 0:
        lines[-1] += " " + ngettext("and {count} other", "and {count} others", more).format(
            count=more
        )
    return "\n".join((head, *lines))


class EventView(QWidget):
    """The parts keep nothing themselves: the page hears their signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: Held | None = None
        self._late: Held | None = None
        """What the timetable does not show yet."""
        self.facts = EventFacts()
        self.timetable = Timetable()
        self.ceremony = Ceremony()
        self.awards = AwardList(self)
        self._stack = QStackedWidget(self)
        self._holders: list[QWidget] = [
            Scroll(self.facts, self), Scroll(self.timetable, self), Scroll(self.ceremony, self),
            self.awards,
        ]  # fmt: skip
        for holder in self._holders:
            self._stack.addWidget(holder)
        words = (
            _("Facts"),
            _("Timetable"),
            _("Ceremony and signers"),
            _("Organisations and projects awarded"),
        )
        self.tabs = Tabs(_("Parts of the event"), words, self)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.currentChanged.connect(self._turn_to)
        self.badges = [Badge("", "circle-check", "accent", self) for _place in range(3)]
        self._clashes = QFrame(self)
        self._clashes.setProperty("tone", "amber")
        self._clash_words = Label("", parent=self._clashes)
        held = QHBoxLayout(self._clashes)
        held.setContentsMargins(14, 6, 14, 6)
        held.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        held.addWidget(Icon("triangle-alert", "amber", 22, self._clashes), 0, top)
        held.addWidget(self._clash_words, 1)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(8)
        head.addWidget(self.tabs, 1)
        for badge in self.badges:
            head.addWidget(badge)
        notice = QHBoxLayout()
        notice.setContentsMargins(24, 0, 24, 0)
        notice.addWidget(self._clashes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(notice)
        column.addWidget(self._stack, 1)

    def _turn_to(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._fill_timetable()

    def enter(self, place: int) -> None:
        """Turn to a part by its key and go into it: the keys of a part work where the focus is."""
        # What has the focus is about to be hidden; leaving it keeps what was typed there.
        self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tabs.setCurrentIndex(place)
        for part in self._holders[place].findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
                part.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    @property
    def held(self) -> Held | None:
        """What is shown."""
        return self._held

    def show_held(self, held: Held, in_hand: str) -> None:
        """Show an event; ``in_hand`` is the id of the one being worked on."""
        other = self._held is None or self._held.event.id != held.event.id
        self._held = held
        self.facts.show_event(held.event, held.programmes)
        self._late = held
        self._fill_timetable()
        self.ceremony.show_roles(held.event.id, held.roles)
        self.awards.show_awards(held.event.id, held.awards)
        # Awards that are there are shown even when the kind of certificate was changed since.
        self.tabs.setTabVisible(3, gives_awards(held.event) or bool(held.awards))
        if other:
            self.tabs.setCurrentIndex(0)
        self._show_badges(held, in_hand)
        lines = [clash_words(held.event, clash) for clash in held.clashes[:_EVENTS]]
        if len(held.clashes) > _EVENTS:
            lines.append(
                ngettext(
                    "and people in {count} more event",
                    "and people in {count} more events",
                    len(held.clashes) - _EVENTS,
                ).format(count=len(held.clashes) - _EVENTS)
            )
        words = "\n".join(lines)
        self._clash_words.setText(words)
        self._clashes.setVisible(bool(words))
        self._clashes.setAccessibleName(words)

    def _fill_timetable(self) -> None:
        """The lines of a long event take a moment to make: not before they are looked at."""
        held = self._late
        if held is not None and self._stack.currentIndex() == 1:
            self._late = None
            self.timetable.show_days(held.event, held.days)

    def _show_badges(self, held: Held, in_hand: str) -> None:
        states: list[tuple[str, str, str]] = []
        if held.event.id == in_hand:
            states.append((_("In hand"), "circle-check", "accent"))
        if held.event.roster_locked:
            states.append((_("Roster locked"), "lock", "grey"))
        if held.event.closed:
            states.append((_("Closed"), "ban", "grey"))
        for place, badge in enumerate(self.badges):
            badge.setVisible(place < len(states))
            if place < len(states):
                badge.show_state(*states[place])

    def leave(self) -> bool:
        """Leave what is open inside a part; False when nothing is."""
        if self._stack.currentWidget() is self.awards and self.awards.reading:
            self.awards.leave_reading()
            return True
        return False

    @property
    def clash_sentence(self) -> str:
        """What is said of people expected elsewhere, or empty."""
        return "" if self._clashes.isHidden() else self._clash_words.text()

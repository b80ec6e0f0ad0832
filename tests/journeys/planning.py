# SPDX-License-Identifier: Apache-2.0
"""What is done on the page of events: a new one, its facts, its timetable, its ceremony."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListView

from desktop.i18n import _
from desktop.model.event import CeremonyRole, Session
from desktop.store import codelist
from desktop.ui.parts.ceremony import RoleRow
from desktop.ui.parts.session_row import SessionRow
from desktop.ui.parts.timetable import DayCard
from desktop.ui.widgets.tick import Tick
from tests.journeys import lists
from tests.journeys.hand import Hand

ALT = Qt.KeyboardModifier.AltModifier


def new_event(hand: Hand, shape: str, **fields: str) -> None:
    """Create an event from a shape; ``fields`` are texts by msgid with ``_`` for spaces."""
    _begin(hand, shape)
    for name, text in fields.items():
        hand.type(name.replace("_", " "), text)
    hand.press("Create the event")
    hand.read(_("The event was created"))
    hand.settle()


def _begin(hand: Hand, shape: str) -> None:
    hand.go("Events")
    if hand.sees("All events"):
        hand.press("All events")
    hand.press("New event")
    hand.press(shape)


def undated_event(hand: Hand, shape: str, name: str, when: str, venue: str) -> None:
    """Create an event whose date nobody knows yet."""
    _begin(hand, shape)
    hand.type("Name of the event", name)
    hand.press("The dates are not known yet")
    hand.type("When is it expected to be?", when)
    hand.type("Venue", venue)
    hand.press("Create the event")
    hand.read(_("The event was created"))
    hand.settle()


def fact(hand: Hand, name: str, text: str) -> None:
    """Type a fact of the event and leave the field with Tab; wait until it is kept."""
    hand.type(name, text)
    hand.key(Qt.Key.Key_Tab)
    hand.settle()


def fact_of(hand: Hand, name: str, word: str) -> None:
    """Choose a fact of the event from its list."""
    hand.choose(name, word)
    hand.settle()


def for_area(hand: Hand, typed: str, offer: str) -> None:
    """Add an area the event is meant for: type a part of it, go down to ``offer``, Enter."""
    hand.type("Areas it is meant for", typed)
    hand.until(lambda: isinstance(QApplication.activePopupWidget(), QListView), "nothing offered")
    offers = QApplication.activePopupWidget()
    assert isinstance(offers, QListView)
    words = [str(offers.model().index(row, 0).data()) for row in range(offers.model().rowCount())]
    for _step in range(words.index(offer) + 1):
        hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: QApplication.activePopupWidget() is None, "the offers stay open")
    hand.settle()


def tab(hand: Hand, number: int) -> None:
    """Turn to a part of the event: 1 facts, 2 timetable, 3 ceremony, 4 awards."""
    hand.key(Qt.Key(Qt.Key.Key_0 + number), ALT)
    hand.settle()


# ── the timetable ────────────────────────────────────────────────────────────────────────────


def day_card(hand: Hand, number: int) -> DayCard:
    """The card of a day."""
    return hand.shown(DayCard)[number - 1]


def add_session(hand: Hand, session: Session) -> None:
    """Add a session to its day and fill in its line from left to right by keyboard."""
    card = day_card(hand, session.day_no)
    before = set(card.rows)
    hand.click(card.add)

    def fresh() -> SessionRow | None:
        rows = day_card(hand, session.day_no).rows
        return next((row for row in rows if row not in before), None)

    hand.until(fresh, "no line for the new session")
    hand.settle()
    row = fresh()
    assert row is not None
    fill_session(hand, row, session)


def fill_session(hand: Hand, row: SessionRow, session: Session) -> None:
    """Put hours, kind, title and what counts into a line of the timetable."""
    hand.until(row.start.isVisible)
    _line(hand, row.end, "24.00")
    _line(hand, row.start, lists.clock(session.start))
    _line(hand, row.end, lists.clock(session.end))
    _choice(hand, row.kind, codelist.word("session_kind", session.kind))
    _line(hand, row.title, session.title)
    if row.counts.isChecked() != session.counts:
        _tick(hand, row.counts)


def _line(hand: Hand, edit: QLineEdit, text: str) -> None:
    hand.into(edit, text)
    hand.key(Qt.Key.Key_Tab, on=edit)
    hand.settle()


def _choice(hand: Hand, box: QComboBox, word: str) -> None:
    """By keyboard: the arrows go through the words."""
    box.setFocus()
    wanted = box.findText(word)
    assert wanted >= 0, word
    while box.currentIndex() != wanted:
        step = Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up
        before = box.currentIndex()
        hand.key(step, on=box)
        assert box.currentIndex() != before, "the arrows do not move the list"
    hand.settle()


def _tick(hand: Hand, tick: Tick) -> None:
    tick.setFocus()
    hand.key(Qt.Key.Key_Space, on=tick)
    hand.settle()


def remove_sessions(hand: Hand, day: int) -> None:
    """Take every session of a day away."""
    while rows := day_card(hand, day).rows:
        count = len(rows)
        hand.click(rows[-1].remove)
        hand.until(lambda c=count: len(day_card(hand, day).rows) < c, "a session stays")
        hand.settle()


# ── the ceremony ─────────────────────────────────────────────────────────────────────────────


def add_role(hand: Hand, role: CeremonyRole, *, signs: bool = False) -> None:
    """Add a part in the ceremony, with whether this person signs."""
    before = len(hand.shown(RoleRow))
    hand.press("Add a part")
    hand.until(lambda: len(hand.shown(RoleRow)) > before, "no line for the new part")
    row = hand.shown(RoleRow)[-1]
    _choice(hand, row.part, codelist.word("event_role", role.role))
    _line(hand, row.name, role.person_name)
    row = hand.shown(RoleRow)[before]
    _line(hand, row.position, role.position)
    row = hand.shown(RoleRow)[before]
    if row.signs.isChecked() != signs:
        _tick(hand, row.signs)


def part(role: str, name: str, position: str) -> CeremonyRole:
    """A part in a ceremony as it is to be typed."""
    return CeremonyRole("", "", role, name, position)


def add_roles(hand: Hand, roles: Sequence[CeremonyRole], signer: str) -> None:
    """Add several parts; the one with the code ``signer`` signs the certificates."""
    for role in roles:
        add_role(hand, role, signs=role.role == signer)
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    hand.settle()


def reshape(hand: Hand, day: int, sessions: Sequence[Session]) -> None:
    """Make the sessions a pattern gave a day into these: change, take away, add."""
    while len(rows := day_card(hand, day).rows) > len(sessions):
        count = len(rows)
        hand.click(rows[-1].remove)
        hand.until(lambda c=count: len(day_card(hand, day).rows) < c, "a session stays")
        hand.settle()
    known = list(day_card(hand, day).rows)
    for row, session in zip(known, sessions, strict=False):
        fill_session(hand, row, session)
    for session in sessions[len(known) :]:
        add_session(hand, session)

# SPDX-License-Identifier: Apache-2.0
"""The bar at the top: the event in hand, the session now, the alert, and who is here."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.hand import Hand
from desktop.ui.parts.alert_button import AlertButton
from desktop.ui.parts.sync_chip import SyncChip
from desktop.ui.sync_lane import SyncLane
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

_MOST_EVENTS = 12
_LEAST = 160
_NARROW = 820
"""Below this width an icon alone says how far everything is."""
_AROUND_NAME = 64
"""The arrow and the edges of the button that holds the name."""


class TopBar(QWidget):
    """Shows a ``Hand``; asks for another event, the lock, or another facilitator."""

    event_chosen = Signal(str)
    events_wanted = Signal()
    lock_wanted = Signal()
    switch_wanted = Signal()
    sync_wanted = Signal()

    _SPACES = 7 * 12
    """What lies between the parts and at both ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._hand = Hand()
        self._alert: AlertButton | None = None
        self._who = ""
        self._event_words = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        self._event = Button(
            "", self._open_events, kind="quiet", icon="chevron-down", icon_after=True, parent=self
        )
        self._event.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._session = Label("", "small", "quiet", wrap=False, parent=self)
        self._session.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        # Of its own, so that a long title never pushes the count out of sight.
        self._count = Label("", "small", weight=600, wrap=False, parent=self)
        self._count.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.sync = SyncChip(self.sync_wanted.emit, self)
        self._person = Button("", self._open_person, kind="quiet", icon="user", parent=self)
        row.addWidget(self._event)
        row.addWidget(self._session)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.sync)
        row.addWidget(self._person)
        self.retranslate()

    def hold_alert(self, button: AlertButton) -> None:
        """Put the red button where it is always seen."""
        self._alert = button
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(self.sync), button)
        self._fit_event()

    def show_hand(self, hand: Hand) -> None:
        """Show another state."""
        self._hand = hand
        if hand.event is None:
            self._name_event(_("No event in hand"))
        else:
            batch = f" · {hand.event.batch}" if hand.event.batch else ""
            self._name_event(f"{hand.event.name}{batch}")
        line, count = session_line(hand)
        self._session.setText(line)
        self._session.setToolTip(line)
        self._count.setText(count)
        self._count.setVisible(bool(count))
        self._fit_event()

    def show_person(self, name: str) -> None:
        """Show who is at the desk."""
        self._who = name
        self._person.setText(name)
        self._person.setAccessibleName(_("Facilitator: {name}").format(name=name))
        self._fit_event()

    def show_saved(self, *, saving: bool) -> None:
        """Say whether what was done last is on this computer's disk."""
        self.sync.show_saving(saving)

    def hold_sync(self, lane: SyncLane) -> None:
        """Say how far everything is on its way to the centre."""
        self.sync.watch(lane)
        lane.told.connect(self._fit_event)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self.show_hand(self._hand)
        self.show_person(self._who)
        self.sync.show_now()

    def _name_event(self, words: str) -> None:
        self._event_words = words
        self._event.setToolTip(words)
        self._fit_event()

    def _fit_event(self) -> None:
        """Give the event's name what the others leave: it is what one must not mistake."""
        metrics = self._event.fontMetrics()
        others = (self._count, self._alert, self.sync, self._person)
        shown = [part for part in others if part is not None and not part.isHidden()]
        taken = sum(part.sizeHint().width() for part in shown) + self._SPACES
        free = max(_LEAST, self.width() - taken - theme.scaled(_AROUND_NAME))
        named, session = (
            metrics.horizontalAdvance(self._event_words) + 2,
            self._session.sizeHint().width(),
        )
        # The name first, but for a third of the room: of a session a few words say which it is.
        room = min(named, max(free - session, free * 2 // 3))
        self._session.setMaximumWidth(max(0, free - room))
        self._event.setText(
            metrics.elidedText(self._event_words, Qt.TextElideMode.ElideMiddle, max(_LEAST, room))
        )
        # Less than its words ask for, or a wide window could not be made narrow again.
        self._event.setMinimumWidth(min(_LEAST, self._event.sizeHint().width()))
        spoken = _("Event in hand: {name}").format(name=self._event_words)
        self._event.setAccessibleName(spoken)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.sync.set_brief(2 if self.width() < theme.scaled(_NARROW) else 0)
        self._fit_event()

    def _open_events(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        metrics, room = self._event.fontMetrics(), max(240, self.width() // 2)
        for word in self._hand.others[:_MOST_EVENTS]:
            name = metrics.elidedText(word.name, Qt.TextElideMode.ElideMiddle, room)
            parts = (name, word.batch, word.when)
            entry = QAction(" · ".join(part for part in parts if part), menu)
            held = self._hand.event is not None and word.id == self._hand.event.id
            if held:
                entry.setIcon(icons.icon("check", "accent"))
            entry.triggered.connect(lambda _on=False, one=word.id: self.event_chosen.emit(one))
            menu.addAction(entry)
        if self._hand.others:
            menu.addSeparator()
        every = QAction(_("All events…"), menu)
        every.triggered.connect(self.events_wanted)
        menu.addAction(every)
        self._pop(menu, self._event)

    def _open_person(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lock = QAction(icons.icon("lock"), _("Lock the screen") + "\tCtrl+L", menu)
        lock.triggered.connect(self.lock_wanted)
        switch = QAction(icons.icon("users"), _("Change facilitator"), menu)
        switch.triggered.connect(self.switch_wanted)
        menu.addAction(lock)
        menu.addAction(switch)
        self._pop(menu, self._person)

    def _pop(self, menu: QMenu, under: QWidget) -> None:
        width = menu.sizeHint().width()
        spot = under.mapToGlobal(QPoint(0, under.height() + 4))
        right = self.mapToGlobal(QPoint(self.width() - width - 8, 0)).x()
        menu.popup(QPoint(min(spot.x(), right), spot.y()))


def session_line(hand: Hand) -> tuple[str, str]:
    """The session that is on, or the next one; and its hours with how many came."""
    from desktop.thai import dates

    if hand.event is None:
        return "", ""
    shown = hand.now or hand.next
    if shown is None:
        return (_("All sessions are over") if hand.ended else ""), ""
    hours = f"{dates.clock(shown.start)}–{dates.clock(shown.end)}"
    if hand.now is not None:
        words = _("Now: {title}").format(title=shown.title)
        return words, f"{hours} · {hand.came}/{hand.expected}"
    return _("Next: {title}").format(title=shown.title), hours

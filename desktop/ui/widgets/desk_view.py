# SPDX-License-Identifier: Apache-2.0
"""The check-in desk as it stands on the screen: box, counter, session, list, panel, keys.

Nothing here decides anything; the page fills it and listens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.tables.found import FoundModel, Hit
from desktop.ui.widgets.ask_when import AskWhen
from desktop.ui.widgets.button import ActionButton, IconButton
from desktop.ui.widgets.desk_box import DeskBox
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.hits import ROW, Hits
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.outcome import Outcome
from desktop.ui.widgets.pick_session import PickSession
from desktop.ui.widgets.walk_in import WalkIn

_NARROW: Final = 1180
_LOW: Final = 700
_LEAST_PANEL: Final = 66
"""Height of the panel while it is one line."""
_WHOLE_PANEL: Final = 280
"""Height from which the panel keeps its large name beside the list."""


class DeskView(QWidget):
    """Holds the parts as ``box``, ``hits``, ``outcome``, ``walk_in``, ``when``, ``sessions``."""

    sound_pressed = Signal()
    leave_pressed = Signal()

    def __init__(
        self,
        keys: Sequence[QAction],
        session_key: QAction,
        missing_key: QAction,
        walk_in: WalkIn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.box = DeskBox(_("Type a name, seat or last 4 digits, or scan the badge"), self)
        self.counter = Figure("", size=theme.FIGURE, parent=self)
        self._missing_key = missing_key
        self.missing = ActionButton(missing_key, "quiet", self)
        self.event_name = Label("", "small", "quiet", wrap=False, parent=self)
        self.session_name = Label("", "section", weight=600, wrap=False, parent=self)
        self.sound = IconButton("volume-2", _("Sound"), self.sound_pressed.emit, self)
        self.leave = IconButton(
            "minimize", _("Leave the desk (Esc)"), self.leave_pressed.emit, self
        )
        self.found = FoundModel(self)
        self.hits = Hits(_("Found"), self.found, self)
        self.outcome = Outcome(self)
        self.walk_in = walk_in
        self.when = AskWhen(self)
        self.sessions = PickSession(self)
        self._session_button = ActionButton(session_key, "secondary", self)
        self._keys = [ActionButton(key, "secondary", self) for key in keys]
        self._banner = QFrame(self)
        self._banner.setProperty("tone", "amber")
        self._banner_words = Label("", weight=600, parent=self._banner)
        self._lay()
        for button in (*self._keys, self._session_button, self.missing, self.sound, self.leave):
            # Every one has a key of its own, and the box must keep the scanner.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.hide()

    def _lay(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        where = QVBoxLayout()
        where.setSpacing(0)
        where.addWidget(self.event_name)
        where.addWidget(self.session_name)
        head.addLayout(where, 1)
        head.addWidget(self._session_button)
        head.addWidget(self.sound)
        head.addWidget(self.leave)
        self._head = head
        banner = QHBoxLayout(self._banner)
        banner.setContentsMargins(16, 6, 16, 6)
        banner.setSpacing(10)
        banner.addWidget(Icon("triangle-alert", "amber", parent=self._banner))
        banner.addWidget(self._banner_words, 1)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addWidget(self.box, 1)
        top.addWidget(self.counter)
        top.addWidget(self.missing)
        desk = QWidget(self)
        column = QVBoxLayout(desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.hits)
        column.addWidget(self.outcome, 1)
        self._stack = QStackedWidget(self)
        for part in (desk, self.walk_in, self.when, self.sessions):
            self._stack.addWidget(part)
        self._desk = desk
        strip = QHBoxLayout()
        strip.setSpacing(8)
        for button in self._keys:
            strip.addWidget(button)
        strip.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 12, 32, 8)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addLayout(top)
        whole.addWidget(self._banner)
        whole.addWidget(self._stack, 1)
        whole.addLayout(strip)
        self._banner.hide()

    def hold_alert(self, button: QWidget) -> None:
        """Keep the alert's button where it is on every other page."""
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head.insertWidget(self._head.indexOf(self.sound), button)

    def hold_hall(self, key: QAction) -> None:
        """Keep the way to the hall beside the session."""
        button = ActionButton(key, "secondary", self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head.insertWidget(self._head.indexOf(self._session_button), button)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def show_count(self, came: int, expected: int) -> None:
        """Show how many came of how many, and how many are left."""
        self.counter.show_figure(str(came), str(expected), _("came"))

    def show_banner(self, words: str) -> None:
        """Say what the box is for now, when it is not for arrivals by the clock."""
        self._banner_words.setText(words)
        self._banner.setVisible(bool(words))

    @property
    def banner(self) -> str:
        """What the banner says, or empty."""
        return "" if self._banner.isHidden() else self._banner_words.text()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show who was found; as many lines as there is room for beside the panel."""
        if not hits and not self.found.rowCount():
            return  # a scan must not cost a layout before its commit
        self.found.show_hits(hits)
        self.hits.setVisible(bool(hits))
        if not hits:
            self.outcome.set_compact(False)
        self.box.picks = bool(hits)
        if hits:
            self._make_room()
            self.hits.go_to(0)

    def show_sound(self, on: bool) -> None:
        """Show whether there is sound."""
        self.sound.set_icon("volume-2" if on else "volume-x")
        self.sound.set_name(_("Sound is on. Turn it off") if on else _("Sound is off. Turn it on"))

    def show_panel(self, part: QWidget | None) -> None:
        """Put a form in the place of list and panel, or (None) go back to the desk."""
        self._stack.setCurrentWidget(part or self._desk)
        self.box.setEnabled(part is None)
        self._fit_form()
        if part is None:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def at_desk(self) -> bool:
        """Whether no form is open."""
        return self._stack.currentWidget() is self._desk

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        side = 16 if narrow else 32
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(side, 12, side, 8)
        self._fit_form()
        QTimer.singleShot(0, self, self._make_room)

    def _fit_form(self) -> None:
        """In a low window a form has the room of what serves only the arrivals."""
        shown = self.at_desk or self.height() >= theme.scaled(_LOW)
        for part in (self.box, self.counter, *self._keys):
            part.setVisible(shown)
        self.missing.setVisible(shown and self._missing_key.isVisible())

    def _make_room(self) -> None:
        room = self._stack.height() - theme.scaled(_LEAST_PANEL) - 12
        rows = max(1, room // theme.scaled(ROW))
        self.hits.setFixedHeight(min(self.hits.wanted(), self.hits.height_of(rows)))
        left = self._stack.height() - self.hits.height()
        self.outcome.set_compact(self.hits.isVisible() and left < theme.scaled(_WHOLE_PANEL))
        if self.hits.place >= 0:
            self.hits.go_to(self.hits.place)


def left_words(missing: int) -> str:
    """How many are still missing, with what pressing it does."""
    if missing <= 0:
        return _("Everybody is here")
    return ngettext("{count} missing · show", "{count} missing · show", missing).format(
        count=missing
    )

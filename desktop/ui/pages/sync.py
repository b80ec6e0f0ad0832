# SPDX-License-Identifier: Apache-2.0
"""Sending (ส่งข้อมูล): how far everything is, records with two texts, what was put aside, USB.

``arrive`` may bring ``"texts"``, ``("texts", noun, id)``, ``"aside"``, ``"usb"`` or ``"join"``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.conflict_view import ConflictView
from desktop.ui.parts.courier_view import CourierView
from desktop.ui.parts.put_aside_view import PutAsideView
from desktop.ui.parts.sync_overview import SyncOverview
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.actions.conflict import Conflict
    from desktop.actions.done import Done
    from desktop.actions.quarantine import Aside
    from desktop.model.sync import TwoTexts
    from desktop.store.store import Store

TABS: Final = {
    "state": N_("How things stand"),
    "texts": N_("Two texts"),
    "aside": N_("Put aside by the centre"),
    "usb": N_("By USB stick"),
}
"""Word (a msgid) of each tab."""
_PAGES: Final = {
    "household": "household", "case_file": "cases", "event": "events", "activity": "activity",
}  # fmt: skip
"""The page a record is shown on."""


class SyncPage(Page):
    """Four tabs. The lane tells how it stands; the lists are read when they are shown."""

    noun = "sync"
    word = N_("Sending")
    icon = "send"
    watches = frozenset({"sync", "conflicts", "quarantine", "households", "cases", "people"})
    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted: tuple[str, str] | None = None
        self._offered: object = None
        run = self.command
        self._send = run(_("Send now"), self.send, "F9", "send")
        self._join = run(_("Join the centre…"), self.join, "", "log-in")
        self._again = run(_("Join again…"), self.join, "", "log-in")
        self._keep = run(_("Keep the text"), self._keep_text, "F9", "check")
        self._export = run(_("Save to a file…"), self._ask_export, "Ctrl+S", "download")
        self._stick = run(_("Write the sealed file…"), self._write_stick, "F9", "usb")
        self._receipt = run(_("Read a receipt…"), self._read_receipt, "Ctrl+O", "download")
        for number in range(len(TABS)):
            run("", partial(self._turn, number), f"Alt+{number + 1}")
        self._always: Final = self.actions()[-len(TABS) :]
        self.tabs = Tabs(_("Parts of sending"), map(_, TABS.values()), self)
        self.state = SyncOverview(self._join, self)
        self.texts = ConflictView(self)
        self.aside = PutAsideView(self)
        self.usb = CourierView(desk, self._stick, self._receipt, self)
        self._stack = QStackedWidget(self)
        self._lay()
        self._wire()
        self._show_state()

    def _lay(self) -> None:
        self._usb_room = Scroll(self.usb, self)
        for part in (self.state, self.texts, self.aside, self._usb_room):
            self._stack.addWidget(part)
        holder = QVBoxLayout()
        holder.setContentsMargins(24, 0, 24, 0)
        holder.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(holder)
        column.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())
        self.state.conflicts_wanted.connect(lambda: self.arrive("texts"))
        self.state.put_aside_wanted.connect(lambda: self.arrive("aside"))
        self.texts.chose.connect(self._choose)
        self.texts.ready.connect(self._head)
        for view in (self.texts, self.aside):
            view.opened.connect(self._open)
        self.usb.told.connect(self._follow)
        self.desk.sync.told.connect(self._show_state)
        self.desk.by_changed.connect(self._forget)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Sending to the centre")

    def arrive(self, what: object) -> None:
        if isinstance(what, tuple) and len(what) == 3 and what[0] == "texts":
            self._wanted = (str(what[1]), str(what[2]))
            self._turn(self._place("texts"))
            self._take_wanted()
        elif what == "join":
            self._turn(0)
            self.join()
        elif isinstance(what, str) and what in TABS:
            self._turn(self._place(what))

    def reload(self) -> None:
        by = self.desk.by

        def read(store: Store) -> tuple[tuple[Conflict, ...], tuple[Aside, ...]]:
            from desktop.actions import conflict, quarantine

            return conflict.conflicts(store, by), quarantine.put_aside(store, by)

        self.desk.look(self, read, self._show_lists, latest="sync")
        self.desk.sync.look()

    def event_changed(self, event_id: str) -> None:
        del event_id  # nothing here is of one event

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._focus()

    def _show_lists(self, found: tuple[tuple[Conflict, ...], tuple[Aside, ...]]) -> None:
        texts, aside = found
        now = self.desk.now()
        self.texts.show_conflicts(texts, now)
        self.aside.show_changes(aside, now)
        for name, count in (("texts", len(texts)), ("aside", len(aside))):
            word = _(TABS[name])
            self.tabs.setTabText(self._place(name), f"{word} ({count})" if count else word)
        self._take_wanted()
        self._head()

    def _take_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self.texts.is_empty:
            self.texts.turn_to(*wanted)
            self.texts.focus_first()
        elif wanted is not None and not self.isVisible():
            self._wanted = wanted

    def _show_state(self) -> None:
        lane = self.desk.sync
        self.state.show_state(lane.state, lane.run, lane.names, self.desk.now())
        self.usb.show_state(lane.state)
        self._head()

    def _follow(self, strip: QWidget) -> None:
        """Bring what a step of the stick did into sight, once it has its place."""
        QTimer.singleShot(50, strip, lambda: self._usb_room.ensureWidgetVisible(strip, 0, 24))

    def _forget(self, _by: str) -> None:
        """Somebody else sits down: nothing that was read for another stays."""
        self.texts.show_conflicts((), self.desk.now())
        self.aside.show_changes((), self.desk.now())
        self.reload()

    # ── tabs ─────────────────────────────────────────────────────────────────────────────────

    @staticmethod
    def _place(name: str) -> int:
        return tuple(TABS).index(name)

    def _turn(self, place: int) -> None:
        self.tabs.setCurrentIndex(place)
        self._show_tab()
        self._focus()

    def _show_tab(self) -> None:
        self._stack.setCurrentIndex(self.tabs.currentIndex())
        self._head()

    def _focus(self) -> None:
        (self.state, self.texts, self.aside, self.usb)[self.tabs.currentIndex()].focus_first()

    def _head(self) -> None:
        """The buttons that belong to what is shown; the keys of the others sleep."""
        lane = self.desk.sync
        name = tuple(TABS)[self.tabs.currentIndex()]
        # It is in the settings; here it is only where the centre does not take this computer.
        again = (self._again,) if lane.run.outcome == "refused" else ()
        offers: dict[str, tuple[QAction | None, tuple[QAction, ...]]] = {
            "state": (self._send, again) if lane.state.joined else (None, ()),
            "texts": (None if self.texts.is_empty else self._keep, ()),
            "aside": (None, () if self.aside.is_empty else (self._export,)),
            "usb": (self._stick, (self._receipt,)),
        }
        self._keep.setText(self.texts.card.verb())
        self.primary, self.secondary = offers[name]
        awake = {*self._always, self._join, self.primary, *self.secondary}
        for action in self.actions():
            # Of those with one key only the one that is shown hears it.
            action.setVisible(action in awake)
        self._send.setEnabled(not lane.run.busy)
        shown = (self.primary, self.secondary)
        if shown != self._offered:
            # Only then: the buttons are made anew, and one of them may have the focus.
            self._offered = shown
            self.header_changed.emit()

    # ── doing ────────────────────────────────────────────────────────────────────────────────

    def send(self) -> None:
        """F9: send and receive now."""
        self.desk.sync.send()

    def join(self) -> None:
        """Ask for the centre's address and the code."""
        from desktop.ui.joining import ask_to_join

        ask_to_join(self, self.desk)

    def _write_stick(self) -> None:
        self.usb.choose_target()

    def _read_receipt(self) -> None:
        self.usb.choose_receipt()

    def _keep_text(self) -> None:
        self.texts.card.keep()

    def _choose(self, texts: TwoTexts, text: str) -> None:
        def action(store: Store, by: str) -> Done:
            from desktop.actions.conflict import choose

            return choose(store, by, texts, text)

        def failed(problem: Problem) -> None:
            self.texts.card.say(str(problem))
            self.reload()

        self.desk.act(self, action, said=_("The text was chosen"), failed=failed)

    def _open(self, home: str, home_id: str) -> None:
        page = _PAGES.get(home)
        if page is not None:
            what: object = ("case", home_id) if page == "cases" else home_id
            self.go.emit(page, what)

    def _ask_export(self) -> None:
        from desktop.ui.parts.put_aside_export import ask_export

        ask_export(self, self.desk)

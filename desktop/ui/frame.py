# SPDX-License-Identifier: Apache-2.0
"""The window: rail, top bar, one page with its title and its buttons, and the quiet bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.alerting import Alerting
from desktop.ui.desk import Desk
from desktop.ui.hand import Hand, read_hand
from desktop.ui.page import Page
from desktop.ui.rail import Place, Rail, keyed
from desktop.ui.topbar import TopBar
from desktop.ui.widgets.button import ActionButton
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.store.store import Store

Factory = Callable[[Desk], Page]
_NARROW: Final = 1180
_ON_THAI: Final = {"Ctrl+2": ("Ctrl+/",), "Ctrl+3": ("Ctrl+-",)}
"""What two keys are called while the keyboard is Thai. Qt looks for a key of another layout only
when the one that is on gives no Latin-1 character, and there 2 gives / and 3 gives -."""
_SHORT: Final = 660
_NOTICE: Final = 420
"""Room that the words of a notice are given beside the buttons."""
_HAND_WATCHES: Final = frozenset({"events", "roster", "attendance", "certificates", "people"})
_MINUTE: Final = 30_000


class Frame(QWidget):
    """Shows one page at a time. Pages are made by ``factories`` when they are first shown.

    ``places`` are in the order of the rail; the last stands at its foot. The first is where the
    program begins.
    """

    lock_wanted = Signal(bool)
    """Lock now; True when another facilitator is to sit down."""
    titled = Signal(str)
    """The title of the page that is shown, for the title of the window."""
    hand_changed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        places: Sequence[Place],
        factories: Mapping[str, Factory],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._places = keyed(places)
        self._factories = dict(factories)
        self._pages: dict[str, Page] = {}
        self._holders: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._trail: list[str] = []
        self._noun = ""
        self._buttons: list[ActionButton] = []
        self.hand = Hand()
        self.setObjectName("ground")
        self._build()
        self.alerting = Alerting(desk, self)
        self._top.hold_alert(self.alerting.button(self._top))
        self._top.hold_sync(desk.sync)
        self._wire()
        self._keys()
        self.show_page(self._places[0].noun)
        self._ask_hand()
        self._ask_person()

    # ── the parts ────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        whole = self
        self._rail = Rail(self._places, whole)
        self._top = TopBar(whole)
        self._head = QWidget(whole)
        head = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._head)
        head.setContentsMargins(24, 14, 24, 6)
        head.setSpacing(0)
        self._head_row = head
        self._title = Label("", "page", weight=600, wrap=False, parent=self._head)
        self._subtitle = Label("", tone="quiet", parent=self._head)
        head.addWidget(self._title)
        head.addWidget(self._subtitle)
        self._stack = QStackedWidget(whole)
        self._foot = QWidget(whole)
        self._foot.setObjectName("footer")
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(24, 8, 24, 8)
        foot.setSpacing(12)
        self._notice = Notice(self._foot)
        foot.addWidget(self._notice, 1)
        foot.addStretch(0)
        self._room = QHBoxLayout()
        self._room.setSpacing(12)
        foot.addLayout(self._room)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._top)
        right.addWidget(self._head)
        right.addWidget(self._stack, 1)
        right.addWidget(self._foot)
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._rail)
        across.addLayout(right, 1)

    def _wire(self) -> None:
        desk = self.desk
        desk.changed.connect(self._changed)
        desk.said.connect(self._notice.say)
        desk.trouble.connect(self._notice.warn)
        desk.event_changed.connect(self._event_changed)
        desk.by_changed.connect(lambda _by: self._ask_person())
        desk.acting.connect(lambda busy: self._top.show_saved(saving=busy))
        self._notice.undo.connect(self._undo)
        self._notice.turned.connect(self._show_foot)
        self._rail.chose.connect(self.show_page)
        self._top.event_chosen.connect(desk.take_event)
        self._top.events_wanted.connect(lambda: self.show_page("events"))
        self._top.sync_wanted.connect(lambda: self.show_page("sync"))
        self._top.lock_wanted.connect(lambda: self.lock_wanted.emit(False))
        self._top.switch_wanted.connect(lambda: self.lock_wanted.emit(True))
        self.alerting.case_wanted.connect(lambda case_id: self.show_page("cases", case_id))
        minute = QTimer(self)
        minute.setInterval(_MINUTE)
        minute.timeout.connect(self._ask_hand)
        minute.start()

    def _keys(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+Z", self._undo),
            ("Ctrl+Shift+Z", self._redo),
            ("Ctrl+L", lambda: self.lock_wanted.emit(False)),
            ("F2", self._search),
            ("Ctrl+F", self._search),
            ("Esc", self._back),
        ]
        keys += [(place.key, partial(self.show_page, place.noun)) for place in self._places]
        for key, run in keys:
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(each) for each in (key, *_ON_THAI.get(key, ()))])
            shortcut.activated.connect(run)

    # ── pages ────────────────────────────────────────────────────────────────────────────────

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._noun]

    def page_of(self, noun: str) -> Page:
        """The page of a noun, made when there is none yet."""
        if noun not in self._pages:
            page = self._factories[noun](self.desk)
            self._pages[noun] = page
            holder = Scroll(page) if page.scrolls else page
            self._holders[noun] = holder
            self._stack.addWidget(holder)
            page.header_changed.connect(lambda noun=noun: self._header_changed(noun))
            page.go.connect(self.show_page)
            page.leave.connect(self._page_before)
            page.hold_alert(self.alerting)
            self._stale.add(noun)
        return self._pages[noun]

    def show_page(self, noun: str, what: object = None) -> None:
        """Show the page of a noun; ``what`` goes to its ``arrive``. Other nouns do nothing."""
        if noun not in self._factories:
            return
        page = self.page_of(noun)
        if noun != self._noun:
            if self._trail and self._trail[-1] == noun:
                # Going to where one came from is going back: Esc then leads on from there.
                self._trail = self._trail[:-1]
            elif self._noun:
                self._trail = [*self._trail[-20:], self._noun]
            self._noun = noun
            self._turn_to(self._holders[noun])
            self._show_header()
            self._cover()
        page.arrive(what)
        if noun in self._stale:
            self._stale.discard(noun)
            page.reload()

    def _turn_to(self, holder: QWidget) -> None:
        """Show a page. What is hidden loses the focus and Qt scrolls it to the next control, so
        its place is put back."""
        left = self._stack.currentWidget()
        place = left.verticalScrollBar().value() if isinstance(left, Scroll) else 0
        self._stack.setCurrentWidget(holder)
        if isinstance(left, Scroll):
            left.verticalScrollBar().setValue(place)

    def _search(self) -> None:
        self.page.search()

    def _undo(self) -> None:
        if not self.page.undo():
            self.desk.undo()

    def _redo(self) -> None:
        if not self.page.redo():
            self.desk.redo()

    def _back(self) -> None:
        if not self.page.back():
            self._page_before()

    def _page_before(self) -> None:
        *trail, last = self._trail or [self._places[0].noun]
        self.show_page(last)
        self._trail = trail

    def _changed(self, nouns: frozenset[str]) -> None:
        for noun, page in self._pages.items():
            if page.watches & nouns:
                if noun == self._noun:
                    page.reload()
                else:
                    self._stale.add(noun)
        if nouns & _HAND_WATCHES and not self.page.covers:
            # What is covered is not seen; a desk with a queue has better to do for each mark.
            self._ask_hand()
        if "office" in nouns:
            self._ask_person()

    def _event_changed(self, event_id: str) -> None:
        for noun, page in self._pages.items():
            if noun == self._noun:
                page.event_changed(event_id)
            else:
                self._stale.add(noun)
        self._ask_hand()

    def _header_changed(self, noun: str) -> None:
        if noun == self._noun:
            self._show_header()

    def _show_header(self) -> None:
        page = self.page
        self._rail.mark(page.place())
        self._head.setVisible(not page.covers and not page.shows_title())
        self._title.setText(page.title())
        self._subtitle.setText(page.subtitle())
        self._subtitle.setVisible(bool(self._subtitle.text()))
        self.titled.emit(page.title())
        for button in self._buttons:
            self._room.removeWidget(button)
            button.let_go()  # gone at once, not at the loop's next turn
        self._buttons = [ActionButton(one, "secondary", self._foot) for one in page.secondary]
        for button in self._buttons:
            # They can say less, so they never keep the window wide.
            button.setMinimumWidth(theme.scaled(56))
        if page.primary is not None:
            self._buttons.append(ActionButton(page.primary, "primary", self._foot))
        for button in self._buttons:
            self._room.addWidget(button)
        self._show_foot()

    def _show_foot(self) -> None:
        """Leave no empty bar at the bottom."""
        said = any(not button.isHidden() for button in self._buttons)
        self._foot.setVisible(said or not self._notice.isHidden())
        self._fit_foot()

    def _fit_foot(self) -> None:
        """Beside a notice in a narrow window the secondary buttons say less; the primary never."""
        room = self.width() - self._rail.width() - 2 * 24
        if not self._notice.isHidden():
            room -= min(self._notice.sizeHint().width(), theme.scaled(_NOTICE)) + 12
        secondary = [button for button in self._buttons if button.kind != "primary"]
        for brief in (0, 1, 2):
            for button in secondary:
                button.set_brief(brief)
            shown = [button for button in self._buttons if not button.isHidden()]
            if sum(one.sizeHint().width() + 12 for one in shown) - 12 <= room:
                return

    def _cover(self) -> None:
        """Give a page that covers the whole window all of it."""
        covered = self.page.covers
        if not covered and self._rail.isHidden():
            self._ask_hand()
        for part in (self._rail, self._top):
            part.setVisible(not covered)

    # ── what is in hand ──────────────────────────────────────────────────────────────────────

    def _ask_hand(self) -> None:
        event_id, now = self.desk.event_id, self.desk.now()
        store = self.desk.store
        # Not on the lane where questions are asked: nobody types into the top bar.
        self.desk.tasks.run(
            "slow",
            self,
            lambda: read_hand(store, event_id, now),
            self._show_hand,
            self.desk.fail,
            latest="hand",
        )

    def _show_hand(self, hand: Hand) -> None:
        self.hand = hand
        self._top.show_hand(hand)
        self.hand_changed.emit(hand)

    def show_person(self, name: str) -> None:
        """Show who is at the desk."""
        self._top.show_person(name)

    def _ask_person(self) -> None:
        by = self.desk.by

        def name(store: Store) -> str:
            from desktop.store import facilitator

            with store.read() as conn:
                found = facilitator.facilitator(conn, by)
            return found.name if found is not None else ""

        self.desk.look(self, name, self.show_person, latest="person")

    # ── the window ───────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show icons alone where words would crowd the page."""
        narrow = self.width() < theme.scaled(_NARROW)
        self._rail.set_narrow(narrow)
        self._fit_foot()
        short = self.height() < theme.scaled(_SHORT)
        # In a low window title and subtitle stand in one line, and the rows gain a line of text.
        across = QBoxLayout.Direction.LeftToRight
        self._head_row.setDirection(across if short else QBoxLayout.Direction.TopToBottom)
        self._head_row.setContentsMargins(24, 4 if short else 14, 24, 0 if short else 6)
        self._head_row.setSpacing(16 if short else 0)
        self._head_row.setStretchFactor(self._subtitle, 1 if short else 0)
        self._title.set_size("section" if short else "page", 600)
        self._subtitle.set_size("small" if short else "body")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._noun:
            self._rail.retranslate()
            self._top.retranslate()
            self._notice.retranslate()
            self.alerting.retranslate()
            self._show_header()

    def end(self) -> None:
        """The program closes: let every page keep what it has not kept yet."""
        for page in self._pages.values():
            page.end()

    def remake_pages(self) -> None:
        """Make every page anew, after language or text size changed; the one shown stays shown."""
        shown = self._noun
        for noun in list(self._pages):
            holder = self._holders.pop(noun)
            self._pages.pop(noun)
            self._stack.removeWidget(holder)
            holder.deleteLater()
        self._noun = ""
        self._stale.clear()
        self.show_page(shown)
        self._rail.retranslate()
        self._top.retranslate()
        self._notice.retranslate()
        self.alerting.retranslate()
        self._fit()
        self._ask_hand()

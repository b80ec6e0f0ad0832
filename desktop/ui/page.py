# SPDX-License-Identifier: Apache-2.0
"""What a page is: the one thing the frame shows between the title and the buttons.

A page sets ``noun``, ``word``, ``icon`` and ``watches`` as class attributes, builds its widgets in
``__init__``, and fills them in ``reload``. The frame asks ``title``, ``primary`` and ``secondary``
and asks again after ``header_changed``. ``reload`` is called when the page is first shown, when
something it watches changed, and when it is shown again after something changed meanwhile.

Where a page shows an empty state (``widgets.empty.Empty``), that holds the first action and
``primary`` is None, so that there is one primary button on the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.desk import Desk
from desktop.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from desktop.ui.alerting import Alerting


class Page(Pane):
    """A page. ``word`` is an English msgid marked with ``N_``; titles come through ``_``."""

    noun: ClassVar[str] = ""
    """Names the page for ``go``."""
    word: ClassVar[str] = ""
    """Its word on the rail."""
    icon: ClassVar[str] = "circle"
    """Its icon on the rail (a file of resources/icons)."""
    watches: ClassVar[frozenset[str]] = frozenset()
    """Nouns of ``Desk.changed`` that make it reload."""
    scrolls: ClassVar[bool] = True
    """Whether the frame puts it in its one scroll; False for a page whose table scrolls itself."""
    covers: ClassVar[bool] = False
    """Whether it takes the whole window (check-in); Esc leaves it."""

    header_changed = Signal()
    """Title, primary or secondary are to be asked again."""
    go = Signal(str, object)
    """Ask the frame to show the page of a noun; the object is given to its ``arrive``."""

    leave = Signal()
    """What was opened here from another page is done with: ask the frame for the page before."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.primary: QAction | None = None
        """The one thing to do here, shown at the bottom right."""
        self.secondary: tuple[QAction, ...] = ()
        """What else can be done, left of the primary."""

    def title(self) -> str:
        """The page's title in the language of the moment."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """A second line under the title, or empty."""
        return ""

    def shows_title(self) -> bool:
        """Whether the page says its title itself, and the frame leaves it out."""
        return False

    def place(self) -> str:
        """The noun on the rail that stays marked while this page is shown."""
        return self.noun

    def reload(self) -> None:
        """Ask the store again and show the answer, keeping selection and scroll."""

    def event_changed(self, event_id: str) -> None:
        """Another event is in hand. Unless a page has more to do, it reloads."""
        del event_id
        self.reload()

    def arrive(self, what: object) -> None:
        """The page was asked for with ``go``; ``what`` came with it (None from the rail)."""

    def search(self) -> None:
        """F2: go to the search box. The first search box of the page, unless it says otherwise."""
        for box in self.findChildren(QLineEdit):
            if box.objectName() in ("search", "desk_search") and box.isVisible():
                box.setFocus(Qt.FocusReason.ShortcutFocusReason)
                box.selectAll()
                return

    def back(self) -> bool:
        """Esc: leave what is open inside the page. False when there is nothing to leave."""
        return False

    def end(self) -> None:
        """The program closes after this: keep what is not kept yet, and begin nothing more."""

    def undo(self) -> bool:
        """Ctrl+Z: take back what was done inside the page. False when that is the desk's."""
        return False

    def redo(self) -> bool:
        """Ctrl+Shift+Z: do it again. False when that is the desk's."""
        return False

    def hold_alert(self, alerting: Alerting) -> None:
        """A page that covers the window shows the red button itself: no top bar is above it."""

    def command(
        self,
        text: str,
        run: Callable[[], object],
        shortcut: str = "",
        icon: str = "",
        kind: str = "",
    ) -> QAction:
        """Something this page can do, with a key that works while the page is shown.

        ``icon`` is a file of resources/icons; ``kind`` overrides how its button looks
        (``danger``, ``quiet``).
        """
        made = QAction(text, self)
        made.setProperty("lucide", icon)
        made.setProperty("kind", kind)
        if shortcut:
            made.setShortcut(QKeySequence(shortcut))
        made.triggered.connect(lambda _checked=False: run())
        # On the page itself, so that the key works even where no button shows the action, and
        # only while the page is on the screen.
        self.addAction(made)
        return made

# SPDX-License-Identifier: Apache-2.0
"""The way of the focus through a form: in the order of the form, whatever was made first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.button import ActionButton

Stops = Iterable[tuple[QWidget, list[QWidget]]]
"""Blocks (questions, lines, buttons) with their stops of the Tab key."""


def first_asked(blocks: Stops) -> QWidget | None:
    """Where a page begins to be answered: not at the buttons of what is only read out, where Enter
    would open it again and again; None when there is nowhere to go.
    """
    there = [(block, stops[0]) for block, stops in blocks if stops]
    asked = (stop for block, stop in there if getattr(block, "asks", True))
    return next(asked, there[0][1] if there else None)


class Walking:
    """Tab, Shift+Tab and Enter among what ``stops()`` gives; ``reach(stop, block)`` goes there."""

    def __init__(
        self,
        pages: QWidget,
        stops: Callable[[], Stops],
        reach: Callable[[QWidget, QWidget], None],
    ) -> None:
        self._pages = pages
        self._stops = stops
        self._reach = reach

    def after(self, block: QWidget) -> bool:
        """Go to the first stop after a block, past what asks nothing; False at the last."""
        found = False
        for one, stops in self._stops():
            if one is block:
                found = True
            elif found and stops and getattr(one, "asks", True):
                self._reach(stops[0], one)
                return True
        return False

    def step(self, focused: QWidget | None, *, forwards: bool) -> bool | None:
        """Go to the next stop or the one before; None when the focus is not in the form."""
        if focused is None or not self._pages.isAncestorOf(focused):
            return None
        chain = [(stop, block) for block, stops in self._stops() for stop in stops]
        here = [number for number, (stop, _block) in enumerate(chain) if stop is focused]
        if not here:
            # Between stops (a card that is not the chosen one): from its question onwards.
            here = [
                number
                for number, (_stop, block) in enumerate(chain)
                if block.isAncestorOf(focused)
            ]
        if not here:
            return None
        place = here[-1] + 1 if forwards else here[0] - 1
        if 0 <= place < len(chain):
            self._reach(*chain[place])
            return True
        return self.leave(focused, forwards=forwards)

    def leave(self, focused: QWidget, *, forwards: bool = True) -> bool:
        """Go to what stands before the form in the window, or on to the one thing to do next."""
        if forwards:
            for button in focused.window().findChildren(ActionButton):
                if button.kind == "primary" and button.isVisible() and button.isEnabled():
                    button.setFocus(Qt.FocusReason.TabFocusReason)
                    return True
        at: QWidget | None = focused
        while at is not None:
            at = at.nextInFocusChain() if forwards else at.previousInFocusChain()
            if at is focused or at is None:
                return False
            may = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isEnabled()
            if may and at.isVisible() and not self._pages.isAncestorOf(at):
                reason = Qt.FocusReason.TabFocusReason
                at.setFocus(reason if forwards else Qt.FocusReason.BacktabFocusReason)
                return True
        return False

# SPDX-License-Identifier: Apache-2.0
"""What is done with a follow-up, wherever it stands: kept, moved, its case opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction

from desktop.i18n import _, language
from desktop.model.follow_up import FollowUpLine
from desktop.model.record import FOLLOW_UP
from desktop.ui.page import Page
from desktop.ui.parts.case_drafts import begin_form
from desktop.ui.parts.due_move import move_follow_up

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store


class DueActions:
    """The three actions on the follow-up that ``current`` gives."""

    def __init__(
        self,
        page: Page,
        current: Callable[[], FollowUpLine | None],
        opened: Callable[[str], object],
    ) -> None:
        self._page, self._current, self._opened = page, current, opened
        self.done: Final = page.command(_("Followed up: write it down"), self._done, "F3", "check")
        self.move: Final = page.command(_("Another day"), self._move, "F4", "calendar-clock")
        self.open: Final = page.command(
            _("Open the case"), self._open, "Ctrl+Return", "folder-heart"
        )

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        """What can be done with the current follow-up."""
        line = self._current()
        if line is None:
            return None, ()
        if line.follow_up.is_done:
            return self.open, ()
        return self.done, (self.open, self.move)

    def _done(self) -> None:
        line = self._current()
        if line is not None:
            begin_follow_up(self._page, line.follow_up.case_id)

    def _move(self) -> None:
        line = self._current()
        if line is not None and not line.follow_up.is_done:
            one = line.follow_up
            whose = line.name or line.case_no
            move_follow_up(self._page, self._page.desk, one.id, one.due, whose)

    def _open(self) -> None:
        line = self._current()
        if line is not None:
            self._opened(line.follow_up.case_id)


def begin_follow_up(page: Page, case_id: str) -> None:
    """Go on to the follow-up form of a case, its number filled in."""
    desk = page.desk
    now, spoken = desk.now(), language()

    def begin(store: Store, by: str) -> Done:
        from desktop.store import case_file

        with store.read() as conn:
            case = case_file.case_file(conn, by, case_id)
        return begin_form(
            store, by, FOLLOW_UP, case, {"followup.case_id": case.case_no}, now, spoken
        )

    desk.act(page, begin, lambda done: page.go.emit("record", done.value.id))

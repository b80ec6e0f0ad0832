# SPDX-License-Identifier: Apache-2.0
"""A question about casework that stays open until the store took the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from desktop.ui.desk import Desk
from desktop.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.errors import Problem
    from desktop.store.store import Store

STAY: Final = " "
"""What ``check`` returns to keep the dialog open while nothing is to be said above the buttons:
the field itself says what is wrong, or the store is at work."""


class CaseDialog(Dialog):
    """``keep`` does it once, however often Enter is pressed, and closes when it is done."""

    def wrong(self, sentence: str) -> None:
        super().wrong(sentence.strip())

    def keep(
        self,
        desk: Desk,
        action: Callable[[Store, str], Done],
        *,
        said: str,
        then: Callable[[Done], object] | None = None,
    ) -> str:
        """Do it; returns what ``check`` is to return. A refusal is said above the buttons."""
        self.verb.setEnabled(False)

        def done(kept: Done) -> None:
            self.accept()
            if then is not None:
                then(kept)

        def failed(problem: Problem) -> None:
            self.verb.setEnabled(True)
            self.wrong(str(problem))

        desk.act(self, action, done, said, failed)
        return STAY

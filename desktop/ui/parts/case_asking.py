# SPDX-License-Identifier: Apache-2.0
"""One question before something is done to a case: a reason, or one of a few, or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.parts.case_dialog import STAY, CaseDialog
from desktop.ui.widgets.field import Choice, Field, TextEdit

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store

Run = Callable[["Store", str, Any, str], "Done"]
"""``run(store, by, choice, reason)``."""


class CaseAsking(CaseDialog):
    """Stays open until the store took it; a refusal is said above the buttons."""

    def __init__(  # noqa: PLR0913 - each is a word on the screen
        self,
        parent: QWidget,
        desk: Desk,
        headline: str,
        words: str,
        verb: str,
        run: Run,
        *,
        options: Sequence[tuple[Any, str]] = (),
        option_label: str = "",
        reason: str = "",
        must: bool = False,
        said: str = "",
        icon: str = "check",
    ) -> None:
        super().__init__(parent, headline, words, verb, icon=icon, check=self._check)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._run, self._must, self._said = desk, run, must, said
        self.pick = Choice(options, parent=self)
        self.reason = TextEdit(longest=500, parent=self)
        self._pick = Field(option_label, self.pick, must=True, parent=self)
        self._reason = Field(reason, self.reason, must=must, parent=self)
        self._pick.setVisible(bool(options))
        self._reason.setVisible(bool(reason))
        self.body.addWidget(self._pick)
        self.body.addWidget(self._reason)
        self.open()

    def _check(self) -> str:
        choice, reason, run = self.pick.value(), self.reason.plain(), self._run
        if self._must and not reason:
            self._reason.set_error(_("Type the reason. It stays with the case."))
            self.reason.setFocus()
            return STAY

        return self.keep(
            self._desk,
            lambda store, by: run(store, by, choice, reason),
            said=self._said,
        )

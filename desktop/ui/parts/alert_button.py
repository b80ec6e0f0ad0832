# SPDX-License-Identifier: Apache-2.0
"""The red button that is on every page: it opens the alert, whatever is being done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui.widgets.button import Button

KEY: Final = "F1"
OTHER_KEY: Final = "Ctrl+Shift+A"
"""For keyboards whose row of F keys does something else."""


class AlertButton(Button):
    """Red, with its key. It says when an alert was begun and not raised yet."""

    def __init__(self, pressed: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("", pressed, kind="danger", icon="siren", parent=parent)
        self.setProperty("final", "true")
        self._begun = False
        self.show_key(KEY)
        self.retranslate()

    def show_begun(self, begun: bool) -> None:
        """Say whether something was typed that is not raised."""
        self._begun = begun
        self.retranslate()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self.setText(_("Alert not raised yet") if self._begun else _("Alert"))
        self.setAccessibleDescription(
            _("Opens the alert: 1300 first, then what happened. {key}").format(key=KEY)
        )

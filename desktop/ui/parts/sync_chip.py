# SPDX-License-Identifier: Apache-2.0
"""In the top bar: how far what was written has come, in a word; pressed, the whole of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.parts.sync_words import chip_words
from desktop.ui.sync_lane import SyncLane
from desktop.ui.widgets.button import Button


class SyncChip(Button):
    """Icon, word and tone. While something is not on the disk yet it says that and no more."""

    def __init__(self, pressed: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("", pressed, kind="quiet", icon="hard-drive", parent=parent)
        self._lane: SyncLane | None = None
        self._saving = False
        self._colour = "green"
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        # It can say less, so it never keeps the window wide.
        self.setMinimumWidth(theme.scaled(48))
        self.show_now()

    def watch(self, lane: SyncLane) -> None:
        """Show what this lane tells, from now on."""
        self._lane = lane
        lane.told.connect(self.show_now)
        lane.watch()

    def show_saving(self, saving: bool) -> None:
        """Say whether what was done last is on this computer's disk."""
        self._saving = saving
        self.show_now()

    def show_now(self) -> None:
        """Say how it stands, in the language of the moment."""
        words, icon, tone = _("Saved on this computer"), "hard-drive", "green"
        if self._saving:
            words, icon, tone = _("Saving…"), "refresh-cw", "amber"
        elif self._lane is not None:
            words, icon, tone = chip_words(self._lane.state, busy=self._lane.run.busy)
        self._colour = tone
        self.set_icon(icon)
        if words != self.text():
            self.setText(words)
        self.setAccessibleDescription(_("Opens the page that says how far everything is"))
        self.update()

    def _tone(self) -> str:
        return self._colour

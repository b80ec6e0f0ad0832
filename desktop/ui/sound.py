# SPDX-License-Identifier: Apache-2.0
"""Three short sounds: good, look, wrong. Never waited for; silence where no player is found.

Qt's own player is in the Addons, which the program does without: Windows plays a file itself,
elsewhere a small player of the system does. What cannot be played is a beep.
"""

from __future__ import annotations

import shutil
import sys
from functools import cache
from typing import Final, Literal

from PySide6.QtCore import QProcess, QTimer
from PySide6.QtWidgets import QApplication

from desktop.paths import shipped

Sound = Literal["good", "look", "wrong"]
_PLAYERS: Final = (("paplay", ()), ("pw-play", ()), ("aplay", ("-q",)))


def play(sound: Sound) -> None:
    """Play a sound after what is about to be painted is on the screen."""
    QTimer.singleShot(0, lambda: _play(sound))


def _play(sound: Sound) -> None:
    path = str(shipped("resources", "sounds", f"{sound}.wav"))
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(
                path, winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            )
        except RuntimeError:  # no sound card; the colour and the word say the same
            QApplication.beep()
        return
    found = _player()
    if found is None or not QProcess.startDetached(found[0], [*found[1], path])[0]:
        QApplication.beep()


@cache
def _player() -> tuple[str, tuple[str, ...]] | None:
    """The first player this system has, with its arguments."""
    for name, arguments in _PLAYERS:
        path = shutil.which(name)
        if path is not None:
            return path, arguments
    return None

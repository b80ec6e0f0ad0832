# SPDX-License-Identifier: Apache-2.0
"""A satellite receiver listened to: one plain thread, its words brought to the window."""

from __future__ import annotations

import threading
import time
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.nmea import Fix, Sentences
from desktop.ui.forms.serial_line import SPEEDS, open_line

_SILENT: Final = 2.5
"""Seconds after which a line without one right sentence is tried at another speed."""


class Receiver(QObject):
    """Listens from ``start`` until ``stop``. ``said`` brings each :class:`Fix`."""

    said = Signal(object)
    trouble = Signal(str)
    _heard = Signal(object)
    _broke = Signal(object)

    def __init__(
        self, lines: tuple[str, ...], parent: QObject | None = None, silent: float = _SILENT
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._silent = silent
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.best: Fix | None = None
        """The surest place heard since ``start``."""
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._broke.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def listening(self) -> bool:
        """Whether it listens."""
        return self._thread is not None

    def start(self) -> None:
        """Begin to listen."""
        if self._thread is not None:
            return
        self.best = None
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._listen, args=(self._stop,), name="receiver", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Listen no more; returns when the line is closed."""
        if self._thread is not None:
            self._stop.set()
            self._thread.join(2.0)
            self._thread = None

    def _take(self, fix: object) -> None:
        if self._thread is None or not isinstance(fix, Fix):
            return
        if fix.position is not None and _surer(fix, self.best):
            self.best = fix
        self.said.emit(fix)

    def _tell(self, sentence: object) -> None:
        if self._thread is not None:
            self.stop()
            self.trouble.emit(str(sentence))

    # ── the thread ───────────────────────────────────────────────────────────────────────────

    def _listen(self, stop: threading.Event) -> None:
        """Each line at each speed until one speaks, then that one until it breaks."""
        told = _("No receiver speaks. Turn it on, and wait until it blinks.")
        for name in self._lines:
            for speed in SPEEDS:
                if stop.is_set():
                    return
                try:
                    spoke = self._hear(name, speed, stop)
                except Problem as problem:
                    told = str(problem)
                    break
                if spoke:
                    return
        if not stop.is_set():
            self._broke.emit(told)

    def _hear(self, name: str, speed: int, stop: threading.Event) -> bool:
        """Whether the line spoke at this speed; comes back when it was stopped."""
        sentences = Sentences()
        with open_line(name, speed) as line:
            until = time.monotonic() + self._silent
            while not stop.is_set():
                if sentences.feed(line.read()):
                    self._heard.emit(sentences.fix)
                if not sentences.heard and time.monotonic() > until:
                    return False
        return True


def _surer(fix: Fix, best: Fix | None) -> bool:
    """Whether a place is surer than the surest yet."""
    if best is None or best.position is None or fix.position is None:
        return True
    now, before = fix.position.accuracy, best.position.accuracy
    return before is None or (now is not None and now <= before)

# SPDX-License-Identifier: Apache-2.0
"""The end asked for from outside: Ctrl+C in the terminal, a log-off, a closed terminal.

Python runs the handler of a signal only between two of its own steps, and while Qt waits for
events there is none. So the system writes a byte into a socket that Qt listens to.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier

_ASKED_BY: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)


class Ending(QObject):
    """Calls ``end`` on the GUI thread when the process is asked to end. ``close`` it after."""

    def __init__(self, end: Callable[[], object], parent: QObject | None = None) -> None:
        """Only the main thread may make one."""
        super().__init__(parent)
        self._end = end
        self._ear, self._mouth = socket.socketpair()
        for side in (self._ear, self._mouth):
            side.setblocking(False)
        self._bell = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._bell.activated.connect(self._rung)
        self._waker = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        self._before: dict[int, Any] = {
            number: signal.signal(number, _noted)
            for number in _ASKED_BY
            if signal.getsignal(number) is not signal.SIG_IGN  # nohup: it is to go on
        }

    def close(self) -> None:
        """Leave signals as they were."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._waker)
        self._bell.setEnabled(False)
        self._ear.close()
        self._mouth.close()

    def _rung(self) -> None:
        try:
            asked = self._ear.recv(64)
        except BlockingIOError:
            return
        if any(number in self._before for number in asked):
            self._end()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The byte in the socket does the work."""

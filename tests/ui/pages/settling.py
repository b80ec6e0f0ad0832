# SPDX-License-Identifier: Apache-2.0
"""Waiting for the lanes without polling: these tests wait after every key."""

from __future__ import annotations

import time

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.desk import Desk
from desktop.ui.tasks import Tasks

_ROUNDS = 3
"""An answer may ask again: an act, then the page's reload, then what follows."""


def settle(tasks: Tasks) -> None:
    """Wait until what was asked is answered, and what the answers asked for too."""
    for _round in range(_ROUNDS):
        QApplication.processEvents()
        for lane in tasks._lanes.values():
            lane.submit(lambda: None).result()
        QApplication.processEvents()


def settle_sync(desk: Desk) -> None:
    """Wait until how far everything is was read anew and shown, with all that follows."""
    desk.sync.look()
    settle(desk.tasks)
    late = time.monotonic() + 20
    while desk.sync.looking and time.monotonic() < late:
        QTest.qWait(5)
    settle(desk.tasks)

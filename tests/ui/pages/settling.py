# SPDX-License-Identifier: Apache-2.0
"""Waiting for the lanes without polling: these tests wait after every key."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.desk import Desk
from desktop.ui.tasks import Tasks

_ROUNDS = 3
"""An answer may ask again: an act, then the page's reload, then what follows."""
_LONGEST = 20.0
"""Seconds; work that goes on until somebody ends it is not waited for."""


def settle(tasks: Tasks) -> None:
    """Wait until what was asked is answered, and what the answers asked for too."""
    for _round in range(_ROUNDS):
        QApplication.processEvents()
        for lane in tasks._lanes.values():
            _until_free(lane)
        QApplication.processEvents()


def _until_free(lane: ThreadPoolExecutor) -> None:
    """Wait until every thread of a lane is through with what was asked before."""
    wait([lane.submit(work) for work in meeting(lane)])


def meeting(lane: ThreadPoolExecutor) -> list[Callable[[], None]]:
    """Work for each thread of a lane, which ends when all of them have come to it.

    One empty task alone tells nothing of the other thread of the slow lane.
    """
    threads = lane._max_workers
    barrier = Barrier(threads)

    def meet() -> None:
        with suppress(BrokenBarrierError):
            barrier.wait(_LONGEST)

    return [meet] * threads


def settle_sync(desk: Desk) -> None:
    """Wait until how far everything is was read anew and shown, with all that follows."""
    desk.sync.look()
    settle(desk.tasks)
    late = time.monotonic() + 20
    while desk.sync.looking and time.monotonic() < late:
        QTest.qWait(5)
    settle(desk.tasks)

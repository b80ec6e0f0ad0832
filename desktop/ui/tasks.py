# SPDX-License-Identifier: Apache-2.0
"""Work off the GUI thread, and its answer brought back.

Three lanes of plain threads. ``store`` writes, one at a time and in order, so that what was
pressed first is kept first. ``reader`` reads, on a thread of its own, so that typing never waits
behind a write. ``slow`` has two threads for PDFs and files. An answer is emitted from inside the
worker over a queued connection; answers for widgets that are gone are dropped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

T = TypeVar("T")
Lane = Literal["store", "reader", "slow"]
Progress = Callable[[int, int], None]
"""Called by long work with how many are done of how many."""
Cancelled = Callable[[], bool]
"""Asked by long work between two items."""
_STILL: Final = 10_000
"""Milliseconds without an answer until it is quiet."""
_MUCH: Final = 25
"""So many answers leave something to be put in order; long work alone does."""


@dataclass(slots=True)
class Task:
    """Work under way. ``cancel`` drops its answer, and the work itself if it has not begun."""

    owner: QObject
    work: Callable[[], Any]
    then: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    on_progress: Progress | None = None
    keep: bool = False
    """Deliver the answer although it was cancelled: the work says itself how far it came."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    @property
    def over(self) -> bool:
        """Whether the work has ended."""
        return self._over.is_set()

    def end(self) -> None:
        """Say that the work has ended."""
        self._over.set()

    def wait(self, seconds: float) -> None:
        """Leave the processor to the work until it has ended, for so many seconds at most."""
        self._over.wait(seconds)


class Tasks(QObject):
    """The lanes. Made once; ``close`` waits for what was begun on the store lane."""

    failed = Signal(object)
    """An exception that nobody asked to hear about."""
    quiet = Signal()
    """Much was done, and for a while nothing has been asked any more."""
    _finished = Signal(object)
    _progressed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: Final[dict[Lane, ThreadPoolExecutor]] = {
            "store": ThreadPoolExecutor(1, thread_name_prefix="store"),
            "reader": ThreadPoolExecutor(1, thread_name_prefix="reader"),
            "slow": ThreadPoolExecutor(2, thread_name_prefix="slow"),
        }
        self._latest: dict[tuple[int, str], Task] = {}
        self._long: list[Task] = []
        self._answered = 0
        self.closed = False
        """Whether ``close`` was called: nothing can be asked any more."""
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL)
        self._still.timeout.connect(self._be_quiet)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        latest: str = "",
    ) -> Task:
        """Run ``work`` on a lane; ``then(answer)`` or ``failed(error)`` on the GUI thread.

        With ``latest`` a name: an earlier task of the same owner and name is cancelled, so that
        only the last question asked is answered (search as one types).
        """
        task = Task(owner, work, then, failed)
        if latest:
            key = (id(owner), latest)
            before = self._latest.get(key)
            if before is not None:
                before.cancel()
            self._latest[key] = task
        return self._submit(lane, task)

    def long(
        self,
        owner: QObject,
        work: Callable[[Progress, Cancelled], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        on_progress: Progress | None = None,
    ) -> Task:
        """Run ``work(progress, cancelled)`` on the slow lane.

        ``on_progress(done, total)`` comes on the GUI thread. Work that is cancelled returns what
        it has, and ``then`` gets that.
        """
        task = Task(owner, _nothing, then, failed, on_progress, keep=True)

        def progress(done: int, total: int) -> None:
            self._progressed.emit((task, done, total))

        task.work = lambda: work(progress, lambda: task.cancelled)
        self._long = [*(one for one in self._long if not one.over), task]
        return self._submit("slow", task)

    def close(self) -> None:
        """Finish what was begun on the store lane; ask long work to stop, let go of the rest."""
        self.closed = True
        self._still.stop()
        for task in self._long:
            task.cancel()
        for lane in ("slow", "reader"):
            self._lanes[lane].shutdown(wait=True, cancel_futures=True)
        self._lanes["store"].shutdown(wait=True)

    def _submit(self, lane: Lane, task: Task) -> Task:
        if QThread.currentThread() is not self.thread():
            raise RuntimeError("start tasks from the GUI thread")
        if self.closed and lane != "store":
            # An answer that came while the window went asks on: nobody is there to be told.
            task.cancel()
            task.end()
            return task
        self._lanes[lane].submit(self._work, task)
        return task

    def _work(self, task: Task) -> None:
        answer: Any = None
        error: Exception | None = None
        if not task.cancelled or task.keep:
            try:
                answer = task.work()
            except Exception as caught:  # noqa: BLE001 - the end of a thread; told to the desk
                error = caught
        task.end()
        if shiboken6.isValid(self):
            self._finished.emit((task, answer, error))

    @Slot(object)
    def _deliver(self, parcel: tuple[Task, Any, Exception | None]) -> None:
        task, answer, error = parcel
        for key in [key for key, last in self._latest.items() if last is task]:
            del self._latest[key]
        self._answered += _MUCH if task.keep else 1
        if self._answered >= _MUCH:
            self._still.start()
        if not shiboken6.isValid(task.owner) or (task.cancelled and not task.keep):
            return
        if error is not None:
            if task.failed is not None:
                task.failed(error)
            else:
                self.failed.emit(error)
        elif task.then is not None:
            task.then(answer)

    def _be_quiet(self) -> None:
        self._answered = 0
        self.quiet.emit()

    @Slot(object)
    def _tell(self, parcel: tuple[Task, int, int]) -> None:
        task, done, total = parcel
        if task.on_progress is not None and shiboken6.isValid(task.owner):
            task.on_progress(done, total)


def _nothing() -> None:
    """Stands in until the work of a long task is known."""

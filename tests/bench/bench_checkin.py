# SPDX-License-Identifier: Apache-2.0
"""The desk itself: Enter to committed, and to the painted panel, in one run.

    python -m tests.bench.bench_checkin [--people 100000] [--rounds 430]

Badges are scanned into the real page over a real store. In turns with them:

    floor      one raw ``synchronous=FULL`` commit of the same four rows into the same file
    commit     from the Enter key to the end of the transaction
    painted    from the Enter key until the panel with the name has been painted
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions import attendance
from desktop.store.engine import connect
from desktop.store.keys import DataKey
from desktop.ui import theme
from desktop.ui.frame import Frame
from desktop.ui.pages.checkin import CheckIn
from desktop.ui.rail import Place
from desktop.ui.sweep import Sweep
from desktop.ui.tasks import Tasks
from tests.bench import figures
from tests.bench.bench_store import floor, floor_tables
from tests.bench.figures import Figure, percentile, told
from tests.bench.many import build, desk_over

WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
TIMES = 3.0
"""Times the raw commit."""
PAINT = 16.0
"""Milliseconds from the commit to the painted name."""


class Painted(QObject):
    """Notes when the name in the panel was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=430)
    chosen = parser.parse_args()
    app = QApplication([])
    sys.setswitchinterval(0.001)  # as the program itself has it
    sweep = Sweep(app)
    theme.apply_theme(app, "light")
    with figures.folder() as place:
        taken = measured(app, place, chosen.people, chosen.rounds)
    sweep.close()
    return figures.conclude(_figures(taken, chosen.people), chosen)


def measured(app: QApplication, folder: Path, people: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each check-in and of the raw commit before it."""
    hall = build(folder / "store", people)
    tasks = Tasks()
    desk = desk_over(hall, tasks)
    frame = Frame(desk, (Place("checkin", "Desk", "scan-line"),), {"checkin": CheckIn})
    frame.resize(1366, 768)
    frame.show()
    QTest.qWait(1500)
    page: Any = frame.page
    while page.opening is None:
        app.processEvents(WAIT)
    raw = connect(hall.store.path, DataKey(bytes(range(32))), write=True)
    floor_tables(raw)
    raw_commit = floor(raw, hall.store.device)
    painted = Painted()
    page.view.outcome._name.installEventFilter(painted)
    committed = [0.0]
    real = attendance.arrive

    def arrive(*said: Any) -> Any:
        done = real(*said)
        committed[0] = time.perf_counter()
        return done

    attendance.arrive = arrive
    taken: dict[str, list[float]] = {"floor": [], "commit": [], "painted": []}
    for number in range(min(rounds, len(hall.rows))):
        QTest.qWait(25)  # both come after a rest: a processor that slept is slow at first
        before = time.perf_counter()
        raw_commit(number)
        taken["floor"].append((time.perf_counter() - before) * 1000)
        page.view.box.setText(hall.badge(number))
        QTest.qWait(25)
        committed[0] = painted.at = 0.0
        name = hall.rows[number].name
        before = time.perf_counter()
        QTest.keyClick(page.view.box, Qt.Key.Key_Return)
        while painted.at < committed[0] or not committed[0] or page.view.outcome.name != name:
            app.processEvents(WAIT)
        taken["commit"].append((committed[0] - before) * 1000)
        taken["painted"].append((painted.at - before) * 1000)
    raw.close()
    frame.close()
    tasks.close()
    hall.store.close()
    return taken


def _figures(taken: dict[str, list[float]], people: int) -> list[Figure]:
    floor, commit = taken["floor"], taken["commit"]
    after = [done - kept for done, kept in zip(taken["painted"], commit, strict=True)]
    said = f"{told(commit)}; raw commit {told(floor)}; {people:,} people"
    return [
        Figure("Enter to committed, median", percentile(commit, 50) / percentile(floor, 50),
               TIMES, "x", said),
        Figure("Enter to committed, p99", percentile(commit, 99) / percentile(floor, 99),
               TIMES, "x"),
        Figure("committed to the painted name, p99", percentile(after, 99), PAINT, "ms",
               told(after)),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

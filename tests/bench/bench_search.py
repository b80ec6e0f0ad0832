# SPDX-License-Identifier: Apache-2.0
"""Search as one types, from the key to the painted rows, over very many people.

    python -m tests.bench.bench_search [--people 100000] [--rounds 150]

Twice over a store of so many people: an event that expects 430 of them, as a desk has it, and one
event that expects them all, which is the most there is to search. In each:

    desk       a key in the box of the check-in desk, until its list of lines has been painted
    store      the question alone, over everybody there is (the whole office, no event)

Each of them for one letter, two, three, a whole first name, the last four digits, and a letter
no name begins with. The floor is the same box painting a list that is there already: no question.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from desktop.store import roster
from desktop.ui import theme
from desktop.ui.frame import Frame
from desktop.ui.pages.checkin import CheckIn
from desktop.ui.rail import Place
from desktop.ui.sweep import Sweep
from desktop.ui.tasks import Tasks
from tests.bench import figures
from tests.bench.figures import Figure, percentile, told
from tests.bench.many import Hall, build, desk_over

WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
LIMIT = 16.0


class Painted(QObject):
    """Notes when the list was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def asked(hall: Hall, rounds: int) -> dict[str, list[str]]:
    """What is typed: parts of names and numbers that are there."""
    chance = random.Random(7)
    rows = [chance.choice(hall.rows) for _round in range(rounds)]
    return {
        "1 letter": [row.first[:1] for row in rows],
        "2 letters": [row.first[:2] for row in rows],
        "3 letters": [row.first[:3] for row in rows],
        "a first name": [row.first for row in rows],
        "4 digits": [row.phone[-4:] for row in rows],
    }


def measured(app: QApplication, folder: Path, people: int, hall: int, rounds: int) -> list[Figure]:
    """The figures of one store."""
    there = build(folder, people, hall=hall)
    tasks = Tasks()
    desk = desk_over(there, tasks)
    frame = Frame(desk, (Place("checkin", "Desk", "scan-line"),), {"checkin": CheckIn})
    frame.resize(1366, 768)
    frame.show()
    page: Any = frame.page
    while page.opening is None:
        app.processEvents(WAIT)
    QTest.qWait(1500)
    painted = Painted()
    page.view.hits.viewport().installEventFilter(painted)
    found = []
    page.view.box.setText(there.rows[0].first[:1])
    QTest.qWait(300)
    floor = [_repainted(app, page, painted) for _round in range(rounds)]
    still = f"painting alone p95 {percentile(floor, 95):.2f} ms"
    for name, texts in asked(there, rounds).items():
        times = [_typed(app, page, painted, text) for text in texts]
        store = [_asked(there, text) for text in texts]
        found.append(
            Figure(
                f"{name}, an event of {hall:,} among {people:,}: key to painted rows, p95",
                percentile(times, 95),
                LIMIT,
                "ms",
                f"{told(times)}; {still}; the store asked for the whole office "
                f"p95 {percentile(store, 95):.2f} ms",
            )
        )
    delete(frame)
    tasks.close()
    there.store.close()
    return found


def _typed(app: QApplication, page: Any, painted: Painted, text: str) -> float:
    page.view.box.setText("")
    app.processEvents()
    painted.at = 0.0
    before = time.perf_counter()
    page.view.box.setText(text)
    while page._found_for != text or painted.at == 0.0:
        app.processEvents(WAIT)
    return (painted.at - before) * 1000


def _repainted(app: QApplication, page: Any, painted: Painted) -> float:
    painted.at = 0.0
    before = time.perf_counter()
    page.view.hits.viewport().update()
    while painted.at == 0.0:
        app.processEvents(WAIT)
    return (painted.at - before) * 1000


def _asked(hall: Hall, text: str) -> float:
    before = time.perf_counter()
    with hall.store.read() as conn:
        roster.search(conn, text, event_id=None)
    return (time.perf_counter() - before) * 1000


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=150)
    chosen = parser.parse_args()
    app = QApplication([])
    sys.setswitchinterval(0.001)  # as the program itself has it
    sweep = Sweep(app)
    theme.apply_theme(app, "light")
    found = []
    with figures.folder() as place:
        for hall in (430, chosen.people):
            found += measured(app, place / str(hall), chosen.people, hall, chosen.rounds)
    sweep.close()
    return figures.conclude(found, chosen)


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Search as one types, key to painted rows, over very many people. On demand:

    python tests/bench/bench_search.py [--people 100000] [--rounds 200]

    desk       a key in the box of the check-in desk, until its list of lines is painted
    store      the question alone, over everybody there is (the whole office, no event)

Each of them for one letter, for three, for a whole first name and for the last four digits.
Target: p95 within 16 ms, one letter too.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEvent, QEventLoop, QObject  # noqa: E402 - the checkout comes first
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop.store import roster  # noqa: E402
from desktop.ui import theme  # noqa: E402
from desktop.ui.frame import Frame  # noqa: E402
from desktop.ui.pages.checkin import CheckIn  # noqa: E402
from desktop.ui.rail import Place  # noqa: E402
from desktop.ui.tasks import Tasks  # noqa: E402
from tests.bench.many import Hall, build, desk_over  # noqa: E402

WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


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
        "3 letters": [row.first[:3] for row in rows],
        "first name": [row.first for row in rows],
        "4 digits": [row.phone[-4:] for row in rows],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    chosen = parser.parse_args()
    app = QApplication([])
    theme.apply_theme(app, "light")
    with tempfile.TemporaryDirectory() as place:
        hall = build(Path(place) / "store", chosen.people)
        tasks = Tasks()
        desk = desk_over(hall, tasks)
        frame = Frame(desk, (Place("checkin", "Desk", "scan-line"),), {"checkin": CheckIn})
        frame.resize(1366, 768)
        frame.show()
        QTest.qWait(1500)
        page: Any = frame.page
        while page.opening is None:
            app.processEvents(WAIT)
        painted = Painted()
        page.view.hits.viewport().installEventFilter(painted)
        for name, texts in asked(hall, chosen.rounds).items():
            print(name)
            _show("desk", [_typed(app, page, painted, text) for text in texts])
            _show("store", [_asked(hall, text) for text in texts])
        frame.close()
        tasks.close()
        hall.store.close()


def _typed(app: QApplication, page: Any, painted: Painted, text: str) -> float:
    page.view.box.setText("")
    app.processEvents()
    painted.at = 0.0
    before = time.perf_counter()
    page.view.box.setText(text)
    while page._found_for != text or painted.at == 0.0:
        app.processEvents(WAIT)
    return (painted.at - before) * 1000


def _asked(hall: Hall, text: str) -> float:
    before = time.perf_counter()
    with hall.store.read() as conn:
        roster.search(conn, text, event_id=None)
    return (time.perf_counter() - before) * 1000


def _show(name: str, times: list[float]) -> None:
    late = statistics.quantiles(times, n=20)[18]
    print(f"  {name:6} median {statistics.median(times):6.2f} ms   p95 {late:6.2f} ms")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""The desk itself: Enter to committed, and to the painted panel, in one run. On demand:

    python tests/bench/bench_checkin.py [--people 100000] [--rounds 300]

Badges are scanned into the real page over a real store. In turns with them:

    floor      one raw ``synchronous=FULL`` commit of the same four rows into the same file
    commit     from the Enter key to the end of the transaction
    painted    from the Enter key until the panel with the name has been painted

Targets: ``commit`` within 3 times the floor at the median and at p99; ``painted`` at p99 within
16 ms of ``commit``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt  # noqa: E402 - the checkout comes first
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop.actions import attendance  # noqa: E402
from desktop.store.engine import connect  # noqa: E402
from desktop.store.keys import DataKey  # noqa: E402
from desktop.ui import theme  # noqa: E402
from desktop.ui.frame import Frame  # noqa: E402
from desktop.ui.pages.checkin import CheckIn  # noqa: E402
from desktop.ui.rail import Place  # noqa: E402
from desktop.ui.tasks import Tasks  # noqa: E402
from tests.bench.bench_store import floor, floor_tables  # noqa: E402
from tests.bench.many import build, desk_over  # noqa: E402

WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


class Painted(QObject):
    """Notes when the name in the panel was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=300)
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
        for number in range(min(chosen.rounds, len(hall.rows))):
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
    show(taken)


def show(taken: dict[str, list[float]]) -> None:
    base = figures(taken["floor"])
    for name, times in taken.items():
        median, late = figures(times)
        print(
            f"  {name:8} median {median:6.2f} ms ({median / base[0]:4.2f} x)"
            f"   p99 {late:6.2f} ms ({late / base[1]:4.2f} x)"
        )
    after = [done - kept for done, kept in zip(taken["painted"], taken["commit"], strict=True)]
    print(f"  painted after the commit: p99 {figures(after)[1]:.2f} ms (target 16)")


def figures(times: list[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Memory of the window after a day's work with 430 people. On demand:

    python tests/bench/bench_memory.py

In a process of its own: everybody is found by name and checked in at both halves of the day,
every tenth by a mistake that is taken back; the list of who is missing is turned every way, put
on paper and into a workbook; a page of the signed sheet is taken over. Target: 160 MB resident.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop, Qt  # noqa: E402 - the checkout comes first
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop.actions.presence import presence_paper  # noqa: E402
from desktop.ui import theme  # noqa: E402
from desktop.ui.frame import Frame  # noqa: E402
from desktop.ui.pages.back_entry import BackEntry  # noqa: E402
from desktop.ui.pages.checkin import CheckIn  # noqa: E402
from desktop.ui.pages.presence import Presence  # noqa: E402
from desktop.ui.rail import Place  # noqa: E402
from desktop.ui.tasks import Tasks  # noqa: E402
from tests.bench.many import NOW, build, desk_over  # noqa: E402

WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
_PAGES = {"checkin": CheckIn, "presence": Presence, "back_entry": BackEntry}


def resident() -> float:
    """Megabytes of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    app = QApplication([])
    theme.apply_theme(app, "light")
    bare = resident()
    with tempfile.TemporaryDirectory() as place:
        hall = build(Path(place) / "store", 430)
        tasks = Tasks()
        desk = desk_over(hall, tasks)
        places = [Place(noun, kind.word, kind.icon) for noun, kind in _PAGES.items()]
        frame = Frame(desk, places, _PAGES)
        frame.resize(1366, 768)
        frame.show()
        QTest.qWait(300)
        opened = resident()
        for hours in (0, 4):
            hall.clock.now = NOW + timedelta(hours=hours)
            frame.show_page("checkin")
            frame.page.ask_again()
            QTest.qWait(1500)
            _check_everybody_in(app, frame, hall)
        worked = resident()
        frame.show_page("presence")
        page: Any = frame.page
        while page._standing is None:
            app.processEvents(WAIT)
        for grouping in ("organisation", "group", "session", "province"):
            page._group_by(grouping)
            page._show_only("all")
            app.processEvents()
        for kind in ("pdf", "xlsx"):
            presence_paper(*page.paper(kind), kind)
        frame.show_page("back_entry")
        page = frame.page
        while page._paper is None:
            app.processEvents(WAIT)
        page._go((1, 1))
        page.model.tick_column(3)
        page._save()
        QTest.qWait(300)
        print(
            f"bare {bare:.0f} MB, opened {opened:.0f} MB, everybody in {worked:.0f} MB, "
            f"after the day {resident():.0f} MB (target 160)"
        )
        frame.close()
        tasks.close()
        hall.store.close()


def _check_everybody_in(app: QApplication, frame: Frame, hall: Any) -> None:
    page: Any = frame.page
    for number, row in enumerate(hall.rows):
        page.view.box.setText(row.first)
        while page._found_for != row.first:
            app.processEvents(WAIT)
        page.view.box.setText(hall.badge(number))
        came = page.opening.board.came
        QTest.keyClick(page.view.box, Qt.Key.Key_Return)
        while page.opening.board.came == came:
            app.processEvents(WAIT)
        if number % 10 == 0:
            frame.desk.undo()
            while page.opening.board.came != came:
                app.processEvents(WAIT)


if __name__ == "__main__":
    main()

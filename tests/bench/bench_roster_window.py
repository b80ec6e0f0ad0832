# SPDX-License-Identifier: Apache-2.0
"""A list of 10,000 comes through the window: read, shown, corrected and taken in.

    python -m tests.bench.bench_roster_window [--rounds 3]

The real page over a real encrypted store, offscreen. "Stood still" is the longest time between
two turns of the event loop while a thread reads, looks people up or writes. The floor is the
same loop with the window idle for as long: what the machine itself takes from a process.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.pages.roster import RosterPage
from desktop.ui.sweep import Sweep
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, NOW, Ground
from tests.bench import figures
from tests.bench.bench_roster import many
from tests.bench.figures import Figure, percentile

PEOPLE = 10_000
READ = 5.0
STILL = 50.0


class Loop:
    """Turns the event loop and keeps how long each turn took, in milliseconds."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.turns: list[float] = []

    @property
    def longest(self) -> float:
        return max(self.turns)

    def until(self, done: Callable[[], bool], most: float = 120.0) -> float:
        """Turn until it is done; seconds it took. Raises TimeoutError when it never is."""
        begun = last = time.perf_counter()
        while not done():
            self._app.processEvents()
            now = time.perf_counter()
            self.turns.append((now - last) * 1000)
            last = now
            if now - begun > most:
                raise TimeoutError("the window did not come to an end")
            time.sleep(0.0005)
        return time.perf_counter() - begun


def rest(seconds: float) -> Callable[[], bool]:
    """Done after so many seconds."""
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() > end


def one_round(app: QApplication, folder: Path, path: Path) -> dict[str, float]:
    """What each step took (seconds) and how long the window stood still in it (ms)."""
    ground, tasks, sweep = Ground(folder), Tasks(), Sweep(app)
    desk = Desk(ground.store, tasks, BY, Settings(), lambda: NOW)
    desk.take_event(ground.event.id)
    page = RosterPage(desk)
    desk.changed.connect(lambda nouns: page.reload() if nouns & page.watches else None)
    page.resize(1158, 560)
    page.show()
    page.reload()
    found: dict[str, float] = {}
    Loop(app).until(rest(0.5))
    try:
        idle = Loop(app)
        idle.until(rest(2.0))
        found["idle"] = idle.longest
        loop = Loop(app)
        page.intake.read_file(path)
        found["read"] = loop.until(lambda: page.intake.checking)
        loop.until(lambda: not page.intake.reading)
        loop.until(rest(0.5))
        found["read still"] = loop.longest
        loop = Loop(app)
        page.take_in()
        found["taken in"] = loop.until(lambda: page.list.model.rowCount() == PEOPLE)
        loop.until(rest(0.5))
        found["taken in still"] = loop.longest
        found["turn p50"], found["turn p95"] = (percentile(loop.turns, at) for at in (50, 95))
    finally:
        tasks.close()
        page.deleteLater()
        sweep.close()
        ground.store.close()
    return found


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    app = QApplication(sys.argv[:1])
    theme.apply_theme(app, "light")
    with figures.folder() as place:
        path = place / "list.xlsx"
        path.write_bytes(many(PEOPLE))
        rounds = [one_round(app, place / str(each), path) for each in range(chosen.rounds)]
    middle = {name: figures.percentile([one[name] for one in rounds], 50) for name in rounds[0]}
    idle = f"an idle window stands still {middle['idle']:.0f} ms"
    turns = f"; its turns p50 {middle['turn p50']:.1f} ms, p95 {middle['turn p95']:.1f} ms"
    whole = percentile([one["read"] + one["taken in"] for one in rounds], 50)
    return figures.conclude(
        [
            Figure(
                "roster of 10,000 from xlsx through the window",
                whole,
                READ,
                "s",
                f"chosen to shown {middle['read']:.2f} s, taken in and on the roster "
                f"{middle['taken in']:.2f} s",
            ),
            Figure("window still while it is read", middle["read still"], STILL, "ms", idle),
            Figure(
                "window still while taken in", middle["taken in still"], STILL, "ms", idle + turns
            ),
        ],
        chosen,
    )


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""A whole area comes from the centre while somebody works in the window.

    python -m tests.bench.bench_sync_window [--rows 10000]

A real centre in a process of its own, TLS on loopback; the real window over a real encrypted
store, offscreen, with the list of households open, in which a letter is typed four times a
second. "Stood still" is the longest time between two turns of the event loop. The floor is the
same loop with the same typing and nothing coming: what the machine and the page take themselves.

    received    from F9 until the last row is here and the page has been told
    stood still the longest turn of the loop meanwhile, all of them, and beside it the floor's
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import figures
from tests.bench.figures import Figure, percentile

ROWS = 10_000
STILL = 50.0
FIRST_SYNC = 15.0
SCOPE = "t:630609"
_BATCH = 500
_TYPED = 0.25
"""Seconds between two letters."""


def centre(folder: Path, rows: int) -> None:
    """The other process: a centre that has an area of ``rows`` records, until its input ends."""
    from tests.bench.bench_receive import rows as people
    from tests.centre.running import running_centre

    with running_centre(folder) as at:
        other = at.laptop(("63",))
        bodies = [
            {"kind": kind, "id": one, "set": {n: v for n, v in fields.items() if v != []}}
            for _seq, kind, one, _deleted, fields in people(rows)
        ]
        for start in range(0, len(bodies), _BATCH):
            other.incarnation = str(uuid4())
            other.sync(other.push(SCOPE, *bodies[start : start + _BATCH]))
        told = {"url": at.url, "pin": at.pin, "code": at.make_code(("63",))}
        print(json.dumps(told), flush=True)
        sys.stdin.read()


class Loop:
    """Turns the event loop, types, and keeps how long each turn took, in milliseconds."""

    def __init__(self, app: Any, kind: Callable[[], object]) -> None:
        self._app, self._type = app, kind
        self.turns: list[float] = []

    def until(self, done: Callable[[], bool], most: float = 300.0) -> float:
        """Turn until it is done; the seconds it took."""
        begun = last = time.perf_counter()
        letter = begun
        while not done():
            if last - letter > _TYPED:
                letter = last
                self._type()
            self._app.processEvents()
            now = time.perf_counter()
            self.turns.append((now - last) * 1000)
            last = now
            if now - begun > most:
                raise TimeoutError("it did not come to an end")
            time.sleep(0.0005)
        return time.perf_counter() - begun


def window(folder: Path, told: dict[str, str], rows: int) -> list[Figure]:
    """Join, press F9, and work on until everything is here."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    from desktop.actions.joining import join
    from desktop.settings import Settings
    from desktop.sync.invitation import Invitation
    from desktop.ui import theme
    from desktop.ui.desk import Desk
    from desktop.ui.frame import Frame
    from desktop.ui.places import FACTORIES, PLACES
    from desktop.ui.sweep import Sweep
    from desktop.ui.tasks import Tasks
    from tests.field import BY, open_field

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    store = open_field(folder).store
    join(store, BY, Invitation(told["url"], told["code"], told["pin"]))
    tasks, sweep = Tasks(), Sweep(app)
    desk = Desk(store, tasks, BY, Settings())
    frame = Frame(desk, PLACES, FACTORIES)
    frame.resize(1366, 768)
    frame.show()
    frame.show_page("household")
    box = frame.page.list.box  # type: ignore[attr-defined]
    box.setFocus()

    def kind() -> None:
        if len(box.text()) > 3:
            box.clear()
        said = QInputMethodEvent()
        said.setCommitString("ม")
        QApplication.sendEvent(box, said)

    lane = desk.sync
    warm = Loop(app, kind)
    warm.until(lambda: lane.state.joined)
    end = time.perf_counter() + 3
    warm.until(lambda: time.perf_counter() > end)
    floor = Loop(app, kind)
    end = time.perf_counter() + 5
    floor.until(lambda: time.perf_counter() > end)

    def all_here() -> bool:
        area = next((one for one in lane.state.areas if one.scope == SCOPE), None)
        return area is not None and bool(area.matched_at) and not area.coming

    loop = Loop(app, kind)
    lane.send()
    took = loop.until(all_here)
    lane.end()
    tasks.close()
    with store.read() as conn:
        count = conn.exec_driver_sql(
            "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM member)"
        ).scalar_one()
    assert count >= rows, count
    frame.close()
    sweep.close()
    store.close()
    beside = (
        f"p99 {percentile(loop.turns, 99):.1f} ms of {len(loop.turns)} turns; "
        f"floor: most {max(floor.turns):.1f}, p99 {percentile(floor.turns, 99):.1f} ms"
    )
    return [
        Figure(f"sync of {rows:,} records in the open window", took, FIRST_SYNC, "s",
               f"{rows / took:,.0f} a second"),
        Figure("the window stood still meanwhile", max(loop.turns), STILL, "ms", beside),
    ]  # fmt: skip


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--centre", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.centre is not None:
        centre(given.centre, given.rows)
        return 0
    with figures.folder() as place:
        other = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.bench_sync_window", "--rows", str(given.rows),
             "--centre", str(place / "centre")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=figures.ROOT,
        )  # fmt: skip
        try:
            assert other.stdout is not None
            told = json.loads(other.stdout.readline())
            return figures.conclude(window(place / "laptop", told, given.rows), given)
        finally:
            assert other.stdin is not None
            other.stdin.close()
            other.wait(30)


if __name__ == "__main__":
    sys.exit(main())

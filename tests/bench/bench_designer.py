# SPDX-License-Identifier: Apache-2.0
"""Dragging in the designer: how long one repaint takes, beside painting nothing but a picture.

    python -m tests.bench.bench_designer [--moves N]

The window stands at 1366 × 768 over a real store with the shipped certificate of most parts on the
table. The name's box, the frame of the page and eight elements together are dragged with
mouse events; a repaint is the time from the event to the end of the paint, with the panel of exact
numbers that follows. The floor is a widget of the same size that paints one picture.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import figures
from tests.bench.figures import Figure, percentile, told

if TYPE_CHECKING:
    from desktop.ui.pages.designer import Designer

LIMIT = 16.0
MOUSE = 1 / 125
"""Seconds between two moves of a usual mouse."""


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--moves", type=int, default=300)
    chosen = parser.parse_args()
    with figures.folder() as place:
        found = measured(place, chosen.moves)
    return figures.conclude(found, chosen)


def measured(place: Path, moves: int) -> list[Figure]:
    from PySide6.QtWidgets import QApplication

    from desktop.settings import Settings
    from desktop.ui import theme
    from desktop.ui.desk import Desk
    from desktop.ui.pages.designer import Designer
    from desktop.ui.tasks import Tasks
    from tests.actions.office_ground import BY, NOW, Ground

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    ground = Ground(place / "profile")
    tasks = Tasks()
    desk = Desk(ground.store, tasks, BY, Settings(), lambda: NOW)
    page = Designer(desk)
    page.resize(1158, 640)
    page.show()
    page.arrive({"template": "completion"})
    settle(page)
    found = []
    floor = bare(page, moves)
    for name, ids in cases(page).items():
        times = dragged(page, ids, moves)
        found.append(
            Figure(
                f"designer repaint while dragging {name}, p95",
                percentile(times, 95),
                LIMIT,
                "ms",
                f"{told(times)}; floor p95 {percentile(floor, 95):.2f} ms",
            )
        )
    column = cases(page)["the column of texts"]
    times = dragged(page, column, moves, corner=True)
    found.append(
        Figure(
            "designer repaint while drawing out the column, its texts set anew beside it, p95",
            percentile(times, 95),
            LIMIT,
            "ms",
            told(times),
        )
    )
    page.end()
    page.close()
    tasks.close()
    ground.store.close()
    return found


def cases(page: Designer) -> dict[str, frozenset[str]]:
    """What is dragged: something small, the largest there is, and many at once."""
    from desktop.model.template import Column, Qr
    from desktop.model.template_edit import flows

    free = [one for one in page.editor.template.elements if not flows(one)]
    code = next(one for one in free if isinstance(one, Qr))
    column = next(one for one in free if isinstance(one, Column))
    large = max(free, key=lambda one: one.width * one.height)
    return {
        "a code": frozenset({code.id}),
        "the column of texts": frozenset({column.id}),
        "the frame of the page": frozenset({large.id}),
        "eight parts": frozenset(one.id for one in free[-8:]),
    }


def settle(page: Designer, seconds: float = 30.0) -> None:
    """Wait until everything is drawn."""
    from PySide6.QtWidgets import QApplication

    end, quiet = time.monotonic() + seconds, time.monotonic()
    while time.monotonic() < end and time.monotonic() - quiet < 0.4:
        QApplication.processEvents()
        if page.editor.busy or page.gallery.view.busy or not page.editing:
            quiet = time.monotonic()
        time.sleep(0.005)


def dragged(
    page: Designer, ids: frozenset[str], moves: int, *, corner: bool = False
) -> list[float]:
    """Milliseconds from each move of the mouse to the end of its repaint."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    canvas = page.editor.canvas
    page.editor.bench.choose(ids)
    settle(page)
    pane = canvas.viewport()
    assert not canvas.scene.picture.isNull()
    assert canvas.scene.lifted is not None
    assert not canvas.scene.lifted.layer.isNull()
    box = canvas.scene.selection()
    assert box is not None
    where = canvas.scene.sight.rect(box)
    start = where.bottomRight() if corner else where.center()

    def send(kind: QEvent.Type, at: QPointF, buttons: Qt.MouseButton) -> None:
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else buttons
        event = QMouseEvent(kind, at, pane.mapToGlobal(at), button, buttons,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(pane, event)

    left = Qt.MouseButton.LeftButton
    send(QEvent.Type.MouseButtonPress, start, left)
    canvas._pressed = next(iter(ids))  # also where other elements lie over its middle
    times = []
    for number in range(moves):
        at = start + QPointF((number * 7) % 160 - 80, (number * 3) % 90 - 45)
        before = time.perf_counter()
        send(QEvent.Type.MouseMove, at, left)
        pane.repaint()
        times.append((time.perf_counter() - before) * 1000)
        while time.perf_counter() - before < MOUSE:
            QApplication.processEvents()
            time.sleep(0.001)
    assert canvas.scene.grip is not None
    canvas.cancel()
    send(QEvent.Type.MouseButtonRelease, start, left)
    settle(page)
    return times[5:]


def bare(page: Designer, moves: int) -> list[float]:
    """The same for a widget that paints the page's picture and nothing else."""
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    picture, painted = page.editor.canvas.scene.picture, list[int]()

    class Bare(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.drawImage(0, 0, picture)
            painter.end()
            painted.append(1)

    widget = Bare()
    widget.resize(page.editor.canvas.viewport().size())
    widget.show()
    while not painted:
        QApplication.processEvents()
    times = []
    for _number in range(moves):
        before = time.perf_counter()
        widget.repaint()
        times.append((time.perf_counter() - before) * 1000)
    widget.close()
    return times[5:]


if __name__ == "__main__":
    sys.exit(main())

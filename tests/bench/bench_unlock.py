# SPDX-License-Identifier: Apache-2.0
"""From the passphrase to the desk, and the first check-in after the program was killed.

    python -m tests.bench.bench_unlock [--people 100000] [--rounds 7]

The program itself is started on a store of so many people. It is killed (SIGKILL) while badge
after badge is scanned, and started again; the passphrase is typed the moment somebody is offered
to sign in, the desk is gone to the moment the window stands, a badge is scanned the moment the
desk has been painted. No typist is as fast, so what is imported in the background has the least
time.

    desk       from the end of the key derivation until the desk is painted, counter and all
    check-in   from the start of the process until the mark is committed
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from tests.bench import figures
from tests.bench.figures import Figure, percentile, told

SCANS_BEFORE_KILL = 15

DRIVER = '''
import json, sys, time
from desktop import app

app.load_window()
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from desktop.ui import start

folder, passphrase, badges = sys.argv[1], sys.argv[2], iter(sys.argv[3:])
real = start.Start.begin


class Robot(QObject):
    """Does the next thing as soon as it can be done, and notes when."""

    def __init__(self, begun):
        super().__init__()
        self.start, self.at = begun, {}
        self.do = self.sign_in
        self.painted = False
        self.timer = QTimer(self, interval=1)
        self.timer.timeout.connect(lambda: self.do())
        self.timer.start()

    def note(self, name):
        self.at[name] = time.monotonic()

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.painted = True
        return False

    def sign_in(self):
        sign = self.start.window.shown()
        if not sign.chosen():
            return
        from PySide6.QtTest import QTest
        from desktop.store import keys

        derive = keys.open_with_passphrase

        def derived(*said, **named):
            key = derive(*said, **named)
            self.note("derived")
            return key

        keys.open_with_passphrase = derived
        self.press = QTest.keyClick
        self.note("offered")
        sign.passphrase.setText(passphrase)
        self.do = self.to_desk
        self.press(sign.passphrase, Qt.Key.Key_Return)

    def to_desk(self):
        frame = self.start.frame
        if frame is None:
            return
        self.note("frame")
        from desktop.actions import attendance

        arrive = attendance.arrive

        def arrived(*said, **named):
            done = arrive(*said, **named)
            self.note("committed")
            return done

        attendance.arrive = arrived
        frame.show_page("checkin")
        self.page = frame.page
        self.page.view.installEventFilter(self)
        self.do = self.at_desk

    def at_desk(self):
        opening = self.page.opening
        if opening is None or opening.board is None:
            self.painted = False
        elif self.painted:
            self.note("desk")
            self.do = self.scan
            self.scan()

    def scan(self):
        badge = next(badges, None)
        if badge is None:
            return
        self.at.pop("committed", None)
        self.page.view.box.setText(badge)
        self.do = self.committed
        self.press(self.page.view.box, Qt.Key.Key_Return)

    def committed(self):
        if "committed" in self.at:
            print(json.dumps(self.at), flush=True)
            self.do = self.scan


def begin(self):
    real(self)
    self.robot = Robot(self)


start.Start.begin = begin
sys.exit(app.main(["--store", folder]))
'''


def run(folder: Path, badges: list[str], scans: int) -> tuple[float, dict[str, float]]:
    """Start the program, let it scan so many badges, kill it; when it began, the first times."""
    from tests.bench.many import PASSPHRASE

    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(folder), PASSPHRASE, *badges],
        env=figures.surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        # A run that hangs ends here and is told below.
        guard = threading.Timer(60, child.kill)
        guard.start()
        lines = []
        for line in child.stdout:
            lines.append(line)
            if len(lines) == scans:
                break
        child.kill()
        guard.cancel()
    if len(lines) < scans:
        raise RuntimeError(f"the program scanned {len(lines)} of {scans} badges")
    return began, json.loads(lines[0])


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    from tests.bench.many import PASSPHRASE, build

    desk, first, window = [], [], []
    with figures.folder() as place:
        hall = build(
            place, chosen.people, passphrase=PASSPHRASE, on=datetime.now().astimezone().date()
        )
        badges = [hall.badge(number) for number in range(len(hall.rows))]
        hall.store.close()
        run(place, badges[:SCANS_BEFORE_KILL], SCANS_BEFORE_KILL)
        for number in range(1, chosen.rounds + 1):
            mine = badges[number * SCANS_BEFORE_KILL :][:SCANS_BEFORE_KILL]
            began, at = run(place, mine, SCANS_BEFORE_KILL)
            window.append((at["frame"] - at["derived"]) * 1000)
            desk.append((at["desk"] - at["derived"]) * 1000)
            first.append(at["committed"] - began)
    found = [
        Figure(
            "unlock to desk, after the key derivation",
            percentile(desk, 50),
            500,
            "ms",
            f"{told(desk)}; the window itself p50 {percentile(window, 50):.0f} ms; "
            f"{chosen.people:,} people",
        ),
        Figure(
            "first check-in after a SIGKILL, from the start of the process",
            max(first),
            3,
            "s",
            told(first, "s") + ", key derivation included",
        ),
    ]
    return figures.conclude(found, chosen)


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""The window stands: from the start of the process until the unlock window has been painted.

    python -m tests.bench.bench_window [--rounds 15]

The floor is a bare window: PySide6, the same four font files, a label, a line to type into and a
button in the middle. Both are processes of their own, started in turns, so that a busy machine
is busy for both: what counts is the median of the ratios of the pairs. Offscreen, and on an X
server of its own when Xvfb is there. "Painted" is the end of the turn of the event loop in which
the first paint came, by the clock all processes share.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

from tests.bench import figures
from tests.bench.figures import Figure, percentile, surroundings

LIMIT = 1.6

BARE = """
import sys
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication, QLabel, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget,
)
import time

app = QApplication(sys.argv[:1])
for path in sys.argv[1:]:
    QFontDatabase.addApplicationFont(path)
font = app.font()
font.setFamily("Sarabun")
font.setPixelSize(16)
app.setFont(font)
window, middle = QMainWindow(), QWidget()
column = QVBoxLayout(middle)
column.setAlignment(Qt.AlignmentFlag.AlignCenter)
for part in (QLabel("รหัสผ่าน"), QLineEdit(), QPushButton("เปิดสมุด")):
    column.addWidget(part)
window.setCentralWidget(middle)
window.resize(1280, 720)

class Seen(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, lambda: (print(time.monotonic(), flush=True), app.quit()))
        return False

seen = Seen()
window.installEventFilter(seen)
window.show()
app.exec()
"""

OWN = """
import sys
from desktop import app

app.load_window()
from desktop.ui import start

real = start.Start.begin

def begin(self):
    import time
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Seen(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, lambda: (print(time.monotonic(), flush=True), leave()))
            return False

    def leave():
        import os
        from desktop.ui.signin import SignIn

        # What follows (imports in a thread) is not part of the figure.
        os._exit(0 if isinstance(self.window.shown(), SignIn) else 3)

    self.seen = Seen()
    self.window.installEventFilter(self.seen)
    real(self)

start.Start.begin = begin
sys.exit(app.main(["--store", sys.argv[1]]))
"""


def started(code: str, *arguments: str, platform: str, display: str = "") -> float:
    """Milliseconds from starting a process until it says that it painted."""
    environment = surroundings(platform)
    if display:
        environment["DISPLAY"] = display
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return (float(done.stdout.split()[-1]) - before) * 1000


class Screen:
    """An X server of one's own for the time of a ``with``; ``name`` is empty without Xvfb."""

    def __enter__(self) -> Screen:
        self.name = ""
        self._server: subprocess.Popen[bytes] | None = None
        if shutil.which("Xvfb"):
            read, write = os.pipe()
            self._server = subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten",
                 "tcp"],
                pass_fds=(write,),
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
            os.close(write)
            with os.fdopen(read) as said:
                self.name = f":{said.readline().strip()}"
        return self

    def __exit__(self, *_gone: object) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait()


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    chosen = parser.parse_args()
    from desktop.paths import shipped
    from desktop.ui.theme import FAMILY, WEIGHTS
    from tests.bench.many import PASSPHRASE, build

    fonts = [str(shipped("resources", "fonts", f"{FAMILY}-{weight}.ttf")) for weight in WEIGHTS]
    found = []
    with figures.folder() as place, Screen() as screen:
        build(place, 10, passphrase=PASSPHRASE).store.close()
        platforms = [("offscreen", "")] + ([("xcb", screen.name)] if screen.name else [])
        for platform, display in platforms:
            bare: list[float] = []
            own: list[float] = []
            for number in range(chosen.rounds + 1):
                pair = (
                    started(BARE, *fonts, platform=platform, display=display),
                    started(OWN, str(place), platform=platform, display=display),
                )
                if number:  # the first warms the disk
                    bare.append(pair[0])
                    own.append(pair[1])
            floor = percentile(bare, 50)
            ratios = [mine / base for mine, base in zip(own, bare, strict=True)]
            found.append(
                Figure(
                    f"window usable, {platform}",
                    percentile(ratios, 50),
                    LIMIT,
                    "x",
                    f"{percentile(own, 50):.0f} ms against {floor:.0f} ms bare "
                    f"(least {min(own):.0f} and {min(bare):.0f})",
                )
            )
    return figures.conclude(found, chosen)


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Memory of the program after a day's work with 430 people.

    python -m tests.bench.bench_memory

The program itself, in a process of its own, unlocked with the passphrase. Everybody is found by
name and checked in at both halves of the day, every tenth by a mistake that is taken back; the
list of who is missing is turned every way, put on paper and into a workbook; a page of the signed
sheet is taken over; the 430 certificates are tried, issued and saved as a PDF, some are looked at;
every page there is has been opened. What counts is the memory that is resident when after that
nobody has asked for anything for some seconds, and beside it the most there ever was.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.bench import figures
from tests.bench.figures import Figure

LIMIT = 160.0
LAST = "quiet"


def resident() -> float:
    """Megabytes of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def own() -> float:
    """Megabytes of it that no other process could share: without the code of the libraries."""
    kept = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    private = (line.split()[1] for line in kept if line.startswith("Private_"))
    return sum(map(int, private)) * 1024 / 1e6


class Day:
    """One day at one window."""

    def __init__(self, folder: Path, badges: list[str]) -> None:
        from desktop.app import load_window

        load_window()
        from desktop.ui.start import Start, application
        from tests.bench.many import Clock

        self.app = application()
        self.clock = Clock()
        self.folder, self.badges = folder, badges
        self.said: dict[str, float] = {}
        sys.setswitchinterval(0.001)
        self.start: Any = Start(self.app, folder, clock=self.clock)
        self.start.window.resize(1366, 768)
        self.start.begin()

    def until(self, so: Callable[[], object], what: str) -> None:
        from PySide6.QtCore import QEventLoop

        late = time.monotonic() + 60
        while not so():
            if time.monotonic() > late:
                raise TimeoutError(what)
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def settle(self) -> None:
        """Wait until all that was begun has been shown."""
        for lane in ("store", "reader", "slow", "reader"):
            answered: list[object] = []
            self.start.tasks.run(lane, self.start, lambda: None, answered.append)
            self.until(lambda a=answered: a, lane)

    def go(self, noun: str) -> Any:
        self.start.frame.show_page(noun)
        self.settle()
        return self.start.frame.page

    def note(self, when: str) -> None:
        self.said[when] = resident()

    def unlock(self) -> None:
        from tests.bench.many import PASSPHRASE

        sign = self.start.window.shown()
        self.until(sign.chosen, "nobody to sign in as")
        self.note("unlock window")
        sign.passphrase.setText(PASSPHRASE)
        sign.verb.click()
        self.until(lambda: self.start.frame is not None, "the store did not open")
        self.settle()
        self.note("opened")

    def check_everybody_in(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        page = self.go("checkin")
        page.ask_again()
        self.settle()
        for number, badge in enumerate(self.badges):
            page.view.box.setText(page.opening.wearer(badge).first)
            self.settle()
            page.view.box.setText(badge)
            came = page.opening.board.came
            QTest.keyClick(page.view.box, Qt.Key.Key_Return)
            self.until(lambda c=came: page.opening.board.came != c, f"badge {number}")
            if number % 10 == 0:
                self.start.desk.undo()
                self.until(lambda c=came: page.opening.board.came == c, f"undo {number}")
                self.start.desk.redo()
                self.until(lambda c=came: page.opening.board.came != c, f"redo {number}")

    def look_who_is_here(self) -> None:
        from desktop.actions.presence import presence_paper

        page = self.go("presence")
        self.until(lambda: page._standing is not None, "who is here")
        for grouping in ("organisation", "group", "session", "province"):
            page._group_by(grouping)
            page._show_only("all")
            self.app.processEvents()
        for kind in ("pdf", "xlsx"):
            presence_paper(*page.paper(kind), kind)

    def take_over_a_sheet(self) -> None:
        page = self.go("back_entry")
        self.until(lambda: page._paper is not None, "the sheet")
        page._go((1, 1))
        page.model.tick_column(3)
        page._save()
        self.settle()

    def make_certificates(self) -> None:
        from desktop.actions.event import close_event

        desk = self.start.desk
        desk.act(self.start, lambda store, by: close_event(store, by, desk.event_id))
        self.settle()
        page = self.go("certificates")
        self.until(lambda: len(page.waiting) == len(self.badges), "those who passed")
        page.issue.trigger()
        self.until(lambda: page.doing.dialog is not None, "the question before the issue")
        page.doing.dialog.verb.click()
        self.until(lambda: len(page.issued) == len(self.badges), "the issue")
        self.settle()
        for place in range(0, 40, 4):
            page.roll.table.selectRow(place)
            self.until(lambda: not page._later.isActive() and not page.view.busy, "the preview")
        file = self.folder / "certificates.pdf"
        page.doing.save_to(file, page._held, page.issued)
        self.until(file.is_file, "the PDF")
        self.settle()

    def be_quiet(self) -> None:
        heard: list[object] = []
        self.start.tasks.quiet.connect(lambda: heard.append(True))
        self.until(lambda: heard, "quiet")
        self.settle()

    def work(self) -> dict[str, float]:
        from desktop.ui.places import FACTORIES

        self.unlock()
        for hours in (0, 4):
            self.clock.now += timedelta(hours=hours, minutes=5)
            self.check_everybody_in()
        self.note("everybody in, twice")
        self.look_who_is_here()
        self.take_over_a_sheet()
        self.note("lists and sheets")
        self.clock.now += timedelta(hours=4)
        self.make_certificates()
        self.note("certificates")
        for noun in FACTORIES:
            self.go(noun)
        self.go("today")
        self.note("every page opened")
        self.be_quiet()
        self.note(LAST)
        self.said["of that not shareable"] = own()
        self.said["most at any time"] = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        )
        self.start.window.close()
        return self.said


def build_day(folder: Path) -> list[str]:
    """The store of the day; returns the badges of its people."""
    from desktop.actions.event import set_ceremony
    from desktop.model.event import CeremonyRole
    from tests.bench.many import BY, PASSPHRASE, build

    hall = build(folder, 430, passphrase=PASSPHRASE)
    chair = CeremonyRole("", hall.event.id, "chair_close", "นางนภา เศรษฐกร", "อธิบดี", "", True)
    set_ceremony(hall.store, BY, hall.event.id, [chair])
    badges = [hall.badge(number) for number in range(len(hall.rows))]
    hall.store.close()
    return badges


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--day", type=Path, help="(the process that is measured)")
    chosen = parser.parse_args()
    if chosen.day is not None:
        badges = chosen.day.with_suffix(".badges").read_text("ascii").split()
        print(json.dumps(Day(chosen.day, badges).work()))
        return 0
    with figures.folder() as place:
        day = place / "day"
        day.with_suffix(".badges").write_text(" ".join(build_day(day)), "ascii")
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_memory", "--day", str(day)],
            env=figures.surroundings(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=300,
        )
    said = json.loads(done.stdout.splitlines()[-1])
    steps = ", ".join(f"{when} {size:.0f}" for when, size in said.items())
    found = [Figure("resident after a day with 430 people", said[LAST], LIMIT,
                    "MB", steps)]  # fmt: skip
    return figures.conclude(found, chosen)


if __name__ == "__main__":
    sys.exit(main())

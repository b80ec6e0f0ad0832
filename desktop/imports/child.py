# SPDX-License-Identifier: Apache-2.0
"""Starting, watching and ending the child that reads a file.

The parent hands the child an open file and nothing else, believes no more of what comes back
than that it is JSON of a bounded size, and kills the child when time is up or the facilitator
stops the reading. A crash of the child, whatever the file did to it, is one sentence.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from desktop.imports.refusal import MAX_FILE, ReadingStopped, RosterRefused

SECONDS: Final = 25
"""Wall time of one reading. 10,000 rows take about half a second."""
MAX_ANSWER: Final = 64 * 1024 * 1024
SWITCH: Final = "--reading-child"
"""How a frozen build is told to be the child: there is no ``python`` to start beside it."""
_LOOK: Final = 0.05

Cells = tuple[str | None, ...]
Progress = Callable[[int], None]


@dataclass(slots=True)
class Grid:
    """The cells of one sheet as the child saw them (see :mod:`desktop.imports.cells`)."""

    kind: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    """(line of the sheet, marked cells), empty rows left out."""
    merges: list[str] = field(default_factory=list)


def read_grid(
    path: Path,
    sheet: str = "",
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Grid:
    """Read one sheet of a workbook, or a text file, in a child of its own.

    ``sheet`` is the name of a sheet or "" for the first. ``progress`` is called with the number
    of rows so far, ``stopped`` is asked twenty times a second whether to give up. Raises
    :class:`RosterRefused` and :class:`ReadingStopped`.
    """
    try:
        if not path.is_file():
            raise RosterRefused("missing")
        if path.stat().st_size > MAX_FILE:
            raise RosterRefused("big")
        with path.open("rb") as stream:
            return _read(stream, sheet, progress, stopped)
    except OSError:
        raise RosterRefused("unreadable") from None


def command(sheet: str) -> list[str]:
    """How to start the child: isolated, without site packages, from this very program."""
    sheet = sheet.replace("\0", "")
    if getattr(sys, "frozen", False):
        return [sys.executable, SWITCH, sheet]
    root = str(Path(__file__).resolve().parent.parent.parent)
    start = (
        "import sys;sys.path.insert(0,sys.argv[1]);"
        "from desktop.imports.reading_child import main;sys.exit(main(sys.argv[2]))"
    )
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", start, root, sheet]


class _Watch:
    """Ends the child when its time is over or the reading is stopped."""

    def __init__(self, child: subprocess.Popen[bytes], stopped: Callable[[], bool] | None) -> None:
        self.child = child
        self.stopped = stopped
        self.done = threading.Event()
        self.verdict = ""
        self.thread = threading.Thread(target=self._look, name="reading-watch", daemon=True)
        self.thread.start()

    def _look(self) -> None:
        end = time.monotonic() + SECONDS
        while not self.done.wait(_LOOK):
            if time.monotonic() > end:
                self.verdict = "slow"
            elif self.stopped is not None and self.stopped():
                self.verdict = "stopped"
            if self.verdict:
                self.child.kill()
                return


def _read(
    stream: IO[bytes],
    sheet: str,
    progress: Progress | None,
    stopped: Callable[[], bool] | None,
) -> Grid:
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell, fixed arguments
        command(sheet),
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        close_fds=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    job = _job(child)
    watch = _Watch(child, stopped)
    try:
        if child.stdout is None:
            raise RosterRefused("broken")
        with child.stdout as answers:
            return _heard(answers, progress, watch)
    finally:
        watch.done.set()
        child.kill()
        child.wait()
        watch.thread.join()
        if job is not None:
            job.close()


def _environment() -> dict[str, str]:
    """What the child may know of this computer: on Windows, where the system is."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


if sys.platform == "win32":
    from desktop.imports.windows_job import Job

    def _job(child: subprocess.Popen[bytes]) -> Job | None:
        return Job(child)
else:

    def _job(_child: subprocess.Popen[bytes]) -> IO[bytes] | None:
        """Elsewhere the child caps itself before it reads."""
        return None


def _heard(answers: IO[bytes], progress: Progress | None, watch: _Watch) -> Grid:
    grid = Grid()
    last: dict[str, object] = {}
    for thing in _things(answers):
        if isinstance(thing, list):
            grid.rows.append((thing[0], tuple(thing[1:])))
            if progress is not None and len(grid.rows) % 500 == 0:
                progress(len(grid.rows))
        elif isinstance(thing, str):
            grid.merges.append(thing)
        elif "kind" in thing:
            grid.kind = thing["kind"]
            grid.sheets, grid.sheet = tuple(thing["sheets"]), thing["sheet"]
        else:
            last = thing
    if watch.verdict == "stopped":
        raise ReadingStopped
    if last.get("end") != len(grid.rows):
        # Refused, killed by a cap, or dead: the file is the cause, and its words are not shown.
        raise RosterRefused(watch.verdict or str(last.get("refused", "broken")))
    return grid


def _things(answers: IO[bytes]) -> Iterator[Any]:
    """What the child says, one JSON value a line, until it says something else."""
    size = 0
    for line in iter(lambda: answers.readline(MAX_ANSWER), b""):
        size += len(line)
        if size > MAX_ANSWER:
            raise RosterRefused("text")
        try:
            yield json.loads(line)
        except ValueError:
            return

# SPDX-License-Identifier: Apache-2.0
"""The cells of a workbook or a text file, as the reading child saw them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Final

from desktop.imports.child import Answers, child_reading
from desktop.imports.child import command as child_command
from desktop.imports.refusal import MAX_FILE, ReadingStopped, RosterRefused
from desktop.imports.rights import LIST

SECONDS: Final = 25
"""Wall time of one reading. 10,000 rows take about half a second."""
SWITCH: Final = "--reading-child"
command = partial(child_command, SWITCH, "reading_child")
"""How to start the child; the name of a sheet is its one word."""

Cells = tuple[str | None, ...]
Progress = Callable[[int], None]


@dataclass(slots=True)
class Grid:
    """The cells of one sheet (see :mod:`desktop.imports.cells`)."""

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


def _read(
    stream: IO[bytes],
    sheet: str,
    progress: Progress | None,
    stopped: Callable[[], bool] | None,
) -> Grid:
    with child_reading(command(sheet), stream, LIST, SECONDS, stopped=stopped) as answers:
        return _heard(answers, progress)


def _heard(answers: Answers, progress: Progress | None) -> Grid:
    grid = Grid()
    last: dict[str, object] = {}
    for thing in answers:
        if isinstance(thing, list) and thing:
            grid.rows.append((thing[0], tuple(thing[1:])))
            if progress is not None and len(grid.rows) % 500 == 0:
                progress(len(grid.rows))
        elif isinstance(thing, str):
            grid.merges.append(thing)
        elif not isinstance(thing, dict):
            break
        elif "kind" in thing:
            grid.kind = thing["kind"]
            grid.sheets, grid.sheet = tuple(thing["sheets"]), thing["sheet"]
        else:
            last = thing
    if answers.verdict == "stopped":
        raise ReadingStopped
    if answers.verdict == "long":
        raise RosterRefused("text")
    if last.get("end") != len(grid.rows):
        # Refused, killed by a cap, or dead: the file is the cause, and its words are not shown.
        raise RosterRefused(answers.verdict or str(last.get("refused", "broken")))
    return grid

# SPDX-License-Identifier: Apache-2.0
"""The program's own log: what happened, never to whom.

Only sentences written in the code and the values of an allow-list of fields reach the file.
An exception is written as its class and the places it passed, without its text, because a
text may hold a person's name.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

ALLOWED: Final = frozenset({"noun", "count", "seconds", "version", "code", "kind"})


class _WithoutPersons(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(
            f"{name}={getattr(record, name)}" for name in sorted(ALLOWED) if hasattr(record, name)
        )
        # record.msg, not getMessage(): arguments are values, and values may be personal.
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {record.msg} {fields}"
        if record.exc_info and record.exc_info[0] is not None:
            steps = traceback.extract_tb(record.exc_info[2])
            places = " < ".join(f"{Path(s.filename).name}:{s.lineno}" for s in reversed(steps))
            line = f"{line} [{record.exc_info[0].__name__} at {places}]"
        return line.rstrip()


class _Late(logging.Handler):
    """The file, opened at its first line: what rotates it is imported after the window stands."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: RotatingFileHandler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=512 * 1024, backupCount=2, encoding="utf-8", delay=True
            )
            self._file.setFormatter(self.formatter)
            self._file.handleError = _given_up  # type: ignore[assignment]
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def _given_up(_record: logging.LogRecord) -> None:
    """A line that a full or read-only disk refuses is lost. Python would print it with its
    arguments and a traceback, which is what this log keeps out."""


def start_log(folder: Path) -> None:
    """Write the log of this run to ``folder/samut.log`` (three files of 512 KiB at most)."""
    folder.mkdir(parents=True, exist_ok=True)
    root = logging.getLogger("desktop")
    handler = _Late(folder / "samut.log")
    handler.setFormatter(_WithoutPersons())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False

# SPDX-License-Identifier: Apache-2.0
"""The program's own log: what happened, never to whom.

Only sentences written in the code and the values of an allow-list of fields reach the file.
An exception is written as its class and the places it passed, without its text, because a
text may hold a person's name.
"""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

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


def start_log(folder: Path) -> None:
    """Write the log of this run to ``folder/samut.log`` (three files of 512 KiB at most)."""
    folder.mkdir(parents=True, exist_ok=True)
    root = logging.getLogger("desktop")
    handler = RotatingFileHandler(
        folder / "samut.log", maxBytes=512 * 1024, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(_WithoutPersons())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False

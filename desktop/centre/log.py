# SPDX-License-Identifier: Apache-2.0
"""The service's log: one JSON object a line, of fields from a list, and never to whom.

``event`` is a sentence written in the code. A value that is neither a number nor a short word of
plain letters is written as ``"?"``: a name slipped into an allowed field stays out all the same.
An exception is its class and the places it passed, without its text.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from desktop.log import ALLOWED

FIELDS: Final = ALLOWED | {
    "route", "method", "status", "ms", "received", "sent", "device", "reason", "ops", "rows",
    "scopes", "epoch", "waiting", "photos", "worker", "skew",
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z0-9_.:/{}-]{0,64}", re.ASCII)
_MANY_DIGITS: Final = re.compile(r"\d(?:[-_.]?\d){8,}", re.ASCII)
"""Nine digits and more may be a telephone or an identity number."""


def short(device: str) -> str:
    """A device in the log: enough to tell laptops apart."""
    return device[:8]


def _value(value: object) -> Any:
    if isinstance(value, bool | float) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**8 else "?"
    text = str(value)
    return text if _WORD.fullmatch(text) and not _MANY_DIGITS.search(text) else "?"


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            # The sentence of the code without its arguments: those are values.
            "event": record.msg if isinstance(record.msg, str) else "?",
        }
        for name in sorted(FIELDS):
            if hasattr(record, name):
                line[name] = _value(getattr(record, name))
        if record.exc_info and record.exc_info[0] is not None:
            steps = traceback.extract_tb(record.exc_info[2])
            line["error"] = record.exc_info[0].__name__
            line["places"] = [f"{Path(s.filename).name}:{s.lineno}" for s in reversed(steps)][:20]
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


class _OnlyOurs(logging.Filter):
    """uvicorn's own lines name addresses and paths; of those only the class of a fault stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("desktop"):
            record.msg = "server" if record.exc_info else "server notice"
            record.args = None
        return True


def start_log(out: TextIO | None = None) -> logging.Handler:
    """Write what the service says to ``out`` (standard error) from now on."""
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(_OnlyOurs())
    for name, level in (("desktop", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False
    return handler

# SPDX-License-Identifier: Apache-2.0
"""The print system of the CUPS kind, through its own programs: what a queue can do, jobs, states.

The programs know where the print system is (``CUPS_SERVER``, a socket, another computer) and who
may use it; nothing here opens a connection of its own. PDFs go through a pipe, so no file with
names in it lies anywhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

PATIENCE: Final = 60
"""Seconds a print system may take to accept a job."""
_ASKING: Final = 10

Trouble = Literal["", "stopped", "paper", "jam", "cover", "ink", "away", "other"]
"""What keeps a printer from printing; ``stopped``: the queue itself stands still."""


class NoQueue(Exception):
    """The print system did not take, or did not answer."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of a queue: its values in the maker's order, and the one it takes by itself."""

    name: str
    values: tuple[str, ...]
    usual: str


_OPTION: Final = re.compile(r"^([^\s/:]+)(?:/[^:]*)?: *(.*)$")
_JOB: Final = re.compile(r"request id is (\S+-\d+)")
_LISTED: Final = re.compile(r"^(\S+-\d+)\s", re.MULTILINE)
# As the print system names what a printer says of itself (RFC 8011, printer-state-reasons).
_SAID: Final[tuple[tuple[str, Trouble], ...]] = (
    ("media-jam", "jam"),
    ("media-empty", "paper"),
    ("media-needed", "paper"),
    ("input-tray-missing", "paper"),
    ("cover-open", "cover"),
    ("door-open", "cover"),
    ("interlock-open", "cover"),
    ("toner-empty", "ink"),
    ("marker-supply-empty", "ink"),
    ("marker-ink-empty", "ink"),
    ("offline", "away"),
    ("connecting-to-device", "away"),
    ("timed-out", "away"),
    ("shutdown", "away"),
)

# What the programs at the end of a queue write when nobody answers them.
_AWAY: Final = (
    "unavailable at this time",
    "Unable to locate printer",
    "Unable to connect",
    "not responding",
    "Network host",
    "unplugged or turned off",
)


def there() -> bool:
    """Whether this computer has such a print system's programs."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def queues() -> tuple[tuple[str, bool], ...]:
    """Every queue, and whether it is the usual one."""
    if not there():
        return ()
    names = _said("lpstat", "-e").split()
    usual = _said("lpstat", "-d").rpartition(":")[2].strip()
    return tuple((name, name == usual) for name in names)


def options(queue: str) -> dict[str, Option]:
    """The settings of a queue by name; empty when it tells none."""
    found = {}
    for line in _said("lpoptions", "-p", queue, "-l").splitlines():
        read = _OPTION.match(line)
        if read is None:
            continue
        values = read[2].split()
        usual = next((value[1:] for value in values if value.startswith("*")), "")
        plain = tuple(value.removeprefix("*") for value in values)
        found[read[1]] = Option(read[1], plain, usual)
    return found


def submit(queue: str, pdf: bytes, title: str, settings: Sequence[str]) -> str:
    """Give a job to a queue and return its name, ``Office-12``; may be empty. Raises NoQueue."""
    program = shutil.which("lp")
    if program is None:
        raise NoQueue
    order = [program, "-d", queue, "-n", "1", "-t", title]
    for setting in settings:
        order += ["-o", setting]
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the system, its words are our own
            order, input=pdf, capture_output=True, timeout=PATIENCE, check=False, env=_plain()
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise NoQueue from fault
    if answer.returncode != 0:
        raise NoQueue
    read = _JOB.search(answer.stdout.decode("utf-8", "replace"))
    return read[1] if read else ""


def unfinished(queue: str) -> frozenset[str] | None:
    """The jobs of a queue that are still to be printed; None when it does not answer."""
    answer = _asked("lpstat", "-W", "not-completed", "-o", queue)
    return None if answer is None else frozenset(_LISTED.findall(answer))


def given_up(queue: str, jobs: Sequence[str]) -> bool:
    """Whether one of these jobs was ended by somebody, or by the print system, unprinted."""
    answer = _said("lpstat", "-l", "-W", "completed", "-o", queue)
    told = dict(_paragraphs(answer))
    return any(
        "job-canceled" in told.get(job, "") or "aborted" in told.get(job, "") for job in jobs
    )


def state(queue: str) -> Trouble:
    """What a queue or its printer says that keeps it from printing; empty for nothing."""
    answer = _said("lpstat", "-l", "-p", queue)
    if not answer:
        return ""
    if re.search(rf"^printer {re.escape(queue)} disabled", answer, re.MULTILINE):
        return "stopped"
    alerts = re.search(r"^\s*Alerts: (.*)$", answer, re.MULTILINE)
    for word, trouble in _SAID:
        if alerts is not None and word in alerts[1]:
            return trouble
    return "away" if any(words in answer for words in _AWAY) else ""


def wake(queue: str) -> bool:
    """Let a queue that stands still go on; False when this person may not."""
    return _asked("cupsenable", queue) is not None


def withdraw(jobs: Sequence[str]) -> None:
    """Take back jobs that were not printed; those that are over stay as they are."""
    if jobs:
        _asked("cancel", *jobs)


def _paragraphs(answer: str) -> list[tuple[str, str]]:
    """Each job of a long listing with the lines under it."""
    parts = re.split(r"^(?=\S+-\d+\s)", answer, flags=re.MULTILINE)
    return [(part.split(None, 1)[0], part) for part in parts if part.strip()]


def _said(program: str, *words: str) -> str:
    return _asked(program, *words) or ""


def _asked(program: str, *words: str) -> str | None:
    """What a program answered; None when it failed or is not there."""
    path = shutil.which(program)
    if path is None:
        return None
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the system, no words of a person
            [path, *words], capture_output=True, timeout=_ASKING, check=False, env=_plain()
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.decode("utf-8", "replace") if answer.returncode == 0 else None


def _plain() -> dict[str, str]:
    """The surroundings with answers in plain English: they are read by this file."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}

# SPDX-License-Identifier: Apache-2.0
"""``samut doctor``: what is right (✓) and wrong (!) on this computer, one line each.

It changes nothing and unlocks nothing. What may be missing (a printer, a store that nobody has
founded yet) is a state and not a fault. The exit code is 1 when something is wrong.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from desktop import __version__
from desktop.command.parts import Finding, fonts, libraries, resources, window_libraries
from desktop.errors import Problem
from desktop.i18n import _, language, ngettext
from desktop.paths import profile_folder
from desktop.thai.dates import be_date, english_date

_LEAST_ROOM: Final = 50 * 1024 * 1024
_GOOD_ROOM: Final = 500 * 1024 * 1024
_PLAIN_HEAD: Final = b"SQLite format 3\x00"
_RELEASED: Final = datetime(2026, 1, 1, tzinfo=UTC)
_LAST_YEAR: Final = 2045
_PATIENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    findings: tuple[Finding, ...]


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when one of them is wrong, else 0."""
    folder: Path = arguments.store or profile_folder()
    print(f"Samut Sanam {__version__}")
    wrong = 0
    for section in _sections(folder):
        print(f"\n{section.title}")
        for finding in section.findings:
            print(f"  {'✓' if finding.right else '!'} {finding.words}")
            wrong += not finding.right
    print()
    if wrong:
        print(
            ngettext(
                "{count} thing is wrong. The lines marked ! say what to do.",
                "{count} things are wrong. The lines marked ! say what to do.",
                wrong,
            ).format(count=wrong)
        )
        return 1
    print(_("Everything is in order."))
    return 0


def _sections(folder: Path) -> Iterator[_Section]:
    yield _Section(_("Program"), (*libraries(), *window_libraries()))
    yield _Section(_("Shipped files"), (*fonts(), *resources()))
    yield _Section(_("Store"), tuple(_store(folder)))
    yield _Section(_("Clock"), (_clock(folder),))
    yield _Section(_("Printers"), (_printers(),))


def _store(folder: Path) -> Iterator[Finding]:
    from desktop.store.store import FILE

    try:
        there = (folder / FILE).exists()
    except OSError:
        # A name that is too long, or a folder on the way that belongs to somebody else.
        yield Finding(False, _unreachable(folder))
        return
    yield _writable(folder)
    yield _room(folder)
    file = folder / FILE
    if not there:
        yield _nothing_there(folder)
        return
    try:
        with file.open("rb") as opened:
            head = opened.read(len(_PLAIN_HEAD))
    except OSError:
        yield Finding(False, _("The data file cannot be read. Check who owns the folder."))
        return
    size = f"{file.stat().st_size / 1_000_000:.1f}"
    if head == _PLAIN_HEAD or len(head) < len(_PLAIN_HEAD):
        yield Finding(
            False,
            _("The data file is not encrypted or is cut short. Restore the last backup."),
        )
    else:
        yield Finding(
            True, _("The data file is there and encrypted ({size} MB).").format(size=size)
        )
    yield _keys(folder)
    yield _in_use(folder)
    yield _backups(folder)


def _writable(folder: Path) -> Finding:
    """Whether a file can be made in the folder, or where the folder would be made."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    words = _("The data folder can be written: {folder}").format(folder=folder)
    try:
        with tempfile.TemporaryFile(dir=nearest):
            return Finding(True, words)
    except OSError:
        return Finding(False, _unreachable(folder))


def _nothing_there(folder: Path) -> Finding:
    from desktop.store import keys

    if any((folder / name).exists() for name in (keys.KEY_FILE, "backups")):
        return Finding(
            False,
            _(
                "The data file is gone from the folder, but its keys or backups are there. Do "
                "not found a new store; restore the last backup or call the centre."
            ),
        )
    return Finding(True, _("No store yet; it is made at the first start."))


def _unreachable(folder: Path) -> str:
    return _(
        "The data folder cannot be written: {folder}. Ask whoever set up the computer."
    ).format(folder=folder)


def _room(folder: Path) -> Finding:
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(nearest).free
    words = _("Room on the disk: {size} MB.").format(size=f"{free // 1_000_000:,}")
    if free < _LEAST_ROOM:
        return Finding(False, words + " " + _("Delete files you no longer need."))
    if free < _GOOD_ROOM:
        return Finding(True, words + " " + _("It is getting tight."))
    return Finding(True, words)


def _keys(folder: Path) -> Finding:
    from desktop.store import keys

    try:
        slots = keys.slots(folder)
    except Problem as problem:
        return Finding(False, str(problem))
    words = ngettext(
        "The key file is there: {count} person can unlock the store.",
        "The key file is there: {count} people can unlock the store.",
        len(slots),
    ).format(count=len(slots))
    if not (folder / keys.BACKUP_FILE).is_file():
        words += " " + _("Its second copy is missing; it is made again at the next change.")
    return Finding(True, words)


def _in_use(folder: Path) -> Finding:
    from desktop.store.disk import FolderLock
    from desktop.store.errors import AlreadyOpen

    try:
        FolderLock(folder).close()
    except AlreadyOpen:
        return Finding(True, _("The store is open in another window just now."))
    except Problem as problem:
        return Finding(False, str(problem))
    return Finding(True, _("Nobody has the store open just now."))


def _backups(folder: Path) -> Finding:
    copies = sorted((folder / "backups").glob("*.db"), key=lambda path: path.stat().st_mtime)
    if not copies:
        return Finding(True, _("No backup has been made yet."))
    day = datetime.fromtimestamp(copies[-1].stat().st_mtime, UTC).astimezone().date()
    return Finding(True, _("The last backup is of {date}.").format(date=_day(day)))


def _clock(folder: Path) -> Finding:
    """Whether the date can be right: not before this program, nor before the store was saved."""
    from desktop.store.store import FILE

    now = datetime.now(UTC)
    here = now.astimezone()
    said = f"{_day(here.date())} {here:%H:%M}"
    file = folder / FILE
    try:
        saved = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        saved = _RELEASED
    if now < _RELEASED or now.year > _LAST_YEAR or now + timedelta(minutes=10) < saved:
        return Finding(
            False, _("The computer says it is {now}. Set the clock right.").format(now=said)
        )
    if here.utcoffset() != timedelta(hours=7):
        return Finding(
            True,
            _("The clock says {now}; it is not set to the time of Thailand.").format(now=said),
        )
    return Finding(True, _("The clock says {now}.").format(now=said))


def _day(day: date) -> str:
    return english_date(day) if language() == "en" else be_date(day)


def _printers() -> Finding:
    """The printers the system knows of. None is a state: certificates can be saved as PDF."""
    if os.name == "nt":
        return Finding(True, _("Windows shows the printers when something is printed."))
    lpstat = shutil.which("lpstat")
    if lpstat is None:
        return Finding(True, _("No printing system is installed; save as PDF instead."))
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the system, no input of anybody's
            [lpstat, "-e"], capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return Finding(False, _("The printing system does not answer. Restart the computer."))
    names = answer.stdout.split()
    if not names:
        return Finding(True, _("No printer is set up; save as PDF instead."))
    return Finding(True, _("Printers: {names}").format(names=", ".join(names)))

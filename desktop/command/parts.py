# SPDX-License-Identifier: Apache-2.0
"""What the program is made of, looked at part by part: libraries, fonts, shipped files."""

from __future__ import annotations

import ctypes.util
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.paths import shipped

_OLDEST_PYTHON: Final = (3, 11)
_LIBRARIES: Final = (
    ("PySide6-Essentials", "PySide6"),
    ("SQLAlchemy", "sqlalchemy"),
    ("sqlcipher3", "sqlcipher3"),
    ("cryptography", "cryptography"),
    ("reportlab", "reportlab"),
    ("uharfbuzz", "uharfbuzz"),
    ("fonttools", "fontTools"),
    ("icu4py", "icu4py"),
    ("pypdfium2", "pypdfium2"),
    ("segno", "segno"),
    ("XlsxWriter", "xlsxwriter"),
)
_PROVINCES: Final = 77
_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``words`` says what to do when it is not right."""

    right: bool
    words: str


def libraries() -> Iterator[Finding]:
    """Python and the libraries the program stands on, with their versions."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    old = sys.version_info[:2] < _OLDEST_PYTHON
    words = _("Python {version}").format(version=found)
    yield Finding(not old, words + (" " + _("is too old; 3.11 or later is needed") if old else ""))
    missing, there = [], []
    for name, module in _LIBRARIES:
        if find_spec(module) is None:
            missing.append(name)
            continue
        try:
            there.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            there.append(name)  # a frozen build carries no package data
    if missing:
        names = ", ".join(missing)
        words = _("Missing libraries: {names}. Install the program again.").format(names=names)
        yield Finding(False, words)
    yield Finding(True, _("Libraries: {names}").format(names=", ".join(there)))


def window_libraries() -> Iterator[Finding]:
    """Whether a window could be opened, asked in a process of its own."""
    if getattr(sys, "frozen", False):
        yield Finding(True, _("The window libraries came with the program."))
        return
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-c", "import PySide6.QtWidgets"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
    except (OSError, subprocess.TimeoutExpired):
        yield Finding(False, _("The window libraries do not answer. Install the program again."))
        return
    if child.returncode:
        last = (child.stderr.strip().splitlines() or [""])[-1]
        yield Finding(
            False,
            _("The window libraries cannot be loaded ({reason}). Install what is named.").format(
                reason=last
            ),
        )
    else:
        yield Finding(True, _("The window libraries can be loaded."))
    if sys.platform.startswith("linux"):
        yield _line_breaking()


def _line_breaking() -> Finding:
    """Qt breaks Thai lines with libthai, and without it only at spaces."""
    if ctypes.util.find_library("thai"):
        return Finding(True, _("Thai lines are broken between words (libthai is there)."))
    return Finding(
        False, _("libthai is missing, so Thai lines break badly. Install the package libthai0.")
    )


def fonts() -> Iterator[Finding]:
    """Every font file that came with the program can be read."""
    from fontTools.ttLib import TTFont, TTLibError

    files = sorted(shipped("resources", "fonts").glob("*.ttf"))
    damaged = []
    for file in files:
        try:
            with TTFont(file, lazy=True) as font:
                if 0x0E01 not in font.getBestCmap():
                    damaged.append(file.name)
        except (OSError, TTLibError):
            damaged.append(file.name)
    names = {file.stem for file in files}
    needed = {"Sarabun-Regular", "Sarabun-Bold", "Charm-Bold"}
    if wrong := [*damaged, *sorted(needed - names)]:
        words = _("Fonts missing or damaged: {names}. Install the program again.")
        yield Finding(False, words.format(names=", ".join(wrong)))
    else:
        yield Finding(True, _("Fonts: {names}").format(names=", ".join(sorted(names))))


def resources() -> Iterator[Finding]:
    """Areas, code lists, holidays, the Thai catalogue and the templates are there and whole."""
    again = _("Install the program again.")
    known = _areas()
    words = _("Areas: {count} provinces and their amphoe and tambon.").format(count=known)
    yield Finding(known == _PROVINCES, words if known == _PROVINCES else f"{words} {again}")
    broken = []
    for name in ("codelists.json", "holidays.json"):
        try:
            json.loads(shipped("resources", name).read_text("utf-8"))
        except (OSError, ValueError):
            broken.append(name)
    if not shipped("resources", "locale", "th", "LC_MESSAGES", "samut.mo").is_file():
        broken.append("samut.mo")
    if broken:
        words = _("Shipped files missing or damaged: {names}.").format(names=", ".join(broken))
        yield Finding(False, f"{words} {again}")
    else:
        yield Finding(True, _("Code lists, holidays and the Thai catalogue are there."))
    yield _templates()


def _areas() -> int:
    """Provinces that can be looked up, 0 when the file is missing or damaged."""
    from desktop.store import area

    try:
        known = area.provinces()
        return len(known) if area.search_areas(known[0].name, limit=1) else 0
    except (Problem, OSError, sqlite3.Error, IndexError):
        return 0


def _templates() -> Finding:
    from desktop.printing.template_shipped import earlier_names, shipped_templates

    try:
        names = [*shipped_templates(), *sorted(earlier_names().values())]
    except Problem as problem:
        return Finding(False, str(problem))
    if not names:
        return Finding(False, _("No template is there. Install the program again."))
    return Finding(True, _("Templates: {names}").format(names=", ".join(names)))

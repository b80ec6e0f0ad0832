# SPDX-License-Identifier: Apache-2.0
"""``samut form open FILE.xml…``: the first record of each form as XML, or why it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop.errors import Problem
from desktop.i18n import _
from desktop.xforms.form import Form
from desktop.xforms.journal import seeded
from desktop.xforms.lists import Files
from desktop.xforms.session import Session
from desktop.xforms.writing import write


def run(paths: Sequence[Path]) -> int:
    """Open each form; 0 if all were opened, else 1. Lists are looked for beside the form."""
    refused = 0
    for path in paths:
        try:
            print(first_record(path))
        except Problem as problem:
            refused += 1
            reason = " ".join(str(problem).split())
            print(f"{path}: {reason}")
    return 0 if not refused else 1


def first_record(path: Path) -> str:
    """The record a person would begin with, as XML.

    Raises:
        Problem: The file cannot be read or is not a form that can be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem(_("The file cannot be read: {reason}.").format(reason=reason)) from None
    beside = _beside(path)
    form = Form.load(data, Files(beside) if beside else None)
    ids, chance = seeded(path.name)
    zone = ZoneInfo("Asia/Bangkok")
    session = Session(form, clock=lambda: datetime.now(zone), ids=ids, chance=chance, zone=zone)
    return write(form, session.root, whole=False).decode("utf-8")


def _beside(path: Path) -> dict[str, bytes]:
    """The list files in the folder ``<form>-media`` of the form."""
    folder = path.with_name(path.stem + "-media")
    if not folder.is_dir():
        return {}
    files = [found for found in sorted(folder.iterdir()) if found.is_file()]
    return {found.name: found.read_bytes() for found in files}

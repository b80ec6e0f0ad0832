# SPDX-License-Identifier: Apache-2.0
"""What the window does for the file without being asked: a look at its health after it was opened,
and a copy of each day's work when it is closed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.errors import Problem
from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.store.store import Store

KEPT: Final = 7
"""Copies kept, one a day, the newest ones."""
_OURS: Final = re.compile(r"\d{4}-\d{2}-\d{2}\.db")


class Unsound(Problem):
    """A check of the open file found damage."""


def look_after(store: Store) -> None:
    """Check seals, structure and logs of the open file; for a thread.

    Raises :class:`Unsound` when something is wrong with it.
    """
    if not store.check().sound:
        raise Unsound(
            _(
                "Part of the data file is damaged. Stop entering data, copy the whole data "
                "folder to a USB stick, and restore the last backup or call the centre."
            )
        )


def keep_copy(store: Store, day: date) -> Path:
    """Write the day's copy to ``backups/`` in the folder of the store, in place of an earlier one.

    Older copies than the newest seven are deleted; files with other names are left alone. Raises
    the problems of the disk; the copies that were there are still there then.
    """
    folder = store.folder / "backups"
    made = folder / f"{day.isoformat()}.db"
    store.backup(made)
    for old in copies(store.folder)[:-KEPT]:
        old.unlink(missing_ok=True)
        old.with_suffix(".keys.json").unlink(missing_ok=True)
    return made


def copies(profile: Path) -> list[Path]:
    """The copies of each day in the folder of a store, the newest last."""
    folder = profile / "backups"
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))

# SPDX-License-Identifier: Apache-2.0
"""What the window does for the file without being asked: a look at its health once it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.store.store import Store


class Unsound(Problem):
    """A check of the open file found damage."""


def look_after(store: Store) -> None:
    """Check seals, structure and logs of the open file, and that no attachment is gone.

    For a thread. Raises :class:`Unsound` when something is wrong.
    """
    report = store.check(thorough=False)
    if not report.sound:
        raise Unsound(
            _(
                "Part of the data file is damaged. Stop entering data, copy the whole data "
                "folder to a USB stick, and restore the last backup or call the centre."
            )
        )
    if report.attachments:
        raise Unsound(
            _(
                "Some photos or signatures are gone from the data folder. Go on working; look "
                "for them in the last backup, or call the centre."
            )
        )

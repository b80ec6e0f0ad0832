# SPDX-License-Identifier: Apache-2.0
"""What the window does without being asked: a look at the health of the file once it is open, and
after work the memory given back that it has left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.heap import give_back

if TYPE_CHECKING:
    from desktop.store.store import Store


class Unsound(Problem):
    """A check of the open file found damage."""


def rest(store: Store) -> None:
    """Give back what the store keeps in memory to be quick, and what has been freed elsewhere.

    For a thread, while nobody waits: 15 MB after a day with 430 people.
    """
    store.rest()
    give_back()


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

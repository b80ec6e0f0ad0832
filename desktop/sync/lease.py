# SPDX-License-Identifier: Apache-2.0
"""Which certificate numbers a laptop gets next.

No number is ever given twice: not to a laptop that lost the answer (a copy of its disk has the
same name and may have got it), and not after the centre was restored, when it does not know what
it gave since the backup. So it never gives more than ``SKIP`` numbers of a register beyond what
the newest backup away from it knows, and a restored centre goes on ``SKIP`` above the greatest
mark that any backup holds. Numbers may be left out.
"""

from __future__ import annotations

from typing import Final

from desktop.sync.protocol import Lease, LeaseWanted

SKIP: Final = 5_000
MOST: Final = 500
"""Numbers of one block."""


def next_block(wanted: LeaseWanted, given: int, safe: int | None) -> Lease | None:
    """The block after ``given``, the last number ever given or known used in this register.

    ``safe``: how far the register was given when the newest backup away from the centre was
    made (0 if it is not in it); None for a centre that has none to be restored from. None: no
    numbers until there is a newer backup.
    """
    first = max(given, wanted.above) + 1
    last = first + min(wanted.count, MOST) - 1
    if wanted.count < 1 or (safe is not None and last > safe + SKIP):
        return None
    return Lease(wanted.office, wanted.kind, wanted.year, first, last)


def after_restore(marks: int) -> int:
    """What counts as given in a restored centre, ``marks`` being the greatest of all backups."""
    return marks + SKIP

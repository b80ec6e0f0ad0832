# SPDX-License-Identifier: Apache-2.0
"""What is put away when a store is opened: what nobody can reach any more.

Done while nobody else holds the folder, so nothing that is about to be written is taken for
rubbish.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from desktop.store import sealed
from desktop.store.clock import Clock, instant

DISCARDED_DAYS: Final = 30
"""Days for which a discarded draft can be brought back."""

_TABLES: Final = (("draft_step", "draft_id"), ("draft_file", "draft_id"), ("draft", "id"))
ORPHAN_DAYS: Final = 30
"""Days for which a file without a row is left alone."""

_UNUSED: Final = (
    "DELETE FROM attachment_file WHERE sha256 NOT IN (SELECT sha256 FROM attachment "
    "WHERE deleted = 0 OR noun = 'office' UNION SELECT sha256 FROM draft_file "
    "UNION SELECT id FROM guest_row WHERE kind = 'event_file') RETURNING file"
)


def tidy(raw: Any, folder: Path, clock: Clock) -> None:
    """Remove drafts thrown away long ago, and files that nothing names.

    ``raw`` is the driver's connection. The row of a file goes before the file: once its key is
    gone nobody can read it, whatever becomes of it. A file that never had a row here was left by
    a crash, or is of a newer store in whose place somebody put an older copy by hand: it waits.
    An office's own picture stays for good: a certificate may bear it that is not here yet; and so
    does one that another office told of its event.
    """
    now = clock()
    before = instant(now - timedelta(days=DISCARDED_DAYS)).utc
    raw.execute("BEGIN IMMEDIATE")
    try:
        gone = raw.execute(
            "SELECT id FROM draft WHERE discarded_at <> '' AND discarded_at < ?", (before,)
        ).fetchall()
        for row in gone:
            for table, column in _TABLES:
                raw.execute(f"DELETE FROM {table} WHERE {column} = ?", row)  # noqa: S608
        unnamed = [row[0] for row in raw.execute(_UNUSED).fetchall()]
        raw.execute("COMMIT")
    except BaseException:
        raw.rollback()
        raise
    sealed.remove(folder, unnamed)
    kept = [row[0] for row in raw.execute("SELECT file FROM attachment_file")]
    sealed.sweep(folder, kept, (now - timedelta(days=ORPHAN_DAYS)).timestamp())

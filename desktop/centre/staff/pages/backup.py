# SPDX-License-Identifier: Apache-2.0
"""Whether there are backups, and how much of what was received is in one."""

from __future__ import annotations

from datetime import timedelta

from desktop.centre import reports
from desktop.centre.database import stamp
from desktop.centre.staff.asked import Asked, Page, Reply

OLD = timedelta(days=2)
"""A last verified backup older than this is a warning."""


def show(asked: Asked) -> Reply:
    """The last backups, and what is not in any of them yet."""
    backups = reports.backups(asked.conn)
    good = next((one for one in backups if one.verified_at), None)
    return Page("backup.html", {
        "backups": backups, "good": good,
        "late": good is None or good.made_at < stamp(asked.now - OLD),
        "durable": reports.durable(asked.conn), "history": reports.histories(asked.conn),
    })  # fmt: skip

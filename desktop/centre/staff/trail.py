# SPDX-License-Identifier: Apache-2.0
"""The audit rows of the pages: who of the staff looked at or changed what."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from desktop.centre.audit import Note
from desktop.centre.audit import note as keep
from desktop.centre.database import stamp
from desktop.centre.schema import audit
from desktop.centre.staff.asked import Asked, TooMuch
from desktop.i18n import N_, _

ACTIONS: Final = {
    "join": N_("Laptop joined"),
    "pull": N_("Laptop received"),
    "push": N_("Laptop sent"),
    "read": N_("Laptop fetched a file"),
    "damaged": N_("A file was found damaged"),
    "backup": N_("Made a backup"),
    "restore": N_("Restored a backup"),
    "make": N_("Made a joining code"),
    "sign in": N_("Signed in"),
    "sign out everywhere": N_("Signed out everywhere"),
    "change password": N_("Changed own password"),
    "read laptop": N_("Looked at what was on a laptop"),
    "export laptop": N_("Took away the list of people on a laptop"),
    "revoke laptop": N_("Revoked a laptop"),
    "read texts": N_("Read two texts that wait"),
    "read quarantined": N_("Read a change in quarantine"),
    "export quarantined": N_("Took away a change in quarantine"),
    "release quarantined": N_("Released a change"),
    "release": N_("Merged a released change"),
    "view": N_("Looked at it"),
    "could not release": N_("Tried to release a change"),
    "add person": N_("Added a facilitator"),
    "change person": N_("Changed a facilitator"),
    "make joining code": N_("Made a joining code"),
    "add staff": N_("Added an account of the staff"),
    "change staff": N_("Changed an account of the staff"),
    "reset password": N_("Gave a new first password"),
    "verify certificate": N_("Verified a certificate"),
    "read audit": N_("Read the audit log"),
    "check audit": N_("Checked the audit log"),
}
"""What each action is called. Actions of the service that are not here show their own name."""
HOURLY: Final = {
    "read texts": 120, "read quarantined": 120, "export quarantined": 60, "read laptop": 60,
    "export laptop": 6,
}  # fmt: skip
"""How often one account may do in an hour what shows people's data: a stolen account takes
little away before somebody notices."""
STAFF: Final = "staff:"
"""What the id of somebody of the staff begins with in the log."""
PUBLIC: Final = "public"
"""Who an audit row names when somebody who is not signed in was shown a personal thing."""


def note(
    asked: Asked, action: str, noun: str, record_id: str, *, detail: str = "", by: str = "",
    conn: Connection | None = None,
) -> None:  # fmt: skip
    """Write one audit row in the page's transaction (or ``conn``'s), as its last act: the
    lane stays locked until the transaction ends. Raises ``TooMuch`` instead when an account
    has read more of this kind in an hour than :data:`HOURLY` allows."""
    account_id = by or (asked.who.account_id if asked.who else "")
    if action in HOURLY:
        _hold_back(asked, action, f"{STAFF}{account_id}")
    keep(
        conn or asked.conn, asked.centre.database, [Note(action, noun, record_id, detail)],
        by=f"{STAFF}{account_id}" if account_id else PUBLIC,
    )  # fmt: skip


def _hold_back(asked: Asked, action: str, lane: str) -> None:
    since = stamp(asked.now - timedelta(hours=1))
    done = asked.conn.execute(
        select(func.count()).select_from(audit)
        .where(audit.c.lane == lane, audit.c.action == action, audit.c.at > since)
    ).scalar_one()  # fmt: skip
    if done >= HOURLY[action]:
        raise TooMuch(
            _("You have opened this {count} times in an hour. Wait before you go on.").format(
                count=done
            )
        )

# SPDX-License-Identifier: Apache-2.0
"""The audit rows of the pages: who of the staff looked at or changed what."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from desktop.centre.audit import Note
from desktop.centre.audit import note as keep
from desktop.centre.staff.asked import Asked
from desktop.i18n import N_

ACTIONS: Final = {
    "pull": N_("Laptop received"),
    "push": N_("Laptop sent"),
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
STAFF: Final = "staff:"
"""What the id of somebody of the staff begins with in the log."""
PUBLIC: Final = "public"
"""Who an audit row names when somebody who is not signed in was shown a personal thing."""


def note(
    asked: Asked, action: str, noun: str, record_id: str, *, detail: str = "", by: str = "",
    conn: Connection | None = None,
) -> None:  # fmt: skip
    """Write one audit row in the page's transaction (or ``conn``'s), as its last act: the
    lane stays locked until the transaction ends."""
    account_id = by or (asked.who.account_id if asked.who else "")
    keep(
        conn or asked.conn, asked.centre.database, [Note(action, noun, record_id, detail)],
        by=f"{STAFF}{account_id}" if account_id else PUBLIC,
    )  # fmt: skip

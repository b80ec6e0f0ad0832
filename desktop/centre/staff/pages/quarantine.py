# SPDX-License-Identifier: Apache-2.0
"""Changes that were received and not merged: why, what they say, and letting them in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from desktop.centre import quarantine, reports
from desktop.centre.staff.asked import PAGE_LENGTH, Asked, Download, Go, NotFound, Page, Reply
from desktop.centre.staff.trail import STAFF, note
from desktop.i18n import N_, _

REASONS: Final = {
    "forbidden": (
        N_("Outside the area"),
        N_("Whoever wrote it may not write in this area. If the person was given the area "
           "meanwhile, release it."),
    ),
    "author": (
        N_("Author not on this laptop"),
        N_("It was written in the name of somebody the centre does not know on this laptop. "
           "Find out who used the laptop before you release it."),
    ),
    "frozen": (
        N_("Changes a fact"),
        N_("It would change something that stays as it was once written. A correction is a new "
           "record; release only what could not be written again."),
    ),
    "malformed": (
        N_("Cannot be read"),
        N_("The centre cannot make sense of it; a newer program may. It is kept whole."),
    ),
    "closed": (
        N_("From a revoked laptop"),
        N_("It came after the laptop's time of grace was over. Ask whoever had the laptop "
           "before you release it."),
    ),
    "moved": (
        N_("The record has moved"),
        N_("The record lies in another area now. Release it only if it belongs here after all."),
    ),
}  # fmt: skip
"""Reason code → what it is called, and what a person should know before letting it in."""


def show(asked: Asked) -> Reply:
    """The list, the newest first, without what the changes say."""
    reason = asked.query.get("reason", "")
    found, total = reports.quarantined(
        asked.conn, reason=reason if reason in REASONS else "", offset=asked.offset,
        limit=PAGE_LENGTH,
    )  # fmt: skip
    return Page("quarantine.html", {
        "ops": found, "total": total, "reasons": REASONS, "reason": reason,
        "names": reports.scope_names(asked.conn, {op.scope for op in found}),
        "offset": asked.offset, "length": PAGE_LENGTH,
    })  # fmt: skip


def one(asked: Asked) -> Reply:
    """What one change says. Written in the audit log."""
    kept = _kept(asked)
    note(asked, "read quarantined", kept.kind, kept.id, detail=f"{kept.scope}#{kept.seq}")
    body = kept.body if isinstance(kept.body, dict) else {}
    said = [
        (name, part, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for part in ("set", "add", "rm")
        if isinstance(body.get(part), dict)
        for name, value in sorted(body[part].items())
    ]
    return Page("quarantined.html", {
        "op": kept, "said": said, "deletes": bool(body.get("del")), "reasons": REASONS,
        "name": reports.scope_names(asked.conn, [kept.scope])[kept.scope],
        "author": reports.account_names(asked.conn, [kept.by]).get(kept.by, kept.by),
        "laptop": reports.device_names(asked.conn, [kept.device]).get(kept.device, ""),
    })  # fmt: skip


def export(asked: Asked) -> Reply:
    """One change as it came, to be kept or sent on. Written in the audit log."""
    kept = _kept(asked)
    note(asked, "export quarantined", kept.kind, kept.id, detail=f"{kept.scope}#{kept.seq}")
    told = {
        "scope": kept.scope, "seq": kept.seq, "device": kept.device, "n": kept.n, "by": kept.by,
        "at": kept.at, "received_at": kept.received_at, "reason": kept.quarantined,
        "op": kept.body,
    }  # fmt: skip
    return Download(
        f"quarantined-{kept.seq}.json", "application/json",
        json.dumps(told, ensure_ascii=False, indent=2).encode(),
    )  # fmt: skip


def release(asked: Asked) -> Reply:
    """Let one change be merged after all, under a new number.

    In transactions of its own: merging takes the lock of the change's area (``policy.ALONE``).
    """
    database = asked.centre.database
    with database.read() as conn:
        kept = _kept(replace(asked, conn=conn))
    by = f"{STAFF}{asked.me.account_id}"
    try:
        quarantine.release(database, kept.scope, kept.seq, by)
    except quarantine.StillWrong:
        merged = False
    else:
        merged = True
    with database.write() as conn:
        note(
            asked, "release quarantined" if merged else "could not release", kept.kind, kept.id,
            detail=f"{kept.scope}#{kept.seq}", conn=conn,
        )  # fmt: skip
    if merged:
        return Go("/quarantine", "released")
    return Go(f"/quarantine/{kept.scope}/{kept.seq}", "not_released")


def _kept(asked: Asked) -> Any:
    kept = reports.set_aside(asked.conn, asked.path["scope"], asked.path["seq"])
    if kept is None:
        raise NotFound(_("This change is not in quarantine, or not any more."))
    if asked.me.role != "admin" and quarantine.is_restricted(
        asked.conn, kept.scope, kept.kind, kept.id, kept.body
    ):
        raise NotFound(_("Only its readers may see a restricted case, on their laptops."))
    return kept

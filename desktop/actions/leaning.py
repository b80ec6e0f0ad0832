# SPDX-License-Identifier: Apache-2.0
"""What leans on what: an undo may not pull away a record that something else stands on.

The store refuses an undo when the record itself was changed since. It cannot know that a person
who is taken off again has been marked meanwhile, or that numbers were drawn by the seats of a
lock. Both would be lost from sight, so the undo is refused here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from desktop.i18n import _
from desktop.model.attendance import in_force
from desktop.store import attendance
from desktop.store.errors import ChangedSince
from desktop.store.write import Write

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LEANING: Final = {
    "programme": (("event", "programme_id"),),
    "event": (
        ("enrolment", "event_id"),
        ("award", "event_id"),
        ("certificate", "event_id"),
        ("certificate_plan", "event_id"),
        ("case_file", "event_id"),
        ("activity", "event_id"),
        ("mentorship", "event_id"),
        ("claim", "event_id"),
    ),
    "person": (
        ("enrolment", "person_id"),
        ("member", "person_id"),
        ("visit", "person_id"),
        ("consent", "person_id"),
        ("case_file", "person_id"),
        ("mentorship", "mentor_id"),
        ("mentorship", "junior_id"),
    ),
    "household": (
        ("member", "household_id"),
        ("visit", "household_id"),
        ("case_file", "household_id"),
    ),
    "organisation": (("enrolment", "organisation_id"), ("award", "organisation_id")),
    "enrolment": (
        ("certificate", "enrolment_id"),
        ("certificate_field", "holder_id"),
        ("enrolment", "substitute_for"),
        ("claim", "enrolment_id"),
    ),
    "award": (("certificate", "award_id"), ("certificate_field", "holder_id")),
    "case_file": (
        ("case_step", "case_id"),
        ("assistance", "case_id"),
        ("referral", "case_id"),
        ("follow_up", "case_id"),
        ("alert", "case_id"),
        ("visit", "case_id"),
    ),
    "alert": (("alert_step", "alert_id"),),
    "assistance": (("assistance_step", "assistance_id"),),
    "template": (("certificate_plan", "template"),),
}
"""For each noun the columns of others that name it."""

_IDS: Final = "SELECT value FROM json_each(?1)"
_SESSIONS_OF_DAYS: Final = (
    "SELECT 1 FROM day d JOIN session s ON s.event_id = d.event_id AND s.day_no = d.no "  # noqa: S608
    f"WHERE s.deleted = 0 AND d.id IN ({_IDS})"
)
_ISSUED_WITH: Final = (
    "SELECT 1 FROM template_revision r JOIN certificate c ON c.layout = r.digest "  # noqa: S608
    f"WHERE c.deleted = 0 AND r.id IN ({_IDS}) AND NOT EXISTS "
    "(SELECT 1 FROM template_revision o WHERE o.digest = r.digest AND o.deleted = 0)"
)
"""Unless the same page stands elsewhere: a copy is not what its original was issued with."""
_REGISTERS: Final = (
    "SELECT 1 FROM certificate WHERE deleted = 0 AND event_id IN "  # noqa: S608
    f"(SELECT event_id FROM enrolment WHERE id IN ({_IDS}) "
    f"UNION SELECT event_id FROM roster_lock WHERE id IN ({_IDS}))"
)


def demand_nothing_leans(write: Write) -> None:
    """Look at what an undo has just written; raises ``ChangedSince`` when something leans on it.

    To be called in the undo's own transaction, which then takes everything back.
    """
    conn, gone, seated = write.conn, dict[str, list[str]](), list[str]()
    for step in write.undo.steps:
        if step.after.get("deleted") == 1:
            gone.setdefault(step.noun, []).append(step.id)
        elif step.noun == "roster_lock" or (step.noun == "enrolment" and "seat" in step.after):
            seated.append(step.id)
    if (
        any(_held_up(conn, noun, ids) for noun, ids in gone.items())
        or _numbered(conn, seated)
        or _numbered(conn, gone.get("roster_lock", ()))
    ):
        raise ChangedSince(
            _(
                "This cannot be undone because other things were entered on top of it. "
                "Take those back first. Nothing was changed."
            )
        )


def _held_up(conn: Connection, noun: str, ids: Sequence[str]) -> bool:
    """Whether something that stands names one of these records, which are gone."""
    if noun == "enrolment" and _attended(conn, "enrolment_id", ids):
        return True
    if noun == "session" and _attended(conn, "session_id", ids):
        return True
    if noun == "template_revision" and _any(conn, _ISSUED_WITH, ids):
        return True
    if noun == "day" and _any(conn, _SESSIONS_OF_DAYS, ids):
        return True
    return any(
        _any(conn, f'SELECT 1 FROM "{other}" WHERE deleted = 0 AND "{column}" IN ({_IDS})', ids)  # noqa: S608
        for other, column in _LEANING.get(noun, ())
    )


def _attended(conn: Connection, column: str, ids: Sequence[str]) -> bool:
    """Whether a mark that was not taken back names one of these."""
    marked = conn.exec_driver_sql(
        f"SELECT DISTINCT enrolment_id FROM mark WHERE deleted = 0 AND {column} IN ({_IDS})",  # noqa: S608
        (json.dumps(ids),),
    )
    wanted = set(ids)
    return any(
        getattr(mark, column) in wanted
        for (enrolment_id,) in marked.all()
        for mark in in_force(attendance.marks_of(conn, enrolment_id))
    )


def _numbered(conn: Connection, ids: Sequence[str]) -> bool:
    """Whether numbers were drawn by the seats these locks and enrolments are about."""
    return bool(ids) and _any(conn, _REGISTERS, ids)


def _any(conn: Connection, query: str, ids: Sequence[str]) -> bool:
    return conn.exec_driver_sql(f"{query} LIMIT 1", (json.dumps(list(ids)),)).first() is not None

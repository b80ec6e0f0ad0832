# SPDX-License-Identifier: Apache-2.0
"""In which scope a case lies, and what moves with it.

A case lies in its tambon, its event or its office, where whoever serves that area receives it.
A restricted one lies in a scope of its own, ``c:<case>``, which the centre gives to its owner,
its opener and whom they let in, and to nobody else. What hangs on it (steps, assistance,
referrals, follow-ups, alerts, visits, records and their files) lies where it lies.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

from desktop.model.case_file import CaseFile
from desktop.store.facilitator import office_scope
from desktop.store.write import Write

_HANGING: Final = """
SELECT 'case_file' AS noun, id FROM case_file WHERE id = :case
UNION ALL SELECT 'case_step', id FROM case_step WHERE case_id = :case
UNION ALL SELECT 'assistance', id FROM assistance WHERE case_id = :case
UNION ALL SELECT 'assistance_step', id FROM assistance_step
  WHERE assistance_id IN (SELECT id FROM assistance WHERE case_id = :case)
UNION ALL SELECT 'referral', id FROM referral WHERE case_id = :case
UNION ALL SELECT 'follow_up', id FROM follow_up WHERE case_id = :case
UNION ALL SELECT 'alert', id FROM alert WHERE case_id = :case
UNION ALL SELECT 'alert_step', id FROM alert_step
  WHERE alert_id IN (SELECT id FROM alert WHERE case_id = :case)
UNION ALL SELECT 'visit', id FROM visit WHERE case_id = :case
UNION ALL SELECT 'visit_person', id FROM visit_person
  WHERE visit_id IN (SELECT id FROM visit WHERE case_id = :case)
UNION ALL SELECT 'record', id FROM record WHERE case_id = :case
UNION ALL SELECT 'attachment', id FROM attachment
  WHERE record_id IN (SELECT id FROM record WHERE case_id = :case)
"""


def case_scope(conn: Connection, area: str, event_id: str = "") -> str:
    """Where an open case and all that hangs on it go: its tambon, or the event, or the office."""
    if len(area) == 6:
        return f"t:{area}"
    return f"w:{event_id}" if event_id else office_scope(conn)


def scope_for(conn: Connection, case: CaseFile) -> str:
    """Where ``case`` belongs as it now stands."""
    if case.restricted:
        return f"c:{case.id}"
    return case_scope(conn, case.area, case.event_id)


def is_own(scope: str) -> bool:
    """Whether a scope is that of one restricted case."""
    return scope.startswith("c:")


def hanging(conn: Connection, case_id: str) -> tuple[tuple[str, str], ...]:
    """Noun and id of the case and of every row that hangs on it, tombstones too."""
    rows = conn.execute(text(_HANGING), {"case": case_id})
    return tuple((row[0], row[1]) for row in rows)


def move(write: Write, case_id: str, scope: str) -> None:
    """Move a case and everything that hangs on it into another scope, each with its ops."""
    for noun, record_id in hanging(write.conn, case_id):
        write.move(noun, record_id, scope)


def restricted_elsewhere(conn: Connection) -> tuple[str, ...]:
    """The restricted cases that do not lie in a scope of their own; older stores have them."""
    rows = conn.execute(
        text("SELECT id FROM case_file WHERE restricted = 1 AND scope NOT LIKE 'c:%' ORDER BY id")
    )
    return tuple(row[0] for row in rows)

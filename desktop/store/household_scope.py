# SPDX-License-Identifier: Apache-2.0
"""What moves with a household into another tambon: all of its story that lay in the old one.

Whoever serves the new tambon goes on visiting the family, and needs what was written before. A
restricted case lies in a scope of its own and stays there, and so do its visits and records.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

from desktop.store.write import Write

_HANGING: Final = """
WITH of_case AS (
  SELECT id FROM case_file WHERE household_id = :house AND scope = :scope
), of_visit AS (
  SELECT id FROM visit WHERE household_id = :house AND scope = :scope
), of_record AS (
  SELECT id FROM record WHERE household_id = :house AND scope = :scope
)
SELECT 'household' AS noun, id FROM household WHERE id = :house
UNION ALL SELECT 'member', id FROM member WHERE household_id = :house AND scope = :scope
UNION ALL SELECT 'consent', id FROM consent WHERE household_id = :house AND scope = :scope
UNION ALL SELECT 'visit', id FROM of_visit
UNION ALL SELECT 'visit_person', id FROM visit_person
  WHERE visit_id IN of_visit AND scope = :scope
UNION ALL SELECT 'record', id FROM of_record
UNION ALL SELECT 'attachment', id FROM attachment
  WHERE record_id IN of_record AND scope = :scope
UNION ALL SELECT 'case_file', id FROM of_case
UNION ALL SELECT 'case_step', id FROM case_step WHERE case_id IN of_case AND scope = :scope
UNION ALL SELECT 'assistance', id FROM assistance WHERE case_id IN of_case AND scope = :scope
UNION ALL SELECT 'assistance_step', id FROM assistance_step
  WHERE assistance_id IN (SELECT id FROM assistance WHERE case_id IN of_case) AND scope = :scope
UNION ALL SELECT 'referral', id FROM referral WHERE case_id IN of_case AND scope = :scope
UNION ALL SELECT 'follow_up', id FROM follow_up WHERE case_id IN of_case AND scope = :scope
UNION ALL SELECT 'alert', id FROM alert WHERE case_id IN of_case AND scope = :scope
UNION ALL SELECT 'alert_step', id FROM alert_step
  WHERE alert_id IN (SELECT id FROM alert WHERE case_id IN of_case) AND scope = :scope
"""


def hanging(conn: Connection, household_id: str, scope: str) -> tuple[tuple[str, str], ...]:
    """Noun and id of the household and of all that hangs on it in ``scope``."""
    rows = conn.execute(text(_HANGING), {"house": household_id, "scope": scope})
    return tuple((row[0], row[1]) for row in rows)


def move(write: Write, household_id: str, before: str, scope: str) -> None:
    """Move a household and its story from one scope into another, each with its ops."""
    for noun, record_id in hanging(write.conn, household_id, before):
        write.move(noun, record_id, scope)

# SPDX-License-Identifier: Apache-2.0
"""What moves with a household into another tambon: all of its story that lay in the old one.

Whoever serves the new tambon goes on visiting the family, and needs what was written before. A
restricted case lies in a scope of its own and stays there, and so do its visits and records.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from desktop.store import case_scope
from desktop.store.write import Write

_HANGING: Final = """
WITH of_visit AS (
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
"""
_CASES: Final = "SELECT id FROM case_file WHERE household_id = :house AND scope = :scope"


def move(write: Write, household_id: str, before: str, scope: str) -> None:
    """Move a household and its story from one scope into another, each with its ops."""
    about = {"house": household_id, "scope": before}
    cases = write.conn.execute(text(_CASES), about).scalars().all()
    for noun, record_id in write.conn.execute(text(_HANGING), about).all():
        write.move(noun, record_id, scope)
    for case_id in cases:
        case_scope.move(write, case_id, scope)

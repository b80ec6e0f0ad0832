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


_STRAYS: Final = " UNION ALL ".join(
    f"SELECT '{noun}' AS noun, s.id AS id, c.id AS case_id, c.scope AS scope "  # noqa: S608
    f"FROM case_file c JOIN {joined} WHERE c.deleted = 0 AND s.deleted = 0 "
    "AND s.scope <> c.scope AND (c.scope LIKE 'c:%' OR s.scope LIKE 'c:%')"
    for noun, joined in {
        **{one: f"{one} s ON s.case_id = c.id" for one in (
            "case_step", "assistance", "referral", "follow_up", "alert", "visit", "record",
        )},
        "assistance_step":
            "assistance a ON a.case_id = c.id JOIN assistance_step s ON s.assistance_id = a.id",
        "alert_step": "alert a ON a.case_id = c.id JOIN alert_step s ON s.alert_id = a.id",
        "visit_person": "visit v ON v.case_id = c.id JOIN visit_person s ON s.visit_id = v.id",
        "attachment": "record r ON r.case_id = c.id JOIN attachment s ON s.record_id = r.id",
    }.items()
)  # fmt: skip


def strays(conn: Connection) -> tuple[tuple[str, str, str, str], ...]:
    """``(noun, id, case, scope)`` of rows that lie elsewhere than the case they hang on, one of
    the two places being that of a restricted case.

    They were written by somebody who did not know yet that the case had become restricted (or
    was so no longer).
    """
    return tuple(tuple(row) for row in conn.execute(text(_STRAYS)))


def authors_here(conn: Connection, case_id: str, scope: str) -> tuple[str, ...]:
    """Who wrote on this laptop and may write to the case in ``scope``, the latest first."""
    readers = (
        'AND EXISTS (SELECT 1 FROM case_file c WHERE c.id = ?1 AND (o."by" IN (c.owner_id, '
        'c.opened_by) OR o."by" IN (SELECT value FROM json_each(c.readers)))) '
    )
    rows = conn.exec_driver_sql(
        'SELECT o."by" FROM op o JOIN device d ON d.id = o.device AND d.is_this = 1 '  # noqa: S608
        f"WHERE o.\"by\" <> '' {readers if is_own(scope) else 'AND ?1 = ?1 '}"
        'GROUP BY o."by" ORDER BY max(o.seq) DESC',
        (case_id,),
    )
    return tuple(row[0] for row in rows)


def restricted_elsewhere(conn: Connection) -> tuple[str, ...]:
    """The restricted cases that do not lie in a scope of their own; older stores have them."""
    rows = conn.execute(
        text("SELECT id FROM case_file WHERE restricted = 1 AND scope NOT LIKE 'c:%' ORDER BY id")
    )
    return tuple(row[0] for row in rows)

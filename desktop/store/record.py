# SPDX-License-Identifier: Apache-2.0
"""Finished forms in and out of the store. What was frozen is never written again.

``reader`` is the facilitator who looks: a record of a restricted case is not there for others.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

from desktop.model.attachment import Attachment
from desktop.model.record import Record
from desktop.store import attachment, case_file, consent
from desktop.store.write import Write

_RECORD: Final = (
    "SELECT r.id, r.form_id, r.form_version, r.instance_id, r.name, r.noun, r.noun_id, "
    "r.answers, r.xml, r.sha256, r.started_at, r.finished_at, r.finished_by, r.household_id, "
    "r.person_id, r.case_id, r.event_id, r.amends, r.first_id, "
    "coalesce((SELECT max(n.id) FROM record n WHERE n.amends = r.id AND n.deleted = 0), '') "
    "FROM record r WHERE r.deleted = 0"
)


def find_record(conn: Connection, record_id: str) -> Record | None:
    """One record for those who write; None when there is none. No question of who asks."""
    row = conn.exec_driver_sql(f"{_RECORD} AND r.id = ?", (record_id,)).first()
    return None if row is None else Record(*row)


def scope_of(conn: Connection, record_id: str) -> str | None:
    """The scope of a record; None when there is none."""
    row = conn.exec_driver_sql("SELECT scope FROM record WHERE id = ?", (record_id,)).first()
    return None if row is None else str(row[0])


def record(conn: Connection, reader: str, record_id: str) -> Record:
    """One record. ``LookupError`` if there is none; raises ``NotYours``."""
    found = find_record(conn, record_id)
    if found is None:
        raise LookupError("no record with this id")
    if case_file.is_hidden(conn, reader, found.case_id):
        case_file.case_file(conn, reader, found.case_id)  # raises with the name to ask
    return found


def chain(conn: Connection, reader: str, record_id: str) -> tuple[Record, ...]:
    """A record with all its corrections, each after the one it corrects, the newest last.

    By who corrects whom and not by the clock: a correction may come from a laptop that runs
    behind.
    """
    first = record(conn, reader, record_id).first_id
    rows = conn.exec_driver_sql(f"{_RECORD} AND r.first_id = ? ORDER BY r.id", (first,))
    found = {one.id: one for one in _shown(conn, reader, rows)}

    def depth(one: Record) -> int:
        steps = 0
        while one.amends in found and steps <= len(found):
            one, steps = found[one.amends], steps + 1
        return steps

    return tuple(sorted(found.values(), key=lambda one: (depth(one), one.id)))


def records_of(conn: Connection, reader: str, noun: str, noun_id: str) -> tuple[Record, ...]:
    """The records of one thing, such as a visit or an activity, the oldest first."""
    rows = conn.exec_driver_sql(
        f"{_RECORD} AND r.noun = ? AND r.noun_id = ? ORDER BY r.id", (noun, noun_id)
    )
    return _shown(conn, reader, rows)


def of_form(conn: Connection, reader: str, form_id: str, event_id: str = "") -> tuple[Record, ...]:
    """The records of a form that stand (not corrected since), of one event or of all."""
    rows = conn.exec_driver_sql(
        f"{_RECORD} AND r.form_id = ?1 AND (?2 = '' OR r.event_id = ?2) ORDER BY r.id",
        (form_id, event_id),
    )
    return tuple(one for one in _shown(conn, reader, rows) if not one.amended_by)


def _shown(conn: Connection, reader: str, rows: Any) -> tuple[Record, ...]:
    hidden = case_file.hidden_cases(conn, reader)
    found = (Record(*row) for row in rows)
    return tuple(one for one in found if one.case_id not in hidden)


def attachments(conn: Connection, reader: str, record_id: str) -> tuple[Attachment, ...]:
    """The files a record names that may be shown. ``LookupError`` if there is no such record.

    Raises ``NotYours``. Photos are left out once the person has taken her consent to them back;
    they stay with the record until they are erased.
    """
    about = record(conn, reader, record_id)
    found = attachment.attachments(conn, record_id)
    if consent.standing_of(conn, about.person_id).withdrawn & {"photo", "all"}:
        return tuple(one for one in found if not one.needs_photo_consent)
    return found


def shows(conn: Connection, reader: str, sha256: str) -> bool:
    """Whether a record that ``reader`` may read shows her the file of this content."""
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT record_id FROM attachment WHERE deleted = 0 AND sha256 = ?", (sha256,)
    )
    for row in rows.all():
        found = find_record(conn, row[0])
        if found is None or case_file.is_hidden(conn, reader, found.case_id):
            continue
        if any(one.sha256 == sha256 for one in attachments(conn, reader, row[0])):
            return True
    return False


def put_record(write: Write, scope: str, one: Record) -> None:
    """Freeze a record. It is put once; putting it again with other words is refused."""
    write.put(
        "record",
        one.id,
        scope,
        form_id=one.form_id,
        form_version=one.form_version,
        instance_id=one.instance_id,
        name=one.name,
        noun=one.noun,
        noun_id=one.noun_id,
        household_id=one.household_id,
        person_id=one.person_id,
        case_id=one.case_id,
        event_id=one.event_id,
        answers=one.answers,
        xml=one.xml,
        sha256=one.sha256,
        started_at=one.started_at,
        finished_at=one.finished_at,
        finished_by=one.by,
        device=write.device,
        amends=one.amends,
        first_id=one.first_id,
    )

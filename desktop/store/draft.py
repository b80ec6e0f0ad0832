# SPDX-License-Identifier: Apache-2.0
"""Forms being filled on this laptop: the list of them, and the journal of each.

Nothing here is synced or audited: a draft is what somebody is writing. ``put_step`` is one
insert and nothing else, because it happens at every answer.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from desktop.model.attachment import Attachment, answer_name
from desktop.model.draft import Draft, Subject
from desktop.store import codelist
from desktop.store.case_file import hidden_cases
from desktop.store.search import ids_listed
from desktop.store.write import Write

if TYPE_CHECKING:
    from desktop.xforms.journal import Step

_DRAFT: Final = (
    "SELECT d.id, d.form_id, d.form_version, d.by, d.started_at, d.clock_at, "
    "coalesce((SELECT s.noted_at FROM draft_step s WHERE s.draft_id = d.id "
    "ORDER BY s.seq DESC LIMIT 1), d.started_at), "
    "d.event_id, d.household_id, d.person_id, d.case_id, d.amends, d.title, d.answered, "
    "d.questions, d.language, "
    "coalesce((SELECT max(s.seq) FROM draft_step s WHERE s.draft_id = d.id), 0), d.discarded_at "
    "FROM draft d"
)
_PUT_STEP: Final = (
    "INSERT INTO draft_step (draft_id, seq, kind, place, value, at, noted_at) SELECT d.id, "
    "coalesce((SELECT max(s.seq) FROM draft_step s WHERE s.draft_id = d.id), 0) + 1, "
    "?, ?, ?, ?, ? FROM draft d WHERE d.id = ? AND d.discarded_at = '' RETURNING seq"
)


def _draft(row: Any) -> Draft:
    values = [*row[:7], Subject(*row[7:12]), *row[12:]]
    return Draft(*values)


def drafts(conn: Connection, reader: str, *, discarded: bool = False) -> tuple[Draft, ...]:
    """The forms being filled, the one touched last first; or those thrown away.

    A draft about a restricted case is shown to those who may read the case, and to whoever
    began it. One in whose journal a problem of child protection was chosen will be of such a
    case: it is shown to whoever began it.
    """
    hidden = hidden_cases(conn, reader)
    protecting = _protecting(conn)
    rows = conn.exec_driver_sql(f"{_DRAFT} WHERE (d.discarded_at <> '') = ?", (int(discarded),))
    found = (_draft(row) for row in rows)
    shown = [
        one
        for one in found
        if one.by == reader or (one.subject.case_id not in hidden and one.id not in protecting)
    ]
    return tuple(sorted(shown, key=lambda one: (one.touched_at, one.id), reverse=True))


def _protecting(conn: Connection) -> frozenset[str]:
    """Drafts in whose journal a problem of child protection is, or was, an answer."""
    codes = {one.code for one in codelist.codes("problem") if one.extra.get("child_protect")}
    rows = conn.exec_driver_sql(
        "SELECT s.draft_id, s.value FROM draft_step s, json_each(?) c "
        "WHERE s.kind = 'answer' AND instr(s.value, c.value)",
        (ids_listed(codes),),
    )
    return frozenset(row[0] for row in rows if not codes.isdisjoint(row[1].split()))


def find_draft(conn: Connection, draft_id: str) -> Draft | None:
    """One draft, a discarded one too; None once it was finished or swept."""
    row = conn.exec_driver_sql(f"{_DRAFT} WHERE d.id = ?", (draft_id,)).first()
    return None if row is None else _draft(row)


def draft(conn: Connection, draft_id: str) -> Draft:
    """One draft. ``LookupError`` when it was finished or never there."""
    found = find_draft(conn, draft_id)
    if found is None:
        raise LookupError("no draft with this id")
    return found


def amending(conn: Connection, record_id: str) -> Draft | None:
    """The open draft that corrects this record, if there is one."""
    row = conn.exec_driver_sql(
        f"{_DRAFT} WHERE d.amends = ? AND d.discarded_at = '' ORDER BY d.id", (record_id,)
    ).first()
    return None if row is None else _draft(row)


def is_overtaken(conn: Connection, record_id: str) -> bool:
    """Whether a record has a correction, filed or being filled."""
    if not record_id:
        return False
    filed = conn.exec_driver_sql(
        "SELECT 1 FROM record WHERE amends = ? AND deleted = 0", (record_id,)
    ).first()
    return filed is not None or amending(conn, record_id) is not None


def steps(conn: Connection, draft_id: str) -> tuple[Step, ...]:
    """The journal of a draft, in order."""
    from desktop.xforms.journal import Step

    rows = conn.exec_driver_sql(
        "SELECT kind, place, value, at FROM draft_step WHERE draft_id = ? ORDER BY seq",
        (draft_id,),
    )
    return tuple(Step(row[0], row[1], row[2], datetime.fromisoformat(row[3])) for row in rows)


def basis(conn: Connection, draft_id: str) -> str | None:
    """The answers (JSON) of the frozen record that a draft corrects, with the keys of its repeats.

    None for a draft that starts empty. The session is told that it is ``correcting``, and gives
    the correction an instance id of its own.
    """
    found = conn.exec_driver_sql(
        "SELECT r.answers FROM draft d JOIN record r ON r.id = d.amends WHERE d.id = ?",
        (draft_id,),
    ).first()
    return None if found is None else str(found[0])


def files(conn: Connection, draft_id: str) -> tuple[Attachment, ...]:
    """The files put into a draft, and those of the record that it corrects."""
    rows = conn.exec_driver_sql(
        "SELECT sha256, mime, size, kind, place, width, height, taken_at FROM draft_file "
        "WHERE draft_id = ?1 UNION ALL "
        "SELECT sha256, mime, size, kind, place, width, height, taken_at FROM attachment "
        "WHERE deleted = 0 AND record_id = (SELECT amends FROM draft WHERE id = ?1) "
        "AND sha256 NOT IN (SELECT sha256 FROM draft_file WHERE draft_id = ?1)",
        (draft_id,),
    )
    return tuple(Attachment(row[0], answer_name(row[0], row[1]), *row[1:]) for row in rows)


# ---- writing


def put_draft(write: Write, one: Draft) -> None:
    """Begin a draft."""
    about = one.subject
    write.conn.exec_driver_sql(
        "INSERT INTO draft (id, form_id, form_version, by, started_at, clock_at, event_id, "
        "household_id, person_id, case_id, amends, title, answered, questions, language, "
        "discarded_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        (
            one.id, one.form_id, one.form_version, one.by, one.started_at, one.clock_at,
            about.event_id, about.household_id, about.person_id, about.case_id, about.amends,
            one.title, one.answered, one.questions, one.language,
        ),
    )  # fmt: skip


def put_step(write: Write, draft_id: str, step: Step) -> int:
    """Add a step to a journal; its number. ``LookupError`` for a draft that is not open."""
    row = write.conn.exec_driver_sql(
        _PUT_STEP,
        (
            step.kind,
            step.place,
            # Half a pair of surrogates, as a paste may bring, would stop the whole journal.
            step.value.encode("utf-8", "ignore").decode(),
            step.at.isoformat(),
            write.now().utc,
            draft_id,
        ),
    ).first()
    if row is None:
        raise LookupError("no open draft with this id")
    return int(row[0])


def describe(write: Write, draft_id: str, said: dict[str, str | int]) -> None:
    """Change what the list shows: ``title``, ``answered``, ``questions``, ``language``."""
    sets = ", ".join(f"{name} = ?" for name in said)
    write.conn.exec_driver_sql(
        f"UPDATE draft SET {sets} WHERE id = ?",  # noqa: S608 - names of the action's own
        (*said.values(), draft_id),
    )


def set_discarded(write: Write, draft_id: str, at: str) -> bool:
    """Throw a draft away, or with an empty ``at`` bring it back; False if it was so already."""
    done = write.conn.exec_driver_sql(
        "UPDATE draft SET discarded_at = ?1 WHERE id = ?2 AND (discarded_at = '') = (?1 <> '')",
        (at, draft_id),
    )
    return bool(done.rowcount)


def put_file(write: Write, draft_id: str, one: Attachment) -> None:
    """Note a file of a draft; the same one again moves to its new place."""
    write.conn.exec_driver_sql(
        "INSERT INTO draft_file (draft_id, sha256, mime, size, kind, place, width, height, "
        "taken_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (draft_id, sha256) DO UPDATE "
        "SET kind = excluded.kind, place = excluded.place",
        (
            draft_id, one.sha256, one.mime, one.size, one.kind, one.place, one.width, one.height,
            one.taken_at,
        ),
    )  # fmt: skip


def remove(write: Write, draft_id: str) -> None:
    """Take a draft and its journal away: it has become a record."""
    for table, column in (("draft_step", "draft_id"), ("draft_file", "draft_id"), ("draft", "id")):
        write.conn.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", (draft_id,))  # noqa: S608

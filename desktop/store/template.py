# SPDX-License-Identifier: Apache-2.0
"""Templates as rows: the office's own, their revisions, and what the designer has not saved.

A revision is never changed. The one that is offered is the newest of those that no other says to
come ``after``: a clock that was wrong can never bring back what somebody has improved.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from desktop.model.template import PURPOSES, Purpose
from desktop.store.facilitator import home_scope, office
from desktop.store.guest_paper import guest_page
from desktop.store.ids import natural_id, new_id
from desktop.store.search import ids_listed
from desktop.store.tables.certificate import certificate as register_table
from desktop.store.tables.template import template as template_table
from desktop.store.tables.template import template_draft, template_revision
from desktop.store.write import Write

_T: Final = template_table.c
_R: Final = template_revision.c
_D: Final = template_draft.c


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template the office made. Its page is in its revisions."""

    id: str
    purpose: Purpose
    name: str
    base: str = ""
    """What it was copied from: the name of a shipped one, or a digest."""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision of a template, without its page."""

    id: str
    template_id: str
    digest: str
    after: str
    made_at: str
    """UTC instant."""
    made_by: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What the designer holds of a template and nobody saved."""

    template_id: str
    body: str
    after: str
    at: str
    """UTC instant."""
    by: str


def _row(row: Any) -> TemplateRow:
    purpose: Purpose = next((one for one in PURPOSES if one == row.purpose), "certificate")
    return TemplateRow(row.id, purpose, row.name, row.base, bool(row.withdrawn))


def templates(conn: Connection, purpose: str = "") -> tuple[TemplateRow, ...]:
    """The office's templates by name, withdrawn ones too; of one purpose, or all."""
    query = select(template_table).where(_T.deleted == 0)
    if purpose:
        query = query.where(_T.purpose == purpose)
    return tuple(_row(row) for row in conn.execute(query.order_by(_T.name, _T.id)))


def template(conn: Connection, template_id: str) -> TemplateRow:
    """One template of the office. ``LookupError`` when there is none with this id."""
    row = conn.execute(select(template_table).where(_T.id == template_id, _T.deleted == 0)).first()
    if row is None:
        raise LookupError("no template with this id")
    return _row(row)


def put_template(write: Write, one: TemplateRow) -> None:
    """Keep a template's name and standing."""
    write.put(
        "template",
        one.id,
        home_scope(write.conn, "template", one.id),
        purpose=one.purpose,
        name=one.name,
        base=one.base,
        withdrawn=one.withdrawn,
    )


def remove_template(write: Write, template_id: str) -> None:
    """Take a template away with its revisions and with what is not saved of it."""
    for one in revisions(write.conn, template_id):
        write.delete("template_revision", one.id)
    write.delete("template", template_id)
    remove_draft(write, template_id)


# ---- revisions


def revisions(conn: Connection, template_id: str) -> tuple[RevisionRow, ...]:
    """The revisions of a template, the one that is offered first."""
    return _in_order(_revisions(conn, (template_id,)))


def newest(conn: Connection, template_ids: Sequence[str]) -> dict[str, RevisionRow]:
    """The revision that is offered of each of these templates."""
    found: defaultdict[str, list[RevisionRow]] = defaultdict(list)
    for one in _revisions(conn, template_ids):
        found[one.template_id].append(one)
    return {template_id: _in_order(some)[0] for template_id, some in found.items()}


def _in_order(some: Iterable[RevisionRow]) -> tuple[RevisionRow, ...]:
    held = list(some)
    overtaken = {one.after for one in held}
    held.sort(key=lambda one: (one.id not in overtaken, one.made_at, one.id), reverse=True)
    return tuple(held)


def _revisions(conn: Connection, template_ids: Sequence[str]) -> list[RevisionRow]:
    asked = func.json_each(ids_listed(template_ids)).table_valued("value")
    rows = conn.execute(
        select(_R.id, _R.template_id, _R.digest, _R.after, _R.made_at, _R.made_by).where(
            _R.template_id.in_(select(asked.c.value)), _R.deleted == 0
        )
    )
    return [RevisionRow(*row) for row in rows]


def revision(conn: Connection, revision_id: str) -> RevisionRow:
    """One revision. ``LookupError`` when there is none with this id."""
    row = conn.execute(
        select(_R.id, _R.template_id, _R.digest, _R.after, _R.made_at, _R.made_by).where(
            _R.id == revision_id
        )
    ).first()
    if row is None:
        raise LookupError("no revision with this id")
    return RevisionRow(*row)


def bodies(conn: Connection, revision_ids: Sequence[str]) -> dict[str, str]:
    """The pages of revisions, as ``model.template_form.write_template`` wrote them."""
    asked = func.json_each(ids_listed(revision_ids)).table_valued("value")
    rows = conn.execute(select(_R.id, _R.body).where(_R.id.in_(select(asked.c.value))))
    return {row.id: row.body for row in rows}


def body_of(conn: Connection, digest: str) -> str:
    """The page with this digest, also of a revision that was taken back, or one that another
    office told of its event; empty for none here."""
    query = select(_R.body).where(_R.digest == digest, _R.body != "").limit(1)
    return conn.scalar(query) or guest_page(conn, digest)


def put_revision(
    write: Write, template_id: str, digest: str, body: str, after: str = ""
) -> RevisionRow:
    """Add a revision, made now by whoever writes."""
    made = RevisionRow(new_id(), template_id, digest, after, write.now().utc, write.by)
    _put(write, made, body)
    return made


def freeze_shipped(write: Write, name: str, digest: str, body: str) -> None:
    """Keep the page of a shipped template that something is issued with, once in the office.

    Two laptops that do so say the same thing word for word: it has no author and no moment.
    """
    owner = office(write.conn).id
    template_id = natural_id("template", owner, name)
    record_id = natural_id("template_revision", owner, name, digest)
    there = write.conn.scalar(select(_R.id).where(_R.id == record_id, _R.deleted == 0))
    if there is None:
        _put(write, RevisionRow(record_id, template_id, digest, "", "", ""), body)


def _put(write: Write, one: RevisionRow, body: str) -> None:
    write.put(
        "template_revision",
        one.id,
        home_scope(write.conn, "template_revision", one.id),
        template_id=one.template_id,
        digest=one.digest,
        body=body,
        after=one.after,
        made_at=one.made_at,
        made_by=one.made_by,
    )


def uses(conn: Connection, digests: Sequence[str]) -> Counter[str]:
    """How many certificates were issued with each of these pages."""
    asked = func.json_each(ids_listed(digests)).table_valued("value")
    t = register_table.c
    rows = conn.execute(
        select(t.layout, func.count())
        .where(t.layout.in_(select(asked.c.value)), t.deleted == 0)
        .group_by(t.layout)
    )
    return Counter({row[0]: row[1] for row in rows})


# ---- what is not saved yet


def drafts(conn: Connection) -> tuple[DraftRow, ...]:
    """What the designer holds, the last touched first."""
    rows = conn.execute(
        select(_D.template_id, _D.body, _D.after, _D.at, _D.by).order_by(_D.at.desc())
    )
    return tuple(DraftRow(*row) for row in rows)


def draft(conn: Connection, template_id: str) -> DraftRow | None:
    """What the designer holds of one template."""
    return next((one for one in drafts(conn) if one.template_id == template_id), None)


def put_draft(write: Write, template_id: str, body: str, after: str) -> None:
    """Keep what the designer holds, in the place of what it held of this template before."""
    values = {"body": body, "after": after, "at": write.now().utc, "by": write.by}
    row = insert(template_draft).values(template_id=template_id, **values)
    write.conn.execute(row.on_conflict_do_update(index_elements=["template_id"], set_=values))


def remove_draft(write: Write, template_id: str) -> bool:
    """The designer holds nothing of this template any more; whether it did."""
    gone = write.conn.execute(template_draft.delete().where(_D.template_id == template_id))
    return bool(gone.rowcount)

# SPDX-License-Identifier: Apache-2.0
"""What lies on the designer's table, kept while one works.

A shipped template is nobody's to change: as long as what lies there differs from it the office
has a copy, and none when nothing differs any more; so with an empty page. Looking changes nothing.
The steps of the table take all this back, so the desk has nothing of it to undo; but Save is an
act like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.actions.done import Done, finished
from desktop.actions.template import (
    TemplateCard,
    card_of,
    free_name,
    put_name,
    put_new,
    put_saved,
)
from desktop.model.template import Purpose
from desktop.model.template_form import template_digest, write_template
from desktop.model.template_history import Work
from desktop.model.template_new import blank
from desktop.store import plan as plans
from desktop.store import template as rows
from desktop.store.store import Store
from desktop.store.write import Write

if TYPE_CHECKING:
    from sqlalchemy import Connection

PlanKey = tuple[str, str]
"""An event, and a kind of certificate given there."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the work on the table began from: as it was opened, or saved last."""

    card: TemplateCard
    """``shipped`` is also an empty page, which has no id."""
    copy_id: str = ""
    """Of a shipped template: the id that its copy has as long as there is one."""
    named: str = ""
    """The name given on the table that is kept already; empty for the one it had."""
    usual: str = ""
    """What it is called when the table gives no name; empty for the name of a copy."""


def keep_work(store: Store, by: str, begun: Begun, work: Work) -> Done:
    """Keep what is not saved yet, page and name; the value is the card as it is now.

    Of a shipped template that is the card of the copy, or its own when nothing differs. It has no
    undo: the steps of the table are. Raises ``TemplateProblem`` for a name that is none.
    """
    with store.write(by) as write:
        if begun.card.shipped:
            card = _keep_copy(write, begun, work)
        else:
            card = _name(write, begun, begun.card, work)
            _keep_draft(write, card, work)
    return replace(finished(write, card), undo=None)


def save_work(
    store: Store,
    by: str,
    begun: Begun,
    work: Work,
    after: str = "",
    *,
    anyway: bool = False,
    plan: PlanKey | None = None,
) -> Done:
    """Save a revision of what lies on the table; the value is its card.

    Of a shipped template it is one of the office's copy. ``plan`` names certificates that have
    this template from then on; those of all others keep theirs. ``after`` and ``anyway`` as of
    ``template.save``, which says what it raises; empty is the newest. Undo takes back revision
    and plan.
    """
    with store.write(by) as write:
        if begun.card.shipped:
            card = _keep_copy(write, begun, work)
        else:
            card = _name(write, begun, begun.card, work)
        if not card.shipped:
            after = after or card.revision
            card = put_saved(write, card.id, work.template, after, anyway=anyway)
        if plan is not None:
            plans.put_plan(write, replace(plans.plan(write.conn, *plan), template=card.id))
    return finished(write, card)


def _keep_copy(write: Write, begun: Begun, work: Work) -> TemplateCard:
    """The office's copy of a shipped template while the work differs from it, else none."""
    shipped, copy_id = begun.card, begun.copy_id
    name = _name_of(write.conn, copy_id)
    if work == Work(shipped.template):
        if name and _mine_alone(write.conn, copy_id):
            rows.remove_template(write, copy_id)
        rows.remove_draft(write, copy_id)
        return card_of(write.conn, copy_id) if _name_of(write.conn, copy_id) else shipped
    if not name:
        given = work.name or _free_name(write.conn, shipped)
        put_new(write, given, shipped.template, template_id=copy_id, base=shipped.id)
    card = _name(write, begun, card_of(write.conn, copy_id), work)
    _keep_draft(write, card, work)
    return card


def _name(write: Write, begun: Begun, card: TemplateCard, work: Work) -> TemplateCard:
    """Give the name of the table, where it is not kept already; a colleague's stays otherwise."""
    if work.name == begun.named:
        return card
    usual = begun.usual or _free_name(write.conn, begun.card)
    put_name(write, card.id, work.name or usual)
    return replace(card, name=rows.template(write.conn, card.id).name)


def _free_name(conn: Connection, card: TemplateCard) -> str:
    """What a copy is called; a page that was empty keeps the name it had, if it can."""
    taken = {row.name for row in rows.templates(conn)}
    return card.name if not card.id and card.name not in taken else free_name(conn, card.name)


def empty_page(purpose: Purpose, name: str) -> TemplateCard:
    """A page with nothing on it, to be kept as soon as something is."""
    page = blank(purpose, name)
    return TemplateCard("", name, purpose, page, template_digest(page), shipped=True)


def _name_of(conn: Connection, template_id: str) -> str:
    """The name of a template of the office; empty when there is none with this id."""
    try:
        return rows.template(conn, template_id).name
    except LookupError:
        return ""


def _mine_alone(conn: Connection, template_id: str) -> bool:
    """Whether nobody saved anything in it and no certificates are planned with it."""
    planned = any(one.template == template_id for one in plans.plans(conn))
    return not planned and len(rows.revisions(conn, template_id)) == 1


def _keep_draft(write: Write, card: TemplateCard, work: Work) -> None:
    if work.template == card.template:
        rows.remove_draft(write, card.id)
    else:
        body = write_template(work.template).decode()
        rows.put_draft(write, card.id, body, card.revision)

# SPDX-License-Identifier: Apache-2.0
"""Which template certificates are printed with: now, by their plan; later, by its digest.

A page that something was issued with is kept for ever, whatever becomes of the template.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.plan import Plan
from desktop.model.template import BadTemplate, Template, read_template, write_template
from desktop.store import template as rows
from desktop.store.store import Store
from desktop.store.write import Write

if TYPE_CHECKING:
    from sqlalchemy import Connection

_USUAL: Final[Mapping[str, str]] = {"appreciation": "facilitator", "project": "honour"}


class TemplateProblem(Problem):
    """A template cannot be kept, read or found like this."""


class TemplateLost(TemplateProblem):
    """What a certificate is printed with is not on this computer."""


def usual_template(kind: str) -> str:
    """The name of the shipped template for a kind of certificate."""
    return _USUAL.get(kind, kind)


@lru_cache(maxsize=128)
def parsed(body: str) -> Template:
    """A template from its text, read once. Raises :class:`TemplateLost` for one that is none."""
    try:
        return read_template(body)
    except BadTemplate as wrong:
        raise TemplateLost(
            _("This template was made by a newer version of the program. Install that first.")
        ) from wrong


def by_digest(store: Store, digest: str) -> Template | None:
    """The page with this digest, of whatever template; None when it is not here."""
    with store.read() as conn:
        return template_of(conn, digest)


def template_of(conn: Connection, digest: str) -> Template | None:
    """The page a certificate was issued with: a revision, a shipped one, or an earlier layout."""
    from desktop.printing.template_shipped import earlier_template, shipped_templates

    body = rows.body_of(conn, digest)
    if body:
        found = parsed(body)
        if found.digest == digest:
            return found
    for one in shipped_templates().values():
        if one.digest == digest:
            return one
    return earlier_template(digest)


def template_for(conn: Connection, plan: Plan) -> Template:
    """The page that certificates of a plan are issued with from now on.

    Raises :class:`TemplateLost` when it is not on this computer.
    """
    from desktop.printing.template_shipped import shipped_templates

    shipped = shipped_templates()
    ref = plan.template or usual_template(plan.kind)
    if ref in shipped:
        return shipped[ref]
    newest = rows.newest(conn, (ref,)).get(ref)
    if newest is None:
        raise TemplateLost(
            _("The template of these certificates is not on this computer. Choose another one.")
        )
    return parsed(rows.bodies(conn, (newest.id,))[newest.id])


def freeze(write: Write, plan: Plan) -> Template:
    """The page to issue with, kept for ever: a later version may ship another of that name."""
    from desktop.printing.template_shipped import shipped_templates

    page = template_for(write.conn, plan)
    ref = plan.template or usual_template(plan.kind)
    if ref in shipped_templates():
        rows.freeze_shipped(write, ref, page.digest, write_template(page).decode())
    return page

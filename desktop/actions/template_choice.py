# SPDX-License-Identifier: Apache-2.0
"""Which template certificates are printed with: now, by their plan; later, by its digest.

A page that something was issued with is kept for ever, whatever becomes of the template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import Signer
from desktop.model.plan import Plan
from desktop.model.template import Image, Ornament, Qr, Signatories, Template
from desktop.model.template_form import BadTemplate, read_template, template_digest, write_template
from desktop.store import asset as assets
from desktop.store import template as rows
from desktop.store.guest_paper import guest_page, guest_papers, heard_in_hall
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


def template_of(conn: Connection, digest: str) -> Template | None:
    """The page a certificate was issued with: a revision, a shipped one, or an earlier layout."""
    from desktop.printing.template_shipped import earlier_template, shipped_templates

    body = rows.body_of(conn, digest)
    if body:
        found = parsed(body)
        if template_digest(found) == digest:
            return found
    for one in shipped_templates().values():
        if template_digest(one) == digest:
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
    if newest is not None:
        return parsed(rows.bodies(conn, (newest.id,))[newest.id])
    if found := guest_template(conn, plan):
        return found
    if heard_in_hall(conn, plan.event_id):
        raise TemplateLost(
            _(
                "The template of these certificates is at the office that holds the event. It "
                "comes by itself in a hall with one of that office's computers; until then print "
                "them there."
            )
        )
    raise TemplateLost(
        _("The template of these certificates is not on this computer. Choose another one.")
    )


def guest_template(conn: Connection, plan: Plan) -> Template | None:
    """The template of a plan as the office that holds the event told it in a hall."""
    told = guest_papers(conn, plan.event_id)
    for one in told.templates if told is not None else ():
        body = guest_page(conn, one.digest) if one.id == plan.template else ""
        if body:
            return parsed(body)
    return None


def freeze(write: Write, plan: Plan) -> Template:
    """The page to issue with, kept for ever: a later version may ship another of that name."""
    from desktop.printing.template_shipped import shipped_templates

    page = template_for(write.conn, plan)
    ref = plan.template or usual_template(plan.kind)
    if ref in shipped_templates() or guest_template(write.conn, plan) == page:
        rows.freeze_shipped(write, ref, template_digest(page), write_template(page).decode())
    return page


# ---- the pictures of a template's slots


def slots_of(template: Template, signers: Sequence[Signer] = ()) -> tuple[str, ...]:
    """The slots of a template, with those for the hands of these signers."""
    named = [one.slot for one in template.elements if isinstance(one, Image | Ornament)]
    if any(isinstance(one, Signatories) for one in template.elements):
        named += [f"signature:{place}" for place in range(1, len(signers) + 1)]
    return tuple(slot for slot in dict.fromkeys(named) if slot)


def slot_pictures(
    conn: Connection, template: Template, plan: Plan, signers: Sequence[Signer] = ()
) -> tuple[tuple[str, str], ...]:
    """What stands in each slot that is filled: slot and SHA-256, in the order of their names.

    The plan says, else it is the usual: the emblems of the office that holds the event in the
    order of their labels, and of each signer the signature that is labelled with the name.
    """
    emblems = [one.sha256 for one in assets.assets_at(conn, plan.event_id, "emblem")]
    signed = assets.assets_at(conn, plan.event_id, "signature")
    hands = {_plain(one.label): one.sha256 for one in signed}
    found = {}
    for slot in slots_of(template, signers):
        noun, _colon, count = slot.partition(":")
        place = int(count or 1) - 1 if (count or "1").isdecimal() else -1
        usual = ""
        if noun == "emblem" and 0 <= place < len(emblems):
            usual = emblems[place]
        elif noun == "signature" and 0 <= place < len(signers):
            usual = hands.get(_plain(signers[place].name), "")
        chosen = plan.pictures.get(slot, usual)
        if chosen:
            found[slot] = chosen
    return tuple(sorted(found.items()))


def _plain(name: str) -> str:
    return "".join(name.split())


def shows_proof(template: Template) -> bool:
    """Whether a page has a place for the signed QR code."""
    return any(isinstance(one, Qr) and "{proof}" in one.text for one in template.elements)

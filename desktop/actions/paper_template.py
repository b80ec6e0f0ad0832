# SPDX-License-Identifier: Apache-2.0
"""Which template a paper of the office is drawn by.

Of the office's own templates for a paper the one that was saved last is offered; an office that
made none gets the shipped one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.actions.asset import assets_for, faces_now
from desktop.actions.template import TemplateCard, template_card, templates_here
from desktop.actions.template_choice import parsed
from desktop.model.paper import PURPOSE, USUAL, PaperKind, suits
from desktop.model.template import Filling, Template
from desktop.store.asset import assets_at
from desktop.store.guest_paper import PAPER, guest_page, guest_papers, paper_ref
from desktop.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection

Steps = Callable[[int, int], None]


def paper_templates(store: Store, kind: PaperKind, event_id: str = "") -> tuple[TemplateCard, ...]:
    """The templates a paper can be drawn by, the one that is offered first: of an event that
    another office holds that office's, if a hall told it."""
    with store.read() as conn:
        theirs = _theirs(conn, kind, event_id)
        ours = paper_templates_here(conn, kind)
    return ours if theirs is None else (theirs, *ours)


def paper_templates_here(conn: Connection, kind: PaperKind) -> tuple[TemplateCard, ...]:
    """This office's and the shipped ones, inside a transaction."""
    cards = [card for card in templates_here(conn, PURPOSE[kind]) if suits(card.template, kind)]
    own = sorted((card for card in cards if not card.shipped), key=_newest, reverse=True)
    shipped = sorted(
        (card for card in cards if card.shipped), key=lambda one: one.id != USUAL[kind]
    )
    return (*own, *shipped)


def _theirs(conn: Connection, kind: PaperKind, event_id: str) -> TemplateCard | None:
    told = guest_papers(conn, event_id) if event_id else None
    for one in told.templates if told is not None else ():
        body = guest_page(conn, one.digest) if one.id == paper_ref(kind) else ""
        page = parsed(body) if body else None
        if told is not None and page is not None and suits(page, kind):
            name = f"{one.name} · {told.office}"
            return TemplateCard(one.id, name, page.purpose, page, one.digest, made_by=told.office)
    return None


def _newest(card: TemplateCard) -> str:
    return card.made_at


def paper_template(store: Store, kind: PaperKind, ref: str = "", event_id: str = "") -> Template:
    """The template ``ref`` (id or shipped name), or the one that is offered when it is empty."""
    if ref and not ref.startswith(PAPER):
        found = template_card(store, ref).template
        if suits(found, kind):
            return found
    return paper_templates(store, kind, event_id)[0].template


def office_pictures(store: Store, event_id: str = "") -> dict[str, str]:
    """The emblems of the office that holds the event by their slots, for papers that show whose
    they are."""
    with store.read() as conn:
        return office_slots(conn, event_id)


def office_slots(conn: Connection, event_id: str = "") -> dict[str, str]:
    """The same inside a transaction."""
    here = [one for one in assets_at(conn, event_id, "emblem") if one.here]
    slots = ("emblem", "emblem:2", "emblem:3")
    return {slot: one.sha256 for slot, one in zip(slots, here, strict=False)}


def drawn(
    store: Store,
    template: Template,
    fillings: Sequence[Filling],
    title: str,
    progress: Steps | None = None,
    *,
    event_id: str = "",
) -> bytes:
    """The PDF of a paper. Raises ``PageProblem`` when a text does not fit."""
    from desktop.printing.template_page import pages_pdf

    with store.read() as conn:
        # Another office's typefaces are named with its pictures, as on a certificate.
        guests = bool(event_id) and guest_papers(conn, event_id) is not None
        faces = dict(faces_now(conn, template, event_id)) if guests else {}
    if faces:
        fillings = [replace(one, pictures={**one.pictures, **faces}) for one in fillings]
    return pages_pdf(
        template, fillings, assets=assets_for(store, template, fillings), title=title,
        progress=progress,
    )  # fmt: skip

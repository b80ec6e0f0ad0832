# SPDX-License-Identifier: Apache-2.0
"""What the certificates of an event are drawn with, gathered to be told in its hall.

Only what the event's plans name, what its certificates were issued with, and the templates by
which the office draws badges, sheets and the other papers: their pages, the emblems and hands that
stand in the slots, pictures and typefaces. Nothing else of the office is told, and nothing of any
record or case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.actions.asset import KINDS, Asset, faces_now, named_in
from desktop.actions.paper_template import office_slots, paper_templates_here
from desktop.actions.template import TemplateCard
from desktop.actions.template_choice import (
    TemplateLost,
    guest_template,
    slot_pictures,
    slots_of,
    template_for,
    template_of,
)
from desktop.actions.wording import signers_of
from desktop.model.certificate import Signer
from desktop.model.paper import PURPOSE, PaperKind
from desktop.model.plan import Plan
from desktop.model.template import Template
from desktop.model.template_form import template_digest
from desktop.printing.template_shipped import shipped_templates
from desktop.store import asset, attachment, facilitator, organisation
from desktop.store import certificate as register
from desktop.store import event as events
from desktop.store import plan as plans
from desktop.store import template as templates
from desktop.store.guest_paper import (
    LARGEST_FILE,
    LARGEST_PAGE,
    MOST_BYTES,
    MOST_FILES,
    MOST_PAGES,
    GuestFile,
    GuestPapers,
    GuestTemplate,
    guest_papers,
    holds_event,
    may_be_told,
    paper_ref,
)
from desktop.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection


def papers_of(store: Store, event_id: str) -> GuestPapers | None:
    """What the certificates of an event are drawn with, without a moment (``at``); None where
    this laptop's office does not hold the event."""
    with store.read() as conn:
        try:
            held = events.event(conn, event_id)
        except LookupError:
            return None
        if not holds_event(conn, event_id):
            return None
        found = _Found(conn)
        signers = signers_of(events.ceremony(conn, event_id))
        made = [one for one in plans.plans(conn) if one.event_id == event_id]
        kinds = {held.certificate_kind, "project" if organisation.awards(conn, event_id) else ""}
        usual = [Plan(event_id, one) for one in kinds - {one.kind for one in made} if one]
        for one in sorted((*made, *usual), key=lambda one: one.kind):
            found.plan(one, one.signatories or signers)
        for row in register.register(conn, event_id=event_id):
            if row.wording is not None:
                found.issued(row.layout, (sha256 for _slot, sha256 in row.wording.pictures))
        for kind in PURPOSE:
            found.paper(kind, paper_templates_here(conn, kind)[0])
        office = facilitator.office(conn)
        return GuestPapers(
            office.id, office.name, "", tuple(found.templates), tuple(found.pages), found.files()
        )


def guest_card(store: Store, plan: Plan) -> TemplateCard | None:
    """The template of a plan that another office told, to be looked at and printed with; its
    ``made_by`` is that office. None where the plan's template is this office's, or not here."""
    with store.read() as conn:
        told, page = guest_papers(conn, plan.event_id), guest_template(conn, plan)
    if told is None or page is None:
        return None
    name = next(one.name for one in told.templates if one.id == plan.template)
    digest = template_digest(page)
    return TemplateCard(plan.template, name, page.purpose, page, digest, made_by=told.office)


def guest_assets(store: Store, event_id: str) -> tuple[Asset, ...]:
    """The pictures that another office told of its event; none of one that this office holds."""
    with store.read() as conn:
        if guest_papers(conn, event_id) is None:
            return ()
        return tuple(one for kind in KINDS for one in asset.assets_at(conn, event_id, kind))


@dataclass
class _Found:
    conn: Connection
    templates: list[GuestTemplate] = field(default_factory=list)
    pages: dict[str, None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    """SHA-256 of every file that is needed."""
    layouts: set[str] = field(default_factory=set)

    def plan(self, one: Plan, signers: Sequence[Signer]) -> None:
        """What certificates would be issued with today."""
        try:
            page = template_for(self.conn, one)
        except TemplateLost:
            return
        self._page(page)
        for _slot, sha256 in slot_pictures(self.conn, page, one, signers):
            self.named[sha256] = None
        if one.template and one.template not in shipped_templates():
            name = templates.template(self.conn, one.template).name
            self.templates.append(GuestTemplate(one.template, name, template_digest(page)))

    def paper(self, kind: PaperKind, card: TemplateCard) -> None:
        """What a paper of the office is drawn by."""
        self._page(card.template)
        slots = office_slots(self.conn)
        self.named |= {slots[one]: None for one in slots_of(card.template) if one in slots}
        if not card.shipped:
            self.templates.append(GuestTemplate(paper_ref(kind), card.name, card.digest))

    def issued(self, layout: str, pictures: Iterable[str]) -> None:
        """What a certificate was issued with."""
        self.named |= dict.fromkeys(one for one in pictures if one)
        if layout in self.layouts:
            return
        self.layouts.add(layout)
        try:
            page = template_of(self.conn, layout)
        except TemplateLost:
            return
        if page is not None:
            self._page(page)

    def _page(self, page: Template) -> None:
        digest = template_digest(page)
        body = templates.body_of(self.conn, digest)
        if body and len(body.encode()) <= LARGEST_PAGE and len(self.pages) < MOST_PAGES:
            self.pages[digest] = None
        self.named |= dict.fromkeys(sorted(named_in(page)[0]))
        self.named |= dict.fromkeys(
            sha256 for _face, sha256 in faces_now(self.conn, page) if sha256
        )

    def files(self) -> tuple[GuestFile, ...]:
        """The files that are needed and are here, as the office calls them.

        Emblems stand in slots by their order: with one go all that stand before it.
        """
        held = asset.assets(self.conn)
        emblems = [one.sha256 for one in held if one.kind == "emblem"]
        for place, sha256 in enumerate(emblems):
            if sha256 in self.named:
                self.named |= dict.fromkeys(emblems[:place])
        rows = [one for one in held if one.sha256 in self.named and one.here]
        found = [
            GuestFile(one.sha256, one.kind, one.label, one.mime, one.size, one.width, one.height)
            for one in rows
        ]
        for sha256 in sorted(set(self.named) - {one.sha256 for one in rows}):
            kept = attachment.kept(self.conn, sha256)
            if kept is not None and may_be_told(self.conn, sha256):
                found.append(GuestFile(sha256, "", "", "", kept.size))
        told: list[GuestFile] = []
        left = MOST_BYTES
        for one in found:
            if one.size <= min(left, LARGEST_FILE) and len(told) < MOST_FILES:
                told.append(one)
                left -= one.size
        return tuple(told)

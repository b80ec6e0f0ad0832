# SPDX-License-Identifier: Apache-2.0
"""Everything the page of template and words shows of one event, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop.actions.certificate_field import Unshown, unshown
from desktop.actions.certificate_list import CertificateList, certificate_list
from desktop.i18n import _, ngettext
from desktop.model.certificate import Wording
from desktop.model.plan import Plan
from desktop.model.template import Image, Ornament, Template
from desktop.ui.parts.plan_gallery import Offer
from desktop.ui.tables.recipient import Recipient

if TYPE_CHECKING:
    from desktop.actions.asset import Asset
    from desktop.actions.template import TemplateCard
    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan of an event and kind, with what is usual and what there is to choose from."""

    held: CertificateList
    plan: Plan
    usual: Wording
    template: str
    """The template in use, also where the plan says only "as usual"."""
    cards: tuple[TemplateCard, ...]
    assets: tuple[Asset, ...]
    fields: Mapping[str, Mapping[str, str]]
    lender: str = ""
    """The office whose template is in use, where that is another one."""

    def theirs(self, ref: str) -> str:
        """What is said to whoever wants to change a template of another office; else empty."""
        if not self.lender or ref != self.template:
            return ""
        words = _(
            "This template is of {office}: it is changed there. Here the certificates of the "
            "event are looked at and printed with it."
        )
        return words.format(office=self.lender)

    @property
    def issued(self) -> int:
        """How many certificates of this kind are issued already."""
        return sum(line.issued for line in self.held.lines)

    @property
    def _card(self) -> TemplateCard | None:
        return next((one for one in self.cards if one.id == self.template), None)

    @property
    def slots(self) -> frozenset[str]:
        """The slots that the template in use has a place for."""
        card = self._card
        return slots_of(card.template) if card is not None else frozenset({"emblem"})

    @property
    def unshown(self) -> Unshown | None:
        """What is noted of recipients and the template in use has no place for."""
        card = self._card
        return unshown(card.template, self.held.lines) if card is not None else None


def slots_of(template: Template) -> frozenset[str]:
    """The slots for pictures that a template has a place for."""
    return frozenset(
        one.slot for one in template.elements if isinstance(one, Image | Ornament) and one.slot
    )


def read_plan(store: Store, event_id: str, kind: str) -> PlanView | None:
    """Read it; None when there is no such event or it gives no certificates."""
    from desktop.actions.asset import assets
    from desktop.actions.hall_paper import guest_assets, guest_card
    from desktop.actions.plan import plan, recipient_fields, usual_words
    from desktop.actions.template import template_card, templates
    from desktop.actions.template_choice import usual_template

    held = certificate_list(store, event_id, None, kind)
    if held is None:
        return None
    found = plan(store, event_id, held.kind)
    template = found.template or usual_template(held.kind)
    cards = templates(store, "certificate")
    theirs = guest_card(store, found)
    if theirs is not None:
        cards = (theirs, *cards)
    elif template not in {one.id for one in cards}:
        # Withdrawn, but in use here; of one that is not on this computer nothing is known.
        with suppress(LookupError):
            cards = (*cards, template_card(store, template))
    return PlanView(
        held=held,
        plan=found,
        usual=usual_words(store, event_id, held.kind, found.language, held.issue_date),
        template=template,
        cards=cards,
        assets=(*guest_assets(store, event_id), *assets(store)),
        lender="" if theirs is None else theirs.made_by,
        fields=recipient_fields(store, event_id),
    )


def with_word(plan: Plan, name: str, text: str) -> Plan:
    """The plan with one of its ``WORDS`` otherwise."""
    words: dict[str, Any] = {name: text}
    return replace(plan, **words)


def offers_of(view: PlanView, plan: Plan, language: str) -> tuple[Offer, ...]:
    """The templates to choose from, in the words of the window's language.

    A small page is drawn anew when what stands on all of them changes.
    """
    common = hash((plan.language, plan.signatories, plan.issuers, plan.document_word))
    return tuple(
        Offer(
            card.id,
            (card.template.titles.get(language, "") if card.shipped else "") or card.name,
            _("Of {office}").format(office=view.lender)
            if view.lender and card.id == view.template
            else _whose(card),
            f"{card.digest}:{common}",
        )
        for card in view.cards
    )


def recipients_of(view: PlanView) -> tuple[Recipient, ...]:
    """Everybody who may get one, by seat, with what was typed for her alone."""
    return tuple(
        Recipient(
            line.key, line.seat, line.name, view.fields.get(line.key, {}),
            award=not line.person_id, frozen=line.issued,
        )
        for line in sorted(view.held.lines, key=lambda one: one.seat)
        if line.part != "aside"
    )  # fmt: skip


def issued_words(count: int) -> str:
    """What is said while some are issued already."""
    words = ngettext(
        "{count} certificate is issued already and stays as it is. What is changed here "
        "holds for those issued from now on.",
        "{count} certificates are issued already and stay as they are. What is changed here "
        "holds for those issued from now on.",
        count,
    )
    return words.format(count=count)


def nothing_words(*, event: bool) -> tuple[str, str]:
    """Headline and words where there is nothing to plan."""
    if event:
        return _("This event gives no certificates"), _(
            "Choose their kind with the event, then their template and words stand here."
        )
    return _("Template and words"), _(
        "Take an event in hand. Here you choose what its certificates look like and what they say."
    )


def _whose(card: TemplateCard) -> str:
    if card.has_draft:
        # Certificates have what was saved: whoever left the designer without it has to be told.
        return _("Changes not saved yet")
    if card.uses:
        words = ngettext("{count} printed with it", "{count} printed with it", card.uses)
        return words.format(count=card.uses)
    return _("Comes with the program") if card.shipped else _("Made by the office")

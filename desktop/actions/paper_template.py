# SPDX-License-Identifier: Apache-2.0
"""Which template a paper of the office is drawn by.

Of the office's own templates for a paper the one that was saved last is offered; an office that
made none gets the shipped one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.actions.asset import assets, assets_for
from desktop.actions.template import TemplateCard, template_card, templates
from desktop.model.paper import PURPOSE, USUAL, PaperKind, suits
from desktop.model.template import Filling, Template
from desktop.store.store import Store

Steps = Callable[[int, int], None]


def paper_templates(store: Store, kind: PaperKind) -> tuple[TemplateCard, ...]:
    """The templates a paper can be drawn by, the one that is offered first."""
    cards = [card for card in templates(store, PURPOSE[kind]) if suits(card.template, kind)]
    own = sorted((card for card in cards if not card.shipped), key=_newest, reverse=True)
    shipped = sorted(
        (card for card in cards if card.shipped), key=lambda one: one.id != USUAL[kind]
    )
    return (*own, *shipped)


def _newest(card: TemplateCard) -> str:
    return card.made_at


def paper_template(store: Store, kind: PaperKind, ref: str = "") -> Template:
    """The template ``ref`` (id or shipped name), or the one that is offered when it is empty."""
    if ref:
        found = template_card(store, ref).template
        if suits(found, kind):
            return found
    return paper_templates(store, kind)[0].template


def office_pictures(store: Store) -> dict[str, str]:
    """The office's emblems by their slots, for papers that show whose they are."""
    here = [one for one in assets(store, "emblem") if one.here]
    slots = ("emblem", "emblem:2", "emblem:3")
    return {slot: one.sha256 for slot, one in zip(slots, here, strict=False)}


def drawn(
    store: Store,
    template: Template,
    fillings: Sequence[Filling],
    title: str,
    progress: Steps | None = None,
) -> bytes:
    """The PDF of a paper. Raises ``PageProblem`` when a text does not fit."""
    from desktop.printing.template_page import pages_pdf

    return pages_pdf(
        template, fillings, assets=assets_for(store, template, fillings), title=title,
        progress=progress,
    )  # fmt: skip

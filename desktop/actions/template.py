# SPDX-License-Identifier: Apache-2.0
"""Templates (แบบพิมพ์) to choose from and to work on: the shipped ones and the office's own.

A shipped template is named by its name, the office's own by its id. Whoever changes a template
adds a revision; what certificates were issued with stays what it was, also when the template is
withdrawn, and a shipped one is kept with the first certificate that uses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from desktop.actions.done import Done, finished
from desktop.actions.template_choice import TemplateLost, TemplateProblem, parsed
from desktop.i18n import _, language
from desktop.model.template import Purpose, Template
from desktop.model.template_form import BadTemplate, read_template, template_digest, write_template
from desktop.store import facilitator
from desktop.store import template as rows
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.template import TemplateRow
from desktop.store.write import Write

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "Revision", "SavedMeanwhile", "TemplateCard", "TemplateDraft", "TemplateLost",
    "TemplateProblem", "bring_back", "copy", "create", "discard_draft", "draft_of", "drafts",
    "keep_draft", "put_new", "rename", "revision_template", "revisions", "save", "template_card",
    "templates", "title_of", "withdraw",
]  # fmt: skip

LONGEST_NAME: Final = 120
LARGEST: Final = 512 * 1024
"""Bytes of a template without its pictures."""


class SavedMeanwhile(TemplateProblem):
    """Somebody else saved the same template since it was opened; ``card`` is hers."""

    def __init__(self, sentence: str, card: TemplateCard) -> None:
        super().__init__(sentence)
        self.card = card


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """A template as a list or the designer shows it."""

    id: str
    """Id of an office's template, name of a shipped one."""
    name: str
    purpose: Purpose
    template: Template
    digest: str
    shipped: bool = False
    revision: str = ""
    """Id of the revision this is; empty for a shipped one."""
    made_at: str = ""
    """UTC instant of the revision."""
    made_by: str = ""
    """Name of whoever saved it."""
    uses: int = 0
    """Certificates that were issued with this very page."""
    has_draft: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of an office's template."""

    id: str
    digest: str
    made_at: str
    made_by: str
    after: str
    uses: int


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """What is on the designer's table and not saved."""

    template_id: str
    template: Template
    after: str
    """Id of the revision it began from; empty for none."""
    at: str
    by: str
    """Name of whoever works on it."""


# ---- what there is


def templates(
    store: Store, purpose: Purpose = "certificate", *, withdrawn: bool = False
) -> tuple[TemplateCard, ...]:
    """Templates to choose from: the shipped ones, then the office's by name.

    ``withdrawn`` adds those that are no longer offered. A template that only a newer version can
    read is left out.
    """
    with store.read() as conn:
        return templates_here(conn, purpose, withdrawn=withdrawn)


def templates_here(
    conn: Connection, purpose: Purpose, *, withdrawn: bool = False
) -> tuple[TemplateCard, ...]:
    """The same inside a transaction."""
    held = [row for row in rows.templates(conn, purpose) if withdrawn or not row.withdrawn]
    return (*_shipped(conn, purpose), *_cards(conn, held))


def template_card(store: Store, ref: str) -> TemplateCard:
    """One template, by id or by the name of a shipped one. ``LookupError`` when there is none."""
    with store.read() as conn:
        return card_of(conn, ref)


def card_of(conn: Connection, ref: str) -> TemplateCard:
    """The same inside a transaction."""
    from desktop.printing.template_shipped import shipped_templates

    shipped = shipped_templates()
    if ref in shipped:
        return next(one for one in _shipped(conn, shipped[ref].purpose) if one.id == ref)
    found = _cards(conn, [rows.template(conn, ref)])
    if not found:
        raise TemplateLost(_("This template is not on this computer yet. Send and fetch data."))
    return found[0]


def _shipped(conn: Connection, purpose: Purpose) -> list[TemplateCard]:
    from desktop.printing.template_shipped import shipped_templates

    held = {name: one for name, one in shipped_templates().items() if one.purpose == purpose}
    digests = {name: template_digest(one) for name, one in held.items()}
    uses = rows.uses(conn, list(digests.values()))
    return [
        TemplateCard(
            name, title_of(one), purpose, one, digests[name], True, uses=uses[digests[name]]
        )
        for name, one in held.items()
    ]


def title_of(template: Template) -> str:
    """What a template calls itself, in the language of the window if it can."""
    titles = template.titles
    return titles.get(language()) or titles.get("th") or next(iter(titles.values()), "")


def _cards(conn: Connection, held: Iterable[TemplateRow]) -> list[TemplateCard]:
    held = tuple(held)
    newest = rows.newest(conn, [row.id for row in held])
    bodies = rows.bodies(conn, [one.id for one in newest.values()])
    uses = rows.uses(conn, [one.digest for one in newest.values()])
    drafted = {one.template_id for one in rows.drafts(conn)}
    names = _Names(conn)
    made = []
    for row in held:
        one = newest.get(row.id)
        if one is None:
            continue
        try:
            template = parsed(bodies[one.id])
        except TemplateLost:
            continue
        made.append(
            TemplateCard(
                row.id, row.name, row.purpose, template, one.digest, False, one.id, one.made_at,
                names[one.made_by], uses[one.digest], row.id in drafted, row.withdrawn,
            )
        )  # fmt: skip
    return made


class _Names(dict[str, str]):
    """Names of facilitators by id, asked once each."""

    def __init__(self, conn: Connection) -> None:
        super().__init__()
        self._conn = conn

    def __missing__(self, by: str) -> str:
        found = facilitator.facilitator(self._conn, by)
        self[by] = "" if found is None else found.name
        return self[by]


def revisions(store: Store, template_id: str) -> tuple[Revision, ...]:
    """The revisions of an office's template, the one that is offered first."""
    with store.read() as conn:
        held = rows.revisions(conn, template_id)
        uses = rows.uses(conn, [one.digest for one in held])
        names = _Names(conn)
        return tuple(
            Revision(
                one.id, one.digest, one.made_at, names[one.made_by], one.after, uses[one.digest]
            )
            for one in held
        )


def revision_template(store: Store, revision_id: str) -> Template:
    """The page of one revision. ``LookupError`` when there is none with this id."""
    with store.read() as conn:
        rows.revision(conn, revision_id)
        return parsed(rows.bodies(conn, [revision_id])[revision_id])


# ---- making and changing


def create(
    store: Store, by: str, name: str, template: Template, *, template_id: str = "", base: str = ""
) -> Done:
    """Keep a new template of the office; the value is its card. Undo takes it away.

    ``template_id`` is the one it was drafted under. Raises :class:`TemplateProblem`.
    """
    with store.write(by) as write:
        card = put_new(write, name, template, template_id=template_id, base=base)
    return finished(write, card)


def put_new(
    write: Write, name: str, template: Template, *, template_id: str = "", base: str = ""
) -> TemplateCard:
    """The same inside a transaction; returns its card."""
    row = TemplateRow(template_id or new_id(), template.purpose, _checked_name(name), base)
    body = _checked(template)
    rows.put_template(write, row)
    rows.put_revision(write, row.id, template_digest(template), body)
    rows.remove_draft(write, row.id)
    return card_of(write.conn, row.id)


def copy(store: Store, by: str, ref: str, name: str = "") -> Done:
    """A template of the office that begins as a copy of another; the value is its card."""
    with store.read() as conn:
        held = card_of(conn, ref)
        name = name if name.strip() else free_name(conn, held.name)
    return create(store, by, name, held.template, base=ref if held.shipped else held.digest)


def free_name(conn: Connection, name: str) -> str:
    """The name of a copy: that of its original with a number that no other has."""
    taken = {row.name for row in rows.templates(conn)}
    number = 2
    while (free := f"{name} ({number})") in taken:
        number += 1
    return free


def save(
    store: Store,
    by: str,
    template_id: str,
    template: Template,
    after: str,
    *,
    anyway: bool = False,
) -> Done:
    """Add a revision to an office's template; the value is its card.

    ``after`` is the revision the work began from. When another was saved meanwhile, it raises
    :class:`SavedMeanwhile`, or saves over it if ``anyway``; nothing that was saved is ever lost.
    A page that is as the newest adds nothing. Undo takes the revision back, unless a certificate
    was issued with it.
    """
    with store.write(by) as write:
        card = put_saved(write, template_id, template, after, anyway=anyway)
    return finished(write, card)


def put_saved(
    write: Write, template_id: str, template: Template, after: str, *, anyway: bool = False
) -> TemplateCard:
    """The same inside a transaction; returns its card."""
    body, digest = _checked(template), template_digest(template)
    held = card_of(write.conn, template_id)
    if held.revision != after and held.digest != digest and not anyway:
        raise SavedMeanwhile(
            _(
                "{name} saved this template while you worked on it. Look at that one, or "
                "save yours over it; both stay in the list of revisions."
            ).format(name=held.made_by or _("Another colleague")),
            held,
        )
    if held.digest != digest:
        rows.put_revision(write, template_id, digest, body, held.revision)
    rows.remove_draft(write, template_id)
    return card_of(write.conn, template_id)


def rename(store: Store, by: str, template_id: str, name: str) -> Done:
    """Give an office's template another name."""
    with store.write(by) as write:
        put_name(write, template_id, name)
    return finished(write)


def put_name(write: Write, template_id: str, name: str) -> None:
    """The same inside a transaction."""
    named = replace(rows.template(write.conn, template_id), name=_checked_name(name))
    rows.put_template(write, named)


def withdraw(store: Store, by: str, template_id: str) -> Done:
    """Offer a template no longer. What was issued with it is printed with it as before."""
    return _set_withdrawn(store, by, template_id, withdrawn=True)


def bring_back(store: Store, by: str, template_id: str) -> Done:
    """Offer a withdrawn template again."""
    return _set_withdrawn(store, by, template_id, withdrawn=False)


def _set_withdrawn(store: Store, by: str, template_id: str, *, withdrawn: bool) -> Done:
    with store.write(by) as write:
        held = rows.template(write.conn, template_id)
        rows.put_template(write, replace(held, withdrawn=withdrawn))
    return finished(write)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise TemplateProblem(_("Give the template a name."))
    if len(name) > LONGEST_NAME:
        raise TemplateProblem(
            _("This name is too long: {most} letters at most.").format(most=LONGEST_NAME)
        )
    return name


def _checked(template: Template) -> str:
    """The text of a template that can be read again."""
    body = write_template(template)
    if len(body) > LARGEST:
        raise TemplateProblem(
            _("This template has too many parts. Make a background picture of some of them.")
        )
    try:
        read_template(body)
    except BadTemplate as wrong:
        raise TemplateProblem(
            _("A part of this template cannot be kept: {place}").format(place=wrong.where)
        ) from wrong
    return body.decode()


# ---- what is not saved yet


def keep_draft(store: Store, by: str, template_id: str, template: Template, after: str) -> None:
    """Keep what the designer holds, so that a power cut loses nothing. Never synced."""
    with store.write(by) as write:
        rows.put_draft(write, template_id, write_template(template).decode(), after)


def draft_of(store: Store, template_id: str) -> TemplateDraft | None:
    """What the designer held of a template when it was left; None for nothing."""
    return next((one for one in drafts(store) if one.template_id == template_id), None)


def drafts(store: Store) -> tuple[TemplateDraft, ...]:
    """Everything the designer holds, the last touched first."""
    with store.read() as conn:
        names = _Names(conn)
        return tuple(
            TemplateDraft(one.template_id, parsed(one.body), one.after, one.at, names[one.by])
            for one in rows.drafts(conn)
        )


def discard_draft(store: Store, by: str, template_id: str) -> TemplateDraft | None:
    """Forget what the designer holds of a template; returns it, to be kept again on undo."""
    held = draft_of(store, template_id)
    with store.write(by) as write:
        rows.remove_draft(write, template_id)
    return held

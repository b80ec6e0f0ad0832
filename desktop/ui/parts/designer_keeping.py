# SPDX-License-Identifier: Apache-2.0
"""Opens a template for the designer, keeps its draft while one works, and saves it.

A draft is kept a moment after each change, on this computer alone; Save makes a revision that
others get. What certificates were issued with is a revision that stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.model.template import Template
from desktop.ui.desk import Desk

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.template import Revision, TemplateCard
    from desktop.printing.template_page import Assets
    from desktop.store.store import Store

_SOON: Final = 700
"""Milliseconds after the last change until the draft is kept."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """What the pages need of the office: files, which picture stands in which slot, words."""

    assets: Assets
    pictures: Mapping[str, str]
    labels: Mapping[str, str]
    """What the office calls its pictures, by SHA-256."""
    faces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A template on the table."""

    card: TemplateCard
    draft: Template | None
    supplies: Supplies


class Keeping(QObject):
    """One template at a time."""

    opened = Signal(object)
    """``Opened``."""
    supplied = Signal(object)
    """``Supplies``, after files were put in."""
    stated = Signal(str, str)
    """An icon and words about how far the work is kept."""
    saved = Signal(object)
    """The ``TemplateCard`` of the revision."""
    clashed = Signal(object)
    """``SavedMeanwhile``: somebody else saved it."""
    lost = Signal(str)
    """A sentence: the template cannot be opened."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.card: TemplateCard | None = None
        self._waiting: Template | None = None
        self._kept: Template | None = None
        """What is on the disk, as a draft or saved."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.flush)

    @property
    def busy(self) -> bool:
        """Whether something is not kept yet."""
        return self._waiting is not None

    def open(self, ref: str) -> None:
        """Open a template of the office. Of a shipped one a copy is made and opened."""

        def question(store: Store) -> Opened:
            from desktop.actions.template import draft_of, template_card

            card = template_card(store, ref)
            draft = None if card.shipped else draft_of(store, ref)
            template = draft.template if draft is not None else card.template
            same = draft is None or draft.template == card.template
            return Opened(card, None if same else template, supplies_of(store, template))

        def then(found: Opened) -> None:
            if found.card.shipped:
                self.copy(ref)
                return
            self.card = found.card
            self._waiting = None
            self._kept = found.draft or found.card.template
            self.opened.emit(found)

        def failed(error: Exception) -> None:
            if isinstance(error, LookupError):
                self.lost.emit(_("This template is not here any more."))
            elif isinstance(error, Problem):
                self.lost.emit(str(error))
            else:
                self._desk.fail(error)

        store = self._desk.store
        # Fonts and pictures are read too: not on the lane of questions.
        self._desk.tasks.run("slow", self, lambda: question(store), then, failed, latest="open")

    def copy(self, ref: str, then: Callable[[TemplateCard], object] | None = None) -> None:
        """Make a copy of a template for the office, and open it unless ``then`` says otherwise."""

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template import copy

            return copy(store, by, ref)

        self._desk.act(
            self,
            action,
            lambda done: (then or (lambda card: self.open(card.id)))(done.value),
            lambda done: _("A copy was made: {name}").format(name=done.value.name),
        )

    # ── the draft ────────────────────────────────────────────────────────────────────────────

    def keep_soon(self, template: Template) -> None:
        """Keep this as the draft, when typing and dragging have come to rest."""
        if template == self._kept:
            self._waiting = None
            self._soon.stop()
            return
        self._waiting = template
        self._soon.start()

    def flush(self) -> None:
        """Keep the draft now."""
        self._soon.stop()
        template, card = self._waiting, self.card
        if template is None or card is None:
            return
        self._waiting, self._kept = None, template
        by, store, desk = self._desk.by, self._desk.store, self._desk

        def work() -> None:
            from desktop.actions.template import discard_draft, keep_draft

            if template == card.template:
                discard_draft(store, by, card.id)
            else:
                keep_draft(store, by, card.id, template, card.revision)

        def then(_nothing: None) -> None:
            if self.card is card and self._waiting is None:
                self._state(template)

        desk.tasks.run("store", self, work, then, desk.fail)

    def _state(self, template: Template) -> None:
        card = self.card
        if card is None:
            return
        same = template == card.template
        if card.uses:
            words = (
                ngettext(
                    "{count} certificate was issued with this version: it stays. Saving makes a "
                    "new version.",
                    "{count} certificates were issued with this version: it stays. Saving makes "
                    "a new version.",
                    card.uses,
                ).format(count=card.uses)
                if same
                else ngettext(
                    "Draft. The version that {count} certificate was issued with stays.",
                    "Draft. The version that {count} certificates were issued with stays.",
                    card.uses,
                ).format(count=card.uses)
            )
            self.stated.emit("lock" if same else "pencil", words)
        elif same:
            self.stated.emit("circle-check", _("Saved"))
        else:
            self.stated.emit("pencil", _("Draft kept on this computer"))

    def state(self, template: Template) -> None:
        """Say how far the work is kept."""
        self._state(template)

    # ── saving ───────────────────────────────────────────────────────────────────────────────

    def save(self, template: Template, *, anyway: bool = False) -> None:
        """Save a revision, for everybody in the office."""
        card = self.card
        if card is None:
            return
        self._soon.stop()
        self._waiting = None

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template import save

            return save(store, by, card.id, template, card.revision, anyway=anyway)

        def then(done: Done) -> None:
            self.card = done.value
            self._kept = template
            self._state(template)
            self.saved.emit(done.value)

        def failed(problem: Problem) -> None:
            from desktop.actions.template import SavedMeanwhile

            self.keep_soon(template)
            if isinstance(problem, SavedMeanwhile):
                self.clashed.emit(problem)
            else:
                self._desk.trouble.emit(str(problem))

        self._desk.act(
            self,
            action,
            then,
            lambda done: _("Saved as a version: {name}").format(name=done.value.name),
            failed,
        )

    def rename(self, name: str) -> None:
        """Give the template another name."""
        card = self.card
        if card is None or not name.strip() or name.strip() == card.name:
            return

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template import rename

            return rename(store, by, card.id, name)

        def then(_done: Done) -> None:
            if self.card is not None and self.card.id == card.id:
                self.card = replace(self.card, name=" ".join(name.split()))

        self._desk.act(self, action, then, _("The name was changed"))

    def versions(self, then: Callable[[tuple[Revision, ...]], object]) -> None:
        """Ask for all versions of the template, the newest first."""
        card = self.card
        if card is None:
            return
        ref = card.id

        def question(store: Store) -> tuple[Revision, ...]:
            from desktop.actions.template import revisions

            return revisions(store, ref)

        self._desk.look(self, question, then, latest="versions")

    def version(self, revision_id: str, then: Callable[[Template], object]) -> None:
        """Ask for the page of one version."""

        def question(store: Store) -> Template:
            from desktop.actions.template import revision_template

            return revision_template(store, revision_id)

        self._desk.look(self, question, then, latest="version")

    def resupply(self, template: Template) -> None:
        """Read the office's files again: one was put in."""
        store = self._desk.store
        self._desk.tasks.run(
            "slow",
            self,
            lambda: supplies_of(store, template),
            self.supplied.emit,
            self._desk.fail,
            latest="supplies",
        )


def supplies_of(store: Store, template: Template) -> Supplies:
    """Files of the office for a template and its samples. For a thread.

    The first emblem and the signatures in their order stand in the slots; three emblems where
    there are as many. Two would stand beside each other, and not where they are designed.
    """
    from desktop.actions.asset import FileLost, assets, content, named_in
    from desktop.printing.template_page import Assets, face_names

    held = assets(store)
    slots: dict[str, str] = {}
    emblems = sum(one.kind == "emblem" for one in held)
    for kind, most in (("emblem", 3 if emblems > 2 else 1), ("signature", 3)):
        for number, one in enumerate([it for it in held if it.kind == kind][:most], 1):
            slots["emblem" if kind == "emblem" and number == 1 else f"{kind}:{number}"] = (
                one.sha256
            )
    wanted = {one.sha256 for one in held if one.kind != "font"} & {
        *slots.values(),
        *named_in(template)[0],
    }
    files: dict[str, bytes] = {}
    faces: list[tuple[str, bytes]] = []
    for one in held:
        if one.sha256 not in wanted and one.kind != "font":
            continue
        try:
            data = content(store, one.sha256)
        except FileLost:
            continue
        if one.kind == "font":
            faces.append((one.label, data))
        else:
            files[one.sha256] = data
    made = Assets(files)
    for name, data in faces:
        made.register_face(name, data)
    labels = {one.sha256: one.label for one in held}
    return Supplies(made, slots, labels, face_names(made))

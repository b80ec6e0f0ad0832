# SPDX-License-Identifier: Apache-2.0
"""Opens a template for the designer, keeps its draft while one works, and saves it.

A draft is kept a moment after each change, on this computer alone; Save makes a revision that
others get. What certificates were issued with is a revision that stays.

A shipped template is looked at as it is. The first change makes a copy of the office, and taking
all changes back takes the copy back: what the bar says is what there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.model.template import Purpose, Template
from desktop.model.template_history import Work
from desktop.ui.desk import Desk
from desktop.ui.parts.designer_supplies import Supplies, supplies_of

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.template import Revision, TemplateCard
    from desktop.actions.template_work import Begun, PlanKey
    from desktop.store.store import Store

_SOON: Final = 700
"""Milliseconds after the last change until the draft is kept."""


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
    named = Signal()
    """What is on the table is called otherwise, or is another one: a copy, the original again."""
    copied = Signal(object)
    """The ``TemplateCard`` of the copy that the first change of a shipped template has made."""
    returned = Signal()
    """All was taken back, and the copy with it."""
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
        """What is on the table: of a shipped one its own, or its copy's while there is one."""
        self.opened_ref = ""
        """What was asked for when it was opened."""
        self.saved_here = False
        """Whether a revision was saved since."""
        self._begun: Begun | None = None
        self._plan: PlanKey | None = None
        self._waiting: Work | None = None
        self._kept: Work | None = None
        """What is on the disk, as a draft or saved."""
        self._acting = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.flush)

    @property
    def busy(self) -> bool:
        """Whether something is not kept yet."""
        return self._waiting is not None or self._acting > 0

    @property
    def shipped(self) -> TemplateCard | None:
        """The shipped template that the work began from, until a version is saved."""
        return self._begun.card if self._begun is not None and self._begun.card.shipped else None

    def open(self, ref: str, plan: PlanKey | None = None) -> None:
        """Open a template as it is. ``plan``: certificates that have it once it is saved."""

        def question(store: Store) -> Opened:
            from desktop.actions.template import draft_of, template_card

            card = template_card(store, ref)
            draft = None if card.shipped else draft_of(store, ref)
            template = draft.template if draft is not None else card.template
            same = draft is None or draft.template == card.template
            return Opened(card, None if same else template, supplies_of(store, template))

        self._open(question, plan)

    def open_empty(self, purpose: Purpose, name: str) -> None:
        """Open a page with nothing on it; it is kept as soon as something is."""

        def question(store: Store) -> Opened:
            from desktop.actions.template_work import empty_page

            card = empty_page(purpose, name)
            return Opened(card, None, supplies_of(store, card.template))

        self._open(question)

    def _open(self, question: Callable[[Store], Opened], plan: PlanKey | None = None) -> None:
        def then(found: Opened) -> None:
            self.card, self._plan = found.card, plan
            self.opened_ref, self.saved_here = found.card.id, False
            self._begun = None
            self._begin(found.card)
            self._waiting = None
            self._kept = Work(found.draft or found.card.template)
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

    def _begin(self, card: TemplateCard, named: str = "") -> None:
        from desktop.actions.template_work import Begun
        from desktop.store.ids import new_id

        if card.shipped:
            self._begun = Begun(card, new_id())
        else:
            usual = self._begun.usual if named and self._begun is not None else card.name
            self._begun = Begun(card, "", named, usual)

    def name_of(self, work: Work) -> str:
        """What the work is called."""
        if work.name or self._begun is None or self.card is None:
            return work.name
        if self.shipped is not None and work == Work(self.shipped.template):
            return self.shipped.name
        return self._begun.usual or self.card.name

    def ref_of(self, work: Work) -> str:
        """Which template holds the work: of a shipped one that was changed, the copy."""
        if self._begun is None:
            return self.opened_ref
        changed = self._begun.copy_id and work != Work(self._begun.card.template)
        return self._begun.copy_id if changed else self._begun.card.id

    def copy(self, ref: str, then: Callable[[TemplateCard], object]) -> None:
        """Make a copy of a template for the office."""

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template import copy

            return copy(store, by, ref)

        self._desk.act(
            self,
            action,
            lambda done: then(done.value),
            lambda done: _("A copy was made: {name}").format(name=done.value.name),
        )

    # ── what is not saved ────────────────────────────────────────────────────────────────────

    def keep_soon(self, work: Work) -> None:
        """Keep this as the draft, when typing and dragging have come to rest."""
        if work == self._kept:
            self._waiting = None
            self._soon.stop()
            return
        self._waiting = work
        self._soon.start()

    def flush(self) -> None:
        """Keep the draft now."""
        self._soon.stop()
        work, begun = self._waiting, self._begun
        if work is None or begun is None:
            return
        self._waiting, self._kept = None, work
        self._begun = replace(begun, named=work.name)

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template_work import keep_work

            return keep_work(store, by, begun, work)

        def then(done: Done) -> None:
            self._acting -= 1
            if self._is(begun):
                self._turn(done.value)
                if self._waiting is None:
                    self.state(work)

        def failed(problem: Exception) -> None:
            self._acting -= 1
            if self._is(begun) and self._waiting is None:
                # Tried again with the next change, or when the table is left.
                self._begun, self._waiting, self._kept = begun, work, None
            self._desk.fail(problem)

        self._acting += 1
        self._desk.act(self, action, then, failed=failed)

    def _is(self, begun: Begun) -> bool:
        """Whether that work is still on the table."""
        now = self._begun
        return now is not None and (now.card, now.copy_id) == (begun.card, begun.copy_id)

    def _turn(self, card: TemplateCard) -> None:
        """What is kept is this one now."""
        before, self.card = self.card, card
        if not card.shipped and self.shipped and self._begun and not self._begun.named:
            self._begun = replace(self._begun, usual=card.name)
        if before is None or (before.id, before.name) == (card.id, card.name):
            return
        self.named.emit()
        if before.shipped and not card.shipped:
            self.copied.emit(card)
        elif card.shipped and not before.shipped:
            self.returned.emit()

    def unsaved(self, template: Template) -> bool:
        """Whether there is something to save."""
        return self.card is not None and template != self.card.template

    def state(self, work: Work) -> None:
        """Say what is on the table, and how far it is kept."""
        card, shipped = self.card, self.shipped
        if card is None:
            return
        same = work.template == card.template
        if card.shipped and not card.id:
            self.stated.emit("pencil", _("Nothing is kept as long as the page is empty."))
        elif card.shipped:
            self.stated.emit(
                "lock", _("Comes with the program. What you change is kept as your office's copy.")
            )
        elif shipped is not None and shipped.id:
            words = (
                _("Your office's copy of “{name}”")
                if same
                else _("Your office's copy of “{name}”, not saved yet")
            )
            self.stated.emit("circle-check" if same else "pencil", words.format(name=shipped.name))
        elif card.uses:
            self._state_used(card.uses, same=same)
        elif same:
            self.stated.emit("circle-check", _("Saved"))
        else:
            self.stated.emit("pencil", _("Draft kept on this computer"))

    def _state_used(self, uses: int, *, same: bool) -> None:
        words = (
            ngettext(
                "{count} certificate was issued with this version: it stays. Saving makes a "
                "new version.",
                "{count} certificates were issued with this version: it stays. Saving makes "
                "a new version.",
                uses,
            )
            if same
            else ngettext(
                "Draft. The version that {count} certificate was issued with stays.",
                "Draft. The version that {count} certificates were issued with stays.",
                uses,
            )
        )
        self.stated.emit("lock" if same else "pencil", words.format(count=uses))

    # ── saving ───────────────────────────────────────────────────────────────────────────────

    def save(self, work: Work, *, anyway: bool = False) -> None:
        """Save a revision, for everybody in the office."""
        card, begun, plan = self.card, self._begun, self._plan
        if card is None or begun is None:
            return
        self._soon.stop()
        self._waiting = None
        after = "" if card.shipped else card.revision

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template_work import save_work

            return save_work(store, by, begun, work, after, anyway=anyway, plan=plan)

        def then(done: Done) -> None:
            self._acting -= 1
            if not self._is(begun):
                return
            self.card, self.saved_here = done.value, True
            self._begin(done.value, work.name)
            self._kept = work
            self.state(work)
            self.saved.emit(done.value)

        def failed(problem: Problem) -> None:
            from desktop.actions.template import SavedMeanwhile

            self._acting -= 1
            self.keep_soon(work)
            if isinstance(problem, SavedMeanwhile):
                self.clashed.emit(problem)
            else:
                self._desk.trouble.emit(str(problem))

        said = (
            _("Saved as a version: {name}. The certificates have it from now on.")
            if plan is not None
            else _("Saved as a version: {name}")
        )
        self._acting += 1
        self._desk.act(
            self,
            action,
            then,
            lambda done: said.format(name=done.value.name),
            failed,
            page_undoes=True,
        )

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

# SPDX-License-Identifier: Apache-2.0
"""Template and words (แบบและถ้อยคำ) of the certificates of an event, beside the page itself.

Each thing is kept as soon as it is left, and taken back with Ctrl+Z. ``arrive`` may bring the
kind of certificate, or ``{"kind": …, "tab": …, "template": …}``: the template is chosen, unless it
comes with ``"saved": False``; ``"look"`` is the one the cursor goes to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _, language, ngettext
from desktop.model.plan import WORDS, Language, Plan
from desktop.store import codelist
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.plan_gallery import Gallery
from desktop.ui.parts.plan_issuing import PlanIssuing, ask_picture
from desktop.ui.parts.plan_preview import PlanPreview, draw
from desktop.ui.parts.plan_reading import (
    PlanView,
    issued_words,
    nothing_words,
    offers_of,
    read_plan,
    recipients_of,
    with_word,
)
from desktop.ui.parts.plan_words import PlanWords
from desktop.ui.parts.recipient_grid import RecipientGrid
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.hurdle import Hurdle
from desktop.ui.widgets.scroll import Scroll, padded

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store

_TABS: Final = {
    "template": N_("Template"),
    "words": N_("Words"),
    "issuing": N_("Issuers and signatures"),
    "recipients": N_("One by one"),
}


class PlanPage(Page):
    """What the certificates of the event in hand look like and say."""

    noun = "plan"
    word = N_("Template and words")
    icon = "stamp"
    watches = frozenset(
        {"certificates", "templates", "assets", "events", "roster", "people", "awards", "office"}
    )
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view: PlanView | None = None
        self._plan: Plan | None = None
        self._kind = ""
        self._wanted = ""  # a template to choose as soon as it is offered
        self._look = ""  # and one to go to
        self.done = self.command(
            _("To the certificates"), self._press_done, "Ctrl+Return", "award"
        )
        self.design = self.command(
            _("Change this template"), self._press_design, "Ctrl+E", "pencil"
        )
        self.all = self.command(_("All templates"), self._press_all, "Ctrl+T", "layout-grid")
        self._whole = QWidget(self)
        self.hurdle = Hurdle(self._whole)
        self.kinds = Choice(parent=self._whole)
        self.kinds.setAccessibleName(_("Kind of certificate"))
        self.kinds.chose.connect(self._choose_kind)
        self.tabs = QButtonGroup(self)
        self.preview = PlanPreview(desk, self._whole)
        self.gallery = Gallery(desk.tasks, self._whole)
        self.preview.drawn.connect(self.gallery.begin)
        self.gallery.chose.connect(self._choose_template)
        self.gallery.moved.connect(lambda _ref: self._show_commands())
        self.words = PlanWords(self._whole)
        self.words.edited.connect(self._keep_word)
        self.words.typed.connect(self._typing)
        self.words.language.chose.connect(self._choose_language)
        self.words.proof.clicked.connect(self._choose_proof)
        self.issuing = PlanIssuing(self._whole)
        self.issuing.edited.connect(lambda plan: self._keep(plan, _("Who issues it is kept")))
        self.issuing.picture_wanted.connect(self._choose_picture)
        self.recipients = RecipientGrid(self._whole)
        self.recipients.typed.connect(self._keep_fields)
        self.recipients.moved.connect(self.preview.show_key)
        self._lay()

    def _lay(self) -> None:
        self._stack_left = QStackedLayout()
        words, issuing = (
            Scroll(padded(inside), self._whole) for inside in (self.words, self.issuing)
        )
        for view in (self.gallery, words, issuing, self.recipients):
            self._stack_left.addWidget(view)
        row = QHBoxLayout()
        row.setSpacing(4)
        for place, (tab, word) in enumerate(_TABS.items()):
            button = Button(_(word), kind="choice", key=f"Alt+{place + 1}", parent=self._whole)
            button.setCheckable(True)
            button.setProperty("value", tab)
            self.tabs.addButton(button, place)
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.kinds)
        self.tabs.idClicked.connect(self._turn)
        self._left = QWidget(self._whole)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(self._stack_left, 1)
        across = self._across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self._left)
        across.addWidget(self.preview)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.hurdle)
        column.addLayout(across, 1)
        events = self.command(_("Go to events"), lambda: self.go.emit("events", None))
        self._empty = Empty("stamp", "", "", (events,), self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._empty)
        self._turn(0)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Template and words")

    def subtitle(self) -> str:
        return "" if self._view is None else self._view.held.event.name

    def place(self) -> str:
        return "certificates"

    def arrive(self, what: object) -> None:
        asked: Mapping[str, Any] = what if isinstance(what, Mapping) else {"kind": what}
        kind = asked.get("kind")
        if isinstance(kind, str) and kind and kind != self._kind:
            self._kind = kind
            self.reload()
        wanted, look = asked.get("template"), asked.get("look")
        if isinstance(wanted, str) and wanted and asked.get("saved") is not False:
            self._wanted = wanted
        if isinstance(look, str):
            self._look = look
        if self._wanted or self._look:
            self.reload()
        tab = asked.get("tab")
        if tab in _TABS:
            self._turn(list(_TABS).index(str(tab)))

    def event_changed(self, event_id: str) -> None:
        self._kind, self._plan, self._view = "", None, None
        super().event_changed(event_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """What is being typed is kept when the field is left: leave it."""
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            here.clearFocus()

    def reload(self) -> None:
        event_id, kind = self.desk.event_id, self._kind

        def read(store: Store) -> PlanView | None:
            return read_plan(store, event_id, kind) if event_id else None

        self.desk.look(self, read, self._take, latest="plan")

    def _take(self, view: PlanView | None) -> None:
        self._view = view
        if view is None:
            self._show_empty()
            return
        self._kind, self._plan = view.held.kind, view.plan
        self._stack.setCurrentWidget(self._whole)
        self.kinds.setVisible(len(view.held.kinds) > 1)
        self.kinds.set_options(
            [(kind, codelist.word("cert_kind", kind)) for kind in view.held.kinds], view.held.kind
        )
        self._show_plan()
        self._show_recipients()
        self._warn()
        self.preview.again()
        wanted, self._wanted = self._wanted, ""
        offered = {card.id for card in view.cards}
        if wanted in offered:
            if wanted != view.template:
                self._choose_template(wanted)
            self.gallery.go_to(wanted)
        if self._look in offered:
            self.gallery.go_to(self._look)
            self._look = ""

    def _show_empty(self) -> None:
        self._stack.setCurrentWidget(self._empty)
        self._plan = None
        self.primary, self.secondary = None, ()
        self._empty.say(*nothing_words(event=bool(self.desk.event_id)))
        self.header_changed.emit()

    def _show_plan(self) -> None:
        view, plan = self._view, self._plan
        if view is None or plan is None:
            return
        store, given = self.desk.store, view.held.issue_date
        line = max(view.held.lines, key=lambda one: len(one.name), default=None)
        offers = offers_of(view, plan, language())
        drawn = plan
        self.gallery.show_offers(
            offers, view.template, lambda ref: draw(store, drawn, line, given, ref).pdf
        )
        from desktop.actions.plan import DOCUMENT_WORDS

        own = {name: getattr(plan, name) for name in WORDS}
        usual = {name: str(getattr(view.usual, name)) for name in WORDS}
        self.words.show_words(own, usual, DOCUMENT_WORDS[plan.language])
        self.words.show_speech(plan.language, proof=plan.proof)
        self.issuing.show_plan(plan, view.usual, view.assets, view.slots)
        self.preview.show_plan(view.held, plan)
        self._show_commands()

    def _show_recipients(self) -> None:
        view = self._view
        if view is None:
            return
        self.recipients.show_rows(recipients_of(view))

    def _show_commands(self) -> None:
        self.primary = self.done
        self.secondary = (self.all, self.design) if self.tab == "template" else ()
        self.header_changed.emit()

    def _warn(self) -> None:
        view = self._view
        if view is not None and (lacking := view.unshown) is not None:
            self.hurdle.say(str(lacking), _("Choose a template"), lambda: self._turn(0))
        elif view is not None and view.issued:
            self.hurdle.say(issued_words(view.issued), _("Show"), self._press_done)
        else:
            self.hurdle.hide()

    # ── which part ───────────────────────────────────────────────────────────────────────────

    @property
    def tab(self) -> str:
        """The part that is shown."""
        return list(_TABS)[self._stack_left.currentIndex()]

    def _turn(self, place: int) -> None:
        self._stack_left.setCurrentIndex(place)
        self.tabs.button(place).setChecked(True)
        wide = self.tab == "recipients"
        self._across.setStretch(0, 2 if wide else 4)
        self._across.setStretch(1, 1 if wide else 5)
        self.preview.watch_row(self.tab == "recipients")
        shown = self._stack_left.currentWidget()
        if shown is not None:
            self.setFocusProxy(shown)
        self._show_commands()

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def _keep(self, plan: Plan, said: str) -> None:
        """Keep a plan; it is shown at once, and as it was again when that fails."""
        if plan == self._plan:
            return
        self._plan = plan
        self._show_plan()

        def action(store: Store, by: str) -> Done:
            from desktop.actions.plan import keep_plan

            return keep_plan(store, by, plan)

        def failed(problem: Exception) -> None:
            self.desk.fail(problem)
            self.reload()

        self.desk.act(self, action, said=said, failed=failed)

    def _keep_word(self, name: str, text: str) -> None:
        if self._plan is not None:
            self._keep(with_word(self._plan, name, text), _("The words are kept"))

    def _typing(self, name: str, text: str) -> None:
        if self._plan is not None and self._view is not None:
            typed = with_word(self._plan, name, text)
            self.preview.show_plan(self._view.held, typed, typing=True)

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self.reload()

    def _choose_template(self, ref: str) -> None:
        if self._plan is None or self._view is None:
            return
        self._view = replace(self._view, template=ref)
        self._warn()
        card = next((one for one in self._view.cards if one.id == ref), None)
        name = card.name if card is not None else ""
        self._keep(
            replace(self._plan, template=ref),
            _("The certificates have the template {name}").format(name=name),
        )

    def _choose_language(self, code: Language) -> None:
        if self._plan is not None:
            self._keep(replace(self._plan, language=code), _("The language is kept"))

    def _choose_proof(self, on: bool) -> None:
        if self._plan is not None:
            said = _("With a QR code from now on") if on else _("Without a QR code from now on")
            self._keep(replace(self._plan, proof=on), said)

    def _keep_fields(self, changes: Mapping[tuple[str, str], str]) -> None:
        event_id = self.desk.event_id
        values: dict[str, dict[str, str]] = {}
        for (key, name), value in changes.items():
            values.setdefault(key, {})[name] = value

        def action(store: Store, by: str) -> Done:
            from desktop.actions.plan import keep_fields

            return keep_fields(store, by, event_id, values)

        count = len(changes)
        words = ngettext("{count} cell is kept", "{count} cells are kept", count)
        self.desk.act(self, action, said=words.format(count=count))

    def _choose_picture(self, kind: str, slot: str) -> None:
        chosen = ask_picture(self, kind)
        if chosen is not None:
            self.take_picture(chosen, kind, slot)

    def take_picture(self, path: Path, kind: str, slot: str) -> None:
        """Bring a picture in and put it where it was wanted."""
        label = path.stem
        if kind == "signature" and self._plan is not None:
            place = int(slot.partition(":")[2]) - 1
            people = self.issuing.people.rows
            label = people[place].name.plain() if place < len(people) else label

        def action(store: Store, by: str) -> Done:
            from desktop.actions.asset import import_asset

            return import_asset(store, by, kind, label, path.read_bytes())

        def then(done: Done) -> None:
            self.issuing.give_picture(slot, done.value.sha256)

        self.desk.act(self, action, then, said=_("The picture is kept"))

    def _press_done(self) -> None:
        self.go.emit("certificates", None)

    def _press_design(self) -> None:
        view = self._view
        ref = self.gallery.ref() or (view.template if view is not None else "")
        if view is not None and (refused := view.theirs(ref)):
            self.desk.said.emit(refused, True)
        elif ref:
            asked = {"template": ref, "back": ("plan", {"kind": self._kind})}
            self.go.emit("designer", {**asked, "plan": (self.desk.event_id, self._kind)})

    def _press_all(self) -> None:
        self.go.emit("designer", {"purpose": "certificate"})

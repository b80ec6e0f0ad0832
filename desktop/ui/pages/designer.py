# SPDX-License-Identifier: Apache-2.0
"""Designer (ออกแบบแบบพิมพ์): all templates, and one of them on the table.

``go("designer", {"template": ref})`` opens a template as it is; a shipped one becomes a copy of
the office with the first change. ``"plan": (event, kind)`` beside it: those certificates have it
as soon as it is saved. ``{"purpose": "badge"}`` shows the templates of a kind of paper; None
shows what was shown last. Who came with a template goes back to where she came from with Esc;
``"back": (noun, payload)`` says with what, and the payload is then told the ``template`` that is
in force (the one that was opened, unless another was ``saved``) and which one to ``look`` at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout

from desktop.i18n import N_, _
from desktop.model.template import PURPOSES, Template
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.designer_exchange import Exchange
from desktop.ui.parts.designer_gallery import Gallery, sample_pdf
from desktop.ui.parts.designer_words import PURPOSE_WORDS
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.template import TemplateCard
    from desktop.store.store import Store
    from desktop.ui.parts.designer_editor import Editor


class Designer(Page):
    """First all templates; then one, until Esc."""

    noun = "designer"
    word = N_("Design templates")
    icon = "layout-grid"
    watches = frozenset({"templates", "office"})
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._visiting = False
        self._back_to: tuple[str, object] | None = None
        self.edit = self.command("", self._press_edit, "", "pencil")
        self.new = self.command(_("New empty page"), self._press_new, "", "file-plus")
        self.copy = self.command(_("Make a copy"), self._press_copy, "", "copy")
        self.bring = self.command(_("Import…"), self._press_import, "", "file-up")
        self.give = self.command(_("Export…"), self._press_export, "", "file-down")
        self.withdraw = self.command("", self._press_withdraw, "", "trash-2")
        self.print = self.command(_("Print a test page"), self._press_print, "F5", "printer")
        self.save = self.command(_("Save"), self._press_save, "Ctrl+S", "save")
        for key, times in (("F7", 0.8), ("F8", 1.25)):
            self.command("", lambda times=times: self._zoom(times), key)  # type: ignore[misc]
        self.command("", self._fit, "F6")
        self.command("", self._turn_stock, "F4")
        self.gallery = Gallery(desk, (self.new, self.bring), self)
        self._editor: Editor | None = None
        self.dialog: Dialog | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.gallery)
        self.gallery.moved.connect(lambda _card: self._show_commands())
        self.gallery.chosen.connect(lambda _card: self._press_edit())
        self.setFocusProxy(self.gallery)
        self.exchange = Exchange(desk, self)
        self._show_commands()

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    @property
    def editor(self) -> Editor:
        """The table, made when it is first needed."""
        if self._editor is None:
            from desktop.ui.parts.designer_editor import Editor

            made = self._editor = Editor(self.desk, self)
            self._stack.addWidget(made)
            made.back_wanted.connect(self._leave)
            made.changed.connect(self._show_commands)
            made.keeping.opened.connect(lambda _found: self._show_editor())
            made.keeping.lost.connect(self._lost)
            made.keeping.copied.connect(self._copied)
            made.keeping.returned.connect(self._returned)
        return self._editor

    @property
    def editing(self) -> bool:
        """Whether one template is on the table."""
        return self._editor is not None and self._stack.currentWidget() is self._editor

    def title(self) -> str:
        card = self._card() if self.editing else None
        if card is None:
            return _("Templates")
        return self.editor.keeping.name_of(self.editor.bench.work)

    def subtitle(self) -> str:
        return "" if self.editing else _("What stands where on the paper of the office")

    def shows_title(self) -> bool:
        return self.editing

    def place(self) -> str:
        return "certificates"

    def arrive(self, what: object) -> None:
        if not isinstance(what, Mapping):
            return
        purpose = what.get("purpose")
        if purpose in PURPOSES:
            self.gallery.show_purpose(purpose)
        ref = what.get("template")
        if isinstance(ref, str):
            self._visiting = True
            back = what.get("back")
            self._back_to = back if isinstance(back, tuple) and len(back) == 2 else None
            plan = what.get("plan")
            self.editor.keeping.flush()
            self.editor.keeping.open(ref, plan if isinstance(plan, tuple) else None)
        elif self.editing:
            self._show_gallery()

    def reload(self) -> None:
        self.gallery.reload()

    def event_changed(self, event_id: str) -> None:
        """Templates are the office's, whatever event is in hand."""

    def back(self) -> bool:
        if not self.editing:
            return False
        if self.editor.canvas.cancel():
            return True
        focus = self.editor.focusWidget()
        canvas = self.editor.canvas
        if focus not in (None, canvas) and self.editor.bench.chosen:
            self.editor.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if self.editor.bench.chosen:
            self.editor.bench.choose(frozenset())
            return True
        self._leave()
        return True

    def undo(self) -> bool:
        if not self.editing:
            return False
        if not self.editor.bench.undo():
            self.desk.said.emit(_("There is nothing to undo."), False)
        return True

    def redo(self) -> bool:
        if not self.editing:
            return False
        if not self.editor.bench.redo():
            self.desk.said.emit(_("There is nothing to redo."), False)
        return True

    def end(self) -> None:
        if self._editor is not None:
            self._editor.keeping.flush()

    def _leave(self) -> None:
        """The draft is kept; back to where one came from."""
        keeping = self.editor.keeping
        keeping.flush()
        visiting, self._visiting = self._visiting, False
        card, saved = keeping.card, keeping.saved_here
        self._show_gallery()
        if card is not None and not card.shipped and self.editor.unsaved:
            self._say_unsaved(card)
        back, self._back_to = self._back_to, None
        if visiting and back is not None:
            noun, said = back
            if isinstance(said, Mapping) and card is not None:
                force = card.id if saved else keeping.opened_ref
                look = keeping.ref_of(self.editor.bench.work)
                said = {**said, "template": force, "saved": saved, "look": look}
            self.go.emit(noun, said)
        elif visiting:
            self.leave.emit()

    def _copied(self, card: TemplateCard) -> None:
        """A shipped template was changed: its copy is the office's."""
        if self.editing:
            shipped = self.editor.keeping.shipped
            words = (
                _("Your changes are kept in a copy of your office: {name}")
                if shipped is not None and shipped.id
                else _("Kept among the templates of your office: {name}")
            )
            self.desk.said.emit(words.format(name=card.name), True)
        else:
            self.gallery.show_one(card.id)
            self._say_unsaved(card)

    def _returned(self) -> None:
        if self.editing:
            shipped = self.editor.keeping.shipped
            words = (
                _("All changes are taken back, and the copy with them.")
                if shipped is not None and shipped.id
                else _("All changes are taken back. Nothing is kept.")
            )
            self.desk.said.emit(words, False)

    def _say_unsaved(self, card: TemplateCard) -> None:
        words = _("Not saved yet: {name}. Your changes wait on this computer.")
        self.desk.said.emit(words.format(name=card.name), False)

    def _show_gallery(self) -> None:
        if self._editor is not None and self.editor.keeping.card is not None:
            self.gallery.show_one(self.editor.keeping.ref_of(self.editor.bench.work))
        self._stack.setCurrentWidget(self.gallery)
        self.gallery.reload()
        self._show_commands()
        self.gallery.setFocus()

    def _show_editor(self) -> None:
        self._stack.setCurrentWidget(self.editor)
        self._show_commands()
        self.editor.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lost(self, sentence: str) -> None:
        self._visiting = False
        self.desk.trouble.emit(sentence)
        if self.editing:
            self._show_gallery()

    def _show_commands(self) -> None:
        card = self._card()
        own = card is not None and not card.shipped
        if self.editing:
            self.primary = self.save
            self.secondary = (self.give, self.print)
        else:
            self.edit.setText(
                _("Change this template") if own or card is None else _("Open this template")
            )
            self.withdraw.setText(
                _("Offer it again") if card is not None and card.withdrawn else _("Withdraw")
            )
            self.primary = self.edit if card is not None else None
            self.secondary = (
                (self.withdraw, self.copy, self.give, self.print) if card is not None else ()
            )
        self.save.setEnabled(self.editing and self.editor.unsaved)
        for action in (self.edit, self.copy, self.print):
            action.setEnabled(card is not None)
        self.give.setEnabled(card is not None and bool(card.id))
        self.withdraw.setEnabled(own)
        self.withdraw.setVisible(own)
        self.header_changed.emit()

    def _card(self) -> TemplateCard | None:
        return self.editor.keeping.card if self.editing else self.gallery.card()

    def _zoom(self, times: float) -> None:
        if self.editing:
            self.editor.nearer(times)

    def _fit(self) -> None:
        if self.editing:
            self.editor.fit_or_real()

    def _turn_stock(self) -> None:
        if self.editing:
            self.editor.turn_stock()

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def _press_edit(self) -> None:
        card = self.gallery.card()
        if card is not None and not self.editing:
            self.editor.keeping.open(card.id)

    def _press_copy(self) -> None:
        card = self.gallery.card()
        if card is not None and not self.editing:
            self.editor.keeping.copy(card.id, lambda made: self._look_at(made.id))

    def _look_at(self, ref: str) -> None:
        self.gallery.show_one(ref)
        self.gallery.reload()

    def _press_new(self) -> None:
        if self.editing:
            return
        purpose = self.gallery.purpose
        name = _("New: {kind}").format(kind=_(PURPOSE_WORDS[purpose]))
        self.editor.keeping.open_empty(purpose, name)

    def _press_withdraw(self) -> None:
        card = self.gallery.card()
        if card is None or card.shipped or self.editing:
            return

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template import bring_back, withdraw

            return (bring_back if card.withdrawn else withdraw)(store, by, card.id)

        said = _("{name} is offered again") if card.withdrawn else _("{name} was withdrawn")
        self.desk.act(self, action, None, said.format(name=card.name))

    def _press_save(self) -> None:
        if self.editing and self.editor.unsaved:
            self.editor.save()

    # ── files ────────────────────────────────────────────────────────────────────────────────

    def _press_import(self) -> None:
        self.exchange.choose(self.imported)

    def imported(self, card: TemplateCard) -> None:
        """Look at a template that came from a file."""
        self.gallery.show_purpose(card.purpose)
        self._look_at(card.id)

    def _press_export(self) -> None:
        card = self._card()
        if card is not None:
            self.exchange.give(card, self.editor.template if self.editing else None)

    # ── a test page ──────────────────────────────────────────────────────────────────────────

    def _press_print(self) -> None:
        card = self._card()
        if card is None:
            return
        store, name = self.desk.store, card.name
        template: Template = self.editor.template if self.editing else card.template
        look = self.editor.render_.look if self.editing else None
        self.desk.tasks.run(
            "slow",
            self,
            lambda: sample_pdf(store, template, sheet=True, look=look),
            lambda pdf: self._print(pdf, name),
            self.desk.fail,
            latest="test page",
        )

    def _print(self, pdf: bytes, name: str) -> None:
        from desktop.ui.paper import pdf_job

        dialog = PrintDialog(self, self.desk.tasks, pdf_job(pdf, name), saves=False)
        dialog.accepted.connect(
            lambda: self.desk.said.emit(_("Everything went to the printer"), False)
        )
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

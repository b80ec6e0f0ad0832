# SPDX-License-Identifier: Apache-2.0
"""Designer (ออกแบบแบบพิมพ์): all templates, and one of them on the table.

``go("designer", {"template": ref})`` opens a template of the office, or a copy of a shipped one;
``{"purpose": "badge"}`` shows the templates of a kind of paper; None shows what was shown last.
Who came with a template goes back to where she came from with Esc; ``"back": (noun, payload)``
says with what, and the payload is then told the ``template`` that was worked on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedLayout

from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.model.template import PURPOSES, Template
from desktop.model.template_new import blank
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.designer_gallery import Gallery, sample_pdf
from desktop.ui.parts.designer_words import PURPOSE_WORDS
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.template import TemplateCard
    from desktop.store.store import Store
    from desktop.ui.parts.designer_editor import Editor

_LARGEST: Final = 64 * 1024 * 1024


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
        self.gallery = Gallery(desk, (self.new, self.bring), self)
        self._editor: Editor | None = None
        self.dialog: Dialog | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.gallery)
        self.gallery.moved.connect(lambda _card: self._show_commands())
        self.gallery.chosen.connect(lambda _card: self._press_edit())
        self.setFocusProxy(self.gallery)
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
        return self._editor

    @property
    def editing(self) -> bool:
        """Whether one template is on the table."""
        return self._editor is not None and self._stack.currentWidget() is self._editor

    def title(self) -> str:
        card = self._card() if self.editing else None
        return card.name if card is not None else _("Templates")

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
            self.editor.keeping.flush()
            self.editor.keeping.open(ref)
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
        self.editor.keeping.flush()
        visiting, self._visiting = self._visiting, False
        self._show_gallery()
        back, self._back_to = self._back_to, None
        card = self.editor.keeping.card
        if visiting and back is not None:
            noun, said = back
            if isinstance(said, Mapping) and card is not None:
                said = {**said, "template": card.id}
            self.go.emit(noun, said)
        elif visiting:
            self.leave.emit()

    def _show_gallery(self) -> None:
        card = self.editor.keeping.card if self._editor is not None else None
        if card is not None:
            self.gallery.show_one(card.id)
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
                _("Change this template")
                if own or card is None
                else _("Copy it and change the copy")
            )
            self.withdraw.setText(
                _("Offer it again") if card is not None and card.withdrawn else _("Withdraw")
            )
            self.primary = self.edit if card is not None else None
            self.secondary = (
                (self.withdraw, self.copy, self.give, self.print) if card is not None else ()
            )
        self.save.setEnabled(self.editing)
        for action in (self.edit, self.copy, self.give, self.print):
            action.setEnabled(card is not None)
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

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template import create

            return create(store, by, name, blank(purpose, name))

        self.desk.act(
            self,
            action,
            lambda done: self.editor.keeping.open(done.value.id),
            _("An empty page was made"),
        )

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
        if self.editing:
            self.editor.save()

    # ── files ────────────────────────────────────────────────────────────────────────────────

    def _press_import(self) -> None:
        from desktop.actions.template_file import SUFFIX

        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Take a template from a file"), "", f"{_('Templates')} (*{SUFFIX} *.json)"
        )
        if chosen:
            self.bring_file(Path(chosen))

    def bring_file(self, place: Path) -> None:
        """Take a template out of a file, and look at it."""
        try:
            large = place.stat().st_size > _LARGEST
            data = b"" if large else place.read_bytes()
        except OSError:
            self.desk.trouble.emit(_("This file cannot be read."))
            return
        if large:
            self.desk.trouble.emit(_("This file is too large to be a template."))
            return

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template_file import import_template

            return import_template(store, by, data)

        def then(done: Done) -> None:
            self.gallery.show_purpose(done.value.purpose)
            self._look_at(done.value.id)

        self.desk.act(
            self,
            action,
            then,
            lambda done: _("Imported: {name}").format(name=done.value.name),
        )

    def _press_export(self) -> None:
        from desktop.actions.template_file import SUFFIX

        card = self._card()
        if card is None:
            return
        name = "".join(" " if one in '\\/:*?"<>|' else one for one in card.name).strip()
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Write the template to a file"), f"{name}{SUFFIX}",
            f"{_('Templates')} (*{SUFFIX})",
        )  # fmt: skip
        if chosen:
            self.give_file(Path(chosen))

    def give_file(self, place: Path) -> None:
        """Write the template that is shown, with its pictures, to a file."""
        card = self._card()
        if card is None:
            return
        store, ref = self.desk.store, card.id
        unsaved = self.editor.template if self.editing else None

        def work() -> None:
            from desktop.actions.template_file import export_template
            from desktop.store.disk import save_file

            save_file(place, export_template(store, ref, unsaved=unsaved))

        self.desk.tasks.run(
            "slow",
            self,
            work,
            lambda _none: self.desk.said.emit(_("Written to a file"), False),
            self._file_failed,
        )

    def _file_failed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self.desk.trouble.emit(_("The file cannot be written there."))
        elif isinstance(error, Problem):
            self.desk.trouble.emit(str(error))
        else:
            self.desk.fail(error)

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

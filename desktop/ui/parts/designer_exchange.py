# SPDX-License-Identifier: Apache-2.0
"""Templates that come from a file and go to one, to be passed on to other offices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.template import Template
from desktop.ui.desk import Desk

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.template import TemplateCard
    from desktop.store.store import Store

_LARGEST: Final = 64 * 1024 * 1024


class Exchange(QObject):
    """Asks for a file, and takes a template out of it or writes one there."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent

    def choose(self, then: Callable[[TemplateCard], object]) -> None:
        """Ask for the file of a template, and take it."""
        from desktop.actions.template_file import SUFFIX

        chosen, _kind = QFileDialog.getOpenFileName(
            self._parent, _("Take a template from a file"), "",
            f"{_('Templates')} (*{SUFFIX} *.json)",
        )  # fmt: skip
        if chosen:
            self.bring_file(Path(chosen), then)

    def bring_file(self, place: Path, then: Callable[[TemplateCard], object]) -> None:
        """Take a template out of a file; ``then`` hears of its card."""
        desk = self._desk
        try:
            large = place.stat().st_size > _LARGEST
            data = b"" if large else place.read_bytes()
        except OSError:
            desk.trouble.emit(_("This file cannot be read."))
            return
        if large:
            desk.trouble.emit(_("This file is too large to be a template."))
            return

        def action(store: Store, by: str) -> Done:
            from desktop.actions.template_file import import_template

            return import_template(store, by, data)

        desk.act(
            self,
            action,
            lambda done: then(done.value),
            lambda done: _("Imported: {name}").format(name=done.value.name),
        )

    def give(self, card: TemplateCard, unsaved: Template | None) -> None:
        """Ask where to, and write a template there; ``unsaved`` as it is on the table."""
        from desktop.actions.template_file import SUFFIX

        name = "".join(" " if one in '\\/:*?"<>|' else one for one in card.name).strip()
        chosen, _kind = QFileDialog.getSaveFileName(
            self._parent, _("Write the template to a file"), f"{name}{SUFFIX}",
            f"{_('Templates')} (*{SUFFIX})",
        )  # fmt: skip
        if chosen:
            self.give_file(Path(chosen), card, unsaved)

    def give_file(self, place: Path, card: TemplateCard, unsaved: Template | None) -> None:
        """Write a template, with its pictures, to a file."""
        store, ref = self._desk.store, card.id

        def work() -> None:
            from desktop.actions.template_file import export_template
            from desktop.store.disk import save_file

            save_file(place, export_template(store, ref, unsaved=unsaved))

        self._desk.tasks.run(
            "slow",
            self,
            work,
            lambda _none: self._desk.said.emit(_("Written to a file"), False),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self._desk.trouble.emit(_("The file cannot be written there."))
        elif isinstance(error, Problem):
            self._desk.trouble.emit(str(error))
        else:
            self._desk.fail(error)

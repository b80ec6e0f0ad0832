# SPDX-License-Identifier: Apache-2.0
"""The versions of a template that were saved, to go back to."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import _, ngettext
from desktop.ui.attendance_words import moment_words
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_keeping import Keeping

if TYPE_CHECKING:
    from desktop.actions.template import Revision


class Versions(QObject):
    """A menu of versions; taking one up is a step like any other, and Ctrl+Z leaves it again."""

    def __init__(self, keeping: Keeping, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._keeping, self._bench, self._parent = keeping, bench, parent
        self.menu: QMenu | None = None

    def open(self, under: QWidget) -> None:
        """Show the menu under a button."""
        self._keeping.versions(lambda found: self._show(found, under))

    def _show(self, found: tuple[Revision, ...], under: QWidget) -> None:
        menu = QMenu(self._parent)
        for one in found:
            when = moment_words(datetime.fromisoformat(one.made_at).astimezone())
            words = _("{when} by {name}").format(when=when, name=one.made_by)
            if one.uses:
                words += " · " + ngettext(
                    "{count} certificate", "{count} certificates", one.uses
                ).format(count=one.uses)
            held = menu.addAction(words.replace("&", "&&"))
            held.triggered.connect(partial(self._take, one.id))
        self.menu = menu
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def _take(self, revision_id: str, _checked: bool = False) -> None:
        self._keeping.version(revision_id, self._bench.do)

# SPDX-License-Identifier: Apache-2.0
"""The strip over the page while the text alone is shown, as on paper with its frame on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.template import Template
from desktop.ui.icons import Icon
from desktop.ui.parts.designer_render import Look
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick


class StockStrip(QFrame):
    """Says what is seen and where it is chosen at print. ``looked(look)`` with another view."""

    looked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self.setObjectName("card")
        self.words = Label("", "small", parent=self)
        self.faint = Tick(_("Show the paper's own print faintly"), parent=self)
        self.faint.clicked.connect(lambda on: self.looked.emit(replace(self._look, faint=on)))
        self.whole = Button(_("Show everything"), self._leave, kind="quiet", parent=self)
        self.whole.show_key("F4")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 4, 2)
        row.setSpacing(12)
        row.addWidget(Icon("layers", "accent", 20, self))
        row.addWidget(self.words, 1)
        row.addWidget(self.faint)
        row.addWidget(self.whole)
        self.hide()

    def show_look(self, look: Look, template: Template) -> None:
        """Be there while the text alone is shown."""
        self._look = look
        self.setVisible(look.text_only)
        some = any(one.on_stock for one in template.elements)
        self.faint.setChecked(look.faint)
        self.faint.setVisible(some)
        self.words.setText(
            _("Only what is printed on paper that has its frame already. When you print "
              "certificates, tick “{tick}”.").format(
                tick=_("Paper with the border on it: text alone")
            )
            if some
            else _("Nothing is marked as being on the paper already, so all of it is printed. "
                   "Choose the frame or a picture and tick “{tick}”.").format(
                tick=_("Printed on the paper already")
            )
        )  # fmt: skip

    def _leave(self) -> None:
        self.looked.emit(replace(self._look, text_only=False))

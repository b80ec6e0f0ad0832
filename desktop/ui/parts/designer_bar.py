# SPDX-License-Identifier: Apache-2.0
"""The bar over the page: what is on the table, steps, how near, and which sample is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.template_field import SAMPLES
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.parts.designer_render import Look
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.label import Label

_ROOMY: Final = 1060
"""Pixels from which there is room for words beside the icons."""


class Bar(QWidget):
    """``looked`` comes with another ``Look``; the buttons tell which was pressed."""

    looked = Signal(object)
    back_pressed = Signal()
    undo_pressed = Signal()
    redo_pressed = Signal()
    nearer = Signal()
    farther = Signal()
    fitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(4)
        column.addLayout(row)
        self.back = IconButton(
            "arrow-left", _("All templates (Esc)"), self.back_pressed.emit, self
        )
        row.addWidget(self.back)
        self.name = Label("", "section", weight=600, wrap=False, parent=self)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.name, 1)
        state = QHBoxLayout()
        state.setContentsMargins(theme.scaled(44), 0, 0, 0)
        state.setSpacing(4)
        self._icon = Icon("circle-check", "green", 16, self)
        self.state = Label("", "small", "quiet", wrap=False, parent=self)
        self.state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        state.addWidget(self._icon)
        state.addWidget(self.state, 1)
        column.addLayout(state)
        self.undo = IconButton("undo-2", _("Undo (Ctrl+Z)"), self.undo_pressed.emit, self)
        self.redo = IconButton("redo-2", _("Redo (Ctrl+Shift+Z)"), self.redo_pressed.emit, self)
        self.out = IconButton("zoom-out", _("Zoom out (F7)"), self.farther.emit, self)
        self.zoom = Button("100 %", self.fitted.emit, kind="quiet", parent=self)
        self.zoom.setAccessibleName(_("Whole page, or its real size (F6)"))
        self.zoom.setToolTip(_("Whole page, or its real size (F6)"))
        self.zoom.setMinimumWidth(theme.scaled(78))
        self.in_ = IconButton("zoom-in", _("Zoom in (F8)"), self.nearer.emit, self)
        self.stock = Button(
            _("Text alone"), lambda: self.looked.emit(self.look()), kind="choice", icon="layers",
            parent=self,
        )  # fmt: skip
        self.stock.setCheckable(True)
        self.stock.show_key("F4")
        for part in (self.undo, self.redo, self.out, self.zoom, self.in_, self.stock):
            row.addWidget(part)
        self.sample = self._choice([(name, _(word)) for name, word in SAMPLES.items()],
                                   _("Sample shown"))  # fmt: skip
        signers: list[tuple[int, str]] = [(0, _("Signers: usual"))]
        signers += [
            (
                number,
                ngettext("{count} signature", "{count} signatures", number).format(count=number),
            )
            for number in (1, 2, 3)
        ]
        self.signers = self._choice(signers, _("How many sign"))
        self.language = self._choice(
            [("th", "ไทย"), ("en", "English")], _("Language of the sample")
        )
        self.sample.setMinimumContentsLength(10)
        self.signers.setMinimumContentsLength(8)
        self.language.setMinimumContentsLength(4)
        for choice in (self.sample, self.signers, self.language):
            row.addWidget(choice)

    def _choice(self, options: Sequence[tuple[Any, str]], name: str) -> Choice:
        made = Choice(options, options[0][0], self)
        made.setMinimumContentsLength(9)
        made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.chose.connect(lambda _value: self.looked.emit(self.look()))
        return made

    def say_name(self, name: str) -> None:
        """Say what the template is called."""
        self.name.setText(name)
        self.name.setToolTip(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stock.set_brief(0 if self.width() >= theme.scaled(_ROOMY) else 2)

    def look(self) -> Look:
        """The sample chosen."""
        return replace(
            self._look,
            sample=self.sample.value(),
            language=self.language.value(),
            signers=self.signers.value(),
            text_only=self.stock.isChecked(),
        )

    def show_look(self, look: Look) -> None:
        """Show which sample is seen."""
        self._look = look
        self.stock.setChecked(look.text_only)
        self.sample.set_value(look.sample)
        self.language.set_value(look.language)
        self.signers.set_value(look.signers)

    def show_choices(self, *, signers: bool, language: bool, stock: bool) -> None:
        """Offer only what makes a difference to the template."""
        self.stock.setVisible(stock)
        self.signers.setVisible(signers)
        self.language.setVisible(language)

    def show_state(self, icon: str, words: str, tone: str = "quiet") -> None:
        """Say how far the work is kept."""
        tones = {"circle-check": "green", "lock": "gold"}
        self._icon.show_icon(icon, tones.get(icon, tone))
        self.state.setText(words)
        self.state.setToolTip(words)

    def show_zoom(self, zoom: float, *, fits: bool) -> None:
        """Say how near the page is."""
        words = _("Whole page") if fits else f"{round(zoom * 100)} %"
        said = self.zoom.accessibleName()
        if self.zoom.text() != words:
            self.zoom.setText(words)
            self.zoom.setAccessibleName(said)

    def show_steps(self, *, undo: bool, redo: bool) -> None:
        """Say what can be taken back."""
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)

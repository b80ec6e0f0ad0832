# SPDX-License-Identifier: Apache-2.0
"""Pictures, QR codes and ornaments: what they show and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.model.template import SLOTS, Image, Ornament, Qr, Template
from desktop.model.template_edit import changed, with_element
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_form import ColourPick, Section
from desktop.ui.parts.designer_number import LengthEdit
from desktop.ui.parts.designer_text import field_menu, used_colours
from desktop.ui.parts.designer_words import slot_word
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, Field, NumberEdit, TextEdit
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.printing.ornament import Knob

_OWN = "asset"


class ImageSection(Section):
    """Which picture, and how it fills its box. ``wanted`` asks for the office's pictures."""

    wanted = Signal(str)
    """Kind of picture to begin with."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bench = bench
        self.what = Choice(
            [(_OWN, _("One picture, always this"))] + [(slot, slot_word(slot)) for slot in SLOTS],
            parent=self,
        )
        self.what.setMinimumContentsLength(6)
        self.what.chose.connect(self._chose)
        self.field(_("What stands here"), self.what, wide=True)
        self.filled = Label(
            _("The office's own picture comes in by itself at printing."), "small", "quiet",
            parent=self,
        )  # fmt: skip
        self.put(self.filled)
        self.pick = Button(_("Choose a picture…"), self._press, icon="image-plus", parent=self)
        self.put(self.pick)
        self.said = Label("", "small", "quiet", parent=self)
        self.put(self.said)
        self.fit = Choice(
            [
                ("contain", _("Whole, in the box")),
                ("cover", _("Fills the box, cut at the edge")),
                ("stretch", _("Stretched to the box")),
            ],
            parent=self,
        )
        self.fit.setMinimumContentsLength(6)
        self.fit.chose.connect(
            lambda fit: bench.do(changed(bench.template, bench.chosen, fit=fit))
        )
        self.field(_("How it fills"), self.fit, wide=True)
        self.labels: Mapping[str, str] = {}
        """Names of the office's pictures by SHA-256."""

    def show_template(self, template: Template) -> None:
        """Show the first picture that is chosen."""
        found = next((one for one in self._bench.elements() if isinstance(one, Image)), None)
        if found is None:
            return
        self.what.set_value(found.slot or _OWN)
        self.fit.set_value(found.fit)
        self.pick.setVisible(not found.slot)
        self.filled.setVisible(bool(found.slot))
        self.said.setText(
            ""
            if found.slot
            else self.labels.get(found.asset, _("A picture of the template"))
            if found.asset
            else _("No picture chosen yet.")
        )
        self.said.setVisible(bool(self.said.text()))

    def _chose(self, what: str) -> None:
        bench = self._bench
        if what == _OWN:
            bench.do(changed(bench.template, bench.chosen, slot=""))
        else:
            bench.do(changed(bench.template, bench.chosen, slot=what, asset=""))

    def _press(self) -> None:
        self.wanted.emit("picture")

    def take(self, sha256: str) -> None:
        """Put a picture of the office into what is chosen."""
        bench = self._bench
        bench.do(changed(bench.template, bench.chosen, asset=sha256, slot=""))


class QrSection(Section):
    """What a QR code says."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bench = bench
        self.words = TextEdit(longest=1000, parent=self)
        self.words.textEdited.connect(self._typed)
        self.words.editingFinished.connect(bench.settle)
        self.field(
            _("What it says"),
            self.words,
            wide=True,
            hint=_("{example} is the signed content of a certificate.").format(example="{proof}"),
        )
        self.insert = Button(_("Insert a field"), self._open, icon="plus", parent=self)
        self.put(self.insert)

    def show_template(self, template: Template) -> None:
        """Show the first code that is chosen."""
        found = next((one for one in self._bench.elements() if isinstance(one, Qr)), None)
        if found is not None and self.words.text() != found.text:
            self.words.setText(found.text)

    def _typed(self, text: str) -> None:
        bench = self._bench
        ids = {one.id for one in bench.elements() if isinstance(one, Qr)}
        bench.do(changed(bench.template, ids, text=text), f"qr {sorted(ids)}")

    def _open(self) -> None:
        menu = field_menu(self, self._bench, self._put_in)
        menu.popup(self.insert.mapToGlobal(QPoint(0, self.insert.height())))

    def _put_in(self, name: str) -> None:
        self.words.insert("{" + name + "}")
        self._typed(self.words.text())


class OrnamentSection(Section):
    """Which ornament, and what of it can be changed. ``wanted`` asks for the list of them."""

    wanted = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bench = bench
        self.said = Label("", weight=500, parent=self)
        self.put(self.said)
        self.pick = Button(_("Another ornament…"), self.wanted.emit, icon="replace", parent=self)
        self.put(self.pick)
        self._drawing = ""
        self._editors: dict[str, QWidget] = {}
        self._fields: list[Field] = []

    def show_template(self, template: Template) -> None:
        """Show the first ornament that is chosen, with its own knobs."""
        found = self._found()
        if found is None:
            return
        from desktop.printing.ornament import ORNAMENTS

        kind = ORNAMENTS.get(found.drawing)
        if found.drawing != self._drawing:
            self._drawing = found.drawing
            self._make(() if kind is None else kind.knobs)
        for knob in () if kind is None else kind.knobs:
            value = found.properties.get(knob.name, knob.default)
            editor = self._editors[knob.name]
            if isinstance(editor, ColourPick):
                editor.show_value(str(value))
            elif isinstance(editor, LengthEdit):
                editor.show_value(float(value))
            elif isinstance(editor, NumberEdit):
                if editor.number() != value:
                    editor.set_number(int(value))
            elif isinstance(editor, Choice):
                editor.set_value(value)

    def _found(self) -> Ornament | None:
        return next((one for one in self._bench.elements() if isinstance(one, Ornament)), None)

    def _make(self, knobs: tuple[Knob, ...]) -> None:
        for field in self._fields:
            self.grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._fields, self._editors = [], {}
        for knob in knobs:
            editor = self._editor(knob)
            self._editors[knob.name] = editor
            wide = knob.kind == "choice"
            self._fields.append(self.field(_(knob.label), editor, wide=wide))

    def _editor(self, knob: Knob) -> QWidget:
        if knob.kind == "colour":
            pick = ColourPick(_(knob.label), lambda: used_colours(self._bench.template), self)
            pick.chose.connect(partial(self._set, knob.name, ""))
            return pick
        if knob.kind == "choice":
            choice = Choice([(value, _(word)) for value, word in knob.choices], parent=self)
            choice.setMinimumContentsLength(6)
            choice.chose.connect(partial(self._set, knob.name, ""))
            return choice
        if knob.kind == "count":
            number = NumberEdit(least=int(knob.least), most=int(knob.most), parent=self)
            number.numbered.connect(partial(self._set, knob.name, "typed"))
            return number
        step = 0.1 if knob.kind == "line" else 0.5
        length = LengthEdit(
            _(knob.label), least=knob.least, most=knob.most, step=step, parent=self
        )
        length.measured.connect(partial(self._set, knob.name, "typed"))
        length.left.connect(self._bench.settle)
        return length

    def _set(self, name: str, typed: str, value: Any) -> None:
        if value is None:
            return
        bench = self._bench
        template = bench.template
        for one in bench.elements():
            if isinstance(one, Ornament) and one.drawing == self._drawing:
                properties = {**one.properties, name: value}
                template = with_element(template, replace(one, properties=properties))
        bench.do(template, f"{name} {sorted(bench.chosen)}" if typed else "")

    def take(self, drawing: str) -> None:
        """Draw another ornament in the same place; colours that both have stay."""
        from desktop.printing.ornament import ORNAMENTS

        bench = self._bench
        known = {knob.name for knob in ORNAMENTS[drawing].knobs}
        template = bench.template
        for one in bench.elements():
            if isinstance(one, Ornament):
                kept = {name: it for name, it in one.properties.items() if name in known}
                template = with_element(template, replace(one, drawing=drawing, properties=kept))
        bench.do(template)

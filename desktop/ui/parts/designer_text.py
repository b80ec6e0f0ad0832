# SPDX-License-Identifier: Apache-2.0
"""Everything about a text: its words and fields, how it is set, and the column it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import _
from desktop.model.template import Purpose, Template, TextStyle
from desktop.model.template_edit import (
    Box,
    box_of,
    changed,
    into_column,
    out_of_column,
    restyled,
    text_height,
)
from desktop.model.template_field import fields_of
from desktop.model.template_text import BadText, fields_in
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_form import ColourPick, IconPick, Section
from desktop.ui.parts.designer_number import LengthEdit
from desktop.ui.parts.designer_place import column_options, texts_chosen
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.chip_text import ChipText
from desktop.ui.widgets.field import Choice, Field, NumberEdit

_MOST_LINES: Final = 20
_LONGEST: Final = 4000
"""Letters of a text that can be read again."""


def face_options(faces: Sequence[str]) -> list[tuple[str, str]]:
    """Typefaces with the words of their names."""
    return [(face, face.replace("-", " ").removesuffix(" Regular")) for face in faces]


class WordsSection(Section):
    """The words of one text, and its fields to put in."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(_("Words"), parent)
        self._bench = bench
        self.words = ChipText(rows=3, parent=self)
        self.words.worded.connect(self._typed)
        self._held = self.field(_("Text"), self.words, wide=True)
        self.insert = Button(
            _("Insert a field"), self._open, icon="plus", kind="secondary", parent=self
        )
        self.put(self.insert)
        self.menu: QMenu | None = None

    def show_template(self, template: Template) -> None:
        """Show the words of the one text that is chosen."""
        texts = texts_chosen(template, self._bench.chosen)
        words = texts[0].text if len(texts) == 1 else ""
        self.words.show_words(words, field_labels(template.purpose))
        self._check(words)

    def _check(self, words: str) -> None:
        wrong = ""
        try:
            known = fields_of(self._bench.purpose)
            strange = [name for name in fields_in(words) if name not in known]
            if strange:
                wrong = _("There is no field “{name}”. Insert one from the list.").format(
                    name=strange[0]
                )
        except BadText:
            wrong = _("A brace is open. A field stands in braces, like {example}.").format(
                example="{recipient}"
            )
        self._held.set_error(wrong)

    def _typed(self, words: str) -> None:
        texts = texts_chosen(self._bench.template, self._bench.chosen)
        if len(words) > _LONGEST:
            self._held.set_error(
                _("This text is too long: {most} letters at most.").format(most=_LONGEST)
            )
        elif len(texts) == 1:
            self._bench.do(
                changed(self._bench.template, {texts[0].id}, text=words), f"words {texts[0].id}"
            )

    def _open(self) -> None:
        menu = field_menu(self, self._bench, self.put_in)
        self.menu = menu
        menu.popup(self.insert.mapToGlobal(QPoint(0, self.insert.height())))

    def put_in(self, name: str) -> None:
        """Put a field where the cursor stands."""
        self.words.put_in(name)
        self.words.setFocus()


def field_labels(purpose: Purpose) -> dict[str, str]:
    """Names of fields for people; two of one name are told apart."""
    labels: dict[str, str] = {}
    for name, field in fields_of(purpose).items():
        label = _(field.label)
        labels[name] = f"{label} ({name})" if label in labels.values() else label
    return labels


def field_menu(parent: QWidget, bench: Bench, took: Callable[[str], object]) -> QMenu:
    """The fields of the purpose at hand, each with its sample."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for name, field in fields_of(bench.purpose).items():
        sample = " ".join(field.usual.split())
        sample = sample[:34] + "…" if len(sample) > 34 else sample
        held = menu.addAction(f"{_(field.label)}   ({sample})".replace("&", "&&"))
        held.triggered.connect(partial(_take, took, name))
    return menu


def _take(took: Callable[[str], object], name: str, _checked: bool = False) -> None:
    took(name)


class StyleSection(Section):
    """How texts are set. ``part`` names the style of the elements that is meant."""

    def __init__(
        self,
        bench: Bench,
        headline: str,
        part: str = "style",
        *,
        brief: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(headline, parent)
        self._bench, self._part = bench, part
        self._faces: tuple[str, ...] = ()
        self.face = Choice(parent=self)
        self.face.setMinimumContentsLength(6)
        self.face.chose.connect(self._faced)
        self.field(_("Typeface"), self.face, wide=True)
        self.points = self._length("size", _("Size (pt)"), 4, 200)
        self.smallest = self._length("smallest", _("Smallest (pt)"), 4, 200)
        self.align = IconPick(
            [
                ("left", "text-align-start", _("Left")),
                ("centre", "text-align-center", _("In the middle")),
                ("right", "text-align-end", _("Right")),
            ],
            self,
        )
        self.align.chose.connect(partial(self._styled, "align"))
        self.colour = ColourPick(_("Colour"), lambda: used_colours(bench.template), self)
        self.colour.chose.connect(partial(self._styled, "colour"))
        if not brief:
            self.put(Field(_("Alignment"), self.align, parent=self), wide=False)
            self.put(Field(_("Colour"), self.colour, parent=self), wide=False)
        else:
            self.align.hide()
            self.put(Field(_("Colour"), self.colour, parent=self), wide=True)
        self.lines = NumberEdit(1, least=1, most=_MOST_LINES, parent=self)
        self.lines.numbered.connect(self._lined)
        self.field(_("Lines at most"), self.lines)
        self.leading = self._length("leading", _("Line height"), 0.8, 4, 0.05)
        self.keep = Choice(
            [("line", _("One line: smaller first")), ("size", _("Its size: lines first"))],
            parent=self,
        )
        self.keep.chose.connect(partial(self._styled, "keep"))
        self.field(_("What a long text keeps"), self.keep, wide=True)
        self.digits = Choice(
            [("event", _("As the event")), ("thai", "๑๒๓"), ("arabic", "123")], parent=self
        )
        self.digits.setMinimumContentsLength(5)
        self.digits.chose.connect(partial(self._styled, "digits"))
        self.field(_("Digits"), self.digits, wide=True)
        self.digits_face = Choice(parent=self)
        self.digits_face.setMinimumContentsLength(5)
        self.digits_face.chose.connect(partial(self._styled, "digits_face"))
        if not brief:
            self.field(_("Typeface of digits"), self.digits_face, wide=True)
        else:
            self.digits_face.hide()

    def _length(
        self, name: str, word: str, least: float, most: float, step: float = 0.5
    ) -> LengthEdit:
        edit = LengthEdit(word, least=least, most=most, step=step, parent=self)
        edit.measured.connect(partial(self._styled, name))
        edit.left.connect(self._bench.settle)
        self.field(word, edit)
        return edit

    def set_faces(self, faces: tuple[str, ...]) -> None:
        """Offer these typefaces."""
        self._faces = faces
        self.face.set_options(face_options(faces), self.face.value())
        self.digits_face.set_options(
            [("", _("As the text")), *face_options(faces)], self.digits_face.value()
        )

    def show_template(self, template: Template) -> None:
        """Show the style of the first that is chosen."""
        style = next(
            (
                getattr(one, self._part)
                for one in template.elements
                if one.id in self._bench.chosen
                and isinstance(getattr(one, self._part, None), TextStyle)
            ),
            None,
        )
        if style is None:
            return
        if self.face.value() != style.face:
            faces = self._faces if style.face in self._faces else (*self._faces, style.face)
            self.face.set_options(face_options(faces), style.face)
        self.points.show_value(style.size)
        self.smallest.show_value(style.smallest)
        self.leading.show_value(style.leading)
        self.align.show_value(style.align)
        self.colour.show_value(style.colour)
        if self.lines.number() != style.max_lines:
            self.lines.set_number(style.max_lines)
        self.keep.set_value(style.keep)
        self.digits.set_value(style.digits)
        self.digits_face.set_value(style.digits_face)

    def _styled(self, name: str, value: Any) -> None:
        bench = self._bench
        values: dict[str, Any] = {name: value}
        if name == "size":
            smallest = self.smallest.value()
            if smallest is not None and smallest > value:
                values["smallest"] = value
        elif name == "smallest":
            size = self.points.value()
            if size is not None and value > size:
                values["size"] = value
        key = f"{self._part}.{name} {sorted(bench.chosen)}" if name in _TYPED else ""
        bench.do(restyled(bench.template, bench.chosen, self._part, **values), key)

    def _faced(self, face: str) -> None:
        """Another typeface looks as large as the one before."""
        from desktop.printing.template_asset import converted_size

        bench = self._bench
        template = bench.template
        for one in bench.elements():
            style = getattr(one, self._part, None)
            if isinstance(style, TextStyle) and style.face != face:
                size = round(converted_size(style.size, style.face, face), 1)
                smallest = round(converted_size(style.smallest, style.face, face), 1)
                template = restyled(
                    template, {one.id}, self._part, face=face, size=size, smallest=smallest
                )
        bench.do(template)

    def _lined(self, number: int | None) -> None:
        if number is not None:
            self._styled("max_lines", number)


_TYPED: Final = ("size", "smallest", "leading", "max_lines")


class ColumnSection(Section):
    """Whether a text flows in a column, how far from the one before, and where in its own box."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bench = bench
        self.column = Choice(parent=self)
        self.column.setMinimumContentsLength(6)
        self.column.chose.connect(self._moved)
        self.field(_("In the column of texts"), self.column, wide=True)
        self.gap = LengthEdit(_("Gap before it (mm)"), least=0, most=200, step=0.5, parent=self)
        self.gap.measured.connect(self._gapped)
        self.gap.left.connect(bench.settle)
        self._gap = self.field(_("Gap before it (mm)"), self.gap, wide=True)
        self.upright = IconPick(
            [
                ("top", "align-start-horizontal", _("At the top of its box")),
                ("middle", "align-center-horizontal", _("In the middle of its box")),
                ("bottom", "align-end-horizontal", _("At the bottom of its box")),
            ],
            self,
        )
        self.upright.chose.connect(self._uprighted)
        self._upright = self.field(_("In its box"), self.upright, wide=True)

    def show_template(self, template: Template) -> None:
        """Show the column of the texts that are chosen."""
        texts = texts_chosen(template, self._bench.chosen)
        if not texts:
            return
        self.column.set_options(column_options(template), texts[0].column)
        inside = bool(texts[0].column)
        self._gap.setVisible(inside)
        self._upright.setVisible(not inside)
        self.gap.show_value(texts[0].gap)
        self.upright.show_value(texts[0].upright)

    def _moved(self, column: str) -> None:
        bench = self._bench
        template = bench.template
        for text in texts_chosen(template, bench.chosen):
            if column:
                template = into_column(template, text.id, column)
            else:
                found = bench.boxes.get(text.id)
                box = Box(text.x, found.y - 1, text.width, found.height + 2) if found else None
                own = box_of(text)
                usual = Box(own.x, own.y, own.width, text_height(text))
                template = out_of_column(template, text.id, box or usual)
        bench.do(template)

    def _gapped(self, gap: float) -> None:
        bench = self._bench
        bench.do(changed(bench.template, bench.chosen, gap=gap), f"gap {sorted(bench.chosen)}")

    def _uprighted(self, upright: str) -> None:
        self._bench.do(changed(self._bench.template, self._bench.chosen, upright=upright))


def used_colours(template: Template) -> list[str]:
    """The colours a template has, in the order of its elements."""
    found: list[str] = []
    for one in template.elements:
        for part in ("style", "signer", "position", "head"):
            style = getattr(one, part, None)
            if isinstance(style, TextStyle):
                found.append(style.colour)
        properties = getattr(one, "properties", {})
        found += [
            value
            for value in properties.values()
            if isinstance(value, str) and value.startswith("#") and len(value) == 7
        ]
    return list(dict.fromkeys(found))

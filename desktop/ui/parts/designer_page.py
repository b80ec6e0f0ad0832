# SPDX-License-Identifier: Apache-2.0
"""The page itself, shown while nothing on it is chosen: name, size, edge, background, sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import N_, _
from desktop.model.template import Image, Paper, Template
from desktop.model.template_edit import without
from desktop.model.template_turn import on_page, turned
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_form import Section
from desktop.ui.parts.designer_number import LengthEdit
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, NumberEdit, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick

SIZES: Final[Mapping[str, tuple[float, float]]] = {
    "A4": (210, 297),
    "A5": (148, 210),
    "A3": (297, 420),
    "Letter": (215.9, 279.4),
    "DL": (110, 220),
    "C5": (162, 229),
    "90 × 54": (54, 90),
    "86 × 54": (54, 86),
}
"""Width and height upright, millimetres."""
_OTHER: Final = "other"
_WAYS: Final = (("portrait", N_("Portrait")), ("landscape", N_("Landscape")))
_SHEETS: Final[Mapping[str, tuple[float, float]]] = {
    "A4": (210, 297),
    "A4 landscape": (297, 210),
    "A3": (297, 420),
}


def size_word(width: float, height: float) -> str:
    """The name of a size of paper, or "other"."""
    short, long = sorted((width, height))
    for name, (wide, high) in SIZES.items():
        if abs(short - wide) < 0.3 and abs(long - high) < 0.3:
            return name
    return _OTHER


class PageSection(Section):
    """Size and way of the page, and how near to the edge words may come."""

    background = Signal()
    """A picture for the background is wanted."""
    typeface = Signal()
    """A typeface is to be put in."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(_("Page"), parent)
        self._bench = bench
        self.grid.setColumnStretch(0, 4)
        self.grid.setColumnStretch(1, 5)  # the words for the orientation are the longest
        self.name = TextEdit(longest=120, parent=self)
        self.field(_("Name of the template"), self.name, wide=True)
        self.format = self._choice(
            [*((name, name) for name in SIZES), (_OTHER, _("Other"))], self._sized
        )
        self.field(_("Size"), self.format)
        self.way = self._choice([(way, _(word)) for way, word in _WAYS], self._turned)
        self.field(_("Orientation"), self.way)
        self.wide = self._length(_("Width (mm)"), 20, 600, self._measured)
        self.high = self._length(_("Height (mm)"), 20, 600, self._measured)
        self.safe = self._length(_("Text keeps from the edge (mm)"), 0, 50, self._kept)
        self.ground = Button(
            _("Background picture…"), self.background.emit, icon="image", parent=self
        )
        self.put(self.ground)
        self.no_ground = Button(
            _("Take the background away"), self._clear, icon="x", kind="quiet", parent=self
        )
        self.put(self.no_ground)
        self.face = Button(
            _("Add a typeface of the office…"), self.typeface.emit, icon="type", parent=self
        )
        self.put(self.face)
        self.versions = Button(_("Versions that were saved…"), icon="history", parent=self)
        self.put(self.versions)
        self.put(
            Label(
                _("Click a part of the page to change it, or Tab to go through the parts. Arrow "
                  "keys move it by 0.5 mm, with Shift by 5, with Alt by 0.1. Ctrl and the wheel "
                  "show the page nearer."),
                "small", "quiet", parent=self,
            )
        )  # fmt: skip

    def _choice(self, options: list[tuple[str, str]], chose: object) -> Choice:
        made = Choice(options, parent=self)
        made.setMinimumContentsLength(4)
        made.chose.connect(chose)
        return made

    def _length(self, word: str, least: float, most: float, measured: object) -> LengthEdit:
        edit = LengthEdit(word, least=least, most=most, step=1, parent=self)
        edit.measured.connect(measured)
        edit.left.connect(self._bench.settle)
        self.field(word, edit, wide=word.startswith(_("Text keeps from the edge (mm)")))
        return edit

    def show_template(self, template: Template) -> None:
        """Show the page."""
        self.format.set_value(size_word(template.width, template.height))
        lying = template.width > template.height
        self.way.set_value("landscape" if lying else "portrait")
        self.wide.show_value(template.width)
        self.high.show_value(template.height)
        self.safe.show_value(template.safe)
        self.no_ground.setVisible(bool(grounds(template)))

    def _sized(self, name: str) -> None:
        if name not in SIZES:
            return
        template = self._bench.template
        short, long = SIZES[name]
        lying = template.width > template.height
        self._bench.do(on_page(template, *((long, short) if lying else (short, long))))

    def _turned(self, way: str) -> None:
        template = self._bench.template
        if (template.width > template.height) != (way == "landscape"):
            self._bench.do(turned(template))

    def _measured(self, _mm: float) -> None:
        wide, high = self.wide.value(), self.high.value()
        if wide and high:
            template = self._bench.template
            self._bench.do(replace(template, width=wide, height=high), "page size")

    def _kept(self, mm: float) -> None:
        self._bench.do(replace(self._bench.template, safe=mm), "safe")

    def _clear(self) -> None:
        template = self._bench.template
        self._bench.do(without(template, grounds(template)))


def grounds(template: Template) -> frozenset[str]:
    """The background pictures of a template."""
    return frozenset(
        one.id
        for one in template.elements
        if isinstance(one, Image) and (one.slot == "background" or one.id.startswith("background"))
    )


class SheetSection(Section):
    """Several pages on a sheet of paper, to be cut."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(_("On the sheet of paper"), parent)
        self._bench = bench
        self.several = Tick(_("Several on a sheet, to cut"), parent=self)
        self.several.clicked.connect(self._turn)
        self.put(self.several)
        self.paper = Choice([(name, name) for name in _SHEETS], parent=self)
        self.paper.setMinimumContentsLength(4)
        self.paper.chose.connect(self._sized)
        self._paper = self.field(_("Paper"), self.paper, wide=True)
        self.columns = NumberEdit(1, least=1, most=20, parent=self)
        self.columns.numbered.connect(partial(self._counted, "columns"))
        self.rows = NumberEdit(1, least=1, most=40, parent=self)
        self.rows.numbered.connect(partial(self._counted, "rows"))
        self._fields = [
            self._paper,
            self.field(_("Across"), self.columns),
            self.field(_("Down"), self.rows),
        ]
        self.gaps: dict[str, LengthEdit] = {}
        for name, word in (("gap_x", _("Gap across (mm)")), ("gap_y", _("Gap down (mm)"))):
            edit = LengthEdit(word, least=0, most=100, parent=self)
            edit.measured.connect(partial(self._set, name))
            edit.left.connect(bench.settle)
            self.gaps[name] = edit
            self._fields.append(self.field(word, edit))
        self.marks = Tick(_("Cut marks"), parent=self)
        self.marks.clicked.connect(partial(self._set, "cut_marks"))
        self.fold = Tick(_("A second time upside down, to fold"), parent=self)
        self.fold.clicked.connect(partial(self._set, "fold"))
        self.put(self.marks)
        self.put(self.fold)

    def show_template(self, template: Template) -> None:
        """Show how many pages a sheet holds."""
        paper = template.paper
        self.several.setChecked(paper is not None)
        for part in (*self._fields, self.marks, self.fold):
            part.setVisible(paper is not None)
        if paper is None:
            return
        sheet = next(
            (name for name, size in _SHEETS.items() if size == (paper.width, paper.height)), ""
        )
        self.paper.set_value(sheet)
        for edit, number in ((self.columns, paper.columns), (self.rows, paper.rows)):
            if edit.number() != number:
                edit.set_number(number)
        self.gaps["gap_x"].show_value(paper.gap_x)
        self.gaps["gap_y"].show_value(paper.gap_y)
        self.marks.setChecked(paper.cut_marks)
        self.fold.setChecked(paper.fold)

    def _turn(self, on: bool) -> None:
        template = self._bench.template
        paper = Paper(columns=max(1, int(210 // max(1, template.width))),
                      rows=max(1, int(297 // max(1, template.height))))  # fmt: skip
        self._bench.do(replace(template, paper=paper if on else None))

    def _sized(self, name: str) -> None:
        paper = self._bench.template.paper
        if paper is not None and name in _SHEETS:
            wide, high = _SHEETS[name]
            self._bench.do(
                replace(self._bench.template, paper=replace(paper, width=wide, height=high))
            )

    def _counted(self, name: str, number: int | None) -> None:
        if number is not None:
            self._set(name, number)

    def _set(self, name: str, value: float | bool) -> None:
        template = self._bench.template
        if template.paper is not None:
            key = "" if isinstance(value, bool) else f"sheet {name}"
            change = {name: value}
            paper = replace(template.paper, **change)  # type: ignore[arg-type]
            self._bench.do(replace(template, paper=paper), key)

# SPDX-License-Identifier: Apache-2.0
"""Those who sign, and tables of people: how they stand on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.i18n import _
from desktop.model.template import Align, Signatories, Table, TableColumn, Template
from desktop.model.template_edit import changed, with_element
from desktop.model.template_field import fields_of
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_form import IconPick, IconRow, Section
from desktop.ui.parts.designer_number import LengthEdit
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.field import Choice, Field, NumberEdit, TextEdit
from desktop.ui.widgets.tick import Tick

_MOST_COLUMNS: Final = 16


class SignersSection(Section):
    """The line to sign on, and the room over it."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bench = bench
        self.line = Choice(
            [("dotted", _("Dotted line")), ("solid", _("Solid line")), ("none", _("No line"))],
            parent=self,
        )
        self.line.setMinimumContentsLength(6)
        self.line.chose.connect(partial(self._set, "line"))
        self.field(_("To sign on"), self.line, wide=True)
        self.align = Choice(
            [("left", _("From the left")), ("centre", _("Over the width")),
             ("right", _("From the right"))],
            parent=self,
        )  # fmt: skip
        self.align.chose.connect(partial(self._set, "align"))
        self.field(_("Side by side"), self.align, wide=True)
        self.hand = self._length("hand", _("Room to sign"), 0, 60)
        self.width_ = self._length("line_width", _("Line length"), 10, 200)
        self.brackets = Tick(_("Name in brackets"), parent=self)
        self.brackets.clicked.connect(partial(self._set, "brackets"))
        self.put(self.brackets)

    def _length(self, name: str, word: str, least: float, most: float) -> LengthEdit:
        edit = LengthEdit(word, least=least, most=most, parent=self)
        edit.measured.connect(partial(self._set, name))
        edit.left.connect(self._bench.settle)
        self.field(word, edit)
        return edit

    def show_template(self, template: Template) -> None:
        """Show the first that is chosen."""
        found = next((one for one in self._bench.elements() if isinstance(one, Signatories)), None)
        if found is None:
            return
        self.line.set_value(found.line)
        self.align.set_value(found.align)
        self.hand.show_value(found.hand)
        self.width_.show_value(found.line_width)
        self.brackets.setChecked(found.brackets)

    def _set(self, name: str, value: Any) -> None:
        bench = self._bench
        key = f"{name} {sorted(bench.chosen)}" if isinstance(value, float) else ""
        bench.do(changed(bench.template, bench.chosen, **{name: value}), key)


class TableSection(Section):
    """Rows and columns of a table: headings, fields, widths, order."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bench = bench
        self._count = -1
        self.rows: list[tuple[TextEdit, Choice, LengthEdit, Tick, IconPick]] = []
        self.row = self._length("row", _("Row height"), 3, 60)
        self.head_row = self._length("head_row", _("Heading height"), 0, 60)
        self.blank = NumberEdit(0, most=40, parent=self)
        self.blank.numbered.connect(self._blanked)
        self.field(_("Empty rows"), self.blank)
        self.totals = Tick(_("Row of totals"), parent=self)
        self.totals.clicked.connect(
            lambda on: bench.do(changed(bench.template, bench.chosen, totals=on))
        )
        self.put(Field("", self.totals, parent=self), wide=False)
        self.totals.setAccessibleName(_("Row of totals"))
        self.points = LengthEdit(_("Size (pt)"), least=4, most=60, parent=self)
        self.points.measured.connect(self._sized)
        self.points.left.connect(bench.settle)
        self.field(_("Size (pt)"), self.points)
        self._held = QWidget(self)
        self._grid = QGridLayout(self._held)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self.put(self._held)
        self.more = Button(_("Another column"), self._add, icon="plus", parent=self)
        self.put(self.more)

    def _length(self, name: str, word: str, least: float, most: float) -> LengthEdit:
        edit = LengthEdit(word, least=least, most=most, parent=self)
        edit.measured.connect(partial(self._set, name))
        edit.left.connect(self._bench.settle)
        self.field(word, edit)
        return edit

    def show_template(self, template: Template) -> None:
        """Show the first table that is chosen."""
        found = self._table()
        if found is None:
            return
        self.row.show_value(found.row)
        self.head_row.show_value(found.head_row)
        if self.blank.number() != found.blank_rows:
            self.blank.set_number(found.blank_rows)
        self.totals.setChecked(found.totals)
        self.points.show_value(found.columns[0].style.size if found.columns else None)
        if len(found.columns) != self._count:
            self._make(len(found.columns))
        options = self._options()
        for (label, field, width, total, align), column in zip(
            self.rows, found.columns, strict=True
        ):
            if label.text() != column.label:
                label.setText(column.label)
            name = column.text[1:-1] if column.text.startswith("{") else column.text
            known = {**options, name: options.get(name, column.text or _("nothing"))}
            field.set_options(list(known.items()), name)
            width.show_value(column.width)
            total.setChecked(column.total)
            align.show_value(column.style.align)
        self.more.setEnabled(len(found.columns) < _MOST_COLUMNS)

    def _table(self) -> Table | None:
        return next((one for one in self._bench.elements() if isinstance(one, Table)), None)

    def _options(self) -> Mapping[str, str]:
        fields = fields_of(self._bench.purpose)
        return {"": _("Empty, to write in"), **{name: _(it.label) for name, it in fields.items()}}

    def _make(self, count: int) -> None:
        self._count = count
        while self._grid.count():
            old = self._grid.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for place in range(count):
            self._grid.addWidget(self._card(place), place, 0)

    def _card(self, place: int) -> QFrame:
        number = place + 1
        card = QFrame(self._held)
        card.setObjectName("panel")
        grid = QGridLayout(card)
        grid.setContentsMargins(8, 6, 8, 8)
        grid.setSpacing(6)
        label = TextEdit(longest=80, parent=card)
        label.textEdited.connect(lambda text: self._column(place, "label", text, typed=True))
        label.editingFinished.connect(self._bench.settle)
        heading = Field(_("Heading {number}").format(number=number), label, parent=card)
        field = Choice(parent=card)
        field.setMinimumContentsLength(5)
        field.chose.connect(
            lambda name: self._column(place, "text", "{" + name + "}" if name else "")
        )
        what = Field(_("What stands in it"), field, parent=card)
        width = LengthEdit(_("Width (mm)"), least=2, most=400, parent=card)
        width.measured.connect(lambda mm: self._column(place, "width", mm, typed=True))
        width.left.connect(self._bench.settle)
        total = Tick(_("Total"), parent=card)
        total.clicked.connect(lambda on: self._column(place, "total", on))
        grid.addWidget(heading, 0, 0, 1, 2)
        grid.addWidget(what, 1, 0, 1, 2)
        grid.addWidget(Field(_("Width (mm)"), width, parent=card), 2, 0)
        grid.addWidget(total, 2, 1)
        align = IconPick(
            [
                ("left", "text-align-start", _("Left")),
                ("centre", "text-align-center", _("In the middle")),
                ("right", "text-align-end", _("Right")),
            ],
            card,
        )
        align.chose.connect(lambda value: self._aligned(place, value))
        grid.addWidget(align, 3, 0, 1, 2)
        tools = IconRow(
            [
                ("chevron-up", _("Column {number} earlier").format(number=number),
                 lambda: self._shift(place, -1)),
                ("chevron-down", _("Column {number} later").format(number=number),
                 lambda: self._shift(place, 1)),
                ("trash-2", _("Delete column {number}").format(number=number),
                 lambda: self._drop(place)),
            ],
            card,
        )  # fmt: skip
        grid.addWidget(tools, 4, 0, 1, 2)
        self.rows.append((label, field, width, total, align))
        return card

    def _set(self, name: str, value: float) -> None:
        bench = self._bench
        bench.do(
            changed(bench.template, bench.chosen, **{name: value}),
            f"{name} {sorted(bench.chosen)}",
        )

    def _sized(self, size: float) -> None:
        """All rows in one size; what is too long gets smaller by itself."""
        found = self._table()
        if found is not None:
            columns = tuple(
                replace(
                    one,
                    style=replace(one.style, size=size, smallest=min(one.style.smallest, size)),
                )
                for one in found.columns
            )
            self._columns(columns, f"points {found.id}")

    def _aligned(self, place: int, align: Align) -> None:
        found = self._table()
        if found is not None:
            style = replace(found.columns[place].style, align=align)
            self._column(place, "style", style)

    def _blanked(self, number: int | None) -> None:
        if number is not None:
            self._bench.do(changed(self._bench.template, self._bench.chosen, blank_rows=number))

    def _columns(self, columns: tuple[TableColumn, ...], key: str = "") -> None:
        found = self._table()
        if found is not None:
            self._bench.do(
                with_element(self._bench.template, replace(found, columns=columns)), key
            )

    def _column(self, place: int, name: str, value: Any, *, typed: bool = False) -> None:
        found = self._table()
        if found is None:
            return
        change: dict[str, Any] = {name: value}
        columns = tuple(
            replace(one, **change) if at == place else one for at, one in enumerate(found.columns)
        )
        self._columns(columns, f"{name} {place} {found.id}" if typed else "")

    def _shift(self, place: int, step: int) -> None:
        found = self._table()
        if found is None or not 0 <= place + step < len(found.columns):
            return
        columns = list(found.columns)
        columns[place], columns[place + step] = columns[place + step], columns[place]
        self._columns(tuple(columns))

    def _drop(self, place: int) -> None:
        found = self._table()
        if found is not None and len(found.columns) > 1:
            self._columns(tuple(one for at, one in enumerate(found.columns) if at != place))

    def _add(self) -> None:
        found = self._table()
        if found is not None and len(found.columns) < _MOST_COLUMNS:
            style = found.columns[-1].style if found.columns else TableColumn(label="").style
            self._columns((*found.columns, TableColumn(label="", width=20, style=style)))

# SPDX-License-Identifier: Apache-2.0
"""Where elements are, in exact numbers; aligning, spreading, order; what they are called."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final, Literal

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.template import Column, Qr, Template, Text
from desktop.model.template_edit import (
    LEAST,
    Edge,
    aligned,
    around,
    box_of,
    changed,
    distributed,
    fitted,
    flows,
    put,
)
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_form import IconRow, Section
from desktop.ui.parts.designer_number import LengthEdit
from desktop.ui.parts.designer_words import element_word
from desktop.ui.widgets.field import Field, TextEdit
from desktop.ui.widgets.tick import Tick

_SIDES: Final = ("x", "y", "width", "height")


class PlaceSection(Section):
    """Place and size of what is chosen. Of several, of all of them together."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(_("Place (mm)"), parent)
        self._bench = bench
        self.edits: dict[str, LengthEdit] = {}
        self._fields: dict[str, Field] = {}
        for side, word in (
            ("x", _("From the left")),
            ("y", _("From the top")),
            ("width", _("Width")),
            ("height", _("Height")),
        ):
            least = LEAST if side in ("width", "height") else -500.0
            edit = LengthEdit(word, least=least, most=1000, parent=self)
            edit.measured.connect(partial(self._measured, side))
            edit.left.connect(bench.settle)
            self.edits[side] = edit
            self._fields[side] = self.field(word, edit)
        self._align = IconRow(
            [
                ("align-start-vertical", _("Align left"), partial(self._press, "left")),
                ("align-center-vertical", _("Centre across"), partial(self._press, "centre")),
                ("align-end-vertical", _("Align right"), partial(self._press, "right")),
                ("align-start-horizontal", _("Align at the top"), partial(self._press, "top")),
                ("align-center-horizontal", _("Centre up and down"),
                 partial(self._press, "middle")),
                ("align-end-horizontal", _("Align at the bottom"),
                 partial(self._press, "bottom")),
            ],
            self,
        )  # fmt: skip
        self.put(self._align)
        self._spread = IconRow(
            [
                ("align-horizontal-space-between", _("Equal gaps across"),
                 partial(self._distribute, "x")),
                ("align-vertical-space-between", _("Equal gaps down"),
                 partial(self._distribute, "y")),
            ],
            self,
        )  # fmt: skip
        self.put(self._spread)

    def show_template(self, template: Template, shown: Template | None = None) -> None:
        """Show where things are; ``shown`` is what a drag would make of it."""
        ids = self._bench.chosen
        some = [one for one in (shown or template).elements if one.id in ids]
        inside = [one for one in some if flows(one)]
        for side in ("y", "height"):
            self._fields[side].setVisible(not inside)
        self._fields["x"].setVisible(not inside or len(some) == 1)
        self._align.setVisible(not inside)
        self._spread.setVisible(len(some) > 2 and not inside)
        frame = around(box_of(one) for one in some)
        for side, edit in self.edits.items():
            edit.show_value(getattr(frame, side) if frame is not None else None)
            edit.setEnabled(frame is not None)

    def _measured(self, side: str, value: float) -> None:
        bench = self._bench
        some = bench.elements()
        frame = around(box_of(one) for one in some)
        if frame is None:
            return
        key = f"{side} {sorted(bench.chosen)}"
        if side in ("x", "y"):
            step = value - getattr(frame, side)
            boxes = {
                one.id: box_of(one).moved(step if side == "x" else 0, step if side == "y" else 0)
                for one in some
            }
            bench.do(put(bench.template, boxes), key)
            return
        after = replace(frame, **{side: value})
        sizes = {one.id: fitted(frame, after, box_of(one)) for one in some}
        for one in some:
            if isinstance(one, Qr):
                length = getattr(sizes[one.id], side)
                sizes[one.id] = replace(sizes[one.id], width=length, height=length)
        bench.do(put(bench.template, sizes), key)

    def _press(self, edge: Edge) -> None:
        to: Literal["page", "selection"] = "page" if len(self._bench.chosen) < 2 else "selection"
        self._bench.do(aligned(self._bench.template, self._bench.chosen, edge, to))

    def _distribute(self, axis: Literal["x", "y"]) -> None:
        self._bench.do(distributed(self._bench.template, self._bench.chosen, axis))


class NameSection(Section):
    """What the one that is chosen is called, and whether it is seen, held fast, printed."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bench = bench
        self.ticks: dict[str, Tick] = {}
        for name, word in (
            ("locked", _("Locked")),
            ("hidden", _("Hide")),
            ("on_stock", _("Printed on the paper already")),
        ):
            tick = Tick(word, parent=self)
            tick.clicked.connect(partial(self._ticked, name))
            self.ticks[name] = tick
            self.put(tick, wide=name == "on_stock")
        self.name = TextEdit(longest=60, parent=self)
        self.name.textEdited.connect(self._named)
        self.name.editingFinished.connect(bench.settle)
        self._name = self.field(_("Name in the list"), self.name, wide=True)
        self._row_of_order()

    def _row_of_order(self) -> None:
        bench = self._bench
        self.order = IconRow(
            [
                ("bring-to-front", _("Bring to the front"), lambda: bench.ask("front")),
                ("chevron-up", _("One step forward"), lambda: bench.ask("forward")),
                ("chevron-down", _("One step back"), lambda: bench.ask("backward")),
                ("send-to-back", _("Send to the back"), lambda: bench.ask("back")),
                ("copy", _("Duplicate (Ctrl+D)"), bench.duplicate),
                ("trash-2", _("Delete"), bench.delete),
            ],
            self,
        )
        self.put(self.order)

    def show_template(self, template: Template) -> None:
        """Show the names and states of what is chosen."""
        some = [one for one in template.elements if one.id in self._bench.chosen]
        self._name.setVisible(len(some) == 1)
        if len(some) == 1:
            if self.name.text().strip() != some[0].name:
                self.name.setText(some[0].name)
            self.name.setPlaceholderText(element_word(template.purpose, replace(some[0], name="")))
        for name, tick in self.ticks.items():
            tick.setChecked(bool(some) and all(getattr(one, name) for one in some))
        self.ticks["on_stock"].setVisible(
            template.purpose == "certificate" and not any(isinstance(one, Column) for one in some)
        )

    def _ticked(self, name: str, on: bool) -> None:
        self._bench.do(changed(self._bench.template, self._bench.chosen, **{name: on}))

    def _named(self, text: str) -> None:
        if len(self._bench.chosen) == 1:
            (one,) = self._bench.chosen
            self._bench.name(one, text)


def row_of(parent: QWidget, *parts: QWidget) -> QWidget:
    """Parts beside each other."""
    held = QWidget(parent)
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    return held


def column_options(template: Template) -> list[tuple[str, str]]:
    """The columns a text can stand in, and none."""
    columns = [one for one in template.elements if isinstance(one, Column)]
    return [
        ("", _("None: a place of its own")),
        *((one.id, element_word(template.purpose, one)) for one in columns),
    ]


def texts_chosen(template: Template, ids: frozenset[str]) -> tuple[Text, ...]:
    """The texts among what is chosen."""
    return tuple(one for one in template.elements if one.id in ids and isinstance(one, Text))

# SPDX-License-Identifier: Apache-2.0
"""The list of layers: its rows, and what dragging one does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from desktop.model.template import Column, Ornament, Template, Text
from desktop.model.template_edit import Box, texts_of
from desktop.ui.tables.layer import LayerModel, dropped_at, layers_of


def _text(name: str, column: str = "") -> Text:
    return Text(id=name, x=1, y=2, width=30, height=5, text=name, column=column)


@pytest.fixture
def template() -> Template:
    """From the bottom: frame, column with a and b, alone."""
    return Template(
        purpose="certificate",
        titles={},
        width=297,
        height=210,
        elements=(
            Ornament(id="frame", x=0, y=0, width=297, height=210, drawing="frame"),
            Column(id="column", x=10, y=10, width=100, height=100),
            _text("a", "column"),
            _text("b", "column"),
            _text("alone"),
        ),
    )


def test_rows_are_the_uppermost_first_and_columns_with_their_texts(template: Template) -> None:
    rows = [(one.id, one.inside) for one in layers_of(template, frozenset({"a"}))]
    assert rows == [
        ("alone", False), ("column", False), ("a", True), ("b", True), ("frame", False),
    ]  # fmt: skip
    assert layers_of(template, frozenset({"a"}))[2].wrong


def test_the_model_is_sound(template: Template, qtmodeltester: ModelTester) -> None:
    model = LayerModel()
    model.show_layers(layers_of(template))
    qtmodeltester.check(model)
    assert model.rowCount() == 5
    assert model.row_of("b") == 3
    assert model.row_of("none") == -1


def test_a_row_dragged_lower_lies_lower(template: Template) -> None:
    after = dropped_at(template, "alone", 5, None)
    assert after.elements[0].id == "alone"
    after = dropped_at(template, "frame", 0, None)
    assert after.elements[-1].id == "frame"


def test_a_text_dragged_between_those_of_a_column_flows_there(template: Template) -> None:
    """Mutant: a row that seems to stand in a column and is printed elsewhere."""
    for row, order in (
        (2, ["alone", "a", "b"]),
        (3, ["a", "alone", "b"]),
        (4, ["a", "b", "alone"]),
    ):
        after = dropped_at(template, "alone", row, None)
        assert [one.id for one in texts_of(after, "column")] == order
    after = dropped_at(template, "b", 2, None)
    assert [one.id for one in texts_of(after, "column")] == ["b", "a"]


def test_a_text_dragged_out_of_its_column_keeps_its_place_on_the_page(template: Template) -> None:
    after = dropped_at(template, "a", 0, Box(12, 40, 30, 6))
    found = after.element("a")
    assert isinstance(found, Text)
    assert (found.column, found.x, found.y) == ("", 12, 40)
    assert after.elements[-1].id == "a"
    assert dropped_at(template, "a", 0, None) == template


def test_what_is_dropped_is_told_and_nothing_is_moved_by_the_list_itself(
    template: Template,
) -> None:
    model = LayerModel()
    model.show_layers(layers_of(template))
    told: list[tuple[str, int]] = []
    model.dropped.connect(lambda name, row: told.append((name, row)))
    held = model.mimeData([model.index(0)])
    assert not model.dropMimeData(held, Qt.DropAction.MoveAction, 3, 0, QModelIndex())
    assert told == [("alone", 3)]
    assert model.rowCount() == 5

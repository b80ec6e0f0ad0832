# SPDX-License-Identifier: Apache-2.0
"""A real window has what Thai needs: a screen, the typeface, and libthai for Qt's own labels."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.paths import shipped

SENTENCE = "กรมพัฒนาสังคมและสวัสดิการอบรมวิทยากรกระบวนการ"
WORDS = ("กรม", "พัฒนา", "สังคม", "และ", "สวัสดิการ", "อบรม", "วิทยากร", "กระบวน", "การ")


@pytest.fixture
def sarabun(qapp: QApplication) -> QFont:
    number = QFontDatabase.addApplicationFont(
        str(shipped("resources", "fonts", "Sarabun-Regular.ttf"))
    )
    return QFont(QFontDatabase.applicationFontFamilies(number), 16)


@pytest.mark.window
def test_a_thai_sentence_wraps_between_words(sarabun: QFont) -> None:
    """Fails without libthai0, which Qt loads when it runs: then the sentence is one long word and
    leaves the window on the right.
    """
    layout = QTextLayout(SENTENCE, sarabun)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    pieces = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(120)
        pieces.append(SENTENCE[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()

    ends = {sum(map(len, WORDS[: at + 1])) for at in range(len(WORDS))}
    lengths = [len(piece) for piece in pieces]
    assert len(pieces) > 2
    assert {sum(lengths[: at + 1]) for at in range(len(lengths))} <= ends


@pytest.mark.window
def test_the_window_tests_stand_on_a_real_screen(qtbot: QtBot, sarabun: QFont) -> None:
    """Fails when ./test runs them offscreen, where nothing they promise is tried."""
    label = QLabel(SENTENCE)
    label.setFont(sarabun)
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()

    assert QGuiApplication.platformName() == "xcb"

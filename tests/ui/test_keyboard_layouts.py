# SPDX-License-Identifier: Apache-2.0
"""The keys work while the keyboard is Thai: pressed through the X server, not made up."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.page import Page
from desktop.ui.rail import Place
from desktop.ui.widgets.search_box import SearchBox

NOUNS = ("one", "two", "three", "four", "five", "six", "seven")
# Numbers of keys as X counts them on every PC keyboard.
_KEY_1, _KEY_D, _KEY_F2, _KEY_F3 = 10, 40, 68, 69


class _Page(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.done: list[str] = []
        self.box = SearchBox("ค้นหา", parent=self)
        QVBoxLayout(self).addWidget(self.box)
        self.primary = self.command("ทำ", lambda: self.done.append("F3"), "F3")

    def title(self) -> str:
        return "หน้า"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=60)


@pytest.fixture
def thai_keyboard() -> Iterator[None]:
    """Thai is the layout that is on; US is the other group, as on Thai laptops."""
    for tool in ("setxkbmap", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    _run("setxkbmap", "-layout", "th,us")
    yield
    _run("setxkbmap", "-layout", "us")


@pytest.mark.window
def test_pages_and_commands_answer_while_the_keyboard_is_thai(
    thai_keyboard: None, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """The numbers are those of the keys themselves: xdotool would look for a key that gives 2 and
    switch to the US layout for it. Fails without the second names of Ctrl+2 and Ctrl+3.
    """
    frame = Frame(
        desk,
        tuple(Place(noun, noun, "house") for noun in NOUNS),
        {noun: lambda desk: _Page(desk) for noun in NOUNS},
    )
    qtbot.addWidget(frame)
    with qtbot.waitExposed(frame):
        frame.show()
    settled()
    window = str(int(frame.winId()))
    _run("xdotool", "windowfocus", "--sync", window)
    qtbot.waitUntil(frame.isActiveWindow)
    first = frame.page
    for digit in range(len(NOUNS), 0, -1):
        _run("xdotool", "keydown", "ctrl", "key", str(_KEY_1 + digit - 1), "keyup", "ctrl")
        noun = NOUNS[digit - 1]
        qtbot.waitUntil(lambda n=noun: frame.page is frame.page_of(n))
    first = frame.page
    assert isinstance(first, _Page)
    _run("xdotool", "key", str(_KEY_F3))
    qtbot.waitUntil(lambda: first.done == ["F3"])
    _run("xdotool", "key", str(_KEY_F2))
    qtbot.waitUntil(first.box.hasFocus)
    _run("xdotool", "key", str(_KEY_D))
    qtbot.waitUntil(lambda: first.box.text() == "ก")
    _run("xdotool", "key", "Escape")
    qtbot.waitUntil(lambda: first.box.text() == "")
    assert frame.page is first, "the first Esc empties the box"
    _run("xdotool", "key", "Escape")
    qtbot.waitUntil(lambda: frame.page is frame.page_of(NOUNS[1]))


def test_no_key_of_the_frame_is_a_letter_alone(
    desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    frame = Frame(desk, (Place("one", "One", "house"),), {"one": lambda desk: _Page(desk)})
    qtbot.addWidget(frame)
    settled()
    alone = [
        key.key().toString()
        for key in frame.findChildren(QShortcut)
        if not _holds(key.key(), Qt.KeyboardModifier.ControlModifier)
        and not key.key().toString().startswith("F")
        and key.key() != QKeySequence("Esc")
    ]
    assert alone == []
    assert isinstance(frame, QWidget)


def _holds(key: QKeySequence, modifier: Qt.KeyboardModifier) -> bool:
    return bool(key[0].keyboardModifiers() & modifier)

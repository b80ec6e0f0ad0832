# SPDX-License-Identifier: Apache-2.0
"""The colours can be read by people who see little, in both themes."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.theme import Colours

THEMES = pytest.mark.parametrize("table", [theme.LIGHT, theme.DARK], ids=["light", "dark"])


@THEMES
@pytest.mark.parametrize("pair", theme.TEXT_PAIRS, ids=" on ".join)
def test_text_stands_out_four_and_a_half_to_one(table: Colours, pair: tuple[str, str]) -> None:
    """Fails when ``quiet`` of the light theme is made #8a8da3."""
    assert theme.contrast(getattr(table, pair[0]), getattr(table, pair[1])) >= 4.5


@THEMES
@pytest.mark.parametrize("pair", theme.PART_PAIRS, ids=" on ".join)
def test_parts_stand_out_three_to_one(table: Colours, pair: tuple[str, str]) -> None:
    """Fails when ``edge`` of the dark theme is made #50536a."""
    assert theme.contrast(getattr(table, pair[0]), getattr(table, pair[1])) >= 3


def test_contrast_agrees_with_the_standard() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_qt_itself_gets_the_colours_of_the_theme(qapp: QApplication) -> None:
    theme.apply_theme(qapp, "dark")
    window = qapp.palette().color(QPalette.ColorRole.Window).name()
    words = qapp.palette().color(QPalette.ColorRole.WindowText).name()
    assert (window, words) == (theme.DARK.ground, theme.DARK.text)
    assert theme.is_dark()
    theme.apply_theme(qapp, "system")
    assert not theme.is_dark()  # offscreen says nothing of its scheme


def test_text_grows_and_targets_never_shrink_below_forty(qapp: QApplication) -> None:
    theme.apply_theme(qapp, "light", 1.5)
    assert theme.pixels("body") == 24
    assert theme.scaled(theme.TARGET) == 60
    theme.apply_theme(qapp, "light", 0.9)
    assert theme.pixels("body") == 14
    assert theme.scaled(theme.TARGET) == 40
    theme.apply_theme(qapp, "light")


def test_the_typeface_is_ours_in_four_weights(qapp: QApplication) -> None:
    assert QFontInfo(theme.font()).family() == "Sarabun"
    assert {"Regular", "Medium", "SemiBold", "Bold"} <= set(QFontDatabase.styles("Sarabun"))


def test_no_other_file_names_a_colour() -> None:
    """Fails when a widget writes ``QColor("#ff0000")``."""
    room = Path(theme.__file__).parent
    named = [
        path.name
        for path in sorted(room.rglob("*.py"))
        if path.name != "theme.py"
        and re.search(r"#[0-9a-fA-F]{6}\b|GlobalColor\.(?!transparent)", path.read_text("utf-8"))
    ]
    assert named == []


def test_every_colour_is_one_qt_understands() -> None:
    for table in (theme.LIGHT, theme.DARK):
        for field in fields(Colours):
            assert re.fullmatch(r"#[0-9a-f]{6}", getattr(table, field.name)), field.name

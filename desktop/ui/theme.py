# SPDX-License-Identifier: Apache-2.0
"""Every colour, type size and space of the program: one table for light, one for dark.

No other file names a colour. ``tests/ui/test_theme.py`` computes the contrast of every pair that
meets on the screen: text 4.5 : 1 or more, parts and focus rings 3 : 1 or more (WCAG 2.2, 1.4.3
and 1.4.11).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.paths import shipped
from desktop.ui.stylesheet import stylesheet

Choice = Literal["light", "dark", "system"]


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme as ``#rrggbb``.

    ``…_soft`` is a ground, the colour of the same name is what stands on it.
    """

    ground: str
    surface: str
    raised: str
    line: str
    edge: str
    """Border of a part that can be used: an input, an empty box."""
    text: str
    quiet: str
    """Second text: hints, units, what is already known."""
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    focus: str
    gold: str
    gold_soft: str
    green: str
    green_soft: str
    amber: str
    amber_soft: str
    red: str
    red_hover: str
    red_soft: str
    on_red: str
    grey: str
    grey_soft: str
    veil: str
    """Covers the window when it is locked."""


LIGHT: Final = Colours(
    ground="#f5f5f9",
    surface="#ffffff",
    raised="#ebebf3",
    line="#d5d6e2",
    edge="#7d8096",
    text="#1a1b2a",
    quiet="#53566c",
    accent="#372f92",
    accent_hover="#4a41b4",
    on_accent="#ffffff",
    accent_soft="#e5e3f8",
    focus="#5b50e6",
    gold="#7d5800",
    gold_soft="#fbf0d3",
    green="#12662f",
    green_soft="#dcf3e2",
    amber="#8a4700",
    amber_soft="#fdebd2",
    red="#b01f1c",
    red_hover="#c73330",
    red_soft="#fce4e2",
    on_red="#ffffff",
    grey="#555970",
    grey_soft="#e8e8f0",
    veil="#232041",
)

DARK: Final = Colours(
    ground="#13141c",
    surface="#1c1d28",
    raised="#282a39",
    line="#383b4e",
    edge="#8488a1",
    text="#ededf5",
    quiet="#b3b6c9",
    accent="#aaa5ff",
    accent_hover="#c3bfff",
    on_accent="#15123c",
    accent_soft="#2e2b5a",
    focus="#8f88ff",
    gold="#ebc66c",
    gold_soft="#3b3116",
    green="#7fdb9c",
    green_soft="#173a26",
    amber="#f5b56b",
    amber_soft="#43300f",
    red="#ff9d97",
    red_hover="#ffb8b3",
    red_soft="#4b1d1d",
    on_red="#3a0806",
    grey="#b3b6c9",
    grey_soft="#2b2d3c",
    veil="#0d0e15",
)

TEXT_PAIRS: Final = (
    *((text, ground) for text in ("text", "quiet") for ground in ("ground", "surface", "raised")),
    *((tone, "surface") for tone in ("accent", "gold", "green", "amber", "red", "grey")),
    *((tone, "ground") for tone in ("accent", "gold", "green", "amber", "red", "grey")),
    *((tone, f"{tone}_soft") for tone in ("accent", "gold", "green", "amber", "red", "grey")),
    *(("text", f"{tone}_soft") for tone in ("accent", "gold", "green", "amber", "red", "grey")),
    *(("quiet", f"{tone}_soft") for tone in ("accent", "green", "amber", "red", "grey")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_red", "red"),
    ("on_red", "red_hover"),
)
"""Every pair (text, ground) that meets on the screen."""

PART_PAIRS: Final = (
    *(("edge", ground) for ground in ("ground", "surface", "raised")),
    *(("focus", ground) for ground in ("ground", "surface", "raised", "accent_soft")),
    *(("accent", ground) for ground in ("ground", "surface", "raised")),
)
"""Every pair (part, ground) that must be told apart."""

# Pixels at 100 % text size.
SIZES: Final = {"tiny": 13, "small": 14, "body": 16, "lead": 18, "section": 20, "page": 28,
                "figure": 44, "name": 64}  # fmt: skip
TINY, SMALL, BODY, LEAD, SECTION, PAGE, FIGURE, NAME = SIZES
SPACE: Final = (0, 4, 8, 12, 16, 24, 32)
"""Spaces between parts: SPACE[1] … SPACE[6]."""
RADIUS: Final = 8
TARGET: Final = 40
"""Least height of what can be pressed, and the height of a row."""
LINE: Final = 1.5
"""Line height of running Thai text, in parts of its size."""
FAMILY: Final = "Sarabun"
PAPER: Final = "#ffffff"
INK: Final = "#000000"
"""Signatures and photographs are kept and printed on white, in both themes."""
WEIGHTS: Final = ("Regular", "Medium", "SemiBold", "Bold")


class _Now:
    """The theme of the moment. Module state: whoever paints has no argument to get it by."""

    colours: Colours = LIGHT
    scale: float = 1.0
    choice: Choice = "light"
    fonts_loaded = False
    follows_system = False


def colours() -> Colours:
    """The colours of the theme that is on."""
    return _Now.colours


def colour(tone: str) -> QColor:
    """The colour named ``tone`` (a field of ``Colours``) in the theme that is on."""
    return QColor(getattr(_Now.colours, tone))


def is_dark() -> bool:
    """Whether the dark theme is on."""
    return _Now.colours is DARK


def pixels(size: str) -> int:
    """Height of a type size in logical pixels at the text size chosen."""
    return round(SIZES[size] * _Now.scale)


def scaled(length: int) -> int:
    """A length that must grow with the text (a row, a button), in logical pixels."""
    return round(length * max(1.0, _Now.scale))


def font(size: str = BODY, weight: int = 400) -> QFont:
    """The program's typeface in a type size."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels(size))
    made.setWeight(QFont.Weight(weight))
    return made


def load_fonts() -> None:
    """Make Sarabun known to Qt, once. A missing file leaves the system's own Thai typeface."""
    if _Now.fonts_loaded:
        return
    for weight in WEIGHTS:
        QFontDatabase.addApplicationFont(
            str(shipped("resources", "fonts", f"{FAMILY}-{weight}.ttf"))
        )
    _Now.fonts_loaded = True


def apply_theme(app: QApplication, choice: str, scale: float = 1.0) -> None:
    """Dress the whole program in ``choice`` (light, dark, system), text at ``scale`` (1 = 100 %).

    May be called again at any time; widgets redraw themselves. With ``system`` the program
    follows the desktop when the desktop says what it is, and is light when it does not.
    """
    load_fonts()
    _Now.choice = "dark" if choice == "dark" else "light" if choice == "light" else "system"
    _Now.scale = max(0.75, min(2.0, scale))
    if not _Now.follows_system:
        _Now.follows_system = True
        style = QStyleFactory.create("Fusion")
        if style is not None:
            app.setStyle(style)
        app.styleHints().colorSchemeChanged.connect(_system_changed)
    _dress(app)


def _system_changed() -> None:
    app = QApplication.instance()
    if _Now.choice == "system" and isinstance(app, QApplication):
        _dress(app)


def _dress(app: QApplication) -> None:
    dark = _Now.choice == "dark" or (
        _Now.choice == "system"
        and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    _Now.colours = DARK if dark else LIGHT
    app.setFont(font())
    app.setPalette(palette(_Now.colours))
    app.setStyleSheet(stylesheet(_names(), pixels, scaled))


def _names() -> dict[str, str]:
    return {field.name: getattr(_Now.colours, field.name) for field in fields(Colours)}


def palette(table: Colours) -> QPalette:
    """The Qt palette of a theme, for what the stylesheet does not reach (dialogs of Qt itself)."""
    made = QPalette()
    role = QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        for where, name in (
            (role.Window, table.ground),
            (role.WindowText, table.text),
            (role.Base, table.surface),
            (role.AlternateBase, table.raised),
            (role.Text, table.text),
            (role.Button, table.surface),
            (role.ButtonText, table.text),
            (role.ToolTipBase, table.raised),
            (role.ToolTipText, table.text),
            (role.PlaceholderText, table.quiet),
            (role.Highlight, table.accent),
            (role.HighlightedText, table.on_accent),
            (role.Link, table.accent),
            (role.Accent, table.accent),
            (role.BrightText, table.red),
            (role.Light, table.surface),
            (role.Midlight, table.raised),
            (role.Mid, table.line),
            (role.Dark, table.edge),
            (role.Shadow, table.line),
        ):
            made.setColor(group, where, QColor(name))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(table.edge))
    return made


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours ``#rrggbb``, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(name: str) -> float:
    parts = [int(name[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

# SPDX-License-Identifier: Apache-2.0
"""The stylesheet, filled from the tables of ``theme``. It holds no colour of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

_SHEET = Template("""
* { outline: none; }
QWidget { color: $text; }
QMainWindow, QDialog, QWidget#ground { background: $ground; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 6px 8px; }

QWidget#rail { background: $surface; border-right: 1px solid $line; }
QWidget#topbar { background: $surface; border-bottom: 1px solid $line; }
QWidget#footer { background: $surface; border-top: 1px solid $line; }
QFrame#card { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame#panel { background: $raised; border: none; border-radius: 8px; }
QFrame#rule { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[tone="green"] { background: $green_soft; border: 1px solid $green; border-radius: 8px; }
QFrame[tone="amber"] { background: $amber_soft; border: 1px solid $amber; border-radius: 8px; }
QFrame[tone="red"] { background: $red_soft; border: 1px solid $red; border-radius: 8px; }
QFrame[tone="gold"] { background: $gold_soft; border: 1px solid $gold; border-radius: 8px; }
QFrame[tone="accent"] { background: $accent_soft; border: 1px solid $accent; border-radius: 8px; }
QFrame[tone="grey"] { background: $grey_soft; border: 1px solid $line; border-radius: 8px; }

QScrollArea, QScrollArea > QWidget > QWidget#ground { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QPushButton, QToolButton {
  min-height: ${target_inner}px; padding: 0 14px; border-radius: 8px;
  border: 2px solid transparent; font-size: ${body}px;
}
QPushButton { background: $surface; border-color: $edge; color: $text; }
QPushButton:hover { background: $raised; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus, QToolButton:focus { border-color: $focus; }
QPushButton:disabled { color: $edge; border-color: $line; background: $ground; }
QPushButton[kind="primary"] {
  background: $accent; border-color: $accent; color: $on_accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border-color: $text; }
QPushButton[kind="primary"]:disabled { background: $raised; border-color: $raised; color: $edge; }
QPushButton[kind="danger"] { background: $surface; border-color: $red; color: $red; }
QPushButton[kind="danger"]:hover { background: $red_soft; }
QPushButton[kind="danger"]:disabled { border-color: $line; color: $edge; }
QPushButton[kind="danger"]:focus { border-color: $focus; }
QPushButton[kind="danger"][final="true"] { background: $red; color: $on_red; font-weight: 600; }
QPushButton[kind="danger"][final="true"]:hover { background: $red_hover; }
QPushButton[kind="quiet"], QToolButton { background: transparent; color: $accent; }
QPushButton[kind="quiet"] { border-color: transparent; }
QPushButton[kind="quiet"]:hover, QToolButton:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:focus { border-color: $focus; }
QPushButton[kind="quiet"]:disabled { color: $edge; }
QPushButton[kind="choice"] { text-align: left; }
QPushButton[kind="choice"]:checked {
  background: $accent_soft; border-color: $accent; color: $accent; font-weight: 600;
}
QPushButton[kind="choice"]:checked:focus { border-color: $focus; }
QPushButton::menu-indicator { width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: 8px;
  padding: 0 11px; min-height: ${field_inner}px; font-size: ${body}px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit, QTextEdit { padding: 8px 11px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {
  border: 2px solid $focus; padding: 0 10px;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: 7px 10px; }
QLineEdit[bad="true"], QComboBox[bad="true"], QPlainTextEdit[bad="true"] {
  border: 2px solid $red; padding: 0 10px;
}
QLineEdit[bad="true"]:focus, QComboBox[bad="true"]:focus, QPlainTextEdit[bad="true"]:focus {
  border: 2px solid $focus; padding: 0 10px;
}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QLineEdit[readOnly="true"] {
  background: $raised; color: $quiet; border-color: $line;
}
QLineEdit[told="true"] {
  background: transparent; color: $text; border: none; padding: 0; font-weight: 500;
  min-height: ${told}px;
}
QLineEdit#search { font-size: ${lead}px; }
QLineEdit#desk_search { font-size: ${section}px; min-height: ${desk_search}px; }
QComboBox::drop-down { border: none; width: 32px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QListView#popup {
  background: $surface; border: 1px solid $edge; padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item, QListView#popup::item {
  min-height: ${target}px; padding: 0 8px;
}

QCheckBox, QRadioButton { spacing: 10px; min-height: ${target}px; font-size: ${body}px; }
QRadioButton:focus { background: $accent_soft; border-radius: 8px; }
QRadioButton::indicator {
  width: 20px; height: 20px; border: 2px solid $edge; background: $surface; border-radius: 12px;
}
QRadioButton::indicator:focus { border-color: $focus; }
QRadioButton::indicator:checked {
  border-color: $accent;
  background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
    stop:0 $accent, stop:0.5 $accent, stop:0.6 $surface, stop:1 $surface);
}

QMenu { background: $surface; border: 1px solid $edge; padding: 6px; font-size: ${body}px; }
QMenu::item { min-height: ${target}px; padding: 0 24px 0 14px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QMenu::icon { padding-left: 10px; }

QTableView, QListView, QTreeView {
  background: $surface; border: 1px solid $line; border-radius: 8px;
  gridline-color: $line; selection-background-color: $accent_soft; selection-color: $text;
  alternate-background-color: $ground; font-size: ${body}px;
}
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $focus; }
QTableView::item { padding: 0 10px; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $raised; border: none; }
QHeaderView::section {
  background: $raised; color: $quiet; border: none; border-bottom: 1px solid $edge;
  padding: 0 13px; min-height: ${target}px; font-size: ${small}px; font-weight: 600;
}
QTableCornerButton::section { background: $raised; border: none; }

QTabBar::tab {
  min-height: ${target_inner}px; padding: 0 16px; border: none; color: $quiet;
  border-bottom: 3px solid transparent;
}
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { background: $accent_soft; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }

QProgressBar {
  background: $raised; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSplitter::handle { background: $line; }
""")


def stylesheet(
    colours: Mapping[str, str],
    pixels: Callable[[str], int],
    scaled: Callable[[int], int],
) -> str:
    """The stylesheet of a theme; ``pixels`` gives type sizes, ``scaled`` lengths of parts."""
    return _SHEET.substitute(
        colours,
        body=pixels("body"),
        small=pixels("small"),
        lead=pixels("lead"),
        section=pixels("section"),
        target=scaled(40),
        target_inner=scaled(40) - 4,
        field_inner=scaled(40) - 2,
        told=scaled(26),
        desk_search=scaled(56),
    )

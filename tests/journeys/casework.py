# SPDX-License-Identifier: Apache-2.0
"""What is done on the page of cases and on that of one household."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QTableView

from desktop.actions.office_paper import PaperSettings
from desktop.i18n import _
from desktop.ui.forms.view import FormView
from desktop.ui.parts.due_tile import DueTile
from desktop.ui.parts.household_lines import Lines
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.search_box import SearchBox
from tests.journeys.hand import Hand
from tests.journeys.steps import numbers_in, save_paper
from tests.printing import reading

WATERMARK: Final = PaperSettings().watermark


def bare(pages: Sequence[str]) -> str:
    """The text of pages without spaces and ends of lines, which a paper sets where it likes."""
    return "".join("".join(pages).split()).replace("\u200b", "")


def tab(hand: Hand, word: str) -> None:
    """Click a tab of the page."""
    (bar,) = hand.shown(QTabBar)
    words = [bar.tabText(place) for place in range(bar.count())]
    place = bar.tabRect(words.index(_(word))).center()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    hand.settle()


def due(hand: Hand) -> dict[str, int]:
    """The counts of the due list, by what stands on each tile."""
    hand.go("Cases")
    tab(hand, "Due")
    return {
        words.rpartition(":")[0]: int(words.rpartition(":")[2])
        for words in (tile.accessibleName() for tile in hand.shown(DueTile))
    }


def rows(hand: Hand) -> list[list[str]]:
    """Every row of the table that is shown."""
    table = hand.shown(QTableView)[0]
    columns = [hand.column(table, column) for column in range(table.model().columnCount())]
    return [list(row) for row in zip(*columns, strict=True)]


def open_household(hand: Hand, name: str) -> None:
    """Open one household: F2, a part of the name, down to it, Enter."""
    hand.go("Home visits")
    hand.key(Qt.Key.Key_F2)
    hand.into(hand.find(SearchBox, "Name, house number, moo, village or tambon"), name)
    hand.until(lambda: [row[0] for row in rows(hand)] == [name], f"{name} is not found")
    hand.key(Qt.Key.Key_Return)
    hand.read(_("Household of {name}").format(name=name))
    hand.settle()


def open_visit(hand: Hand, below: int = 0) -> None:
    """Open the newest visit of the household that is open, or the entry so many below it."""
    listed = hand.find(Lines, "Visits")
    listed.setFocus()
    for _line in range(below):
        hand.key(Qt.Key.Key_Down, on=listed)
    hand.key(Qt.Key.Key_Return, on=listed)
    hand.until(lambda: hand.shown(FormView), "no record was opened")
    hand.settle()


def print_report(hand: Hand, place: Path) -> list[str]:
    """The report of the newest visit as a PDF; returns the text of its pages."""
    hand.key(Qt.Key.Key_F5)
    words = _("Report of the visit of {day}").partition("{")[0]
    hand.menu(words)
    return reading.poppler(save_paper(hand, place))


def figure(hand: Hand, word: str) -> int:
    """The number of a figure."""
    words = hand.find(Figure, word).accessibleName()
    return numbers_in(words)[0]


def headings(hand: Hand) -> list[str]:
    """The words over the columns of the table."""
    model = hand.shown(QTableView)[0].model()
    return [
        str(model.headerData(column, Qt.Orientation.Horizontal))
        for column in range(model.columnCount())
    ]

# SPDX-License-Identifier: Apache-2.0
"""The drawing of a family: who stands where, by keyboard, in words; and the five dimensions."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.i18n import use_language
from desktop.model.household import Member
from desktop.model.position import Position
from desktop.model.visit import Assessment
from desktop.ui.parts.dimension_chart import MOST, DimensionChart
from desktop.ui.parts.family_tree import FamilyTree
from desktop.ui.parts.household_lines import BETWEEN, Line, Lines, broken
from desktop.ui.parts.household_reading import Spot
from desktop.ui.parts.map_marks import Room, beside
from desktop.ui.parts.place_map import METRES_OF_A_DEGREE, PlaceMap

FAMILY = (
    ("h", "นายคำ", "head", 60),
    ("s", "นางมะลิ", "spouse", 58),
    ("c1", "นายหนึ่ง", "child", 35),
    ("c2", "นางสาวสอง", "child", 33),
    ("p", "นางแก้ว", "parent", 85),
    ("g", "เด็กชายสาม", "grandchild", 8),
    ("x", "ลุงมี", "", 70),
)


def members(*some: str) -> tuple[Member, ...]:
    return tuple(
        Member(one, "house", name, relation=relation, age=age)
        for one, name, relation, age in FAMILY
        if not some or one in some
    )


@pytest.fixture
def tree(qtbot: QtBot) -> FamilyTree:
    use_language("en")
    made = FamilyTree()
    qtbot.addWidget(made)
    made.resize(640, 600)
    made.show_members(members())
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


def places(tree: FamilyTree) -> dict[str, tuple[int, int]]:
    return {
        card.member.id: (card.where.center().x(), card.where.center().y())
        for card in tree._cards(tree.width())
        if card.member is not None
    }


def test_parents_stand_above_the_spouse_beside_the_children_below(tree: FamilyTree) -> None:
    """Mutants: one row for all; children in the order of age only."""
    at = places(tree)
    assert at["p"][1] < at["h"][1] < at["c1"][1] < at["g"][1] < at["x"][1]
    assert at["h"][1] == at["s"][1]
    assert at["h"][0] < at["s"][0]
    assert at["c1"][1] == at["c2"][1]


def test_nobody_is_drawn_over_another_or_outside_however_narrow(tree: FamilyTree) -> None:
    """Mutant: a row is as wide as its people."""
    many = [Member(f"k{n}", "house", f"คน {n}", relation="child", age=n) for n in range(9)]
    tree.show_members((*members(), *many))
    for width in (320, 480, 640, 1000):
        cards = [card.where for card in tree._cards(width)]
        assert all(one.left() >= 0 and one.right() <= width for one in cards)
        assert not any(a.intersects(b) for n, a in enumerate(cards) for b in cards[:n])
        assert tree.heightForWidth(width) >= max(one.bottom() for one in cards)


def test_arrows_go_along_the_lines_and_enter_opens(tree: FamilyTree, qtbot: QtBot) -> None:
    """Mutant: the arrows go through the list of names."""
    went: list[str] = []
    tree.chosen.connect(went.append)
    for key, then in (
        (Qt.Key.Key_Down, ("h", "s")),
        (Qt.Key.Key_Down, ("c1", "c2")),
        (Qt.Key.Key_Down, ("g",)),
        (Qt.Key.Key_Up, ("c1", "c2")),
    ):
        QTest.keyClick(tree, key)
        assert tree._at in then
    before = tree._at
    QTest.keyClick(tree, Qt.Key.Key_Right if before == "c1" else Qt.Key.Key_Left)
    assert {before, tree._at} == {"c1", "c2"}
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert went == [tree._at]
    assert tree.accessibleName().endswith("Child") or "Child" in tree.accessibleName()


def test_the_same_stands_in_words(tree: FamilyTree) -> None:
    """Mutant: those whose relation is not known are left out of the words."""
    lines = tree.text().splitlines()
    assert len(lines) == 5
    assert "นางแก้ว" in lines[0]
    assert "นายคำ" in lines[1]
    assert "นางมะลิ" in lines[1]
    assert "ลุงมี" in lines[-1]
    assert tree.accessibleDescription() == tree.text()


def test_where_nobody_is_the_head_her_place_is_kept(tree: FamilyTree) -> None:
    """Mutant: the spouse stands alone as if she were the head."""
    tree.show_members(members("s", "c1"))
    cards = tree._cards(tree.width())
    assert [card.member is None for card in cards] == [True, False, False]


def test_an_entry_is_as_high_as_all_its_facts_need(qtbot: QtBot) -> None:
    """Mutant: what does not fit is cut, and only a hovering mouse can read it."""
    lines = Lines("Consent")
    qtbot.addWidget(lines)
    facts = tuple(f"a fact of some length {number}" for number in range(8))
    line = Line("a", "มะลิ แสงดาว", BETWEEN.join(facts), ("holds", "circle-check", "green"))
    lines.show()
    heights = []
    for width in (900, 400, 260):
        lines.resize(width, 100)
        QApplication.processEvents()
        lines.show_lines((line,))
        said = BETWEEN.join(broken(line, width - 150))
        assert said == line.under
        heights.append(lines.height())
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]
    lines.grab()


def test_the_chart_says_every_state_in_words_and_keeps_the_last_visits(qtbot: QtBot) -> None:
    """Mutants: the first visits are kept; a dimension that was not looked at is left out."""
    use_language("en")
    chart = DimensionChart()
    qtbot.addWidget(chart)
    visits = [
        Assessment(f"v{n}", date(2026, 1, 1 + n).isoformat(), {"income": "help", "health": "ok"})
        for n in range(MOST + 3)
    ]
    chart.show_assessments(visits)
    first = chart.text().splitlines()[0]
    assert first.count("Needs help") == MOST
    assert "1 January" not in first.replace("11 January", "")
    assert "Not looked at" in chart.text().splitlines()[-1]
    chart.resize(360, 240)
    for width in (chart.minimumSizeHint().width(), 420, 700):
        chart.resize(width, 240)
        columns = chart._columns(width)
        assert max(left + wide for _one, left, wide in columns) <= width
        assert columns[-1][0] == visits[-1]
        chart.grab()
    tall = chart.heightForWidth(420)
    chart.show_assessments(visits[-1:])
    assert chart.heightForWidth(420) < tall  # words alone need no key


def spot(name: str, lat: float, lon: float, urgency: str = "") -> Spot:
    return Spot(name, name, "", Position(lat, lon), "2026-11-20", urgency)


def test_the_map_is_true_to_scale_both_ways(qtbot: QtBot) -> None:
    """Mutant: a degree of longitude drawn as long as one of latitude."""
    chart = PlaceMap()
    qtbot.addWidget(chart)
    chart.resize(900, 500)
    chart.show_spots((spot("a", 16.0, 99.0), spot("b", 16.01, 99.01)), date(2026, 11, 20))
    a, b = (chart._point(one) for one in chart._spots)
    assert (b.x() - a.x()) / (a.y() - b.y()) == pytest.approx(0.961, abs=0.002)
    metre = chart._scale / METRES_OF_A_DEGREE
    assert (a.y() - b.y()) / metre == pytest.approx(1113, abs=2)


def test_one_house_alone_and_houses_far_apart_are_both_in_sight(qtbot: QtBot) -> None:
    """Mutant: dividing by the nothing between one house and itself."""
    chart = PlaceMap()
    qtbot.addWidget(chart)
    chart.resize(900, 500)
    for spots in (
        (spot("a", 16.0, 99.0),),
        (spot("a", 20.4, 99.8), spot("b", 6.0, 101.9)),
        (spot("a", 16.0, 98.0), spot("b", 16.001, 101.9)),
        (),
    ):
        chart.show_spots((), date(2026, 11, 20))
        chart.show_spots(spots, date(2026, 11, 20))
        chart.grab()
        assert all(chart.rect().contains(chart._point(one).toPoint()) for one in spots)


def test_the_pointer_finds_the_nearest_house_only_when_it_is_near(qtbot: QtBot) -> None:
    """Mutant: a click on the empty map marks some house."""
    chart = PlaceMap()
    qtbot.addWidget(chart)
    chart.resize(900, 500)
    chart.show_spots((spot("a", 16.0, 99.0), spot("b", 16.01, 99.01)), date(2026, 11, 20))
    where = chart._point(chart._spots[1])
    near = chart._near(where + QPointF(6, -6))
    assert near is not None
    assert near.name == "b"
    assert chart._near(where + QPointF(60, 0)) is None


def test_two_houses_in_one_place_are_both_reached_by_keys(qtbot: QtBot) -> None:
    """Mutant: arrows alone; of two at one point the second is never marked."""
    chart = PlaceMap()
    qtbot.addWidget(chart)
    chart.resize(900, 500)
    spots = (spot("a", 16.0, 99.0), spot("b", 16.0, 99.0), spot("c", 16.1, 99.0))
    chart.show_spots(spots, date(2026, 11, 20))
    reached = set()
    for _press in spots:
        QTest.keyClick(chart, Qt.Key.Key_PageDown)
        here = chart.current()
        assert here is not None
        reached.add(here.name)
    assert reached == {"a", "b", "c"}


def test_no_name_stands_over_another_or_over_a_mark() -> None:
    """Mutant: every name at the right of its mark."""
    room = Room()
    mark = QRectF(90, 90, 20, 20)
    room.take(mark)
    places = beside(QPointF(100, 100), 80, 20, 12)
    assert all(room.is_free(each) for each in places)
    room.take(places[0])
    assert not room.is_free(places[0].translated(0, 10))
    assert room.is_free(places[1])
    assert not room.is_free(QRectF(0, 0, 400, 400))

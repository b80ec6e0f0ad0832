# SPDX-License-Identifier: Apache-2.0
"""Repeats of a form in the window: added, removed, counted, one inside another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.forms.repeat import RepeatBlock
from desktop.xforms.codec import to_json
from tests.ui.forms.sitting import Sitting, xform

COUNTED = """
| survey | | | | | |
| | type | name | label | repeat_count | relevant |
| | integer | many | How many | | |
| | begin repeat | child | Child | ${many} | |
| | text | name | Name | | |
| | begin repeat | toy | Toy | | |
| | text | what | What | | |
| | end repeat | | | | |
| | end repeat | | | | |
| settings | | |
| | form_id | version |
| | counted | 1 |
"""


def test_an_instance_is_added_opened_removed_and_brought_back(sitting: Sitting) -> None:
    """Mutant: ``_restore`` left out; the row comes back empty."""
    sitting.begin()
    sitting.view.go_to(1)
    sitting.settle()
    block = sitting.repeat()
    assert len(block.rows) == 1
    assert block.rows[0].is_open
    sitting.write("/data/people[1]/name", "มานี รักดี")
    sitting.write("/data/people[1]/income", "๑,๕๐๐.๕๐")
    block._add.click()
    sitting.settle()
    assert [row.is_open for row in block.rows] == [False, True]
    assert "มานี รักดี" in block.rows[0].line.text()
    assert "1,500.5" in block.rows[0].line.text()
    focused = sitting.focused()
    assert focused is not None
    assert focused.node is sitting.node("/data/people[2]/name")
    block.rows[0].bin.click()
    sitting.settle()
    assert len(block.rows) == 1
    assert sitting.view.session.find("/data/people[2]") is None
    assert sitting.page.undo()
    sitting.settle()
    assert len(block.rows) == 2
    assert sitting.node("/data/people[1]/name").value == "มานี รักดี"
    assert sitting.node("/data/last_part/total").value == "1500.5"
    assert sitting.page.redo()
    assert len(block.rows) == 1


def test_a_counted_repeat_follows_its_count_and_has_no_buttons_of_its_own(
    sitting: Sitting,
) -> None:
    """Mutant: ``can_add`` not asked."""
    sitting.install(xform(COUNTED), "counted")
    view = sitting.begin("counted")
    view.give(sitting.node("/data/many"), "3")
    view.go_to(1)
    block = sitting.repeat()
    assert len(block.rows) == 3
    assert block._add.isHidden()
    assert all(row.bin.isHidden() for row in block.rows)
    view.give(sitting.node("/data/many"), "1")
    assert len(block.rows) == 1


def test_a_repeat_inside_a_repeat_comes_back_whole(sitting: Sitting) -> None:
    """Mutant: ``Snapshot.inside`` left out."""
    rows = COUNTED.replace("| ${many} |", "| |")
    sitting.install(xform(rows), "counted")
    view = sitting.begin("counted")
    view.go_to(1)
    sitting.settle()
    for _more in range(2):
        inner = next(one for one in view.session.form.controls() if one.path[-1] == "toy")
        view.add_instance(inner, sitting.node("/data/child[1]"))
    view.give(sitting.node("/data/child[1]/name"), "ปิติ")
    view.give(sitting.node("/data/child[1]/toy[3]/what"), "ว่าว")
    view.remove_instance(sitting.node("/data/child[1]"))
    assert view.session.find("/data/child[1]") is None
    assert sitting.page.undo()
    sitting.settle()
    assert sitting.node("/data/child[1]/name").value == "ปิติ"
    assert sitting.node("/data/child[1]/toy[3]/what").value == "ว่าว"
    kept = to_json(view.session)
    which = view.draft_id
    sitting.page.sheet = None
    assert to_json(sitting.open(which).session) == kept


def test_enter_passes_the_bin_and_comes_to_the_button_that_adds(sitting: Sitting) -> None:
    """Mutants: ``asks`` not looked at: Enter ends at the bin; Enter does not press a button."""
    sitting.begin()
    sitting.view.next_section()
    sitting.settle()
    (block,) = sitting.view.findChildren(RepeatBlock)
    sitting.write("/data/people[1]/name", "ปิติ")
    income = sitting.line("/data/people[1]/income")
    income.setFocus()
    QTest.keyClick(income, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is block._add
    QTest.keyClick(block._add, Qt.Key.Key_Return)
    sitting.settle()
    assert len(block.rows) == 2

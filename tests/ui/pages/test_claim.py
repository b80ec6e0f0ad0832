# SPDX-License-Identifier: Apache-2.0
"""The page of payments over a real store, by its keys and cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.actions.attendance import arrive
from desktop.actions.claim import claim_list
from desktop.model.claim import Usual
from desktop.ui.desk import Desk
from desktop.ui.pages.claim import Claims
from desktop.ui.tables.claim import FIXED, PAID, TOTAL, ClaimModel
from tests.actions.office_ground import BY, FIRST, Ground
from tests.ui.pages.opening import open_over

Settled = Callable[[], None]
MEAL, LODGING, FARE = FIXED, FIXED + 1, FIXED + 2


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> Claims:
    """Four on the roster, of whom the first two came on the first morning."""
    ids = ground.add("กก ก", "ขข ข", "คค ค", "งง ง", title="นาย")
    morning = ground.sessions()[0]
    for one in ids[:2]:
        arrive(ground.store, BY, one, morning.id, morning.start, "paper", "จากใบลงชื่อ")
    return open_over(Claims, qtbot, desk, ground, settled, (1000, 560))


def _amounts(ground: Ground) -> dict[str, dict[str, int]]:
    return {
        row.row.first: {kind: one.amount for kind, one in row.claims.items()}
        for row in claim_list(ground.store, ground.event.id).rows
    }


def _type(page: Claims, row: int, column: int, text: str) -> None:
    """As a person types into a cell and presses Enter."""
    grid = page.grid.grid
    grid.setFocus()
    grid.setCurrentIndex(page.grid.model.index(row, column))
    QTest.keyClick(grid, Qt.Key.Key_F2)
    editor = grid.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    # Qt takes an answer over, and its editor away, when it comes round to it.
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_model_is_one_that_qt_believes(page: Claims) -> None:
    """Mutant: a row count that is not that of the rows."""
    QAbstractItemModelTester(page.grid.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_usual_amounts_are_typed_in_thai_digits_and_filled_for_those_who_came(
    page: Claims, ground: Ground, desk: Desk, settled: Settled
) -> None:
    """Mutants: amounts for who did not come; a fill that cannot be taken back."""
    assert page.primary is page.fill
    page.plan.amounts["meal"].setText("๒๔๐")
    page.plan.amounts["meal"].editingFinished.emit()
    page.plan.amounts["fare"].setText("1,200.50")
    page.plan.amounts["fare"].editingFinished.emit()
    settled()
    plan = claim_list(ground.store, ground.event.id).plan
    assert plan.usual == {"meal": Usual(240_00), "fare": Usual(1_200_50)}
    page.fill.trigger()
    settled()
    both = {"meal": 240_00, "fare": 1_200_50}
    assert _amounts(ground) == {"กก": both, "ขข": both, "คค": {}, "งง": {}}
    assert page.primary is page.sheet
    assert "2,881.00" in page.grid.total.text()
    assert "สองพันแปดร้อยแปดสิบเอ็ดบาทถ้วน" in page.grid.total.text()
    desk.undo()
    settled()
    assert _amounts(ground) == {"กก": {}, "ขข": {}, "คค": {}, "งง": {}}


def test_a_word_where_an_amount_belongs_is_said_and_keeps_nothing(
    page: Claims, ground: Ground, settled: Settled
) -> None:
    """Mutant: "ฟรี" kept as nought over what was there."""
    page.plan.amounts["meal"].setText("ฟรี")
    page.plan.amounts["meal"].editingFinished.emit()
    settled()
    assert "ฟรี" in page.plan.wrong.text()
    assert not claim_list(ground.store, ground.event.id).plan.usual
    _type(page, 0, MEAL, "100")
    _type(page, 0, MEAL, "1,24")
    settled()
    assert "1,24" in page.grid.said.text()
    assert _amounts(ground)["กก"] == {"meal": 100_00}


def test_a_cell_is_typed_shown_at_once_and_kept(
    page: Claims, ground: Ground, settled: Settled
) -> None:
    """Mutant: an amount that is shown only after the disk, or a sum that is not."""
    _type(page, 1, FARE, "๓๕๐.๕๐")
    model = page.grid.model
    assert model.index(1, FARE).data() == "350.50"
    assert model.index(1, TOTAL).data() == "350.50"
    assert "350.50" in page.grid.total.text()
    settled()
    assert _amounts(ground)["ขข"] == {"fare": 350_50}
    _type(page, 1, FARE, "")
    settled()
    assert _amounts(ground)["ขข"] == {}


def test_a_column_of_excel_is_pasted_and_filled_down(
    page: Claims, ground: Ground, settled: Settled
) -> None:
    """Mutants: a paste that stops at the first empty cell; Ctrl+D for who did not come."""
    grid = page.grid.grid
    grid.setFocus()
    grid.setCurrentIndex(page.grid.model.index(0, MEAL))
    QGuiApplication.clipboard().setText("240\t\t600\n\t100\t\nx\t\t\n1\t1\t1\n9\t9\t9\n")
    QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert _amounts(ground) == {
        "กก": {"meal": 240_00, "fare": 600_00},
        "ขข": {"lodging": 100_00},
        "คค": {},
        "งง": {"meal": 1_00, "lodging": 1_00, "fare": 1_00},
    }
    assert page.grid.said.text(), "x and the row past the end are told"
    grid.setCurrentIndex(page.grid.model.index(0, FARE))
    QTest.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert _amounts(ground)["ขข"] == {"lodging": 100_00, "fare": 600_00}
    assert _amounts(ground)["คค"] == {}
    grid.clearSelection()
    grid.setCurrentIndex(page.grid.model.index(0, FARE))
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    settled()
    assert _amounts(ground)["กก"] == {"meal": 240_00}


def test_who_was_paid_is_not_typed_over_and_can_be_taken_back(
    page: Claims, ground: Ground, settled: Settled
) -> None:
    """Mutants: an amount changed under a signature; a payment that stays for ever."""
    _type(page, 0, FARE, "600")
    _type(page, 1, FARE, "600")
    settled()
    page.grid.grid.setCurrentIndex(page.grid.model.index(0, FARE))
    assert page.paid.isEnabled()
    page.paid.trigger()
    settled()
    rows = claim_list(ground.store, ground.event.id).rows
    assert [row.paid_on for row in rows] == [FIRST, None, None, None]
    assert page.grid.model.index(0, PAID).data()
    flags = page.grid.model.flags(page.grid.model.index(0, FARE))
    assert not flags & Qt.ItemFlag.ItemIsEditable
    assert page.grid.model.put(0, FARE, [["1"]]) == (0, 1)
    page.paid.trigger()
    settled()
    assert claim_list(ground.store, ground.event.id).rows[0].paid_on is None


def test_what_an_amount_is_for_is_written_beside_it(
    page: Claims, ground: Ground, settled: Settled
) -> None:
    """Mutant: words kept with the amount of another person."""
    _type(page, 1, FARE, "600")
    settled()
    page.grid.grid.setCurrentIndex(page.grid.model.index(1, FARE))
    assert "หกร้อยบาทถ้วน" in page.grid.here.text()
    page.grid.detail.setText("แม่สอด – กรุงเทพฯ")
    page.grid.detail.editingFinished.emit()
    settled()
    rows = claim_list(ground.store, ground.event.id).rows
    assert rows[1].claims["fare"].detail == "แม่สอด – กรุงเทพฯ"
    page.grid.grid.setCurrentIndex(page.grid.model.index(2, FARE))
    assert page.grid.detail.text() == ""
    assert not page.grid.detail.isEnabled()


def test_receipts_are_gone_to_and_a_workbook_is_saved(
    qtbot: QtBot, page: Claims, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: a button that prints the receipts of another event."""
    _type(page, 0, FARE, "600")
    settled()
    with qtbot.waitSignal(page.go) as gone:
        page.sheet.trigger()
    assert gone.args == ["paper", {"what": "receipt_sheet", "event_id": ground.event.id}]
    page.save_to(tmp_path / "made.xlsx")
    qtbot.waitUntil((tmp_path / "made.xlsx").exists)
    page_of_book = load_workbook(tmp_path / "made.xlsx", data_only=True).active
    assert page_of_book.cell(5, 2).value == "นายกก ก"
    assert page_of_book.cell(6, 10).value == 600


def test_without_an_event_the_page_says_what_it_is_for(
    qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    """Mutant: an empty grid without a word."""
    made = Claims(desk)
    qtbot.addWidget(made)
    made.reload()
    settled()
    assert made._stack.currentWidget() is made._empty
    assert made.primary is None


def test_columns_that_nobody_uses_are_not_in_the_way(
    page: Claims, ground: Ground, settled: Settled
) -> None:
    """Mutant: five columns of money on a small screen for an event that pays fares."""
    page.plan.fold.setChecked(False)
    grid, model = page.grid.grid, page.grid.model
    assert isinstance(model, ClaimModel)
    assert [grid.isColumnHidden(column) for column in range(FIXED, TOTAL)] == [
        False, False, False, True, True,
    ]  # fmt: skip
    page.plan.fold.setChecked(True)
    assert not any(grid.isColumnHidden(column) for column in range(FIXED, TOTAL))


def test_from_the_roster_to_a_signed_receipt_by_the_keys_of_the_window(
    qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutants: a page nobody can reach; receipts that show the amounts of before."""
    from desktop.ui.frame import Frame
    from desktop.ui.pages.paper import Paper
    from desktop.ui.places import FACTORIES, PLACES

    ids = ground.add("กก ก", "ขข ข", title="นาย")
    morning = ground.sessions()[0]
    for one in ids:
        arrive(ground.store, BY, one, morning.id, morning.start, "paper", "จากใบลงชื่อ")
    desk.take_event(ground.event.id)
    frame = Frame(desk, PLACES, FACTORIES)
    qtbot.addWidget(frame)
    frame.resize(1093, 614)
    frame.show()
    frame.activateWindow()
    settled()
    frame.show_page("paper", {"what": "receipt"})
    paper = frame.page
    assert isinstance(paper, Paper)
    qtbot.waitUntil(lambda: paper.secondary == (paper.amounts,), timeout=10_000)
    paper.amounts.trigger()
    settled()
    claims = frame.page
    assert isinstance(claims, Claims)
    claims.plan.amounts["fare"].setText("600")
    claims.plan.amounts["fare"].editingFinished.emit()
    settled()
    QTest.keyClick(claims.grid.grid, Qt.Key.Key_F3)
    settled()
    assert _amounts(ground) == {"กก": {"fare": 600_00}, "ขข": {"fare": 600_00}}
    QTest.keyClick(claims.grid.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(claims.grid.grid, Qt.Key.Key_F8)
    settled()
    rows = claim_list(ground.store, ground.event.id).rows
    assert [row.paid_on for row in rows] == [FIRST, FIRST]
    QTest.keyClick(claims.grid.grid, Qt.Key.Key_F5)
    assert frame.page is paper
    qtbot.waitUntil(lambda: paper._task is None and paper.primary is paper.print, timeout=10_000)
    with pypdfium2.PdfDocument(paper._pdf) as document:
        words = document[0].get_textpage().get_text_bounded()
    assert "1,200.00" in words
    assert "หนึ่งพันสองร้อยบาทถ้วน" in words
    assert "20 พ.ย. 2569" in words
    qtbot.waitUntil(lambda: not paper.view.busy)


def test_tab_goes_through_the_usual_amounts_as_one_reads(page: Claims) -> None:
    """Mutant: who pays before the amounts, as the fields happen to be made."""
    plan = page.plan
    first, *_rest, last = plan.amounts.values()
    page.activateWindow()
    first.setFocus()
    seen = []
    for _ in range(2 * len(plan.amounts) + 1):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    ticks = list(plan.daily.values())
    assert seen[:2] == [ticks[0], list(plan.amounts.values())[1]]
    assert seen[-4:] == [last, ticks[-1], plan.payer, plan.position]

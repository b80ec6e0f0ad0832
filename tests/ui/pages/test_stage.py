# SPDX-License-Identifier: Apache-2.0
"""Stage mode with the eighty-three organisations of A3, by keyboard as at the ceremony."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.certificate import issue, record_print, register_rows, void
from desktop.actions.certificate_list import certificate_list
from desktop.actions.event import change_event
from desktop.actions.organisation import AwardEntry, add_awards
from desktop.store import event as events
from desktop.ui.desk import Desk
from desktop.ui.pages.stage import StagePage
from desktop.ui.parts.certificate_dialogs import AwardDialog, ReasonDialog
from tests.actions.office_ground import BY, Ground
from tests.ui.access_ground import nameless, small
from tests.ui.pages.certificate_ground import Settled
from tests.ui.pages.opening import open_over

ORGANISATIONS = 83


@pytest.fixture
def awarded(ground: Ground) -> Ground:
    """An event that honours eighty-three organisations."""
    with ground.store.read() as conn:
        event = events.event(conn, ground.event.id)
    change_event(ground.store, BY, replace(event, certificate_kind="project"))
    add_awards(
        ground.store, BY, ground.event.id,
        [
            AwardEntry(f"อบต.บ้านที่ {place}", f"โครงการที่ {place}", fund="กองทุน")
            for place in range(1, ORGANISATIONS + 1)
        ],
    )  # fmt: skip
    return ground


@pytest.fixture
def issued(awarded: Ground) -> Ground:
    """All issued and printed."""
    held = certificate_list(awarded.store, awarded.event.id)
    assert held is not None
    done = issue(
        awarded.store, BY, awarded.event.id, issue_date=held.issue_date, kind="project",
        award_ids=[line.key for line in held.lines],
    )  # fmt: skip
    record_print(awarded.store, BY, [one.id for one in done.value])
    return awarded


def _opened(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> StagePage:
    return open_over(StagePage, qtbot, desk, ground, settled, (1300, 680))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, issued: Ground, settled: Settled) -> StagePage:
    return _opened(qtbot, desk, issued, settled)


def _statuses(ground: Ground) -> dict[int, str]:
    """What stands in the register by number; of a number with two papers the newest."""
    rows = register_rows(ground.store, ground.event.id)
    newest = sorted(rows, key=lambda row: row.certificate.edition)
    return {row.certificate.number: row.certificate.status for row in newest}


def _turn(page: StagePage) -> int:
    assert page.turn is not None
    return page.turn.stage.order


def test_the_whole_queue_is_handed_over_with_the_space_bar_alone(
    page: StagePage, issued: Ground, settled: Settled
) -> None:
    """Mutant: a page that waits for the disk before the next one can be ticked."""
    for turn in range(1, ORGANISATIONS + 1):
        assert _turn(page) == turn
        QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    assert set(_statuses(issued).values()) == {"handed"}
    assert "83" in page.card.next.text()
    assert not page.hand.isEnabled()


def test_the_name_is_read_out_in_full(page: StagePage) -> None:
    """Mutant: a reading aid that says อบต. as three letters."""
    assert "องค์การบริหารส่วนตำบล" in page.card.reading.text()
    assert page.card.name.text() == "อบต.บ้านที่ 1" or "๑" in page.card.name.text()
    assert page.card.project.text()


def test_whoever_is_skipped_comes_again_at_the_end(page: StagePage, settled: Settled) -> None:
    """Mutant: a skip that forgets, so that a certificate stays on the table."""
    page.skip.trigger()
    assert _turn(page) == 2
    for _turn_of in range(2, ORGANISATIONS + 1):
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    assert _turn(page) == 1
    assert page.turn is not None
    assert page.turn.state == "skipped"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    assert not any(one.waits for one in page.model.rows)


def test_the_space_bar_is_the_lists_again_after_a_button_was_pressed(
    page: StagePage, settled: Settled
) -> None:
    """Mutant: a skip with the mouse, after which the space bar skips once more."""
    for action, turn in ((page.skip, 2), (page.hand, 3)):
        page.box.setFocus()
        action.trigger()
        settled()
        assert _turn(page) == turn
        assert page.table.hasFocus()


def test_a_tick_is_taken_back_and_her_turn_comes_again(
    page: StagePage, desk: Desk, issued: Ground, settled: Settled
) -> None:
    """Mutant: an undo that leaves the tick on the screen, or the cursor far away."""
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    assert _turn(page) == 3
    desk.undo()
    settled()
    settled()
    assert _statuses(issued)[2] == "printed"
    assert _turn(page) == 2
    assert page.turn is not None
    assert page.turn.waits


def test_a_name_is_fixed_on_the_spot_and_the_old_paper_is_not_handed_over(
    qtbot: QtBot, page: StagePage, issued: Ground, settled: Settled
) -> None:
    """Mutant: a wrong paper that is ticked as handed over after its name was put right."""
    page.fix.trigger()
    dialog = page.doing.dialog
    assert isinstance(dialog, AwardDialog)
    dialog.organisation.setText("อบต.บ้านใหม่")
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.doing.dialog is None)
    settled()
    settled()
    assert _turn(page) == 1
    assert page.turn is not None
    assert page.turn.stage.name == "อบต.บ้านใหม่"
    assert page.turn.state == "reprint"
    assert page.primary is page.again
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    assert _statuses(issued)[1] == "issued"
    rows = [
        one for one in register_rows(issued.store, issued.event.id) if one.certificate.number == 1
    ]
    newest = max(rows, key=lambda row: row.certificate.edition).certificate
    record_print(issued.store, BY, [newest.id])
    page.reload()
    settled()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    assert _statuses(issued)[1] == "handed"


def test_a_paper_is_void_on_the_spot_and_nobody_loses_her_turn(
    qtbot: QtBot, page: StagePage, issued: Ground, settled: Settled
) -> None:
    """Mutant: turns that are counted anew, unlike the list on paper."""
    page.table.go_to(4)
    page.void.trigger()
    dialog = page.doing.dialog
    assert isinstance(dialog, ReasonDialog)
    dialog.reasons.pick.set_value("wrong_person")
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.doing.dialog is None)
    settled()
    assert _statuses(issued)[5] == "void"
    assert [one.stage.order for one in page.model.rows] == list(range(1, ORGANISATIONS + 1))
    assert page.model.rows[4].state == "void"
    assert page.model.rows[5].stage.name.endswith(("6", "๖"))
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    assert _statuses(issued)[5] == "void", "it is not handed over"


def test_a_void_turn_stands_in_its_place_after_a_new_start(
    qtbot: QtBot, desk: Desk, issued: Ground, settled: Settled
) -> None:
    """Mutant: turns that only the page that saw the paper go void knows."""
    rows = register_rows(issued.store, issued.event.id)
    void(issued.store, BY, rows[4].certificate.id, "เปื้อน")
    page = _opened(qtbot, desk, issued, settled)
    assert [one.stage.order for one in page.model.rows] == list(range(1, ORGANISATIONS + 1))
    assert [one.stage.order for one in page.model.rows if one.state == "void"] == [5]
    page.table.go_to(4)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert _turn(page) == 6
    settled()
    assert _statuses(issued)[5] == "void"


def test_a_spoilt_paper_is_replaced_on_the_spot_and_handed_over_once_printed(
    qtbot: QtBot, page: StagePage, issued: Ground, settled: Settled
) -> None:
    """Mutant: a replacement in other words, or one handed over before there is paper."""
    page.spare.trigger()
    dialog = page.doing.dialog
    assert isinstance(dialog, ReasonDialog)
    assert dialog.reasons.pick.value() == "lost"
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.doing.dialog is None)
    settled()
    assert _turn(page) == 1
    assert page.turn is not None
    assert page.turn.state == "reprint"
    assert not page.spare.isEnabled()
    rows = [
        one.certificate
        for one in register_rows(issued.store, issued.event.id)
        if one.certificate.number == 1
    ]
    old, new = sorted(rows, key=lambda row: row.edition)
    assert (old.status, new.status, new.replaces) == ("replaced", "issued", old.id)
    assert new.wording == old.wording
    record_print(issued.store, BY, [new.id])
    page.reload()
    settled()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    assert _statuses(issued)[1] == "handed"


def test_whoever_is_on_stands_in_the_middle_of_the_list(qtbot: QtBot, page: StagePage) -> None:
    """Mutant: a list that scrolls only when the cursor leaves it: nobody sees who is next."""
    page.table.go_to(40)
    page.resize(1093, 560)
    qtbot.waitUntil(lambda: page.table.viewport().height() < 500)

    def in_the_middle() -> bool:
        row = page.table.visualRect(page.table.currentIndex())
        return abs(row.center().y() - page.table.viewport().height() / 2) <= row.height()

    qtbot.waitUntil(in_the_middle)


def test_somebody_who_comes_out_of_turn_is_found_by_her_number(page: StagePage) -> None:
    """Mutant: a search that hides the others, so that the queue is lost."""
    page.box.setText("๔๑")
    assert _turn(page) == 41
    assert page.model.rowCount() == ORGANISATIONS


def test_the_order_is_printed_for_whoever_calls_the_names(qtbot: QtBot, page: StagePage) -> None:
    """Mutant: a list without how to read the names."""
    import pypdfium2

    with qtbot.waitSignal(page.go, timeout=30_000) as gone:
        page.paper.trigger()
    noun, what = gone.args
    assert noun == "paper"
    assert isinstance(what, dict)
    pdf = pypdfium2.PdfDocument(what["pdf"])
    text = "".join(page_.get_textpage().get_text_bounded() for page_ in pdf)
    pdf.close()
    assert "องค์การบริหารส่วนตำบล" in text.replace("\u200b", "")


def test_before_the_issue_it_is_a_rehearsal_in_which_nothing_is_noted(
    qtbot: QtBot, desk: Desk, awarded: Ground, settled: Settled
) -> None:
    """Mutant: a rehearsal that hands out certificates nobody issued."""
    page = _opened(qtbot, desk, awarded, settled)
    assert page.hurdle.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    assert _turn(page) == 2
    assert register_rows(awarded.store, awarded.event.id) == ()


def test_the_table_keeps_the_rules_of_models(page: StagePage) -> None:
    model: QAbstractItemModel = page.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.hold(page.model.rows[:3])
    assert model.rowCount() == 3


def test_every_control_can_be_heard_and_is_large_enough(page: StagePage) -> None:
    """Mutant: a button with an icon and no name, or one of 24 px."""
    QApplication.processEvents()
    assert nameless(page) == []
    assert small(page) == []


def test_a_stage_that_was_empty_begins_with_the_first_when_some_come(
    qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutant: nobody is on the stage and all keys are dead, because the page was seen before."""
    page = _opened(qtbot, desk, ground, settled)
    assert page.turn is None
    with ground.store.read() as conn:
        event = events.event(conn, ground.event.id)
    change_event(ground.store, BY, replace(event, certificate_kind="project"))
    add_awards(ground.store, BY, ground.event.id, [AwardEntry("อบต.หนึ่ง", "โครงการ", fund="")])
    page.reload()
    settled()
    assert page.turn is not None
    assert page.turn.stage.name == "อบต.หนึ่ง"

# SPDX-License-Identifier: Apache-2.0
"""The register of the office, driven through its page over a real store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.certificate import (
    hand_over,
    issue,
    record_print,
    replace_after_name_fix,
    void,
)
from desktop.actions.certificate_list import certificate_list
from desktop.actions.person import fix_name
from desktop.actions.register_rule import rules
from desktop.i18n import _
from desktop.store import certificate as register
from desktop.store import roster
from desktop.store.ids import new_id
from desktop.ui.desk import Desk
from desktop.ui.pages.register import RegisterPage
from desktop.ui.parts.certificate_dialogs import ReasonDialog
from desktop.ui.parts.certificate_history import HistoryDialog
from desktop.ui.parts.register_account import ranges
from desktop.ui.parts.register_rule import RuleDialog
from desktop.ui.tables.register import NOTE
from tests.actions.office_ground import BY, Ground
from tests.ui.access_ground import nameless, small
from tests.ui.pages.certificate_ground import Settled, finish_event
from tests.ui.pages.opening import open_over


@pytest.fixture
def lived(ground: Ground) -> tuple[str, ...]:
    """Three certificates: one handed over, one void, one replaced after a name was put right."""
    finish_event(ground)
    held = certificate_list(ground.store, ground.event.id)
    assert held is not None
    lines = [line for line in held.lines if line.part == "passed"]
    done = issue(
        ground.store, BY, ground.event.id, issue_date=held.issue_date,
        enrolment_ids=[line.key for line in lines],
    )  # fmt: skip
    ids = tuple(one.id for one in done.value)
    record_print(ground.store, BY, ids)
    hand_over(ground.store, BY, ids[:1], "นายผู้แทน")
    void(ground.store, BY, ids[1], "เปื้อน")
    fix_name(ground.store, BY, lines[2].person_id, title="นาย", first="คำแก้ว", last="ใจดี")
    replace_after_name_fix(ground.store, BY, ids[2], "สะกดผิด")
    return ids


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, ground: Ground, lived: tuple[str, ...], settled: Settled
) -> RegisterPage:
    return _opened(qtbot, desk, ground, settled)


def _opened(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> RegisterPage:
    return open_over(RegisterPage, qtbot, desk, ground, settled)


def _numbers(page: RegisterPage) -> list[tuple[int, str]]:
    return [(row.number, row.state) for row in page.model.rows]


def test_every_number_is_accounted_for_and_the_sum_is_the_last_one(page: RegisterPage) -> None:
    """Mutant: a sum that leaves out the number nobody used."""
    assert page._read is not None
    account = page._read.account
    assert account is not None
    assert account.adds_up
    assert account.last == 4
    assert "= 4" in page.account.sum.text()
    counts = {state: one.text().rsplit(" ", 1)[1] for state, one in page.account.buttons.items()}
    assert (counts["handed"], counts["void"], counts["issued"], counts["unused"]) == (
        "1", "1", "1", "1",
    )  # fmt: skip
    assert counts["replaced"] == "1", "a paper, beside the four numbers"
    assert page.account.buttons["lent"].isHidden()
    assert "4" in page.account.gaps.text()


def test_a_state_shows_its_numbers_alone_and_all_of_them_again(
    page: RegisterPage, settled: Settled
) -> None:
    """Mutant: a count that cannot be followed to its numbers."""
    QTest.mouseClick(page.account.buttons["void"], Qt.MouseButton.LeftButton)
    settled()
    assert _numbers(page) == [(2, "void")]
    QTest.mouseClick(page.account.buttons["void"], Qt.MouseButton.LeftButton)
    settled()
    assert len(page.model.rows) == 5, "four numbers, and the paper that was replaced"


def test_a_number_is_found_by_thai_digits_and_a_name_by_a_part_of_it(
    page: RegisterPage, settled: Settled
) -> None:
    """Mutant: a filter that compares letters as they are typed."""
    for said, numbers in (("๒", {2}), ("ขจร", {2}), ("คำแก้ว", {3})):
        page.box.clear()
        typed = QInputMethodEvent("", [])
        typed.setCommitString(said)
        QCoreApplication.sendEvent(page.box, typed)
        settled()
        assert {row.number for row in page.model.rows} == numbers, said


def test_enter_on_a_number_tells_what_happened_to_it(
    qtbot: QtBot, page: RegisterPage, settled: Settled
) -> None:
    """Mutant: a register that shows where a paper stands and not how it came there."""
    page.table.go_to(0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    dialog = page.dialog
    assert isinstance(dialog, HistoryDialog)
    settled()
    assert [one.what for one in dialog.model.rows] == ["issued", "printed", "handed"]
    assert "นายผู้แทน" in dialog.model.text(dialog.model.rows[-1], 3)
    qtbot.waitUntil(lambda: not dialog.view.busy)
    dialog.reject()
    assert page.dialog is None


def test_a_lost_paper_is_replaced_from_the_register(
    page: RegisterPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: a replacement for a number that is void, or that has no paper."""
    places = {(row.number, row.state): at for at, row in enumerate(page.model.rows)}
    for at, allowed in ((places[1, "handed"], True), (places[2, "void"], False)):
        page.table.go_to(at)
        assert page.spare.isEnabled() is allowed
    page.table.go_to(places[1, "handed"])
    page.spare.trigger()
    dialog = page.dialog
    assert isinstance(dialog, ReasonDialog)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    settled()
    states = [(row.number, row.state) for row in page.model.rows if row.number == 1]
    assert states == [(1, "replaced"), (1, "issued")]
    assert page.dialog is None


def _drawn_twice(ground: Ground, certificate_id: str, seat: int) -> str:
    """What another laptop issued under the same number before both joined the centre."""
    with ground.store.write(BY) as write:
        one = register.certificate(write.conn, certificate_id)
        other = roster.roster(write.conn, ground.event.id)[seat - 1]
        assert one.wording is not None
        told = replace(
            one, id=new_id(), enrolment_id=other.enrolment_id, seat=seat, proof="",
            wording=replace(one.wording, recipient=other.name),
        )  # fmt: skip
        register.put_certificate(write, told)
    return told.id


def test_a_number_drawn_twice_is_found_and_put_right_by_a_key(
    page: RegisterPage, ground: Ground, desk: Desk, settled: Settled
) -> None:
    """Both certificates stand beside each other, each says whose the other is, one is void by a
    key, the account adds up, and whoever lost the number gets another.

    Mutants: the two not to be shown alone; a line that does not say with whom it clashes; the
    sum's sentence speaks of numbers that are not known; an account in which the void one counts.
    """
    assert page.account.clashing.isHidden()
    row = next(one for one in page.model.rows if one.state == "handed")
    assert row.certificate is not None
    other = _drawn_twice(ground, row.certificate.id, 4)
    desk.changed.emit(frozenset({"certificates"}))
    settled()
    words = _("Numbers 1 to {last} do not add up: some stand on two certificates.")
    assert page.account.sum.text() == words.format(last=4)
    assert "F8" in page.account.gaps.text()
    assert page.account.clashing.text().endswith(" 1")
    QTest.mouseClick(page.account.clashing, Qt.MouseButton.LeftButton)
    settled()
    assert [row.number for row in page.model.rows] == [1, 1]
    names = [row.name for row in page.model.rows]
    for at, name in enumerate(reversed(names)):
        assert name in page.model.text(page.model.rows[at], NOTE)
    at = next(n for n, one in enumerate(page.model.rows)
              if one.certificate is not None and one.certificate.id == other)  # fmt: skip
    page.table.go_to(at)
    assert page.void.isEnabled()
    page.void.trigger()
    dialog = page.dialog
    assert isinstance(dialog, ReasonDialog)
    assert all(name in dialog.lead.text() for name in names)
    assert "ซ้ำ" in dialog.reasons.reason(), "the usual reason stands there"
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    settled()
    assert page._read is not None
    account = page._read.account
    assert account is not None
    assert account.adds_up
    assert sum(account.counts.values()) == account.last
    assert page.account.clashing.isHidden()
    assert page.account.state == ""
    assert sorted(row.state for row in page.model.rows if row.number == 1) == ["handed", "void"]


def test_a_number_that_waits_is_void_by_a_key_and_its_paper_by_another_page(
    page: RegisterPage, settled: Settled
) -> None:
    """Mutants: only what stands on a paper may be void; every number void by a slip of a key."""
    may = {"void": False, "replaced": False, "issued": False, "handed": False, "unused": True}
    for state, allowed in may.items():
        page.table.go_to(next(n for n, row in enumerate(page.model.rows) if row.state == state))
        assert page.void.isEnabled() is allowed, state
        assert (page.void in page.secondary) is allowed
        assert (page.spare in page.secondary) is not allowed
    page.void.trigger()
    dialog = page.dialog
    assert isinstance(dialog, ReasonDialog)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    settled()
    (row,) = (one for one in page.model.rows if one.number == 4)
    assert (row.state, row.why) == ("void", "ไม่ใช้เลขที่กันไว้")
    assert page._read is not None
    assert page._read.account is not None
    assert page._read.account.adds_up


def test_how_numbers_are_written_is_seen_before_it_is_kept_and_taken_back(
    qtbot: QtBot, page: RegisterPage, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutant: a pattern without the year, which makes two numbers alike."""
    page.rule.trigger()
    qtbot.waitUntil(lambda: page.dialog is not None)
    dialog = page.dialog
    assert isinstance(dialog, RuleDialog)
    dialog.code.setText("พม ๐๓๑๒")
    dialog.form.set_value("own")
    dialog.form.chose.emit("own")
    dialog.pattern.setText("{n}")
    assert not dialog.example.text()
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert page.dialog is dialog, "it stays open and says why"
    dialog.pattern.setText("{code}/{n:03}/{be}")
    assert "2569" in dialog.example.text() or "๒๕๖๙" in dialog.example.text()
    dialog.year.set_value("fiscal")
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    settled()
    kept = next(one for one in rules(ground.store) if one.kind == "completion")
    assert (kept.pattern, kept.year_kind) == ("{code}/{n:03}/{be}", "fiscal")
    assert page.model.rows[0].number_text == "1/2569", "what is drawn stays"
    desk.undo()
    settled()
    kept = next(one for one in rules(ground.store) if one.kind == "completion")
    assert kept.year_kind == "calendar"


def test_what_is_shown_is_saved_as_a_workbook_and_shown_as_paper(
    qtbot: QtBot, page: RegisterPage, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: a workbook of all numbers while a few are shown."""
    import openpyxl
    import pypdfium2

    QTest.mouseClick(page.account.buttons["void"], Qt.MouseButton.LeftButton)
    settled()
    place = tmp_path / "register.xlsx"
    page.save_to(place)
    qtbot.waitUntil(place.exists, timeout=20_000)
    sheet = openpyxl.load_workbook(place).worksheets[0]
    said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "2/2569" in said
    assert "1/2569" not in said
    with qtbot.waitSignal(page.go, timeout=20_000) as gone:
        page.print.trigger()
    noun, what = gone.args
    assert noun == "paper"
    assert isinstance(what, dict)
    pdf = pypdfium2.PdfDocument(what["pdf"])
    assert len(pdf) == 1
    pdf.close()


def test_a_register_without_numbers_says_what_it_is_for(
    qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutant: an empty table without a word."""
    page = _opened(qtbot, desk, ground, settled)
    assert page._stack.currentWidget() is page._empty
    assert page.primary is None
    page.rule.trigger()
    qtbot.waitUntil(lambda: page.dialog is not None)
    assert page.dialog is not None
    page.dialog.reject()


def test_the_table_keeps_the_rules_of_models(page: RegisterPage) -> None:
    model: QAbstractItemModel = page.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.hold(())
    assert model.rowCount() == 0


def test_runs_of_numbers_are_told_in_few_words() -> None:
    """Mutant: 400 lent numbers in one sentence."""
    assert ranges([7, 3, 8, 9]) == "3, 7–9"
    assert ranges(list(range(1, 40, 2))).startswith("1, 3, 5, 7, 9, 11, ")
    assert "14" in ranges(list(range(1, 40, 2)))


def test_every_control_can_be_heard_and_is_large_enough(page: RegisterPage) -> None:
    """Mutant: a button with an icon and no name, or one of 24 px."""
    QApplication.processEvents()
    assert nameless(page) == []
    assert small(page) == []

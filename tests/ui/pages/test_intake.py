# SPDX-License-Identifier: Apache-2.0
"""Lists brought in to the roster page, on a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.store import roster
from desktop.ui.desk import Desk
from desktop.ui.pages.roster import RosterPage
from desktop.ui.tables.incoming import FIRST, FIXED, LAST, TITLE, WRONG
from tests.actions.office_ground import Ground, cid
from tests.ui.pages.roster_ground import Settled, commit, known_person, open_page

HEADINGS = ("ลำดับ", "ชื่อ-นามสกุล", "เลขประจำตัวประชาชน", "หน่วยงาน", "จังหวัด", "หมายเหตุ")


def written(folder: Path, rows: Sequence[tuple[str, ...]], name: str = "list.xlsx") -> Path:
    """A workbook as an agency sends it."""
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("รายชื่อ")
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, (str(number), *row))
    return path


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> Iterator[RosterPage]:
    made = open_page(qtbot, desk, ground, settled)
    yield made
    made.hide()


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Five rows: three that are well, one with a wrong check digit, one total."""
    return written(
        tmp_path,
        [
            ("นางสาวกุลธิดา ศรีสวัสดิ์วงศ์", cid(1), "ศูนย์จังหวัดตาก", "ตาก", ""),
            ("นายซอ", "", "", "ตาก", ""),
            ("ว่าที่ ร.ต.สมชาย ใจดี", cid(2)[:-1] + str((int(cid(2)[-1]) + 1) % 10), "", "ตาก", ""),
            ("ด.ญ.มะลิ ณ นคร", "", "", "เชียงใหม่", "ล่าม"),
            ("รวม 4 คน", "", "", "", ""),
        ],
    )


@pytest.fixture
def was_read(qtbot: QtBot, page: RosterPage, settled: Settled) -> Settled:
    """Wait until the list was read or refused, and looked up among the people known."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not page.intake.reading)
        settled()

    return wait


@pytest.fixture
def read(page: RosterPage, was_read: Settled) -> Callable[[Path], None]:
    """Read a file as choosing it does."""

    def run(path: Path) -> None:
        page.intake.read_file(path)
        was_read()

    return run


def test_an_empty_roster_shows_where_a_list_comes_in(page: RosterPage) -> None:
    assert page.intake.isVisible()
    assert page.intake.start.choose.isVisible()
    assert page.primary is None


def test_a_dropped_file_is_shown_with_its_names_in_parts_and_nothing_is_kept_yet(
    page: RosterPage, was_read: Settled, ground: Ground, settled: Settled, sent: Path
) -> None:
    """Mutant: take the rows in as soon as they are read, and the roster is not empty here."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(sent))])
    here = (Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton)
    nothing = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page.intake.start, QDragEnterEvent(QPoint(9, 9), *here, nothing))
    QApplication.sendEvent(page.intake.start, QDropEvent(QPointF(9, 9), *here, nothing))
    was_read()
    model = page.intake.list.model
    shown = [
        tuple(model.index(row, column).data() for column in (TITLE, FIRST, LAST))
        for row in range(model.rowCount())
    ]
    assert shown == [
        ("นางสาว", "กุลธิดา", "ศรีสวัสดิ์วงศ์"),
        ("นาย", "ซอ", ""),
        ("ว่าที่ร้อยตรี", "สมชาย", "ใจดี"),
        ("เด็กหญิง", "มะลิ", "ณ นคร"),
    ]
    assert ground.roster() == ()
    assert page.intake.list.ready == 3


def test_a_cell_put_right_makes_its_row_ready_and_the_rows_go_in_with_one_undo(
    page: RosterPage,
    read: Callable[[Path], None],
    desk: Desk,
    ground: Ground,
    settled: Settled,
    sent: Path,
    qtbot: QtBot,
) -> None:
    """Mutant: leave out the new reading of the row in ``_typed``, and the row stays out."""
    read(sent)
    listed = page.intake.list
    listed.show_only("wrong")
    assert listed.model.rowCount() == 1
    listed.next_wrong()
    cell = listed.table.currentIndex()
    assert listed.model.field_of(cell.column()) == "identifier"
    listed.table.edit(cell)
    editor = listed.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    commit(editor, cid(2))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed.ready == 4)
    assert page.primary is not None
    assert page.primary.isEnabled()
    page.primary.trigger()
    settled()
    assert {line.first for line in ground.roster()} == {"กุลธิดา", "มะลิ", "สมชาย", "ซอ"}
    assert page.list.isVisible()
    desk.undo()
    settled()
    assert ground.roster() == ()


def test_rows_that_are_wrong_stay_to_be_put_right_while_the_others_go_in(
    page: RosterPage, read: Callable[[Path], None], ground: Ground, settled: Settled, sent: Path
) -> None:
    """Mutant: drop ``keep_rest`` and the row that was not taken in is forgotten."""
    read(sent)
    page.take_in()
    settled()
    assert len(ground.roster()) == 3
    assert page.intake.isVisible()
    assert page.intake.checking
    assert page.intake.list.model.rowCount() == 1
    assert page.intake.list.model.index(0, WRONG).data()


def test_a_column_taken_for_something_else_is_read_again(
    page: RosterPage, was_read: Settled, read: Callable[[Path], None], settled: Settled, sent: Path
) -> None:
    read(sent)
    listed = page.intake.list
    assert listed.reading is not None
    assert listed.reading.rows[3].person.note == "ล่าม"
    choice = listed.bar.choice(5)
    choice.set_value("food")
    choice.activated.emit(choice.currentIndex())
    was_read()
    assert listed.reading.rows[3].person.food == "ล่าม"
    assert listed.reading.rows[3].person.note == ""
    assert listed.model.field_of(FIXED + 5) == "food"


def test_a_row_left_out_comes_back(
    page: RosterPage, read: Callable[[Path], None], settled: Settled, sent: Path
) -> None:
    read(sent)
    listed = page.intake.list
    listed.card.out.click()
    assert listed.ready == 2
    listed.show_only("out")
    assert listed.model.rowCount() == 2, "the one left out, and the total"
    listed.card.out.click()
    assert listed.ready == 3


@pytest.mark.parametrize(("press", "people_after"), [("same", 1), ("other", 2), ("", 2)])
def test_somebody_known_is_one_person_only_when_the_facilitator_says_so(
    page: RosterPage,
    read: Callable[[Path], None],
    desk: Desk,
    ground: Ground,
    settled: Settled,
    tmp_path: Path,
    press: str,
    people_after: int,
) -> None:
    """Mutants: take the likeness without asking (the undecided row becomes one person); drop
    the decision (the same person is entered twice)."""
    from desktop.actions.event import create_event
    from tests.actions.office_ground import BY, DRAFT

    person_id = known_person(ground)
    other = create_event(ground.store, BY, DRAFT).value.id
    desk.take_event(other)
    page.event_changed(other)
    settled()
    rows = [("นางสาวกุลธิดา ศรีสวัสดิ์วงศ์", cid(1), "", "ตาก", "")]
    read(written(tmp_path, rows))
    listed = page.intake.list
    assert listed.undecided == 1
    if press:
        getattr(listed.card, press).click()
        assert listed.undecided == 0
    page.take_in()
    settled()
    with ground.store.read() as conn:
        (line,) = roster.roster(conn, other)
        found = roster.search(conn, "กุลธิดา", event_id=None)
    assert len(found) == people_after
    assert (line.person_id == person_id) == (press == "same")
    assert bool(line.note) == (press == ""), "what was left for later is noted"


def test_a_list_sent_again_adds_only_those_who_are_new(
    page: RosterPage,
    read: Callable[[Path], None],
    ground: Ground,
    settled: Settled,
    tmp_path: Path,
) -> None:
    """Mutant: forget who is on this roster, and everybody is entered twice with a note."""
    first = [("นางสาวกุลธิดา ใจดี", "", "", "ตาก", ""), ("นายซอ", "", "", "ตาก", "")]
    read(written(tmp_path, first))
    page.take_in()
    settled()
    page.bring_in()
    read(written(tmp_path, [*first, ("นายปิยะ ใจดี", "", "", "ตาก", "")], "again.xlsx"))
    listed = page.intake.list
    assert listed.ready == 1
    assert listed.here_already == {2, 3}
    page.take_in()
    settled()
    assert sorted(line.first for line in ground.roster()) == ["กุลธิดา", "ซอ", "ปิยะ"]
    assert not any(line.note for line in ground.roster())


def test_somebody_of_the_same_name_comes_in_once_it_is_said_that_she_is_another(
    page: RosterPage,
    read: Callable[[Path], None],
    ground: Ground,
    settled: Settled,
    tmp_path: Path,
) -> None:
    ground.add("กุลธิดา ใจดี", area="63")
    page.reload()
    settled()
    page.bring_in()
    read(written(tmp_path, [("กุลธิดา ใจดี", "", "", "ตาก", "")]))
    assert page.intake.list.ready == 0
    page.intake.list.card.other.click()
    assert page.intake.list.ready == 1
    page.take_in()
    settled()
    assert len({line.person_id for line in ground.roster()}) == 2


def test_nobody_is_taken_in_before_it_is_known_who_is_on_file(
    page: RosterPage,
    was_read: Settled,
    ground: Ground,
    settled: Settled,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """Mutant: let the button be pressed while people are looked up."""
    page.intake.read_file(written(tmp_path, [("นายซอ", "", "", "ตาก", "")]))
    qtbot.waitUntil(lambda: page.intake.checking)
    assert page.intake.reading
    page.take_in()
    settled()
    assert ground.roster() == ()
    was_read()
    page.take_in()
    settled()
    assert len(ground.roster()) == 1


def test_a_refused_file_is_one_sentence_and_the_page_stays(
    page: RosterPage, read: Callable[[Path], None], settled: Settled, tmp_path: Path, desk: Desk
) -> None:
    """Mutant: let the error go to the crash dialog, and the fixture's desk fails the test."""
    bad = tmp_path / "list.xlsx"
    bad.write_bytes(b"%PDF-1.7\n" + b"0" * 400)
    read(bad)
    assert page.intake.start.refusal
    assert "\n" not in page.intake.start.refusal
    assert not page.intake.checking
    assert page.intake.start.choose.isEnabled()


def test_of_two_lists_given_quickly_the_second_one_is_shown(
    page: RosterPage, was_read: Settled
) -> None:
    """Mutant: the first one's late answer ends the waiting for the second."""
    page.intake.read_text("1. นางสาวกุลธิดา ใจดี\n2. นายซอ")
    page.intake.read_text("1. นายคำ แสนดี\n2. นายอินทร์ แสนดี\n3. นางบัว แสนดี")
    assert page.intake.reading
    was_read()
    reading = page.intake.list.reading
    assert reading is not None
    assert len(reading.rows) == 3


def test_pasted_lines_are_read(
    page: RosterPage, was_read: Settled, ground: Ground, settled: Settled, qtbot: QtBot
) -> None:
    page.intake.paste()
    commit(page.intake.start.text, "1. นางสาวกุลธิดา ใจดี")
    page.intake.start.text.insertPlainText("\n2. นายซอ\n")
    page.intake.read_text(page.intake.start.text.toPlainText())
    was_read()
    qtbot.waitUntil(page._take.isEnabled)
    page.take_in()
    settled()
    assert {line.name for line in ground.roster()} == {"นางสาวกุลธิดา ใจดี", "นายซอ"}


def test_the_tables_keep_the_rules_of_qt(
    page: RosterPage,
    read: Callable[[Path], None],
    ground: Ground,
    settled: Settled,
    sent: Path,
    qtmodeltester: ModelTester,
) -> None:
    ground.add("ก ข", "ค ง", area="63")
    page.reload()
    settled()
    read(sent)
    for model in (page.list.model, page.intake.list.model):
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_every_part_that_takes_the_keys_has_a_name(
    page: RosterPage, read: Callable[[Path], None], ground: Ground, settled: Settled, sent: Path
) -> None:
    read(sent)
    page.form.open_new()
    for part in page.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
            # Qt's own parts inside a combo box or a table speak through their owner.
            own = type(part).__module__.startswith("desktop")
            assert part.accessibleName() or not own, type(part).__name__

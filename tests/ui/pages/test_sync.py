# SPDX-License-Identifier: Apache-2.0
"""The page of sending: how far everything is, two texts, what was put aside, the stick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.i18n import use_language
from desktop.model.sync import SyncRun
from desktop.settings import Settings
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.sync import SyncPage
from desktop.ui.parts.put_aside_export import ExportDialog
from desktop.ui.rail import Place
from desktop.ui.tables.area_sync import MATCH, WAITING
from desktop.ui.tasks import Tasks
from tests.actions.sync_ground import (
    OURS,
    THEIRS,
    household,
    joined,
    ops_of,
    receive,
    set_aside,
    shown,
)
from tests.field import BY, OTHER, open_field
from tests.ui.pages.sending import CTRL, Sending


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("th")


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot, tasks: Tasks, english: None) -> Iterator[Sending]:
    ground = open_field(tmp_path / "store")
    desk = Desk(ground.store, tasks, BY, Settings(), lambda: ground.clock.now)
    bugs: list[object] = []
    desk.bug.connect(bugs.append)
    frame = Frame(desk, (Place("sync", "Sending", "send"),), {"sync": SyncPage})
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.activateWindow()
    page: SyncPage = frame.page  # type: ignore[assignment]
    made = Sending(ground.store, ground.clock, desk, tasks, frame, page)
    page.go.connect(lambda noun, what: made.went.append((noun, what)))
    desk.said.connect(lambda words, _undo: made.said.append(words))
    made.settle()
    yield made
    tasks.close()
    ground.store.close()
    assert not bugs, bugs


@pytest.fixture
def house(at: Sending) -> str:
    """This laptop joined; a household has two texts of its needs."""
    joined(at.store, BY)
    made = household(at.store, BY)
    receive(at.store, made, ("needs", THEIRS))
    at.reload()
    return made


def chip(at: Sending) -> str:
    return str(at.frame._top.sync.text())


# ---- how far everything is


@pytest.mark.usefixtures("house")
def test_the_table_of_areas_reaches_from_edge_to_edge(at: Sending, qtbot: QtBot) -> None:
    """Mutant: names that are short leave the right half of the table without lines."""
    table = at.page.state.table

    def reaches() -> bool:
        columns = range(table.model().columnCount())
        return sum(map(table.columnWidth, columns)) == table.viewport().width()

    for width in (1366, 1093, 1366):
        at.frame.resize(width, 768)
        qtbot.waitUntil(reaches)


@pytest.mark.usefixtures("house")
def test_joining_again_is_offered_where_the_centre_refuses_and_not_beside_every_sending(
    at: Sending,
) -> None:
    """Mutant: a button nobody should press stands beside the one that is pressed every day."""
    assert at.page.secondary == ()
    at.desk.sync.run = SyncRun(outcome="refused", sentence="…")
    at.desk.sync.told.emit()
    assert [one.text() for one in at.page.secondary] == ["Join again…"]


def test_a_laptop_that_never_joined_is_offered_it_and_nothing_else(at: Sending) -> None:
    """Mutant: the page shows zeros and a button that sends to nobody."""
    assert at.page.state.empty.isVisible()
    assert at.page.primary is None
    assert chip(at) == "Saved on this computer"
    at.page.send()
    assert at.desk.sync._thread is None


def test_what_waits_is_counted_in_the_top_bar_and_on_the_page(at: Sending) -> None:
    """Mutant: the count is read once and stands still while people work."""
    joined(at.store, BY)
    household(at.store, BY)
    at.reload()
    state = at.page.state
    waiting = at.desk.sync.state.waiting
    assert waiting > 0
    assert chip(at) == f"{waiting} waiting"
    assert str(waiting) in state.headline.text()
    assert at.page.primary is not None
    assert at.page.primary.text() == "Send now"

    household(at.store, BY)
    at.reload()

    assert chip(at) == f"{waiting + 2} waiting"


def test_the_top_bar_follows_what_is_done_without_being_asked(at: Sending, qtbot: QtBot) -> None:
    """Mutant: only sync itself makes the count new."""
    joined(at.store, BY)
    at.reload()
    before = at.desk.sync.state.waiting
    household(at.store, BY)

    at.desk.changed.emit(frozenset({"households"}))

    qtbot.waitUntil(lambda: at.desk.sync.state.waiting == before + 2)


def test_offline_is_calm_and_says_that_work_goes_on(at: Sending) -> None:
    """Mutant: no connection is told in red, as a fault."""
    joined(at.store, BY)
    household(at.store, BY)
    at.reload()
    at.desk.sync.run = SyncRun(outcome="offline", next_at=at.clock.now + timedelta(minutes=4))
    at.desk.sync.told.emit()

    assert "wait on this computer" in at.page.state.headline.text()
    assert "Go on working" in at.page.state.words.text()
    assert "in 4 minutes" in at.page.state.facts.text()
    assert at.page.state.icon._tone == "grey"


def test_an_area_says_that_it_matches_with_its_two_words(at: Sending) -> None:
    """Mutant: an area that was never compared is said to match."""
    from desktop.model.word_code import word_code
    from desktop.store.sync import notebook
    from desktop.sync.ports import ScopeState

    joined(at.store, BY)
    made = household(at.store, BY)
    receive(at.store, made)
    at.reload()
    model = at.page.state.model
    row = [area.scope for area in model.rows].index("t:630609")
    assert model.index(row, MATCH).data() == "not compared yet"

    with notebook(at.store).transaction() as change:
        change.keep_scope(
            ScopeState("t:630609", 7, 7, 7, 0xABCDEF0123456789, "2026-11-20T02:00:00Z", True)
        )
    at.reload()

    words = word_code(0xABCDEF0123456789)
    assert model.index(row, MATCH).data() == f"Matches the centre · {words} · 09:00"
    assert model.index(row, WAITING).data() == "–"
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_wrong_clock_is_told_and_a_right_one_is_not(at: Sending) -> None:
    from desktop.store import centre

    joined(at.store, BY)
    for offset, shows in ((3.0, False), (86400.0 * 30, True), (-7200.0, True)):
        with at.store.write(BY) as write:
            centre.contact(write, "2026-11-20T02:00:00Z", offset)
        at.reload()
        assert at.page.state.clock.isVisible() is shows


# ---- two texts


def test_the_state_leads_to_the_texts_and_both_stand_side_by_side(at: Sending, house: str) -> None:
    """Mutant: the texts are cut letter by letter; or only one of them says who wrote it."""
    assert chip(at) == "1 with two texts"
    strip = at.page.state.texts
    assert strip.isVisible()
    strip.way_out.click()
    at.settle()

    card = at.page.texts.card
    left, right = card._texts
    assert (left.words.text(), right.words.text()) == (OURS, THEIRS)
    assert left.words.marked() == ("เตียงผู้ป่วย", "ลูกสาว")
    assert right.words.marked() == ("รถเข็น", "ลูกชาย")
    assert left.who.text() == "สมศรี ใจดี"
    assert right.when.text()
    assert "นางมะลิ แสงดาว" in card.headline.text()


def test_nothing_is_kept_before_somebody_chose(at: Sending, house: str) -> None:
    """Mutant: the text that is shown is chosen already, and F9 throws the other away."""
    at.page.arrive("texts")
    at.settle()
    count = len(ops_of(at.store, house))

    at.press(Qt.Key.Key_F9, on=at.page)

    assert len(ops_of(at.store, house)) == count
    assert at.page.texts.card.wrong.isVisible()


@pytest.mark.parametrize(("place", "text"), [(0, OURS), (1, THEIRS)])
def test_a_text_is_chosen_by_keyboard_and_ctrl_z_brings_both_back(
    at: Sending, house: str, place: int, text: str
) -> None:
    """Mutant: undo puts the field back and the other text stays resolved."""
    at.page.arrive(("texts", "household", house))
    at.settle()
    card = at.page.texts.card
    card._texts[place].take.setFocus()
    at.press(Qt.Key.Key_Space, on=card._texts[place].take)
    assert at.page.primary is not None
    assert at.page.primary.text().startswith("Keep the text of")

    at.press(Qt.Key.Key_F9, on=at.page)

    assert shown(at.store, house) == text
    assert at.page.texts.is_empty
    assert at.desk.sync.state.conflicts == 0

    at.press(Qt.Key.Key_Z, CTRL, on=at.page)

    assert shown(at.store, house) == OURS
    assert [one.texts.others[0].text for one in at.page.texts._conflicts] == [THEIRS]


def test_both_are_combined_in_an_edit_that_holds_them(at: Sending, house: str) -> None:
    """Mutant: the edit is empty and a person types both again, or loses one."""
    at.page.arrive("texts")
    at.settle()
    card = at.page.texts.card
    card.combine.click()
    at.settle()
    assert card.edit.toPlainText() == f"{OURS}\n{THEIRS}"
    assert card.edit.hasFocus()

    at.write(card.edit, "ต้องการเตียง รถเข็น และเบาะลม")
    assert at.page.primary is not None
    assert at.page.primary.text() == "Keep the combined text"
    at.press(Qt.Key.Key_F9, on=at.page)

    assert shown(at.store, house) == "ต้องการเตียง รถเข็น และเบาะลม"
    assert ops_of(at.store, house)[-1]["resolve"]


def test_two_texts_are_made_one_without_a_mouse(at: Sending, house: str, qtbot: QtBot) -> None:
    """Mutant: the arrows do not lead from one text over the other to combining them, or a control
    has no name that can be read out."""
    at.page.arrive("texts")
    at.settle()
    card = at.page.texts.card
    qtbot.waitUntil(card.combine.isVisible)
    first = at.frame.focusWidget()
    assert first is not None
    assert first.accessibleName().startswith("Use the text of ")
    # As in every group of choices: Tab comes in, arrows lead from one to the other.
    at.press(Qt.Key.Key_Right)
    at.press(Qt.Key.Key_Space)
    assert card.chosen() == 1
    assert card.verb() == "Keep the text of a colleague on another computer"
    at.press(Qt.Key.Key_Down)
    assert card.combine.isChecked()
    at.press(Qt.Key.Key_Tab)
    assert at.frame.focusWidget() is card.edit
    assert card.edit.accessibleName() == "The combined text"
    at.write(card.edit, "ต้องการเตียง รถเข็น และเบาะลม")
    at.press(Qt.Key.Key_F9)
    assert shown(at.store, house) == "ต้องการเตียง รถเข็น และเบาะลม"
    at.press(Qt.Key.Key_Z, CTRL, on=at.page)
    assert shown(at.store, house) == OURS


def test_what_is_being_combined_stays_while_sync_goes_on(at: Sending, house: str) -> None:
    """Mutant: every reload fills the edit anew, and what was typed is gone."""
    at.page.arrive("texts")
    at.settle()
    card = at.page.texts.card
    card.combine.click()
    at.write(card.edit, "เขียนค้างไว้")

    at.reload()

    assert card.edit.toPlainText() == "เขียนค้างไว้"
    assert card.combine.isChecked()


def test_the_record_is_one_press_away(at: Sending, house: str) -> None:
    at.page.arrive("texts")
    at.settle()
    at.page.texts.card.way.click()

    assert at.went == [("household", house)]


def test_another_person_sees_nothing_that_was_read_for_the_first(at: Sending, house: str) -> None:
    """Mutant: the card stays filled when somebody else sits down."""
    at.page.arrive("texts")
    at.settle()

    at.desk.hand_over(OTHER)
    assert at.page.texts.is_empty
    at.settle()

    assert not at.page.texts.is_empty


# ---- put aside


def test_what_was_put_aside_says_why_and_what_to_do(at: Sending) -> None:
    """Mutant: the reason is the centre's code word."""
    joined(at.store, BY)
    made = household(at.store, BY)
    set_aside(at.store, made)
    at.reload()
    assert chip(at) == "The centre put 1 aside"
    assert at.page.state.aside.isVisible()

    at.page.arrive("aside")
    at.settle()

    view = at.page.aside
    assert "นางมะลิ แสงดาว" in view.name.text()
    assert view.why.accessibleName() == "This area is not given to you"
    assert "give you the area" in view.todo.text()
    assert OURS in view.said.text()
    assert at.button("Save to a file…").isEnabled()


def test_saving_asks_for_a_passphrase_twice_and_takes_nothing_away(
    at: Sending, tmp_path: Path, qtbot: QtBot
) -> None:
    """Mutant: the file is written without a passphrase, or empties the tray."""
    joined(at.store, BY)
    set_aside(at.store, household(at.store, BY))
    at.page.arrive("aside")
    at.reload()
    at.press(Qt.Key.Key_S, CTRL, on=at.page)
    (asked,) = (d for d in QApplication.topLevelWidgets() if isinstance(d, ExportDialog))
    asked.secret.setText("short")
    asked.verb.click()
    assert asked._wrong.isVisible()
    asked.secret.setText("four words of mine")
    asked.again.setText("four words of hers")
    asked.verb.click()
    assert asked._wrong.isVisible()
    asked.again.setText("four words of mine")

    asked.save_to(tmp_path / "aside.age")
    qtbot.waitUntil(lambda: bool(at.said), timeout=20_000)
    at.settle()

    assert (tmp_path / "aside.age").read_bytes().startswith(b"age-encryption.org")
    assert not at.page.aside.is_empty


# ---- keys and words


def test_each_key_does_one_thing_on_each_tab(at: Sending, house: str) -> None:
    """Mutant: F9 sends and keeps a text at once; Qt then does neither."""
    for name in ("state", "texts", "aside", "usb"):
        at.page.arrive(name)
        at.settle()
        heard = [one for one in at.page.actions() if one.isVisible()]
        keys = [key for one in heard if (key := one.shortcut().toString())]
        assert len(keys) == len(set(keys)), (name, keys)


def test_everything_that_takes_the_focus_has_a_name(at: Sending, house: str) -> None:
    set_aside(at.store, house)
    for name in ("state", "texts", "aside", "usb"):
        at.page.arrive(name)
        at.reload()
        for part in at.page.findChildren(QWidget):
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert part.accessibleName() or getattr(part, "text", str)(), (name, part)


@pytest.fixture(autouse=True)
def no_dialog_stays() -> Iterator[None]:
    yield
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.close()

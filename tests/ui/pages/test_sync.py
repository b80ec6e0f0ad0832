# SPDX-License-Identifier: Apache-2.0
"""The page of sending: how far everything is, what was put aside, the keys of its tabs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.sync import SyncRun
from desktop.ui.parts.put_aside_export import ExportDialog
from desktop.ui.tables.area_sync import MATCH, WAITING
from tests.actions.sync_ground import OURS, household, joined, receive, set_aside
from tests.field import BY
from tests.ui.pages.sending import CTRL, Sending

pytestmark = pytest.mark.usefixtures("no_dialog_stays")


# ---- how far everything is


@pytest.mark.usefixtures("torn")
def test_the_table_of_areas_reaches_from_edge_to_edge(sending: Sending, qtbot: QtBot) -> None:
    """Mutant: names that are short leave the right half of the table without lines."""
    table = sending.page.state.table

    def reaches() -> bool:
        columns = range(table.model().columnCount())
        return sum(map(table.columnWidth, columns)) == table.viewport().width()

    for width in (1366, 1093, 1366):
        sending.frame.resize(width, 768)
        qtbot.waitUntil(reaches)


@pytest.mark.usefixtures("torn")
def test_joining_again_is_offered_where_the_centre_refuses_and_not_beside_every_sending(
    sending: Sending,
) -> None:
    """Mutant: a button nobody should press stands beside the one that is pressed every day."""
    assert sending.page.secondary == ()
    sending.desk.sync.run = SyncRun(outcome="refused", sentence="…")
    sending.desk.sync.told.emit()
    assert [one.text() for one in sending.page.secondary] == ["Join again…"]


def test_a_laptop_that_never_joined_is_offered_it_and_nothing_else(sending: Sending) -> None:
    """Mutant: the page shows zeros and a button that sends to nobody."""
    assert sending.page.state.empty.isVisible()
    assert sending.page.primary is None
    assert sending.chip() == "Saved on this computer"
    sending.page.send()
    assert sending.desk.sync._thread is None


def test_what_waits_is_counted_in_the_top_bar_and_on_the_page(sending: Sending) -> None:
    """Mutant: the count is read once and stands still while people work."""
    joined(sending.store, BY)
    household(sending.store, BY)
    sending.reload()
    state = sending.page.state
    waiting = sending.desk.sync.state.waiting
    assert waiting > 0
    assert sending.chip() == f"{waiting} waiting"
    assert str(waiting) in state.headline.text()
    assert sending.page.primary is not None
    assert sending.page.primary.text() == "Send now"

    household(sending.store, BY)
    sending.reload()

    assert sending.chip() == f"{waiting + 2} waiting"


def test_the_top_bar_follows_what_is_done_without_being_asked(
    sending: Sending, qtbot: QtBot
) -> None:
    """Mutant: only sync itself makes the count new."""
    joined(sending.store, BY)
    sending.reload()
    before = sending.desk.sync.state.waiting
    household(sending.store, BY)

    sending.desk.changed.emit(frozenset({"households"}))

    qtbot.waitUntil(lambda: sending.desk.sync.state.waiting == before + 2)


def test_offline_is_calm_and_says_that_work_goes_on(sending: Sending) -> None:
    """Mutant: no connection is told in red, as a fault."""
    joined(sending.store, BY)
    household(sending.store, BY)
    sending.reload()
    sending.desk.sync.run = SyncRun(
        outcome="offline", next_at=sending.clock.now + timedelta(minutes=4)
    )
    sending.desk.sync.told.emit()

    assert "wait on this computer" in sending.page.state.headline.text()
    assert "Go on working" in sending.page.state.words.text()
    assert "in 4 minutes" in sending.page.state.facts.text()
    assert sending.page.state.icon._tone == "grey"


def test_an_area_says_that_it_matches_with_its_two_words(sending: Sending) -> None:
    """Mutant: an area that was never compared is said to match."""
    from desktop.model.word_code import word_code
    from desktop.store.sync import notebook
    from desktop.sync.ports import ScopeState

    joined(sending.store, BY)
    made = household(sending.store, BY)
    receive(sending.store, made)
    sending.reload()
    model = sending.page.state.model
    row = [area.scope for area in model.rows].index("t:630609")
    assert model.index(row, MATCH).data() == "not compared yet"

    with notebook(sending.store).transaction() as change:
        change.keep_scope(
            ScopeState("t:630609", 7, 7, 7, 0xABCDEF0123456789, "2026-11-20T02:00:00Z", True)
        )
    sending.reload()

    words = word_code(0xABCDEF0123456789)
    assert model.index(row, MATCH).data() == f"Matches the centre · {words} · 09:00"
    assert model.index(row, WAITING).data() == "–"
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_wrong_clock_is_told_and_a_right_one_is_not(sending: Sending) -> None:
    from desktop.store import centre

    joined(sending.store, BY)
    for offset, shows in ((3.0, False), (86400.0 * 30, True), (-7200.0, True)):
        with sending.store.write(BY) as write:
            centre.contact(write, "2026-11-20T02:00:00Z", offset)
        sending.reload()
        assert sending.page.state.clock.isVisible() is shows


# ---- put aside


def test_what_was_put_aside_says_why_and_what_to_do(sending: Sending) -> None:
    """Mutant: the reason is the centre's code word."""
    joined(sending.store, BY)
    made = household(sending.store, BY)
    set_aside(sending.store, made)
    sending.reload()
    assert sending.chip() == "The centre put 1 aside"
    assert sending.page.state.aside.isVisible()

    sending.page.arrive("aside")
    sending.settle()

    view = sending.page.aside
    assert "นางมะลิ แสงดาว" in view.name.text()
    assert view.why.accessibleName() == "This area is not given to you"
    assert "give you the area" in view.todo.text()
    assert OURS in view.said.text()
    assert sending.button("Save to a file…").isEnabled()


def test_saving_asks_for_a_passphrase_twice_and_takes_nothing_away(
    sending: Sending, tmp_path: Path, qtbot: QtBot
) -> None:
    """Mutant: the file is written without a passphrase, or empties the tray."""
    joined(sending.store, BY)
    set_aside(sending.store, household(sending.store, BY))
    sending.page.arrive("aside")
    sending.reload()
    sending.press(Qt.Key.Key_S, CTRL, on=sending.page)
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
    qtbot.waitUntil(lambda: bool(sending.said), timeout=20_000)
    sending.settle()

    assert (tmp_path / "aside.age").read_bytes().startswith(b"age-encryption.org")
    assert not sending.page.aside.is_empty


# ---- keys and words


def test_each_key_does_one_thing_on_each_tab(sending: Sending, torn: str) -> None:
    """Mutant: F9 sends and keeps a text at once; Qt then does neither."""
    for name in ("state", "texts", "aside", "usb"):
        sending.page.arrive(name)
        sending.settle()
        heard = [one for one in sending.page.actions() if one.isVisible()]
        keys = [key for one in heard if (key := one.shortcut().toString())]
        assert len(keys) == len(set(keys)), (name, keys)


def test_everything_that_takes_the_focus_has_a_name(sending: Sending, torn: str) -> None:
    set_aside(sending.store, torn)
    for name in ("state", "texts", "aside", "usb"):
        sending.page.arrive(name)
        sending.reload()
        for part in sending.page.findChildren(QWidget):
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert part.accessibleName() or getattr(part, "text", str)(), (name, part)

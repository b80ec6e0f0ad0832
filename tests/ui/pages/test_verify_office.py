# SPDX-License-Identifier: Apache-2.0
"""What this office gives others to check by: the page, its keys, the address in the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.actions.proof import check, qr_text
from desktop.actions.proof_address import proof_address, set_proof_address
from desktop.actions.proof_key import withdraw_key
from desktop.sync.issuer import public_of
from desktop.ui.desk import Desk
from desktop.ui.pages.verify import VerifyPage
from desktop.ui.parts.verify_address import AddressCard
from desktop.ui.parts.verify_keys import VerifyKeys
from desktop.ui.widgets.button import Button
from tests.actions.office_ground import BY
from tests.actions.proof_ground import forge, join_a_centre, key_of
from tests.actions.proof_ground import issue as issue_there
from tests.ui.pages.verify_ground import issue, open_page, scan

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> VerifyPage:
    return open_page(qtbot, desk)


@pytest.fixture
def card(desk: Desk, qtbot: QtBot, settled: Callable[[], None]) -> AddressCard:
    made = AddressCard(desk)
    qtbot.addWidget(made)
    made.show()
    settled()
    return made


def _click(button: Button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# ---- the page for everybody


def test_the_page_is_saved_where_the_person_says_under_a_name_without_names(
    page: VerifyPage, settled: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutants: the office or the event in the file's name; a page without our key."""
    issue(page.desk)
    offered: list[str] = []

    def ask(_owner: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "page.html"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    said: list[str] = []
    page.desk.said.connect(lambda sentence, _undo: said.append(sentence))
    QTest.keyClick(page, Qt.Key.Key_F9)
    settled()
    assert offered == ["verify-certificates.html"]
    assert public_of(key_of(page.desk)).hex() in (tmp_path / "page.html").read_text("utf-8")
    assert "The page was saved" in said[-1]


def test_a_page_that_cannot_be_written_ends_in_a_sentence(
    page: VerifyPage, settled: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "no" / "page.html"), "")
    )
    said: list[str] = []
    page.desk.trouble.connect(said.append)
    QTest.keyClick(page, Qt.Key.Key_F9)
    settled()
    assert "could not be saved" in said[-1]


# ---- keys


def test_the_key_of_a_lost_computer_is_withdrawn_and_that_taken_back(
    page: VerifyPage, settled: Callable[[], None], qtbot: QtBot
) -> None:
    """The mutants: the verdicts on the screen left as they were; no way back."""
    one, key = issue(page.desk), key_of(page.desk)
    forged = forge(one, key, part=bytes(8))
    scan(page, forged)
    settled()
    assert page.view.word.text() == "Genuine"
    dialog = VerifyKeys(page, page.desk)
    dialog.open()
    settled()
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "1 certificate: number 12/2569" in told
    page.desk.changed.connect(lambda _nouns: page.reload())  # as the frame does
    _click(dialog.rows[public_of(key)])
    settled()
    assert page.view.word.text() == "Ask the office"
    assert "not proven" in page.view.asks.text()
    assert page.tally.text() == "1 to ask the office about"
    assert page.desk.can_undo
    settled()
    assert dialog.rows[public_of(key)].text() == "Take the withdrawal back"
    _click(dialog.rows[public_of(key)])
    settled()
    settled()
    assert page.view.word.text() == "Genuine"
    assert dialog.rows[public_of(key)].kind == "danger"
    dialog.reject()


def test_a_paper_of_a_withdrawn_key_that_the_register_knew_says_both(
    page: VerifyPage, settled: Callable[[], None]
) -> None:
    """The mutants: genuine and no word of the key; a word of doubt without what resolves it."""
    one, key = issue(page.desk), key_of(page.desk)
    withdraw_key(page.desk.store, BY, public_of(key))
    scan(page, qr_text(one.proof))
    settled()
    assert page.view.word.text() == "Genuine"
    assert "the office's register confirms this paper" in page.view.sentence.text()
    assert "letter by letter" in page.view.asks.text()


def test_of_two_papers_that_replace_one_the_office_is_named_to_be_asked(
    page: VerifyPage, settled: Callable[[], None]
) -> None:
    """The mutants: genuine and nothing more; a word of it at every replacement."""
    old = issue(page.desk)
    for many in (1, 2):
        again = issue_there(
            page.desk, 12, 2569, issue_date="2026-11-20", replaces=old.id, edition=2
        )
        scan(page, qr_text(again.proof))
        settled()
        assert page.view.word.text() == "Genuine"
        assert ("ask the office which" in page.view.sentence.text()) == (many == 2)


def test_an_office_without_keys_is_told_so(page: VerifyPage, settled: Callable[[], None]) -> None:
    dialog = VerifyKeys(page, page.desk)
    dialog.open()
    settled()
    assert not dialog.none.isHidden()
    assert dialog.rows == {}
    dialog.reject()


def test_a_key_that_somebody_withdrew_meanwhile_is_said_to_be(
    page: VerifyPage, settled: Callable[[], None]
) -> None:
    issue(page.desk)
    key = public_of(key_of(page.desk))
    dialog = VerifyKeys(page, page.desk)
    dialog.open()
    settled()
    withdraw_key(page.desk.store, BY, key)
    _click(dialog.rows[key])
    settled()
    assert "withdrawn before" in dialog._wrong.text()
    dialog.reject()


# ---- the address


def test_an_address_is_kept_for_what_is_issued_from_now_on(
    card: AddressCard, settled: Callable[[], None]
) -> None:
    """The mutants: what was issued changed too; no way back; a refused address kept."""
    desk = card._desk
    before = issue(desk, 1)
    QTest.keyClicks(card.edit, "http://check.example.th")
    QTest.keyClick(card.edit, Qt.Key.Key_Return)
    settled()
    assert "https://" in card.field.error
    assert proof_address(desk.store) == ""
    card.edit.clear()
    QTest.keyClicks(card.edit, " https://check.example.th/v ")
    _click(card.keep)
    settled()
    assert card.field.error == ""
    after = issue(desk, 2)
    assert qr_text(after.proof).startswith("https://check.example.th/v#")
    assert qr_text(before.proof).isdigit()
    assert check(desk.store, qr_text(after.proof)).outcome == "genuine"
    desk.undo()
    settled()
    settled()
    assert proof_address(desk.store) == ""
    assert card.edit.text() == ""


def test_the_centre_s_page_is_offered_and_taken_with_one_click(
    card: AddressCard, settled: Callable[[], None]
) -> None:
    """The mutant: offered without a centre, or still when it is taken."""
    desk = card._desk
    assert card.offer.isHidden()
    join_a_centre(desk)
    desk.changed.emit(frozenset({"sync"}))
    settled()
    assert card.offer.text().endswith("https://centre.example/v")
    _click(card.offer)
    settled()
    settled()
    assert proof_address(desk.store) == "https://centre.example/v#"
    assert card.edit.text() == "https://centre.example/v"
    assert card.offer.isHidden()


def test_what_is_being_typed_stays_while_the_card_reads_again(
    card: AddressCard, settled: Callable[[], None]
) -> None:
    """The mutant: every reading written over the field."""
    card.edit.setText("https://half")
    card._desk.changed.emit(frozenset({"office"}))
    settled()
    assert card.edit.text() == "https://half"


def test_the_page_says_what_telephones_open(page: VerifyPage, settled: Callable[[], None]) -> None:
    set_proof_address(page.desk.store, BY, "https://check.example.th/v")
    page.reload()
    settled()
    assert page.subtitle().endswith("open check.example.th/v")

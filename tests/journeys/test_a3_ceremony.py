# SPDX-License-Identifier: Apache-2.0
"""A3's ceremony at the window: 83 organisations on the stage, and a register that adds up.

The office copies a template and chooses it, issues, saves and checks the codes, rehearses nothing
twice: the queue goes over the stage by the space bar, two names are wrong and one paper is spoilt.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop.actions import office
from desktop.actions.demo import put_story
from desktop.actions.proof import check
from desktop.actions.register import account
from desktop.model.facilitator import Facilitator, Office
from desktop.printing.pdfium import ONE_AT_A_TIME
from desktop.printing.template_shipped import shipped_templates
from desktop.ui.pages.stage import StagePage
from desktop.ui.parts import print_dialog
from tests.journeys import lists, steps
from tests.journeys.hand import CTRL, Hand, Watch, open_window

STORY = lists.story("seed3_83_orgs")
HOME = "กรมพัฒนาสังคมและสวัสดิการ"
WRONG = (12, 47)
"""Turns whose names are put right on the spot."""
SPOILT = 60
SKIPPED = 33


def _founded(profile: Path, watch: Watch) -> None:
    home = Office("", HOME, "10")
    store, _code = office.found(
        profile, home, Facilitator("", "ธิดา ใจดี"), steps.PASSPHRASE, label="ธิดา", clock=watch
    )
    with closing(store):
        by = office.who_may(profile)[0].facilitator_id
        put_story(store, by, STORY)


def _own_template(hand: Hand) -> None:
    """Copy the template of the event in the designer, and choose the copy for the event."""
    hand.key(Qt.Key.Key_F3)
    hand.read("Template and words")
    hand.settle()
    hand.press("Change this template")
    hand.until(lambda: hand.frame.page.noun == "designer", "the designer did not open")
    hand.settle()
    hand.key(Qt.Key.Key_S, CTRL)
    hand.settle()
    hand.key(Qt.Key.Key_Escape)
    hand.until(lambda: hand.frame.page.noun == "plan", "Esc does not lead back")
    hand.settle()
    gallery = hand.frame.page.gallery  # type: ignore[attr-defined]
    own = gallery.model().rowCount() - 1
    gallery.setFocus()
    gallery.setCurrentIndex(gallery.model().index(own))
    hand.key(Qt.Key.Key_Return, on=gallery)
    hand.settle()
    hand.until(lambda: gallery.chosen == gallery.ref(), "the copy was not chosen")
    assert gallery.chosen not in shipped_templates(), "it is the office's own"
    hand.press("To the certificates")
    hand.settle()


def _codes(pdf: Path) -> list[str]:
    """What the QR code of each page says."""
    found = []
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        for page in document:
            image = page.render(scale=150 / 72).to_pil().convert("L")
            read = zxingcpp.read_barcodes(image)
            found.append(read[0].text if read else "")
        document.close()
    return found


def _stage(hand: Hand) -> StagePage:
    page = hand.frame.page
    assert isinstance(page, StagePage)
    return page


def _hand_over_until(hand: Hand, turn: int) -> None:
    """The space bar until it is somebody's turn."""
    page = _stage(hand)
    for _press in range(200):
        assert page.turn is not None
        if page.turn.stage.order == turn:
            return
        hand.key(Qt.Key.Key_Space, on=page.table)
    raise AssertionError(f"turn {turn} never came")


def _fix(hand: Hand, name: str, folder: Path) -> None:
    """Put the name of whoever is on right, save her new paper, and hand that over."""
    page = _stage(hand)
    hand.key(Qt.Key.Key_F4)
    hand.type("Organisation", name)
    hand.press("Save the name")
    hand.until(lambda: not isinstance(hand.window, QDialog), "the name was not kept")
    hand.settle()
    assert page.turn is not None
    assert page.turn.stage.name == name
    hand.press("Print this one")
    hand.press("Save as PDF instead")
    hand.read("One PDF with all of them")
    steps.export(hand, folder / f"{page.turn.stage.order}.pdf")
    assert page.turn.state == "waits"


def test_a3_83_certificates_cross_the_stage_and_every_number_is_accounted_for(
    qapp: QApplication, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when a code does not check, when a name put right on the stage loses its number, when
    the spoilt paper moves anybody's turn, and when the sum is not the last number.
    """
    monkeypatch.setattr(print_dialog, "printers", lambda: ())
    watch = Watch("2022-09-30 08:00")
    _founded(profile, watch)
    hand = open_window(qapp, profile, watch)
    hand.unlock(steps.PASSPHRASE)
    desk = hand.start.desk
    assert desk is not None
    hand.go("Certificates")
    _own_template(hand)
    steps.issue(hand, 83)
    pages = steps.save_certificates(hand, tmp_path / "certificates.pdf", 83)
    for page, award in zip(pages, STORY.awards, strict=True):
        assert "".join(award.title.split()) in "".join(page.split())
    codes = _codes(tmp_path / "certificates.pdf")
    assert [check(desk.store, code).outcome for code in codes] == ["genuine"] * 83

    hand.key(Qt.Key.Key_F10)
    hand.until(lambda: hand.frame.page.noun == "stage", "stage mode did not open")
    hand.settle()
    stage = _stage(hand)
    assert stage.model.rowCount() == 83
    _hand_over_until(hand, WRONG[0])
    _fix(hand, "มูลนิธิชื่อใหม่", tmp_path)
    _hand_over_until(hand, SKIPPED)
    hand.key(Qt.Key.Key_F7)
    _hand_over_until(hand, WRONG[1])
    _fix(hand, "สมาคมชื่อถูก", tmp_path)
    _hand_over_until(hand, SPOILT)
    hand.key(Qt.Key.Key_F8)
    hand.choose("Reason", lists.word("reprint_reason", "spoilt"))
    hand.press("Declare void")
    hand.until(lambda: not isinstance(hand.window, QDialog), "it was not declared void")
    hand.settle()
    hand.key(Qt.Key.Key_Space, on=stage.table)
    _hand_over_until(hand, SKIPPED)
    hand.key(Qt.Key.Key_Space, on=stage.table)
    hand.settle()
    assert not any(one.waits for one in stage.model.rows)
    hand.key(Qt.Key.Key_Escape)
    hand.until(lambda: hand.frame.page.noun == "certificates", "Esc does not leave the stage")

    kept = account(desk.store, "project", 2565)
    assert kept.adds_up
    assert kept.last == 83
    assert {state: count for state, count in kept.counts.items() if count} == {
        "handed": 82, "void": 1,
    }  # fmt: skip
    assert kept.replaced_editions == 2
    outcomes = [check(desk.store, code).outcome for code in codes]
    revoked = [turn for turn, outcome in enumerate(outcomes, 1) if outcome != "genuine"]
    assert revoked == sorted((*WRONG, SPOILT)), "what was replaced or void no longer stands"
    for turn in WRONG:
        (code,) = _codes(tmp_path / f"{turn}.pdf")
        assert check(desk.store, code).outcome == "genuine"

    _pages, rows = steps.register(hand, tmp_path)
    table = [row for row in rows if row[1].endswith("/2565")]
    assert len(table) == 85, "83 numbers, and two papers that were replaced"
    assert len({row[1] for row in table}) == 83
    hand.close()

# SPDX-License-Identifier: Apache-2.0
"""The page of template and words, driven through its fields over a real store."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import plan as plans
from desktop.actions import template as templates
from desktop.actions.certificate import issue as issue_certificates
from desktop.actions.certificate_list import certificate_list
from desktop.i18n import _
from desktop.model.plan import FIELDS, Plan
from desktop.model.template_form import template_digest, write_template
from desktop.store.guest_paper import GuestPapers, GuestTemplate, keep_page, keep_papers
from desktop.ui.desk import Desk
from desktop.ui.pages.plan import PlanPage
from desktop.ui.parts.certificate_dialogs import IssueDialog
from desktop.ui.tables.recipient import FIXED
from desktop.ui.widgets.label import Label
from tests.actions.office_ground import BY, Ground
from tests.actions.template_ground import PAGE
from tests.ui.access_ground import nameless, small
from tests.ui.pages.certificate_ground import Settled, finish_event
from tests.ui.pages.opening import open_over


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> PlanPage:
    """The page over an event that is over, shown and loaded."""
    finish_event(ground)
    return open_over(PlanPage, qtbot, desk, ground, settled)


def _kept(ground: Ground) -> Plan:
    return plans.plan(ground.store, ground.event.id, "completion")


def _say(widget: QWidget, text: str) -> None:
    said = QInputMethodEvent("", [])
    said.setCommitString(text)
    QCoreApplication.sendEvent(widget, said)


def _turn(page: PlanPage, tab: str) -> None:
    button = next(one for one in page.tabs.buttons() if one.property("value") == tab)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _drawn(qtbot: QtBot, page: PlanPage) -> None:
    qtbot.waitUntil(lambda: not page.preview.busy and not page.preview.view.image.isNull())


def test_the_usual_words_stand_where_nothing_is_typed_and_come_back_at_once(
    page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: "back to the usual" that keeps the usual words as the office's own."""
    _turn(page, "words")
    deed = page.words.edits["deed"]
    assert deed.placeholderText() == "ได้ผ่านการอบรม"
    assert not page.words.usual["deed"].isEnabled()
    deed.setFocus()
    _say(deed, "ได้สำเร็จการอบรม")
    page.words.edits["opening"].setFocus()
    settled()
    assert _kept(ground).deed == "ได้สำเร็จการอบรม"
    QTest.mouseClick(page.words.usual["deed"], Qt.MouseButton.LeftButton)
    settled()
    assert _kept(ground).deed == ""


def test_what_is_kept_is_taken_back_with_undo(
    page: PlanPage, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutant: a field that shows what was undone."""
    _turn(page, "words")
    wish = page.words.edits["wish"]
    wish.setFocus()
    _say(wish, "ขอให้เจริญ")
    page.words.edits["given"].setFocus()
    settled()
    assert _kept(ground).wish == "ขอให้เจริญ"
    desk.undo()
    settled()
    settled()
    assert _kept(ground).wish == ""
    assert page.words._kept["wish"] == ""


def test_the_word_for_the_document_is_one_of_three_or_ones_own(
    page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: the usual word kept as one's own, so that another kind keeps it for ever."""
    _turn(page, "words")
    words = {button.text(): button for button in page.words.documents}
    QTest.mouseClick(words["วุฒิบัตร"], Qt.MouseButton.LeftButton)
    settled()
    assert _kept(ground).document_word == "วุฒิบัตร"
    QTest.mouseClick(words["ประกาศนียบัตร"], Qt.MouseButton.LeftButton)
    settled()
    assert _kept(ground).document_word == ""


def test_the_preview_follows_each_key_before_anything_is_kept(
    qtbot: QtBot, page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: a preview of what is kept, which lags behind what is typed."""
    _drawn(qtbot, page)
    before = page.preview.view.image.copy()
    _turn(page, "words")
    deed = page.words.edits["deed"]
    deed.setFocus()
    _say(deed, "ได้สำเร็จการอบรมหลักสูตรวิทยากรกระบวนการ")
    qtbot.waitUntil(lambda: page.preview.view.image != before, timeout=20_000)
    assert _kept(ground).deed == ""
    page.end()
    settled()
    assert _kept(ground).deed.startswith("ได้สำเร็จการอบรม"), "what was typed is not lost"


def test_a_template_is_chosen_by_keyboard_and_the_page_changes(
    qtbot: QtBot, page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: an arrow that chooses at once, so that looking changes the certificate."""
    _drawn(qtbot, page)
    assert page.gallery.chosen == "completion"
    page.gallery.setFocus()
    QTest.keyClick(page.gallery, Qt.Key.Key_Right)
    settled()
    assert _kept(ground).template == ""
    chosen = page.gallery.ref()
    assert chosen != "completion"
    QTest.keyClick(page.gallery, Qt.Key.Key_Return)
    settled()
    assert _kept(ground).template == chosen


def test_signatories_keep_their_order_and_three_are_the_most(
    page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: an order that is the alphabet's, or a fourth signatory off the page."""
    _turn(page, "issuing")
    people = page.issuing.people
    assert [row.name.plain() for row in people.rows] == ["นางนภา เศรษฐกร"]
    people.add.click()
    _say(people.rows[1].name, "นายสอง ที่สอง")
    people.add.click()
    _say(people.rows[2].name, "นายสาม ที่สาม")
    people.rows[2].left.emit()
    assert not people.add.isEnabled()
    settled()
    people.rows[2].up.click()
    settled()
    assert [one.name for one in _kept(ground).signatories] == [
        "นางนภา เศรษฐกร", "นายสาม ที่สาม", "นายสอง ที่สอง",
    ]  # fmt: skip
    people.usual.click()
    settled()
    assert _kept(ground).signatories == ()


def test_a_picture_of_a_signature_is_kept_under_the_name_of_who_signs(
    page: PlanPage, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: the picture of the first under the name of the second."""
    from desktop.actions.asset import assets

    held = io.BytesIO()
    Image.new("RGB", (300, 120), "white").save(held, "PNG")
    path = tmp_path / "hand.png"
    path.write_bytes(held.getvalue())
    _turn(page, "issuing")
    page.take_picture(path, "signature", "signature:1")
    settled()
    settled()
    (kept,) = assets(ground.store, "signature")
    assert kept.label == "นางนภา เศรษฐกร"


def test_a_column_of_excel_is_pasted_onto_the_recipients(
    qtbot: QtBot, page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: a paste that fills the first cell with all lines."""
    _turn(page, "recipients")
    grid = page.recipients
    grid.grid.setFocus()
    grid.grid.setCurrentIndex(grid.model.index(0, FIXED))
    QApplication.clipboard().setText("วิทยากร\tโครงการก\nผู้ช่วย\t\n\tโครงการค\n")
    QTest.keyClick(grid.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()
    fields = plans.recipient_fields(ground.store, ground.event.id)
    keys = [one.key for one in grid.model.rows]
    assert fields[keys[0]] == {"role": "วิทยากร", "project": "โครงการก"}
    assert fields[keys[1]] == {"role": "ผู้ช่วย"}
    assert fields[keys[2]] == {"project": "โครงการค"}
    grid.grid.setCurrentIndex(grid.model.index(0, FIXED))
    QTest.keyClick(grid.grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settled()
    fields = plans.recipient_fields(ground.store, ground.event.id)
    assert {fields[key]["role"] for key in keys} == {"วิทยากร"}


def test_what_finds_no_place_is_said(page: PlanPage, settled: Settled) -> None:
    """Mutant: lines past the end of the list that vanish without a word."""
    _turn(page, "recipients")
    grid = page.recipients
    grid.grid.setCurrentIndex(grid.model.index(3, FIXED))
    QApplication.clipboard().setText("หนึ่ง\nสอง\nสาม")
    grid.paste()
    settled()
    assert "2" in grid.said.text()


def test_what_is_issued_is_not_changed_and_the_page_says_so(
    page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: a role typed under a certificate that is frozen."""
    held = certificate_list(ground.store, ground.event.id)
    assert held is not None
    keys = [one.key for one in held.lines if one.part == "passed"][:1]
    issue_certificates(
        ground.store, BY, ground.event.id, issue_date=held.issue_date, enrolment_ids=keys
    )
    assert page.hurdle.isHidden()
    page.reload()
    settled()
    assert "1" in page.hurdle.text()
    _turn(page, "recipients")
    row = next(one for one in page.recipients.model.rows if one.key == keys[0])
    assert row.frozen
    place = page.recipients.model.rows.index(row)
    cell = page.recipients.model.index(place, FIXED)
    assert not page.recipients.model.setData(cell, "วิทยากร")


def test_a_text_that_does_not_fit_is_said_under_the_page(
    qtbot: QtBot, page: PlanPage, ground: Ground, settled: Settled
) -> None:
    """Mutant: an overflow that shows at the printer."""
    _drawn(qtbot, page)
    assert page.preview.said.isHidden()
    _turn(page, "words")
    deed = page.words.edits["deed"]
    deed.setFocus()
    _say(deed, "ได้ผ่านการอบรมหลักสูตรที่ยาวมาก" * 12)
    qtbot.waitUntil(lambda: not page.preview.said.isHidden(), timeout=20_000)
    page.end()
    settled()


def test_every_control_can_be_heard_and_is_large_enough(page: PlanPage) -> None:
    """Mutant: a button with an icon and no name, or one of 24 px."""
    for place in range(len(page.tabs.buttons())):
        page._turn(place)
        QApplication.processEvents()
        assert nameless(page) == []
        assert small(page) == []


def test_a_template_changed_in_the_designer_is_the_one_the_certificates_have(
    page: PlanPage, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutant: a copy that is made and changed while the certificates keep the shipped one."""
    went: list[tuple[str, object]] = []
    page.go.connect(lambda noun, what: went.append((noun, what)))
    page.design.trigger()
    noun, what = went[-1]
    assert noun == "designer"
    assert isinstance(what, dict)
    assert what["template"] == "completion"
    back, said = what["back"]
    assert back == "plan"
    made = templates.copy(ground.store, BY, "completion").value
    page.arrive({**said, "template": made.id})
    settled()
    settled()
    assert _kept(ground).template == made.id
    assert page.gallery.chosen == made.id
    page.arrive({**said, "template": "gone-since"})
    settled()
    assert _kept(ground).template == made.id
    page.all.trigger()
    assert went[-1] == ("designer", {"purpose": "certificate"})


def test_what_is_typed_and_has_no_place_on_the_template_is_said_at_once_and_before_the_issue(
    page: PlanPage, ground: Ground, settled: Settled, qtbot: QtBot
) -> None:
    """Mutant: a role typed for everybody that silently stands on nobody's certificate; or one
    warned of that is printed, or is only for whoever calls the names out.
    """
    held = certificate_list(ground.store, ground.event.id)
    assert held is not None
    first, second = (line.key for line in held.lines[:2])
    plans.keep_fields(
        ground.store, BY, ground.event.id,
        {first: {"role": "หัวหน้ากลุ่ม", "score": "ดีเยี่ยม", "reading": "กาน-ดา"}},
    )  # fmt: skip
    page.reload()
    settled()
    said = page.hurdle.text()
    role, score, reading = (_(FIELDS[name]) for name in ("role", "score", "reading"))
    assert role in said
    assert score not in said, "this template has a place for it"
    assert reading not in said
    held = certificate_list(ground.store, ground.event.id)
    assert held is not None
    for keys, warned in (({first, second}, True), ({second}, False)):
        lines = [line for line in held.lines if line.key in keys]
        asked = IssueDialog(page, held, lines)
        words = [label.text() for label in asked.findChildren(Label)]
        assert (said in words) is warned
        asked.deleteLater()
    _turn(page, "recipients")
    page.hurdle.way_out.click()
    assert page.tab == "template"
    page.gallery.chose.emit("participation")
    assert role not in page.hurdle.text()
    assert score in page.hurdle.text()
    page.gallery.chose.emit("completion")
    settled()
    plans.keep_fields(ground.store, BY, ground.event.id, {first: {"role": ""}})
    page.reload()
    settled()
    assert not page.hurdle.text()


def test_a_template_of_another_office_is_shown_as_theirs_and_not_changed_here(
    qtbot: QtBot, page: PlanPage, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """A hall told it. Mutants: the gallery without it; shown as made by this office; opened in
    the designer."""
    body = write_template(PAGE).decode()
    told = GuestPapers(
        "office-9", "พมจ.ลำปาง", "2026-11-20T00:00:00.000Z",
        (GuestTemplate("theirs", "ใบงาม", template_digest(PAGE)),), (template_digest(PAGE),),
    )  # fmt: skip
    with ground.store.write(BY) as write:
        keep_papers(write, ground.event.id, told)
        keep_page(write, template_digest(PAGE), body)
    plans.keep_plan(ground.store, BY, replace(_kept(ground), template="theirs"))
    desk.changed.emit(frozenset({"certificates"}))
    settled()
    offers = {one.ref: one for one in page.gallery._model.offers}
    assert (offers["theirs"].title, offers["theirs"].note) == (
        "ใบงาม", _("Of {office}").format(office="พมจ.ลำปาง")
    )  # fmt: skip
    assert page.gallery.chosen == "theirs"
    page.gallery.go_to("theirs")
    with qtbot.assertNotEmitted(page.go), qtbot.waitSignal(desk.said) as said:
        page.design.trigger()
    assert "พมจ.ลำปาง" in said.args[0]
    assert all(one.shipped for one in templates.templates(ground.store))

# SPDX-License-Identifier: Apache-2.0
"""A3's ceremony at the window: from the drawing of a template to the checking of the papers.

The office draws its own template, says who signs, issues 83 with a code, prints them on a real
print system in the order of the stage, puts two names right while the queue waits, and knows in
the evening of every number what became of it. Anybody can check a paper, with no network.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import office
from desktop.actions.demo import put_story
from desktop.actions.proof import check_many
from desktop.i18n import _
from desktop.model.facilitator import Facilitator, Office
from desktop.model.template import Image, Qr, Text
from desktop.printing.template_shipped import shipped_templates
from desktop.ui.parts.plan_gallery import Gallery
from tests.centre.staff.chromium import PROGRAM, Chromium
from tests.journeys import ceremony, lists, steps
from tests.journeys.ceremony import Sheet, Stage
from tests.journeys.designing import Drawing, emblem
from tests.journeys.hand import CTRL, SHIFT, Hand, Watch, open_window
from tests.ui.cups import PrintSystem

STORY = lists.story("seed3_83_orgs")
HOME = "กรมพัฒนาสังคมและสวัสดิการ"
TEMPLATE = "เกียรติคุณ ๘๓ องค์กร"
SIGNERS = (
    ("นายอนุกูล ปีดแก้ว", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),
    ("นางสาวธิดาพร เสาวนะ", "ผู้อำนวยการสำนักงานส่งเสริมการจัดสวัสดิการสังคมแห่งชาติ"),
)
WISH = "ขอให้เจริญรุ่งเรือง และเป็นกำลังของสังคมไทยสืบไป"
FIXED = {12: "มูลนิธิชื่อใหม่", 47: "สมาคมชื่อถูก"}
"""Turns whose names are put right on the spot."""
SPOILT = 60
SKIPPED = 33
BACK = 20
STAYS = (
    "Certificates were issued with this file: it stays, so that they can be printed again as they "
    "are. To make new ones without it, take it out of the template."
)
KEPT = 5
"""Whose paper is saved before and after everything was changed."""


def _founded(profile: Path, watch: Watch) -> None:
    home = Office("", HOME, "10")
    store, _code = office.found(
        profile, home, Facilitator("", "ธิดา ใจดี"), steps.PASSPHRASE, label="ธิดา", clock=watch
    )
    with closing(store):
        by = office.who_may(profile)[0].facilitator_id
        put_story(store, by, STORY)


def _draw(hand: Hand, folder: Path) -> None:
    """Make the template of the ceremony out of a shipped one."""
    hand.press("Change this template")
    page = Drawing(hand)
    hand.type("Name of the template", TEMPLATE)
    hand.key(Qt.Key.Key_Return)
    page.rest()
    _add_a_line_of_its_own(hand, page)

    # The most difficult name is too long while it may not get smaller; then it fits again.
    recipient = page.part(Text, "{recipient}")
    assert page.troubles() == []
    page.click(recipient)
    page.number("Smallest (pt)", "๗๐")
    assert any(_("The most difficult name") in said for said in page.troubles())
    hand.press("See it")
    page.rest()
    page.click(recipient)
    page.number("Smallest (pt)", "15")
    page.number("Size (pt)", "26")
    assert page.troubles() == []

    page.add_ornament(_("Straight line"))
    page.place("๓๒", "๓๙", "๔๔")
    page.add_picture(emblem(folder / "ตราหน่วยงาน.png"), "Emblem of the office")
    page.place("๑๔๙", "๓๖", "๒๔", "๒๔")

    page.click(page.part(Qr))
    page.key(Qt.Key.Key_Delete)
    page.add("QR code")
    page.number("Width", "๒๖")
    page.place("", "๑๓๖")
    code = page.chosen(Qr)
    page.drag(code, -0.6, 244 - code.y)
    code = page.chosen(Qr)
    assert code.x + code.width / 2 == pytest.approx(105, abs=0.01), "the middle of the page"
    page.number("From the top", "๒๔๔")
    assert page.troubles() == []
    page.save()
    page.leave()


def _add_a_line_of_its_own(hand: Hand, page: Drawing) -> None:
    """A text with a field beside the number: dragged, nudged, taken back, said exactly."""
    page.add("Text")
    page.words("รางวัลที่ ")
    page.field("number alone")
    assert page.chosen(Text).text == "รางวัลที่ {number_plain}"
    page.place("", "", "๕๔", "๖")
    number, text = page.part(Text, "{number}"), page.chosen(Text)
    page.drag(text, 28 - text.x, number.y - text.y - 0.4)
    dropped = page.chosen(Text)
    assert dropped.y == number.y, "it is caught by the line of the number"
    assert 26 < dropped.x < 30
    for _press in range(3):
        page.key(Qt.Key.Key_Left)
    nudged = page.chosen(Text)
    assert nudged.x == pytest.approx(dropped.x - 1.5, abs=0.01)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert page.chosen(Text) == dropped, "three nudges are one step"
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert page.chosen(Text) == nudged
    page.place("๒๗", "")
    assert (page.chosen(Text).x, page.chosen(Text).y) == (27, number.y)
    page.number("Size (pt)", "11.5")


def _plan(hand: Hand, folder: Path) -> None:
    """The template is drawn and chosen; the wish and who signs are said."""
    hand.key(Qt.Key.Key_F3)
    hand.read("Template and words")
    hand.settle()
    _draw(hand, folder)
    (gallery,) = hand.shown(Gallery)
    model = gallery.model()
    (own,) = (row for row in range(model.rowCount()) if model.index(row, 0).data() == TEMPLATE)
    assert gallery.currentIndex() == model.index(own, 0)
    assert gallery.chosen == gallery.ref() not in shipped_templates(), "it is the office's own"
    hand.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hand.write("Closing wish", WISH)
    ceremony.signs(hand, SIGNERS)
    hand.press("To the certificates")
    hand.settle()


def _print_all(hand: Hand, cups: PrintSystem, folder: Path) -> list[Sheet]:
    """All 83, in the order of the stage, as the printer got them."""
    hand.key(Qt.Key.Key_F5)
    ceremony.asked_how_to_print(hand)
    hand.choose("Order", "For the stage: by team, then seat")
    sheets = ceremony.printed(hand, cups, folder, 83)
    for number, (sheet, award) in enumerate(zip(sheets, STORY.awards, strict=True), 1):
        assert (sheet.size, sheet.turned) == ((210, 297), 0)
        own = (award.organisation.name, award.title)
        numbers = (f"เลขที่ {number}/2565", f"รางวัลที่ {number}/2565")
        for words in (*own, *numbers, WISH, *(name for name, _position in SIGNERS)):
            assert sheet.says(words), (number, words, sheet.text)
    return sheets


def _on_the_stage(hand: Hand, cups: PrintSystem, folder: Path) -> dict[int, Sheet]:
    """83 turns: two names are wrong, one is not here, one paper is spoilt. The new papers."""
    stage = Stage(hand, folder, cups)
    turns = {turn: award.organisation.name for turn, award in enumerate(STORY.awards, 1)}
    assert stage.turns == turns
    fresh = {}
    for turn in sorted((*FIXED, SKIPPED)):
        stage.hand_over_until(turn)
        if turn == SKIPPED:
            stage.skip()
        else:
            fresh[turn] = stage.fix(FIXED[turn])
    stage.hand_over_until(SPOILT)
    stage.void()
    assert stage.turns == {**turns, **FIXED}, "the spoilt paper moved somebody's turn"
    stage.hand_over()
    stage.hand_over_until(SKIPPED)
    assert stage.waiting == [SKIPPED], "who was skipped comes last, and has not come"
    stage.leave()
    return fresh


def test_a3_83_certificates_are_made_cross_the_stage_and_are_accounted_for(
    qapp: QApplication, profile: Path, tmp_path: Path, cups: PrintSystem
) -> None:
    """Fails when a drag catches nothing, when a page that overflows is not told of, when a name
    cannot be read out of the print job, when a name put right on the stage loses its number, when
    the spoilt paper moves anybody's turn, when the sum is not the last number, and when what was
    changed in the designer changes a paper that was issued before.
    """
    watch = Watch("2022-09-30 08:00")
    _founded(profile, watch)
    hand = open_window(qapp, profile, watch)
    hand.unlock(steps.PASSPHRASE)
    hand.go("Certificates")
    _plan(hand, tmp_path)
    steps.issue(hand, 83)
    sheets = _print_all(hand, cups, tmp_path)
    desk = hand.start.desk
    assert desk is not None
    codes = tuple(sheet.code for sheet in sheets)
    assert [one.outcome for one in check_many(desk.store, codes)] == ["genuine"] * 83
    kept = ceremony.save_one(hand, STORY.awards[KEPT - 1].organisation.name, tmp_path / "5.pdf")
    ceremony.seek(hand, "")

    fresh = _on_the_stage(hand, cups, tmp_path)
    back = STORY.awards[BACK - 1].organisation.name
    ceremony.take_back(hand, back, f"{BACK}/2565")
    for turn, sheet in fresh.items():
        assert sheet.says(FIXED[turn])
        assert sheet.says(f"เลขที่ {turn}/2565")
    _register(hand, tmp_path)
    _checked(hand, tmp_path, codes, fresh[12].code)
    hand.close()
    _next_day(qapp, profile, watch, tmp_path, kept)


def _register(hand: Hand, folder: Path) -> None:
    """The sum on the screen, in the workbook and on paper."""
    hand.go("Certificates")
    hand.press("Register")
    words = _("{sum} = {last}: every number from 1 to {last} is accounted for.")
    hand.read(words.format(sum="1 + 80 + 1 + 1", last=83))
    hand.choose("Event", "All events")
    hand.settle()
    pages, rows = steps.register_shown(hand, folder)
    papers = [row for row in rows if row[1].endswith("/2565")]
    assert len(papers) == 85, "83 numbers, and two papers that were replaced"
    replaced = [row for row in papers if row[7] == "มีใบแทนแล้ว"]
    last = {int(row[1].split("/")[0]): row for row in papers if row not in replaced}
    assert sorted(last) == list(range(1, 84)), "every number once"
    assert [int(row[1].split("/")[0]) for row in replaced] == [*FIXED]
    for turn, name in FIXED.items():
        assert last[turn][2] == name
        assert "ใบแทน ฉบับที่ 2" in last[turn][10]
    statuses = Counter(row[7] for row in last.values())
    assert sorted(statuses.values()) == [1, 1, 1, 80]
    assert last[SPOILT][7] == lists.word("cert_status", "void")
    assert lists.word("reprint_reason", "spoilt") in last[SPOILT][10]
    assert last[BACK][7] == lists.word("cert_status", "returned")
    assert "ผู้รับส่งคืน" in last[BACK][10]
    assert last[SKIPPED][7] == lists.word("cert_status", "printed")
    received = {number for number, row in last.items() if row[9]}
    assert received >= {*last} - {SPOILT, SKIPPED, BACK}
    assert not received & {SPOILT, SKIPPED}, "what nobody received has no day"
    text = "\n".join(pages)
    shown = Counter(int(number) for number in re.findall(r"(?<!\d)(\d+)/2565", text))
    assert shown == Counter([*range(1, 84), *FIXED])
    assert "รวม 83 เลข" in pages[-1]
    assert "ลงชื่อรับ" in pages[0]


def _checked(hand: Hand, folder: Path, codes: tuple[str, ...], fresh: str) -> None:
    """On the page that checks, and on the page for everybody in a browser."""
    box = ceremony.to_checking(hand)
    first = codes[min(FIXED) - 1]
    cases = {
        codes[KEPT - 1]: ("Genuine", "genuine"),
        fresh: ("Genuine", "genuine"),
        first: ("No longer valid", "revoked"),
        codes[SPOILT - 1]: ("No longer valid", "revoked"),
        ceremony.altered(codes[KEPT - 1]): ("False", "altered"),
        ceremony.of_a_stranger(codes[KEPT - 1]): ("Not proven", "unknown"),
    }
    for code, (word, _class) in cases.items():
        said = ceremony.scanned(hand, box, code)
        assert said.startswith(_(word)), said
    with hand.file(folder / "5.pdf"):
        hand.press("Choose a picture or PDF…")
    hand.until(lambda: ceremony.verdict(hand).startswith(_("Genuine")), "the file is not read")
    page = folder / "verify.html"
    with hand.file(page):
        hand.press("Save the page for everybody…")
    hand.until(page.exists, "the page was not saved")
    hand.settle()
    if not PROGRAM:
        return
    browser = Chromium(folder / "browser")
    try:
        browser.go(f"{page.as_uri()}?lang=en")
        for code, (_word, wanted) in cases.items():
            browser.run("document.getElementById('code').focus()")
            browser.type(code)
            browser.press("Enter")
            assert browser.run("document.querySelector('article').className") == wanted
            said = str(browser.run("document.querySelector('article').innerText"))
            if code == first:
                assert "in place of this one" in said
    finally:
        browser.close()


def _next_day(qapp: QApplication, profile: Path, watch: Watch, folder: Path, kept: bytes) -> None:
    """The template is changed and the emblem taken away: what was issued stays as it is."""
    watch.to("2022-10-01 09:00")
    hand = open_window(qapp, profile, watch)
    hand.unlock(steps.PASSPHRASE)
    hand.go("Certificates")
    hand.key(Qt.Key.Key_F3)
    hand.read("Template and words")
    hand.settle()
    hand.press("Change this template")
    page = Drawing(hand)
    emblems = [one for one in page.template.elements if isinstance(one, Image) and one.asset]
    assert len(emblems) == 1
    page.click(emblems[0])
    page.key(Qt.Key.Key_Delete)
    page.click(page.part(Text, "รางวัลที่"))
    page.words("ฉบับแก้ไข")
    page.save()
    said = page.remove_picture("ตราหน่วยงาน", "Emblem of the office")
    assert _(STAYS) in said, "the file is gone"
    page.leave()
    hand.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    hand.choose("Emblem", "None")
    hand.settle()
    hand.press("To the certificates")
    hand.settle()
    name = STORY.awards[KEPT - 1].organisation.name
    again = ceremony.save_one(hand, name, folder / "5-again.pdf")
    assert again == kept, "the same paper to the last byte"
    hand.close()

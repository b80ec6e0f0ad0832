# SPDX-License-Identifier: Apache-2.0
"""The referral letter, read back by programs that are not ours."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop.printing.lines import TextDoesNotFit
from desktop.printing.referral import ITEMS, ReferralLetter, referral_pdf
from tests.printing.preflight import assert_archival
from tests.printing.visits import (
    MARK,
    NAMES,
    OFFICE,
    images_of,
    joined,
    jpeg,
    pages_of,
    signature_png,
    story,
    text_of,
)

LETTER = ReferralLetter(
    office=OFFICE,
    to_org="สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดตาก",
    case_no="63-2570-A1-0007",
    person=f"{NAMES[0]} อายุ ๗๒ ปี",
    summary="ผู้สูงอายุอยู่ลำพัง ป่วยติดเตียง",
    problems=("ไม่มีผู้ดูแล/ถูกทอดทิ้ง", "สภาพที่อยู่อาศัยไม่เหมาะสม/ไม่มั่นคง"),
    need="เตียงผู้ป่วยและผ้าอ้อมผู้ใหญ่",
    opinion="เห็นควรให้ความช่วยเหลือ",
    urgency="urgent",
    sent_on=date(2026, 11, 20),
    letter_no="ตก ๐๐๐๒/๑๒๓๔",
    informer=NAMES[2],
    office_address="หมู่ที่ ๕ ตำบลด่านแม่ละเมา อำเภอแม่สอด จังหวัดตาก ๖๓๑๑๐",
    signatory=NAMES[5],
    position="ผู้อำนวยการศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก",
    contact=f"{NAMES[1]} โทร. ๐๘๑ ๒๓๔ ๕๖๗๘",
)


def test_the_nine_items_stand_in_the_order_of_the_1300_form() -> None:
    """Mutant: two items exchanged, or one left out because it is empty."""
    text = text_of(referral_pdf(LETTER, watermark=None))

    text = joined(text)
    heads = [f"{number}.{joined(label)}" for number, label in zip("๑๒๓๔๕๖๗๘๙", ITEMS, strict=True)]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    assert "การดำเนินงานที่ผ่านมาไม่มี" in text


def test_an_ordinary_letter_is_one_page_with_all_that_was_said() -> None:
    """Mutant: a letter that runs to a second page for its slip; a part that is not drawn."""
    pages = pages_of(referral_pdf(LETTER, watermark=None))
    text = joined("".join(pages))

    assert len(pages) == 1
    for said in (
        LETTER.office_address, LETTER.to_org, LETTER.person, LETTER.summary, *LETTER.problems,
        LETTER.need, LETTER.opinion, f"ที่ {LETTER.letter_no}", "วันที่ ๒๐ พฤศจิกายน ๒๕๖๙",
        f"ด้วย{OFFICE} ได้รับเรื่องของผู้ประสบปัญหาทางสังคมตามรายการข้างล่างนี้ ซึ่งอยู่ในอำนาจหน้าที่ของท่าน",
        LETTER.position, f"({NAMES[5]})", "ภายใน ๓ วันทำการ", "หน้า ๑/๑", LETTER.informer,
    ):  # fmt: skip
        assert joined(said) in text


def test_digits_are_the_letter_s_own_matter() -> None:
    """Mutant: Thai digits always, or the digits somebody typed rewritten."""
    text = text_of(referral_pdf(replace(LETTER, digits="arabic"), watermark=None))

    assert "วันที่ 20 พฤศจิกายน 2569" in text
    assert "หน้า 1/1" in text
    assert "9.ความเร่งด่วน" in joined(text)
    assert "อายุ ๗๒ ปี" in text


@pytest.mark.parametrize("pages", [1, 3, 6])
def test_long_texts_flow_over_pages_and_the_slip_is_at_the_foot_of_the_last(pages: int) -> None:
    """Mutant: a text cut at the page; a slip on each page, or in the middle of the last."""
    letter = replace(LETTER, summary=story(pages), attachments=("สำเนาบัตร", "รายงานการเยี่ยมบ้าน"))
    pdf = referral_pdf(letter, watermark=None)
    read = pages_of(pdf)
    text = joined("".join(read))

    for number in range(1, pages * 11 + 1):
        assert text.count(f"ข้อ{number}บ้านพัก") == 1
    assert [("ใบตอบรับ" in page.splitlines()) for page in read] == [False] * (len(read) - 1) + [
        True
    ]
    assert "ขอแสดงความนับถือ" in read[-1]
    for number, page in enumerate(read, 1):
        styled = f"หน้า {number}/{len(read)}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        assert styled in page
        assert "รหัสเรื่อง" in page
    with pypdfium2.PdfDocument(pdf) as opened:
        last = opened[len(read) - 1]
        found = last.get_textpage()
        search = found.search("ฉีกตามรอยนี้")
        index, _count = search.get_next()
        assert 150 < found.get_charbox(index)[1] < 270


def test_the_slip_says_nothing_of_the_person() -> None:
    """Mutant: the name or the problem on what goes back by fax."""
    text = text_of(referral_pdf(LETTER, watermark=None))
    slip = text[text.index("ฉีกตามรอยนี้") :]

    assert LETTER.case_no in slip
    assert LETTER.letter_no in slip
    for kept in ("จะหา", "ทอดทิ้ง", "ป่วยติดเตียง", "ผ้าอ้อม"):
        assert kept not in slip


def test_the_urgency_is_ticked_once() -> None:
    """Mutant: the wrong box, or all of them. How dark each box is says which one is ticked."""
    words = {"normal": "ปกติ", "urgent": "ด่วน", "critical": "ด่วนที่สุด"}
    for urgency in words:
        letter = replace(LETTER, need="-", urgency=urgency)  # type: ignore[arg-type]
        with pypdfium2.PdfDocument(referral_pdf(letter, watermark=None)) as opened:
            found = opened[0].get_textpage()
            picture = opened[0].render(scale=4).to_pil().convert("L")
            start = found.get_text_range().index("ปกติ")
            dark = {}
            for value, word in words.items():
                index, _count = found.search(word, index=start, match_whole_word=True).get_next()
                left, bottom, _right, _top = found.get_charbox(index)
                x, y = left * 4, picture.height - bottom * 4
                box = picture.crop((int(x - 60), int(y - 40), int(x - 8), int(y + 12)))
                dark[value] = sum(each < 128 for each in box.tobytes())
        assert max(dark, key=lambda value: dark[value]) == urgency
        assert sorted(dark.values())[1] < 0.75 * max(dark.values())


def test_a_restricted_letter_is_marked_on_every_page() -> None:
    """Mutant: a watermark on the first page alone."""
    pages = pages_of(referral_pdf(replace(LETTER, need=story(3)), watermark=MARK))

    assert len(pages) > 2
    for page in pages:
        assert joined(MARK.text) in joined(page)
        assert joined(MARK.mark) in joined(page)


def test_emblem_and_signature_are_on_the_letter() -> None:
    """Mutant: a signature that is asked for and not drawn."""
    letter = replace(LETTER, emblem=jpeg(1, (90, 90)), signature=signature_png())

    (page,) = images_of(referral_pdf(letter, watermark=None))

    assert len(page) == 2


def test_empty_fields_leave_dots_to_fill_in_by_hand() -> None:
    """Mutant: "()" under the signature, or "ที่ None"."""
    bare = replace(
        LETTER, letter_no="", informer="", office_address="", signatory="", position="",
        contact="", problems=(), reply_within=0,
    )  # fmt: skip
    text = text_of(referral_pdf(bare, watermark=None))

    assert "( ....." in text
    assert "ที่ ....." in text
    assert "()" not in text
    assert "วันทำการ" not in text


def test_the_worst_names_come_back_whole() -> None:
    """Mutant: cutting a name to its place."""
    for name in NAMES:
        letter = replace(LETTER, person=name, informer=name, signatory=name, addressee=name)
        letter = replace(letter, contact="")
        assert joined(text_of(referral_pdf(letter, watermark=None))).count(joined(name)) == 4


def test_a_signatory_of_any_length_stays_on_the_page() -> None:
    """Mutant: the name under the signature on one line, however long it is."""
    letter = replace(LETTER, signatory=" ".join(NAMES), position=" ".join(NAMES))
    with pypdfium2.PdfDocument(referral_pdf(letter, watermark=None)) as opened:
        page = opened[0]
        found = page.get_textpage()
        edges = [found.get_charbox(index)[2] for index in range(found.count_chars())]

    assert max(edges) < 195 * 72 / 25.4
    assert joined(" ".join(NAMES)) in joined(text_of(referral_pdf(letter, watermark=None)))


def test_an_office_longer_than_any_place_is_told_and_not_cut() -> None:
    """Mutant: drawing it over the edge of the page."""
    with pytest.raises(TextDoesNotFit):
        referral_pdf(LETTER, watermark=replace(MARK, text="เรื่องคุ้มครองเด็ก" * 60))


def test_the_same_letter_has_the_same_bytes_and_is_archival(tmp_path: Path) -> None:
    """Mutant: a time of day in the file, or a font that is not embedded."""
    one = referral_pdf(LETTER, watermark=None)

    assert one == referral_pdf(replace(LETTER), watermark=None)
    assert_archival(one, tmp_path)
    assert io.BytesIO(one).read(5) == b"%PDF-"

# SPDX-License-Identifier: Apache-2.0
"""A filled form on paper, whatever form it is."""

from __future__ import annotations

from dataclasses import replace

from desktop.printing.photo import Photo
from desktop.printing.prose import Fact
from desktop.printing.record import Answered, RecordPart, RecordReport, record_pdf
from desktop.printing.signature import Signature
from tests.printing.visits import MARK, NAMES, OFFICE, images_of, joined, jpeg, pages_of, story


def _report(*answers: Answered) -> RecordReport:
    return RecordReport(
        OFFICE,
        "แบบแจ้งเหตุ/พบปัญหาในชุมชน (อพม.น้อย)",
        (RecordPart("ผู้แจ้ง", answers), RecordPart("ว่างทั้งหมวด", (Answered("ไม่ได้ตอบ"),))),
        "แจ้งเหตุ 63-2570-A1-0003",
        (Fact("บันทึกโดย", NAMES[2]),),
        (Signature("ผู้บันทึก", NAMES[2]),),
    )


def test_questions_and_answers_are_there_in_their_order() -> None:
    """Mutant: sorting them, or losing the last one before a picture."""
    report = _report(
        Answered("ข้อแรก", "หนึ่ง"),
        Answered("ข้อสอง", "สอง", (Photo(jpeg(), "คำบรรยายภาพ", True),)),
        Answered("ข้อสาม", "สาม"),
    )
    text = joined("".join(pages_of(record_pdf(report, watermark=None))))

    order = ["แบบแจ้งเหตุ", NAMES[2], "ข้อแรก", "หนึ่ง", "ข้อสอง", "คำบรรยายภาพ", "ข้อสาม", "สาม"]
    places = [text.index(joined(word)) for word in order]
    assert places == sorted(places)


def test_what_was_not_answered_is_printed_only_when_asked_for() -> None:
    """Mutant: a part without an answer that leaves its heading behind."""
    report = _report(Answered("ข้อแรก", "หนึ่ง"), Answered("ข้อสอง"))
    short = "".join(pages_of(record_pdf(report, watermark=None)))
    whole = "".join(pages_of(record_pdf(report, watermark=None, unanswered=True)))

    assert "ข้อสอง" not in short
    assert "ว่างทั้งหมวด" not in short
    assert "ข้อสอง" in whole
    assert "ว่างทั้งหมวด" in whole


def test_an_answer_of_three_pages_keeps_every_sentence() -> None:
    """Mutant: an answer in a row that is not cut, which runs off the page."""
    pages = pages_of(record_pdf(_report(Answered("เล่าเหตุการณ์", story(3))), watermark=None))
    text = joined("".join(pages))

    assert len(pages) >= 3
    for number in range(1, 34):
        assert text.count(f"ข้อ{number}บ้านพัก") == 1


def test_pictures_that_are_not_allowed_are_not_in_the_file() -> None:
    """Mutant: the generic report forgetting what the visit's own report asks."""
    images = (Photo(jpeg(1), "ให้ดู", True), Photo(jpeg(2), "ไม่ให้ดู", False))
    pdf = record_pdf(_report(Answered("ภาพ", "", images)), watermark=None)

    assert sum(len(page) for page in images_of(pdf)) == 1
    assert "ไม่ให้ดู" not in "".join(pages_of(pdf))


def test_a_restricted_record_is_marked_and_numbered_on_every_page() -> None:
    """Mutant: a watermark, or the record's number, on the first page alone."""
    pages = pages_of(record_pdf(_report(Answered("เล่า", story(3))), watermark=MARK))

    for number, page in enumerate(pages, 1):
        assert joined(MARK.mark) in joined(page)
        assert "63-2570-A1-0003" in page
        assert f"หน้า {number}/{len(pages)}" in page


def test_three_hundred_questions_lose_none() -> None:
    """Mutant: a page that ends without the next one taking over."""
    answers = tuple(Answered(f"คำถามข้อที่{n:03}", f"คำตอบที่{n:03}") for n in range(300))
    text = "".join(pages_of(record_pdf(_report(*answers), watermark=None)))

    for number in range(300):
        assert f"คำถามข้อที่{number:03}" in text
        assert f"คำตอบที่{number:03}" in text


def test_a_title_with_a_sign_the_typeface_lacks_is_printed_with_its_number() -> None:
    """Mutant: the running head set as it came: a form of somebody else is then not printed."""
    report = replace(_report(Answered("ข้อ ❓", "❓")), title="สำรวจ ❓")
    text = joined("".join(pages_of(record_pdf(report, watermark=None))))
    assert text.count("[U+2753]") >= 3

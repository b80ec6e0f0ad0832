# SPDX-License-Identifier: Apache-2.0
"""The report of a visit, read back by programs that are not ours."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image

from desktop.printing.chart import DIMENSIONS
from desktop.printing.photo import Photo
from desktop.printing.signature import Signature
from desktop.printing.visit import VisitReport, visit_pdf
from tests.printing.preflight import assert_archival
from tests.printing.visits import (
    MARK,
    NAMES,
    OFFICE,
    images_of,
    joined,
    jpeg,
    pages_of,
    report,
    story,
    text_of,
)


def _images(pdf: bytes) -> int:
    return sum(len(page) for page in images_of(pdf))


def test_everything_of_a_visit_is_on_the_paper() -> None:
    """Mutant: a part that is left out of the body is missed here by its heading or its text."""
    text = joined(text_of(visit_pdf(report(), watermark=None)))

    for said in (
        OFFICE, NAMES[0], "63-2570-A1-0007", "20 พฤศจิกายน 2569 เวลา 10.30 น.", NAMES[2],
        "ตำบลด่านแม่ละเมา", "ไม่มีผู้ดูแล/ถูกทอดทิ้ง", "เงินสงเคราะห์", "๓,๐๐๐", "ได้รับกำลังใจ",
        "27 พฤศจิกายน 2569", "3 พ.ค. 2569", "สภาพบ้านมุมที่ 1", "ลายพิมพ์นิ้วมือ",
        f"พยาน: {NAMES[5]}", "ไม่ยินยอม", *DIMENSIONS,
    ):  # fmt: skip
        assert joined(said) in text


def test_the_home_is_nowhere_nearer_than_a_hundred_metres() -> None:
    """Mutant: printing the coordinates as they were measured."""
    text = text_of(visit_pdf(report(), watermark=None))

    assert "16.771, 98.988" in text
    assert "16.7712" not in text


def test_a_photograph_that_is_not_allowed_is_not_in_the_file() -> None:
    """Mutant: drawing every photograph, or taking a missing decision for a yes."""
    shown, kept = jpeg(1), jpeg(2)
    photos = (Photo(shown, "ภาพแรก", True), Photo(kept, "ภาพลับ", False))
    pdf = visit_pdf(replace(report(), photos=photos, signatures=()), watermark=None)

    assert _images(pdf) == 1
    assert "ภาพลับ" not in text_of(pdf)
    assert "ไม่พิมพ์ภาพถ่ายอีก 1 ภาพ" in text_of(pdf)


def test_a_report_of_almost_nothing_prints_without_empty_headings() -> None:
    """Mutant: a heading drawn for a part that has nothing in it."""
    bare = VisitReport(OFFICE, NAMES[3], report().visited_at)
    pages = pages_of(visit_pdf(bare, watermark=None))

    assert len(pages) == 1
    assert NAMES[3] in pages[0]
    for heading in ("สมาชิกในครัวเรือน", "ภาพถ่าย", "ลงชื่อ", "ความช่วยเหลือ", "การเยี่ยมครั้งก่อน"):
        assert heading not in pages[0]


def test_forty_members_and_twelve_photographs_lose_nobody_and_repeat_the_heading() -> None:
    """Mutant: a page that ends without the next beginning loses rows; a heading on the first page
    alone leaves columns nobody can name."""
    pdf = visit_pdf(report(members=40, photos=12), watermark=None)
    pages = pages_of(pdf)
    text = joined("".join(pages))

    for number in range(40):
        assert joined(f"{NAMES[number % 6]} คนที่{number}") in text
    tables = [page for page in pages if "คนที่" in page]
    assert len(tables) > 1
    assert all("เกี่ยวข้องเป็น" in page for page in tables)
    assert _images(pdf) == 13  # the two signatures are the same picture
    assert all(f"หน้า {n}/{len(pages)}" in page for n, page in enumerate(pages, 1))


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    """Mutant: a heading that does not stay with what follows, tried at every height of a page."""
    headings = ("สภาพปัญหาความเดือดร้อน", "ความช่วยเหลือ", "ผลการเยี่ยมและแผน", "ความเห็นผู้เยี่ยม")
    for members in range(1, 14):
        for page in pages_of(visit_pdf(report(members=members, photos=0), watermark=None)):
            body = [line for line in page.splitlines() if line][2:]
            if body:
                assert body[-1] not in headings


def test_three_pages_of_opinion_come_back_word_for_word() -> None:
    """Mutant: a text cut at the page, or a line drawn twice where the pages meet."""
    told = story(3)
    text = joined(text_of(visit_pdf(report(opinion=told, photos=0), watermark=None)))
    running = joined("รายงานการเยี่ยมบ้านผู้ประสบปัญหาทางสังคม · เรื่องที่ 63-2570-A1-0007")

    for number in range(1, 34):
        assert text.count(f"ข้อ{number}บ้านพัก") == 1
    assert running in text


def test_what_a_typeface_lacks_is_shown_as_its_number_and_stops_nothing() -> None:
    """Mutant: handing the text of a frozen record to the typeface as it is, which refuses it."""
    typed = "ดีใจมาก 😀\tแล้ว ้ จบ\r\nบรรทัดสอง"
    text = text_of(visit_pdf(report(opinion=typed), watermark=None))

    assert "ดีใจมาก [U+1F600] แล้ว [U+0E49] จบ" in text
    assert "บรรทัดสอง" in text


def test_a_restricted_visit_says_on_every_page_who_printed_it_and_when() -> None:
    """Mutant: a watermark on the first page alone, or under the photographs."""
    pdf = visit_pdf(report(photos=6), watermark=MARK)
    pages = pages_of(pdf)

    assert len(pages) > 2
    for page in pages:
        # Text that climbs comes out of readers a cluster a line, but it does come out.
        assert joined(page).count(joined("เรื่องคุ้มครองเด็ก ห้ามเผยแพร่")) == 4
        assert joined(f"พิมพ์โดย {NAMES[2]} เมื่อ 20 พ.ย. 2569 เวลา 14.02 น.") in joined(page)
    assert "พิมพ์โดย" not in text_of(visit_pdf(report(), watermark=None))


def test_the_watermark_covers_photographs_but_what_is_under_it_can_be_read() -> None:
    """Mutant: an opaque watermark, or one drawn before the photographs."""
    photo = (Photo(_grey(), "", True), Photo(_grey(), "", True))
    plain, marked = (
        pypdfium2.PdfDocument(visit_pdf(_bare(photo), watermark=mark)) for mark in (None, MARK)
    )
    before, after = (each[0].render(scale=1).to_pil().convert("RGB") for each in (plain, marked))
    changed = [
        (one, two)
        for one, two in zip(_pixels(before), _pixels(after), strict=True)
        if one == (128, 128, 128) and two != one
    ]
    plain.close()
    marked.close()

    assert len(changed) > 200
    assert all(abs(two[1] - 128) < 40 for _one, two in changed)


def _pixels(picture: Image.Image) -> list[tuple[int, ...]]:
    return list(zip(*[iter(picture.tobytes())] * 3, strict=True))


def _grey() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 600), (128, 128, 128)).save(out, "PNG")
    return out.getvalue()


def _bare(photos: tuple[Photo, ...]) -> VisitReport:
    return VisitReport(OFFICE, NAMES[3], report().visited_at, photos=photos)


def test_no_signature_stands_on_a_page_of_its_own() -> None:
    """Mutant: rows of signatures parted where a page ends, tried at every height of a page."""
    three = (*report().signatures, Signature("ผู้รับรองรายงาน"))
    for lines in range(1, 60, 4):
        bare = VisitReport(OFFICE, NAMES[3], report().visited_at, opinion="\n".join("ก" * lines))
        made = replace(bare, signatures=three)
        signed = [page for page in pages_of(visit_pdf(made, watermark=None)) if "(ลายพิมพ์" in page]

        assert len(signed) == 1
        assert "ผู้รับรองรายงาน" in signed[0]
        assert "ลงชื่อ" in signed[0]


def test_the_same_visit_has_the_same_bytes_and_is_archival(tmp_path: Path) -> None:
    """Mutant: a time of day in the file; a picture that PDF/A does not allow. PDFBox judges level
    1, so without the transparent signatures."""
    full = report()
    assert visit_pdf(full, watermark=MARK) == visit_pdf(full, watermark=MARK)
    with pikepdf.open(io.BytesIO(visit_pdf(full, watermark=MARK))) as opened:
        assert opened.check_pdf_syntax() == []
    assert_archival(visit_pdf(replace(full, signatures=()), watermark=None), tmp_path)

# SPDX-License-Identifier: Apache-2.0
"""Certificates from templates: every name whole, nothing touching or cut, told beforehand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageDraw

from desktop.model.certificate import Signer
from desktop.model.template import Text
from desktop.printing.template_mark import Set, Stroke
from desktop.printing.template_page import (
    NONE,
    PageProblem,
    boxes,
    check_fillings,
    pages_pdf,
    troubles,
)
from desktop.printing.template_place import place, read
from desktop.printing.template_shipped import earlier_names, earlier_template, shipped_template
from desktop.thai.normalise import normalise_name
from tests.printing.events import organisations, trainees
from tests.printing.filled import ORGANISATION, PERSON, SIGNERS, filled, saved, set_lines
from tests.printing.names import names
from tests.printing.reading import GOLDEN, READERS, lines_of, pdfium, poppler

EARLIER = {name: earlier_template(digest) for digest, name in earlier_names().items()}
LONG_NAME = "นายปิยะพงษ์ ปั้นหยาเจริญสุขสันติ์กุลพันธุ์รัตนโกสินทร์วงศ์สุวรรณ"
LONG_ORGANISATION = "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดอำนาจเจริญ ร่วมกับเครือข่ายอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์"


def test_154_trainees_get_their_names_numbers_and_dates(tmp_path: Path) -> None:
    """Fails when a shared form keeps the first name, with Christian years, or Arabic digits."""
    pages = trainees()
    file = saved(tmp_path, pages_pdf(PERSON, pages, text_only=True))
    for reader in (pdfium, poppler):
        found = lines_of(reader(file))
        assert len(found) == 154
        for page, lines in zip(pages, found, strict=True):
            assert {page.fields["recipient"], page.fields["number"]} <= set(lines)
            text = "".join(lines)
            assert "ระหว่างวันที่ ๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒" in text
            assert "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒" in lines
            assert page.fields["subject"].replace(" ", "") in text.replace(" ", "")


def test_83_organisations_get_their_own_projects_whole(tmp_path: Path) -> None:
    """Fails when the title of the batch stands for all, and when 125 characters are cut."""
    pages = organisations()
    found = lines_of(pdfium(saved(tmp_path, pages_pdf(ORGANISATION, pages))))
    assert len(found) == 83
    for page, lines in zip(pages, found, strict=True):
        text = "".join(lines).replace(" ", "")
        assert page.fields["recipient"].replace(" ", "") in text
        assert page.fields["subject"].replace(" ", "") in text
        assert "ได้รับการสนับสนุนจากกองทุนส่งเสริมการจัดสวัสดิการสังคม" in text
    assert max(len(page.fields["subject"]) for page in pages) == 125


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_takes_the_words_out_as_they_went_in(reader: str, tmp_path: Path) -> None:
    """Fails when a form's fonts have no map back to characters, or words are split by offsets."""
    page = filled(recipient="ว่าที่ร้อยตรีหญิงฐิติญาณัฏฐ์ กตัญญูปิ่นเฟื่องฟุ้งเกียรติ์", project="น้ำใจ Shift & Share")
    (lines,) = lines_of(READERS[reader](saved(tmp_path, pages_pdf(PERSON, [page]))))
    assert page.fields["recipient"] in lines
    assert page.fields["number"] in lines


def test_no_ink_touches_other_ink_on_any_page_of_the_two_events() -> None:
    """Fails when lines are set by nominal heights: Charm's swashes reach the line above."""
    for page in trainees():
        assert troubles(PERSON, page) == ()
    for page in organisations():
        assert troubles(ORGANISATION, page) == ()


@pytest.mark.parametrize("name", ["completion", "honour", "earlier completion", "earlier project"])
def test_no_ink_touches_with_the_worst_texts(name: str) -> None:
    """Hard names and others, one to three signers, one to three lines of project. Fails when gaps
    may shrink to nothing, and when the column is not shrunk as a whole."""
    kind = name.removeprefix("earlier ")
    template = EARLIER[kind] if kind != name else shipped_template(kind)
    assert template is not None
    hard = GOLDEN.joinpath("names_hard.txt").read_text("utf-8").split("\n")[:-1]
    everybody = [*map(normalise_name, hard), *names(60), LONG_NAME, LONG_ORGANISATION]
    title = max((page.fields["subject"] for page in organisations()), key=len)
    for index, person in enumerate(everybody):
        page = filled(
            SIGNERS[: index % 3 + 1],
            recipient=person,
            subject=title if index % 2 else "ฟื้นฟูญู่ปุ่นฏู",
            fund="ได้รับการสนับสนุนจากกองทุนส่งเสริมการจัดสวัสดิการสังคม" if index % 5 else "",
            wish="" if index % 4 else "ขอให้มีความสุข ความเจริญ",
        )
        assert troubles(template, page) == (), person


def test_ink_is_where_the_extents_say() -> None:
    """Pixels at 100 dots per inch: nothing dark outside the ink boxes, and a condensed name as
    wide as its box. Fails when extents leave out an offset, the condensing, or the alignment."""
    page = filled(SIGNERS, recipient=f"{LONG_NAME}กิจรุ่งโรจน์มณี", document_word="เกียรติบัตรฟื้นฏู")
    scale = 100 / 72
    with pypdfium2.PdfDocument(pages_pdf(PERSON, [page], text_only=True)) as document:
        image = document[0].render(scale=scale).to_pil().convert("L")
    placement = place(PERSON, read(PERSON, page), NONE)
    marks = [mark for part in placement.parts for mark in part.marks]
    narrow = [mark for mark in marks if isinstance(mark, Set) and mark.condense < 99]
    for text in narrow:
        left, bottom, right, top = (side * scale for side in text.ink)
        band = image.crop((0, int(image.height - top), image.width, int(image.height - bottom)))
        inked = band.point(lambda level: 255 * (level < 200)).getbbox()
        assert inked is not None
        assert (inked[0], inked[2]) == pytest.approx((left, right), abs=2)
    draw = ImageDraw.Draw(image)
    inks = [mark.ink for mark in marks if isinstance(mark, Set)]
    inks += [(one.x, one.y, one.to_x, one.to_y) for one in marks if isinstance(one, Stroke)]
    for left, bottom, right, top in inks:
        sides = (left * scale - 2, image.height - top * scale - 2,
                 right * scale + 2, image.height - bottom * scale + 2)  # fmt: skip
        draw.rectangle(sides, fill=255)
    assert image.getextrema() == (255, 255)


def test_what_cannot_be_printed_is_found_before_anything_is() -> None:
    """Fails when a missing glyph or a text too long is drawn, cut, or reported without a name."""
    good = filled()
    pages = [
        good,
        filled(number_plain="๒/๒๕๖๒", recipient="นายสมชาย ☃"),
        good,
        filled(number_plain="๔/๒๕๖๒", recipient="นาย" + "ศรีสวัสดิ์วงศ์" * 30),
        filled(number_plain="๕/๒๕๖๒", subject="โครงการพัฒนาศักยภาพ" * 60),
        filled((Signer("นายกอ ์", ""),), number_plain="๖/๒๕๖๒"),
    ]
    found = check_fillings(PERSON, pages)
    assert [(index, problem.element_id) for index, problem in found] == [
        (1, "recipient"),
        (3, "recipient"),
        (4, "subject"),
        (5, "signers"),
    ]
    assert "☃" in str(found[0][1])
    assert "๔/๒๕๖๒" in str(found[1][1])
    with pytest.raises(PageProblem):
        pages_pdf(PERSON, pages)
    assert len(pages_pdf(PERSON, pages, lenient=True)) > 10_000


def test_a_page_too_full_for_its_column_is_found_too() -> None:
    """Fails when each text fits its box but all of them together run into the signature."""
    title = "โครงการพัฒนาศักยภาพอาสาสมัคร" * 5
    page = filled(
        issuer=title,
        issuers="\n".join([title] * 3),
        **dict.fromkeys(("deed", "when_where", "wish", "fund", "organisation"), title),
        subject=title * 2,
        recipient=LONG_ORGANISATION,
    )
    assert [index for index, _problem in check_fillings(PERSON, [page])][:1] == [0]


@pytest.mark.parametrize("word", ["เกียรติบัตร รุ่นที่ ๒", "ประกาศนียบัตร 2562"])
def test_digits_are_never_set_in_the_script_face(word: str) -> None:
    """Fails without the digit face: ๒๕๖๒ in Charm runs its tails through its neighbours."""
    said = dict(set_lines(PERSON, filled(document_word=word)))
    assert said["document_word"].face.name == "Trirong-Bold"
    assert dict(set_lines(PERSON, filled()))["document_word"].face.name == "Charm-Bold"


def test_a_persons_own_line_breaks_win_over_everything() -> None:
    """Fails when a typed break is balanced away, or refused because the style has one line."""
    page = filled(opening="บรรทัดหนึ่ง\nบรรทัดสอง\nสาม", subject="โครงการ\u200bอบรมพัฒนา")
    said = [mark.text for where, mark in set_lines(PERSON, page) if where == "opening"]
    assert said == ["บรรทัดหนึ่ง", "บรรทัดสอง", "สาม"]


def test_names_of_a_row_of_signers_stand_on_one_line() -> None:
    """Fails when each signer's name is set by its own marks."""
    said = set_lines(PERSON, filled(SIGNERS))
    rows = [mark.y for where, mark in said if where == "signers" and "(" in mark.text]
    assert len(rows) == 3
    assert len(set(rows)) == 1


def test_names_hang_clear_of_the_line_they_are_signed_on() -> None:
    """Fails when a row of signers begins at its base line: tone marks would stand in the line."""
    page = filled((Signer("ฟื้น ปี่", "ผู้ฟื้นฟู"), *SIGNERS[:2]))
    (row,) = (
        part.marks
        for part in place(PERSON, read(PERSON, page), NONE).parts
        if part.element.id == "signers"
    )
    lines = [mark.y for mark in row if isinstance(mark, Stroke)]
    tops = sorted({mark.ink[3] for mark in row if isinstance(mark, Set)}, reverse=True)
    assert tops[0] < min(lines) - 1


@pytest.mark.parametrize("upright", ["top", "middle", "bottom"])
@pytest.mark.parametrize("words", ["ฟื้นที่ปี่", "ฎฏญูฐู", "กขค"])
def test_words_stay_in_a_box_as_high_as_their_ink(upright: str, words: str) -> None:
    """Fails when a box is filled by the nominal height of its letters, which is more than most
    have and less than some."""
    high = boxes(PERSON, filled(number=words))["number"][3] + 0.2
    number = PERSON.element("number")
    assert isinstance(number, Text)
    low = replace(number, height=high, upright=upright)  # type: ignore[arg-type]
    template = replace(
        PERSON, elements=tuple(low if one is number else one for one in PERSON.elements)
    )
    _x, y, _width, height = boxes(template, filled(number=words))["number"]
    assert y >= low.y - 0.01
    assert y + height <= low.y + high + 0.01
    assert check_fillings(template, [filled(number=words)]) == []

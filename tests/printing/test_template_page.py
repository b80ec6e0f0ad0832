# SPDX-License-Identifier: Apache-2.0
"""Certificates from templates: every name whole, nothing touching or cut, told beforehand."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from desktop.model.certificate import Signer
from desktop.model.template import Filling, Template, Text
from desktop.model.template_field import sample_filling
from desktop.printing.template_mark import Set, Stroke
from desktop.printing.template_page import (
    NONE,
    Assets,
    PageProblem,
    Stopped,
    boxes,
    check_fillings,
    layer_pdf,
    page_count,
    pages_pdf,
    plate,
    troubles,
)
from desktop.printing.template_place import place, read
from desktop.printing.template_shipped import earlier_names, earlier_template, shipped_template
from desktop.thai.normalise import normalise_name
from tests.printing.events import organisations, trainees
from tests.printing.names import names
from tests.printing.preflight import assert_archival
from tests.printing.reading import GOLDEN, READERS, lines_of, pdfium, poppler

PERSON = shipped_template("completion")
ORGANISATION = shipped_template("honour")
EARLIER = {name: earlier_template(digest) for digest, name in earlier_names().items()}
LONG_NAME = "นายปิยะพงษ์ ปั้นหยาเจริญสุขสันติ์กุลพันธุ์รัตนโกสินทร์วงศ์สุวรรณ"
LONG_ORGANISATION = "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดอำนาจเจริญ ร่วมกับเครือข่ายอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์"
SIGNERS = (
    Signer("นายอนุกูล ปีดแก้ว", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),
    Signer("นางสาวธิดาพร เสาวนะ", "ผู้อำนวยการสำนักงานส่งเสริมการจัดสวัสดิการสังคมแห่งชาติ"),
    Signer("นายสมใจ บุญอาจ", "ผู้อำนวยการกองหนึ่งใจ...เดียวกันฯ"),
)


def _page(signers: tuple[Signer, ...] | None = None, **fields: str) -> Filling:
    usual = trainees()[0]
    return replace(usual, fields={**usual.fields, **fields}, signers=signers or usual.signers)


def _save(folder: Path, data: bytes) -> Path:
    file = folder / "certificates.pdf"
    file.write_bytes(data)
    return file


def _lines(template: Template, filling: Filling) -> list[tuple[str, Set]]:
    placement = place(template, read(template, filling), NONE)
    return [
        (part.element.id, mark)
        for part in placement.parts
        for mark in part.marks
        if isinstance(mark, Set)
    ]


def test_154_trainees_get_their_names_numbers_and_dates(tmp_path: Path) -> None:
    """Fails when a shared form keeps the first name, with Christian years, or Arabic digits."""
    pages = trainees()
    file = _save(tmp_path, pages_pdf(PERSON, pages, text_only=True))
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
    found = lines_of(pdfium(_save(tmp_path, pages_pdf(ORGANISATION, pages))))
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
    page = _page(recipient="ว่าที่ร้อยตรีหญิงฐิติญาณัฏฐ์ กตัญญูปิ่นเฟื่องฟุ้งเกียรติ์", project="น้ำใจ Shift & Share")
    (lines,) = lines_of(READERS[reader](_save(tmp_path, pages_pdf(PERSON, [page]))))
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
        page = _page(
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
    page = _page(SIGNERS, recipient=f"{LONG_NAME}กิจรุ่งโรจน์มณี", document_word="เกียรติบัตรฟื้นฏู")
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
    good = _page()
    pages = [
        good,
        _page(number_plain="๒/๒๕๖๒", recipient="นายสมชาย ☃"),
        good,
        _page(number_plain="๔/๒๕๖๒", recipient="นาย" + "ศรีสวัสดิ์วงศ์" * 30),
        _page(number_plain="๕/๒๕๖๒", subject="โครงการพัฒนาศักยภาพ" * 60),
        _page((Signer("นายกอ ์", ""),), number_plain="๖/๒๕๖๒"),
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
    page = _page(
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
    said = dict(_lines(PERSON, _page(document_word=word)))
    assert said["document_word"].face.name == "Trirong-Bold"
    assert dict(_lines(PERSON, _page()))["document_word"].face.name == "Charm-Bold"


def test_a_persons_own_line_breaks_win_over_everything() -> None:
    """Fails when a typed break is balanced away, or refused because the style has one line."""
    page = _page(opening="บรรทัดหนึ่ง\nบรรทัดสอง\nสาม", subject="โครงการ\u200bอบรมพัฒนา")
    said = [mark.text for where, mark in _lines(PERSON, page) if where == "opening"]
    assert said == ["บรรทัดหนึ่ง", "บรรทัดสอง", "สาม"]


def test_names_of_a_row_of_signers_stand_on_one_line() -> None:
    """Fails when each signer's name is set by its own marks."""
    said = _lines(PERSON, _page(SIGNERS))
    rows = [mark.y for where, mark in said if where == "signers" and "(" in mark.text]
    assert len(rows) == 3
    assert len(set(rows)) == 1


def test_names_hang_clear_of_the_line_they_are_signed_on() -> None:
    """Fails when a row of signers begins at its base line: tone marks would stand in the line."""
    page = _page((Signer("ฟื้น ปี่", "ผู้ฟื้นฟู"), *SIGNERS[:2]))
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
    high = boxes(PERSON, _page(number=words))["number"][3] + 0.2
    number = PERSON.element("number")
    assert isinstance(number, Text)
    low = replace(number, height=high, upright=upright)  # type: ignore[arg-type]
    template = replace(
        PERSON, elements=tuple(low if one is number else one for one in PERSON.elements)
    )
    _x, y, _width, height = boxes(template, _page(number=words))["number"]
    assert y >= low.y - 0.01
    assert y + height <= low.y + high + 0.01
    assert check_fillings(template, [_page(number=words)]) == []


def test_the_same_batch_has_the_same_bytes_and_a_page_says_the_same_alone() -> None:
    """Fails with anything of the moment in the file, and when the batch changes the page."""
    pages = trainees()[:9]
    whole = pages_pdf(PERSON, pages)
    assert whole == pages_pdf(PERSON, trainees()[:9])
    with (
        pypdfium2.PdfDocument(whole) as batch,
        pypdfium2.PdfDocument(pages_pdf(PERSON, [pages[4]])) as single,
    ):
        assert batch[4].render().to_pil().tobytes() == single[0].render().to_pil().tobytes()


_AGAIN = """
import hashlib
from desktop.model.template_field import sample_filling
from desktop.printing.template_page import pages_pdf, plate
from desktop.printing.template_shipped import shipped_template
template, filling = shipped_template("completion"), sample_filling("certificate", "worst")
print(hashlib.sha256(pages_pdf(template, [filling])).hexdigest(), plate(template, filling))
"""


def test_another_process_makes_the_same_bytes() -> None:
    """Fails when the order of a set, an address or the clock gets into the file or the plate."""
    said = {
        subprocess.run(
            [sys.executable, "-c", _AGAIN],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("77", "Asia/Bangkok"))
    }
    filling = sample_filling("certificate", "worst")
    here = hashlib.sha256(pages_pdf(PERSON, [filling])).hexdigest()
    assert said == {f"{here} {plate(PERSON, filling)}\n"}


def test_a_plate_changes_with_whatever_is_seen() -> None:
    """Fails when a letter, a place, a picture or a colour can change under the same plate."""
    page = _page()
    usual = plate(PERSON, page)
    assert plate(PERSON, _page()) == usual
    changed = [
        plate(PERSON, _page(recipient="นายอื่น")),
        plate(PERSON, _page(proof="7" * 100)),
        plate(PERSON, _page(SIGNERS)),
        *(
            plate(replace(PERSON, elements=(*PERSON.elements[:at], *PERSON.elements[at + 1 :])),
                  page)
            for at, element in enumerate(PERSON.elements)
            if element.id in ("border", "recipient")
        ),
    ]  # fmt: skip
    assert len({usual, *changed}) == 6


def test_a_batch_is_watched_stopped_and_taken_up_again(tmp_path: Path) -> None:
    """Fails when the index of a stop, of progress, or of the page to go on at is one off."""
    pages = trainees()[:6]
    done: list[tuple[int, int]] = []
    with pytest.raises(Stopped) as stopped:
        pages_pdf(
            PERSON,
            pages,
            progress=lambda page, pages: done.append((page, pages)),
            cancelled=lambda: len(done) == 4,
        )
    assert done == [(1, 6), (2, 6), (3, 6), (4, 6)]
    assert stopped.value.page == 4
    rest = pages_pdf(PERSON, pages, start_page=stopped.value.page)
    found = lines_of(pdfium(_save(tmp_path, rest)))
    assert [
        page.fields["recipient"] in lines for page, lines in zip(pages[4:], found, strict=True)
    ] == [True, True]
    assert page_count(PERSON, pages) == 6
    with pytest.raises(ValueError, match="no pages"):
        pages_pdf(PERSON, pages, start_page=6)


def _ink_box(data: bytes, dots: int = 254) -> tuple[float, ...]:
    """Left, top, right, bottom of everything inked, in millimetres."""
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=dots / 72).to_pil().convert("L")
    box = image.point(lambda level: 255 * (level < 128)).getbbox()
    assert box is not None
    return tuple(side / dots * 25.4 for side in box)


def test_pre_printed_stock_gets_text_alone_where_it_is_moved_to() -> None:
    """Fails when the border is printed over the stock's own, when a shift goes the wrong way or
    is scaled, and when the scale is about a corner."""
    page = _page()
    plain = pages_pdf(PERSON, [page], text_only=True)
    at = _ink_box(plain)
    assert at[0] > 22
    moved = _ink_box(pages_pdf(PERSON, [page], text_only=True, shift_mm=(3, 2)))
    assert moved == pytest.approx((at[0] + 3, at[1] - 2, at[2] + 3, at[3] - 2), abs=0.15)
    scaled = _ink_box(pages_pdf(PERSON, [page], text_only=True, scale=0.98))
    middle = (148.5, 105, 148.5, 105)
    assert scaled == pytest.approx(
        [m + 0.98 * (side - m) for m, side in zip(middle, at, strict=True)], abs=0.15
    )
    assert _ink_box(pages_pdf(PERSON, [page]))[0] < 13


def _png(colour: tuple[int, int, int, int], size: tuple[int, int] = (40, 40)) -> bytes:
    held = io.BytesIO()
    Image.new("RGBA", size, colour).save(held, "PNG")
    return held.getvalue()


def test_an_office_puts_in_its_own_emblem_and_the_ring_goes(tmp_path: Path) -> None:
    """Fails when the drawn ring stays under it, and when what is transparent turns black."""
    picture = _png((0, 90, 0, 120))
    digest = hashlib.sha256(picture).hexdigest()
    assets = Assets({digest: picture})
    page = replace(_page(), pictures={"emblem": digest})
    data = pages_pdf(PERSON, [page], assets=assets)
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=2).to_pil()
    emblem = PERSON.element("emblem")
    unit = 2 * 72 / 25.4
    box = [emblem.x, emblem.y, emblem.x + emblem.width, emblem.y + emblem.height]
    inner = image.crop(tuple(int(side * unit) + by for side, by in zip(box, (3, 3, -3, -3),
                                                                       strict=True)))  # fmt: skip
    colours = inner.convert("RGB").getcolors()
    assert colours is not None
    ((_count, (red, green, blue)),) = colours
    assert (red, blue) == (pytest.approx(135, abs=3), pytest.approx(135, abs=3))
    assert green == pytest.approx(177, abs=3)
    with pikepdf.open(_save(tmp_path, data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_picture_that_is_not_here_is_told_and_never_left_out() -> None:
    """Fails when a certificate is printed without the emblem it was issued with."""
    page = replace(_page(), pictures={"emblem": "0" * 64})
    (trouble,) = troubles(PERSON, page)
    assert (trouble.element_id, trouble.kind) == ("emblem", "missing")
    with pytest.raises(PageProblem):
        pages_pdf(PERSON, [page])


def test_the_picture_of_a_hand_stands_in_the_place_of_the_line() -> None:
    """Fails when the line stays under it, or when it is at another signer's place."""
    hand = _png((0, 0, 160, 255), (90, 30))
    digest = hashlib.sha256(hand).hexdigest()
    page = replace(_page(SIGNERS), pictures={"signature:2": digest})
    placement = place(PERSON, read(PERSON, page), Assets({digest: hand}))
    (row,) = (part.marks for part in placement.parts if part.element.id == "signers")
    lines = [mark for mark in row if isinstance(mark, Stroke)]
    assert len(lines) == 2
    (shown,) = (mark for mark in row if getattr(mark, "digest", "") == digest)
    assert lines[0].to_x < shown.x < lines[1].x
    assert shown.y == lines[0].y


def test_boxes_are_where_the_ink_is_and_layers_show_one_element() -> None:
    """Fails when a box is measured from below, or when dragging one text shows the others."""
    page = _page(recipient="นายเดชา กองแก้ว")
    found = boxes(PERSON, page)
    x, y, width, height = found["recipient"]
    left, top, right, bottom = _ink_box(layer_pdf(PERSON, page, ["recipient"]))
    assert (left, top, right, bottom) == pytest.approx((x, y, x + width, y + height), abs=0.3)
    assert "organisation" not in found
    assert found["border"] == (11, 11, 275, 188)


def test_an_unknown_field_is_told_and_not_printed_as_nothing() -> None:
    """Fails when a misspelt field empties a certificate in silence."""
    template = replace(
        PERSON,
        elements=tuple(
            replace(one, text="{recipeint}") if isinstance(one, Text) and one.id == "recipient"
            else one
            for one in PERSON.elements
        ),
    )  # fmt: skip
    assert [(one.element_id, one.kind) for one in troubles(template, _page())] == [
        ("recipient", "missing")
    ]
    with pytest.raises(PageProblem):
        pages_pdf(template, [_page()])


def test_certificates_are_archival(tmp_path: Path) -> None:
    """PDFBox on two pages with art, forms and a QR code. Fails when a form carries a font of its
    own, or when a form that is ready made lacks what a form must have."""
    pages = [replace(one, fields={**one.fields, "proof": "7" * 430}) for one in trainees()[:2]]
    assert_archival(pages_pdf(PERSON, pages), tmp_path)


def test_nothing_but_its_own_lines_is_on_a_page_of_a_batch() -> None:
    """Fails when what all pages share is written into each: 430 pages would pass 0.5 MB."""
    data = pages_pdf(PERSON, trainees())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shown = re.findall(rb"Tj", pdf.pages[77].Contents.read_bytes())
    assert len(shown) == 2  # the name and the number
    assert (len(data) - len(pages_pdf(PERSON, trainees()[:1]))) / 153 < 900
